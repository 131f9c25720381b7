"""Which exercises a person may do, in which variants, and which of them are chosen (the matrix).

Across conditions the strictest code wins and the allowed variants are intersected. The library may
be stricter than the rule set, never looser. Only a recorded override turns an EXCLUDE into a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from programs.engine.rules import CLASSES, EASED_BY, MATRIX, ONLY_IF_EASES, STRENGTH
from programs.engine.types import ExerciseSpec, Intake, LeftOut, Library, Override, Reason

FLAGS = ("no_round", "no_sag", "both_hands")


@dataclass(frozen=True, slots=True)
class Usable:
    """An exercise that no condition leaves out, with what the conditions allow of it."""

    spec: ExerciseSpec
    variants: tuple[str, ...]
    flags: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    usable: tuple[Usable, ...]
    excluded: tuple[LeftOut, ...]
    not_chosen: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One condition for one exercise, rule set and library together."""

    condition: str
    code: str
    variants: frozenset[str] | None
    flags: frozenset[str]
    reason: Reason


def judge(
    intake: Intake,
    library: Library,
    active: dict[str, tuple[str, ...]],
    overrides: Sequence[Override] = (),
) -> Verdicts:
    """Combines the matrix for every exercise of the library."""
    usable: list[Usable] = []
    excluded: list[LeftOut] = []
    not_chosen: list[LeftOut] = []
    for spec in library.exercises:
        cells = [_cell(spec, key, causes, intake, overrides) for key, causes in active.items()]
        cells = [cell for cell in cells if cell.code != "allow"]
        verdict = _combine(spec, cells)
        if isinstance(verdict, LeftOut):
            excluded.append(verdict)
        elif unmet := _unmet_easing(spec.slug, cells, intake):
            not_chosen.append(LeftOut(spec.slug, unmet))
        else:
            usable.append(verdict)
    return Verdicts(tuple(usable), tuple(excluded), tuple(not_chosen))


def _cell(
    spec: ExerciseSpec,
    condition: str,
    causes: tuple[str, ...],
    intake: Intake,
    overrides: Sequence[Override],
) -> Cell:
    rule = MATRIX[condition].get(spec.slug)
    row = spec.precaution(condition)
    codes = {str(rule["code"]) if rule else "allow", row.code if row else "allow"}
    code = next(code for code in ("exclude", "modify", "allow") if code in codes)
    lists = [
        frozenset(part)
        for part in ((rule or {}).get("variants"), row.variants if row else None)
        if part
    ]
    variants = frozenset.intersection(*lists) if lists else None
    flags = frozenset((*(rule or {}).get("flags", ()), *(row.flags if row else ())))
    text = (
        row.reason
        if row and row.reason
        else "We changed or left out this one for what you told us."
    )
    source = row.source if row else None
    reason = Reason(condition, text, causes, source, "Your answers about this change.")
    release = _override(spec.slug, condition, intake, overrides)
    if release:
        code, variants = "modify", frozenset(release.variants)
        text = f"Your therapist allows this for you until {release.until.isoformat()}."
        reason = Reason("override", text, (f"override.by={release.by}",), None, release.why)
    return Cell(condition, code, variants, flags, reason)


def _override(
    slug: str, condition: str, intake: Intake, overrides: Sequence[Override]
) -> Override | None:
    return next(
        (
            item
            for item in overrides
            if item.slug == slug and item.condition == condition and item.until >= intake.today
        ),
        None,
    )


def _combine(spec: ExerciseSpec, cells: list[Cell]) -> Usable | LeftOut:
    barred = [cell.reason for cell in cells if cell.code == "exclude"]
    if barred:
        return LeftOut(spec.slug, tuple(barred))
    lists = [cell.variants for cell in cells if cell.variants is not None]
    allowed = [
        item.key for item in spec.variants if all(item.key in variants for variants in lists)
    ]
    flags = frozenset[str]().union(*(cell.flags for cell in cells))
    reasons = tuple(cell.reason for cell in cells)
    if not allowed:
        return LeftOut(spec.slug, (_no_safe_version(reasons), *reasons))
    if spec.slug == "cat-cow" and {"no_round", "no_sag"} <= flags:
        return LeftOut(spec.slug, (_no_safe_version(reasons), *reasons))
    return Usable(spec, tuple(allowed), tuple(flag for flag in FLAGS if flag in flags), reasons)


def _no_safe_version(reasons: tuple[Reason, ...]) -> Reason:
    causes = tuple(cause for reason in reasons for cause in reason.because)
    text = "No version of this one fits all that you told us."
    return Reason("no-safe-version", text, causes, None, "One of these answers changes.")


def _unmet_easing(slug: str, cells: list[Cell], intake: Intake) -> tuple[Reason, ...]:
    """ "Only if it eases" holds an exercise back until the person says that the position eases."""
    if set(EASED_BY.get(slug, ())) & intake.eased_by:
        return ()
    text = "This one is only for people whose pain eases in that position."
    change = "You tell us that this position eases your pain."
    return tuple(
        Reason("only-if-it-eases", text, cell.reason.because, cell.reason.source, change)
        for cell in cells
        if (cell.condition, slug) in ONLY_IF_EASES and cell.reason.rule != "override"
    )


def has_enough(usable: Sequence[Usable]) -> bool:
    """At least three usable exercises, one of them for strength: else no automatic program."""
    return len(usable) >= 3 and any(item.spec.slug in STRENGTH for item in usable)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A usable exercise with its part: lead, support or other, and its place in its class."""

    item: Usable
    part: str
    place: int

    @property
    def slug(self) -> str:
        return self.item.spec.slug

    @property
    def kind(self) -> str:
        return self.item.spec.kind


def rank(usable: Sequence[Usable], class_key: str) -> list[Ranked]:
    """Lead exercises first, then support, then the rest by slug."""
    rule = CLASSES[class_key]
    order = [*((slug, "lead") for slug in rule.lead), *((slug, "support") for slug in rule.support)]
    parts = {slug: (part, place) for place, (slug, part) in enumerate(order)}
    ranked = [Ranked(item, *parts.get(item.spec.slug, ("other", len(order)))) for item in usable]
    return sorted(ranked, key=lambda entry: (entry.place, entry.slug))


def choose(ranked: Sequence[Ranked], most: int, class_key: str) -> list[Ranked]:
    """The session template: one or two for mobility, two or three for strength, one stretch.

    Where a kind has too few, the next ranked ones fill up to ``most``; at least three if usable.
    """
    shares = {"mobility": 1 if most <= 4 else 2, "strength": 2 if most <= 4 else 3, "stretch": 1}
    if class_key == "stability":
        # Long still stretches are left out at first where control is what is needed.
        shares["stretch"] = 0
    chosen: list[Ranked] = []
    for kind, share in shares.items():
        chosen += [entry for entry in ranked if entry.kind == kind][:share]
    goal = min(most, max(3, sum(shares.values())))
    spare = (
        entry for entry in ranked if entry not in chosen and _may_fill(entry, class_key, chosen)
    )
    while len(chosen) < goal and (entry := next(spare, None)):
        chosen.append(entry)
    return sorted(chosen, key=in_session)


def _may_fill(entry: Ranked, class_key: str, chosen: list[Ranked]) -> bool:
    return entry.kind != "stretch" or class_key != "stability" or len(chosen) < 3


def in_session(entry: Ranked) -> tuple[int, int, str]:
    """The order in a session: warm up, work, stretch."""
    return (("mobility", "strength", "stretch").index(entry.kind), entry.place, entry.slug)


def first_to_go(entries: Sequence[Ranked]) -> Iterator[Ranked]:
    """The order in which a session is shortened: support stretch first, lead strength last."""

    def key(entry: Ranked) -> tuple[int, str]:
        part = "lead" if entry.part == "lead" else "support"
        order = (
            ("stretch", "support"),
            ("stretch", "lead"),
            ("mobility", "support"),
            ("mobility", "lead"),
            ("strength", "support"),
            ("strength", "lead"),
        )
        return (order.index((entry.kind, part)), entry.slug)

    return iter(sorted(entries, key=key))
