"""Compares a checked library with the database, says the difference in words, and writes it.

All or nothing, and the same file twice changes nothing. What a therapist edited since the last load
stays and is named, unless the caller asks to replace it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from simple_history.utils import update_change_reason

from exercises.library import KEYS, Key, Record, read
from exercises.models import Dose, Exercise, LoadedRecord, Note, Precaution, Step, Variant

REASON = "library load"
PARTS = (Variant, Step, Note, Dose, Precaution)


@dataclass(slots=True)
class Report:
    """Faults, or the difference in words. Nothing was written if there are faults or it was dry."""

    faults: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        found = [
            f"{word}: {line}"
            for word in ("added", "changed", "removed", "kept")
            for line in getattr(self, word)
        ]
        return found or ["Nothing to change."]


@dataclass(frozen=True, slots=True)
class Change:
    """What to write of one record: the instance is made if ``old`` is empty."""

    record: Record
    old: models.Model | None
    fields: dict[str, Any]


def load(
    files: Sequence[tuple[str, bytes]], *, dry_run: bool = False, replace: bool = False
) -> Report:
    """Loads ``(name, content)`` pairs. Writes only where there is no fault and ``dry_run`` is off."""
    reading = read(files)
    report = Report(faults=reading.faults)
    if reading.faults:
        return report
    state = State(reading.records)
    changes = [
        change
        for record in _ordered(reading.records)
        if (change := state.change(record, report, replace=replace))
    ]
    gone = list(state.gone(report, replace=replace))
    if not dry_run:
        with transaction.atomic():
            for item in gone:
                item.delete()
            for change in changes:
                _write(change)
            _remember(reading.records)
    return report


def _ordered(records: Iterable[Record]) -> list[Record]:
    places = {model: place for place, model in enumerate(KEYS)}
    return sorted(records, key=lambda record: places[record.model])


class State:
    """The library in the database, read once: objects, their fields as JSON, the last load."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self.objects: dict[tuple[type[models.Model], Key], models.Model] = {}
        for model in {record.model for record in records} | set(PARTS):
            for item in _all(model):
                self.objects[model, _key(item)] = item
        self.baselines = {(row.model, row.key): row.fields for row in LoadedRecord.objects.all()}

    def change(self, record: Record, report: Report, *, replace: bool) -> Change | None:
        old = self.objects.get((record.model, record.key))
        if old is None:
            report.added.append(_label(record.model, record.key))
            return Change(record, None, record.fields)
        current = as_json(old)
        baseline = self.baselines.get(_name(record))
        fields = {}
        for name, value in record.fields.items():
            if _same(current[name], value):
                continue
            label = f"{_label(record.model, record.key)}, {name}"
            edited = baseline is not None and not _same(current[name], baseline.get(name))
            if edited and not replace:
                # Where the file says what it always said, only the edit speaks.
                report.kept.append(f"{label}: {_who(old)}")
            else:
                report.changed.append(f"{label}: {_short(current[name])} → {_short(value)}")
                fields[name] = value
        return Change(record, old, fields) if fields else None

    def gone(self, report: Report, *, replace: bool) -> Iterator[models.Model]:
        """Parts of the files' exercises that the files no longer hold."""
        slugs = {record.key[0] for record in self.records if record.model is Exercise}
        given = {(record.model, record.key) for record in self.records}
        for (model, key), item in self.objects.items():
            if model not in PARTS or key[0] not in slugs or (model, key) in given:
                continue
            label = _label(model, key)
            if (model._meta.label_lower, _joined(key)) in self.baselines or replace:
                report.removed.append(label)
                yield item
            else:
                report.kept.append(f"{label}: {_who(item)}")


def _all(model: type[models.Model]) -> models.QuerySet[Any]:
    related = [name for name in ("exercise", "condition") if hasattr(model, name)]
    query = model._default_manager.all()
    if model is Step:
        query = query.select_related("variant__exercise")
    elif related:
        query = query.select_related(*related)
    return query.prefetch_related(*[item.name for item in model._meta.many_to_many])


def _key(item: Any) -> Key:
    return tuple(item.natural_key())


def _joined(key: Key) -> str:
    return "/".join(map(str, key))


def _name(record: Record) -> tuple[str, str]:
    return record.model._meta.label_lower, _joined(record.key)


def _label(model: type[models.Model], key: Key) -> str:
    return f"{model._meta.verbose_name} {_joined(key).rstrip('/')}"


def as_json(item: models.Model) -> dict[str, Any]:
    """The fields of a record as a file writes them, references as natural keys."""
    values: dict[str, Any] = {}
    for model_field in item._meta.fields:
        value = getattr(item, model_field.name)
        if model_field.remote_field:
            value = list(value.natural_key())
        values[model_field.name] = (
            str(value) if isinstance(model_field, models.FileField) else value
        )
    for many in item._meta.many_to_many:
        values[many.name] = sorted(
            list(other.natural_key()) for other in getattr(item, many.name).all()
        )
    return values


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(json.dumps, one)) == sorted(map(json.dumps, other))
    return bool(one == other)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return (
        f"“{text[:57]}…”" if len(text) > 60 else (f"“{text}”" if isinstance(value, str) else text)
    )


def _who(item: Any) -> str:
    last = item.history.first() if hasattr(item, "history") else None
    if last is None or last.history_user is None:
        return "changed here since the last load"
    day = date_format(timezone.localtime(last.history_date))
    return f"edited by {last.history_user.email} on {day}"


def _write(change: Change) -> None:
    model = change.record.model
    item: Any = change.old or model()
    many = {}
    for name, value in change.fields.items():
        model_field = model._meta.get_field(name)
        if model_field.many_to_many:
            many[name] = [_find(model_field.related_model, key) for key in value]
        elif model_field.remote_field:
            setattr(item, name, _find(model_field.related_model, value))
        else:
            setattr(item, name, value)
    item.save()
    for name, others in many.items():
        getattr(item, name).set(others)
    if hasattr(item, "history"):
        update_change_reason(item, REASON)


def _find(model: Any, key: Sequence[Any]) -> models.Model:
    return model._default_manager.get_by_natural_key(*key)


def _remember(records: Sequence[Record]) -> None:
    """Keeps what the files said, to tell later edits apart."""
    rows = [
        LoadedRecord(model=name, key=key, fields=record.fields)
        for record in records
        for name, key in [_name(record)]
    ]
    LoadedRecord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["model", "key"], update_fields=["fields"]
    )


def differences() -> list[str]:
    """Where the database differs from what the files last said, for example after ``loaddata``."""
    found = []
    baselines = {(row.model, row.key): row.fields for row in LoadedRecord.objects.all()}
    for model in KEYS:
        for item in _all(model):
            baseline = baselines.get((model._meta.label_lower, _joined(_key(item))))
            current = as_json(item)
            for name, value in (baseline or {}).items():
                if not _same(current[name], value):
                    found.append(f"{_label(model, _key(item))}, {name}: {_who(item)}")
    return found
