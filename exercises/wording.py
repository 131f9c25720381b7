"""Doses and durations in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

BREATH_WORDS = {"in": gettext_lazy("Breathe in"), "out": gettext_lazy("Breathe out")}


def dose_in_words(
    sets: int, reps: int | None, hold_seconds: int | None, *, per_side: bool = False
) -> str:
    """A dose as a person says it: "2 rounds of 8, hold 5 seconds, each side"."""
    rounds = ngettext("%(sets)s round", "%(sets)s rounds", sets) % {"sets": sets}
    parts = [_("%(rounds)s of %(reps)s") % {"rounds": rounds, "reps": reps} if reps else rounds]
    if hold_seconds:
        hold = ngettext("hold %(n)s second", "hold %(n)s seconds", hold_seconds)
        parts.append(hold % {"n": hold_seconds})
    if per_side:
        parts.append(_("each side"))
    return ", ".join(parts)
