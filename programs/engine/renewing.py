"""The plan made anew: screening and conditions run again, and the standing program fitted to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from programs.engine.case import Case
from programs.engine.changing import add, to_level
from programs.engine.conditions import active_conditions, direction_of
from programs.engine.dosage import LEAST, choose_level
from programs.engine.facts import facts_now
from programs.engine.plan import lay_out
from programs.engine.progression import at_most
from programs.engine.rules import CONDITIONS, LEVELS, STRENGTH
from programs.engine.rules.adaptation import GAPS, STEPS
from programs.engine.selection import Usable, judge, rank
from programs.engine.showing import class_of, visible
from programs.engine.turn import Turn
from programs.engine.types import Level, Override, Prescribed, Reason


def make_anew(
    turn: Turn,
    reason: Reason,
    *,
    answers: Mapping[str, Any] | None = None,
    overrides: tuple[Override, ...] | None = None,
    caps_new_conditions: bool = False,
) -> None:
    """Runs screening and conditions again and fits the standing program to what they now allow."""
    case = turn.case
    before = set(case.base.active_conditions)
    turn.set(
        answers=dict(case.answers if answers is None else answers),
        overrides=case.overrides if overrides is None else overrides,
    )
    intake = facts_now(turn.case, turn.day)
    laid = lay_out(intake, turn.library, turn.case.overrides, "")
    turn.set(base=replace(laid, program=None))
    turn.why.setdefault("*", reason)
    turn.why.setdefault("flags", reason)
    if not turn.case.standing:
        if laid.program:
            turn.set(
                standing=laid.program.exercises,
                level=laid.program.level,
                level_since=turn.day,
                advice=laid.program.advice,
            )
        return
    usable = usable_now(turn)
    shown = case.plan.program.exercises if case.plan.program else ()
    barred = [item.slug for item in shown if item.slug not in usable]
    for slug in barred:
        turn.act("remove_exercise", reason, slug)
    turn.set(
        standing=tuple(
            _fitted(turn, item, usable[item.slug])
            for item in turn.case.standing
            if item.slug in usable
        ),
        out=tuple(out for out in turn.case.out if out.slug in usable),
    )
    if laid.program:
        turn.set(advice=laid.program.advice)
    new = set(laid.active_conditions) - before
    most = [ceiling_of(turn.case)]
    if caps_new_conditions:
        most += [CONDITIONS[key].start_cap for key in new]
    if turn.case.level > min(most):
        to_level(turn, min(most), reason)
        turn.act("level_down", reason)
    fill(turn, reason)


def usable_now(turn: Turn) -> dict[str, Usable]:
    """What the conditions leave, by slug; the same matrix check for every way into the program."""
    intake = facts_now(turn.case, turn.day)
    active = active_conditions(intake, direction_of(intake).direction)
    found = judge(intake, turn.library, active, turn.case.overrides)
    return {item.spec.slug: item for item in found.usable}


def _fitted(turn: Turn, item: Prescribed, usable: Usable) -> Prescribed:
    """The exercise within what is allowed now; another variant only where it has to be, and never more."""
    kept = tuple(r for r in item.reasons if r.rule.startswith("class-"))
    item = replace(
        item,
        allowed_variants=usable.variants,
        flags=usable.flags,
        reasons=(
            *kept,
            *usable.reasons,
            *(
                r
                for r in item.reasons
                if r not in kept and r.rule not in CONDITIONS and r.rule != "override"
            ),
        ),
    )
    if item.variant in usable.variants:
        return item
    spec = usable.spec
    order = spec.variant(item.variant).order
    lower = [v for v in spec.variants if v.key in usable.variants and v.order < order]
    allowed = [v for v in spec.variants if v.key in usable.variants]
    return at_most(item, spec, lower[-1] if lower else allowed[0], min(turn.case.level, 1))


def ceiling_of(case: Case) -> int:
    """The highest level without a therapist's release: 2 with a CAUTION, 1 for three conditions."""
    if "ceiling" in case.released:
        return max(LEVELS)
    most = [CONDITIONS[key].ceiling for key in case.base.active_conditions]
    if case.base.triage.level >= Level.CAUTION:
        most.append(2)
    return min([max(LEVELS), *most])


def fill(turn: Turn, reason: Reason) -> None:
    """Three exercises at least, one of them for strength, as far as usable ones are left."""
    case = turn.case
    if not _lacks(case):
        return
    out = {item.slug for item in case.out}
    usable = [item for slug, item in usable_now(turn).items() if slug not in out]
    for entry in rank(usable, class_of(case.base)):
        now = {item.slug for item in visible(turn.case)}
        if entry.slug in now or not _lacks(turn.case):
            continue
        if len(now) < LEAST or entry.slug in STRENGTH:
            add(turn, entry.item, replace(reason, rule="back-again", text=FILLED))


def fill_up(turn: Turn) -> None:
    """After a rule took an exercise out: another takes its place where too few would be left.

    Without it somebody with three exercises would have none after the first that hurt, and could never
    have the good weeks that bring one back. Where one after the other hurts, a therapist plans.
    """
    case = turn.case
    hurt = [out for out in case.out if out.rule in HURT]
    if case.standing and len(hurt) < STEPS.most_out and not (case.is_locked or case.pause):
        fill(turn, Reason("back-again", FILLED))


# Rules that leave an exercise out because of what it did.
HURT = ("E13", "E4", "leg-rule")


def _lacks(case: Case) -> bool:
    now = {item.slug for item in visible(case)}
    return len(now) < LEAST or not now & set(STRENGTH)


FILLED = "It takes the place of one that we left out: a first set, to see how it feels."


def restart_level(turn: Turn) -> int:
    """Where somebody starts again after more than 28 days: Foundation, or Gentle by rule (decision 34)."""
    intake = facts_now(turn.case, turn.day)
    history = {"days_since_last_session": GAPS.restart_after + 1, "rescreened": True}
    choice = choose_level(
        replace(intake, history=history), turn.case.base.active_conditions, turn.case.base.triage
    )
    return choice.level
