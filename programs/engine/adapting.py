"""The program that listens: one event in, the new case and what was decided out.

Pure and deterministic: the date comes with the event, the library is a parameter, and the same events
give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from programs.engine.alerting import alert
from programs.engine.case import Case, Decision, Lighter
from programs.engine.changing import log_work
from programs.engine.check_in import begin_check_in, finish_check_in
from programs.engine.correcting import hear_correction
from programs.engine.dials import DIALS
from programs.engine.diary import hear_diary, is_log
from programs.engine.differences import changes_between, same_plan
from programs.engine.events import check_event
from programs.engine.flare import hear_flare
from programs.engine.gaps import come_back
from programs.engine.intake import read_intake
from programs.engine.locks import hear_assessed, hear_screening, hear_symptoms, hear_weak_leg
from programs.engine.output import canonical
from programs.engine.passing import diary_passes, outs_pass, started, time_passes
from programs.engine.plan import make_plan
from programs.engine.progression import work_of
from programs.engine.reacting import hear_hurt, hear_next_morning, hear_session
from programs.engine.renewing import fill_up
from programs.engine.rules.adaptation import ADAPTATION
from programs.engine.showing import show
from programs.engine.stepping import judge_steps
from programs.engine.turn import ORDER, Turn
from programs.engine.types import Intake, Library, Override, Plan
from programs.engine.watching import time_watch, watch
from programs.engine.words import TOO_FEW

MOST_WEEKS_BEFORE = 520


def begin(
    intake: Intake,
    library: Library,
    *,
    overrides: Sequence[Override] = (),
    start: Mapping[str, Any] | None = None,
) -> Case:
    """The first plan and an empty history.

    ``start`` is for somebody already in a program: ``level``, ``week``, ``baseline_average_pain``.
    """
    start = start or {}
    if "level" in start:
        history = {**(intake.history or {}), "level": int(start["level"])}
        intake = read_intake({**intake.raw, "history": history})
    plan = make_plan(intake, library, overrides)
    weeks = min(int(start.get("week", 1)) - 1, MOST_WEEKS_BEFORE)
    already = weeks if "level" in start else 0
    case = Case(
        adaptation=ADAPTATION,
        chain=plan.digest,
        began=intake.today,
        today=intake.today,
        weeks_before=weeks,
        answers={key: value for key, value in intake.raw.items() if key != "history"},
        overrides=tuple(overrides),
        plan=plan,
        base=replace(plan, program=None),
        level=plan.program.level if plan.program else 0,
        level_since=date.fromordinal(max(1, intake.today.toordinal() - 7 * already)),
        standing=plan.program.exercises if plan.program else (),
        baseline=start.get("baseline_average_pain"),
        first_pain=float(intake.pain_average),
        advice=plan.program.advice if plan.program else (),
        told=intake.today,
        told_weeks=intake.today,
        screened=intake.today,
    )
    return started(case)


def advance(case: Case, event: Mapping[str, Any], library: Library) -> tuple[Case, Decision]:
    """The case after ``event``, and what was decided. Raises ``EventFaults`` for a malformed event."""
    check_event(event, case.today)
    day = date.fromisoformat(event["date"])
    before = case.plan
    turn = Turn(replace(case, today=day, chain=_link(case.chain, event)), event, library, day)
    time_passes(turn, since=case.today)
    _hear(turn)
    if "remove_exercise" in turn.actions:
        fill_up(turn)
    time_watch(turn)
    log_work(turn)
    _show(turn, before)
    actions = turn.actions - {"stepped"} or {"none"}
    ordered = tuple(action for action in ORDER if action in actions)
    decision = Decision(
        date=day,
        actions=ordered,
        action=ordered[0],
        level_after=turn.case.level,
        changes=tuple(changes_between(before, turn.case.plan, turn)),
        alerts=tuple(turn.alerts),
        triage=turn.triage,
        reasons=tuple(turn.reasons),
    )
    return turn.case, decision


def _hear(turn: Turn) -> None:
    """Safety first: signs, then what happened, then what it means over time, then steps."""
    kind = turn.event["kind"]
    if kind in DIALS:
        DIALS[kind](turn)
        return
    answered = "go"
    if kind == "corrected":
        answered = hear_correction(turn)
    else:
        hear_diary(turn)
    hear_screening(turn)
    hear_symptoms(turn)
    hear_weak_leg(turn)
    if kind in HEARD:
        HEARD[kind](turn)
    if kind == "assessed":
        outs_pass(turn)
    hear_next_morning(turn, answered)
    if kind == "check_in":
        begin_check_in(turn)
    hear_flare(turn)
    watch(turn)
    diary_passes(turn)
    _go_on(turn, kind)


# What a kind of event brings beside what every event may tell.
HEARD: dict[str, Callable[[Turn], None]] = {
    "assessed": hear_assessed,
    "session": hear_session,
    "hurt": hear_hurt,
}


def _go_on(turn: Turn, kind: str) -> None:
    """What it means for the next sessions. A correction alone brings no step."""
    if kind == "gap":
        come_back(turn)
    if kind in ("session", "next_morning", "check_in"):
        judge_steps(turn)
    if kind == "check_in":
        finish_check_in(turn)
    if is_log(turn.event):
        turn.set(last_log=turn.day)


def _show(turn: Turn, before: Plan) -> None:
    """Renews the shown plan and its digest only where it has changed."""
    plan = show(turn.case, turn.library, turn.day)
    is_made_easier = turn.actions & EASIER and turn.event["kind"] != "undo"
    share = _too_much(before, plan) if is_made_easier else None
    if share is not None:
        # On top of what makes it lighter already.
        now = min((item.share for item in turn.case.lighter), default=1.0)
        lighter = Lighter("regress", share * now, 1, turn.day)
        turn.set(lighter=(*turn.case.lighter, lighter))
        plan = show(turn.case, turn.library, turn.day)
    if before.program and plan.program is None and TOO_FEW in plan.extra_reasons:
        # Nobody's sessions end without somebody being told.
        alert(turn, "E13", priority="P2", detail="too few are left, so the sessions have stopped")
    if same_plan(plan, before):
        turn.set(plan=before)
    else:
        turn.set(plan=replace(plan, digest=turn.case.chain))


# After one of these the next session is never more work than the one before, whatever ends meanwhile. A
# step that the person takes back comes back as it was: a longer hold may count as more work than a lift.
EASIER = frozenset({"flare_plan", "level_down", "remove_exercise", "regress"})


def _too_much(before: Plan, after: Plan) -> float | None:
    """The share that makes the next session as much work as the last one; None where it is no more.

    Exercises that rested for one session come back by their own rule and are not compared.
    """
    if before.program is None or after.program is None:
        return None
    was = {item.slug: item for item in before.program.exercises}
    both = [item for item in after.program.exercises if item.slug in was]
    old, new = work_of([was[item.slug] for item in both])[0], work_of(both)[0]
    return old / new if new > old else None


def _link(chain: str, event: Mapping[str, Any]) -> str:
    """The digest of the way so far and this event."""
    text = f"{ADAPTATION}{chain}{canonical(event)}"
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
