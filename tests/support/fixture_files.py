"""The library's fixture files, read as files: no database, no Django."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILES = ("vocabulary", "exercises", "knee-to-chest", "poses")
SLUGS = (
    "cat-cow",
    "childs-pose",
    "pelvic-tilt",
    "bridge",
    "seated-forward-bend",
    "bird-dog",
    "cobra",
    "torso-twist",
    "side-plank",
    "standing-hamstring-stretch",
    "knee-to-chest",
)
PROSE = ("name", "summary", "start_position", "breathing", "text", "reason", "explanation")


def records(stem: str) -> list[dict[str, Any]]:
    """The records of one fixture file."""
    path = ROOT / "fixtures" / f"{stem}.json"
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


LIBRARY = [record for stem in FILES for record in records(stem)]


def fields(model: str) -> list[dict[str, Any]]:
    """The fields of every record of ``model``, over all files."""
    return [record["fields"] for record in LIBRARY if record["model"] == f"exercises.{model}"]


def owner(entry: dict[str, Any]) -> str:
    """The slug of the exercise that an entry belongs to."""
    found = entry.get("exercise") or entry.get("variant") or [entry["slug"]]
    return str(found[0])


def texts_of(slug: str) -> list[str]:
    """Every sentence that a person can read about one exercise; its name is excepted."""
    return [
        entry[key]
        for model in ("exercise", "variant", "step", "note", "precaution")
        for entry in fields(model)
        if owner(entry) == slug
        for key in PROSE
        if key in entry and not (model == "exercise" and key == "name")
    ]


def every_text() -> list[str]:
    """Every text of the library, sources and names too."""
    keys = (*PROSE, "citation")
    return [record["fields"][key] for record in LIBRARY for key in keys if key in record["fields"]]


def steps_of(slug: str, key: str) -> list[str]:
    found = [entry for entry in fields("step") if entry["variant"] == [slug, key]]
    return [entry["text"] for entry in sorted(found, key=lambda entry: entry["order"])]


def ways() -> list[tuple[str, str]]:
    return [(owner(entry), entry["key"]) for entry in fields("variant")]
