"""The head in its own frame (origin at the top of the neck), from any side."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.figures.anatomy import EAR, FACE
from exercises.figures.geometry import Points, cos, lerp, place, sin, smooth
from exercises.figures.outline import Outline
from exercises.figures.people import HAIR, Look, Pair

Shape = tuple[str, str]
Spot = tuple[float, float, float]


def is_from_behind(yaw: float) -> bool:
    """Whether a head turned so far shows no face."""
    return cos(yaw) < -0.5


class Head:
    """Outlines turned by ``yaw`` degrees; ``sign`` says which way the profile looks."""

    def __init__(self, yaw: float, sign: int, look: Look) -> None:
        self.yaw, self.sign = yaw, sign
        self.profile = abs(sin(yaw))
        self.hair = HAIR[look.hair]
        self.look = look

    def shapes(self) -> list[Shape]:
        """The parts from back to front, as class and path data."""
        if is_from_behind(self.yaw):
            return [
                ("skin", self._ear(-7.4)),
                ("skin", self._ear(7.4)),
                ("skin", str(Outline().closed(self._face()))),
                ("hair", self._from_behind()),
            ]
        shapes = [("hair", self._all(self.hair.back))] if self.hair.back else []
        shapes += [("skin", self._ear(-7.4)), ("skin", str(Outline().closed(self._face())))]
        if self.hair.front:
            shapes.append(("hair", self._all(self.hair.front)))
        if not self.hair.covers_ears:
            shapes.append(("skin", self._ear(7.4)))
        return shapes + self._features()

    def _from_behind(self) -> str:
        """Hair as it covers the back of the head down to the nape, with the bun over it."""
        nape, crown = self.hair.nape, self.hair.crown
        half = [-5 + nape * 1j, -8.6 + (nape + 3) * 1j, -9 + 5j, -8.4 + (crown - 6) * 1j]
        half.append(-4.4 + (crown - 0.8) * 1j)
        other = [complex(-z.real, z.imag) for z in reversed(half)]
        cap = [*half, crown * 1j, *other, (nape - 0.8) * 1j]
        outline = Outline().closed(cap)
        if self.look.hair == "bun":
            outline.closed([z - 8j for z in self._turned(self.hair.back[0])])
        return str(outline)

    def _turned(self, pair: Pair) -> Points:
        return [
            complex(z.real * self.sign, z.imag)
            for z in (lerp(front, side, self.profile) for side, front in zip(*pair, strict=True))
        ]

    def _all(self, pairs: Sequence[Pair]) -> str:
        outline = Outline()
        for pair in pairs:
            outline.closed(self._turned(pair))
        return str(outline)

    def _face(self) -> Points:
        """A rounder build has fuller cheeks and a softer chin."""
        more = self.look.build - 1

        def fuller(z: complex) -> complex:
            low = smooth(-z.imag, -7, 3)
            under = smooth(-z.imag, 2, 7) * (1 if abs(z.real) < 7 else 0.4)
            return complex(z.real * (1 + 0.55 * more * low), z.imag - 4.5 * more * under)

        return [fuller(z) for z in self._turned(FACE)]

    def _on(self, forward: float, up: float, right: float) -> complex:
        """Where a point of the head (cm) shows after the turn."""
        return complex(forward * sin(self.yaw) - right * cos(self.yaw), up)

    def _ear(self, right: float) -> str:
        narrow = (0.5 + 0.5 * self.profile) * self.sign * (1 if right > 0 else -1)
        ear = [complex(z.real * narrow, z.imag) for z in EAR]
        return str(Outline().closed(place(ear, self._on(-0.6, 2.2, right * self.sign), 0)))

    def _feature(self, spots: Sequence[Spot], edge: float = 1) -> Points:
        """Points of a feature; they shrink together as its middle turns behind the face."""
        forward, _, right = spots[1]
        shown = smooth(forward * cos(self.yaw) + right * edge * sin(self.yaw), -0.4, 0.9)
        return [lerp(self._on(*spots[0]), self._on(*spot), shown) for spot in spots]

    def _lines(self, fine: Outline, z: int) -> None:
        """The lines of an older face: beside the eye, and from nose to mouth."""
        fine.open(self._feature([(6.2, 5, 6 * z), (5.5, 4.6, 6.5 * z), (4.8, 4.8, 6.9 * z)]))
        fine.open(self._feature([(6.2, 3.6, 6 * z), (5.5, 3.3, 6.5 * z), (4.8, 3, 6.9 * z)]))
        fine.open(self._feature([(9.2, 0, 2.2 * z), (8.5, -1, 3.1 * z), (8, -2.4, 3.6 * z)]))

    def _features(self) -> list[Shape]:
        blush, eye, fine = Outline(), Outline(), Outline()
        for z in (1, -1):
            ring = [
                (7.2 - cos(w), 0.6 + 1.6 * sin(w), (4.2 + 1.2 * cos(w)) * z)
                for w in range(0, 360, 60)
            ]
            blush.closed(self._feature(ring))
            eye.closed(
                self._feature(
                    [(8, 4 + 1.15 * sin(w), (3.4 + 0.85 * cos(w)) * z) for w in range(0, 360, 60)]
                )
            )
            fine.open(self._feature([(8.6, 4.4, 1.9 * z), (8.1, 5.7, 3.4 * z), (7, 4.6, 5.1 * z)]))
            if self.look.body == "older":
                self._lines(fine, z)
            fine.open(self._feature([(8.9, 7, 1.8 * z), (8.2, 8, 3.4 * z), (6.9, 7, 5.2 * z)]))
            lips: list[Spot] = [(9.6, -2.4, 0), (8.7, -2.9, 1 * z), (7.6, -1.9, 2.2 * z)]
            fine.open(self._feature(lips, edge=3))
        wide = abs(cos(self.yaw))
        low = 0.9 - 0.3 * wide
        fine.open(self._feature([(10, low, -1.1 * wide), (10.8, -0.1, 0), (10, low, 1.1 * wide)]))
        return [("blush", str(blush)), ("eye", str(eye)), ("fine", str(fine))]
