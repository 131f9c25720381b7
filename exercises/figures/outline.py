"""Path data of smooth outlines, in whole millimeters (SVG: y down)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from exercises.figures.geometry import Points, cos, sin


def millimeters(point: complex) -> tuple[int, int]:
    """A point in centimeters, y up, as SVG user units."""
    return round(point.real * 10), round(-point.imag * 10)


UNSEEN = 4.0  # square cm of shade that nobody sees


def area(points: Points) -> float:
    """What a polygon encloses, in square cm."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum((a.conjugate() * b).imag for a, b in pairs)) / 2


class Outline:
    """Quadratic B-splines through the mid points of their control polygons.

    They never overshoot, and the commands depend on the number of points alone, so that two
    poses of one body can be morphed into each other.
    """

    def __init__(self) -> None:
        self.data: list[str] = []
        self.points: Points = []
        self.areas: list[float] = []

    def closed(self, points: Points) -> Outline:
        self.points += points
        self.areas.append(area(points))
        pairs = [
            (point, (point + after) / 2)
            for point, after in zip(points, points[1:] + points[:1], strict=True)
        ]
        return self._curves((points[-1] + points[0]) / 2, pairs, "z")

    def open(self, points: Points) -> Outline:
        last = len(points) - 2
        pairs = [
            (points[i], points[-1] if i == last else (points[i] + points[i + 1]) / 2)
            for i in range(1, last + 1)
        ]
        return self._curves(points[0], pairs, "")

    def _curves(self, start: complex, pairs: list[tuple[complex, complex]], end: str) -> Outline:
        x, y = first = millimeters(start)
        curves = []
        for control, stop in pairs:
            (cx, cy), (ex, ey) = millimeters(control), millimeters(stop)
            curves.append(f"{cx - x} {cy - y} {ex - x} {ey - y}")
            x, y = ex, ey
        self.data.append(f"M{first[0]} {first[1]}q{' '.join(curves)}{end}")
        return self

    def filled(self) -> list[bool]:
        """Which of its closed curves enclose enough to be seen."""
        return [size > UNSEEN for size in self.areas]

    def only(self, kept: Sequence[bool]) -> str:
        """The path of some of its curves."""
        return "".join(itertools.compress(self.data, kept)).replace(" -", "-")

    def __str__(self) -> str:
        return "".join(self.data).replace(" -", "-")


def blob(center: complex, width: float, height: float, corners: int = 12) -> str:
    """An ellipse of half axes in cm."""
    step = 360 / corners
    ring = [
        center + complex(1.035 * width * cos(step * i), 1.035 * height * sin(step * i))
        for i in range(corners)
    ]
    return str(Outline().closed(ring))


def box(x: float, y: float, width: float, height: float, radius: float = 0.5) -> str:
    """A rectangle with round corners; x, y is its lower left corner in cm."""
    r = min(radius, width / 2, height / 2)
    numbers = (x + r, -y - height, width - 2 * r, r, r, r, height - 2 * r, r, r)
    a, b, w, c, d, e, h, f, g = (round(n * 10) for n in numbers)
    return f"M{a} {b}h{w}q{c} 0 {d} {e}v{h}q0 {f}-{g} {f}h{-w}q-{c} 0-{c}-{c}v{-h}q0-{c} {c}-{c}z"
