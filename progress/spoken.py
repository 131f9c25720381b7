"""The words of a movement for the player: for each side of the body, and short enough for the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import get_language, gettext, pgettext

# What is read from the floor, in letters: more than one thought only if both are short.
MOST_LETTERS = 72
LEAST_LETTERS = 28


def by_side(text: str, sides: list[str]) -> list[str]:
    """The words for each side in turn; the library's are about the first."""
    return [text, other_side(text, sides[-1])][: len(sides)]


def other_side(text: str, side: str) -> str:
    """The same sentence for ``side``, the second one.

    A language turns its own words over, by pairs that a translator gives. Where there are none, one
    sentence says what to do, so that nobody is told the wrong side.
    """
    pairs = turned_words()
    if pairs:
        every = "|".join(map(re.escape, pairs))
        return re.sub(rf"\b({every})\b", lambda found: pairs[found[0]], text)
    if not text:
        return ""
    if side == "right":
        return gettext("The same on your right side.")
    return gettext("The same on your left side.")


def turned_words() -> Mapping[str, str]:
    """Each word for one side with the word for the other, small and capital; empty if unknown."""
    ours = "left=right"
    told = pgettext("all words for one side and the other: left=right, in every form", ours)
    if told == ours and not (get_language() or "en").startswith("en"):
        return {}
    pairs = [pair.split("=") for pair in told.split()]
    small = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
    return small | {a.capitalize(): b.capitalize() for a, b in small.items()}


def glance(text: str) -> str:
    """What can be read at a glance: without the breath, which has a line of its own; one thought."""
    sentences = re.findall(r"[^.!?]+[.!?]+", text) or [text]
    first, *rest = (sentence.strip() for sentence in sentences)
    if rest and first in {gettext("Breathe in."), gettext("Breathe out.")}:
        first, *rest = rest
    whole = " ".join([first, *rest])
    if len(whole) <= MOST_LETTERS:
        return whole
    return rest[0] if len(first) < LEAST_LETTERS and rest else first
