"""One step down the ladder inside a program that is already made: an easier variant and its dose.

Only variants that the plan allows are offered, so that easing never brings back what a condition bars.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from programs.engine import Library, VariantSpec
from programs.engine.types import Dose, ExerciseSpec
from programs.models import ProgramVersion
from programs.stock import library_of


@dataclass(frozen=True, slots=True)
class Way:
    """A variant with its dose. ``reps`` is None for a held exercise; hold and rest in seconds."""

    variant: str
    sets: int
    reps: int | None
    hold_seconds: int | None
    per_side: bool


def easier_way(version: ProgramVersion, slug: str, variant: str) -> Way | None:
    """The next easier allowed variant of an exercise in this version; None on the lowest rung.

    Among several, the nearest that is done in the same place comes first: nobody has to get up from
    the floor in the middle of a session without need.
    """
    return _step_down(library_of(version.library), version.plan, slug, variant)


def easier_ways(version: ProgramVersion, places: Iterable[tuple[str, str]]) -> dict[str, list[Way]]:
    """Every easier way down from each exercise's variant, one step after the other."""
    library, plan = library_of(version.library), version.plan
    return {slug: list(_all_down(library, plan, slug, variant)) for slug, variant in places}


def _all_down(library: Library, plan: dict[str, Any], slug: str, variant: str) -> Iterator[Way]:
    way = _step_down(library, plan, slug, variant)
    while way:
        yield way
        way = _step_down(library, plan, slug, way.variant)


def _step_down(library: Library, plan: dict[str, Any], slug: str, variant: str) -> Way | None:
    item = planned(plan, slug)
    if item is None:
        return None
    spec = library.exercise(slug)
    easier = _below(spec, variant, item["allowed_variants"])
    if easier is None:
        return None
    dose = spec.dose(plan["program"]["level"], easier.key)
    if dose is None:
        return Way(easier.key, 1, item["reps"], item["hold_seconds"], easier.per_side)
    usual = spec.dose(plan["program"]["level"], item["variant"])
    return _at_most(
        Way(easier.key, dose.sets, dose.reps, dose.hold_seconds, easier.per_side), item, usual
    )


def _at_most(way: Way, item: dict[str, Any], usual: Dose | None) -> Way:
    """No more sets, repetitions or seconds than the plan asks for now: it may ask for less than the level.

    Lying still is the one easier way that is meant to last longer.
    """
    rests = way.reps is None and usual is not None and _less(usual.hold_seconds, way.hold_seconds)
    return replace(
        way,
        sets=min(way.sets, item["sets"]),
        reps=_least(way.reps, item["reps"]),
        hold_seconds=way.hold_seconds if rests else _least(way.hold_seconds, item["hold_seconds"]),
    )


def _least(asked: int | None, planned: int | None) -> int | None:
    return asked if asked is None or planned is None else min(asked, planned)


def _less(one: int | None, other: int | None) -> bool:
    return (one or 0) < (other or 0)


def planned(plan: dict[str, Any], slug: str) -> dict[str, Any] | None:
    """The plan's entry for an exercise."""
    exercises = plan["program"]["exercises"] if plan["program"] else []
    return next((item for item in exercises if item["slug"] == slug), None)


def _below(spec: ExerciseSpec, variant: str, allowed: Sequence[str]) -> VariantSpec | None:
    ladder = sorted(spec.variants, key=lambda item: item.order)
    now = spec.variant(variant)
    lower = [item for item in ladder if item.order < now.order and item.key in allowed]
    same_place = [item for item in lower if set(item.places) & set(now.places)]
    return next(reversed(same_place or lower), None)
