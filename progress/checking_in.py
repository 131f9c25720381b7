"""The weekly check-in: how the week was, what got in the way, one goal. It changes something at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programs.models import Program

EVERY = timedelta(days=7)

FEELINGS = [("better", _("Better")), ("same", _("The same")), ("worse", _("Worse"))]
BARRIERS = [
    ("none", _("Nothing")),
    ("time", _("Time")),
    ("pain", _("Pain")),
    ("forgot", _("I forgot")),
    ("too_hard", _("Too hard")),
    ("too_easy", _("Too easy")),
    ("bored", _("I got bored")),
    ("unsure", _("Not sure how")),
    ("other", _("Something else")),
]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to try, with the place where it is done."""

    text: str | Promise
    link: str = ""
    label: str | Promise = ""


SUGGESTIONS: Mapping[str, Suggestion] = {
    "none": Suggestion(
        _("Keep your days as they are. The habit is the hard part, and you have it.")
    ),
    "time": Suggestion(
        _("Try a 5-minute session on busy days. It counts, and it keeps the habit."),
        "programs:plan-days",
        _("Change my days"),
    ),
    "pain": Suggestion(
        _("Some ache is fine if it settles by the next morning. On a bad day use the calm plan."),
        "progress:flare",
        _("My back is worse"),
    ),
    "forgot": Suggestion(
        _("Tie it to something you do each day: “After breakfast, I do my session.”"),
        "programs:plan-days",
        _("Choose other days"),
    ),
    "too_hard": Suggestion(
        _("In a session, press “This hurts” or take the easier way. Both are fine."),
        "programs:plan",
        _("See my plan"),
    ),
    "too_easy": Suggestion(
        _("Tell us the effort after each session. After three easy ones we add a little."),
        "programs:plan",
        _("See my plan"),
    ),
    "bored": Suggestion(
        _("Swap one exercise for another with the same purpose."),
        "programs:plan",
        _("Swap in my plan"),
    ),
    "unsure": Suggestion(
        _("Each exercise has pictures, steps, and what you should feel."),
        "exercises:list",
        _("Look at the exercises"),
    ),
    "other": Suggestion(
        _("One small session is better than none. Pick the day that is easiest."),
        "programs:plan-days",
        _("Change my days"),
    ),
}


def is_due(program: Program, today: date) -> bool:
    """A week after the start, and then a week after the last one."""
    since = program.checked_in_on or program.started_on
    return today - since >= EVERY


def payload_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the event takes them; what was passed over is left out."""
    names = ("feeling", "barrier", "goal_rating")
    return {name: answers[name] for name in names if answers.get(name) not in (None, "")}
