"""Outlines of two-bone limbs, and of feet."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from exercises.figures.anatomy import BALL, FOOT, FOOT_FROM_FRONT
from exercises.figures.geometry import Points, Row, lerp, smooth, unit

Profiles = tuple[Sequence[Row], Row, Sequence[Row]]

LIGHT = unit(-68)  # the way the light travels
TIPTOE = 70  # degrees that toes bend at most
STEEP = 1.45  # radians; half a bend beyond this would have an endless crease


@dataclass
class Limb:
    """Rows of outline points from the root to the tip, their shade rows, and the fold."""

    left: Points
    right: Points
    shade_left: Points
    shade_right: Points
    fold: Points


@dataclass(frozen=True)
class Bend:
    """The geometry of one bent limb: two unit vectors, two lengths, one angle (radians)."""

    root: complex
    joint: complex
    tip: complex

    @property
    def upper(self) -> complex:
        way = self.joint - self.root
        return way / (abs(way) or 1)

    @property
    def lower(self) -> complex:
        way = self.tip - self.joint
        return way / (abs(way) or 1)

    @property
    def lengths(self) -> tuple[float, float]:
        return abs(self.joint - self.root), abs(self.tip - self.joint)

    @property
    def angle(self) -> float:
        return math.remainder(cmath.phase(self.lower) - cmath.phase(self.upper), math.tau)

    def bisector(self, side: int) -> complex:
        middle = (self.upper + self.lower) * 1j * side
        return middle / abs(middle) if abs(middle) > 1e-6 else 1j * side * self.upper

    def crease(self, radius: float) -> float:
        """How far from the joint, along either bone, the inner outlines meet."""
        first, second = self.lengths
        reach = radius * math.tan(min(abs(self.angle) / 2, STEEP))
        return min(reach, 0.5 * first, 0.5 * second)


def limb(
    ends: tuple[complex, complex, complex],
    profiles: Profiles,
    scale: float = 1.0,
    until: float = 2.0,
    asymmetry: float = 1.0,
) -> Limb:
    """The outline of a limb: round outside the bend, clamped to a crease inside it.

    ``until`` cuts it short (1.5 is the middle of the lower bone); ``asymmetry`` is 1 from the
    side and 0 from the front, where front and back radius are alike.
    """
    bend = Bend(*ends)
    rows = [_side(bend, profiles, side, scale, until, asymmetry) for side in (1, -1)]
    (left, shade_left), (right, shade_right) = rows
    return Limb(left, right, shade_left, shade_right, _fold(bend, profiles[1], scale))


def _side(
    bend: Bend,
    profiles: Profiles,
    side: int,
    scale: float,
    until: float,
    asymmetry: float,
) -> tuple[Points, Points]:
    column = 0 if side > 0 else 1

    def width(radii: Sequence[float]) -> float:
        return lerp((radii[0] + radii[1]) / 2, radii[column], asymmetry) * scale

    radius = width(profiles[1])
    inner = bend.angle * side > 0
    crease = bend.crease(radius) if inner else 0.0
    pinch = bend.joint + bend.bisector(side) * math.hypot(radius, crease)
    points: Points = []
    shades: Points = []
    for share, center, normal, reach, creased in _stations(bend, profiles, side, width, crease):
        if share > until + 1e-9:
            continue
        edge = pinch if creased and inner else center + normal * reach
        lit = max(0.0, normal.real * LIGHT.real + normal.imag * LIGHT.imag)
        depth = 0.0 if creased and inner else 0.95 * lit * smooth(share, -0.05, 0.35)
        points.append(edge)
        shades.append(edge - normal * reach * depth)
    return points, shades


def _stations(
    bend: Bend,
    profiles: Profiles,
    side: int,
    width: Callable[[Sequence[float]], float],
    crease: float,
) -> Iterator[tuple[float, complex, complex, float, bool]]:
    """Share of the limb (0 to 2), center, outward normal, radius, and whether it is pinched."""
    first, second = bend.lengths
    out = 1j * side
    for share, *radii in profiles[0]:
        center = bend.root + bend.upper * first * share
        yield share, center, out * bend.upper, width(radii), first * (1 - share) < crease
    for u in (0.0, 0.5, 1.0):  # spread along the bones: three coincident points would show a dot
        center = bend.joint - (u < 0.5) * 1.8 * bend.upper + (u > 0.5) * 1.8 * bend.lower
        normal = cmath.exp(1j * (cmath.phase(bend.upper) + bend.angle * u)) * out
        radius = width(profiles[1]) * (1.05 if u == 0.5 else 1)
        yield 1 + u / 100, center, normal, radius, crease > 1.8
    for share, *radii in profiles[2]:
        center = bend.joint + bend.lower * second * share
        yield 1 + share, center, out * bend.lower, width(radii), second * share < crease


def _fold(bend: Bend, joint: Row, scale: float) -> Points:
    """The line in the hollow of a bent knee or elbow; it shrinks away as the limb straightens."""
    side = 1 if bend.angle > 0 else -1
    middle = (bend.upper + bend.lower) * 1j * side
    away = middle / abs(middle) if abs(middle) > 1e-6 else bend.upper
    radius = joint[0 if side > 0 else 1] * scale
    far = math.hypot(radius, bend.crease(radius))
    depth = smooth(abs(bend.angle), 0.7, 1.5)
    return [bend.joint + away * lerp(far, 0.35 * radius, u * depth) for u in (0, 0.5, 1)]


def foot(ankle: complex, heading: float | str, shin: complex) -> Points:
    """A bare foot at the end of a shin (unit vector); "front" shows it from the toes.

    On tiptoe the toes bend and lie on the floor.
    """
    if isinstance(heading, str):
        return [ankle + shin * z for z in FOOT_FROM_FRONT]
    steep = -math.remainder(heading, 360)
    bent = unit(TIPTOE * smooth(steep, 40, 75) * (1 - smooth(steep, 95, 110)))
    up = -shin
    forward = up * -1j
    turn = unit(heading)
    instep = (ankle + up + forward * 3.8 + ankle + (4.8 + 0.8j) * turn) / 2
    heel = (ankle + up - forward * 3.6 + ankle + (-4.6 - 1.2j) * turn) / 2
    return [
        ankle + up * 5 + forward * 3.2,
        instep,
        *(ankle + (z if z.real < BALL.real else BALL + (z - BALL) * bent) * turn for z in FOOT),
        heel,
        ankle + up * 5 - forward * 3.2,
    ]
