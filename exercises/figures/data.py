"""Pose data as it is stored: one JSON file for each exercise in ``poses/``.

The keys of a pose are explained in ``poses/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "poses"
Raw = dict[str, Any]


class UnknownExercise(KeyError):
    """There is no pose file for this exercise."""


@dataclass(frozen=True)
class Step:
    """One key pose, with what is drawn around it. ``alt`` says what the picture shows."""

    key: str
    alt: str
    pose: Raw
    spine: bool = True
    glow: list[str] = field(default_factory=list)
    arrows: list[Raw] = field(default_factory=list)
    props: list[Raw] = field(default_factory=list)


@dataclass(frozen=True)
class Variant:
    """One way to do an exercise: its frame in cm (left, bottom, right, top) and its steps.

    ``drawn`` is the side that works in the drawing as typed, ``first`` the side that the words
    begin with; both are empty where sides do not differ. ``cycle`` are the steps that a moving
    figure runs through.
    """

    key: str
    box: tuple[float, float, float, float]
    steps: dict[str, Step]
    ground: str = "mat"
    drawn: str = ""
    first: str = ""
    cycle: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExercisePoses:
    """All variants of an exercise; ``standard`` stands in for one that is not drawn."""

    slug: str
    title: str
    standard: str
    variants: dict[str, Variant]

    def variant(self, key: str) -> Variant:
        return self.variants.get(key) or self.variants[self.standard]


@cache
def drawn_exercises() -> list[str]:
    """The slugs of every exercise that has poses."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def _raw(slug: str) -> Raw:
    if slug not in drawn_exercises():
        raise UnknownExercise(slug)
    data: Raw = json.loads((FOLDER / f"{slug}.json").read_text(encoding="utf-8"))
    return data


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> Raw:
    """A pose with some numbers changed. Both arms at once replace either arm; null removes."""
    result = dict(base)
    for both in ("arm", "leg"):
        if both in change:
            result = {k: v for k, v in result.items() if k not in (both + "R", both + "L")}
    result.update(change)
    return {key: value for key, value in result.items() if value is not None}


def _resolved(slug: str, variant: str, key: str) -> Raw:
    """A step with what it takes over from the step named by ``like``."""
    step: Raw = _raw(slug)["variants"][variant]["steps"][key]
    if "like" not in step:
        return step
    path = step["like"].split("/")
    other = path[0] if len(path) > 1 else slug
    names = path[-1].split(".")
    base = _resolved(other, names[0] if len(names) > 1 else variant, names[-1])
    pose = merged(base["pose"], step.get("pose", {}))
    taken = {k: v for k, v in base.items() if k in ("spine", "props")}
    return {**taken, **step, "pose": pose}


def _step(slug: str, variant: str, key: str, props: list[Raw]) -> Step:
    raw = _resolved(slug, variant, key)
    return Step(
        key=key,
        alt=raw["alt"],
        pose=raw["pose"],
        spine=raw.get("spine", True),
        glow=raw.get("glow", []),
        arrows=raw.get("arrows", []),
        props=[*props, *raw.get("props", [])],
    )


def _variant(slug: str, key: str) -> Variant:
    raw = _raw(slug)["variants"][key]
    props = raw.get("props", [])
    left, bottom, right, top = raw["box"]
    return Variant(
        key=key,
        box=(left, bottom, right, top),
        steps={name: _step(slug, key, name, props) for name in raw["steps"]},
        ground=raw.get("ground", "mat"),
        drawn=raw.get("drawn", ""),
        first=raw.get("first", ""),
        cycle=tuple(raw.get("cycle", raw["steps"])),
    )


@cache
def poses(slug: str) -> ExercisePoses:
    """The poses of an exercise, read once. Raises UnknownExercise."""
    raw = _raw(slug)
    variants = {key: _variant(slug, key) for key in raw["variants"]}
    return ExercisePoses(slug, raw["title"], raw["standard"], variants)
