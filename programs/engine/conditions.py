"""Which conditions of the matrix are on, and why (sections on conditions and on direction).

A fact that is told in two places, as a tick and as an answer, is on if either says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from programs.engine.red_flags import Person
from programs.engine.rules import CONDITIONS
from programs.engine.types import Finding, Intake, Level, Reason

# What a person ticks and the condition that it switches on.
TICKS = (
    ("osteoporosis", "osteoporosis"),
    ("steroids_3_months", "osteoporosis"),
    ("fragility_fracture_not_spine", "osteoporosis"),
    ("healed_spine_fracture", "vertebral_fracture"),
    ("spinal_stenosis", "extension_aggravated"),
    ("spondylolisthesis", "spondylolisthesis"),
    ("knee_pain", "knee_pain"),
    ("wrist_pain", "wrist_pain"),
    ("shoulder_pain", "shoulder_pain"),
    ("neck_pain", "neck_pain"),
    ("hip_replacement", "hip_replacement"),
    ("glaucoma", "glaucoma"),
    ("dizziness_known", "dizziness"),
    ("falls_or_unsteady", "balance_falls"),
    ("cannot_get_down_to_floor", "floor_difficulty"),
    ("diastasis", "postpartum"),
    ("hernia_unrepaired", "abdominal_surgery"),
    ("heart_condition_awaiting_advice", "uncontrolled_bp"),
)


@dataclass(frozen=True, slots=True)
class Direction:
    """The soft classification: direction, emphasis, the four scores, and the answers that count."""

    direction: str
    emphasis: str
    scores: dict[str, tuple[str, ...]]


def direction_of(intake: Intake) -> Direction:
    """Scores F, E, M and S, one point each over the last two weeks (R14, R16, R35)."""
    scores = {
        "F": tuple(_flexion(intake)),
        "E": tuple(_extension(intake)),
        "M": tuple(_mobility(intake)),
        "S": tuple(_stability(intake)),
    }
    f, e, m, s = (len(scores[key]) for key in "FEMS")
    direction = "none"
    if f >= 2 and f - e >= 2:
        direction = "flexion_aggravated"
    elif e >= 2 and e - f >= 2:
        direction = "extension_aggravated"
    emphasis = "general"
    if s >= 2 and s >= m:
        emphasis = "stability"
    elif m >= 2:
        emphasis = "mobility"
    return Direction(direction, emphasis, scores)


def _told(intake: Intake, field: str, *values: str) -> Iterator[str]:
    given = getattr(intake, field)
    return (f"{field}={value}" for value in values if value in given)


def _flexion(intake: Intake) -> Iterator[str]:
    yield from _told(intake, "aggravated_by", "sitting", "bending")
    if "bending" in intake.aggravated_by:
        # A cough counts only where bending is worse as well.
        yield from _told(intake, "aggravated_by", "cough_sneeze")
    yield from _told(intake, "eased_by", "standing_or_walking", "lying_on_front")


def _extension(intake: Intake) -> Iterator[str]:
    worse = ("standing", "walking_eased_by_sitting", "arching_reaching_up")
    yield from _told(intake, "aggravated_by", *worse)
    yield from _told(intake, "eased_by", "sitting_or_leaning_forward", "curling_up")


def _mobility(intake: Intake) -> Iterator[str]:
    yield from _told(intake, "traits", "morning_stiffness_under_30_min", "stiff_in_most_directions")
    yield from _told(intake, "eased_by", "gentle_movement")
    if intake.lifestyle.get("sitting_hours_per_day", 0) >= 8:
        yield f"lifestyle.sitting_hours_per_day={intake.lifestyle['sitting_hours_per_day']}"


def _stability(intake: Intake) -> Iterator[str]:
    yield from _told(intake, "aggravated_by", "small_sudden_moves")
    yield from _told(intake, "traits", "frequent_short_episodes")
    halves = [
        *_told(intake, "aggravated_by", "holding_one_position"),
        *_told(intake, "eased_by", "changing_position"),
    ]
    yield from halves[:1]
    weeks = intake.screening.get("rf19_weeks_since_birth")
    birth = [f"screening.rf19_weeks_since_birth={weeks}"] if weeks is not None else []
    yield from [*_told(intake, "traits", "very_bendy_joints"), *birth][:1]
    yield from _told(intake, "traits", "feels_unstable")


def active_conditions(intake: Intake, direction: str) -> dict[str, tuple[str, ...]]:
    """The condition keys that are on, sorted, each with the answers that switched it on."""
    causes: dict[str, list[str]] = {}
    for key, cause in _switches(intake, direction):
        causes.setdefault(key, []).append(cause)
    return {key: tuple(dict.fromkeys(causes[key])) for key in sorted(causes)}


def conditions_so_far(person: Person) -> dict[str, tuple[str, ...]]:
    """What ticks and red-flag questions alone switch on, while the rest is not yet asked."""
    causes: dict[str, list[str]] = {}
    for key, cause in _told_by(person):
        causes.setdefault(key, []).append(cause)
    return {key: tuple(dict.fromkeys(causes[key])) for key in sorted(causes)}


def _told_by(person: Person) -> Iterator[tuple[str, str]]:
    for tick, key in TICKS:
        if person.has(tick):
            yield key, f"conditions={tick}"
    if person.has("osteopenia") and (person.age or 0) >= 65:
        yield "osteoporosis", "conditions=osteopenia"
    yield from _screened(person)


def _switches(intake: Intake, direction: str) -> Iterator[tuple[str, str]]:
    yield from _told_by(Person.of(intake))
    if "disc_herniation" in intake.conditions and "bending" in intake.aggravated_by:
        yield "flexion_aggravated", "conditions=disc_herniation"
    if direction != "none":
        yield direction, f"direction={direction}"
    if intake.leg_symptoms == "below_knee":
        yield "radicular_leg_pain", "leg_symptoms=below_knee"
    yield from _pain(intake)


def _pain(intake: Intake) -> Iterator[tuple[str, str]]:
    """``acute_severe`` before day 14, ``high_pain`` from then on; without a date the stricter one."""
    strong = intake.pain_average >= 7
    is_new = intake.onset_days is None or intake.onset_days < 14
    if is_new and strong:
        yield "acute_severe", f"pain.average={intake.pain_average}"
    if is_new and intake.marked_trouble_moving:
        yield "acute_severe", "marked_trouble_moving=true"
    if not is_new and strong:
        yield "high_pain", f"pain.average={intake.pain_average}"


def _screened(person: Person) -> Iterator[tuple[str, str]]:
    """Conditions that the red-flag questions switch on."""
    for item in person.spine_disease:
        key = {"healed_fracture": "vertebral_fracture", "scoliosis_surgery": "spinal_surgery"}.get(
            item
        )
        if key:
            yield key, f"screening.rf27_spine_disease={item}"
    for operation in person.operations:
        yield from _operation(operation["site"], int(operation["weeks_ago"]))
    if person.answers.get("rf18_pregnant") == "yes":
        weeks = person.answers.get("rf18_weeks")
        key = "pregnancy_t1" if weeks is not None and weeks < 13 else "pregnancy_t2t3"
        yield key, f"screening.rf18_weeks={weeks}"
    if person.gave_birth:
        yield "postpartum", f"screening.rf19_weeks_since_birth={person.weeks_since_birth}"
    if person.answers.get("rf22_blood_pressure") == "160_179_or_not_controlled":
        yield "uncontrolled_bp", "screening.rf22_blood_pressure=160_179_or_not_controlled"
    if person.answers.get("rf24_dizziness") == "known_and_checked":
        yield "dizziness", "screening.rf24_dizziness=known_and_checked"


def _operation(site: str, weeks: int) -> Iterator[tuple[str, str]]:
    cause = f"screening.rf20_surgery={site}, {weeks} weeks ago"
    if site == "spine" and weeks <= 26:
        yield "spinal_surgery", cause
    elif site == "abdomen" and weeks <= 12:
        yield "abdominal_surgery", cause
    elif site.startswith("hip"):
        yield "hip_replacement", cause


SENTENCES = {
    "osteoporosis": "Your bones may be fragile, so we keep your back from bending hard or twisting far.",
    "vertebral_fracture": "A bone in your spine once broke, so we keep your back in line.",
    "radicular_leg_pain": "Your pain goes below the knee, so we leave out moves that pull on the leg.",
    "spondylolisthesis": "One of your back bones sits forward, so we leave out strong arching.",
    "acute_severe": "Your pain is new and strong, so we start with tiny moves.",
    "high_pain": "Your pain is strong these days, so we start with very gentle moves.",
    "hip_replacement": "You had a hip operation, so we keep your hip from bending deep.",
    "pregnancy_t1": "You are pregnant, so we keep to moves that fit the first weeks.",
    "pregnancy_t2t3": "You are pregnant, so we leave out lying flat on your back or front.",
    "postpartum": "Your tummy is still healing, so we start gently.",
    "uncontrolled_bp": "Your blood pressure or heart needs care, so we leave out long holds.",
    "glaucoma": "High eye pressure does not go well with a low head, so we keep your head up.",
    "dizziness": "You get dizzy at times, so we leave out moves with the head down.",
    "balance_falls": "You may be unsteady, so you always have something firm to hold.",
    "abdominal_surgery": "Your tummy wall needs care, so we leave out hard pressing and big stretches.",
    "spinal_surgery": "You had an operation on your spine, so we keep your back in line.",
}
# The extension pattern is CLEAR alone; a diagnosis or leg symptoms on walking make it CAUTION.
WALKING = {
    "spinal_stenosis": "You were told that your spinal canal is narrow. Your plan takes care of that.",
    "leg_symptoms_on_walking": "Your legs feel heavy or odd when you walk. Please have that looked at.",
}


def condition_findings(person: Person, active: dict[str, tuple[str, ...]]) -> tuple[Finding, ...]:
    """What the conditions mean for triage: CAUTION, with or without a hold."""
    found = []
    for key, causes in active.items():
        rule = CONDITIONS[key]
        if rule.triage == "caution":
            change = "Tell us if this changes."
            if rule.ok_first:
                change = "A therapist or the right doctor who records that you may exercise."
            reason = Reason(key, SENTENCES[key], causes, rule.source, change)
            found.append(Finding(Level.CAUTION, reason, None, rule.ok_first, rule.clears))
    for tick, text in WALKING.items():
        if person.has(tick):
            reason = Reason(tick, text, (f"conditions={tick}",), "R16", "Tell us if this changes.")
            found.append(Finding(Level.CAUTION, reason))
    return tuple(found)
