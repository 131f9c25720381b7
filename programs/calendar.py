"""Days as a person lives them: in their own time zone, with sessions on planned weekdays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from programs.engine.schedule import WEEK

# A session after midnight still belongs to the evening before.
SESSION_DAY_ENDS = timedelta(hours=3)


def zone_of(user: Any) -> ZoneInfo:
    """The person's own zone, else the clinic's, else the installation's."""
    clinic = user.clinic.time_zone if not user.time_zone and user.clinic_id else ""
    return ZoneInfo(user.time_zone or clinic or settings.TIME_ZONE)


def session_day(user: Any, now: datetime) -> date:
    """The day that a session at ``now`` belongs to; it ends at 03:00."""
    return (now.astimezone(zone_of(user)).replace(tzinfo=None) - SESSION_DAY_ENDS).date()


def diary_day(user: Any, now: datetime) -> date:
    """The day that a diary entry at ``now`` belongs to; it ends at midnight."""
    return now.astimezone(zone_of(user)).date()


def session_dates(plan: Mapping[str, Any] | None, first: date, last: date) -> list[date]:
    """The planned session dates from ``first`` to ``last``, both counted in."""
    days = plan["program"]["days"] if plan and plan["program"] else []
    span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in span if WEEK[day.weekday()] in days]


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the week strip."""

    date: date
    is_today: bool
    is_planned: bool
    is_done: bool


def week_strip(plan: Mapping[str, Any] | None, today: date, done: set[date]) -> list[WeekDay]:
    """Monday to Sunday of the week that ``today`` is in."""
    monday = today - timedelta(days=today.weekday())
    week = [monday + timedelta(days=offset) for offset in range(7)]
    planned = set(session_dates(plan, week[0], week[-1]))
    return [WeekDay(day, day == today, day in planned, day in done) for day in week]
