"""The end of a record: everything that bears the person's id goes; a count without id stays."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import connection, models, transaction
from django.db.models import F

from backrelief.accounts.leaving import due, end_sessions
from backrelief.accounts.models import User
from progress.export.tables import Table, all_tables
from progress.models import Erasure

logger = logging.getLogger(__name__)


def rows_of(person: User) -> dict[Table, int]:
    """How many rows each table holds of the person, those without any left out."""
    counts = {table: table.rows(person).count() for table in all_tables()}
    return {table: count for table, count in counts.items() if count}


def erase_due(now: datetime) -> int:
    """Deletes the records whose days of grace are over; says how many."""
    people = list(due(now))
    for person in people:
        erase(person, now.date())
    return len(people)


def erase(person: User, today: date) -> None:
    """Deletes the person and every row of theirs. What is pointed at goes after what points."""
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                # Freed pages are overwritten with zeros, so that the file holds it no longer.
                cursor.execute("PRAGMA secure_delete = ON")
        counts = {table.name: count for table, count in rows_of(person).items()}
        end_sessions(person)
        for table in reversed(all_tables()):
            _delete_files(table, person)
            table.rows(person).order_by().delete()
        person.delete()
        _count(today.replace(day=1), counts)
    logger.info("A record was deleted after its days of grace: %d rows.", sum(counts.values()))


def _delete_files(table: Table, person: User) -> None:
    names = [f.name for f in table.model._meta.concrete_fields if isinstance(f, models.FileField)]
    for row in table.rows(person) if names else []:
        for name in names:
            getattr(row, name).delete(save=False)


def _count(month: date, counts: dict[str, int]) -> None:
    """Adds to the month's counts. A month is as fine as it gets: a day could point at a person."""
    erasure, _made = Erasure.objects.select_for_update().get_or_create(month=month)
    for name, count in counts.items():
        erasure.rows[name] = erasure.rows.get(name, 0) + count
    erasure.save(update_fields=["rows"])
    Erasure.objects.filter(pk=erasure.pk).update(people=F("people") + 1)
