"""Flare-ups as the diary shows them: pure, days in the person's own time zone.

A flare-up is a mean pain 2 or more above the mean of the four weeks before, on two days with
entries in a row (rule base 4.5). It has settled when a day is back within one point of that mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean

RISE = 2.0
SETTLED_WITHIN = 1.0
LOOK_BACK = timedelta(days=28)
# Fewer days with entries than this say nothing about what is usual.
LEAST_DAYS = 4
# Raised days further apart than this are not in a row.
NEAR = timedelta(days=3)
# What lasts longer is no flare-up but a higher pain; the escalation rules see to it.
LONGEST = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Flare:
    """Pain 0–10. ``before`` is the mean of the four weeks before, ``peak`` the highest day."""

    started_on: date
    before: float
    peak: float
    settled_on: date | None = None


def flares_in(days: Iterable[tuple[date, float]]) -> list[Flare]:
    """The flare-ups in the daily means of pain, given in order of their days."""
    found: list[Flare] = []
    calm: list[tuple[date, float]] = []
    raised: tuple[date, float, float] | None = None
    running: Flare | None = None
    for day, pain in days:
        if running and day - running.started_on > LONGEST:
            found.append(running)
            running = None
        if running:
            running = replace(running, peak=max(running.peak, pain))
            if pain <= running.before + SETTLED_WITHIN:
                found.append(replace(running, settled_on=day))
                running = None
            continue
        usual = _usual(calm, day)
        if usual is None or pain < usual + RISE:
            raised = None
            calm.append((day, pain))
        elif raised and day - raised[0] <= NEAR:
            running = Flare(raised[0], raised[2], max(raised[1], pain))
            raised = None
        else:
            raised = (day, pain, usual)
    return [*found, running] if running else found


def _usual(calm: list[tuple[date, float]], day: date) -> float | None:
    """The mean of the calm days of the four weeks before ``day``; None where they are too few."""
    before = [pain for then, pain in reversed(calm[-28:]) if day - LOOK_BACK <= then < day]
    return fmean(before) if len(before) >= LEAST_DAYS else None
