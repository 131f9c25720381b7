"""The last weeks as pebbles: a column a week, a row a day, one path for each kind of day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from progress.numbers import NOTHING, dated_rows
from progress.rhythm import Cell

APART = 26
LEFT, TOP = 58, 14
WORDS = {"done": _("done"), "part": _("part"), "planned": _("planned"), "rest": _("rest")}


@dataclass(frozen=True, slots=True)
class Pebbles:
    """``paths`` by kind of day; a kind that does not occur has none."""

    width: int
    height: int
    done: int
    part: int
    paths: dict[str, str]
    days: list[tuple[int, date]]
    rows: SafeString


def _ring(x: int, y: int, radius: float) -> str:
    return f"M{x - radius:g} {y}a{radius} {radius} 0 1 0 {2 * radius:g} 0a{radius} {radius} 0 1 0 {-2 * radius:g} 0"


def _half(x: int, y: int) -> str:
    return f"M{x - 10} {y}a10 10 0 0 0 20 0z"


DRAWN = {
    "done": lambda x, y: _ring(x, y, 10),
    "part": lambda x, y: _ring(x, y, 9),
    "half": _half,
    "planned": lambda x, y: _ring(x, y, 9),
    "rest": lambda x, y: _ring(x, y, 2.2),
}
# A part of a session is a ring that is filled to the half.
SHAPES = {"part": ("part", "half")}


def pebbles_of(weeks: Sequence[Sequence[Cell]]) -> Pebbles:
    """Where each pebble stands, in units of the drawing, and the same as rows of words."""
    states = [cell.state for week in weeks for cell in week]
    return Pebbles(
        width=50 + APART * len(weeks),
        height=APART * 7 + 4,
        done=states.count("done"),
        part=states.count("part"),
        paths=_paths(weeks),
        days=[(TOP + 4 + APART * row, cell.day) for row, cell in enumerate(weeks[0])],
        rows=dated_rows(
            ((week[0].day, (WORDS.get(c.state, NOTHING) for c in week)) for week in weeks), "M j"
        ),
    )


def _paths(weeks: Sequence[Sequence[Cell]]) -> dict[str, str]:
    paths: dict[str, str] = {}
    for column, week in enumerate(weeks):
        for row, cell in enumerate(week):
            for shape in SHAPES.get(cell.state, (cell.state,)):
                if draw := DRAWN.get(shape):
                    drawn = draw(LEFT + APART * column, TOP + APART * row)
                    paths[shape] = paths.get(shape, "") + drawn
    return paths
