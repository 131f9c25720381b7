"""The path of finished sessions: pebbles to the next cairn. It never goes back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import cos, pi

CAIRNS = (0, 1, 5, 10, 20, 30, 50)
EVERY_LATER = 25
MOST_PEBBLES = 10
# The drawing is 400 wide; the trail runs over the near hill from left to right.
LEFT, RIGHT = 30, 330


@dataclass(frozen=True, slots=True)
class Pebble:
    x: int
    y: int
    state: str


@dataclass(frozen=True, slots=True)
class Path:
    """``done`` sessions, the cairn passed last and the one ahead, and the pebbles between them."""

    done: int
    passed: int
    ahead: int
    pebbles: tuple[Pebble, ...]

    @property
    def to_go(self) -> int:
        return self.ahead - self.done

    @property
    def is_at_cairn(self) -> bool:
        return self.done > 0 and self.done == self.passed


def path_of(done: int) -> Path:
    """The stretch of the path that ``done`` finished sessions have come to."""
    passed, ahead = _cairns_around(done)
    shown = min(ahead - passed, MOST_PEBBLES)
    filled = round(shown * (done - passed) / (ahead - passed))
    if passed < done:
        filled = max(1, min(filled, shown - 1))
    return Path(done, passed, ahead, tuple(_pebble(n, shown, filled) for n in range(shown)))


def _cairns_around(done: int) -> tuple[int, int]:
    if done >= CAIRNS[-1]:
        passed = CAIRNS[-1] + (done - CAIRNS[-1]) // EVERY_LATER * EVERY_LATER
        return passed, passed + EVERY_LATER
    place = bisect_right(CAIRNS, done)
    return CAIRNS[place - 1], CAIRNS[place]


def _pebble(number: int, shown: int, filled: int) -> Pebble:
    share = number / max(shown - 1, 1)
    state = "done" if number < filled else "here" if number == filled else "todo"
    return Pebble(round(LEFT + share * (RIGHT - LEFT)), round(185 + 33 * cos(pi * share)), state)
