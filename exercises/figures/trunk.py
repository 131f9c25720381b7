"""The outline of the trunk: a table of depths swept along the spine."""

from __future__ import annotations

import math
from typing import NamedTuple

from exercises.figures.anatomy import TORSO
from exercises.figures.geometry import Points, cos, lerp, lookup, sin, smooth, unit
from exercises.figures.limbs import LIGHT
from exercises.figures.skeleton import Skeleton


class Trunk(NamedTuple):
    """Rows along the spine: front and back edge, and their shade rows."""

    front: Points
    back: Points
    front_shade: Points
    back_shade: Points


# What a body adds: place above the hips, reach, and depth behind, in front and half width (cm).
BODIES: dict[str, tuple[tuple[float, ...], ...]] = {
    "older": ((43, 8, 1.5, -0.6, -0.5), (34, 8, 0, -1.2, 0), (12, 9, 0, 1.8, 0.9)),
    "expecting": ((19, 11, 0, 13, 6.5), (35, 8, 0, 1.6, 0.4)),
}


# Up to where trousers go, in cm above the hips: under the belly in the last months.
WAIST = {"expecting": 9.0}


def waist_of(body: str) -> float:
    return WAIST.get(body, 15.0)


def radii(build: float, s: float, body: str = "") -> tuple[float, float, float]:
    """Depth behind, depth in front and half width (cm) of a trunk ``s`` cm above the hips.

    A rounder build carries more around the belly, and less more around the shoulders.
    """
    back, front, width = lookup(TORSO, s)
    for place, reach, behind, before, beside in BODIES.get(body, ()):
        share = math.exp(-(((s - place) / reach) ** 2))
        back, front, width = back + behind * share, front + before * share, width + beside * share
    soft = 15 * (build - 1) * math.exp(-(((s - 14) / 11) ** 2))
    scale = lerp(build, 1, 0.5 * smooth(s, 40, 50))
    return back * scale, (front + soft) * scale, (width + 0.5 * soft) * scale


def trunk_rows(
    body: Skeleton, span: tuple[float, float], step: float, fade: tuple[float, float]
) -> Trunk:
    """The edges of the trunk over a span of heights (cm), every ``step`` cm.

    Turned sections are ellipses; ``fade`` is how far from either end the shade fades, in cm.
    """
    start, stop = span
    count = max(2, round((stop - start) / step))
    rows = Trunk([], [], [], [])
    for i in range(count + 1):
        s = lerp(start, stop, i / count)
        spot, heading = body.at(s)
        back, front, width = radii(body.build, s, body.shape)
        yaw = body.turn(s)
        shift = (front - back) / 2 * sin(yaw)
        half = math.hypot((front + back) / 2 * sin(yaw), width * cos(yaw))
        fading = smooth(s, fade[0] - 0.01, fade[0] + 8)
        fading *= 1 - smooth(s, stop - fade[1] - 0.01, stop)
        for row, sign in ((0, 1), (1, -1)):
            normal = sign * unit(heading - 90)
            reach = half + sign * shift
            lit = max(0.0, normal.real * LIGHT.real + normal.imag * LIGHT.imag)
            rows[row].append(spot + normal * reach)
            rows[row + 2].append(spot + normal * reach * (1 - 0.7 * lit * fading))
    return rows
