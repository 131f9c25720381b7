"""What today is: a session, a rest day, done, or something that comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backrelief.accounts.models import User
from programs.calendar import WeekDay, session_dates, week_strip
from programs.standing import Standing
from progress.models import SessionRecord
from progress.recording import is_current, open_session

LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Agenda:
    """``kind``: ``session``, ``resume``, ``done``, ``rest``, ``no_days`` or ``stopped``.

    ``stopped`` means that something comes before any session: the standing says what. ``unfinished``
    is a session of another day with something done in it, of which nobody knows how it went.
    ``finished`` counts the sessions so far, and ``last_day`` is the day of the latest of them.
    """

    kind: str
    today: date
    week: list[WeekDay]
    session: SessionRecord | None
    unfinished: SessionRecord | None
    next_date: date | None
    finished: int = 0
    last_day: date | None = None

    @property
    def may_start(self) -> bool:
        return self.kind in ("session", "resume")


def agenda_of(patient: User, standing: Standing, today: date) -> Agenda:
    """Today's agenda, in two queries."""
    session = open_session(patient)
    days = _days_done(patient)
    done = set(days)
    is_open = is_current(session, standing.version, today)
    kind = _kind(standing, today, done, is_open=is_open)
    week = week_strip(standing.plan, today, done)
    unfinished = session if session and not is_open else None
    return Agenda(
        kind,
        today,
        week,
        session if is_open else None,
        unfinished,
        _next(standing, today, done),
        finished=len(days),
        last_day=max(days, default=None),
    )


def _days_done(patient: User) -> list[date]:
    """The days of all finished sessions: a few bytes each, and one query for all that asks them."""
    finished = SessionRecord.objects.owned_by(patient).finished()
    return list(finished.order_by().values_list("day", flat=True))


def _kind(standing: Standing, today: date, done: set[date], *, is_open: bool) -> str:
    if not standing.is_running:
        return "stopped"
    if today in done:
        return "done"
    if is_open:
        return "resume"
    if not _days(standing):
        return "no_days"
    return "session" if _is_due(standing, today, done) else "rest"


def _days(standing: Standing) -> list[str]:
    plan = standing.plan
    return plan["program"]["days"] if plan and plan["program"] else []


def _is_due(standing: Standing, day: date, done: set[date]) -> bool:
    """Planned, with a rest day since the last session: changed days never bring two in a row."""
    return bool(session_dates(standing.plan, day, day)) and day - timedelta(days=1) not in done


def _next(standing: Standing, today: date, done: set[date]) -> date | None:
    """The next day after today that has a session."""
    ahead = session_dates(standing.plan, today + timedelta(days=1), today + LOOK_AHEAD)
    return next((day for day in ahead if day - timedelta(days=1) not in done), None)
