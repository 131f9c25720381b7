"""Reads what happened: the diary events of the contract, and the further kinds that only the app sends.

Every fault is named with its path and with what is allowed there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from programs.engine.conditions import TICKS
from programs.engine.intake import Fault, faults_in
from programs.engine.rules.escalations import TOLD_IN_SESSION
from programs.engine.shape import INTAKE

SCREENING: Final = INTAKE["properties"]["screening"]
CONDITIONS: Final = tuple(INTAKE["properties"]["conditions"]["items"]["enum"])
# A key of the matrix told in place of its tick.
TICK_OF: Final = {key: tick for tick, key in reversed(TICKS)} | {tick: tick for tick in CONDITIONS}

SCORE: Final = {"type": "integer", "minimum": 0, "maximum": 10}
AVERAGE: Final = {"type": "number", "minimum": 0, "maximum": 10}
DATE: Final = {"type": "string", "format": "date"}
YES_NO: Final = {"type": "boolean"}
TEXT: Final = {"type": "string", "maxLength": 2000}
NAMES: Final = {"type": "array", "items": {"type": "string"}}
KINDS: Final = (
    "session",
    "next_morning",
    "pain",
    "check_in",
    "screening",
    "measure",
    "gap",
    "assessed",
)
SYMPTOMS: Final = (
    "chest_tightness",
    "breathless",
    "faint",
    "dizzy",
    "fall",
    "doming",
    "leaking",
    "heaviness",
)
MEASURES: Final = ("psfs", "peg", "rmdq", "overall_change")

EVENT: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date", "kind"],
    "properties": {
        "date": DATE,
        "kind": {"enum": list(KINDS)},
        "completed_fraction": {"type": "number", "minimum": 0, "maximum": 1},
        "pain_before": SCORE,
        "pain_during": SCORE,
        "pain_after": SCORE,
        "pain_next_morning": SCORE,
        "effort": SCORE,
        "exercises": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["slug"],
                "properties": {
                    "slug": {"type": "string"},
                    "pain_during": SCORE,
                    "leg_spread": YES_NO,
                    "skipped": YES_NO,
                },
            },
        },
        "average_pain": AVERAGE,
        "leg_symptoms_moved": {"enum": ["no", "up", "further_down"]},
        "screening": SCREENING,
        "poor_sleep_from_pain": YES_NO,
        "cannot_do_daily_tasks": YES_NO,
        "symptoms": {"type": "array", "items": {"enum": list(SYMPTOMS)}},
        "measure": {
            "type": "object",
            "properties": {"name": {"enum": list(MEASURES)}, "score": {"type": "number"}},
        },
        "lifts": NAMES,
        "text": TEXT,
        "new_conditions": NAMES,
    },
}

# What only the app sends: further kinds and what each needs.
APP_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "tick": (),
    "undo": ("slug",),
    "swap": ("slug", "to"),
    "days": ("days",),
    "pause": ("reason",),
    "resume": (),
    "flare": (),
    "override": ("slug", "condition", "variants", "by", "why", "until"),
    "intake": ("intake",),
    "library": (),
    "hurt": ("exercises",),
    "closed": ("rule",),
    "corrected": ("of",),
    "lighter_week": (),
}
# A session's buttons name several signs in one.
BUTTONS: Final = tuple(TOLD_IN_SESSION)
# What says nothing of its own: its name, and the days that it is told on and for.
FRAME: Final = frozenset(("date", "kind", "id", "of", "on"))
# Of an exercise the app also tells a sharp pain: red, whatever its number.
HURT: Final = EVENT["properties"]["exercises"]["items"]["properties"] | {"sharp": YES_NO}
BARRIERS: Final = (
    "time",
    "pain",
    "forgot",
    "too_hard",
    "too_easy",
    "bored",
    "unsure",
    "other",
    "none",
)
APP_EVENT: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date", "kind"],
    "properties": EVENT["properties"]
    | {
        "kind": {"enum": [*KINDS, *APP_KINDS]},
        "exercises": {
            "type": "array",
            "items": EVENT["properties"]["exercises"]["items"] | {"properties": HURT},
        },
        "symptoms": {"type": "array", "items": {"enum": [*SYMPTOMS, *BUTTONS]}},
        # Which input this is, which earlier one it is about, and the day that it tells of.
        "id": {"type": "string", "maxLength": 80},
        "of": {"type": "string", "maxLength": 80},
        "on": DATE,
        "none_new": YES_NO,
        "ends": YES_NO,
        "rule": {"type": "string"},
        "slug": {"type": "string"},
        "to": {"type": "string"},
        "days": INTAKE["properties"]["days"],
        "minutes": INTAKE["properties"]["minutes"],
        "reason": {"enum": ["illness", "holiday", "flare", "other"]},
        "until": DATE,
        "condition": {"type": "string"},
        "variants": {"type": "array", "items": {"type": "string"}},
        "by": {"type": "string", "maxLength": 120},
        "record": {"enum": ["assessment", "permission", "contact"]},
        "why": TEXT,
        "intake": {"type": "object"},
        "feeling": {"enum": ["better", "same", "worse"]},
        "barrier": {"enum": list(BARRIERS)},
        "goal_rating": SCORE,
        "sessions_wanted": {"enum": [2, 3]},
        "now": SCORE,
        "worst": SCORE,
        "baseline_average_pain": AVERAGE,
    },
}
ASSESSORS: Final = ("therapist", "doctor", "maternity_team", "surgeon", "self")
LAST_YEAR: Final = 9998


class EventFaults(ValueError):
    """The event cannot be read. ``faults`` names every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def check_event(event: Any, since: date) -> None:
    """Raises ``EventFaults`` unless ``event`` is one of the app's, dated ``since`` or later."""
    faults = faults_in(event, APP_EVENT)
    if not faults:
        faults = list(_missing(event))
    if not faults and date.fromisoformat(event["date"]) < since:
        faults = [Fault("date", f"must be {since.isoformat()} or later")]
    if not faults and int(event["date"][:4]) > LAST_YEAR:
        faults = [Fault("date", f"must not be after {LAST_YEAR}")]
    if not faults and event.get("on", event["date"]) > event["date"]:
        faults = [Fault("on", f"must be {event['date']} or earlier")]
    if faults:
        raise EventFaults(faults)


def _missing(event: Mapping[str, Any]) -> Iterator[Fault]:
    for key in APP_KINDS.get(event["kind"], ()):
        if key not in event:
            yield Fault(key, f"is missing; {event['kind']} needs it")
    if event["kind"] == "assessed" and event.get("by", "doctor") not in ASSESSORS:
        yield Fault("by", f"must be one of {', '.join(ASSESSORS)}")
    if event["kind"] == "intake":
        yield from faults_in(event["intake"], INTAKE, "intake")


def case_faults(data: Any) -> list[Fault]:
    """Where a diary case does not fit the contract: shapes first, then the order of the dates."""
    if not isinstance(data, dict):
        return [Fault("case", "must be an object")]
    faults = faults_in(data, CASE)
    if faults:
        return faults
    earliest, before = data["intake"]["today"], "intake.today"
    for index, event in enumerate(data["events"]):
        if event["date"] < earliest:
            faults.append(Fault(f"events[{index}].date", f"must be {earliest} or later ({before})"))
        else:
            earliest, before = event["date"], f"events[{index}].date"
    if int(earliest[:4]) > LAST_YEAR:
        faults.append(Fault(before, f"must not be after {LAST_YEAR}"))
    return faults


CASE: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["intake", "events"],
    "properties": {
        "intake": INTAKE,
        "start": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "level": {"type": "integer", "minimum": 0, "maximum": 3},
                "week": {"type": "integer", "minimum": 1},
                "baseline_average_pain": AVERAGE,
            },
        },
        "events": {"type": "array", "items": EVENT},
    },
}
