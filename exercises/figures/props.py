"""Furniture and aids. Places and sizes are centimeters; "at" is the middle of the lower edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exercises.figures.drawing import Part
from exercises.figures.geometry import unit
from exercises.figures.outline import Outline, box
from exercises.figures.skeleton import Skeleton, point

Prop = Mapping[str, Any]
SEAT = 41.0  # height of a chair's seat
COUNTER = 90.0  # height of a worktop
TABLE = 70.0
PILLOW = [
    (-0.5, 0.06),
    (-0.56, 0.5),
    (-0.5, 0.94),
    (-0.25, 1),
    (0, 1.02),
    (0.25, 1),
    (0.5, 0.94),
    (0.56, 0.5),
    (0.5, 0.06),
    (0.25, 0),
    (0, -0.02),
    (-0.25, 0),
]


def top_of(prop: Prop) -> float:
    """The height that a person can rest on, in cm."""
    y = prop.get("at", (0, 0))[1]
    heights = {"chair": SEAT, "counter": COUNTER, "table": TABLE, "bed": 0.0}
    if prop["type"] in heights:
        return heights[prop["type"]]
    height = prop.get("size", (30, 10))[1] * prop.get("count", 1)
    return float(y + height)


def _pillow(x: float, y: float, width: float, height: float) -> list[Part]:
    ring = [complex(x + a * width, y + b * height) for a, b in PILLOW]
    seam = [x - 0.46 * width + (y + 0.5 * height) * 1j, x + (y + 0.42 * height) * 1j]
    seam.append(x + 0.46 * width + (y + 0.5 * height) * 1j)
    return [Part("cush", str(Outline().closed(ring))), Part("cush-l", str(Outline().open(seam)))]


def cushion(prop: Prop) -> list[Part]:
    """One pillow, or a stack of ``count``."""
    (x, y), (width, height) = prop["at"], prop.get("size", (30, 10))
    parts: list[Part] = []
    for i in range(prop.get("count", 1)):
        parts += _pillow(x, y + i * height * 0.98, width - 1.5 * i, height)
    return parts


def chair(prop: Prop) -> list[Part]:
    """A sturdy chair from the side: its back on the left, its seat 44 cm deep."""
    x = prop["at"][0]
    far = [box(x + dx, 1.6, 3.2, SEAT - 5, 1) for dx in (-15.5, 16.5)]
    near = [box(x + dx, 0, 3.6, SEAT - 3, 1) for dx in (-21, 17)]
    back = box(x - 23.5, SEAT - 6, 4.4, 50, 2)
    return [
        Part("wood-f", "".join(far)),
        Part("wood", "".join([*near, back, box(x - 19, 20, 37, 2.6, 1)])),
        Part("cush", box(x - 22, SEAT - 4.6, 46, 4.6, 2.2)),
    ]


def counter(prop: Prop) -> list[Part]:
    """A kitchen worktop on a cabinet; "at" is its left edge and ``size`` its width.

    The worktop juts out on the side of the person, who stands on the left unless ``room`` says
    right.
    """
    x = prop["at"][0]
    width = prop.get("size", (40, 0))[0]
    inner = x if prop.get("room") == "right" else x + 5
    return [
        Part("cab", box(inner, 8, width - 5, COUNTER - 12, 0.6)),
        Part("cab-l", box(inner + 3.5, 13, width - 12, COUNTER - 36, 0.8)),
        Part("cab-l", box(inner + 3.5, COUNTER - 19, width - 12, 11, 0.8)),
        Part("wood-f", box(inner + 3, 0, width - 8, 8, 0.4)),
        Part("wood", box(x, COUNTER - 4.4, width, 4.4, 1.4)),
    ]


def table(prop: Prop) -> list[Part]:
    """A table from the side; "at" is its near edge and ``size`` its width."""
    x = prop["at"][0]
    width = prop.get("size", (70, 0))[0]
    return [
        Part("wood-f", box(x + width - 13, 1.6, 3.4, TABLE - 5, 1)),
        Part("wood", box(x + width - 8, 0, 4, TABLE - 3, 1)),
        Part("wood", box(x, TABLE - 3.8, width, 3.8, 1.4)),
    ]


def wall(prop: Prop) -> list[Part]:
    """A wall seen edge-on, with a skirting board on the side of the person."""
    (x, y), (width, height) = prop["at"], prop["size"]
    board = x + width if prop.get("room") == "right" else x - 1.6
    return [Part("wall", box(x, y, width, height, 0.6)), Part("wood", box(board, 0, 1.6, 9, 0.4))]


def step(prop: Prop) -> list[Part]:
    """A firm step; "at" is its near edge on the floor."""
    (x, y), (width, height) = prop["at"], prop["size"]
    return [
        Part("cab", box(x + 1.5, y, width - 1.5, height - 3, 0.6)),
        Part("wood", box(x, y + height - 3.6, width, 3.6, 1.2)),
    ]


def bed(prop: Prop) -> list[Part]:
    """A mattress whose top is at y = 0, with a headboard on the left."""
    x = prop["at"][0]
    width = prop["size"][0]
    left = x - width / 2
    return [
        Part("wood-f", box(left + 3, -37, 5, 12, 1) + box(left + width - 9, -37, 5, 12, 1)),
        Part("wood", box(left - 4, -37, 5, 68, 2)),
        Part("wood", box(left, -28, width, 9, 1.5)),
        Part("sheet", box(left + 1, -20, width - 2, 20, 5)),
        Part(
            "cush-l",
            str(Outline().open([left + 4 - 9j, left + width / 2 - 9j, left + width - 5 - 9j])),
        ),
    ]


def rail(prop: Prop) -> list[Part]:
    """A rail to hold, on the far side of a person; "at" is its left end."""
    x, (width, height) = prop["at"][0], prop["size"]
    posts = [box(x + dx, 1.6, 3, height - 3, 1) for dx in (5, width / 2, width - 8)]
    bars = [box(x, height - 4.4, width, 4.4, 2), box(x + 5, height * 0.52, width - 10, 2.6, 1)]
    return [Part("wood-f", "".join(posts)), Part("wood", "".join(bars))]


def strap(prop: Prop, body: Skeleton) -> list[Part]:
    """A band through places or joints, such as "palmR" or "soleL"."""
    ends = [body.joints[p] if isinstance(p, str) else point(p) for p in prop["points"]]
    line = [ends[0]]
    for end in ends[1:]:
        line += [(line[-1] + end) / 2, end]
    data = "M" + "L".join(f"{round(z.real * 10)} {round(-z.imag * 10)}" for z in line)
    return [Part("strap", data)]


def hook(prop: Prop, body: Skeleton) -> list[Part]:
    """The loop of a strap under the ball of a foot."""
    side = prop["side"]
    sole, heading = body.joints["sole" + side], body.angles["foot" + side]
    across = unit(heading) * 1j
    loop = [sole - across * 0.8 - unit(heading) * 2.4, sole - across * 0.8 + unit(heading) * 2.4]
    top = [point + across * 4.4 for point in reversed(loop)]
    return [Part("strap", str(Outline().closed(loop + top)))]


FURNITURE: dict[str, Callable[[Prop], list[Part]]] = {
    "cushion": cushion,
    "chair": chair,
    "counter": counter,
    "table": table,
    "wall": wall,
    "step": step,
    "bed": bed,
    "rail": rail,
}
ON_BODY: dict[str, Callable[[Prop, Skeleton], list[Part]]] = {"strap": strap, "hook": hook}


def painted(prop: Prop, body: Skeleton) -> list[Part]:
    """The parts of a prop from back to front. Raises KeyError for an unknown type."""
    kind = prop["type"]
    return ON_BODY[kind](prop, body) if kind in ON_BODY else FURNITURE[kind](prop)
