"""The program that listens: one event in, the new case and what was decided out.

Pure and deterministic: the date comes with the event, the library is a parameter, and the same events
give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from programs.engine.case import Case, Decision
from programs.engine.events import check_event
from programs.engine.intake import read_intake
from programs.engine.output import canonical
from programs.engine.plan import make_plan
from programs.engine.rules.adaptation import ADAPTATION
from programs.engine.turn import ORDER, Turn
from programs.engine.types import Intake, Library, Override


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
    return Case(
        adaptation=ADAPTATION,
        chain=plan.digest,
        began=intake.today,
        today=intake.today,
        weeks_before=int(start.get("week", 1)) - 1,
        answers={key: value for key, value in intake.raw.items() if key != "history"},
        overrides=tuple(overrides),
        plan=plan,
        base=replace(plan, program=None),
        level=plan.program.level if plan.program else 0,
        level_since=intake.today,
        standing=plan.program.exercises if plan.program else (),
        baseline=start.get("baseline_average_pain"),
        first_pain=float(intake.pain_average),
    )


def advance(case: Case, event: Mapping[str, Any], library: Library) -> tuple[Case, Decision]:
    """The case after ``event``, and what was decided. Raises ``EventFaults`` for a malformed event."""
    check_event(event, case.today)
    day = date.fromisoformat(event["date"])
    turn = Turn(replace(case, today=day, chain=_link(case.chain, event)), event, library, day)
    actions = turn.actions or {"none"}
    ordered = tuple(action for action in ORDER if action in actions)
    decision = Decision(
        date=day,
        actions=ordered,
        action=ordered[0],
        level_after=turn.case.level,
        changes=(),
        alerts=tuple(turn.alerts),
        triage=turn.triage,
        reasons=tuple(turn.reasons),
    )
    return turn.case, decision


def _link(chain: str, event: Mapping[str, Any]) -> str:
    """The digest of the way so far and this event."""
    return "sha256:" + hashlib.sha256(f"{chain}{canonical(event)}".encode()).hexdigest()
