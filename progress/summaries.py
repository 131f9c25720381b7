"""Sums of a week, flare-ups and planned days: written with the record, so that reading stays cheap.

Everything here follows from entries, sessions and program versions; ``rebuild`` makes it anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, Max

from backrelief.accounts.models import User
from programs.engine.schedule import WEEK
from programs.models import ProgramVersion
from programs.planning import latest_version
from progress.due import PSFS, windows_of
from progress.flares import flares_in
from progress.goals import begin_goals
from progress.measure_pages import RATED, Rated, with_first_ratings
from progress.milestones import award
from progress.models import (
    DiaryEntry,
    FlareSummary,
    Goal,
    MeasureResult,
    Milestone,
    Overview,
    SessionRecord,
    WeekSummary,
)
from progress.trends import monday_of

# A session left open over night was no night of exercise.
LONGEST_SESSION = timedelta(hours=1)
MOST_MILESTONES = 6
FLARE_OVER = "flare-over"


@transaction.atomic
def refresh_entries(patient: User, *days: date, told_week: bool = True) -> None:
    """After entries of these days came, changed or went; nothing else is counted anew.

    ``told_week`` says whether one of them tells, or told, of a whole week: then what is due may change.
    """
    if not _begin(patient):
        return
    for monday in {monday_of(day) for day in days}:
        _write_week(patient, monday, _pains(_of_week(_entries(patient), monday)))
    facts = _mornings(patient)
    if _refresh_flares(patient):
        award(patient, "flares")
        facts |= _flares(patient) | _stones(patient)
    if told_week:
        facts |= _due(patient)
    Overview.objects.owned_by(patient).update(**facts)


@transaction.atomic
def refresh_sessions(patient: User, *days: date) -> None:
    """After sessions of these days were finished or told more."""
    if not _begin(patient):
        return
    for monday in {monday_of(day) for day in days}:
        _write_week(patient, monday, _work(_of_week(_sessions(patient), monday)))
    award(patient, "sessions")
    Overview.objects.owned_by(patient).update(**_sessions_done(patient), **_stones(patient))


def _begin(patient: User) -> bool:
    """Keeps a second change waiting for the first; a record without summaries gets all of them now."""
    if Overview.objects.owned_by(patient).select_for_update().exists():
        return True
    rebuild(patient)
    return False


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
    _write_overview(patient)


def _write_overview(patient: User) -> None:
    goals = list(Goal.objects.owned_by(patient).active().values("pk", "words"))
    facts = {"goals": goals, **_sessions_done(patient), **_mornings(patient), **_due(patient)}
    facts |= _flares(patient) | _stones(patient) | _first_ratings(patient)
    Overview.objects.update_or_create(patient=patient, defaults=facts)


@transaction.atomic
def rebuild(patient: User) -> None:
    """Makes every summary of a person anew, and what follows from them: goals begun, milestones."""
    count_anew(patient)
    award(patient)
    refresh_overview(patient)


@transaction.atomic
def count_anew(patient: User) -> None:
    """Every summary from entries and sessions alone; the record stays as it is.

    The queries do not grow with it.
    """
    WeekSummary.objects.owned_by(patient).delete()
    Overview.objects.owned_by(patient).update(planned=[], version=0)
    weeks: dict[date, dict[str, Any]] = {}
    for sums_of, rows in ((_pains, _entries(patient)), (_work, _sessions(patient))):
        for monday, group in groupby(rows, key=lambda row: monday_of(row.day)):
            weeks.setdefault(monday, {}).update(sums_of(group))
    WeekSummary.objects.bulk_create(
        WeekSummary(patient=patient, monday=monday, **sums) for monday, sums in weeks.items()
    )
    _refresh_flares(patient)
    _write_overview(patient)
    spans_of(Overview.objects.owned_by(patient).get())


def _entries(patient: User) -> Any:
    rows = DiaryEntry.objects.owned_by(patient).alive().order_by("day")
    return rows.values_list("day", "pain", named=True)


def _sessions(patient: User) -> Any:
    rows = SessionRecord.objects.owned_by(patient).finished().order_by("day")
    return rows.values_list("day", "effort", "started_at", "finished_at", named=True)


def _of_week(rows: Any, monday: date) -> Any:
    return rows.filter(day__gte=monday, day__lt=monday + timedelta(days=7))


def _pains(entries: Iterable[Any]) -> dict[str, Any]:
    pains = [entry.pain for entry in entries]
    return {
        "entries": len(pains),
        "pain_total": sum(pains),
        "pain_low": min(pains, default=None),
        "pain_high": max(pains, default=None),
    }


def _work(sessions: Iterable[Any]) -> dict[str, Any]:
    done = list(sessions)
    efforts = [session.effort for session in done if session.effort is not None]
    return {
        "sessions": len(done),
        "efforts": len(efforts),
        "effort_total": sum(efforts),
        "seconds": sum(_seconds(session) for session in done),
    }


def _write_week(patient: User, monday: date, sums: Mapping[str, Any]) -> None:
    """Writes these sums of a week; a week without anything keeps no row."""
    mine = WeekSummary.objects.filter(patient=patient, monday=monday)
    if not mine.update(**sums):
        WeekSummary.objects.create(patient=patient, monday=monday, **sums)
    if not (sums.get("entries") or sums.get("sessions")):
        mine.filter(entries=0, sessions=0).delete()


def _sessions_done(patient: User) -> dict[str, Any]:
    done = SessionRecord.objects.owned_by(patient).finished()
    return done.aggregate(sessions=Count("pk"), last_session_on=Max("day"))


def _mornings(patient: User) -> dict[str, Any]:
    mornings = DiaryEntry.objects.owned_by(patient).alive().filter(is_next_morning=True)
    return mornings.aggregate(last_morning_on=Max("day"))


def _due(patient: User) -> dict[str, Any]:
    return {"due": [window.as_json() for window in windows_of(patient)]}


def _flares(patient: User) -> dict[str, Any]:
    flares = FlareSummary.objects.owned_by(patient)
    return {"flares": list(flares.values("started_on", "before", "peak", "settled_on"))}


def _first_ratings(patient: User) -> dict[str, Any]:
    mine = MeasureResult.objects.owned_by(patient).alive().filter(name=PSFS)
    rated = [Rated(*row) for row in mine.values_list(*RATED)]
    return {"first_ratings": [answer._asdict() for answer in with_first_ratings(rated)]}


def _stones(patient: User) -> dict[str, Any]:
    stones = Milestone.objects.owned_by(patient)[:MOST_MILESTONES]
    return {"milestones": list(stones.values("kind", "mark", "day", "facts"))}


def _seconds(session: Any) -> int:
    lasted = (session.finished_at or session.started_at) - session.started_at
    return int(max(timedelta(), min(lasted, LONGEST_SESSION)).total_seconds())


def daily_means(patient: User) -> list[tuple[date, float]]:
    """The mean pain of each day that has entries."""
    mine = DiaryEntry.objects.owned_by(patient).alive().order_by("day")
    return list(mine.values("day").annotate(mean=Avg("pain")).values_list("day", "mean"))


def _refresh_flares(patient: User) -> bool:
    """Writes the flare-ups anew where they are others than before; whether they were."""
    now = [asdict(flare) for flare in flares_in(daily_means(patient))]
    stored = FlareSummary.objects.owned_by(patient)
    if now == list(stored.values("started_on", "before", "peak", "settled_on")):
        return False
    stored.delete()
    FlareSummary.objects.bulk_create(FlareSummary(patient=patient, **flare) for flare in now)
    return True


@dataclass(frozen=True, slots=True)
class Span:
    """The weekdays that a plan gave from a day on, until the next span.

    ``asks`` says that a flare-up was over then, and that a full check had to follow.
    """

    since: date
    days: tuple[str, ...]
    asks: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"since": self.since.isoformat(), "days": list(self.days), "asks": self.asks}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Span:
        return cls(date.fromisoformat(kept["since"]), tuple(kept["days"]), kept.get("asks", False))


def spans_of(overview: Overview) -> list[Span]:
    """Which weekdays were planned from when on, up to the newest version; one query.

    A version holds until the next one. Only versions that came since the last look are read.
    """
    spans = [Span.from_json(kept) for kept in overview.planned]
    versions = ProgramVersion.objects.filter(
        program__patient=overview.patient_id, pk__gt=overview.version
    )
    fresh = list(versions.order_by("made_on", "pk").only("made_on", "output", "decision"))
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
    """Takes a version in: as a span of its own, or as the same days going on.

    A lock, a pause or a check that must come first leaves the plan without a program, and a program
    that waits for a permission may not begin: none of them has days.
    """
    plan = version.plan
    program: dict[str, Any] = plan["program"] or {}
    days = () if plan["triage"]["ok_first"] == "needed" else program.get("days", ())
    asks = version.has_reason(FLARE_OVER)
    if spans and spans[-1].since == version.made_on:
        asks = spans.pop().asks or asks
    span = Span(version.made_on, tuple(days), asks)
    if asks or not spans or spans[-1].days != span.days:
        spans.append(span)


def without(spans: Sequence[Span], rests: Sequence[tuple[date, date]]) -> list[Span]:
    """The same spans with no day planned in these stretches, each from its first to its last day."""
    if not rests:
        return list(spans)
    begins = {span.since for span in spans} | {first for first, _last in rests}
    begins |= {last + timedelta(days=1) for _first, last in rests}
    cut = []
    for since in sorted(begins):
        known = [span.days for span in spans if span.since <= since]
        is_rest = any(first <= since <= last for first, last in rests)
        cut.append(Span(since, () if is_rest or not known else known[-1]))
    return cut


def _in_force(
    spans: Sequence[Span], first: date, last: date
) -> Iterator[tuple[date, date, tuple[str, ...]]]:
    """The spans between ``first`` and ``last``: their first and last day, and their weekdays."""
    for span, later in zip(spans, [*spans[1:], None], strict=False):
        start = max(span.since, first)
        end = min(later.since - timedelta(days=1), last) if later else last
        if start <= end:
            yield start, end, span.days


def planned_dates(spans: Sequence[Span], first: date, last: date) -> list[date]:
    """The session dates from ``first`` to ``last`` of the versions that were in force."""
    dates: list[date] = []
    for start, end, days in _in_force(spans, first, last):
        for offset in range((end - start).days + 1):
            day = start + timedelta(days=offset)
            if WEEK[day.weekday()] in days:
                dates.append(day)
    return dates


def planned_weeks(spans: Sequence[Span], first: date, last: date) -> dict[date, int]:
    """How many sessions each week from ``first`` to ``last`` had planned, by its Monday."""
    weeks: dict[date, int] = defaultdict(int)
    for start, end, days in _in_force(spans, first, last):
        places = [WEEK.index(day) for day in days]
        begins, ends = monday_of(start), monday_of(end)
        for offset in range(0, (ends - begins).days + 1, 7):
            weeks[begins + timedelta(days=offset)] += len(places)
        # The first and the last week may be in force in part.
        weeks[begins] -= sum(place < start.weekday() for place in places)
        weeks[ends] -= sum(place > end.weekday() for place in places)
    return weeks
