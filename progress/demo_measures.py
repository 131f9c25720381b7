"""What the people of the demo say of their activities and goals, and on which day of their program."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

from backrelief.accounts.models import User
from progress import goals, measuring
from progress.milestones import award
from progress.models import Activity, Goal
from progress.summaries import refresh_overview

Happening = Callable[[User, date], None]


def choose(*words: str) -> Happening:
    """Names activities; the first goal belongs to the first one."""

    def happens(user: User, day: date) -> None:
        for number, text in enumerate(words):
            goal = Goal.objects.owned_by(user).first() if number == 0 else None
            measuring.add_activity(user, text, goal)

    return happens


def rate(*values: int, near: int | None = None, overall: int | None = None) -> Happening:
    """Rates the activities in their order, how near the goals are, and the change all in all."""

    def happens(user: User, day: date) -> None:
        mine = Activity.objects.owned_by(user).current()
        ratings = dict(zip(mine, values, strict=True))
        measuring.rate_activities(user, uuid.uuid4(), day, ratings)
        if overall is not None:
            measuring.say_overall(user, uuid.uuid4(), day, overall)
        if near is not None:
            for goal in Goal.objects.owned_by(user).active():
                goals.rate(goal, day, near)
            refresh_overview(user)

    return happens


def reach(words: str) -> Happening:
    def happens(user: User, day: date) -> None:
        goal = Goal.objects.create(patient=user, words=words, set_on=day)
        goals.reach(goal, day)
        award(user, "goals")
        refresh_overview(user)

    return happens


def both(*happenings: Happening) -> Happening:
    def happens(user: User, day: date) -> None:
        for happening in happenings:
            happening(user, day)

    return happens


PAT = {
    0: both(choose("lift my grandchild", "put on my socks", "stand and cook"), rate(2, 3, 4)),
    14: rate(3, 4, 4, near=2),
    28: rate(4, 5, 6, near=4, overall=1),
    42: rate(4, 5, 5, near=4),
    47: reach("walk to the shop and back"),
    56: rate(6, 7, 6, near=6, overall=2),
}
OTHERS = {
    0: both(choose("work in the garden", "sit through dinner"), rate(3, 4)),
    14: rate(4, 4, near=3),
    28: rate(5, 6, near=5, overall=1),
}
