"""What numbers say, in words: no more than they carry, and the same as a person finds by hand.

Each sentence compares the numbers that stand beside it, as they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from progress.rounding import plain, tenth
from progress.scores import (
    Verdict,
    activity_verdict,
    overall_verdict,
    peg_change,
    psfs_verdict,
    rmdq_verdict,
)


def more_than_wobble() -> str:
    return _("This is more than day-to-day wobble.")


def may_be_chance() -> str:
    return _("This is a small change that may be chance.")


def talk_about_it() -> str:
    return _("Talk about it with a therapist or doctor.")


def what_it_means(verdict: Verdict) -> str:
    """The last part of a sentence about a change."""
    if verdict == "unclear":
        return may_be_chance()
    return more_than_wobble() if verdict == "better" else f"{more_than_wobble()} {talk_about_it()}"


def from_to(before: float, now: float) -> str:
    """Only the two numbers: from 3 to 5.3."""
    if before == now:
        return _("Still %(now)s.") % {"now": plain(now)}
    return _("From %(before)s to %(now)s.") % {"before": plain(before), "now": plain(now)}


def of_scores(name: str, scores: Sequence[float], more: Verdict | None = None) -> str:
    """The first score of a series against the last one."""
    shown = [tenth(score) for score in scores]
    if not shown:
        return _("No answers yet.")
    if len(shown) == 1:
        return _("Your first score is %(score)s. Next time we can compare.") % {
            "score": plain(shown[0])
        }
    before, now = shown[0], shown[-1]
    if before == now:
        return from_to(before, now)
    if name == "peg":
        return f"{from_to(before, now)} {_of_peg(before, now)}"
    return f"{from_to(before, now)} {what_it_means(more or verdict_of(name, before, now))}"


def verdict_of(name: str, before: float, now: float) -> Verdict:
    return psfs_verdict(before, now) if name == "psfs" else rmdq_verdict(before, now)


def _of_peg(before: float, now: float) -> str:
    change = peg_change(before, now)
    if change.alert:
        return f"{more_than_wobble()} {talk_about_it()}"
    if change.possible and change.likely:
        return _("This is likely a real change.")
    return _("This may be a real change, or chance.") if change.possible else may_be_chance()


def of_activity(ratings: Sequence[int]) -> str:
    """One activity of the person's own, 0–10, first against last."""
    if len(ratings) < 2:
        return ""
    before, now = ratings[0], ratings[-1]
    if before == now:
        return ""
    return what_it_means(activity_verdict(before, now))


def of_overall(answer: int) -> str:
    """What somebody said of the time since the program began."""
    verdict = overall_verdict(answer)
    if verdict == "better":
        return _("You say that you are much better. That counts.")
    if verdict == "worse":
        return _("You say that it is much worse.") + f" {talk_about_it()}"
    return _("A little up or down can be chance. Let's see how it goes on.")
