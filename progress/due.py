"""When a measure is asked: windows that follow from the program's start and the last answers.

The recommended set (rule base, section 5): pain of the week every week, PSFS and PEG every two
weeks, overall change at 4, 8 and 12 weeks, RMDQ at the start, 6 and 12 weeks; goals every two to
four weeks. A loaded measure brings its own times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from backrelief.accounts.models import User
from programs.models import Program
from progress.models import Activity, DiaryEntry, Goal, GoalRating, LoadedMeasure, MeasureResult

PAIN_WEEK, PSFS, OVERALL, GOALS = "pain_week", "psfs", "overall_change", "goals"
EVERY_DAYS = {PAIN_WEEK: 7, PSFS: 14, GOALS: 14}
OVERALL_WEEKS = (4, 8, 12)
# How long the last of a row of windows stays open.
LAST_WINDOW = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Window:
    """Days in which something is asked; ``until`` is the last one, None where it stays due."""

    name: str
    first: date
    until: date | None = None
    title: str = ""

    def as_json(self) -> dict[str, Any]:
        until = self.until.isoformat() if self.until else None
        return {
            "name": self.name,
            "title": self.title,
            "from": self.first.isoformat(),
            "until": until,
        }


def repeated(name: str, start: date, last: date | None, every: int) -> Window:
    """Due at the start, then ``every`` so many days after the last answer."""
    return Window(name, last + timedelta(days=every) if last else start)


def scheduled(
    name: str, start: date, weeks: Sequence[int], answered: Sequence[date]
) -> Iterator[Window]:
    """A window from each of these weeks on, up to the next one, where nothing was answered in it."""
    points = [start + timedelta(weeks=week) for week in weeks]
    ends = [*points[1:], points[-1] + LAST_WINDOW]
    for first, end in zip(points, ends, strict=True):
        if not any(first <= day < end for day in answered):
            yield Window(name, first, end - timedelta(days=1))


def windows_of(patient: User) -> list[Window]:
    """Everything that is or will be asked. Nothing is, before there is a program."""
    start = Program.objects.owned_by(patient).order_by("started_on").first()
    if start is None:
        return []
    return list(_windows(patient, start.started_on))


def _windows(patient: User, start: date) -> Iterator[Window]:
    answered = _answered(patient)
    told = DiaryEntry.objects.owned_by(patient).alive().filter(average__isnull=False)
    week = told.aggregate(last=Max("day"))["last"]
    yield repeated(PAIN_WEEK, start, week, EVERY_DAYS[PAIN_WEEK])
    last = _last(answered, PSFS) if Activity.objects.owned_by(patient).current().exists() else None
    yield repeated(PSFS, start, last, EVERY_DAYS[PSFS])
    yield from scheduled(OVERALL, start, OVERALL_WEEKS, answered.get(OVERALL, []))
    yield from _goals(patient, start)
    for loaded in LoadedMeasure.objects.filter(is_on=True):
        for window in _loaded(loaded, start, answered):
            yield replace(window, title=loaded.title)


def _answered(patient: User) -> dict[str, list[date]]:
    days: dict[str, list[date]] = {}
    results = MeasureResult.objects.owned_by(patient).alive()
    for name, day in results.values_list("name", "day"):
        days.setdefault(name, []).append(day)
    return days


def _last(answered: Mapping[str, Sequence[date]], name: str) -> date | None:
    return max(answered.get(name, ()), default=None)


def _goals(patient: User, start: date) -> Iterator[Window]:
    """Goals are rated two weeks after they were set, then every two weeks."""
    active = Goal.objects.owned_by(patient).active().order_by("-set_on").first()
    if active:
        rated = GoalRating.objects.filter(goal__patient=patient).aggregate(last=Max("day"))["last"]
        yield repeated(GOALS, max(start, active.set_on), rated, EVERY_DAYS[GOALS])


def _loaded(
    loaded: LoadedMeasure, start: date, answered: Mapping[str, Sequence[date]]
) -> Iterator[Window]:
    times = loaded.definition["asked"]
    if "every_days" in times:
        yield repeated(loaded.key, start, _last(answered, loaded.key), times["every_days"])
    else:
        yield from scheduled(loaded.key, start, times["weeks"], answered.get(loaded.key, []))


def is_due(window: Mapping[str, Any], today: date) -> bool:
    """Whether a stored window is open on ``today``."""
    day = today.isoformat()
    return window["from"] <= day and (window["until"] is None or day <= window["until"])
