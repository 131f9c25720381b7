"""The values that go in and out of the rules. All are frozen; none knows the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import IntEnum
from typing import Any


class Level(IntEnum):
    """How serious the answers are, ordered: the highest one decides."""

    CLEAR = 0
    CAUTION = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was decided.

    ``rule`` is the rule's id, ``because`` the answers that fired it as ``path=value``, ``text`` one plain
    sentence for the person, ``source`` a reference or None where it is ordinary clinical reasoning.
    """

    rule: str
    text: str
    because: tuple[str, ...] = ()
    source: str | None = None
    would_change_if: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What a person told us, checked against the shape of the intake and with defaults filled in."""

    today: date
    age: int
    pain_now: int
    pain_average: int
    pain_worst: int
    days: tuple[str, ...]
    minutes: int
    onset_days: int | None
    marked_trouble_moving: bool
    cannot_stand_or_walk: bool
    leg_symptoms: str
    aggravated_by: frozenset[str]
    eased_by: frozenset[str]
    traits: frozenset[str]
    conditions: frozenset[str]
    lifestyle: Mapping[str, Any]
    goals: tuple[str, ...]
    screening: Mapping[str, Any]
    clearances: frozenset[str]
    assessments: tuple[Mapping[str, Any], ...]
    history: Mapping[str, Any] | None
    sessions_wanted: int | None
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One red-flag rule that fired. ``clears`` names who besides therapist and doctor releases it."""

    level: Level
    reason: Reason
    within: str | None = None
    ok_first: bool = False
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Triage:
    """The highest level of the answers, by when to act, and what is still open.

    ``ok_first`` is ``not_needed``, ``needed`` or ``satisfied``; ``not_cleared`` holds screening keys.
    """

    level: Level
    act_within: str | None
    ok_first: str
    not_cleared: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(finding.reason for finding in self.findings)


@dataclass(frozen=True, slots=True)
class VariantSpec:
    """One way to do an exercise. ``places`` is where it can be done."""

    key: str
    rung: str
    order: int
    places: tuple[str, ...]
    per_side: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Dose:
    """Sets × repetitions (hold in seconds) at a level; ``variant`` is empty where all share it."""

    level: int
    variant: str
    sets: int
    reps: int | None
    hold_seconds: int | None
    sets_max: int | None = None
    reps_max: int | None = None
    hold_max: int | None = None


@dataclass(frozen=True, slots=True)
class Precaution:
    """What a condition means for an exercise, with the sentence for the person."""

    condition: str
    code: str
    variants: tuple[str, ...]
    flags: tuple[str, ...]
    reason: str
    source: str | None


@dataclass(frozen=True, slots=True)
class ExerciseSpec:
    slug: str
    kind: str
    variants: tuple[VariantSpec, ...]
    doses: tuple[Dose, ...]
    precautions: tuple[Precaution, ...]

    def variant(self, key: str) -> VariantSpec:
        return next(variant for variant in self.variants if variant.key == key)

    def precaution(self, condition: str) -> Precaution | None:
        return next((row for row in self.precautions if row.condition == condition), None)

    def dose(self, level: int, variant: str) -> Dose | None:
        """The variant's own dose at this level, else the one that all variants share."""
        at_level = {dose.variant: dose for dose in self.doses if dose.level == level}
        return at_level.get(variant) or at_level.get("")


@dataclass(frozen=True, slots=True)
class Library:
    """The exercises on offer, sorted by slug. An extra that a clinic switched off is not in it."""

    exercises: tuple[ExerciseSpec, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Library:
        """Reads what ``to_json`` writes. Raises ``KeyError`` or ``TypeError`` on another shape."""
        exercises = (_exercise(item) for item in data["exercises"])
        return cls(tuple(sorted(exercises, key=lambda exercise: exercise.slug)))

    def to_json(self) -> dict[str, Any]:
        """The canonical form: what is hashed and stored with a program."""
        return {"exercises": [_plain(exercise) for exercise in self.exercises]}

    def exercise(self, slug: str) -> ExerciseSpec:
        return next(exercise for exercise in self.exercises if exercise.slug == slug)


@dataclass(frozen=True, slots=True)
class Override:
    """A therapist's decision to allow an exercise in these variants in spite of a condition."""

    slug: str
    condition: str
    variants: tuple[str, ...]
    by: str
    why: str
    until: date


@dataclass(frozen=True, slots=True)
class Prescribed:
    """An exercise in the program. ``rest_seconds`` is between sets; ``minutes`` is the estimate."""

    slug: str
    variant: str
    allowed_variants: tuple[str, ...]
    sets: int
    reps: int | None
    hold_seconds: int | None
    rest_seconds: int
    per_side: bool
    flags: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def seconds(self) -> int:
        """Estimated time: movements of 4 s and holds on each side, rest between sets, 30 s to change."""
        sides = 2 if self.per_side else 1
        movement = 4 + (self.hold_seconds or 0)
        return (
            self.sets * (self.reps or 1) * movement * sides
            + (self.sets - 1) * self.rest_seconds
            + 30
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    slug: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Program:
    level: int
    sessions_per_week: int
    days: tuple[str, ...]
    minutes: int
    therapist_review: bool
    needs_another_day: bool
    exercises: tuple[Prescribed, ...]
    first_week: tuple[date, ...]
    advice: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    rule_set: str
    digest: str
    triage: Triage
    active_conditions: tuple[str, ...]
    direction: str
    emphasis: str
    program: Program | None
    excluded: tuple[LeftOut, ...]
    not_chosen: tuple[LeftOut, ...]
    extra_reasons: tuple[Reason, ...] = field(default=())


def _plain(value: Any) -> Any:
    """Dataclasses and tuples as JSON's own types."""
    if hasattr(value, "__dataclass_fields__"):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _exercise(data: Mapping[str, Any]) -> ExerciseSpec:
    variants = [
        VariantSpec(**{**item, "places": tuple(item["places"])}) for item in data["variants"]
    ]
    doses = [Dose(**item) for item in data["doses"]]
    rows = [
        Precaution(**{**item, "variants": tuple(item["variants"]), "flags": tuple(item["flags"])})
        for item in data["precautions"]
    ]
    return ExerciseSpec(
        slug=data["slug"],
        kind=data["kind"],
        variants=tuple(sorted(variants, key=lambda item: (item.order, item.key))),
        doses=tuple(sorted(doses, key=lambda item: (item.level, item.variant))),
        precautions=tuple(sorted(rows, key=lambda item: item.condition)),
    )
