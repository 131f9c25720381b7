"""What the days tell: means of pain, nights, scores, and the usual pain that they are compared with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from programs.engine.case import Case, Noted, Pain, Score, Told
from programs.engine.rules.adaptation import FLARES, WATCH
from programs.engine.turn import Turn

# How long entries are looked back on; the longest rule needs eight weeks.
KEPT_DAYS = 130
# Signs that rules count over days; what is in one entry alone needs no note.
NOTED = frozenset(("poor_sleep", "leg_down", "doming", "strong_pain"))
LOGS = ("session", "next_morning", "pain", "check_in", "screening", "measure")


def hear_diary(turn: Turn) -> None:
    """Notes pain, nights, legs, symptoms and scores of the event, on the day that it tells of."""
    event, on = turn.event, turn.on
    keep(turn, telling_of(event, on))
    scores = turn.case.scores
    measure = event.get("measure") or {}
    if "name" in measure and "score" in measure:
        new = Score(on, measure["name"], float(measure["score"]), event.get("id", ""))
        scores = tuple(sorted((*scores, new), key=lambda item: item.date))
    turn.set(scores=scores)


def is_log(event: Mapping[str, Any]) -> bool:
    return event["kind"] in LOGS


def telling_of(event: Mapping[str, Any], on: date, source: str = "") -> Told:
    """What the event says: the day's pain, the morning after, and the signs in it."""
    is_average = "average_pain" in event
    around = [event[key] for key in ("pain_before", "pain_next_morning", "now") if key in event]
    score = event["average_pain"] if is_average else max(around, default=None)
    return Told(
        source=source or event.get("id", ""),
        on=on,
        score=None if score is None else float(score),
        is_average=is_average,
        most=float(max(readings(event), default=0)),
        morning=event.get("pain_next_morning"),
        said=tuple(_said(event)),
    )


def _said(event: Mapping[str, Any]) -> list[str]:
    found = []
    if event.get("poor_sleep_from_pain"):
        found.append("poor_sleep")
    if event.get("leg_symptoms_moved") == "further_down" or any(
        item.get("leg_spread") for item in event.get("exercises", ())
    ):
        found.append("leg_down")
    if {"doming", "leaking", "heaviness"} & set(event.get("symptoms", ())):
        found.append("doming")
    if max(readings(event), default=0) >= WATCH.strong:
        found.append("strong_pain")
    if event.get("cannot_do_daily_tasks"):
        found.append("daily_tasks")
    return found


def readings(event: Mapping[str, Any]) -> list[float]:
    """Every pain score that the event tells."""
    keys = ("average_pain", "now", "pain_before", "pain_during", "pain_after", "pain_next_morning")
    return [event[key] for key in keys if key in event]


def keep(turn: Turn, new: Told) -> None:
    """Writes down what was told of a day, in the order of the days."""
    case, day = turn.case, turn.day
    pains = with_pain(case.pains, new)
    notes = (*case.notes, *(Noted(new.on, what) for what in new.said if what in NOTED))
    by = (*case.told_by, new) if new.source else case.told_by
    turn.set(
        pains=tuple(item for item in pains if (day - item.date).days <= KEPT_DAYS),
        notes=tuple(item for item in notes if (day - item.date).days <= KEPT_DAYS),
        told_by=tuple(item for item in by if (day - item.on).days <= WATCH.correctable_days),
    )


def with_pain(pains: tuple[Pain, ...], new: Told) -> tuple[Pain, ...]:
    """The day's pain: the highest average told, else the highest score around a session."""
    if new.score is None:
        return pains
    pain = Pain(new.on, new.score, new.is_average)
    index = bisect_left(pains, new.on, key=lambda item: item.date)
    if index == len(pains) or pains[index].date != new.on:
        return (*pains[:index], pain, *pains[index:])
    old = pains[index]
    if new.is_average == old.told:
        pain = replace(old, score=max(old.score, pain.score))
    elif old.told:
        return pains
    return (*pains[:index], pain, *pains[index + 1 :])


def mean_of(
    case: Case, day: date, days: int, least: int, *, told_only: bool = True
) -> float | None:
    """The mean pain of the ``days`` days that end with ``day``; None with entries on fewer than ``least``."""
    scores = [
        item.score
        for item in case.pains
        if 0 <= (day - item.date).days < days and (item.told or not told_only)
    ]
    return sum(scores) / len(scores) if len(scores) >= least else None


def week_mean(case: Case, day: date, *, told_only: bool = True) -> float | None:
    """Decision 21: a mean of 7 days needs entries on at least four of them."""
    return mean_of(case, day, WATCH.mean_days, WATCH.mean_least, told_only=told_only)


def is_week_full(case: Case, day: date) -> bool:
    """Whether the diary reaches back over the whole window of 7 days."""
    first = next((item.date for item in case.pains if item.told), None)
    return first is not None and (day - first).days >= WATCH.mean_days - 1


def baseline_of(case: Case) -> float:
    """The mean of the first two weekly averages; until there are two, the average of the intake.

    One given at the start, or set anew by a therapist, wins.
    """
    return case.first_pain if case.baseline is None else case.baseline


def settle_baseline(turn: Turn) -> None:
    """Once two weeks are over, the baseline stays (re-based only by a therapist)."""
    case = turn.case
    if case.baseline is not None or (turn.day - case.began).days < 2 * WATCH.mean_days:
        return
    weeks: list[list[float]] = [[], []]
    for item in case.pains:
        week = (item.date - case.began).days // WATCH.mean_days
        if item.told and 0 <= week < len(weeks):
            weeks[week].append(item.score)
    means = [
        sum(week) / len(week) if len(week) >= WATCH.mean_least else case.first_pain
        for week in weeks
    ]
    turn.set(baseline=sum(means) / len(means))


def usual_pain(case: Case, before: date) -> float:
    """The 4-week mean up to the day before ``before``; the baseline where there are too few entries."""
    scores = [
        item.score
        for item in case.pains
        if item.told and 0 < (before - item.date).days <= FLARES.mean_days
    ]
    return sum(scores) / len(scores) if len(scores) >= FLARES.least_entries else baseline_of(case)


def days_noted(case: Case, what: str, day: date, days: int) -> int:
    """On how many of the last ``days`` days this was noted."""
    found = {item.date for item in case.notes if item.what == what}
    return sum(0 <= (day - each).days < days for each in found)


def times_noted(case: Case, what: str, day: date, days: int) -> int:
    """How many entries noted this, at most ``days`` days before or after ``day``."""
    return sum(item.what == what and abs((day - item.date).days) <= days for item in case.notes)


def pain_on(case: Case, day: date) -> Pain | None:
    """What was told of this day's pain, if anything."""
    return next((item for item in case.pains if item.date == day), None)


def calmer_days_since(case: Case, day: date) -> int:
    """On how many days after this one the highest average told was calm enough to end a pause."""
    most = WATCH.paused_until_at_most
    return sum(item.told and item.date > day and item.score <= most for item in case.pains)


def forget(turn: Turn, what: str) -> None:
    """A rule has acted on these notes: they do not count twice."""
    turn.set(notes=tuple(item for item in turn.case.notes if item.what != what))
