"""Steps up and down for one exercise: reps → hold → sets → next variant, within level and work (4.4).

The ceiling of a level is its dose with the upper ends of the ranges; repetitions and holds may climb to
the next level's dose, so that there is something to gain before a level is. Sets and the next variant
come with the level. Where the next level is above the person's ceiling its dose is out of reach too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from programs.engine.dosage import minutes_of
from programs.engine.rules import LEVELS
from programs.engine.rules.adaptation import (
    HOLD_BACK,
    HOLD_LEAST,
    HOLD_STEPS,
    REPS_BACK,
    REPS_LEAST,
    REPS_STEPS,
    RUNG_AT_LEVEL,
    RUNGS,
    STEPS,
    STILL_BACK,
    STILL_LEAST,
    STILL_STEPS,
)
from programs.engine.types import ExerciseSpec, Prescribed, Reason, VariantSpec


def moved(item: Prescribed) -> int:
    """Sets × repetitions × seconds, both sides, a movement being 4 s."""
    sides = 2 if item.per_side else 1
    return item.sets * (item.reps or 1) * (4 + (item.hold_seconds or 0)) * sides


def held(item: Prescribed) -> int:
    """Sets × repetitions × seconds held, both sides; a movement without a hold counts as one second."""
    sides = 2 if item.per_side else 1
    return item.sets * (item.reps or 1) * (item.hold_seconds or 1) * sides


def work_of(items: Sequence[Prescribed]) -> tuple[int, int]:
    """A session's total work by both measures; the bound on its rise holds for each of them."""
    return sum(map(moved, items)), sum(map(held, items))


EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Room:
    """What a step must stay within: the work of the last full week, and the minutes of a session."""

    moved: int
    held: int
    minutes: int

    def takes_work(self, items: Sequence[Prescribed]) -> bool:
        now_moved, now_held = work_of(items)
        most = 1 + STEPS.work_rise
        return now_moved <= most * self.moved + EXACT and now_held <= most * self.held + EXACT

    def takes_time(self, items: Sequence[Prescribed]) -> bool:
        return minutes_of(items) <= self.minutes


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far repetitions, hold and sets of an exercise may climb at a level."""

    reps: int
    hold: int
    sets: int


def bounds(spec: ExerciseSpec, variant: str, level: int, ceiling: int) -> Bounds:
    at = spec.dose(level, variant)
    above = spec.dose(min(level + 1, ceiling, max(LEVELS)), variant) or at
    if at is None or above is None:
        return Bounds(0, 0, 0)
    return Bounds(
        reps=max(at.reps_max or at.reps or 0, above.reps or 0),
        hold=max(at.hold_max or at.hold_seconds or 0, above.hold_seconds or 0),
        sets=at.sets_max or at.sets,
    )


def step_up(
    items: Sequence[Prescribed],
    index: int,
    spec: ExerciseSpec,
    levels: tuple[int, int],
    room: Room,
) -> Prescribed | None:
    """The exercise one step harder, or None where no step fits now.

    ``levels`` is the person's level and ceiling. A step that would pass the bound on work is split or
    waits; one that would pass the minutes makes way for a harder variant that takes no longer.
    """
    item = items[index]
    for kind in _kinds(item, spec, levels):
        fits_time = False
        for harder in kind:
            after = [*items[:index], harder, *items[index + 1 :]]
            if room.takes_time(after):
                fits_time = True
                if room.takes_work(after):
                    return harder
        if fits_time:
            return None
    return None


def _kinds(
    item: Prescribed, spec: ExerciseSpec, levels: tuple[int, int]
) -> Iterator[list[Prescribed]]:
    """The kinds of step that are open, in their order, each with the whole step before its parts."""
    most = bounds(spec, item.variant, *levels)
    if item.reps and item.reps < most.reps:
        sizes = [size for size in REPS_STEPS if item.reps + size <= most.reps]
        yield [replace(item, reps=item.reps + size) for size in sizes]
    if item.hold_seconds and item.hold_seconds < most.hold:
        table = HOLD_STEPS if item.reps else STILL_STEPS
        sizes = [size for size in table if item.hold_seconds + size <= most.hold]
        yield [replace(item, hold_seconds=item.hold_seconds + size) for size in sizes]
    if item.sets < most.sets:
        yield list(_another_set(item))
    harder = _next_variant(item, spec, levels[0])
    if harder:
        yield [harder]


def _another_set(item: Prescribed) -> Iterator[Prescribed]:
    """One set more; split: one set more with fewer repetitions or a shorter hold in each."""
    more = replace(item, sets=item.sets + 1)
    yield more
    if item.reps:
        for reps in range(item.reps - 1, REPS_LEAST - 1, -1):
            smaller = replace(more, reps=reps)
            if moved(smaller) > moved(item):
                yield smaller
    elif item.hold_seconds:
        for hold in range(item.hold_seconds - 1, STILL_LEAST - 1, -1):
            smaller = replace(more, hold_seconds=hold)
            if moved(smaller) > moved(item):
                yield smaller


def _next_variant(item: Prescribed, spec: ExerciseSpec, level: int) -> Prescribed | None:
    """The next rung where the level allows it, begun with no more work than there was."""
    rung = RUNGS.index(spec.variant(item.variant).rung)
    if rung >= RUNGS.index(RUNG_AT_LEVEL[level]):
        return None
    above = [v for v in spec.variants if RUNGS.index(v.rung) == rung + 1]
    allowed = [v for v in above if v.key in item.allowed_variants]
    if not allowed:
        return None
    return _begun(item, spec, allowed[0], level)


def _begun(
    item: Prescribed, spec: ExerciseSpec, variant: VariantSpec, level: int
) -> Prescribed | None:
    dose = spec.dose(level, variant.key)
    if dose is None:
        return None
    new = replace(
        item,
        variant=variant.key,
        sets=min(item.sets, dose.sets),
        reps=_least(item.reps, dose.reps),
        hold_seconds=_least(item.hold_seconds, dose.hold_seconds),
        per_side=variant.per_side,
    )
    return no_more_than(item, new)


def no_more_than(old: Prescribed, new: Prescribed) -> Prescribed | None:
    """``new`` with so few sets, repetitions and seconds that it is no more work than ``old``."""
    while moved(new) > moved(old) or held(new) > held(old):
        if new.sets > 1:
            new = replace(new, sets=new.sets - 1)
        elif (new.reps or 0) > 1:
            new = replace(new, reps=(new.reps or 0) - 1)
        elif (new.hold_seconds or 0) > 1:
            new = replace(new, hold_seconds=(new.hold_seconds or 0) - 1)
        else:
            return None
    return new


def easier_variant(spec: ExerciseSpec, variant: str, allowed: Sequence[str]) -> VariantSpec | None:
    """The next easier allowed variant; None on the lowest rung.

    Among several, the nearest that is done in the same place: nobody has to get up from the floor.
    """
    now = spec.variant(variant)
    lower = [v for v in spec.variants if v.order < now.order and v.key in allowed]
    same_place = [v for v in lower if set(v.places) & set(now.places)]
    return next(reversed(same_place or lower), None)


def soften(item: Prescribed, spec: ExerciseSpec, level: int) -> Prescribed:
    """The exercise as a lower level has it, and never harder than it was."""
    variant = spec.variant(item.variant)
    while RUNGS.index(variant.rung) > RUNGS.index(RUNG_AT_LEVEL[level]):
        easier = easier_variant(spec, variant.key, item.allowed_variants)
        if easier is None:
            break
        variant = easier
    return at_most(item, spec, variant, level)


def at_most(item: Prescribed, spec: ExerciseSpec, variant: VariantSpec, level: int) -> Prescribed:
    """This variant at the level's dose, with no more of anything than before."""
    dose = spec.dose(level, variant.key)
    if dose is None:
        return item
    new = replace(
        item,
        variant=variant.key,
        sets=min(item.sets, dose.sets),
        reps=_least(item.reps, dose.reps),
        hold_seconds=_least(item.hold_seconds, dose.hold_seconds),
        rest_seconds=LEVELS[level].rest_seconds,
        per_side=variant.per_side,
    )
    return no_more_than(item, new) or new


def _least(now: int | None, dose: int | None) -> int | None:
    if now is None or dose is None:
        return dose
    return min(now, dose)


def step_back(item: Prescribed, spec: ExerciseSpec) -> Prescribed:
    """One step easier: fewer repetitions, then a shorter hold, then fewer sets, then an easier variant."""
    if item.reps and item.reps > REPS_LEAST:
        return replace(item, reps=max(REPS_LEAST, item.reps - REPS_BACK))
    back, least = (HOLD_BACK, HOLD_LEAST) if item.reps else (STILL_BACK, STILL_LEAST)
    if item.hold_seconds and item.hold_seconds > least:
        return replace(item, hold_seconds=max(least, item.hold_seconds - back))
    if item.sets > 1:
        return replace(item, sets=item.sets - 1)
    return one_variant_down(item, spec) or item


def one_variant_down(item: Prescribed, spec: ExerciseSpec) -> Prescribed | None:
    """The next easier allowed variant at its lowest dose, with no more sets; None on the lowest rung."""
    easier = easier_variant(spec, item.variant, item.allowed_variants)
    dose = spec.dose(0, easier.key) if easier else None
    if easier is None or dose is None:
        return None
    new = replace(
        item,
        variant=easier.key,
        reps=_least(item.reps, dose.reps),
        hold_seconds=_least(item.hold_seconds, dose.hold_seconds),
        per_side=easier.per_side,
    )
    return no_more_than(item, new) or new


def after_red(item: Prescribed, spec: ExerciseSpec) -> Prescribed | None:
    """The red zone: one variant easier with half the sets; on the lowest rung half the sets.

    None where one set of the easiest is all there was: it is left out of the next session.
    """
    easier = one_variant_down(item, spec)
    if easier is None and item.sets == 1:
        return None
    base = easier or item
    return replace(base, sets=min(base.sets, max(1, item.sets // 2)))


# What a change of dose is called; the latest one stands among an exercise's reasons.
STEP_REASONS = frozenset(
    ("progress", "regress", "red-zone", "level-down", "back-again", "reintroduce", "swap", "undo")
)


def explained(item: Prescribed, reason: Reason) -> Prescribed:
    """The exercise with ``reason`` as the latest word on its dose."""
    kept = tuple(old for old in item.reasons if old.rule not in STEP_REASONS)
    return replace(item, reasons=(*kept, reason))
