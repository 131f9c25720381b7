"""On which days: a rest day between sessions, counted across the week end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def spaced(days: Sequence[int]) -> bool:
    """No two of these weekdays (0–6) are neighbours; Sunday and Monday are."""
    return all((other - day) % 7 not in (1, 6) for day, other in combinations(days, 2))


def most_spaced(days: Sequence[int]) -> int:
    """How many of these weekdays can be kept with a rest day between them."""
    sizes = range(len(days), 0, -1)
    return next((size for size in sizes if any(map(spaced, combinations(days, size)))), 0)


def best_days(offered: Sequence[str], sessions: int) -> tuple[str, ...]:
    """``sessions`` of the days offered, spread as evenly as can be; earlier in the week on a tie."""
    days = sorted(WEEK.index(day) for day in offered)
    choices = [choice for choice in combinations(days, sessions) if spaced(choice)]
    best = min(choices, key=lambda choice: (-_narrowest(choice), choice), default=())
    return tuple(WEEK[day] for day in best)


def _narrowest(choice: Sequence[int]) -> int:
    turned = [*choice[1:], choice[0] + 7] if choice else []
    return min((later - day for day, later in zip(choice, turned, strict=True)), default=7)


def sessions_a_week(offered: Sequence[str], wanted: int | None, most: int) -> tuple[int, bool]:
    """Sessions a week and whether another day is needed to have a rest day between.

    As many as are wanted, else as the days offered, three at most and at most ``most``. Without any day
    the wish stands, else two.
    """
    if not offered:
        return min(wanted or 2, most), True
    goal = min(wanted or 3, most, len(offered))
    possible = most_spaced([WEEK.index(day) for day in offered])
    return min(goal, possible), possible < goal


def first_week(today: date, days: Sequence[str]) -> tuple[date, ...]:
    """The session dates among the seven days that begin today."""
    week = (today + timedelta(days=offset) for offset in range(7))
    return tuple(day for day in week if WEEK[day.weekday()] in days)
