"""Reads fixture files of the library and checks everything before anything is written.

Every fault is one line: file, record, field, and what would be right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from exercises import bounds
from exercises.models import (
    BodyArea,
    Condition,
    Dose,
    Equipment,
    Exercise,
    Note,
    Precaution,
    Reference,
    Step,
    Variant,
)

LARGEST_BYTES = 2 * 1024 * 1024
# In the order in which they must be written; with the fields that make up the natural key.
KEYS: dict[type[models.Model], tuple[str, ...]] = {
    BodyArea: ("slug",),
    Equipment: ("slug",),
    Reference: ("slug",),
    Condition: ("slug",),
    Exercise: ("slug",),
    Variant: ("exercise", "key"),
    Step: ("variant", "order"),
    Note: ("exercise", "kind", "order"),
    Dose: ("exercise", "level", "variant"),
    Precaution: ("exercise", "condition"),
}
LABELS = {model._meta.label_lower: model for model in KEYS}
# Pictures are uploaded in the admin; a file cannot bring one.
LEFT_TO_ADMIN = {"picture"}
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file. ``key`` is its natural key, flat."""

    file: str
    model: type[models.Model]
    fields: dict[str, Any]
    key: Key

    @property
    def slug(self) -> str | None:
        """The exercise that it is a part of."""
        return self.key[0] if self.model in (Variant, Step, Note, Dose, Precaution) else None

    def __str__(self) -> str:
        return f"{self.model._meta.verbose_name} {'/'.join(map(str, self.key)).rstrip('/')}"


@dataclass(slots=True)
class Reading:
    records: list[Record] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def files_in(paths: Sequence[str | Path]) -> list[Path]:
    """The files named, and the ``.json`` files of the folders named, vocabularies first."""
    found = [
        file
        for path in map(Path, paths)
        for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])
    ]
    return sorted(found, key=lambda file: not file.name.startswith("vocabulary"))


def read(files: Sequence[tuple[str, bytes]]) -> Reading:
    """Reads and checks ``(name, content)`` pairs as one library. The database is only looked at."""
    reading = Reading()
    for name, content in files:
        for number, item in enumerate(_items(name, content, reading.faults), start=1):
            record = _record(name, number, item, reading.faults)
            if record:
                reading.records.append(record)
    known = _known_keys(reading)
    for record in reading.records:
        reading.faults += [f"{record.file}: {record}: {line}" for line in _faults_of(record, known)]
    reading.faults += _whole_faults(reading.records)
    return reading


def _items(name: str, content: bytes, faults: list[str]) -> list[Any]:
    problem = None
    data: Any = None
    if len(content) > LARGEST_BYTES:
        problem = f"is larger than {LARGEST_BYTES // 1024 // 1024} MB; split it"
    else:
        try:
            data = json.loads(content.decode("utf-8"))
        except UnicodeDecodeError as error:
            problem = f"is not UTF-8 text (byte {error.start}); save it as UTF-8"
        except (ValueError, RecursionError) as error:
            problem = f"is not JSON: {error}"
    if problem is None and not isinstance(data, list):
        problem = "must be a list of records"
    if problem:
        faults.append(f"{name}: {problem}")
        return []
    return data


def _record(file: str, number: int, item: Any, faults: list[str]) -> Record | None:
    where = f"{file}: record {number}"
    if not isinstance(item, dict) or not isinstance(item.get("fields"), dict):
        faults.append(f'{where}: must be an object with "model" and "fields"')
        return None
    model = LABELS.get(str(item.get("model")))
    if model is None:
        faults.append(
            f"{where}: model: {item.get('model')} is not of the library; known are {', '.join(LABELS)}"
        )
        return None
    missing = [name for name in KEYS[model] if name not in item["fields"] and name != "variant"]
    if missing or (model is Step and "variant" not in item["fields"]):
        faults.append(f"{where}: {(missing or ['variant'])[0]}: is missing")
        return None
    fields = dict(item["fields"])
    parts = (fields.get(name, "") for name in KEYS[model])
    key = tuple(x for part in parts for x in (part if isinstance(part, list) else [part]))
    if not all(isinstance(part, str | int) for part in key):
        faults.append(f"{where}: its key must be made of texts and numbers")
        return None
    return Record(file, model, fields, key)


def _known_keys(reading: Reading) -> dict[type[models.Model], set[Key]]:
    """The keys in the database and in the files; names a record that is given twice."""
    seen: dict[tuple[type[models.Model], Key], Record] = {}
    for record in reading.records:
        if (record.model, record.key) in seen:
            reading.faults.append(f"{record.file}: {record}: is given twice; keep one")
        seen[record.model, record.key] = record
    known: dict[type[models.Model], set[Key]] = {}
    for named in (BodyArea, Equipment, Reference, Condition, Exercise):
        known[named] = {(slug,) for slug in named.objects.values_list("slug", flat=True)}  # type: ignore[attr-defined]
    known[Variant] = set(Variant.objects.values_list("exercise__slug", "key"))
    for model, key in seen:
        known.setdefault(model, set()).add(key)
    return known


def _faults_of(record: Record, known: dict[type[models.Model], set[Key]]) -> Iterator[str]:
    for name, value in record.fields.items():
        try:
            model_field = record.model._meta.get_field(name)
        except FieldDoesNotExist:
            yield f"{name}: is not a field here"
            continue
        if name in LEFT_TO_ADMIN or model_field.auto_created or name == "id":
            yield f"{name}: can't come from a file; use the admin"
        elif model_field.remote_field:
            yield from _reference_faults(name, value, model_field, known)
        else:
            yield from _value_faults(name, value, model_field)
    yield from _missing_faults(record)
    yield from _bound_faults(record)


def _reference_faults(
    name: str, value: Any, model_field: Any, known: dict[type[models.Model], set[Key]]
) -> Iterator[str]:
    keys = value if model_field.many_to_many else [value]
    if not isinstance(keys, list):
        yield f"{name}: must be a list of keys"
        return
    for key in keys:
        parts = tuple(key) if isinstance(key, list) else None
        if parts is None or parts not in known.get(model_field.related_model, set()):
            yield f"{name}: {key} is not known; add it to the vocabulary or correct it"


def _value_faults(name: str, value: Any, model_field: Any) -> Iterator[str]:
    wanted = {
        models.BooleanField: bool,
        models.JSONField: list,
        models.PositiveSmallIntegerField: int,
    }.get(type(model_field), str)
    if value is None and model_field.null:
        return
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        words = {bool: "true or false", list: "a list", int: "a whole number", str: "a text"}
        yield f"{name}: must be {words[wanted]}"
        return
    try:
        model_field.clean(value, None)
    except ValidationError as error:
        yield f"{name}: {' '.join(error.messages)}"


def _missing_faults(record: Record) -> Iterator[str]:
    for model_field in record.model._meta.fields:
        optional = (
            model_field.blank
            or model_field.has_default()
            or model_field.null
            or model_field.auto_created
        )
        if not optional and model_field.name not in record.fields:
            yield f"{model_field.name}: is missing"


def _bound_faults(record: Record) -> Iterator[str]:
    try:
        if record.model is Dose:
            found = bounds.dose_faults(str(record.slug), record.fields)
            yield from (f"{name}: {cure}" for name, cure in found)
        elif record.model is Precaution:
            found = bounds.precaution_faults(str(record.slug), str(record.key[1]), record.fields)
            yield from (f"{name}: {cure}" for name, cure in found)
    except (KeyError, TypeError):
        # A value of the wrong type, which has a line of its own.
        return


def _whole_faults(records: Sequence[Record]) -> Iterator[str]:
    """What an exercise lacks as a whole: a file that holds one holds all of its parts."""
    for exercise in (record for record in records if record.model is Exercise):
        slug = exercise.key[0]
        own = [record for record in records if record.slug == slug]
        rungs = {r.key[1]: r.fields.get("rung") for r in own if r.model is Variant}
        where = f"{exercise.file}: {exercise}"
        yield from (f"{where}: {line}" for line in bounds.ladder_faults(slug, rungs))  # type: ignore[arg-type]
        conditions = [str(r.key[1]) for r in own if r.model is Precaution]
        for key in bounds.missing_precautions(slug, conditions):
            yield f"{where}: the precaution for {key} is missing; the rule set has one"
        levels = [r.key[1] for r in own if r.model is Dose and not r.fields.get("variant")]
        for level in bounds.missing_doses(slug, levels):
            yield f"{where}: the dose for level {level} is missing"
        stepped = {r.key[1] for r in own if r.model is Step}
        for key in sorted(set(rungs) - stepped):
            yield f"{where}: variant {key} has no steps"
