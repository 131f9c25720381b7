"""A plan in words: what the pages of plan, session and therapist all say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exercises.models import Exercise
from exercises.wording import dose_in_words
from programs.intake_steps import STEPS
from programs.questions import ASKED

FLAGS = {
    "no_round": _("Keep your back from rounding."),
    "no_sag": _("Keep your back from sagging."),
    "both_hands": _("Keep both hands on the support."),
}
PLACES = {
    "floor": _("On the floor"),
    "bed": _("On a bed"),
    "chair": _("On a chair"),
    "standing": _("Standing"),
}
DAY_NAMES = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
LEVELS = (_("Gentle"), _("Foundation"), _("Build"), _("Strengthen"))


# Answers whose words are not a question's own.
OWN_WORDS = {
    "age": _("Your age: %s"),
    "pain.average": _("Average pain: %s of 10"),
    "pain.now": _("Pain now: %s of 10"),
    "minutes": _("Minutes for a session: %s"),
    "conditions=cannot_get_down_to_floor": _("You can't get down to the floor safely"),
    "conditions=falls_or_unsteady": _("You fell, or are unsteady"),
    "marked_trouble_moving": _("It's very hard for you to move"),
    "lifestyle.exercise_days_per_week": _("Days of exercise a week: %s"),
    "lifestyle.sitting_hours_per_day": _("Hours of sitting a day: %s"),
}


@cache
def _choices() -> dict[str, str | Promise]:
    """The words of every choice on the screens, by ``question=value``."""
    return {
        f"{'conditions' if question.name == 'health' else question.name}={key}": label
        for step in STEPS
        for question in step.questions
        for key, label in question.choices
    }


@cache
def _labels() -> dict[str, str | Promise]:
    return {q.name.removesuffix(ASKED): q.label for s in STEPS for q in s.questions}


def cause_in_words(cause: str) -> str:
    """An answer that fired a rule, as the person gave it; empty for what only the rules know."""
    path, _sep, value = cause.partition("=")
    name = path.rpartition(".")[2]
    own = OWN_WORDS.get(cause) or OWN_WORDS.get(path)
    if own:
        return str(own) % value if "%s" in str(own) else str(own)
    if words := _choices().get(f"{name}={value}"):
        return str(words)
    if path.startswith("screening.") and name in _labels():
        answer = {"yes": _("yes"), "not_sure": _("not sure"), "no": _("no")}.get(value, value)
        return f"{_labels()[name]} {answer}"
    return ""


def _told(reasons: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The reasons with their causes in words, without the empty ones."""
    return [
        {
            **reason,
            "told": [words for cause in reason["because"] if (words := cause_in_words(cause))],
        }
        for reason in reasons
    ]


def shown_plan(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The plan with names, doses and places in words. Two queries, however long it is."""
    library = {e.slug: e for e in Exercise.objects.prefetch_related("variants")}
    program = plan["program"]
    left_out = [*plan["excluded"], *plan["not_chosen"]]
    return {
        "program": program,
        "exercises": [_prescribed(item, library) for item in (program or {}).get("exercises", [])],
        "left_out": [_left_out(item, library) for item in left_out if item["slug"] in library],
        "days": [DAY_NAMES[day] for day in (program or {}).get("days", [])],
        "level": LEVELS[program["level"]] if program else "",
        "triage": plan["triage"],
        "rule_set": plan["rule_set"],
        "library": library,
    }


def _prescribed(item: Mapping[str, Any], library: Mapping[str, Exercise]) -> dict[str, Any]:
    exercise = library[item["slug"]]
    variant = next(v for v in exercise.variants.all() if v.key == item["variant"])
    words = dose_in_words(
        item["sets"], item["reps"], item["hold_seconds"], per_side=item["per_side"]
    )
    return {
        "exercise": exercise,
        "variant": variant,
        "dose": words,
        "minutes": max(1, round(item["minutes"])),
        "place": PLACES[variant.positions[0]],
        "flags": [FLAGS[flag] for flag in item["flags"]],
        "reasons": _told(item["reasons"]),
    }


def _left_out(item: Mapping[str, Any], library: Mapping[str, Exercise]) -> dict[str, Any]:
    return {"exercise": library[item["slug"]], "reasons": _told(item["reasons"])}


# From what the check says to the person to what the person says of it, longest first.
_ALOUD = (
    ("you told us about", "I told it about"),
    ("we have no answer yet about", "I gave no answer about"),
    ("you were", "I was"),
    ("you are", "I am"),
    ("your", "my"),
    ("you", "I"),
)


def aloud(sentence: str) -> str:
    """A sentence of the check as the person reads it out: "You told us about your leg" is no way to say it."""
    for ours, theirs in _ALOUD:
        sentence = re.sub(rf"\b{ours}\b", theirs, sentence, flags=re.IGNORECASE)
    return sentence[:1].upper() + sentence[1:]
