"""Random people for the properties: any intake that fits the shape, mostly answerable."""

from __future__ import annotations

import random
from typing import Any

from programs.engine.shape import INTAKE

SHAPES = INTAKE["properties"]
CLEAR = {
    key: "ok_or_controlled" if key == "rf22_blood_pressure" else "no"
    for key, shape in SHAPES["screening"]["properties"].items()
    if "enum" in shape
} | {"rf17_inflammatory_items": 0, "rf20_surgery": [], "rf27_spine_disease": []}


def value_of(shape: dict[str, Any], rng: random.Random) -> Any:
    """Any value that fits ``shape``."""
    if "enum" in shape:
        return rng.choice(shape["enum"])
    kind = shape["type"]
    if kind == "boolean":
        return rng.random() < 0.5
    if kind in ("integer", "number"):
        return rng.randint(shape.get("minimum", 0), shape.get("maximum", 400))
    if kind == "string":
        return "2026-11-24" if shape.get("format") == "date" else "lift the shopping"
    if kind == "object":
        required = shape.get("required", ())
        return {
            key: value_of(item, rng)
            for key, item in shape["properties"].items()
            if key in required or rng.random() < 0.5
        }
    items = shape["items"]
    if "enum" in items:
        return rng.sample(
            items["enum"], rng.randint(shape.get("minItems", 0), min(4, len(items["enum"])))
        )
    return [value_of(items, rng) for _ in range(rng.randint(shape.get("minItems", 0), 2))]


def anybody(rng: random.Random) -> dict[str, Any]:
    """Any intake that fits the shape, most of them stopped by a red flag."""
    return value_of(INTAKE, rng)


def cleared(rng: random.Random) -> dict[str, Any]:
    """Somebody whose check for warning signs is clear, with any conditions and wishes."""
    person = anybody(rng)
    person |= {"age": rng.randint(18, 95), "screening": dict(CLEAR), "cannot_stand_or_walk": False}
    person["pain"] = {
        "now": rng.randint(0, 8),
        "average": rng.randint(0, 8),
        "worst": rng.randint(0, 10),
    }
    person["conditions"] = rng.sample(
        SHAPES["conditions"]["items"]["enum"], rng.choice([0, 0, 1, 1, 2, 3])
    )
    person.pop("history", None)
    person.pop("assessments", None)
    return person
