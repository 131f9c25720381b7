"""Whether a plan in a file has the shape that the pages rely on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from programs.engine import Case
from programs.models import TriageLevel

NEEDED: dict[str, dict[str, type | tuple[type, ...]]] = {
    "plan": {"triage": dict, "program": (dict, type(None)), "excluded": list, "not_chosen": list},
    "triage": {"level": str, "not_cleared": list, "ok_first": (str, type(None))},
    "program": {
        "days": list,
        "minutes": (int, float),
        "level": int,
        "exercises": list,
        "advice": list,
    },
    "exercise": {"slug": str, "variant": str, "sets": int, "reasons": list, "flags": list},
}


def plan_faults(table: str, row: Mapping[str, Any]) -> Iterator[str]:
    """What is missing in a program version's plan, or in where a program stands, by its path."""
    if table == "program" and row.get("case"):
        yield from _case_faults(row["case"])
    if table == "program_version":
        yield from _plan_faults(row.get("output"))


def _case_faults(case: Any) -> Iterator[str]:
    try:
        Case.from_json(case)
    except (AttributeError, KeyError, TypeError, ValueError):
        yield "case: does not fit."


def _plan_faults(plan: Any) -> Iterator[str]:
    yield from _missing("plan", plan, "output")
    if isinstance(plan, dict):
        yield from _inner(plan)


def _inner(plan: Mapping[str, Any]) -> Iterator[str]:
    triage, program = plan.get("triage"), plan.get("program")
    yield from _missing("triage", triage, "output.triage")
    if isinstance(triage, dict) and triage.get("level") not in TriageLevel.values:
        yield "output.triage.level: does not fit."
    if isinstance(program, dict):
        yield from _missing("program", program, "output.program")
        exercises = program.get("exercises")
        for place, item in enumerate(exercises if isinstance(exercises, list) else []):
            yield from _missing("exercise", item, f"output.program.exercises[{place}]")


def _missing(kind: str, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: does not fit."
        return
    for name, types in NEEDED[kind].items():
        if name not in value or not isinstance(value[name], types):
            yield f"{path}.{name}: does not fit."
