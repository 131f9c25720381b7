"""Reads fixture files of the library and checks everything before anything is written.

Every fault is one line: file, record, field, and what would be right.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models

from exercises.faults import faults_of, own_faults, whole_faults
from exercises.models import (
    BodyArea,
    Condition,
    Dose,
    Equipment,
    Exercise,
    Note,
    Pose,
    Precaution,
    Reference,
    Scene,
    Step,
    Variant,
)
from exercises.pose_faults import drawing_faults

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
    Scene: ("variant",),
    Pose: ("variant", "key"),
    Note: ("exercise", "kind", "order"),
    Dose: ("exercise", "level", "variant"),
    Precaution: ("exercise", "condition"),
}
PARTS = (Variant, Step, Scene, Pose, Note, Dose, Precaution)
LABELS = {model._meta.label_lower: model for model in KEYS}
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
        return self.key[0] if self.model in PARTS else None

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
    if not files:
        reading.faults.append("no .json file was found; name a file, or a folder that holds some")
    for name, content in files:
        for number, item in enumerate(_items(name, content, reading.faults), start=1):
            record = _record(name, number, item, reading.faults)
            if record:
                reading.records.append(record)
    known = _known_keys(reading)
    for record in reading.records:
        lines = [*faults_of(record, known)] or [*own_faults(record.model(**_plain(record)))]
        reading.faults += [f"{record.file}: {record}: {line}" for line in lines]
    reading.faults += whole_faults(reading.records)
    if not reading.faults:
        reading.faults += drawing_faults(reading.records)
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
    if missing or (model in (Step, Scene, Pose) and "variant" not in item["fields"]):
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
        known[named] = {(slug,) for slug in named.objects.values_list("slug", flat=True)}
    # A file that holds an exercise holds all of its variants; those it drops are going.
    whole = {record.key[0] for record in reading.records if record.model is Exercise}
    stored = Variant.objects.exclude(exercise__slug__in=whole)
    known[Variant] = set(stored.values_list("exercise__slug", "key"))
    for model, key in seen:
        known.setdefault(model, set()).add(key)
    return known


def _plain(record: Record) -> dict[str, Any]:
    """The fields that lie in the record's own row."""
    named = record.model._meta.get_field
    return {name: value for name, value in record.fields.items() if not named(name).remote_field}
