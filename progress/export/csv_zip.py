"""The record as a zip of tables: the same record gives the same bytes.

A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does a text
that begins with one; the import reads the JSON file, so nothing needs to be undone.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from programs.engine import canonical

# The oldest time that a zip can hold: no time of export is in the file.
STAMP = (1980, 1, 1, 0, 0, 0)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
README = """Each file is one table of the record; the first line names the columns.
"n" counts the rows of a table from 1. A column with the name of another table holds that count.
Times are UTC. Lists and groups are written as JSON. An empty cell means: not told.
A text that begins with = + - @ or ' has an ' in front of it, so that no spreadsheet runs it.
libraries.csv holds the exercise library as each program saw it.
"""


def as_csv_zip(record: Mapping[str, Any]) -> bytes:
    tables: dict[str, list[dict[str, Any]]] = {
        "account": [record["account"]],
        "libraries": [
            {"digest": digest, "content": content}
            for digest, content in sorted(record["libraries"].items())
        ],
        **record["tables"],
    }
    files = {f"{name}.csv": _csv(rows) for name, rows in tables.items() if rows}
    files["README.txt"] = README
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, files[name].encode())
    return buffer.getvalue()


def _csv(rows: list[dict[str, Any]]) -> str:
    columns = sorted({name for row in rows for name in row}, key=lambda name: (name != "n", name))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(_cells(row.get(name) for name in columns) for row in rows)
    return out.getvalue()


def _cells(values: Iterable[Any]) -> list[Any]:
    return [cell(value) for value in values]


def cell(value: Any) -> Any:
    """Numbers as they are; a text that could be a formula with an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else canonical(value)
    return f"'{text}" if text.startswith(FORMULA) else text
