"""Checks the library in the database as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from exercises import bounds
from exercises.enums import NoteKind
from exercises.faults import own_faults
from exercises.models import Exercise, Reference
from exercises.pose_faults import database_faults


def faults() -> list[str]:
    """One line for each gap, dose out of bounds, loosened precaution or picture without words."""
    everything = Exercise.objects.with_everything()
    found = [f"{exercise}: {line}" for exercise in everything for line in _faults_of(exercise)]
    found += [
        f"{reference.slug}: {line}"
        for reference in Reference.objects.all()
        for line in _text_faults(reference)
    ]
    found += database_faults()
    return found or ([] if everything else ["The library is empty; load it with load_library."])


def _faults_of(exercise: Exercise) -> Iterator[str]:
    slug, variants = exercise.slug, list(exercise.variants.all())
    for item in _records_of(exercise):
        where = f"{item._meta.verbose_name} {_short_key(item)}: " if item is not exercise else ""
        yield from (f"{where}{line}" for line in [*_text_faults(item), *own_faults(item)])
    yield from bounds.ladder_faults(slug, {item.key: item.rung for item in variants})
    yield from (f"variant {item.key}: has no steps" for item in variants if not item.steps.all())
    for dose in exercise.doses.all():
        for field, cure in bounds.dose_faults(slug, dose.__dict__):
            yield f"dose level {dose.level} {dose.variant}".rstrip() + f": {field}: {cure}"
    levels = [dose.level for dose in exercise.doses.all() if not dose.variant]
    yield from (f"dose level {n}: is missing" for n in bounds.missing_doses(slug, levels))
    rows = list(exercise.precautions.all())
    for row in rows:
        for field, cure in bounds.precaution_faults(slug, row.condition.slug, row.__dict__):
            yield f"precaution {row.condition.slug}: {field}: {cure}"
    known = [row.condition.slug for row in rows]
    yield from (f"precaution {key}: is missing" for key in bounds.missing_precautions(slug, known))
    kinds = {note.kind for note in exercise.notes.all()}
    yield from (f"note {kind}: is missing" for kind in NoteKind.values if kind not in kinds)
    if exercise.picture and not exercise.picture_alt:
        yield "picture_alt: say what the picture shows"


def _records_of(exercise: Exercise) -> Iterator[models.Model]:
    yield exercise
    for variant in exercise.variants.all():
        yield variant
        yield from variant.steps.all()
    yield from exercise.notes.all()
    yield from exercise.doses.all()
    yield from exercise.precautions.all()


def _short_key(item: Any) -> str:
    """The natural key without the exercise, which the line begins with."""
    return "/".join(str(part) for part in item.natural_key()[1:] if part != "")


def _text_faults(item: models.Model) -> Iterator[str]:
    """Fields that are empty, too long or of no known choice. References are the database's."""
    linked = {own.name for own in item._meta.fields if own.remote_field}
    try:
        item.clean_fields(exclude=linked)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield f"{name}: {' '.join(messages)}"
