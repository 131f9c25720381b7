"""Milestones: sessions, weeks, coming back, goals, activities, flare-ups that settled.

Each is written once, when the record shows it, and never taken back. Nothing is lost by rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backrelief.accounts.models import User
from progress.cairns import CAIRNS, EVERY_LATER
from progress.measure_pages import lines_of
from progress.models import FlareSummary, Goal, MeasureResult, Milestone, SessionRecord
from progress.scores import activity_verdict
from progress.trends import monday_of

WEEKS = (4, 8, 12, 26, 52)
WEEKS_LATER = 26
# After this many days without a session, the next one is a coming back.
GAP = timedelta(days=14)
# A flare-up whose days were corrected a little is the same one.
SAME_FLARE = timedelta(days=7)


def award(patient: User, *changed: str) -> None:
    """Writes down what the record shows and is not written down yet.

    ``changed`` names what to look at (``FINDERS``); without a name it is all.
    """
    found = [stone for name in changed or FINDERS for stone in FINDERS[name](patient)]
    kept = set(Milestone.objects.owned_by(patient).values_list("kind", "mark"))
    fresh = [stone for stone in found if (stone.kind, stone.mark) not in kept]
    for stone in fresh:
        stone.patient = patient
    if fresh:
        Milestone.objects.bulk_create(fresh, ignore_conflicts=True)


def _stone(kind: str, mark: Any, day: date, **facts: Any) -> Milestone:
    return Milestone(kind=kind, mark=str(mark), day=day, facts=facts)


def _of_sessions(patient: User) -> Iterator[Milestone]:
    finished = SessionRecord.objects.owned_by(patient).finished().order_by("day", "started_at")
    days = list(finished.values_list("day", flat=True))
    for number in _steps(CAIRNS[1:], EVERY_LATER, len(days)):
        yield _stone(Milestone.Kind.SESSIONS, number, days[number - 1])
    starts = list(dict.fromkeys(monday_of(day) for day in days))
    for number in _steps(WEEKS, WEEKS_LATER, len(starts)):
        first = next(day for day in days if monday_of(day) == starts[number - 1])
        yield _stone(Milestone.Kind.WEEKS, number, first)
    for before, day in pairwise(days):
        if day - before >= GAP:
            yield _stone(Milestone.Kind.RETURN, day, day, days=(day - before).days)


def _steps(steps: Sequence[int], later: int, reached: int) -> list[int]:
    return [*(n for n in steps if n <= reached), *range(steps[-1] + later, reached + 1, later)]


def _of_flares(patient: User) -> Iterator[Milestone]:
    kept = Milestone.objects.owned_by(patient).filter(kind=Milestone.Kind.FLARE)
    known = [date.fromisoformat(mark) for mark in kept.values_list("mark", flat=True)]
    for flare in FlareSummary.objects.owned_by(patient).filter(settled_on__isnull=False):
        if not any(abs(flare.started_on - day) < SAME_FLARE for day in known):
            yield _stone(Milestone.Kind.FLARE, flare.started_on, flare.settled_on, days=flare.days)


def _of_goals(patient: User) -> Iterator[Milestone]:
    for goal in Goal.objects.owned_by(patient).filter(status=Goal.Status.REACHED):
        yield _stone(Milestone.Kind.GOAL, goal.pk, goal.reached_on, words=goal.words)


def _of_lines(patient: User) -> Iterator[Milestone]:
    """An activity that went up by more than wobble: in the person's own life terms."""
    results = list(MeasureResult.objects.owned_by(patient).alive().filter(name="psfs"))
    keys = (
        [item["key"] for item in max(results, key=lambda r: (r.day, r.pk)).items] if results else []
    )
    for key, line in zip(keys, lines_of(results), strict=True):
        if activity_verdict(line.first, line.last) == "better":
            facts = {"words": line.words, "before": line.first, "now": line.last}
            yield _stone(Milestone.Kind.ACTIVITY, key, line.days[-1], **facts)


FINDERS = {
    "sessions": _of_sessions,
    "flares": _of_flares,
    "goals": _of_goals,
    "lines": _of_lines,
}


def take_back_goal(goal: Goal, today: date) -> None:
    """A goal that was marked by a slip of the finger, put right on the same day."""
    Milestone.objects.filter(
        patient=goal.patient, kind=Milestone.Kind.GOAL, mark=str(goal.pk), day=today
    ).delete()


@dataclass(frozen=True, slots=True)
class Shown:
    icon: str
    title: str
    line: str


def shown_milestones(kept: Iterable[Mapping[str, Any]]) -> list[Shown]:
    """The milestones as the overview keeps them."""
    stones = (Milestone(**{**stone, "day": date.fromisoformat(stone["day"])}) for stone in kept)
    return [_shown(stone) for stone in stones]


def _shown(stone: Milestone) -> Shown:
    day, facts = date_format(stone.day, "M j, Y"), stone.facts
    match stone.kind:
        case Milestone.Kind.SESSIONS:
            n = int(stone.mark)
            return Shown("mountain", ngettext("%(n)s session", "%(n)s sessions", n) % {"n": n}, day)
        case Milestone.Kind.WEEKS:
            title = _("%(n)s weeks with sessions") % {"n": stone.mark}
            return Shown("calendar-days", title, day)
        case Milestone.Kind.RETURN:
            title = _("You came back after %(n)s days") % {"n": facts["days"]}
            return Shown("sun", title, day)
        case Milestone.Kind.FLARE:
            n = facts["days"]
            line = ngettext("%(day)s, after %(n)s day", "%(day)s, after %(n)s days", n)
            return Shown("sprout", _("A flare-up settled"), line % {"day": day, "n": n})
        case Milestone.Kind.GOAL:
            return Shown("flag", _("Reached: %(words)s") % {"words": facts["words"]}, day)
        case _:
            told = facts | {"words": capfirst(facts["words"])}
            title = _("%(words)s: from %(before)s to %(now)s") % told
            return Shown("heart", title, _("%(day)s. More than day-to-day wobble.") % {"day": day})
