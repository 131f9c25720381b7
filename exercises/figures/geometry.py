"""Plane geometry of a figure.

Points are complex numbers in centimeters, x to the right and y up, the floor at y = 0.
Angles are degrees: 0 points right, 90 up, 180 left, -90 down.
"""

from __future__ import annotations

import cmath
import itertools
import math
from collections.abc import Sequence
from typing import TypeVar

Row = tuple[float, ...]
Points = list[complex]
Num = TypeVar("Num", float, complex)


def unit(degrees: float) -> complex:
    """The point one centimeter away from the origin in that direction."""
    return cmath.exp(1j * math.radians(degrees))


def direction(vector: complex) -> float:
    """The direction of a vector, -180 to 180 degrees."""
    return math.degrees(cmath.phase(vector))


def sin(degrees: float) -> float:
    return math.sin(math.radians(degrees))


def cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def lerp(start: Num, end: Num, share: float) -> Num:
    """The value at a share (0 to 1) of the way."""
    return start + (end - start) * share


def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


def smooth(value: float, low: float, high: float) -> float:
    """0 below ``low``, 1 above ``high``, an S-curve between."""
    share = clamp((value - low) / (high - low), 0, 1)
    return share * share * (3 - 2 * share)


def lookup(rows: Sequence[Row], key: float) -> Row:
    """The columns after the first at ``key``, between the rows in a straight line."""
    if key <= rows[0][0]:
        return rows[0][1:]
    for above, below in itertools.pairwise(rows):
        if key <= below[0]:
            share = (key - above[0]) / (below[0] - above[0])
            return tuple(lerp(u, v, share) for u, v in zip(above[1:], below[1:], strict=True))
    return rows[-1][1:]


def two_bones(
    root: complex, target: complex, lengths: tuple[float, float], bend: float
) -> tuple[float, float]:
    """Directions (degrees) of two bones that reach from ``root`` to ``target``.

    ``bend`` is 1 or -1: on which side the joint between them goes. A target out of reach is
    approached as far as the bones go.
    """
    first, second = lengths
    way = target - root
    reach = clamp(abs(way), abs(first - second) + 0.01, first + second - 0.01)
    base = direction(way)
    at_root = math.acos((first**2 + reach**2 - second**2) / (2 * first * reach))
    at_tip = math.acos((second**2 + reach**2 - first**2) / (2 * second * reach))
    return base + bend * math.degrees(at_root), base - bend * math.degrees(at_tip)


def place(points: Sequence[complex], origin: complex, degrees: float, flip: bool = False) -> Points:
    """Turns a shape about its own origin and moves it. ``flip`` mirrors it, winding kept."""
    turn = unit(degrees)
    if flip:
        return [origin + point.conjugate() * turn for point in reversed(points)]
    return [origin + point * turn for point in points]
