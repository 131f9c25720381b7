"""Scores of the measures and what a change of them means: pure (rule base, section 5).

Nothing here is a promise: a change below the threshold may be chance, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

Verdict = Literal["better", "worse", "unclear"]

SHARE = 0.3
NRS_POINTS = 2.0
# PSFS: the average of all activities, and a single one (MDC90; R43).
PSFS_AVERAGE = 2.0
PSFS_SINGLE = 3
PEG_ITEMS = 3
PEG_POINTS = 1.0
PEG_ALERT = 2.0
RMDQ_ITEMS = 24
RMDQ_POINTS = 5
RMDQ_LOW, RMDQ_HIGH = 4, 20
OVERALL_RESPONDER, OVERALL_WORSE = 2, -2


def _at_least(value: float, bound: float) -> bool:
    """Whether ``value`` reaches ``bound``, without the last digits of binary fractions."""
    return round(value - bound, 6) >= 0


def is_fall(before: float, now: float, points: float) -> bool:
    """A fall of at least ``points`` and at least 30 % of what it was."""
    fall = before - now
    return before > 0 and _at_least(fall, points) and _at_least(fall, SHARE * before)


# Pain, numeric rating scale 0-10: weekly scores


def nrs_change(weekly: Sequence[float | None]) -> float | None:
    """Baseline (mean of the first two weekly scores) minus the latest; None with fewer than three.

    A missing week stays missing: nothing is carried forward.
    """
    told = [score for score in weekly if score is not None]
    return fmean(told[:2]) - told[-1] if len(told) > 2 else None


def is_nrs_responder(baseline: float, now: float) -> bool:
    return is_fall(baseline, now, NRS_POINTS)


# PSFS, 0-10, higher is better


def psfs(ratings: Sequence[int | None]) -> float | None:
    """The sum divided by the number rated; None where nothing is."""
    rated = [rating for rating in ratings if rating is not None]
    return sum(rated) / len(rated) if rated else None


def psfs_verdict(before: float, now: float) -> Verdict:
    """What a change of the average means, within one series."""
    return _verdict(now - before, PSFS_AVERAGE)


def activity_verdict(before: int, now: int) -> Verdict:
    """What a change of a single activity means."""
    return _verdict(now - before, PSFS_SINGLE)


def _verdict(gain: float, bound: float) -> Verdict:
    if _at_least(gain, bound):
        return "better"
    return "worse" if _at_least(-gain, bound) else "unclear"


# PEG, 0-10, higher is worse


def peg(answers: Sequence[int | None]) -> float | None:
    """The mean of the three items; all three are needed."""
    told = [answer for answer in answers if answer is not None]
    return sum(told) / PEG_ITEMS if len(told) == len(answers) == PEG_ITEMS else None


@dataclass(frozen=True, slots=True)
class PegChange:
    """``possible``: a fall of 1 or more. ``likely``: of 30 % or more. ``alert``: a rise of 2."""

    possible: bool
    likely: bool
    alert: bool


def peg_change(before: float, now: float) -> PegChange:
    fall = before - now
    return PegChange(
        possible=_at_least(fall, PEG_POINTS),
        likely=before > 0 and _at_least(fall, SHARE * before),
        alert=_at_least(-fall, PEG_ALERT),
    )


# RMDQ-24, 0-24, higher is worse


def rmdq(ticks: Mapping[str, bool]) -> int:
    """The number of ticks; what is not ticked, or does not apply, counts as 0."""
    return sum(1 for ticked in ticks.values() if ticked)


def rmdq_percent(baseline: float, now: float) -> float | None:
    """How much less than at the start, in percent; None where the start is 0."""
    return (baseline - now) / baseline * 100 if baseline > 0 else None


def rmdq_verdict(baseline: float, now: float) -> Verdict:
    """A fall of 5 points, or of 30 %, is more than chance; so is a rise of 5 points."""
    share = rmdq_percent(baseline, now)
    if _at_least(baseline - now, RMDQ_POINTS) or (
        share is not None and _at_least(share, SHARE * 100)
    ):
        return "better"
    return "worse" if _at_least(now - baseline, RMDQ_POINTS) else "unclear"


def rmdq_label(baseline: float) -> Literal["low baseline", "high baseline", ""]:
    """Where a change is harder to see. For the therapist's eyes; a patient is shown no label."""
    if baseline < RMDQ_LOW:
        return "low baseline"
    return "high baseline" if baseline > RMDQ_HIGH else ""


# Overall change, -3..+3


def overall_verdict(answer: int) -> Verdict:
    """A responder from +2 up, worse from -2 down."""
    if answer >= OVERALL_RESPONDER:
        return "better"
    return "worse" if answer <= OVERALL_WORSE else "unclear"


# Licensed measures bring their own rule in their file


def loaded_score(rule: str, answers: Sequence[int | None], needed: int) -> float | None:
    """``sum`` or ``mean`` of what was answered; None with fewer answers than ``needed``."""
    told = [answer for answer in answers if answer is not None]
    if len(told) < needed or not told:
        return None
    return float(sum(told)) if rule == "sum" else sum(told) / len(told)


def loaded_verdict(before: float, now: float, real_change: float, better: str) -> Verdict:
    gain = now - before if better == "higher" else before - now
    return _verdict(gain, real_change)
