"""Level, variant, dose and minutes (the levels table, the ladder, and the rules for time)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from programs.engine.rules import CLASSES, CONDITIONS, LEVELS, START_LOW
from programs.engine.selection import Ranked, first_to_go
from programs.engine.types import Intake, Level, Prescribed, Reason, Triage

WARM_UP_AND_COOL_DOWN = 180
MINI_BELOW_MINUTES = 10
MINI_MINUTES = (5, 8)
LEAST = 3


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """The level to start at and how the rules came to it. ``volume`` is a share of the sets."""

    level: int
    reasons: tuple[Reason, ...]
    volume: float = 1.0
    minutes_cap: int | None = None
    calm: bool = False


def choose_level(intake: Intake, active: Sequence[str], triage: Triage) -> LevelChoice:
    """The lowest of base level, every start cap and the triggers of level 0.

    For someone who comes back it is the old level under its ceilings, then the gap and flare rules.
    """
    gap = (intake.history or {}).get("days_since_last_session", 0)
    if intake.history and "level" in intake.history and gap <= 28:
        return _come_back(intake, active, triage, int(gap))
    level, reasons = _base(intake, triage, restart=gap > 28)
    caps = [(CONDITIONS[key].start_cap, key) for key in active if CONDITIONS[key].start_cap < level]
    if caps:
        level, key = min(caps)
        text = f"What you told us calls for a start at {LEVELS[level].name}."
        reasons = (
            *reasons,
            Reason("start-cap", text, (f"condition={key}",), None, "It clears up."),
        )
    if intake.age >= 75 and level > 0:
        level = 0
        reasons = (
            *reasons,
            Reason(
                "level-age",
                "From 75 on we start gently.",
                (f"age={intake.age}",),
                None,
                "Steady weeks.",
            ),
        )
    return LevelChoice(level, reasons)


def _base(intake: Intake, triage: Triage, *, restart: bool) -> tuple[int, tuple[Reason, ...]]:
    days = intake.lifestyle.get("exercise_days_per_week", 0)
    fit = intake.pain_average <= 3 and days >= 2 and intake.age < 65
    if fit and triage.level == Level.CLEAR and not restart:
        because = (
            f"pain.average={intake.pain_average}",
            f"lifestyle.exercise_days_per_week={days}",
        )
        text = "Your pain is low and you are used to exercise, so we start at Build."
        return 2, (
            Reason("level-build", text, because, None, "Pain above 3, or fewer days of exercise."),
        )
    text = "Most people start at Foundation: a few moves, a small dose."
    return 1, (Reason("level-default", text, (), None, "Three good sessions in a row."),)


def _come_back(intake: Intake, active: Sequence[str], triage: Triage, gap: int) -> LevelChoice:
    history = intake.history or {}
    level, old = _under_ceilings(int(history["level"]), active, triage), int(history["level"])
    reasons = [Reason("come-back", "We go on from where you were.", (f"history.level={old}",))]
    volume, minutes_cap, calm, steps = 1.0, None, False, 0
    if 8 <= gap <= 14:
        volume = 0.7
        text = "After more than a week off, two sessions are a bit shorter."
        reasons.append(Reason("gap-8-14", text, (f"history.days_since_last_session={gap}",)))
    elif gap >= 15:
        steps = 1
        text = "After more than two weeks off, we go one level down."
        reasons.append(Reason("gap-15-28", text, (f"history.days_since_last_session={gap}",)))
    flare = history.get("days_since_flare_peak")
    if flare is not None and flare <= 14:
        because = (f"history.days_since_flare_peak={flare}",)
        steps, calm = 1, flare <= 3
        minutes_cap = ceil(0.6 * int(history.get("minutes", LEVELS[level].minutes)))
        text = "After a flare-up we go one level down and keep sessions short."
        reasons.append(Reason("flare-way-back", text, because, "R2", "Two good sessions."))
    level = 0 if calm else max(0, level - steps)
    return LevelChoice(level, tuple(reasons), volume, minutes_cap, calm)


def _under_ceilings(level: int, active: Sequence[str], triage: Triage) -> int:
    """Ceilings without a therapist's release: 2 with CAUTION, 1 for three conditions."""
    ceilings = [CONDITIONS[key].ceiling for key in active]
    if triage.level >= Level.CAUTION:
        ceilings.append(2)
    return min([level, *ceilings])


def prescribe(intake: Intake, entry: Ranked, level: int, class_key: str) -> Prescribed:
    """One exercise: its variant, its dose at ``level``, and every reason."""
    item = entry.item
    key = _variant(intake, entry, level)
    variant = item.spec.variant(key)
    dose = item.spec.dose(level, key)
    if dose is None:
        raise LookupError(f"{item.spec.slug} has no dose at level {level}")
    return Prescribed(
        slug=entry.slug,
        variant=key,
        allowed_variants=item.variants,
        sets=dose.sets,
        reps=dose.reps,
        hold_seconds=dose.hold_seconds,
        rest_seconds=LEVELS[level].rest_seconds,
        per_side=variant.per_side,
        flags=item.flags,
        reasons=(*_why(entry, class_key), *item.reasons, _variant_reason(variant.rung, key, level)),
    )


PURPOSE = {
    "mobility": "It loosens you up and warms you for the rest.",
    "strength": "It trains the muscles that hold your back steady.",
    "stretch": "It eases tight muscles at the end.",
}


def _why(entry: Ranked, class_key: str) -> tuple[Reason, ...]:
    rule = CLASSES[class_key]
    purpose = PURPOSE[entry.kind]
    text = f"{purpose} {rule.text}" if entry.part != "other" else purpose
    change = "What makes your back better or worse changes."
    return (
        Reason(
            f"class-{class_key}",
            text,
            (f"class={class_key}", f"part={entry.part}"),
            rule.source,
            change,
        ),
    )


def _variant_reason(rung: str, key: str, level: int) -> Reason:
    words = {"easier": "an easier", "standard": "the standard", "harder": "a harder"}
    text = f"We chose {words[rung]} version, to fit the level {LEVELS[level].name}."
    return Reason(
        "variant-by-level", text, (f"level={level}", f"variant={key}"), None, "Your level changes."
    )


def _variant(intake: Intake, entry: Ranked, level: int) -> str:
    """The column of the level, or the nearest easier variant that is allowed.

    A cell that says "start low" starts with an easier one at every level. Among several easier ones: the first on the ladder that fits where the person can be. Where only a
    standard one is allowed, it is taken at the level's dose.
    """
    spec, allowed = entry.item.spec, entry.item.variants
    ladder = [item for item in spec.variants if item.key in allowed]
    standard = [item for item in ladder if item.rung == "standard"]
    easier = [item for item in ladder if item.rung == "easier"]
    starts_low = any((reason.rule, spec.slug) in START_LOW for reason in entry.item.reasons)
    if level >= 1 and standard and not (starts_low and easier):
        return standard[0].key
    places = _places(intake)
    fitting = [item for item in easier if places & set(item.places)]
    return (fitting or easier or standard or ladder)[0].key


def _places(intake: Intake) -> set[str]:
    places = {"bed", "chair", "standing", "floor"}
    if "cannot_get_down_to_floor" in intake.conditions:
        places.discard("floor")
    if "falls_or_unsteady" in intake.conditions:
        places.discard("standing")
    return places


def minutes_of(items: Sequence[Prescribed]) -> int:
    """Whole minutes of a session, rounded up, warm-up and cool-down counted in."""
    return ceil((sum(item.seconds for item in items) + WARM_UP_AND_COOL_DOWN) / 60)


def fit(
    entries: Sequence[Ranked], items: dict[str, Prescribed], limit: int, least: int
) -> list[Prescribed]:
    """Shortens the session to ``limit`` minutes: fewer exercises down to ``least``, then fewer sets.

    Where even that is too long, exercises go down to three, then repetitions.
    """
    kept = [items[entry.slug] for entry in entries]
    for floor in (least, LEAST):
        kept = _drop(entries, kept, limit, floor)
        kept = _fewer_sets(entries, kept, limit)
    return _fewer_reps(kept, limit)


def _drop(
    entries: Sequence[Ranked], kept: list[Prescribed], limit: int, least: int
) -> list[Prescribed]:
    for entry in first_to_go(entries):
        if len(kept) <= least or minutes_of(kept) <= limit:
            break
        kept = [item for item in kept if item.slug != entry.slug]
    return kept


def _fewer_sets(entries: Sequence[Ranked], kept: list[Prescribed], limit: int) -> list[Prescribed]:
    order = [entry.slug for entry in first_to_go(entries)]
    while minutes_of(kept) > limit and any(item.sets > 1 for item in kept):
        most = max(item.sets for item in kept)
        slug = next(s for s in order if any(i.slug == s and i.sets == most for i in kept))
        kept = [replace(item, sets=item.sets - 1) if item.slug == slug else item for item in kept]
    return kept


def _fewer_reps(kept: list[Prescribed], limit: int) -> list[Prescribed]:
    while minutes_of(kept) > limit and any((item.reps or 0) > 1 for item in kept):
        most = max(item.reps or 0 for item in kept)
        kept = [replace(item, reps=most - 1) if item.reps == most else item for item in kept]
    return kept


def lighten(entries: Sequence[Ranked], kept: list[Prescribed], share: float) -> list[Prescribed]:
    """Takes sets, then repetitions, until the total work is at most ``share`` of what it was."""
    goal = share * sum(map(_work, kept))
    order = [entry.slug for entry in first_to_go(entries)]
    while sum(map(_work, kept)) > goal and any(item.sets > 1 for item in kept):
        most = max(item.sets for item in kept)
        slug = next(s for s in order if any(i.slug == s and i.sets == most for i in kept))
        kept = [replace(item, sets=item.sets - 1) if item.slug == slug else item for item in kept]
    while sum(map(_work, kept)) > goal and any((item.reps or 0) > 1 for item in kept):
        most = max(item.reps or 0 for item in kept)
        kept = [replace(item, reps=most - 1) if item.reps == most else item for item in kept]
    return kept


def _work(item: Prescribed) -> int:
    """Sets × repetitions × seconds, both sides."""
    sides = 2 if item.per_side else 1
    return item.sets * (item.reps or 1) * (4 + (item.hold_seconds or 0)) * sides
