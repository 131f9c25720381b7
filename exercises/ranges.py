"""How far a person goes in a movement, where a therapist has set a limit: a share of the way.

It belongs to a program (``programs/limits.py``); what stands is written with the person, so that
every page that draws knows of it without a query.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Shares in percent. Words are for the person who moves.
WORDS: dict[int, Promise] = {
    75: _("Go only three quarters of the way. Your therapist set this for you."),
    50: _("Go only half way. Your therapist set this for you."),
    25: _("Go only a quarter of the way. Your therapist set this for you."),
}
CHOICES = [
    (100, _("The whole movement")),
    (75, _("Three quarters of the way")),
    (50, _("Half way")),
    (25, _("A quarter of the way")),
]


def percent_for(person: Any, slug: str) -> int:
    """The share of the movement in percent that this person may use; 100 without a limit."""
    limits = getattr(person, "range_limits", None) or {}
    percent = (limits.get(slug) or {}).get("percent", 100)
    return percent if percent in WORDS else 100


def words_for(person: Any, slug: str) -> str:
    """The limit in one or two sentences; empty without one."""
    return str(WORDS.get(percent_for(person, slug), ""))
