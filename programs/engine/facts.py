"""The answers as they stand today: what the diary and the calendar feed back into them (decision 24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from programs.engine.case import Case
from programs.engine.diary import week_mean
from programs.engine.intake import trusted
from programs.engine.types import Intake

ACUTE_DAYS = 14
# From 9 on the diary's own rule (E5) stops the sessions.
MOST_FED_BACK = 8
LONGEST_PREGNANCY = 45


def facts_now(case: Case, day: date) -> Intake:
    """The intake with the pain of the last week, the days since onset, and the weeks of a pregnancy."""
    answers: dict[str, Any] = {**case.answers, "today": day.isoformat()}
    days = (day - case.told).days
    was_acute = _is_acute(case)
    onset = answers.get("onset_days")
    if onset is not None:
        answers["onset_days"] = int(onset) + days
    elif was_acute and days >= ACUTE_DAYS:
        answers["onset_days"] = days
    answers["pain"] = {**answers["pain"], "average": _pain_now(case, day, answers, was_acute)}
    weeks = answers.get("screening", {}).get("rf18_weeks")
    if weeks is not None:
        now = int(weeks) + (day - case.told_weeks).days // 7
        screening = {**answers["screening"], "rf18_weeks": min(now, LONGEST_PREGNANCY)}
        answers["screening"] = screening
    return trusted(answers)


def _is_acute(case: Case) -> bool:
    """New and strong at the time of the intake, or hard to move."""
    onset = case.answers.get("onset_days")
    is_new = onset is None or onset < ACUTE_DAYS
    strong = case.answers["pain"]["average"] >= 7
    return is_new and (strong or bool(case.answers.get("marked_trouble_moving")))


def _pain_now(case: Case, day: date, answers: dict[str, Any], was_acute: bool) -> int:
    """The week's mean, rounded; while a new strong pain has its 14 days, never less than at the start."""
    told = int(answers["pain"]["average"])
    mean = week_mean(case, day)
    if mean is None:
        return told
    now = min(int(mean + 0.5), MOST_FED_BACK)
    onset = answers.get("onset_days")
    if was_acute and (onset is None or onset < ACUTE_DAYS):
        return max(now, told)
    return now
