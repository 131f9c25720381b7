"""What numbers say, in words: no more than they carry, and the same as a person finds by hand.

Each sentence compares the numbers that stand beside it, as they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backrelief.forms import EffortScale
from progress.flares import Flare
from progress.rhythm import GETTING_THERE, STEADY
from progress.rounding import plain, tenth
from progress.scores import (
    Verdict,
    activity_verdict,
    overall_verdict,
    peg_change,
    psfs_verdict,
    rmdq_verdict,
)
from progress.trends import Change


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


def of_pain(change: Change, today: date) -> str:
    """What the means of pain carry, and no more."""
    if change.kind == "none" or change.since is None:
        return _("No entries in this time yet. One number a day is enough.")
    if change.kind == "few":
        return _("Too early to say. After four weeks with entries we can compare.")
    points = {"points": plain(change.points), "then": when(change.since, today)}
    if change.kind == "lower":
        return _("%(points)s points lower than %(then)s: more than day-to-day wobble.") % points
    if change.kind == "higher":
        higher = _("%(points)s points higher than %(then)s: more than day-to-day wobble.") % points
        return f"{higher} {talk_about_it()}"
    if change.points == 0:
        return _("No clear change yet: the same as %(then)s.") % points
    return _("No clear change yet: %(points)s points can be day-to-day wobble.") % points


def when(since: date, today: date) -> str:
    """A time in the past as one says it: its month, else its week."""
    if (since.year, since.month) == (today.year, today.month):
        return _("in the week of %(day)s") % {"day": date_format(since, "M j")}
    pattern = "F" if since.year == today.year else "F Y"
    return _("in %(month)s") % {"month": date_format(since, pattern)}


def of_sessions(done: int, planned: int) -> str:
    """How many sessions, without a word of those that were not done."""
    if not done and not planned:
        return _("No sessions in this time.")
    if not planned:
        return ngettext("%(done)s session done.", "%(done)s sessions done.", done) % {"done": done}
    return _("%(done)s sessions done, %(planned)s planned.") % {"done": done, "planned": planned}


def of_effort(mean: float | None) -> str:
    """How hard it was on average, 0–10, with the word of the scale."""
    if mean is None:
        return _("After a session you say how hard it was. It shows here.")
    return _("On average %(mean)s of 10: %(word)s") % {
        "mean": plain(mean),
        "word": effort_word(mean).lower(),
    }


def effort_word(mean: float) -> str:
    """The word that the effort scale has for this number."""
    for numbers, word, _sentence in EffortScale.bands:
        if round(mean) <= int(numbers.split("-")[-1]):
            return str(word)
    raise ValueError(mean)


def of_flare(flare: Flare) -> str:
    """How a flare-up went, for the list below the chart."""
    facts = {
        "day": date_format(flare.started_on, "M j, Y"),
        "before": plain(tenth(flare.before)),
        "peak": plain(tenth(flare.peak)),
    }
    rose = _("%(day)s: from %(before)s up to %(peak)s") % facts
    return f"{rose}, {settled(flare)}."


def settled(flare: Flare) -> str:
    """In how many days a flare-up had settled."""
    if flare.settled_on is None:
        return _("not settled yet")
    days = (flare.settled_on - flare.started_on).days
    return ngettext("settled in %(n)s day", "settled in %(n)s days", days) % {"n": days}


def of_steadiness(score: int | None) -> str:
    if score is None:
        return _("It begins with your first session.")
    if score >= STEADY:
        return _("Steady.")
    return _("Getting there.") if score >= GETTING_THERE else _("Each session counts.")


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
