"""What the diary and the sessions add up to: pure numbers, days in the person's own time zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

# Smaller differences of the numeric rating scale are day-to-day wobble (R39, R40).
REAL_CHANGE = 2.0
RANGES = {"4w": 28, "3m": 91, "1y": 365, "all": None}


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday: entries and mean of pain (0–10, None without), sessions done and planned."""

    monday: date
    entries: int
    pain: float | None
    done: int
    planned: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_day(key: str, today: date, earliest: date | None) -> date:
    """The first day of a range; of ``all`` it is the earliest day there is."""
    span = RANGES[key]
    if span is None:
        return min(earliest or today, today)
    return today - timedelta(days=span - 1)


def by_week(
    first: date,
    today: date,
    pains: Iterable[tuple[date, int]],
    done: Iterable[date],
    planned: Iterable[date],
) -> list[Week]:
    """Every week from ``first`` to ``today``, those without anything too."""
    values: dict[date, list[int]] = {}
    for day, pain in pains:
        values.setdefault(monday_of(day), []).append(pain)
    done_in, planned_in = _count(done), _count(planned)
    weeks = []
    monday = monday_of(first)
    while monday <= today:
        week = values.get(monday, [])
        average = round(mean(week), 1) if week else None
        weeks.append(
            Week(monday, len(week), average, done_in.get(monday, 0), planned_in.get(monday, 0))
        )
        monday += timedelta(days=7)
    return weeks


def _count(days: Iterable[date]) -> dict[date, int]:
    counts: dict[date, int] = {}
    for day in days:
        counts[monday_of(day)] = counts.get(monday_of(day), 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class Change:
    """First against last: means of the first two and the last two weeks that have entries."""

    kind: str
    first: float | None = None
    last: float | None = None

    @property
    def points(self) -> float:
        return abs(round((self.last or 0) - (self.first or 0), 1))


def change_of(weeks: Sequence[Week]) -> Change:
    """``none`` without entries, ``few`` below four weeks of them, else ``lower``, ``higher``, ``unclear``."""
    means = [week.pain for week in weeks if week.pain is not None]
    if not means:
        return Change("none")
    if len(means) < 4:
        return Change("few", means[0], means[-1])
    first, last = round(mean(means[:2]), 1), round(mean(means[-2:]), 1)
    if abs(last - first) < REAL_CHANGE:
        return Change("unclear", first, last)
    return Change("lower" if last < first else "higher", first, last)
