"""The three forms in which a record leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from progress.export.csv_zip import as_csv_zip
from progress.export.fhir import as_bundle
from progress.export.record import as_json


@dataclass(frozen=True, slots=True)
class Format:
    """How a record is written, and as what a browser saves it."""

    write: Callable[[dict[str, Any]], bytes]
    content_type: str
    file_name: str


def _fhir(record: Mapping[str, Any]) -> bytes:
    bundle = as_bundle(record)
    text = json.dumps(bundle, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode()


FORMATS = {
    "json": Format(as_json, "application/json", "my-record.json"),
    "csv": Format(as_csv_zip, "application/zip", "my-record-tables.zip"),
    "fhir": Format(_fhir, "application/fhir+json", "my-record-fhir.json"),
}
