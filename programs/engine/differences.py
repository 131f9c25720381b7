"""What differs between two plans of a person, each with its reason: no change is ever silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from programs.engine.case import Change
from programs.engine.turn import Turn
from programs.engine.types import Plan, Prescribed, Program, Reason

FIELDS = ("variant", "sets", "reps", "hold_seconds", "flags")
WHOLE = "program"
TIME = Reason("calendar", "Time has passed, so your plan goes on as planned.")


def same_plan(one: Plan, other: Plan) -> bool:
    """Equal but for the digest and for the dates of the week that is shown."""
    return _bare(one) == _bare(other)


def _bare(plan: Plan) -> Plan:
    program = replace(plan.program, first_week=()) if plan.program else None
    return replace(plan, digest="", program=program)


def changes_between(before: Plan, after: Plan, turn: Turn) -> Iterator[Change]:
    """The changes in the order of the session; ``harder`` only where this turn raised something."""
    old, new = before.program, after.program
    if old is None or new is None:
        if (old is None) != (new is None):
            states = ("stopped", "running") if old is None else ("running", "stopped")
            yield Change(WHOLE, WHOLE, *states, _why(turn, WHOLE))
        return
    yield from _whole(old, new, turn)
    yield from _exercises(old, new, turn)


def _why(turn: Turn, slug: str, what: str = "") -> Reason:
    # Flags come of conditions alone, whatever else happened to the exercise in the same turn.
    keys = (what, slug, "*") if what == "flags" else (slug, "*")
    return next((turn.why[key] for key in keys if key in turn.why), TIME)


def _whole(old: Program, new: Program, turn: Turn) -> Iterator[Change]:
    if old.level != new.level:
        reason = _why(turn, "level")
        yield Change(WHOLE, "level", old.level, new.level, reason, "level" in turn.raised)
    for what in ("sessions_per_week", "days"):
        one, two = _plain(getattr(old, what)), _plain(getattr(new, what))
        if one != two:
            yield Change(WHOLE, what, one, two, _why(turn, WHOLE))


def _exercises(old: Program, new: Program, turn: Turn) -> Iterator[Change]:
    was = {item.slug: item for item in old.exercises}
    now = {item.slug: item for item in new.exercises}
    for slug, item in was.items():
        if slug not in now:
            yield Change(slug, "left_out", _dose(item), None, _why(turn, slug))
    for slug, item in now.items():
        harder = slug in turn.raised
        if slug not in was:
            yield Change(slug, "added", None, _dose(item), _why(turn, slug), harder)
            continue
        for what in FIELDS:
            one, two = _plain(getattr(was[slug], what)), _plain(getattr(item, what))
            if one != two:
                yield Change(slug, what, one, two, _why(turn, slug, what), harder)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _dose(item: Prescribed) -> dict[str, Any]:
    return {
        "variant": item.variant,
        "sets": item.sets,
        "reps": item.reps,
        "hold_seconds": item.hold_seconds,
    }
