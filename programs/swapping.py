"""Which exercise may take the place of another: the same purpose, and nothing that a rule left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exercises.models import Exercise

# Why something is in no plan that no swap can change.
NO_SWAP = frozenset(("only-if-it-eases", "E13", "E4", "leg-rule", "next-day", "red-zone"))


def same_purpose(
    plan: Mapping[str, Any], library: Mapping[str, Exercise], slug: str
) -> list[Exercise]:
    """Exercises of the same kind that are neither in the plan nor left out of it by a rule."""
    taken = {item["slug"] for item in (*plan["program"]["exercises"], *plan["excluded"])}
    taken |= {
        item["slug"]
        for item in plan["not_chosen"]
        if NO_SWAP & {reason["rule"] for reason in item["reasons"]}
    }
    kind = library[slug].kind
    return [item for item in library.values() if item.kind == kind and item.slug not in taken]


MOST_SWAPS = 3


@dataclass(frozen=True, slots=True)
class Swap:
    """One exercise for another of the same kind, in one press."""

    old: Exercise
    new: Exercise


def swaps_for(plan: Mapping[str, Any], library: Mapping[str, Exercise]) -> list[Swap]:
    """A few swaps that the plan allows, each with another exercise in it."""
    found: list[Swap] = []
    for item in plan["program"]["exercises"]:
        taken = {swap.new.slug for swap in found}
        others = same_purpose(plan, library, item["slug"])
        fresh = next((other for other in others if other.slug not in taken), None)
        if fresh is not None:
            found.append(Swap(library[item["slug"]], fresh))
    return found[:MOST_SWAPS]
