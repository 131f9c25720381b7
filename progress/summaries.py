"""Sums of a week, flare-ups and planned days: written with the record, so that reading stays cheap.

Everything here follows from entries, sessions and program versions; ``rebuild`` makes it anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, Max, Min, Sum
from django.db.models.functions import Coalesce

from backrelief.accounts.models import User
from programs.engine.schedule import WEEK
from programs.models import ProgramVersion
from programs.planning import latest_version
from progress.due import windows_of
from progress.flares import flares_in
from progress.goals import begin_goals
from progress.milestones import award
from progress.models import (
    DiaryEntry,
    FlareSummary,
    Goal,
    Milestone,
    Overview,
    SessionRecord,
    WeekSummary,
)
from progress.trends import monday_of

# A session left open over night was no night of exercise.
LONGEST_SESSION = timedelta(hours=1)
MOST_MILESTONES = 6


@transaction.atomic
def refresh(patient: User, *days: date) -> None:
    """Brings the sums of the weeks of these days up to date, and the flare-ups."""
    for monday in sorted({monday_of(day) for day in days}):
        _refresh_week(patient, monday)
    _refresh_flares(patient)
    award(patient)
    refresh_overview(patient)


def overview_of(patient: User, version: ProgramVersion | None) -> Overview:
    """The overview, in one query; a record that has none yet gets its summaries now.

    With the first ``version`` of a program measures become due.
    """
    found = Overview.objects.owned_by(patient).first()
    if found is None:
        rebuild(patient)
    elif version and not found.due:
        refresh_overview(patient)
    else:
        return found
    return Overview.objects.owned_by(patient).get()


def refresh_overview(patient: User) -> None:
    """Counts the sessions, and looks up goals (the intake's at first) and what is due."""
    if not Goal.objects.owned_by(patient).exists() and (version := latest_version(patient)):
        begin_goals(patient, version)
    sessions = SessionRecord.objects.owned_by(patient).finished()
    mornings = DiaryEntry.objects.owned_by(patient).alive().filter(is_next_morning=True)
    found = sessions.aggregate(sessions=Count("pk"), last_session_on=Max("day"))
    found |= mornings.aggregate(last_morning_on=Max("day"))
    found["goals"] = list(Goal.objects.owned_by(patient).active().values("pk", "words"))
    found["due"] = [window.as_json() for window in windows_of(patient)]
    flares = FlareSummary.objects.owned_by(patient)
    found["flares"] = list(flares.values("started_on", "before", "peak", "settled_on"))
    stones = Milestone.objects.owned_by(patient)[:MOST_MILESTONES]
    found["milestones"] = list(stones.values("kind", "mark", "day", "facts"))
    Overview.objects.update_or_create(patient=patient, defaults=found)


@transaction.atomic
def rebuild(patient: User) -> None:
    """Makes every summary of a person anew from entries and sessions."""
    WeekSummary.objects.owned_by(patient).delete()
    Overview.objects.owned_by(patient).update(planned=[], version=0)
    entries = DiaryEntry.objects.owned_by(patient).alive().values_list("day", flat=True)
    sessions = SessionRecord.objects.owned_by(patient).finished().values_list("day", flat=True)
    refresh(patient, *entries, *sessions)
    spans_of(Overview.objects.owned_by(patient).get())


def _refresh_week(patient: User, monday: date) -> None:
    week = {"day__gte": monday, "day__lt": monday + timedelta(days=7)}
    pains = (
        DiaryEntry.objects.owned_by(patient)
        .alive()
        .filter(**week)
        .aggregate(
            entries=Count("pk"),
            pain_total=Coalesce(Sum("pain"), 0),
            pain_low=Min("pain"),
            pain_high=Max("pain"),
        )
    )
    sessions = list(SessionRecord.objects.owned_by(patient).finished().filter(**week))
    efforts = [session.effort for session in sessions if session.effort is not None]
    sums = pains | {
        "sessions": len(sessions),
        "efforts": len(efforts),
        "effort_total": sum(efforts),
        "seconds": sum(_seconds(session) for session in sessions),
    }
    mine = WeekSummary.objects.filter(patient=patient, monday=monday)
    if sums["entries"] or sums["sessions"]:
        mine.update_or_create(patient=patient, monday=monday, defaults=sums)
    else:
        mine.delete()


def _seconds(session: SessionRecord) -> int:
    lasted = (session.finished_at or session.started_at) - session.started_at
    return int(max(timedelta(), min(lasted, LONGEST_SESSION)).total_seconds())


def daily_means(patient: User) -> list[tuple[date, float]]:
    """The mean pain of each day that has entries."""
    mine = DiaryEntry.objects.owned_by(patient).alive().order_by("day")
    return list(mine.values("day").annotate(mean=Avg("pain")).values_list("day", "mean"))


def _refresh_flares(patient: User) -> None:
    now = [asdict(flare) for flare in flares_in(daily_means(patient))]
    stored = FlareSummary.objects.owned_by(patient)
    if now != list(stored.values("started_on", "before", "peak", "settled_on")):
        stored.delete()
        FlareSummary.objects.bulk_create(FlareSummary(patient=patient, **flare) for flare in now)


@dataclass(frozen=True, slots=True)
class Span:
    """The weekdays that a plan gave from a day on, until the next span."""

    since: date
    days: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"since": self.since.isoformat(), "days": list(self.days)}


def spans_of(overview: Overview) -> list[Span]:
    """Which weekdays were planned from when on, up to the newest version; one query.

    A version holds until the next one. Only versions that came since the last look are read.
    """
    spans = [Span(date.fromisoformat(s["since"]), tuple(s["days"])) for s in overview.planned]
    versions = ProgramVersion.objects.filter(
        program__patient=overview.patient_id, pk__gt=overview.version
    )
    fresh = list(versions.order_by("made_on", "pk").only("made_on", "output"))
    if not fresh:
        return spans
    if spans and fresh[0].made_on < spans[-1].since:
        overview.planned, overview.version = [], 0
        return spans_of(overview)
    for version in fresh:
        _add(spans, version)
    overview.planned = [span.as_json() for span in spans]
    overview.version = max(version.pk for version in fresh)
    overview.save(update_fields=["planned", "version"])
    return spans


def _add(spans: list[Span], version: ProgramVersion) -> None:
    """Takes a version in: as a span of its own, or as the same days going on."""
    program: dict[str, Any] = version.plan["program"] or {}
    span = Span(version.made_on, tuple(program.get("days", [])))
    if spans and spans[-1].since == span.since:
        spans.pop()
    if not spans or spans[-1].days != span.days:
        spans.append(span)


def planned_dates(spans: Sequence[Span], first: date, last: date) -> list[date]:
    """The session dates from ``first`` to ``last`` of the versions that were in force."""
    dates: list[date] = []
    for span, later in zip(spans, [*spans[1:], None], strict=False):
        start = max(span.since, first)
        end = min(later.since - timedelta(days=1), last) if later else last
        for offset in range((end - start).days + 1):
            day = start + timedelta(days=offset)
            if WEEK[day.weekday()] in span.days:
                dates.append(day)
    return dates
