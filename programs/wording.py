"""A plan in words: what the pages of plan, session and therapist all say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from exercises.models import Exercise
from exercises.wording import dose_in_words

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
        "minutes": item["minutes"],
        "place": PLACES[variant.positions[0]],
        "flags": [FLAGS[flag] for flag in item["flags"]],
        "reasons": item["reasons"],
    }


def _left_out(item: Mapping[str, Any], library: Mapping[str, Exercise]) -> dict[str, Any]:
    return {"exercise": library[item["slug"]], "reasons": item["reasons"]}
