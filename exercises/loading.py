"""Writes a checked library to the database.

All or nothing, and the same file twice changes nothing. What a therapist edited since the last load
stays and is named, unless the caller asks to replace it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import models, transaction

from exercises.comparing import REASON, Change, Report, State, joined, name_of
from exercises.library import KEYS, Record, read
from exercises.models import LoadedRecord


def load(
    files: Sequence[tuple[str, bytes]], *, dry_run: bool = False, replace: bool = False
) -> Report:
    """Loads ``(name, content)`` pairs. Writes only where there is no fault and ``dry_run`` is off."""
    # Compared and written in one go: an edit made meanwhile waits, and is seen by the next load.
    with nullcontext() if dry_run else transaction.atomic():
        reading = read(files)
        report = Report(faults=reading.faults)
        if report.faults:
            return report
        state = State(reading.records)
        changes = [
            change
            for record in _ordered(reading.records)
            if (change := state.change(record, report, replace=replace))
        ]
        gone = list(state.gone(report, replace=replace))
        if not dry_run and not report.faults:
            _write_all(changes, gone)
            _remember(reading.records, gone)
    return report


def _ordered(records: Iterable[Record]) -> list[Record]:
    places = {model: place for place, model in enumerate(KEYS)}
    return sorted(records, key=lambda record: places[record.model])


def _write_all(changes: Iterable[Change], gone: Iterable[Any]) -> None:
    for item in gone:
        item._change_reason = REASON
        item.delete()
    for change in changes:
        _write(change)


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
    item._change_reason = REASON
    item.save()
    for name, others in many.items():
        getattr(item, name).set(others)


def _find(model: Any, key: Sequence[Any]) -> models.Model:
    return model._default_manager.get_by_natural_key(*key)


def _remember(records: Sequence[Record], gone: Iterable[Any]) -> None:
    """Keeps what the files said, to tell later edits apart."""
    for item in gone:
        LoadedRecord.objects.filter(
            model=item._meta.label_lower, key=joined(tuple(item.natural_key()))
        ).delete()
    rows = [
        LoadedRecord(model=name, key=key, fields=record.fields)
        for record in records
        for name, key in [name_of(record)]
    ]
    LoadedRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["model", "key"],
        update_fields=["fields", "loaded_at"],
    )
