"""Changes to the standing program: a dose, a level, an exercise out or in, the plan made anew.

Each names its reason, so that nothing ever changes in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from programs.engine.case import Case, Out, Raise, Work
from programs.engine.dosage import prescribe
from programs.engine.progression import (
    at_most,
    easier_variant,
    explained,
    soften,
    step_back,
    work_of,
)
from programs.engine.rules import LEVELS
from programs.engine.selection import Usable, rank
from programs.engine.showing import class_of, is_deload, visible
from programs.engine.turn import Turn
from programs.engine.types import Prescribed, Reason


def put(turn: Turn, item: Prescribed, reason: Reason) -> None:
    """Takes ``item`` in place of the exercise of that name."""
    new = explained(item, reason)
    turn.set(standing=tuple(new if old.slug == item.slug else old for old in turn.case.standing))
    turn.why[item.slug] = reason


def in_standing(case: Case, slug: str) -> Prescribed | None:
    return next((item for item in case.standing if item.slug == slug), None)


def as_shown(case: Case, item: Prescribed) -> Prescribed:
    """The exercise with no more than what the person is asked to do now: minutes may have trimmed it."""
    shown = case.plan.program.exercises if case.plan.program else ()
    now = next((i for i in shown if (i.slug, i.variant) == (item.slug, item.variant)), item)
    return replace(item, sets=now.sets, reps=now.reps, hold_seconds=now.hold_seconds)


# Why an exercise is left out, the mildest first: what time alone ends, a test, a professional.
STRICTNESS = ("swap", "undo", "red-zone", "next-day", "E13", "E4", "leg-rule")


def take_out(turn: Turn, slug: str, reason: Reason, *, days: int | None = None) -> bool:
    """Leaves an exercise out, for some days or until it is tested again.

    False if it is not in, or out already by a rule that is no milder.
    """
    case = turn.case
    was = next((item for item in case.out if item.slug == slug), None)
    is_in = in_standing(case, slug) is not None
    if not is_in or (was and STRICTNESS.index(was.rule) >= STRICTNESS.index(reason.rule)):
        return False
    until = None if days is None else turn.day + timedelta(days=days)
    others = tuple(item for item in case.out if item is not was)
    turn.set(
        out=(*others, Out(slug, reason.rule, turn.day, until)),
        raises=tuple(item for item in case.raises if item.slug != slug),
    )
    turn.act("remove_exercise", reason, slug)
    turn.why[slug] = reason
    return True


def take_back_in(turn: Turn, slug: str, reason: Reason) -> None:
    """An exercise comes back with a first set at the lowest dose, which is not counted as a rise."""
    case, item = turn.case, in_standing(turn.case, slug)
    turn.set(out=tuple(out for out in case.out if out.slug != slug))
    if item is None:
        return
    put(turn, first_set(turn, item), reason)
    _allow_for(turn, slug)


def first_set(turn: Turn, item: Prescribed) -> Prescribed:
    """One set at the dose of level 0, in the easiest way."""
    spec = turn.library.exercise(item.slug)
    variant = spec.variant(item.variant)
    while easier := easier_variant(spec, variant.key, item.allowed_variants):
        variant = easier
    lowest = at_most(item, spec, variant, 0)
    return replace(lowest, sets=1, rest_seconds=LEVELS[turn.case.level].rest_seconds)


def add(turn: Turn, usable: Usable, reason: Reason) -> None:
    """A new exercise with a first set at the lowest dose."""
    case = turn.case
    entry = next(e for e in rank([usable], class_of(case.base)))
    item = explained(first_set(turn, prescribe(turn.intake, entry, 0, class_of(case.base))), reason)
    kept = tuple(old for old in case.standing if old.slug != item.slug)
    turn.set(standing=(*kept, item), out=tuple(o for o in case.out if o.slug != item.slug))
    turn.why[item.slug] = reason
    _allow_for(turn, item.slug)


def _allow_for(turn: Turn, slug: str) -> None:
    """A first set after leave-out, gap or flare is not counted as a rise (decision 26)."""
    item = in_standing(turn.case, slug)
    if item is not None:
        more, longer = work_of([item])
        turn.set(
            works=tuple(
                replace(old, moved=old.moved + more, held=old.held + longer)
                for old in turn.case.works
            )
        )


def log_work(turn: Turn) -> None:
    """Keeps what a usual session is worth, for the bound on its rise."""
    now_moved, now_held = work_of(visible(turn.case))
    works = turn.case.works
    if not works or (works[-1].moved, works[-1].held) != (now_moved, now_held):
        turn.set(works=(*works[-40:], Work(turn.day, now_moved, now_held)))


def level_down(turn: Turn, reason: Reason) -> None:
    """One level down; at Gentle every exercise takes a step back. Once an event, however many rules ask."""
    if {"level_down", "stepped"} & turn.actions:
        return
    case = turn.case
    if case.level == 0:
        step_all_back(turn, [item.slug for item in visible(case)], reason)
        turn.actions.add("stepped")
        return
    to_level(turn, case.level - 1, reason)
    turn.act("level_down", reason)


def to_level(turn: Turn, level: int, reason: Reason) -> None:
    """Another, lower level: every exercise as that level has it, never harder than it was."""
    library = turn.library
    turn.set(
        level=level,
        level_since=turn.day,
        standing=tuple(
            explained(soften(item, library.exercise(item.slug), level), reason)
            for item in turn.case.standing
        ),
        raises=(),
    )
    start_counting_anew(turn)
    turn.why["level"] = reason


def step_all_back(turn: Turn, slugs: Sequence[str], reason: Reason) -> None:
    """One step back for each of these exercises; the latest step up is undone first."""
    for slug in slugs:
        item = in_standing(turn.case, slug)
        if item is not None:
            put(turn, _back(turn, item), reason)
    start_counting_anew(turn)
    turn.act("regress", reason)


def _back(turn: Turn, item: Prescribed) -> Prescribed:
    case = turn.case
    last = next((step for step in reversed(case.raises) if step.slug == item.slug), None)
    if last and last.before and last.before.variant in item.allowed_variants:
        turn.set(raises=tuple(step for step in case.raises if step is not last))
        return replace(
            item,
            variant=last.before.variant,
            sets=min(item.sets, last.before.sets),
            reps=last.before.reps,
            hold_seconds=last.before.hold_seconds,
            per_side=last.before.per_side,
        )
    if not (case.lighter or case.flare or is_deload(case, turn.day)):
        item = as_shown(case, item)
    return step_back(item, turn.library.exercise(item.slug))


def start_counting_anew(turn: Turn) -> None:
    """The sessions so far have had their effect: the next three decide about the next step."""
    last = turn.case.sessions[-1].number if turn.case.sessions else 0
    turn.set(fresh_from=last + 1)


def raised(turn: Turn, slug: str, before: Prescribed | None) -> None:
    turn.set(raises=(*turn.case.raises[-20:], Raise(turn.day, slug, before)))
    turn.raised.add(slug)
