"""Checks the library in the database as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from exercises import bounds
from exercises.enums import NoteKind
from exercises.models import Exercise


def faults() -> list[str]:
    """One line for each gap, dose out of bounds, loosened precaution or picture without words."""
    everything = Exercise.objects.with_everything()
    found = [f"{exercise}: {line}" for exercise in everything for line in _faults_of(exercise)]
    return found or ([] if everything else ["The library is empty; load it with load_library."])


def _faults_of(exercise: Exercise) -> Iterator[str]:
    slug, variants = exercise.slug, list(exercise.variants.all())
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
