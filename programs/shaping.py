"""A session shaped for one day: fewer minutes, or another place. The plan itself stays as it is.

Nothing here is ever harder than the plan: fewer exercises, fewer sets, an allowed variant no further
up the ladder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from programs.engine import Library, Prescribed
from programs.engine.dosage import (
    LEAST,
    MINI_BELOW_MINUTES,
    MINI_MINUTES,
    fit,
    minutes_of,
)
from programs.engine.selection import Ranked, Usable, first_to_go, rank
from programs.models import ProgramVersion
from programs.stock import library_of

# What somebody may say that they have time for, in minutes.
MINUTES = (5, 10, 15, 20)


def shaped(
    version: ProgramVersion, *, minutes: int | None = None, place: str = ""
) -> tuple[Prescribed, ...]:
    """The exercises of one session of this version, for these minutes and in this place.

    Empty where nothing of the plan can be done in that place.
    """
    program = version.plan["program"]
    items = [_prescribed(item) for item in (program or {}).get("exercises", [])]
    if not items or (minutes is None and not place):
        return tuple(items)
    library = library_of(version.library)
    if place:
        items = [kept for item in items if (kept := _moved(item, library, place, program["level"]))]
    if minutes is not None and items and minutes < minutes_of(items):
        items = _shortened(items, library, version.plan, minutes)
    return tuple(items)


def _prescribed(item: Mapping[str, Any]) -> Prescribed:
    return Prescribed(
        slug=item["slug"],
        variant=item["variant"],
        allowed_variants=tuple(item["allowed_variants"]),
        sets=item["sets"],
        reps=item["reps"],
        hold_seconds=item["hold_seconds"],
        rest_seconds=item["rest_seconds"],
        per_side=item["per_side"],
        flags=tuple(item["flags"]),
        reasons=(),
    )


def _moved(item: Prescribed, library: Library, place: str, level: int) -> Prescribed | None:
    """This exercise in that place: an allowed variant, the nearest that is no harder; else None."""
    spec = library.exercise(item.slug)
    now = spec.variant(item.variant)
    if place in now.places:
        return item
    fitting = [
        variant
        for variant in spec.variants
        if variant.order <= now.order
        and variant.key in item.allowed_variants
        and place in variant.places
    ]
    if not fitting:
        return None
    there = fitting[-1]
    dose = spec.dose(level, there.key)
    if dose is None:
        return replace(item, variant=there.key, per_side=there.per_side, sets=1)
    return replace(
        item,
        variant=there.key,
        per_side=there.per_side,
        sets=min(dose.sets, item.sets),
        reps=dose.reps,
        hold_seconds=dose.hold_seconds,
    )


def _shortened(
    items: Sequence[Prescribed], library: Library, plan: Mapping[str, Any], minutes: int
) -> list[Prescribed]:
    """Fewer exercises first, strength last to go; under ten minutes a mini-session."""
    entries = _ranked(items, library, plan)
    if minutes < MINI_BELOW_MINUTES:
        return _mini(items, entries, library)
    by_slug = {item.slug: item for item in items}
    return fit(entries, by_slug, max(minutes, MINI_MINUTES[0]), LEAST)


def _ranked(items: Sequence[Prescribed], library: Library, plan: Mapping[str, Any]) -> list[Ranked]:
    """The exercises in the order of the session, each with its part in the person's class."""
    direction = plan["direction"]
    class_key = direction if direction != "none" else plan["emphasis"]
    usable = [Usable(library.exercise(i.slug), i.allowed_variants, i.flags, ()) for i in items]
    parts = {entry.slug: entry for entry in rank(usable, class_key)}
    return [parts[item.slug] for item in items]


def _mini(
    items: Sequence[Prescribed], entries: Sequence[Ranked], library: Library
) -> list[Prescribed]:
    """Three exercises, the most useful ones, one set each at the dose of the gentlest level."""
    gone = {entry.slug for entry in list(first_to_go(entries))[: max(0, len(entries) - LEAST)]}
    return [_least_dose(item, library) for item in items if item.slug not in gone]


def _least_dose(item: Prescribed, library: Library) -> Prescribed:
    dose = library.exercise(item.slug).dose(0, item.variant)
    if dose is None:
        return replace(item, sets=1)
    return replace(
        item,
        sets=1,
        reps=_less(item.reps, dose.reps),
        hold_seconds=_less(item.hold_seconds, dose.hold_seconds),
    )


def _less(now: int | None, least: int | None) -> int | None:
    return now if now is None or least is None else min(now, least)
