"""The words that the player puts on the screen or says aloud. Said ones are short."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from progress.forms import CALL_AT_ONCE


def player_words() -> dict[str, Any]:
    """Sentences with places such as ``{n}``, in the language of the page."""
    return _words_in(get_language())


# Standing without a hold is left out for these, so it is for the warm-up too.
NEEDS_HOLD = frozenset({"balance_falls", "dizziness"})


def words_for_session(conditions: Iterable[str], *, has_caution: bool) -> dict[str, Any]:
    """The words for somebody with these conditions; with a caution an ache should ease sooner."""
    words = player_words()
    if has_caution:
        words = {**words, "said": _("You said {n}. It should ease in about 45 minutes.")}
    return {**words, **_with_hold()} if NEEDS_HOLD.intersection(conditions) else words


def _with_hold() -> dict[str, str]:
    return {
        "warm_cue_1": _("Walk on the spot. Hold on to a worktop."),
        "warm_cue_2": _("Go on walking, and keep your hold."),
        "cool_cue": _("Sit down. Let your breath slow down."),
        "say_warm_1": _("Warm up. Walk on the spot, and hold on to a worktop. Breathe easily."),
        "say_warm_2": _("Go on walking, and keep your hold."),
        "say_cool": _("Well done. Now sit down and rest. Get up slowly."),
    }


@cache
def _words_in(language: str | None) -> dict[str, Any]:
    return {**_labels(), **_cues(), **_said(), **_rules()}


def _rules() -> dict[str, Any]:
    return {"call_at_once": [*sorted(CALL_AT_ONCE)]}


def _labels() -> dict[str, str]:
    return {
        "round": _("Round {n} of {of}"),
        "round_n": _("Round {n}"),
        "of": _("of {n}"),
        "times": _("{n} times"),
        "seconds": _("seconds"),
        "next": _("Next: {name}"),
        "rest": _("Rest"),
        "change": _("Rest"),
        "switch": _("Change sides"),
        "warm": _("Warm up"),
        "cool": _("Cool down"),
        "end": _("The end"),
        "left": _("Left"),
        "right": _("Right"),
        # Within a sentence.
        "at_left": _("left"),
        "at_right": _("right"),
        "held_for": _("{n} s"),
        "pause": _("Pause"),
        "go_on": _("Go on"),
        "said": _("You said {n}. That is all right if it settles by tomorrow morning."),
    }


def _cues() -> dict[str, str]:
    return {
        "out": _("breathe out"),
        "held": _("hold, and keep breathing"),
        "back": _("breathe in"),
        "move": _("Move slowly. Keep breathing."),
        "rest_cue": _("Let your breath slow down."),
        "warm_cue_1": _("Walk on the spot. Breathe easily."),
        "warm_cue_2": _("Go on walking. Let your arms swing."),
        "cool_cue": _("Walk slowly, or rest. Let your breath slow down."),
        "paused": _("Paused. Go on when you are ready."),
        "away": _("You were away. We kept your place."),
        "other_day": _(
            "You began this on another day. What you did is saved. Today has its own plan."
        ),
    }


def _said() -> dict[str, str]:
    return {
        "say_warm_1": _("Warm up. Walk on the spot. Breathe easily."),
        "say_warm_2": _("Go on walking. Let your arms swing."),
        "say_change": _("Rest. Next: {name}."),
        "say_rest": _("Rest for {n} seconds. Next: round {round}."),
        "say_switch": _("Change sides. Now {side}."),
        "say_cool": _("Well done. Now walk slowly, or rest."),
        "say_hold": _("Hold. Keep breathing."),
        "say_half": _("Half-way."),
        "say_last": _("Last one."),
        "well_done": _("That's it for today."),
    }
