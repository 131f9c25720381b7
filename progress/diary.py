"""Writing the diary: an entry is kept once for each token, and its trail is kept for ever."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from backrelief.accounts.models import User
from programs.calendar import diary_day, zone_of
from programs.models import ProgramEvent
from progress.models import FEELINGS, DiaryEntry, DiaryRevision, Overview
from progress.short_check import FALL, NONE, asks_for_check, hear_short_check
from progress.summaries import refresh_entries
from progress.telling import tell_correction, tell_entry

# Nobody has slept on it before this hour.
MORNING_BEGINS = 4


def log_pain(
    patient: User,
    token: uuid.UUID,
    pain: int,
    felt_at: datetime,
    *,
    short_check: str = "",
    **feelings: Any,
) -> DiaryEntry:
    """Keeps an entry; the same token again changes nothing and gives the first one back.

    ``feelings`` are any others of ``FEELINGS``. ``short_check`` is the answer to the short check, empty
    where it was not asked: a fall or something else that is new leads to the full check before the next
    session, and that none is new goes into the program's record. Somebody else's token raises ``DiaryEntry.DoesNotExist``.
    """
    values = {
        "patient": patient,
        "pain": pain,
        "felt_at": felt_at,
        "day": diary_day(patient, felt_at),
        "has_new_signs": asks_for_check(short_check),
        "had_fall": short_check == FALL,
        **feelings,
    }
    try:
        with transaction.atomic():
            entry = DiaryEntry.objects.create(token=token, **values)
            hear_short_check(patient, short_check, entry.day, str(token))
            refresh_entries(patient, entry.day, told_week=entry.average is not None)
            tell_entry(entry, none_new=short_check == NONE)
            return entry
    except IntegrityError:
        return DiaryEntry.objects.get(token=token, patient=patient)


@transaction.atomic
def edit_entry(
    entry: DiaryEntry, felt_at: datetime, feelings: Mapping[str, Any]
) -> ProgramEvent | None:
    """Changes an entry and keeps what it said before; without a difference nothing is written.

    The program hears of it. Gives back what it made of it.
    """
    said = said_by(entry)
    if entry.felt_at == felt_at and said == said | dict(feelings):
        return None
    old, before = _keep_trail(entry), entry.day
    for name, value in feelings.items():
        setattr(entry, name, value)
    entry.felt_at, entry.day = felt_at, diary_day(entry.patient, felt_at)
    entry.save()
    refresh_entries(entry.patient, before, entry.day)
    return tell_correction(entry, old)


@transaction.atomic
def delete_entry(entry: DiaryEntry) -> ProgramEvent | None:
    """Takes an entry out of every list and chart; its trail stays until the account goes."""
    if entry.deleted_at is not None:
        return None
    old = _keep_trail(entry)
    entry.deleted_at = timezone.now()
    entry.save(update_fields=["deleted_at"])
    refresh_entries(entry.patient, entry.day)
    return tell_correction(entry, old)


def said_by(said: DiaryEntry | DiaryRevision) -> dict[str, Any]:
    """Everything that an entry, or an earlier version of it, says."""
    return {name: getattr(said, name) for name in FEELINGS}


def _keep_trail(entry: DiaryEntry) -> DiaryRevision:
    return DiaryRevision.objects.create(entry=entry, felt_at=entry.felt_at, **said_by(entry))


def is_morning_after(patient: User, overview: Overview, now: datetime) -> bool:
    """Whether the answer of the morning after yesterday's session is still to come."""
    local = now.astimezone(zone_of(patient))
    was_yesterday = overview.last_session_on == local.date() - timedelta(days=1)
    return (
        local.hour >= MORNING_BEGINS and was_yesterday and overview.last_morning_on != local.date()
    )
