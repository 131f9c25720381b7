"""A plan as the contract's JSON, in one canonical form."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from programs.engine.case import Decision
from programs.engine.rules import RULE_SET
from programs.engine.types import Intake, LeftOut, Library, Plan, Prescribed, Program, Reason


def canonical(value: Any) -> str:
    """JSON with sorted keys and without white space: the same value is always the same text."""
    return json.dumps(value, sort_keys=True, allow_nan=False, separators=(",", ":"))


def digest_of(intake: Intake, library: Library, overrides: list[dict[str, Any]]) -> str:
    """``sha256:…`` over intake, library, overrides and rule set in canonical form."""
    parts = {
        "intake": intake.raw,
        "library": library.to_json(),
        "overrides": overrides,
        "rule_set": RULE_SET,
    }
    return "sha256:" + hashlib.sha256(canonical(parts).encode()).hexdigest()


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """The plan in the shape of the contract's plan schema."""
    triage = plan.triage
    return {
        "rule_set": plan.rule_set,
        "digest": plan.digest,
        "triage": {
            "level": triage.level.key,
            "act_within": triage.act_within,
            "ok_first": triage.ok_first,
            "not_cleared": list(triage.not_cleared),
            "reasons": [_reason(item) for item in (*triage.reasons, *plan.extra_reasons)],
        },
        "active_conditions": list(plan.active_conditions),
        "direction": plan.direction,
        "emphasis": plan.emphasis,
        "program": _program(plan.program) if plan.program else None,
        "excluded": [_left_out(item) for item in plan.excluded],
        "not_chosen": [_left_out(item) for item in plan.not_chosen],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "because": list(reason.because),
        "text": reason.text,
        "source": reason.source,
        "would_change_if": reason.would_change_if,
    }


def _left_out(item: LeftOut) -> dict[str, Any]:
    return {"slug": item.slug, "reasons": [_reason(reason) for reason in item.reasons]}


def _prescribed(item: Prescribed) -> dict[str, Any]:
    return {
        "slug": item.slug,
        "variant": item.variant,
        "allowed_variants": list(item.allowed_variants),
        "sets": item.sets,
        "reps": item.reps,
        "hold_seconds": item.hold_seconds,
        "rest_seconds": item.rest_seconds,
        "per_side": item.per_side,
        "minutes": round(item.seconds / 60, 1),
        "flags": list(item.flags),
        "reasons": [_reason(reason) for reason in item.reasons],
    }


def _program(program: Program) -> dict[str, Any]:
    slugs = [item.slug for item in program.exercises]
    return {
        "level": program.level,
        "sessions_per_week": program.sessions_per_week,
        "days": list(program.days),
        "minutes": program.minutes,
        "therapist_review": program.therapist_review,
        "needs_another_day": program.needs_another_day,
        "exercises": [_prescribed(item) for item in program.exercises],
        "first_week": [{"date": day.isoformat(), "exercises": slugs} for day in program.first_week],
        "advice": [_reason(item) for item in program.advice],
    }


def decision_as_json(decision: Decision, index: int) -> dict[str, Any]:
    """A decision in the contract's shape; ``index`` is the event's place in the diary."""
    return {
        "date": decision.date.isoformat(),
        "event": index,
        "actions": list(decision.actions),
        "action": decision.action,
        "level_after": decision.level_after,
        "changes": [
            {
                "slug": item.slug,
                "what": item.what,
                "from": item.before,
                "to": item.after,
                "harder": item.harder,
                "reason": _reason(item.reason),
            }
            for item in decision.changes
        ],
        "alerts": [
            {
                "rule": item.rule,
                "priority": item.priority,
                "patient_text": item.patient_text,
                "therapist_text": item.therapist_text,
                "program": item.program,
            }
            for item in decision.alerts
        ],
        "triage": decision.triage,
        "reasons": [_reason(item) for item in decision.reasons],
    }
