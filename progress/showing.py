"""An exercise of a session as it is shown: names, steps and dose in words."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise

from exercises import drawn
from exercises.enums import NoteKind
from exercises.models import Exercise, Variant
from exercises.wording import dose_in_words
from programs.easing import easier_way, planned
from programs.wording import FLAGS
from progress.models import ExerciseRecord, SessionRecord

# What a flag takes out of Cat-Cow: the half of the movement that it bars.
BARRED_POSES = {"no_round": "round", "no_sag": "arch"}
SHOWN_NOTES = (NoteKind.FEEL, NoteKind.NOT_FEEL, NoteKind.SAFETY)
SECONDS_A_MOVEMENT = 4


def shown_exercise(
    session: SessionRecord, record: ExerciseRecord, variant: Variant | None = None
) -> dict[str, Any]:
    """Everything the page of one exercise says. Three queries, one where the variant is known."""
    variant = variant or _variant_of(record)
    flags = (planned(session.version.plan, record.slug) or {}).get("flags", [])
    barred = barred_by(flags)
    records = list(session.exercises.all())
    return {
        "record": record,
        "exercise": variant.exercise,
        "variant": variant,
        "steps": [step for step in variant.steps.all() if step.pose not in barred],
        "poses": poses_without(variant, barred),
        # Summary and breathing speak of the whole movement: not where half of it is barred.
        "is_whole": not barred,
        "flags": flags_in_words(flags),
        "dose": dose_in_words(
            record.sets_planned, record.reps, record.hold_seconds, per_side=record.per_side
        ),
        # The round that is on, where more than one is left.
        "round": record.sets_done + 1 if record.sets_planned - record.sets_done > 1 else 0,
        "notes": _notes(variant.exercise),
        "number": records.index(record) + 1,
        "total": len(records),
        "records": records,
    }


def _variant_of(record: ExerciseRecord) -> Variant:
    found = Variant.objects.select_related("exercise").prefetch_related("steps")
    return found.get(exercise__slug=record.slug, key=record.variant)


def easier_variant(record: ExerciseRecord) -> Variant | None:
    """The next easier variant that the plan allows, as the library shows it."""
    way = easier_way(record.session.version, record.slug, record.variant)
    if way is None:
        return None
    return Variant.objects.filter(exercise__slug=record.slug, key=way.variant).first()


def barred_by(flags: list[str]) -> set[str]:
    """The poses that these flags bar: neither told nor drawn."""
    return {BARRED_POSES[flag] for flag in flags if flag in BARRED_POSES}


def steps_without(variant: Variant, barred: set[str]) -> list[str]:
    """The steps of a variant without the barred poses."""
    return [step.text for step in variant.steps.all() if step.pose not in barred]


def poses_without(variant: Variant, barred: set[str]) -> list[str]:
    """The drawn poses of a variant without the barred ones; none where it is not drawn."""
    keys = drawn.steps(variant.exercise.slug, variant.key)
    return [pose for pose in keys if pose not in barred]


def flags_in_words(flags: list[str]) -> list[str | Promise]:
    return [FLAGS[flag] for flag in flags]


def _notes(exercise: Exercise) -> dict[str, list[str]]:
    notes = exercise.notes.all()
    return {kind.value: [n.text for n in notes if n.kind == kind] for kind in SHOWN_NOTES}
