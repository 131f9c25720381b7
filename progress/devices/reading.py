"""From the bytes that a device sent to checked values. A fault names its path and what fits there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from backrelief.accounts.models import User
from programs.calendar import session_day
from progress.forms import STOP_SIGNS
from progress.models import ExerciseRecord

MOST_EVENTS = 200
LONGEST_NOTE = 2000
MOST_SETS = 20
FEELINGS = (*ExerciseRecord.Feeling.values, *STOP_SIGNS)


class BodyFault(Exception):
    """What does not fit: ``path`` in the body, and in words what is ``allowed`` there."""

    def __init__(self, path: str, allowed: str) -> None:
        super().__init__(f"{path}: {allowed}")
        self.path = path
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """One thing that happened; ``id`` was made on the device, ``at`` is by its clock, in UTC."""

    id: UUID
    at: datetime
    kind: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SessionBody:
    """Events of one session: ``version`` is the plan's digest, ``day`` the session's own day."""

    version: str
    day: date
    events: tuple[DeviceEvent, ...]


# How far a clock of another zone may be behind on the day of signing up.
BEFORE_ACCOUNT = timedelta(days=1)


# What a post may take on its way without the clock being wrong.
ON_ITS_WAY = timedelta(minutes=1)


def clock_is_behind(told: str, now: datetime) -> timedelta:
    """How far a clock that tells ``told`` (milliseconds since 1970) is behind; below zero where it is ahead.

    Nothing for one that is right to a minute, or that tells no time.
    """
    try:
        behind = now - datetime.fromtimestamp(int(told) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return timedelta()
    return behind if abs(behind) > ON_ITS_WAY else timedelta()


def set_right(
    patient: User, events: tuple[DeviceEvent, ...], behind: timedelta = timedelta()
) -> tuple[DeviceEvent, ...]:
    """Events by our clock; the device's is ``behind``.

    One that still cannot be is now: before the account, or ahead.
    """
    earliest, now = patient.date_joined - BEFORE_ACCOUNT, timezone.now()
    moments = (_moved(event.at, behind) for event in events)
    return tuple(
        replace(event, at=at if earliest <= at <= now else now)
        for event, at in zip(events, moments, strict=True)
    )


def _moved(at: datetime, behind: timedelta) -> datetime:
    try:
        return at + behind
    except OverflowError:
        return at


def body_set_right(patient: User, body: SessionBody, behind: timedelta) -> SessionBody:
    """The events by our clock, and the session's day too where the device had counted it by its own."""
    events, day = set_right(patient, body.events, behind), body.day
    if behind and day == session_day(patient, body.events[0].at):
        day = session_day(patient, events[0].at)
    return replace(body, events=events, day=day)


Check = Callable[[Any, str], Any]


def read_session(raw: bytes) -> SessionBody:
    body = _object(_json(raw), "", {"version", "day", "events"})
    return SessionBody(
        version=_text(200)(body.get("version"), "version"),
        day=_date(body.get("day"), "day"),
        events=_events(body, _session_event),
    )


def read_entries(raw: bytes) -> tuple[DeviceEvent, ...]:
    """Diary entries: each with ``fields``, named and written as the diary's form has them."""
    return _events(_object(_json(raw), "", {"events"}), _entry)


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BodyFault("body", _("JSON")) from error


def _events(body: Mapping[str, Any], read: Callable[[Any, str], DeviceEvent]) -> tuple[Any, ...]:
    events = body.get("events")
    if not isinstance(events, list) or not 0 < len(events) <= MOST_EVENTS:
        raise BodyFault("events", _("a list of 1 to %s events") % MOST_EVENTS)
    return tuple(read(item, f"events[{index}]") for index, item in enumerate(events))


def _session_event(item: Any, path: str) -> DeviceEvent:
    kind = item.get("kind") if isinstance(item, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise BodyFault(f"{path}.kind", ", ".join(KINDS))
    return _event(item, path, kind, KINDS[kind])


def _entry(item: Any, path: str) -> DeviceEvent:
    return _event(item, path, "entry", {"fields": _fields})


def _event(item: Any, path: str, kind: str, checks: Mapping[str, Check]) -> DeviceEvent:
    _object(item, path, {"id", "at", "kind", *checks})
    content = {name: check(item.get(name), f"{path}.{name}") for name, check in checks.items()}
    event = DeviceEvent(_uuid(item.get("id"), f"{path}.id"), _moment(item, path), kind, content)
    if kind == "hurts" and content["pain"] is None and content["feeling"] not in STOP_SIGNS:
        raise BodyFault(f"{path}.pain", _("a whole number from 0 to 10"))
    return event


def _object(item: Any, path: str, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(item, dict):
        raise BodyFault(path or "body", _("an object"))
    for name in item:
        if name not in known:
            raise BodyFault(f"{path}.{name}" if path else name, _("no such key"))
    return item


def _moment(item: Mapping[str, Any], path: str) -> datetime:
    value = item.get("at")
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    # The first and the last day that a clock knows have no time in another zone.
    if moment is None or moment.tzinfo is None or not 1 < moment.year < MAXYEAR:
        raise BodyFault(f"{path}.at", _("a time in UTC, such as 2026-11-24T08:30:00Z"))
    return moment.astimezone(UTC)


def _uuid(value: Any, path: str) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise BodyFault(path, _("a UUID")) from error


def _date(value: Any, path: str) -> date:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise BodyFault(path, _("a date, such as 2026-11-24")) from error


def _whole(most: int, *, optional: bool = False) -> Check:
    def check(value: Any, path: str) -> int | None:
        if value is None and optional:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise BodyFault(path, _("a whole number from 0 to %s") % most)
        return value

    return check


def _text(most: int, *, optional: bool = False) -> Check:
    def check(value: Any, path: str) -> str:
        if value is None and optional:
            return ""
        if not isinstance(value, str) or len(value) > most or "\x00" in value:
            raise BodyFault(path, _("a text of at most %s characters") % most)
        return value

    return check


def _one_of(choices: tuple[str, ...]) -> Check:
    def check(value: Any, path: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise BodyFault(path, ", ".join(choices))
        return value

    return check


def _fields(value: Any, path: str) -> dict[str, list[str]]:
    """A form as browsers send it: each name with its values."""
    if not isinstance(value, dict) or not all(_is_texts(texts) for texts in value.values()):
        raise BodyFault(path, _("an object with a list of texts for each field"))
    return value


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


SCALE = _whole(10)
NAME = _text(60)
# What each kind of event says, and nothing else.
KINDS: Mapping[str, Mapping[str, Check]] = {
    "begin": {"pain_before": _whole(10, optional=True)},
    "sets": {"slug": NAME, "sets": _whole(MOST_SETS)},
    "done": {"slug": NAME},
    "skip": {"slug": NAME},
    "ease": {"slug": NAME, "variant": NAME},
    "hurts": {
        "slug": _text(60, optional=True),  # none in warm-up and cool-down
        "pain": _whole(10, optional=True),
        "feeling": _one_of(FEELINGS),
        "where": _text(60, optional=True),
    },
    "stop": {},
    "finish": {
        "pain_after": SCALE,
        "effort": SCALE,
        "note": _text(LONGEST_NOTE, optional=True),
    },
}
