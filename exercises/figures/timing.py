"""When each frame of a moving figure shows: holds, moves, and the ease of a move."""

from __future__ import annotations

from dataclasses import dataclass, field

from exercises.figures.geometry import clamp, lerp

Corner = tuple[float, float]
EASE: tuple[Corner, Corner, Corner, Corner] = ((0, 0), (0.42, 0), (0.58, 1), (1, 1))
STRAIGHT = "0 0 1 1"


def _bezier(corners: tuple[Corner, ...], axis: int, u: float) -> float:
    weights = ((1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u), u**3)
    return sum(w * corner[axis] for w, corner in zip(weights, corners, strict=True))


def _cut_at(corners: tuple[Corner, ...], progress: float) -> float:
    """The parameter at which the curve has made that much progress."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if _bezier(corners, 1, middle) < progress:
            low = middle
        else:
            high = middle
    return low


def ease_cuts(pieces: int) -> list[tuple[float, str]]:
    """The ease curve cut into equal steps of progress: end time (0 to 1) and key spline of each.

    Cut by De Casteljau, every piece stays on the one curve, so that the speed is smooth.
    """
    rest: tuple[Corner, ...] = EASE
    cuts = []
    for i in range(1, pieces + 1):
        u = 1.0 if i == pieces else _cut_at(rest, i / pieces)

        def way(p: Corner, q: Corner, u: float = u) -> Corner:
            return lerp(p[0], q[0], u), lerp(p[1], q[1], u)

        p0, p1, p2, p3 = rest
        a, b, c = way(p0, p1), way(p1, p2), way(p2, p3)
        d, e = way(a, b), way(b, c)
        end = way(d, e)
        width, height = end[0] - p0[0], end[1] - p0[1]
        handles = [
            clamp(value, 0, 1)
            for x, y in (a, d)
            for value in ((x - p0[0]) / width, (y - p0[1]) / height)
        ]
        cuts.append((end[0], " ".join(f"{value:.3g}" for value in handles)))
        rest = (end, e, c, p3)
    return cuts


@dataclass
class Clock:
    """Key times and splines as they add up; all times are seconds."""

    hold: float
    move: float
    now: float = 0.0
    times: list[float] = field(default_factory=list)
    splines: list[str] = field(default_factory=list)

    def add_move(self, pieces: int) -> None:
        """A move of that many pieces, and the pause after it."""
        self.times.append(self.now)
        for share, spline in ease_cuts(pieces):
            self.times.append(self.now + self.move * share)
            self.splines.append(spline)
        self.now += self.move + self.hold
        self.splines.append(STRAIGHT)

    def attributes(self) -> str:
        """The timing attributes of an animate element, for one value more than was added."""
        shares = ";".join(f"{time / self.now:.4g}" for time in [*self.times, self.now])
        return (
            f'dur="{self.now:.4g}s" repeatCount="indefinite" calcMode="spline"'
            f' keyTimes="{shares}" keySplines="{";".join(self.splines)}"'
        )
