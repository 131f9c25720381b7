"""Path data as polygons, for whoever cannot draw curves: a picture made of pixels.

Reads the commands that this package writes, and no others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Spot = tuple[float, float]
STEPS = 8  # straight pieces of a curve
WORDS = re.compile(r"[MLHVQqhvaz]|-?\d+(?:\.\d+)?")
SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "h": 1, "v": 1, "Q": 4, "q": 4, "a": 7, "z": 0}


class Line(NamedTuple):
    """A run of points in user units, y down, and whether its end joins its beginning."""

    spots: list[Spot]
    closed: bool


def commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; one that is written once may come several times."""
    words, name = WORDS.findall(data), ""
    at = 0
    while at < len(words):
        if words[at] in SIZES:
            name, at = words[at], at + 1
        size = SIZES[name]
        yield name, [float(word) for word in words[at : at + size]]
        at += size


def _bent(start: Spot, control: Spot, end: Spot) -> list[Spot]:
    spots = []
    for i in range(1, STEPS + 1):
        u = i / STEPS
        a, b, c = (1 - u) ** 2, 2 * u * (1 - u), u * u
        spots.append(
            (
                a * start[0] + b * control[0] + c * end[0],
                a * start[1] + b * control[1] + c * end[1],
            )
        )
    return spots


def _half_circle(start: Spot, radius: float) -> list[Spot]:
    """The upper half of a circle, from its left end to its right one."""
    x, y = start
    turns = [math.pi * i / 24 for i in range(1, 25)]
    return [(x + radius * (1 - math.cos(t)), y - radius * math.sin(t)) for t in turns]


def _after(name: str, n: list[float], now: Spot) -> list[Spot]:
    """The points that a command adds, the last one being where it ends."""
    x, y = now
    steps: dict[str, Callable[[], list[Spot]]] = {
        "L": lambda: [(n[0], n[1])],
        "H": lambda: [(n[0], y)],
        "V": lambda: [(x, n[0])],
        "h": lambda: [(x + n[0], y)],
        "v": lambda: [(x, y + n[0])],
        "Q": lambda: _bent(now, (n[0], n[1]), (n[2], n[3])),
        "q": lambda: _bent(now, (x + n[0], y + n[1]), (x + n[2], y + n[3])),
        "a": lambda: _half_circle(now, n[0]),
    }
    return steps[name]()


def flattened(data: str) -> list[Line]:
    """Every sub-path of path data. Raises KeyError for a command that figures do not use."""
    lines: list[Line] = []
    for name, numbers in commands(data):
        if name == "M":
            lines.append(Line([(numbers[0], numbers[1])], False))
        elif name == "z":
            lines[-1] = Line(lines[-1].spots, True)
        else:
            lines[-1].spots.extend(_after(name, numbers, lines[-1].spots[-1]))
    return lines
