"""What can be wrong with the records of a file: by themselves, and as one exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from exercises import bounds
from exercises.models import Dose, Exercise, Precaution, Step, Variant
from exercises.pose_faults import SHAPES

if TYPE_CHECKING:
    from exercises.library import Key, Record

# Pictures are uploaded in the admin; a file cannot bring one.
LEFT_TO_ADMIN = {"picture", "picture_width", "picture_height"}
# Control characters and half of a surrogate pair, which a database refuses.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def faults_of(record: Record, known: dict[type[models.Model], set[Key]]) -> Iterator[str]:
    """One line for each field that is unknown, missing, of the wrong type or out of bounds."""
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
        parts = tuple(key) if _is_flat(key) else None
        if parts is None or parts not in known.get(model_field.related_model, set()):
            yield f"{name}: {key} is not known; add it to the vocabulary or correct it"


def _is_flat(value: Any) -> bool:
    """A list of texts and numbers, such as a key or the ticks of a field."""
    return isinstance(value, list) and all(isinstance(part, str | int) for part in value)


def _value_faults(name: str, value: Any, model_field: Any) -> Iterator[str]:
    shape = SHAPES.get((model_field.model._meta.model_name, name))
    if shape:
        yield from (f"{name}: {line}" for line in shape(value))
        return
    wanted = {
        models.BooleanField: bool,
        models.JSONField: list,
        models.PositiveSmallIntegerField: int,
        models.SmallIntegerField: int,
    }.get(type(model_field), str)
    if value is None and model_field.null:
        return
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        words = {bool: "true or false", list: "a list", int: "a whole number", str: "a text"}
        yield f"{name}: must be {words[wanted]}"
        return
    if isinstance(value, list) and (not _is_flat(value) or len(set(value)) < len(value)):
        yield f"{name}: must be a list of texts, each of them once"
        return
    if isinstance(value, str) and UNSTORABLE.search(value):
        yield f"{name}: has a character that is no text; take it out"
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


def own_faults(item: models.Model) -> Iterator[str]:
    """What is wrong with one record by itself: the model's own checks, and falling ranges."""
    try:
        item.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield f"{name}: {' '.join(messages)}"
    if isinstance(item, Dose):
        yield from _range_faults(item)


def _range_faults(dose: Dose) -> Iterator[str]:
    if dose.reps is None and dose.hold_seconds is None:
        yield "reps: give repetitions, a hold in seconds, or both"
    for low, high in (("sets", "sets_max"), ("reps", "reps_max"), ("hold_seconds", "hold_max")):
        least, most = getattr(dose, low), getattr(dose, high)
        if most is not None and (least is None or most < least):
            yield f"{high}: must be {low} or more; correct one of them"


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


def whole_faults(records: Sequence[Record]) -> Iterator[str]:
    """What an exercise lacks as a whole: a file that holds one holds all of its parts."""
    for exercise in (record for record in records if record.model is Exercise):
        slug = exercise.key[0]
        own = [record for record in records if record.slug == slug]
        rungs = {r.key[1]: r.fields.get("rung") for r in own if r.model is Variant}
        where = f"{exercise.file}: {exercise}"
        yield from (f"{where}: {line}" for line in bounds.ladder_faults(slug, rungs))
        conditions = [str(r.key[1]) for r in own if r.model is Precaution]
        for key in bounds.missing_precautions(slug, conditions):
            yield f"{where}: the precaution for {key} is missing; the rule set has one"
        levels = [r.key[1] for r in own if r.model is Dose and not r.fields.get("variant")]
        for level in bounds.missing_doses(slug, levels):
            yield f"{where}: the dose for level {level} is missing"
        stepped = {r.key[1] for r in own if r.model is Step}
        for key in sorted(set(rungs) - stepped):
            yield f"{where}: variant {key} has no steps"
