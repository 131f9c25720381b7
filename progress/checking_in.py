"""The weekly check-in: how the week was, what got in the way, one goal. It changes something at once."""

from __future__ import annotations

from collections.abc import Mapping
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


SESSIONS = [("2", _("Two")), ("3", _("Three"))]

# One thing to try for each barrier; what can be done about it in one press stands below it.
SUGGESTIONS: Mapping[str, str | Promise] = {
    "none": _("Keep your days as they are. The habit is the hard part, and you have it."),
    "time": _("On a busy day, five minutes count too. Pick them on today's page."),
    "pain": _(
        "Some ache is fine if it settles by the next morning. On a bad day use the calm plan."
    ),
    "forgot": _("Tie it to something you do each day: “After breakfast, I do my session.”"),
    "too_hard": _("In a session, press “This hurts” or take the easier way. Both are fine."),
    "too_easy": _("Tell us the effort after each session. After three easy ones we add a little."),
    "bored": _("Swap one exercise for another with the same purpose."),
    "unsure": _("Look at one exercise before you start. The figure moves as you should."),
    "other": _("One small session is better than none. Pick the days that are easiest."),
}
# Where other days may help.
ASKS_DAYS = frozenset(("time", "forgot", "other"))


def is_due(program: Program, today: date) -> bool:
    """A week after the start, and then a week after the last one."""
    since = program.checked_in_on or program.started_on
    return today - since >= EVERY


def payload_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the event takes them; what was passed over is left out."""
    names = ("feeling", "barrier", "goal_rating", "sessions_wanted")
    return {name: answers[name] for name in names if answers.get(name) not in (None, "")}
