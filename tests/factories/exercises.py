"""Library files for tests: the shipped ones, and the shipped ones with something changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core import serializers

from exercises.library import KEYS, files_in
from tests.conftest import ROOT

Records = list[dict[str, Any]]


def shipped_files() -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in files_in([ROOT / "fixtures"])]


def edited_files(edit: Callable[[Records], object]) -> list[tuple[str, bytes]]:
    """The shipped files after ``edit`` was done to the records of exercises.json."""
    files = dict(shipped_files())
    records = json.loads(files["exercises.json"])
    edit(records)
    return list({**files, "exercises.json": json.dumps(records).encode()}.items())


def fields_of(records: Records, model: str, **known: Any) -> dict[str, Any]:
    """The fields of the first record of ``model`` that has all the ``known`` values."""
    return next(
        record["fields"]
        for record in records
        if record["model"] == f"exercises.{model}" and known.items() <= record["fields"].items()
    )


def without(records: Records, model: str, **known: Any) -> None:
    """Takes the record out of the list."""
    fields = fields_of(records, model, **known)
    records[:] = [record for record in records if record["fields"] is not fields]


def whole_library() -> str:
    """Every record of the library in the database, as one text to compare."""
    return "".join(serializers.serialize("json", m.objects.order_by("pk")) for m in KEYS)
