"""A week that was done on paper: what may be typed in, and how it gets into the record once.

It goes the way of every session and every entry; only the days are those on the paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from backrelief.accounts.models import User
from programs.calendar import session_dates, session_day, zone_of
from programs.models import ProgramVersion
from programs.planning import latest_version
from programs.standing import record_something_new
from progress import recording
from progress.diary import log_pain
from progress.forms import TOO_STRONG
from progress.models import SessionRecord
from progress.short_check import NONE, hear_short_check

# When on its day something from paper is said to have been: nobody writes the hour down.
SESSION_AT, PAIN_AT = time(18), time(20)
WEEKS_BACK = 8


@dataclass(frozen=True, slots=True)
class TypedSession:
    """A session ticked on paper. ``slugs`` are the exercises that were done."""

    day: date
    pain_before: int | None
    pain_after: int
    effort: int
    slugs: frozenset[str]


@dataclass(frozen=True, slots=True)
class TypedWeek:
    """What was typed in. ``pains`` are by day, 0–10."""

    sessions: tuple[TypedSession, ...]
    pains: Mapping[date, int]
    short_check: str = NONE


@dataclass(frozen=True, slots=True)
class PaperDay:
    """One day of the week that can be typed in: planned sessions, and what is there already."""

    day: date
    is_planned: bool
    is_recorded: bool


def days_of(patient: User, monday: date, today: date) -> list[PaperDay]:
    """The days of a week up to today. Two queries."""
    week = [monday + timedelta(days=n) for n in range(7)]
    version = version_on(patient, min(week[-1], today))
    planned = set(session_dates(version.plan, week[0], week[-1]) if version else [])
    done = set(_over(patient).filter(day__in=week).values_list("day", flat=True))
    return [
        PaperDay(day, day in planned or day in done, day in done) for day in week if day <= today
    ]


def _over(patient: User) -> QuerySet[SessionRecord]:
    """Sessions that take no ending from paper: finished, or ended by what stopped them."""
    stopped = Q(was_stopped=True, left_at__isnull=False)
    return SessionRecord.objects.owned_by(patient).filter(Q(finished_at__isnull=False) | stopped)


def version_on(patient: User, day: date) -> ProgramVersion | None:
    """The version of the plan that held on a day; the first one for days before it."""
    mine = ProgramVersion.objects.filter(program__patient=patient).select_related("library")
    held = mine.filter(made_on__lte=day).order_by("-made_on", "-pk").first()
    return held or mine.order_by("made_on", "pk").first() or latest_version(patient)


@transaction.atomic
def type_in(patient: User, token: UUID, week: TypedWeek) -> bool:
    """Writes the week down. The same token again changes nothing. True where a check comes first."""
    User.objects.select_for_update().get(pk=patient.pk)
    for session in sorted(week.sessions, key=lambda typed: typed.day):
        _record_session(patient, token, session)
    for day, pain in sorted(week.pains.items()):
        at = moment(patient, day, PAIN_AT)
        log_pain(patient, uuid5(token, f"{patient.pk} pain {day}"), pain, at)
    is_strong = any(_worst(typed) >= TOO_STRONG for typed in week.sessions)
    today = session_day(patient, timezone.now())
    is_new = hear_short_check(patient, week.short_check, today, f"paper:{token}")
    if is_strong and not is_new:
        record_something_new(patient)
    return is_new or is_strong


def _worst(typed: TypedSession) -> int:
    return max(typed.pain_before or 0, typed.pain_after)


def _record_session(patient: User, token: UUID, typed: TypedSession) -> None:
    """One session of its day; what is recorded for that day already counts."""
    if _over(patient).filter(day=typed.day).exists():
        return
    on_day = SessionRecord.objects.owned_by(patient).filter(day=typed.day)
    session = on_day.first() or _begun(patient, token, typed)
    if session is None:
        return
    recording.note_pain_before(session, typed.pain_before)
    at = moment(patient, typed.day, SESSION_AT)
    for exercise in session.exercises.all():
        if exercise.slug in typed.slugs:
            recording.complete(exercise, at)
            recording.credit(exercise, exercise.sets_planned)
    recording.finish_session(session, typed.pain_after, typed.effort, "", at=at, even_left=True)


def _begun(patient: User, token: UUID, typed: TypedSession) -> SessionRecord | None:
    version = version_on(patient, typed.day)
    if version is None or version.plan["program"] is None:
        return None
    at = moment(patient, typed.day, SESSION_AT)
    # Closed from the start: it never pushes aside a session that is open now.
    made = {
        "token": uuid5(token, f"{patient.pk} session {typed.day}"),
        "started_at": at,
        "left_at": at,
    }
    return recording.begin_session(patient, version, typed.day, typed.pain_before, **made)


def moment(patient: User, day: date, hour: time) -> datetime:
    """That hour of the day where the person lives, and never later than now."""
    return min(datetime.combine(day, hour, zone_of(patient)), timezone.now())


def today_of(patient: User) -> date:
    return session_day(patient, timezone.now())
