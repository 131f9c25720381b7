"""Writing measures down: activities and their series, answers and their scores, kept once a token."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from backrelief.accounts.models import User
from progress.due import OVERALL, PSFS, is_due
from progress.milestones import award
from progress.models import Activity, Goal, LoadedMeasure, MeasureResult, Overview
from progress.models.outcomes import MOST_ACTIVITIES
from progress.scores import loaded_score, peg, psfs, rmdq
from progress.summaries import refresh_overview
from progress.telling import tell_deleted_measure, tell_measure


class TooMany(Exception):
    """There are three activities already."""


def current_series(patient: User) -> int:
    """The number of the series that ratings of today belong to."""
    spans = Activity.objects.owned_by(patient).values_list("series_from", "series_to")
    return max((max(first, (last or 0) + 1) for first, last in spans), default=1)


def _is_rated(patient: User, series: int) -> bool:
    results = MeasureResult.objects.owned_by(patient).alive().filter(name=PSFS, series=series)
    return bool(results.exists())


@transaction.atomic
def add_activity(patient: User, words: str, goal: Goal | None = None) -> Activity:
    """One activity more; it starts a new series where the present one has ratings."""
    if Activity.objects.owned_by(patient).current().count() >= MOST_ACTIVITIES:
        raise TooMany
    series = current_series(patient)
    start = series + 1 if _is_rated(patient, series) else series
    activity = Activity.objects.create(patient=patient, words=words, series_from=start)
    if goal:
        goal.activity = activity
        goal.save(update_fields=["activity"])
    refresh_overview(patient)
    return activity


@transaction.atomic
def take_out(activity: Activity) -> None:
    """No longer rated; its ratings stay. One that was never rated goes without a trace."""
    series = current_series(activity.patient)
    last = series if _is_rated(activity.patient, series) else series - 1
    if last < activity.series_from:
        activity.delete()
    else:
        activity.series_to = last
        activity.save(update_fields=["series_to"])
    refresh_overview(activity.patient)


def rate_activities(
    patient: User, token: uuid.UUID, day: date, ratings: Mapping[Activity, int | None]
) -> MeasureResult:
    """The person's own activities, 0 (cannot) to 10 (as before); what is not rated is left out."""
    items = [
        {"key": str(activity.pk), "words": activity.words, "value": value}
        for activity, value in ratings.items()
        if value is not None
    ]
    score = psfs(list(ratings.values()))
    return _keep(patient, token, PSFS, day, items, score, series=current_series(patient))


def say_overall(patient: User, token: uuid.UUID, day: date, answer: int) -> MeasureResult:
    """How the back problem is since the program began, -3 to +3."""
    items = [{"key": "change", "value": answer}]
    return _keep(patient, token, OVERALL, day, items, float(answer))


def answer_loaded(
    patient: User,
    token: uuid.UUID,
    day: date,
    measure: LoadedMeasure,
    answers: Mapping[str, int | bool | None],
) -> MeasureResult:
    """A measure that the clinic has loaded: ticks for the RMDQ, numbers for all others."""
    keys = [item["key"] for item in measure.definition["items"]]
    items = [
        {"key": key, "value": answers[key]} for key in keys if answers.get(key) not in (None, False)
    ]
    score = score_of(measure, [answers.get(key) for key in keys])
    return _keep(patient, token, measure.key, day, items, score, digest=measure.digest)


def score_of(measure: LoadedMeasure, answers: Sequence[Any]) -> float | None:
    """The score by the rule of this measure; None where too little was answered."""
    if measure.key == "rmdq":
        return float(rmdq({str(n): bool(tick) for n, tick in enumerate(answers)}))
    if measure.key == "peg":
        return peg(answers)
    scoring = measure.definition["scoring"]
    return loaded_score(scoring["rule"], answers, scoring["needed"])


def _keep(
    patient: User, token: uuid.UUID, name: str, day: date, items: list[Any], score: Any, **more: Any
) -> MeasureResult:
    try:
        with transaction.atomic():
            result = MeasureResult.objects.create(
                patient=patient,
                token=token,
                name=name,
                day=day,
                items=items,
                score=score,
                **_window(patient, name, day),
                **more,
            )
            award(patient, "lines")
            refresh_overview(patient)
            tell_measure(result)
            return result
    except IntegrityError:
        return MeasureResult.objects.get(token=token, patient=patient)


def _window(patient: User, name: str, day: date) -> dict[str, Any]:
    """The window that this answer was asked in, if any."""
    overview = Overview.objects.owned_by(patient).first()
    for window in overview.due if overview else []:
        if window["name"] == name and is_due(window, day):
            return {"due_from": window["from"], "due_until": window["until"]}
    return {}


@transaction.atomic
def delete_result(result: MeasureResult) -> None:
    """Takes an answer out of every list and chart, and out of what the program goes by."""
    result.deleted_at = timezone.now()
    result.save(update_fields=["deleted_at"])
    refresh_overview(result.patient)
    tell_deleted_measure(result)


def refresh_everybody() -> None:
    """After a measure came or was switched: what is due changes for all."""
    for overview in Overview.objects.select_related("patient").iterator():
        refresh_overview(overview.patient)
