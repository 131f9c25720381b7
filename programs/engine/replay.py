"""The whole way again: an intake and its events in order give the same plans, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from programs.engine.adapting import advance, begin
from programs.engine.case import Case, Decision
from programs.engine.events import EventFaults, case_faults
from programs.engine.intake import Fault, read_intake
from programs.engine.output import decision_as_json, plan_as_json
from programs.engine.types import Intake, Library, Override


def replay(
    intake: Intake,
    events: Iterable[Mapping[str, Any]],
    library: Library,
    *,
    start: Mapping[str, Any] | None = None,
    overrides: Sequence[Override] = (),
) -> tuple[Case, list[Decision]]:
    """The case after all events, and each decision on the way."""
    case = begin(intake, library, overrides=overrides, start=start)
    decisions = []
    for event in events:
        case, decision = advance(case, event, library)
        decisions.append(decision)
    return case, decisions


def replay_diary(data: Any, library: Library) -> dict[str, Any]:
    """What the contract's diary case leads to. Raises ``EventFaults`` with every fault of the file."""
    faults = case_faults(data)
    if faults:
        raise EventFaults(faults)
    first = case = begin(read_intake(data["intake"]), library, start=data.get("start"))
    decisions = []
    for index, event in enumerate(data["events"]):
        try:
            case, decision = advance(case, event, library)
        except EventFaults as error:
            raise EventFaults(
                [Fault(f"events[{index}].{item.path}", item.message) for item in error.faults]
            ) from error
        decisions.append(decision_as_json(decision, index))
    return {
        "plan": plan_as_json(first.plan),
        "decisions": decisions,
        "final_plan": plan_as_json(case.plan),
    }
