"""Compares a checked library with the database, field by field, and says the difference in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from exercises.faults import own_faults
from exercises.library import KEYS, PARTS, Key, Record
from exercises.models import Exercise, LoadedRecord, Note, Pose, Scene, Step

REASON = "library load"
# What a person may take away for good. The rest belongs to the rule set and comes back.
REMOVABLE = (Note, Step)


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


class State:
    """The library in the database, read once: objects, their fields as JSON, the last load."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self.objects: dict[tuple[type[models.Model], Key], models.Model] = {}
        for model in {record.model for record in records} | set(PARTS):
            for item in _all(model):
                self.objects[model, _key(item)] = item
        self.baselines = {(row.model, row.key): row.fields for row in LoadedRecord.objects.all()}
        self.removed: dict[Any, dict[Key, Any]] = {
            model: dict(_removals(model)) for model in REMOVABLE
        }

    def change(self, record: Record, report: Report, *, replace: bool) -> Change | None:
        """What to write of a record; an edit made here stays unless ``replace``."""
        old = self.objects.get((record.model, record.key))
        if old is None:
            return self._addition(record, report, replace=replace)
        current = as_json(old)
        fields = {}
        for name, value in record.fields.items():
            if _same(current[name], value):
                continue
            label = f"{_label(record.model, record.key)}, {name}"
            if not replace and self._is_edited(old, name, current[name]):
                report.kept.append(f"{label}: {_who(old)}")
            else:
                report.changed.append(f"{label}: {_short(current[name])} → {_short(value)}")
                fields[name] = value
        if not fields:
            return None
        report.faults += _faults_together(record, old, fields)
        return Change(record, old, fields)

    def _addition(self, record: Record, report: Report, *, replace: bool) -> Change | None:
        row = self.removed.get(record.model, {}).get(record.key)
        if row is not None and not replace:
            report.kept.append(f"{_label(record.model, record.key)}: {_by(row, 'taken out')}")
            return None
        report.added.append(_label(record.model, record.key))
        return Change(record, None, record.fields)

    def _is_edited(self, item: models.Model, name: str, value: Any) -> bool:
        """True if a person changed the field since a file last said it.

        Django's ``loaddata`` leaves no note of what it said: then a person's hand anywhere on the
        record keeps it, because an edit lost is worse than an edit asked about.
        """
        baseline = self.baselines.get((item._meta.label_lower, joined(_key(item))), {})
        if name in baseline:
            return not _same(value, baseline[name])
        return _last_hand(item) is not None

    def gone(self, report: Report, *, replace: bool) -> Iterator[models.Model]:
        """Parts of the files' exercises that the files no longer hold, steps before variants."""
        slugs = {record.key[0] for record in self.records if record.model is Exercise}
        given = {(record.model, record.key) for record in self.records}
        # Words and figures may come in files of their own: words alone take no figure away.
        drawn = {record.key[0] for record in self.records if record.model is Pose}
        places = {model: place for place, model in enumerate(KEYS)}
        for (model, key), item in sorted(
            self.objects.items(), key=lambda entry: places[entry[0][0]], reverse=True
        ):
            owners = drawn if model in (Scene, Pose) else slugs
            if model not in PARTS or key[0] not in owners or (model, key) in given:
                continue
            if replace or self._is_as_loaded(item):
                report.removed.append(_label(model, key))
                yield item
            else:
                report.kept.append(f"{_label(model, key)}: {_who(item)}")

    def _is_as_loaded(self, item: models.Model) -> bool:
        baseline = self.baselines.get((item._meta.label_lower, joined(_key(item))))
        current = as_json(item)
        return baseline is not None and all(
            _same(current[name], value) for name, value in baseline.items()
        )


def _faults_together(record: Record, old: models.Model, fields: dict[str, Any]) -> Iterator[str]:
    """What the file's fields and the kept ones make wrong only together."""
    for name, value in fields.items():
        if not old._meta.get_field(name).remote_field:
            setattr(old, name, value)
    for line in own_faults(old):
        yield f"{record.file}: {record}: {line} (some of it was edited here; --replace takes the file's)"


def _removals(model: Any) -> Iterator[tuple[Key, Any]]:
    """The records whose last trace is that a person took them out."""
    parent = "variant__exercise" if model is Step else "exercise"
    last: dict[Key, Any] = {}
    rows = model.history.filter(history_type="-").select_related(parent, "history_user")
    for row in rows.order_by("history_date", "history_id"):
        owner = row.variant if model is Step else row.exercise
        if owner is not None:
            own = (row.order,) if model is Step else (row.kind, row.order)
            last[(*owner.natural_key(), *own)] = row
    for key, row in last.items():
        if row.history_user_id and row.history_change_reason != REASON:
            yield key, row


def _all(model: type[models.Model]) -> models.QuerySet[Any]:
    related = [name for name in ("exercise", "condition") if hasattr(model, name)]
    query = model._default_manager.all()
    if model in (Step, Scene, Pose):
        query = query.select_related("variant__exercise")
    elif related:
        query = query.select_related(*related)
    return query.prefetch_related(*[item.name for item in model._meta.many_to_many])


def _key(item: Any) -> Key:
    return tuple(item.natural_key())


def joined(key: Key) -> str:
    """A natural key as one text, as the last load noted it."""
    return "/".join(map(str, key))


def name_of(record: Record) -> tuple[str, str]:
    """Model and key under which the last load noted a record."""
    return record.model._meta.label_lower, joined(record.key)


def _label(model: type[models.Model], key: Key) -> str:
    return f"{model._meta.verbose_name} {joined(key).rstrip('/')}"


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
        return sorted(map(_canonical, one)) == sorted(map(_canonical, other))
    return bool(one == other)


def _canonical(value: Any) -> str:
    """One text a value: PostgreSQL gives the keys back in an order of its own."""
    return json.dumps(value, sort_keys=True)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return (
        f"“{text[:57]}…”" if len(text) > 60 else (f"“{text}”" if isinstance(value, str) else text)
    )


def _last_hand(item: Any) -> Any:
    """The last trace of a person on a record, or None."""
    if not hasattr(item, "history"):
        return None
    by_hand = item.history.filter(history_user__isnull=False).exclude(history_change_reason=REASON)
    return by_hand.select_related("history_user").first()


def _who(item: Any) -> str:
    row = _last_hand(item)
    return _by(row, "edited") if row else "changed here since the last load"


def _by(row: Any, verb: str) -> str:
    day = date_format(timezone.localtime(row.history_date))
    return f"{verb} by {row.history_user.email} on {day}"


def differences() -> list[str]:
    """Where the database differs from what the files last said, for example after ``loaddata``."""
    found = []
    baselines = {(row.model, row.key): row.fields for row in LoadedRecord.objects.all()}
    for model in KEYS:
        for item in _all(model):
            baseline = baselines.get((model._meta.label_lower, joined(_key(item))))
            current = as_json(item)
            for name, value in (baseline or {}).items():
                if not _same(current[name], value):
                    found.append(f"{_label(model, _key(item))}, {name}: {_who(item)}")
    return found


def unwritten() -> list[str]:
    """Where a record differs from its own history: ``loaddata`` overwrites and leaves no trace."""
    found = []
    for model in KEYS:
        if not hasattr(model, "history"):
            continue
        # Lists that loaddata sets do leave rows, of nobody and for no reason.
        told = model.history.filter(Q(history_user__isnull=False) | Q(history_change_reason=REASON))
        last = {row.id: row for row in told.latest_of_each()}
        for item in _all(model):
            found += [
                f"{_label(model, _key(item))}, {own.name}: {_who(item)}"
                for own in model._meta.fields
                if item.pk in last
                and getattr(last[item.pk], own.attname) != getattr(item, own.attname)
            ]
    return found
