"""What the diary and the sessions add up to: pure numbers, days in the person's own time zone.

All is made of the sums of weeks, so that ten years cost what one month costs. Numbers are rounded
to a tenth where they are shown, and what is shown is what is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from progress.rounding import mean_of, tenth
from progress.scores import NRS_POINTS, SHARE, is_nrs_responder

# How many weeks a range has, the present one counted in; None is everything.
RANGES = {"4w": 4, "3m": 13, "1y": 52, "all": None}
WEEK = timedelta(days=7)
# More weeks than these are shown as months, and as quarters of a year.
MOST_WEEKS, MOST_MONTHLY = 104, 261
# Two at the start against two at the end; with fewer there is nothing to compare.
LEAST_STRETCHES = 4


class Sums(NamedTuple):
    """What one week holds: sums, lowest and highest."""

    monday: date
    entries: int = 0
    pain_total: int = 0
    pain_low: int | None = None
    pain_high: int | None = None
    sessions: int = 0
    efforts: int = 0
    effort_total: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A week from Monday, or the weeks that begin in a month or quarter. Pain and effort are means, 0–10."""

    first: date
    last: date
    entries: int = 0
    pain: float | None = None
    low: int | None = None
    high: int | None = None
    done: int = 0
    planned: int = 0
    effort: float | None = None
    seconds: int = 0
    efforts: int = 0
    effort_total: int = 0


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_day(key: str, today: date, earliest: date | None) -> date:
    """The Monday that a range begins with; of ``all`` it is that of the earliest day there is."""
    weeks = RANGES[key]
    if weeks is None:
        return monday_of(min(earliest or today, today))
    return monday_of(today) - (weeks - 1) * WEEK


def unit_of(first: date, today: date) -> str:
    """What one point of the time from the Monday ``first`` on stands for."""
    weeks = (monday_of(today) - first).days // 7 + 1
    if weeks <= MOST_WEEKS:
        return "week"
    return "month" if weeks <= MOST_MONTHLY else "quarter"


def _together(mondays: Sequence[date], unit: str) -> list[list[date]]:
    """Weeks that belong together: those that begin in one month or quarter."""
    size = {"month": 1, "quarter": 3}[unit]
    groups = groupby(mondays, key=lambda monday: (12 * monday.year + monday.month - 1) // size)
    return [list(group) for _key, group in groups]


def stretches(
    first: date, today: date, sums: Iterable[Sums], planned: Mapping[date, int]
) -> list[Stretch]:
    """Every week from ``first`` to ``today``, or every month or quarter of a long time; empty ones too.

    ``planned`` counts the sessions of a week by its Monday.
    """
    by_monday = {week.monday: week for week in sums}
    mondays = [first + n * WEEK for n in range((monday_of(today) - first).days // 7 + 1)]
    unit = unit_of(first, today)
    groups = [[monday] for monday in mondays] if unit == "week" else _together(mondays, unit)
    return [
        _stretch(
            [by_monday.get(monday) or Sums(monday) for monday in group],
            sum(planned.get(monday, 0) for monday in group),
        )
        for group in groups
    ]


def _stretch(weeks: Sequence[Sums], planned: int) -> Stretch:
    entries = sum(week.entries for week in weeks)
    efforts = sum(week.efforts for week in weeks)
    lows = [week.pain_low for week in weeks if week.pain_low is not None]
    highs = [week.pain_high for week in weeks if week.pain_high is not None]
    return Stretch(
        first=weeks[0].monday,
        last=weeks[-1].monday + timedelta(days=6),
        entries=entries,
        pain=tenth(sum(week.pain_total for week in weeks), entries) if entries else None,
        low=min(lows, default=None),
        high=max(highs, default=None),
        done=sum(week.sessions for week in weeks),
        planned=planned,
        effort=tenth(sum(week.effort_total for week in weeks), efforts) if efforts else None,
        seconds=sum(week.seconds for week in weeks),
        efforts=efforts,
        effort_total=sum(week.effort_total for week in weeks),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """First against last: means of the first two and the last two stretches that have entries.

    ``since`` is the beginning of the first of them.
    """

    kind: str
    first: float | None = None
    last: float | None = None
    since: date | None = None

    @property
    def points(self) -> float:
        return tenth(abs((self.last or 0) - (self.first or 0)))


def change_of(parts: Sequence[Stretch]) -> Change:
    """``none`` without entries, ``few`` below four stretches, else ``lower``, ``higher``, ``unclear``.

    Lower needs 2 points and 30 %; higher needs 2 points, which is when the rules look closer.
    """
    told = [(part.first, part.pain) for part in parts if part.pain is not None]
    if not told:
        return Change("none")
    since, means = told[0][0], [pain for _day, pain in told]
    if len(means) < LEAST_STRETCHES:
        return Change("few", means[0], means[-1], since)
    first, last = mean_of(means[:2]), mean_of(means[-2:])
    if is_nrs_responder(first, last):
        return Change("lower", first, last, since)
    kind = "higher" if tenth(last - first) >= NRS_POINTS else "unclear"
    return Change(kind, first, last, since)


def wobble(change: Change) -> tuple[float, float] | None:
    """Between which means of pain a difference to the start can be wobble; None before it is known."""
    if change.kind in ("none", "few") or change.first is None:
        return None
    drop = max(NRS_POINTS, SHARE * change.first)
    return max(0.0, tenth(change.first - drop)), min(10.0, tenth(change.first + NRS_POINTS))
