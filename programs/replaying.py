"""A program made again from what is stored: inputs, events and the pinned libraries, byte for byte."""

from __future__ import annotations

import json
from dataclasses import dataclass

from programs.engine import (
    Case,
    advance,
    begin,
    canonical,
    decision_as_json,
    plan_as_json,
    read_intake,
)
from programs.models import Program
from programs.stock import library_of


@dataclass(frozen=True, slots=True)
class Replay:
    """How many versions and events came out the same, and the first difference; empty where there is none."""

    versions: int
    events: int
    difference: str = ""


class Differs(Exception):
    """Something came out otherwise than it is stored."""


def replay_program(program: Program) -> Replay:
    """Begins from the first version's inputs and takes every event again, each on its own library."""
    counts = {"versions": 0, "events": 0}
    try:
        _replay(program, counts)
    except Differs as difference:
        return Replay(counts["versions"], counts["events"], str(difference))
    return Replay(counts["versions"], counts["events"])


def _replay(program: Program, counts: dict[str, int]) -> None:
    versions = list(program.versions.select_related("library").order_by("number"))
    if not versions:
        raise Differs("no version is stored")
    first = versions[0]
    case = begin(read_intake(first.intake), library_of(first.library))
    _same("version 1", _printed(case), first.output)
    counts["versions"] = 1
    made = {version.at_event: version for version in versions[1:]}
    for event in program.events.select_related("library").order_by("seq"):
        case, decision = advance(case, event.event, library_of(event.library))
        _same(
            f"event {event.seq}",
            canonical(decision_as_json(decision, event.seq)),
            event.decision,
        )
        counts["events"] += 1
        if version := made.pop(event.seq, None):
            _same(f"version {version.number}", _printed(case), version.output)
            counts["versions"] += 1
    for version in made.values():
        raise Differs(f"version {version.number}: no event that made it is stored")
    if program.case:
        # What was stored before a field existed is read with that field's default.
        stored = Case.from_json(json.loads(program.case))
        _same("the case", canonical(case.to_json()), canonical(stored.to_json()))


def _same(what: str, now: str, stored: str) -> None:
    if now != stored:
        raise Differs(f"{what}: {_where(now, stored)}")


def _printed(case: Case) -> str:
    return canonical(plan_as_json(case.plan))


def _where(now: str, stored: str) -> str:
    """The path of the first difference between two JSON texts, with both values."""
    return _first(json.loads(now), json.loads(stored), "") or "the same values in other bytes"


def _first(now: object, stored: object, path: str) -> str:
    if isinstance(now, dict) and isinstance(stored, dict):
        for key in sorted({*now, *stored}):
            if key not in now or key not in stored:
                return f"{path}.{key} is {'stored' if key in stored else 'made'} only".lstrip(".")
            if found := _first(now[key], stored[key], f"{path}.{key}"):
                return found
        return ""
    if isinstance(now, list) and isinstance(stored, list) and len(now) == len(stored):
        pairs = enumerate(zip(now, stored, strict=True))
        return next((f for i, (a, b) in pairs if (f := _first(a, b, f"{path}[{i}]"))), "")
    return "" if now == stored else f"{path.lstrip('.')} is {now!r} now, {stored!r} was stored"
