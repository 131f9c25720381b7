"""What the library may not pass: the rule set's matrix, ladders and doses.

The one place below ``programs`` that reads the rules. A precaution may be stricter than the matrix,
a dose smaller than the table; never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from programs.engine.rules import DOSES, LADDER, MATRIX

STRICTNESS = {"allow": 0, "modify": 1, "exclude": 2}


def dose_faults(slug: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Field and cure for each number of a dose above the upper end of its cell, or below one."""
    table = DOSES.get(slug, {})
    level, variant = fields["level"], fields.get("variant") or ""
    cell = table.get((level, variant)) or table.get((level, ""))
    if variant and variant not in variant_keys(slug):
        yield "variant", f"names no variant; known are {', '.join(variant_keys(slug))}"
    if cell is None:
        return
    for field in ("sets", "reps", "hold_seconds"):
        top_field = field.replace("_seconds", "") + "_max"
        most = cell[top_field] or cell[field]
        for name in (field, top_field):
            value = fields.get(name)
            if value is None:
                continue
            if most is None:
                yield name, f"level {level} has no {field.replace('_', ' ')} here; leave it empty"
            elif not 1 <= value <= most:
                yield name, f"must be from 1 to {most} at level {level}"


def precaution_faults(
    slug: str, condition: str, fields: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Field and cure where a precaution is looser than the rule set, or names an unknown variant."""
    keys = {key for key, _rung in LADDER.get(slug, ())}
    unknown = sorted(set(fields.get("variants") or ()) - keys)
    if unknown:
        yield (
            "variants",
            f"{', '.join(unknown)} is not a variant here; known are {', '.join(sorted(keys))}",
        )
    code = fields.get("code", "allow")
    if code == "modify" and not fields.get("variants"):
        yield "variants", "must name at least one variant for a change"
    cell = MATRIX.get(condition, {}).get(slug)
    if cell is None:
        return
    if STRICTNESS[code] < STRICTNESS[cell["code"]]:
        yield "code", f"is looser than the rule set; set it to {cell['code']}"
    elif code == "modify":
        more = sorted(set(fields.get("variants") or ()) - set(cell["variants"]))
        if more:
            yield "variants", f"{', '.join(more)} is barred by the rule set; take it out"
        missing = sorted(set(cell["flags"]) - set(fields.get("flags") or ()))
        if missing:
            yield "flags", f"the rule set asks for {', '.join(missing)}; add it"


def ladder(slug: str) -> list[tuple[str, str]]:
    """Key and rung of each variant of an exercise, easiest first."""
    return [(key, rung) for key, rung in LADDER.get(slug, ())]


def variant_keys(slug: str) -> list[str]:
    """The variants of an exercise, easiest first."""
    return [key for key, _rung in LADDER.get(slug, ())]


def missing_precautions(slug: str, conditions: Iterable[str]) -> list[str]:
    """The conditions for which the matrix has a cell and the library has none."""
    known = set(conditions)
    return sorted(key for key, row in MATRIX.items() if slug in row and key not in known)


def ladder_faults(slug: str, rungs: Mapping[str, str | None]) -> list[str]:
    """What is wrong with the variants of an exercise: missing ones, and ones on another rung."""
    faults = []
    for key, rung in LADDER.get(slug, ()):
        if key not in rungs:
            faults.append(f"variant {key} is missing")
        elif rungs[key] != rung:
            faults.append(f"variant {key} must be on the rung {rung}, not {rungs[key]}")
    return faults


def missing_doses(slug: str, levels: Iterable[int]) -> list[int]:
    """The levels without a dose that all variants share."""
    return sorted({level for level, variant in DOSES.get(slug, {}) if not variant} - set(levels))
