"""Reads an intake. Every fault is named with its path and with what is allowed there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from programs.engine.shape import INTAKE
from programs.engine.types import Intake


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where in the file, and what is allowed there."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class IntakeFaults(ValueError):
    """The intake cannot be read. ``faults`` names every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def load_json(content: bytes | str) -> Any:
    """Parses JSON text in UTF-8. Raises ``IntakeFaults`` for anything else, twice-given keys included."""
    twice: list[Fault] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                twice.append(Fault(key, "is given twice; give it once"))
            seen[key] = value
        return seen

    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        data = json.loads(text, object_pairs_hook=once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise IntakeFaults([Fault("file", f"is not UTF-8 text (byte {error.start})")]) from error
    except (ValueError, RecursionError) as error:
        raise IntakeFaults([Fault("file", f"is not JSON: {error}")]) from error
    if twice:
        raise IntakeFaults(twice)
    return data


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def faults_in(data: Any, shape: Mapping[str, Any] = INTAKE, path: str = "") -> list[Fault]:
    """Every place where ``data`` does not fit ``shape`` (a JSON schema without references)."""
    return list(_walk(data, shape, path))


def _walk(value: Any, shape: Mapping[str, Any], path: str) -> Iterator[Fault]:
    here = path or "intake"
    if "type" in shape and not _is_of(value, shape["type"]):
        yield Fault(here, f"must be {_ARTICLES[shape['type']]}")
        return
    if "enum" in shape and not any(_same(value, allowed) for allowed in shape["enum"]):
        yield Fault(here, f"must be one of {', '.join(map(str, shape['enum']))}")
        return
    yield from _bounds(value, shape, here)
    if isinstance(value, dict):
        yield from _members(value, shape, path)
    elif isinstance(value, list):
        yield from _items(value, shape, path)


_ARTICLES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def _is_of(value: Any, kind: str) -> bool:
    if kind == "integer":
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return whole and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    types = {"object": dict, "array": list, "string": str, "boolean": bool}
    return isinstance(value, types[kind])


def _same(value: Any, allowed: Any) -> bool:
    """Equal as JSON has it: true is not 1."""
    return bool(value == allowed) and isinstance(value, bool) == isinstance(allowed, bool)


def _bounds(value: Any, shape: Mapping[str, Any], here: str) -> Iterator[Fault]:
    low, high = shape.get("minimum"), shape.get("maximum")
    is_number = isinstance(value, int | float)
    if (low is not None and is_number and value < low) or (
        high is not None and is_number and value > high
    ):
        yield Fault(
            here, f"must be from {low} to {high}" if high is not None else f"must be {low} or more"
        )
    if isinstance(value, str):
        if len(value) > shape.get("maxLength", len(value)):
            yield Fault(here, f"must be at most {shape['maxLength']} characters long")
        if shape.get("format") == "date" and not _is_date(value):
            yield Fault(here, "must be a date such as 2026-11-24")


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII)) and bool(
            date.fromisoformat(text)
        )
    except ValueError:
        return False


def _members(value: dict[str, Any], shape: Mapping[str, Any], path: str) -> Iterator[Fault]:
    known = shape.get("properties", {})
    prefix = f"{path}." if path else ""
    for key in shape.get("required", ()):
        if key not in value:
            yield Fault(f"{prefix}{key}", "is missing")
    for key, item in value.items():
        if key in known:
            yield from _walk(item, known[key], f"{prefix}{key}")
        elif shape.get("additionalProperties") is False:
            yield Fault(f"{prefix}{key}", f"is not known here; known are {', '.join(known)}")


def _items(value: list[Any], shape: Mapping[str, Any], path: str) -> Iterator[Fault]:
    least, most = shape.get("minItems", 0), shape.get("maxItems")
    if len(value) < least or (most is not None and len(value) > most):
        yield Fault(
            path, f"must hold {f'at most {most}' if most is not None else f'{least} or more'}"
        )
    if shape.get("uniqueItems") and any(item in value[:index] for index, item in enumerate(value)):
        yield Fault(path, "must not hold the same twice")
    for index, item in enumerate(value):
        yield from _walk(item, shape.get("items", {}), f"{path}[{index}]")


def read_intake(data: Any) -> Intake:
    """The intake in ``data``, defaults filled in. Raises ``IntakeFaults`` with every fault."""
    faults = faults_in(data)
    if faults:
        raise IntakeFaults(faults)
    return trusted(data)


def trusted(data: Mapping[str, Any]) -> Intake:
    """The intake in ``data`` that was checked before: a running program reads its answers often."""
    filled = {**DEFAULTS, **data}
    pain = filled["pain"]
    return Intake(
        today=date.fromisoformat(filled["today"]),
        age=int(filled["age"]),
        pain_now=int(pain["now"]),
        pain_average=int(pain["average"]),
        pain_worst=int(pain["worst"]),
        days=tuple(filled["days"]),
        minutes=int(filled["minutes"]),
        onset_days=_whole(filled.get("onset_days")),
        marked_trouble_moving=filled["marked_trouble_moving"],
        cannot_stand_or_walk=filled["cannot_stand_or_walk"],
        leg_symptoms=filled["leg_symptoms"],
        aggravated_by=frozenset(filled["aggravated_by"]),
        eased_by=frozenset(filled["eased_by"]),
        traits=frozenset(filled["traits"]),
        conditions=frozenset(filled["conditions"]),
        lifestyle=filled["lifestyle"],
        goals=tuple(filled["goals"]),
        screening=filled["screening"],
        clearances=frozenset(filled["clearances"]),
        assessments=tuple(filled["assessments"]),
        history=filled.get("history"),
        sessions_wanted=_whole(filled.get("sessions_wanted")),
        raw=data,
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


DEFAULTS: dict[str, Any] = {
    key: shape["default"] for key, shape in INTAKE["properties"].items() if "default" in shape
}
