"""Goals in the person's own words: taken from the intake at first, rated, reached or set aside."""

from __future__ import annotations

from datetime import date

from backrelief.accounts.models import User
from programs.models import ProgramVersion
from progress.models import Goal, GoalRating

LONGEST = 120


def begin_goals(patient: User, version: ProgramVersion) -> None:
    """The goals of the intake become goals of their own."""
    Goal.objects.bulk_create(
        Goal(patient=patient, words=words[:LONGEST], set_on=version.made_on)
        for words in version.intake.get("goals") or []
    )


def rate(goal: Goal, day: date, rating: int) -> None:
    """How near the goal is, 0–10; a second rating of the day takes the place of the first."""
    GoalRating.objects.update_or_create(goal=goal, day=day, defaults={"rating": rating})


def reach(goal: Goal, day: date) -> None:
    goal.status, goal.reached_on = Goal.Status.REACHED, day
    goal.save()


def set_aside(goal: Goal) -> None:
    goal.status, goal.reached_on = Goal.Status.SET_ASIDE, None
    goal.save()


def take_up(goal: Goal) -> None:
    """Back on the way; what was rated before stays."""
    goal.status, goal.reached_on = Goal.Status.ACTIVE, None
    goal.save()
