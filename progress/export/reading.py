"""A record that was exported, read back into an account that has none yet.

All or nothing. The file may have been edited: whatever does not fit is named by its path. A file
never gives anybody access, never proves an address and never names an account here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from backrelief.accounts.models import Clinic, User
from programs.engine import canonical
from programs.models import LibrarySnapshot
from progress.due import PSFS
from progress.export.record import FORMAT, ME, VERSION, digest_of
from progress.export.shape import plan_faults
from progress.export.tables import (
    NATURAL,
    Table,
    exported_tables,
    is_person,
    is_rated,
    keys_of_activities,
)
from progress.export.values import read_back
from progress.models import Activity, ImportedRecord, MeasureResult
from progress.summaries import count_anew

MOST_BYTES = 64 * 1024 * 1024
# Rows that an account has before its person has told anything.
ALWAYS_THERE = {"record_access", "care_link"}


class RecordFault(Exception):
    """Why a file cannot be imported: one sentence that names the place."""


def record_from(content: bytes) -> dict[str, Any]:
    """The record in the file, whole and unchanged since it was exported."""
    try:
        record = json.loads(content)
    except ValueError as error:
        raise RecordFault(_("This is not a record that was saved here: it is no JSON.")) from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise RecordFault(_("This is not a record that was saved here. Choose the JSON file."))
    if record.get("version") != VERSION:
        raise RecordFault(_("This record has another version than this site can read."))
    try:
        is_whole = record.get("digest") == digest_of(record)
    except ValueError:
        is_whole = False
    if not is_whole or not _is_shaped(record):
        raise RecordFault(
            _("This file was changed after it was saved. Save it anew and try again.")
        )
    return record


def _is_shaped(record: Mapping[str, Any]) -> bool:
    tables, account = record.get("tables"), record.get("account")
    return (
        isinstance(account, dict)
        and isinstance(record.get("libraries"), dict)
        and isinstance(tables, dict)
        and all(isinstance(rows, list) and all(map(_is_row, rows)) for rows in tables.values())
    )


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and type(row.get("n")) is int


def is_empty(person: User) -> bool:
    """Whether nothing was told yet: only then is there room for a record."""
    tables = [t for t in exported_tables() if t.is_direct and t.name not in ALWAYS_THERE]
    imported = ImportedRecord.objects.filter(patient=person).exists()
    return not imported and not any(table.rows(person).exists() for table in tables)


@transaction.atomic
def new_account(record: Mapping[str, Any], email: str = "") -> User:
    """An account for the record, with no password: its person sets one by mail."""
    account = record["account"]
    address = (email or str(account.get("email", ""))).lower()
    if User.objects.filter(email=address).exists():
        raise RecordFault(_("There is an account with this address already."))
    person = User(email=_read(User._meta.get_field("email"), address, "account.email"))
    person.set_unusable_password()
    for name in ("name", "time_zone", "theme", "date_joined", "consented_at"):
        setattr(
            person, name, _read(User._meta.get_field(name), account.get(name), f"account.{name}")
        )
    person.clinic = Clinic.objects.filter(name=account.get("clinic") or "").first()
    person.save()
    for item in dict.fromkeys([address, *account.get("email_addresses", [])]):
        EmailAddress.objects.create(user=person, email=str(item).lower(), primary=item == address)
    import_record(person, record)
    return person


@transaction.atomic
def import_record(person: User, record: Mapping[str, Any]) -> int:
    """Makes the record's rows the person's own; says how many there are."""
    if not is_empty(person):
        raise RecordFault(_("This account has answers or entries already. Use a new account."))
    imported = ImportedRecord.objects.create(patient=person)
    _keep_libraries(record["libraries"])
    reader = _Reader(person)
    tables = {table.name: table for table in exported_tables()}
    for name, table in tables.items():
        reader.read(table, record["tables"].get(name, []))
    # Tables that this version does not know stay as they are, for the next export.
    reader.rows |= {k: v for k, v in record["tables"].items() if k not in tables and v}
    clinic = "" if person.clinic else str(record["account"].get("clinic") or "")
    imported.clinic, imported.names, imported.rows = clinic[:120], reader.names, reader.rows
    imported.save()
    count_anew(person)
    return sum(map(len, record["tables"].values()))


@transaction.atomic
def bring_in(person: User, record: Mapping[str, Any]) -> int:
    """A record into an account that its person has just made: rows, name, time zone and colors."""
    count = import_record(person, record)
    _take_over_facts(person, record)
    return count


def _take_over_facts(person: User, record: Mapping[str, Any]) -> None:
    """Name, time zone and colors of the record; address and consent stay those of the account."""
    for name in ("name", "time_zone", "theme"):
        field = User._meta.get_field(name)
        setattr(person, name, _read(field, record["account"].get(name), f"account.{name}"))
    person.save(update_fields=["name", "time_zone", "theme"])


def _keep_libraries(libraries: Mapping[str, Any]) -> None:
    for digest, content in libraries.items():
        text = content if isinstance(content, str) else canonical(content)
        if "sha256:" + hashlib.sha256(text.encode()).hexdigest() != digest:
            raise RecordFault(
                _("libraries.%(digest)s: does not fit its own fingerprint.") % {"digest": digest}
            )
        LibrarySnapshot.objects.get_or_create(digest=digest, defaults={"content": text})


def _read(field: Any, value: Any, path: str) -> Any:
    """The value for the field, checked."""
    try:
        found = read_back(field, value)
    except (ValidationError, ValueError, TypeError) as error:
        raise RecordFault(_("%(path)s: does not fit.") % {"path": path}) from error
    _check(field, found, path)
    return found


def _check(field: Any, value: Any, path: str) -> None:
    """Choices, lengths and bounds, as a form would ask for them; the database's rules come last."""
    if value is None and not field.null:
        raise RecordFault(_("%(path)s: is missing.") % {"path": path})
    if value in field.empty_values or isinstance(field, models.JSONField):
        return
    try:
        if field.choices and value not in {key for key, _name in field.flatchoices}:
            raise ValidationError(_("is not one of the choices."))
        field.run_validators(value)
    except ValidationError as error:
        raise RecordFault(f"{path}: {error.messages[0]}") from error


class _Reader:
    """Reads tables in the order in which they point at each other."""

    def __init__(self, person: User) -> None:
        self.person = person
        self.names: dict[str, dict[str, Any]] = {}
        self.rows: dict[str, list[Any]] = {}
        self._made: dict[type[models.Model], dict[int, models.Model]] = {}
        self._digests = {s.digest: s for s in LibrarySnapshot.objects.defer("content")}

    def read(self, table: Table, rows: list[dict[str, Any]]) -> None:
        made: dict[int, models.Model] = {}
        self._made[table.model] = made
        names: dict[int, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda r: r["n"]):
            item, said = self._item(table, row)
            if item is None:
                self.rows.setdefault(table.name, []).append(row)
                continue
            made[row["n"]] = item
            names[row["n"]] = said
        self._save(table, list(made.values()))
        said_of = {str(made[n].pk): said for n, said in names.items() if said}
        if said_of:
            self.names[table.name] = said_of

    def _save(self, table: Table, items: list[models.Model]) -> None:
        """In the file's order, so that the rows count as they did there."""
        given = [
            (field, [getattr(item, field.attname) for item in items])
            for field in table.fields()
            if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        ]
        try:
            with transaction.atomic():
                table.model._base_manager.bulk_create(items, batch_size=500)
                for field, values in given:
                    for item, value in zip(items, values, strict=True):
                        rows = table.model._base_manager.filter(pk=item.pk)
                        rows.update(**{field.attname: value})
        except DatabaseError as error:
            raise RecordFault(
                _("%(table)s: a row breaks a rule of the record, or is in use here already.")
                % {"table": f"tables.{table.name}"}
            ) from error

    def _item(
        self, table: Table, row: Mapping[str, Any]
    ) -> tuple[models.Model | None, dict[str, Any]]:
        """The row as a new object and what it says of people elsewhere; None if it cannot live here."""
        path = f"tables.{table.name}[{row['n']}]"
        item = table.model()
        if table.is_direct:
            setattr(item, table.owner, self.person)
        said: dict[str, Any] = {}
        for field in table.fields():
            if field.name not in row:
                continue  # a field newer than the file keeps its default
            value = row[field.name]
            if field.remote_field is None:
                setattr(item, field.attname, _read(field, value, f"{path}.{field.name}"))
                continue
            target = self._target(field, value, f"{path}.{field.name}")
            if target is None and value is not None:
                if not field.null:
                    return None, {}
                said[field.name] = value
            setattr(item, field.name, target)
        self._number_here(table, item, path)
        for fault in plan_faults(table.name, row):
            raise RecordFault(f"{path}.{fault}")
        return item, said

    def _number_here(self, table: Table, item: models.Model, path: str) -> None:
        """A row's number that stands in a text becomes the number that the row has here."""
        pointer = table.number_in_text(lambda name: getattr(item, name))
        count = getattr(item, pointer[0]) if pointer else ""
        if pointer and count.isdecimal():
            made = self._made.get(pointer[1], {}).get(int(count))
            setattr(item, pointer[0], str(made.pk) if made else count)
        if isinstance(item, MeasureResult) and item.name == PSFS:
            if not is_rated(item.items):
                raise RecordFault(_("%(path)s: does not fit.") % {"path": f"{path}.items"})
            made_here = self._made.get(Activity, {})
            numbers = {str(n): str(activity.pk) for n, activity in made_here.items()}
            item.items = keys_of_activities(item.items, numbers)

    def _target(self, field: Any, value: Any, path: str) -> Any:
        """What the row points at: None where it is nobody and nothing here."""
        if value is None:
            return None
        if is_person(field):
            return self.person if value == ME else None
        if field.related_model is LibrarySnapshot:
            if not isinstance(value, str) or value not in self._digests:
                raise RecordFault(_("%(path)s: this library is not in the file.") % {"path": path})
            return self._digests[value]
        if field.related_model._meta.label in NATURAL:
            key = NATURAL[field.related_model._meta.label]
            return field.related_model._base_manager.filter(**{key: value}).first()
        made = self._made.get(field.related_model, {})
        return made.get(value) if isinstance(value, int) else None
