"""What is laid over a body: the pebble spine, the area that works, and arrows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exercises.figures.drawing import Figure, Part
from exercises.figures.geometry import Points, cos, lerp, sin, unit
from exercises.figures.outline import Outline
from exercises.figures.skeleton import point

Offset = Callable[[float], float]

# Areas along the trunk: from and to (cm above the hips), share of the depth, and which depth.
TRUNK_AREAS: dict[str, tuple[float, float, float, int]] = {
    "low-back": (3, 23, 0.6, 0),
    "upper-back": (26, 46, 0.6, 0),
    "glutes": (-6, 5, 0.6, 0),
    "abs": (3, 24, 0.62, 1),
    "side-left": (3, 32, 0.66, 2),
    "side-right": (3, 32, -0.66, 2),
}
LIMB_AREAS: dict[str, tuple[str, str, int]] = {
    "hamstring": ("hip", "knee", -1),
    "quad": ("hip", "knee", 1),
    "calf": ("knee", "ankle", -1),
}
GLOW = ("g1", "g2", "g3", "g4")
SPINE_FROM, SPINE_TO = -2, 50


def areas() -> set[str]:
    """Every name that ``glow`` may hold."""
    sides = {f"{name}-{side}" for name in LIMB_AREAS for side in ("left", "right")}
    return set(TRUNK_AREAS) | sides


def _along(figure: Figure, start: float, stop: float, offset: Offset, steps: int) -> Points:
    line = []
    for u in range(steps + 1):
        s = lerp(start, stop, u / steps)
        spot, heading = figure.body.at(s)
        line.append(spot + offset(s) * unit(heading - 90))
    return line


def spine(figure: Figure) -> Points:
    """The line of the spine, near the back as it is in a body seen from the side."""

    def behind(s: float) -> float:
        return -0.6 * figure.radii(s)[0] * sin(figure.body.turn(s))

    return _along(figure, SPINE_FROM, SPINE_TO, behind, 12)


def region(figure: Figure, name: str) -> Points:
    """The middle line of an area that works. Raises KeyError for an unknown name."""
    if name in TRUNK_AREAS:
        start, stop, share, which = TRUNK_AREAS[name]

        def offset(s: float) -> float:
            depth, turn = figure.radii(s)[which] * share, figure.body.turn(s)
            if which == 2:
                return -depth if cos(turn) < 0 else depth
            return depth * sin(turn) * (which * 2 - 1)

        return _along(figure, start, stop, offset, 8)
    muscle, side = name.rsplit("-", 1)
    root, tip, outer = LIMB_AREAS[muscle]
    letter = {"left": "L", "right": "R"}[side]
    start_joint, end_joint = figure.body.joints[root + letter], figure.body.joints[tip + letter]
    away = (end_joint - start_joint) / abs(end_joint - start_joint) * 1j * outer
    return [lerp(start_joint, end_joint, 0.12 + 0.16 * u) + away * 4.2 for u in range(5)]


def pebbles(figure: Figure) -> list[Part]:
    """A row of yellow stones, each with an edge, painted as two dashed strokes."""
    line = str(Outline().open(spine(figure)))
    return [Part("peb-o", line), Part("peb", line)]


def glow(figure: Figure, names: list[str], sizes: Sequence[str] = GLOW) -> list[Part]:
    """A soft light on each area that works; the fewer sizes, the fewer bytes."""
    return [
        Part(f"glow {size}", str(Outline().open(region(figure, name))))
        for name in names
        for size in sizes
    ]


def _bow(spec: Mapping[str, Any]) -> Points:
    """The line from one place (cm) to another; ``bend`` is its height per length."""
    start, end = point(spec["from"]), point(spec["to"])
    return [start, (start + end) / 2 + (end - start) * 1j * spec.get("bend", 0.25), end]


def _circle(spec: Mapping[str, Any]) -> Points:
    """Most of an ellipse around a place (cm), clockwise from its lower right."""
    middle, (width, height) = point(spec["around"]), spec["size"]
    way = (unit(-20 - 32 * i) for i in range(10))
    return [middle + complex(z.real * width / 2, z.imag * height / 2) for z in way]


def arrow(spec: Mapping[str, Any]) -> list[Part]:
    """A bowed arrow, or one that goes round."""
    line = _circle(spec) if "around" in spec else _bow(spec)
    end = line[-1]
    ahead = (end - line[-2]) / abs(end - line[-2])
    tip = end + ahead * 0.6
    wings = [end + ahead * unit(145) * 5, tip, tip, end + ahead * unit(-145) * 5]
    drawn = str(Outline().open(line)) + str(Outline().open(wings))
    return [Part("arrow-o", drawn), Part("arrow", drawn)]
