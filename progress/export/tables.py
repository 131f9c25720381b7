"""Which tables bear a person's id, by which path, and how a row is written without row numbers.

The tables are found, not listed: a new model with a path to the person is in the export, in the
import and in the deletion from its first day. What stays out stands in ``NOT_EXPORTED``, with why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

OWN_APPS = ("accounts", "programs", "progress")
# The name of the field that says whose row it is; any other link to a person is somebody named in it.
OWNERS = ("patient", "user")

NOT_EXPORTED = {
    "account.EmailAddress": "written with the account; what is proven here is not proven elsewhere",
    "account.EmailConfirmation": "a key that proves an address, good for three days",
    "admin.LogEntry": "the library editor's own log; it holds no patient's data",
    "mfa.Authenticator": "the secret of the second step: whoever reads it can sign in",
    "usersessions.UserSession": "where one is signed in: changes at each look, shown under Signing in",
    "progress.FlareSummary": "follows from the diary; an import makes it anew",
    "progress.ImportedRecord": "written where the rows that it completes are written",
    "progress.Overview": "follows from goals, diary and sessions; an import makes it anew",
    "progress.WeekSummary": "follows from diary and sessions; an import makes it anew",
}
# Fields that are not part of the record.
FIELDS_LEFT_OUT: dict[str, dict[str, str]] = {}
# Rows of these are shared by many people and named by their content.
BY_CONTENT = {"programs.LibrarySnapshot": "digest"}
NATURAL = {"accounts.Clinic": "name", **BY_CONTENT}


# Fields that hold a row's number as a text: field, the field that says of which table, and tables.
NUMBERS_IN_TEXT = {
    "progress.Milestone": (
        "mark",
        "kind",
        {"goal": "progress.Goal", "activity": "progress.Activity"},
    )
}


# Stands for an activity that is no longer there.
GONE = "gone"


def is_rated(items: Any) -> bool:
    """Whether these are answers to the PSFS, each with its activity's number, words and rating."""
    return isinstance(items, list) and all(
        isinstance(item, dict)
        and isinstance(item.get("words"), str)
        and item.get("value") in range(11)
        and "key" in item
        for item in items
    )


def keys_of_activities(items: Any, numbers: Mapping[str, str]) -> Any:
    """The answers to the PSFS, each with the number that its activity has where they are going."""
    return [{**item, "key": numbers.get(str(item.get("key")), GONE)} for item in items]


@dataclass(frozen=True, slots=True)
class Table:
    """A model whose rows belong to a person; ``owner`` is the lookup from the row to them."""

    model: type[models.Model]
    owner: str

    @property
    def name(self) -> str:
        """The model's name in words with underscores, such as ``session_record``."""
        letters = [f"_{c.lower()}" if c.isupper() else c for c in self.model.__name__]
        return "".join(letters).lstrip("_")

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def is_direct(self) -> bool:
        """The row itself names the person; else a row above it does."""
        return "__" not in self.owner

    def fields(self) -> list[models.Field[Any, Any]]:
        """What is written of a row: all of it but its number and whose it is."""
        left_out = FIELDS_LEFT_OUT.get(self.label, {})
        return [
            field
            for field in self.model._meta.concrete_fields
            if not field.primary_key
            and field.name not in left_out
            and not (self.is_direct and field.name == self.owner)
        ]

    def many(self) -> list[models.ManyToManyField[Any, Any]]:
        return list(self.model._meta.many_to_many)

    def number_in_text(self, value: Callable[[str], Any]) -> tuple[str, type[models.Model]] | None:
        """The field of a row that holds another row's number, and whose; ``value`` reads the row."""
        field, kind, tables = NUMBERS_IN_TEXT.get(self.label, ("", "", {}))
        if not field or value(kind) not in tables:
            return None
        return field, apps.get_model(tables[value(kind)])

    def rows(self, person: models.Model) -> models.QuerySet[Any]:
        """The person's rows and nobody else's, oldest first."""
        return self.model._base_manager.filter(**{self.owner: person}).order_by("pk")


def is_person(field: Any) -> bool:
    return bool(field.remote_field) and field.related_model is get_user_model()


def foreign_keys(model: type[models.Model]) -> Iterator[Any]:
    return (f for f in model._meta.concrete_fields if f.remote_field)


def path_to_person(
    model: type[models.Model], above: tuple[type[models.Model], ...] = ()
) -> str | None:
    """The lookup from a row of ``model`` to the person whose it is, or None where there is none."""
    keys = list(foreign_keys(model))
    for name in OWNERS:
        if any(key.name == name and is_person(key) for key in keys):
            return name
    for key in keys:
        target = key.related_model
        if is_person(key) or target in (model, *above):
            continue
        path = path_to_person(target, (*above, model))
        if path:
            return f"{key.name}__{path}"
    return None


@lru_cache(maxsize=1)
def all_tables() -> tuple[Table, ...]:
    """Every table with a path to a person, those that are pointed at first."""
    found = {}
    for model in apps.get_models():
        path = path_to_person(model)
        if path and model is not get_user_model():
            found[model] = Table(model, path)
    return tuple(_parents_first(found))


def _parents_first(found: dict[type[models.Model], Table]) -> Iterator[Table]:
    placed: set[type[models.Model]] = set()

    def place(model: type[models.Model]) -> Iterator[Table]:
        if model in placed or model not in found:
            return
        placed.add(model)
        for key in foreign_keys(model):
            yield from place(key.related_model)
        yield found[model]

    for model in sorted(found, key=lambda m: m._meta.label):
        yield from place(model)


@lru_cache(maxsize=1)
def exported_tables() -> tuple[Table, ...]:
    return tuple(
        table
        for table in all_tables()
        if table.label not in NOT_EXPORTED and table.model._meta.app_label in OWN_APPS
    )


def table_of(model: type[models.Model]) -> Table | None:
    return next((table for table in exported_tables() if table.model is model), None)
