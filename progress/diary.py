"""Writing the diary: an entry is kept once for each token, and its trail is kept for ever."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from backrelief.accounts.models import User
from programs.calendar import diary_day
from programs.standing import record_something_new
from progress.models import DiaryEntry, DiaryRevision


def log_pain(
    patient: User,
    token: uuid.UUID,
    pain: int,
    felt_at: datetime,
    *,
    note: str = "",
    has_new_signs: bool = False,
) -> DiaryEntry:
    """Keeps an entry; the same token again changes nothing and gives the first one back.

    Something new leads to the full check before the next session.
    """
    values = {
        "patient": patient,
        "pain": pain,
        "felt_at": felt_at,
        "day": diary_day(patient, felt_at),
        "note": note,
        "has_new_signs": has_new_signs,
    }
    try:
        with transaction.atomic():
            entry = DiaryEntry.objects.create(token=token, **values)
            if has_new_signs:
                record_something_new(patient)
            return entry
    except IntegrityError:
        return DiaryEntry.objects.get(token=token, patient=patient)


@transaction.atomic
def edit_entry(entry: DiaryEntry, pain: int, felt_at: datetime, note: str) -> None:
    """Changes an entry and keeps what it said before; without a difference nothing is written."""
    if (entry.pain, entry.felt_at, entry.note) == (pain, felt_at, note):
        return
    _keep_trail(entry)
    entry.pain, entry.felt_at, entry.note = pain, felt_at, note
    entry.day = diary_day(entry.patient, felt_at)
    entry.save()


@transaction.atomic
def delete_entry(entry: DiaryEntry) -> None:
    """Takes an entry out of every list and chart; its trail stays until the account goes."""
    if entry.deleted_at is None:
        _keep_trail(entry)
        entry.deleted_at = timezone.now()
        entry.save(update_fields=["deleted_at"])


def _keep_trail(entry: DiaryEntry) -> None:
    DiaryRevision.objects.create(
        entry=entry, pain=entry.pain, felt_at=entry.felt_at, note=entry.note
    )
