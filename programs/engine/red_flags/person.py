"""What the red-flag rules read of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from programs.engine.types import Finding, Intake

MISSING = "missing"
BLANK = ("not_sure", MISSING)
YES_OR_BLANK = ("yes", *BLANK)
OLDEST_BIRTH_WEEKS = 12
HALF_YEAR_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Open:
    """A screening question that still needs an answer."""

    key: str


Found = Iterator[Finding | Open]


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules read. Before the form is complete, a question not yet asked counts for nothing."""

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    complete: bool

    @classmethod
    def of(cls, intake: Intake) -> Person:
        return cls(intake.screening, intake.raw, complete=True)

    @classmethod
    def so_far(cls, screening: Mapping[str, Any], facts: Mapping[str, Any]) -> Person:
        return cls(screening, facts, complete=False)

    def get(self, key: str) -> Any:
        """The answer; ``missing`` where there is none and there should be one, else None."""
        return self.answers.get(key, MISSING if self.complete else None)

    def has(self, *conditions: str) -> bool:
        """Whether any of these was ticked among the conditions."""
        return bool(set(conditions) & set(self.facts.get("conditions", ())))

    @property
    def age(self) -> int | None:
        return self.facts.get("age")

    @property
    def onset_days(self) -> int | None:
        return self.facts.get("onset_days")

    @property
    def operations(self) -> list[Mapping[str, Any]]:
        return list(self.answers.get("rf20_surgery") or ())

    @property
    def spine_disease(self) -> list[str]:
        return list(self.answers.get("rf27_spine_disease") or ())

    @property
    def weeks_since_birth(self) -> int | None:
        return self.answers.get("rf19_weeks_since_birth")

    @property
    def gave_birth(self) -> bool:
        """Within twelve weeks, told by the question or by the weeks."""
        weeks = self.weeks_since_birth
        told = self.answers.get("rf19_given_birth_last_12_weeks")
        return told == "yes" or (weeks is not None and weeks <= OLDEST_BIRTH_WEEKS)

    @property
    def has_fragile_bone(self) -> bool:
        """RF6: 65 or older, osteoporosis, steroids for 3 months, or an earlier fragility fracture."""
        ticked = self.has(
            "osteoporosis",
            "steroids_3_months",
            "fragility_fracture_not_spine",
            "healed_spine_fracture",
        )
        fractures = {"healed_fracture", "unhealed_fracture"} & set(self.spine_disease)
        return ticked or bool(fractures) or (self.age or 0) >= 65

    @property
    def risks_infection(self) -> bool:
        """RF11, RF12: what makes an infection more likely, wherever it was told."""
        spine_operation = any(item["site"] == "spine" for item in self.operations)
        told = str(self.answers.get("rf12_infection_risk", "")).startswith("risk")
        return told or spine_operation or self.has("weak_immune_system", "injects_drugs")

    @property
    def may_have_rf1_sign(self) -> bool:
        """RF1, for the rules that lean on it: without a clear no it counts as there."""
        keys = ("rf1a_saddle_numbness", "rf1b_bladder", "rf1c_bowel", "rf1d_sexual")
        return any(self.get(key) in YES_OR_BLANK for key in keys)
