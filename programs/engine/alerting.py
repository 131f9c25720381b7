"""Alerts: one open a rule; severity may rise, never silently fall; no later answer closes one."""

from __future__ import annotations

from programs.engine.case import Escalation, Hold, OpenAlert
from programs.engine.rules.escalations import ESCALATIONS, PRIORITIES
from programs.engine.turn import Turn
from programs.engine.types import Reason


def alert(
    turn: Turn,
    rule: str,
    *,
    priority: str | None = None,
    detail: str = "",
    patient: str | None = None,
    program: str | None = None,
) -> None:
    """Opens the rule's alert, or raises it where it is open at a lower priority; else says nothing new."""
    row = ESCALATIONS[rule]
    level = priority or row.priority
    is_open = next((item for item in turn.case.alerts if item.rule == rule), None)
    if is_open and PRIORITIES.index(is_open.priority) <= PRIORITIES.index(level):
        return
    others = tuple(item for item in turn.case.alerts if item.rule != rule)
    since = is_open.since if is_open else turn.day
    turn.set(alerts=(*others, OpenAlert(rule, level, since)))
    text = row.patient if patient is None else patient
    therapist = row.therapist.format(detail=detail or "see the diary")
    turn.alerts.append(Escalation(rule, level, text, therapist, program or row.program))


def reason_of(rule: str, *because: str, change: str = "The next check-in, or a review.") -> Reason:
    """The rule's sentence for the person, as a reason."""
    return Reason(rule, ESCALATIONS[rule].patient, because, None, change)


def hold(turn: Turn, rule: str, *because: str) -> None:
    """Nothing gets harder until the next check-in or a review (decisions on pauses)."""
    others = tuple(item for item in turn.case.holds if item.rule != rule)
    turn.set(holds=(*others, Hold(rule, turn.day)))
    turn.act("hold", reason_of(rule, *because))


def close_alerts(turn: Turn, rules: set[str]) -> None:
    """Only what a person with a name has looked at is closed."""
    turn.set(alerts=tuple(item for item in turn.case.alerts if item.rule not in rules))


def end_holds(turn: Turn, *, made_before_today: bool) -> None:
    """Holds end at the next check-in, or with a review."""
    day = turn.day
    kept = [item for item in turn.case.holds if made_before_today and item.since >= day]
    turn.set(holds=tuple(kept))
