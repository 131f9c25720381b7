"""Series to points of an SVG. The template only writes them down; no style, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from progress.trends import Week

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 34, 12, 12, 30
MOST_RINGS = 400
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    planned_y: float
    planned_height: float
    done_y: float
    done_height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """All numbers of the picture, rounded to a tenth of a unit."""

    lines: tuple[str, ...]
    means: tuple[Point, ...]
    rings: tuple[Point, ...]
    grid: tuple[Point, ...]
    ticks: tuple[tuple[float, date], ...]
    bars: tuple[Bar, ...]


def pain_y(pain: float) -> float:
    """Pain 0–10 on the upright axis, which is always the whole scale."""
    return round(TOP + (10 - pain) / 10 * (HEIGHT - TOP - BOTTOM), 1)


def day_x(day: date, first: date, last: date) -> float:
    span = max((last - first).days, 1)
    return round(LEFT + (day - first).days / span * (WIDTH - LEFT - RIGHT), 1)


def draw(
    weeks: Sequence[Week], entries: Sequence[tuple[date, int]], first: date, last: date
) -> Chart:
    """The weekly mean as a line that breaks at a gap, entries as rings, sessions as bars."""
    means = [
        Point(_middle(week, first, last), pain_y(week.pain), f"{week.pain:g}")
        for week in weeks
        if week.pain is not None
    ]
    # Past some hundreds of rings nobody sees one; every n-th stands for its neighbors.
    step = max(1, -(-len(entries) // MOST_RINGS))
    rings = [Point(day_x(day, first, last), pain_y(pain)) for day, pain in entries[::step]]
    every = max(1, -(-len(weeks) // MOST_LABELS))
    return Chart(
        lines=tuple(_lines(weeks, first, last)),
        means=tuple(means),
        rings=tuple(rings),
        grid=tuple(Point(LEFT, pain_y(value), str(value)) for value in (0, 2, 4, 6, 8, 10)),
        ticks=tuple((_label_x(week, first, last), week.monday) for week in weeks[::every]),
        bars=tuple(_bars(weeks, first, last)),
    )


def _middle(week: Week, first: date, last: date) -> float:
    """The middle of the week, kept within the picture."""
    day = min(max(date.fromordinal(week.monday.toordinal() + 3), first), last)
    return day_x(day, first, last)


def _label_x(week: Week, first: date, last: date) -> float:
    """The middle of the week's label, which is about 60 wide and stays inside."""
    return min(max(_middle(week, first, last), 30), WIDTH - 32)


def _lines(weeks: Sequence[Week], first: date, last: date) -> list[str]:
    parts: list[list[str]] = [[]]
    for week in weeks:
        if week.pain is None:
            parts.append([])
        else:
            parts[-1].append(f"{_middle(week, first, last)},{pain_y(week.pain)}")
    return [" ".join(part) for part in parts if len(part) > 1]


BARS_HEIGHT = 90


def _bars(weeks: Sequence[Week], first: date, last: date) -> list[Bar]:
    most = max([3, *(max(week.done, week.planned) for week in weeks)])
    width = round(max(1.5, min(26, (WIDTH - LEFT - RIGHT) / max(len(weeks), 1) * 0.6)), 1)
    base = BARS_HEIGHT - 20
    bars = []
    for week in weeks:
        x = round(_middle(week, first, last) - width / 2, 1)
        planned, done = (round(n / most * (base - 6), 1) for n in (week.planned, week.done))
        bars.append(Bar(x, width, round(base - planned, 1), planned, round(base - done, 1), done))
    return bars
