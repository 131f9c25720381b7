"""A person's whole record as one value: no row numbers, no time of export, nobody else's rows.

Rows are counted from one in each table, oldest first, and point at each other by that count. The
same record is always the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models, transaction

from backrelief.accounts.models import User
from programs.engine import canonical
from programs.models import LibrarySnapshot
from progress.due import PSFS
from progress.export.tables import (
    NATURAL,
    Table,
    exported_tables,
    foreign_keys,
    is_person,
    keys_of_activities,
)
from progress.export.values import written
from progress.models import Activity, ImportedRecord, MeasureResult

FORMAT = "backrelief-record"
VERSION = 1
ME = "me"


@transaction.atomic
def record_of(person: User) -> dict[str, Any]:
    """Everything that bears the person's id, in a number of queries that rows do not change."""
    imported = ImportedRecord.objects.filter(patient=person).first() or ImportedRecord()
    writer = _Writer(person, imported)
    tables = {table.name: writer.rows_of(table) for table in exported_tables()}
    record = {
        "format": FORMAT,
        "version": VERSION,
        "account": _account(person, imported),
        "tables": tables,
        "libraries": _libraries(writer.digests),
    }
    return {**record, "digest": digest_of(record)}


def digest_of(record: dict[str, Any]) -> str:
    """A fingerprint of the content, so that a file that was changed on its way is noticed."""
    content = {key: value for key, value in record.items() if key != "digest"}
    return "sha256:" + hashlib.sha256(canonical(content).encode()).hexdigest()


def as_json(record: dict[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return (text + "\n").encode()


def _account(person: User, imported: ImportedRecord) -> dict[str, Any]:
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    facts = {
        field: written(User._meta.get_field(field), getattr(person, field))
        for field in ("email", "name", "time_zone", "theme", "date_joined", "consented_at")
    }
    clinic = person.clinic.name if person.clinic else imported.clinic
    return {**facts, "clinic": clinic, "email_addresses": sorted(addresses)}


def _libraries(digests: Iterable[str]) -> dict[str, Any]:
    """The exercise library as each program saw it, once for each content."""
    content = LibrarySnapshot._meta.get_field("content")
    found = LibrarySnapshot.objects.filter(digest__in=set(digests))
    return {item.digest: written(content, item.content) for item in found}


class _Writer:
    """Writes tables one after the other, and knows the count of each row already written."""

    def __init__(self, person: User, imported: ImportedRecord) -> None:
        self.person = person
        self.imported = imported
        self.digests: set[str] = set()
        self._count: dict[type[models.Model], dict[Any, int]] = {}

    def rows_of(self, table: Table) -> list[dict[str, Any]]:
        kept = {row["n"]: row for row in self.imported.rows.get(table.name, [])}
        found = list(self._query(table))
        numbers = _free_numbers(len(found), kept)
        self._count[table.model] = {item.pk: n for item, n in zip(found, numbers, strict=True)}
        names = self.imported.names.get(table.name, {})
        live = {
            n: {"n": n, **self._row(table, item), **names.get(str(item.pk), {})}
            for item, n in zip(found, numbers, strict=True)
        }
        return [row for _n, row in sorted({**kept, **live}.items())]

    def _query(self, table: Table) -> models.QuerySet[Any]:
        """The rows with the people and the named things they point at, in one query."""
        keys = [key for key in foreign_keys(table.model) if key in table.fields()]
        related = [f"{k.name}__clinic" for k in keys if is_person(k)]
        related += [k.name for k in keys if k.related_model._meta.label in NATURAL]
        rows = table.rows(self.person)
        if related:
            rows = rows.select_related(*related)
        return rows.prefetch_related(*(field.name for field in table.many()))

    def _row(self, table: Table, item: models.Model) -> dict[str, Any]:
        row = {field.name: self._value(field, item) for field in table.fields()}
        for field in table.many():
            row[field.name] = sorted(
                self._pointer(field, x) for x in getattr(item, field.name).all()
            )
        pointer = table.number_in_text(lambda name: getattr(item, name))
        if pointer and row[pointer[0]].isdecimal():
            counts = self._count.get(pointer[1], {})
            row[pointer[0]] = str(counts.get(int(row[pointer[0]]), row[pointer[0]]))
        if isinstance(item, MeasureResult) and item.name == PSFS:
            counted = self._count.get(Activity, {})
            numbers = {str(pk): str(n) for pk, n in counted.items()}
            row["items"] = keys_of_activities(row["items"], numbers)
        return row

    def _value(self, field: Any, item: models.Model) -> Any:
        if field.remote_field is None:
            return written(field, getattr(item, field.attname))
        if getattr(item, field.attname) is None:
            return None
        if field.related_model in self._count:
            return self._count[field.related_model].get(getattr(item, field.attname))
        return self._pointer(field, getattr(item, field.name))

    def _pointer(self, field: Any, target: Any) -> Any:
        """What stands for something that is not a row of this record."""
        if is_person(field):
            return ME if target.pk == self.person.pk else name_of(target)
        label = field.related_model._meta.label
        if label not in NATURAL:
            return self._count[field.related_model][target.pk]
        key = getattr(target, NATURAL[label])
        if field.related_model is LibrarySnapshot:
            self.digests.add(key)
        return key


def name_of(other: User) -> dict[str, str]:
    """Somebody else in the record: what they are called and are, not how to reach them."""
    clinic = other.clinic.name if other.clinic else ""
    return {"name": str(other.name or "–"), "role": other.role, "clinic": clinic}


def _free_numbers(count: int, taken: Iterable[int]) -> list[int]:
    """The first ``count`` numbers from one that no kept row has."""
    numbers: list[int] = []
    n, used = 1, set(taken)
    while len(numbers) < count:
        if n not in used:
            numbers.append(n)
        n += 1
    return numbers
