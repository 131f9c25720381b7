"""Week by week: what was planned and what was done. Rest, pauses and locks are neutral; pure.

No session is planned on a day on which none could be done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from progress.trends import monday_of

MOST_WEEKS = 13
# What stays of the score beside the next session: one left out takes a tenth of it away.
FADE = Decimal("0.9")
WORTH = {"done": Decimal(1), "part": Decimal("0.5"), "planned": Decimal(0)}
STEADY, GETTING_THERE = 70, 40


@dataclass(frozen=True, slots=True)
class Cell:
    """``done``, ``part``, ``planned`` (to come, or not done), ``rest`` or ``ahead``."""

    day: date
    state: str


def grid(
    today: date,
    weeks: int,
    done: Mapping[date, bool],
    planned: Collection[date],
) -> list[list[Cell]]:
    """The last ``weeks`` weeks, a list of seven cells each. ``done`` says of a day: all or part."""
    first = monday_of(today) - timedelta(weeks=weeks - 1)
    return [
        [_cell(first + timedelta(days=7 * week + day), today, done, planned) for day in range(7)]
        for week in range(weeks)
    ]


def _cell(
    day: date,
    today: date,
    done: Mapping[date, bool],
    planned: Collection[date],
) -> Cell:
    if day in done:
        return Cell(day, "done" if done[day] else "part")
    if day in planned:
        return Cell(day, "planned")
    return Cell(day, "ahead" if day > today else "rest")


def steadiness(cells: Iterable[Cell], today: date) -> int | None:
    """A gentle score, 0 to 100. It begins at nothing, and each session lifts it.

    Only sessions count: a rest day or a pause never lowers it, and one session left out takes a
    tenth of it away. None before anything was planned. Today's session counts once it is done.
    """
    score: Decimal | None = None
    for cell in cells:
        worth = WORTH.get(cell.state)
        if worth is not None and (cell.day < today or (cell.day == today and worth)):
            score = FADE * (score or 0) + (1 - FADE) * worth
    return None if score is None else int((100 * score).quantize(Decimal(1), ROUND_HALF_UP))


def barred(
    checks: Iterable[tuple[date, bool]], today: date, every: timedelta
) -> list[tuple[date, date]]:
    """The stretches of days on which a full check had to come first, from all checks in order.

    Each is told with its day and whether it was a full one; what is not full asks for one, and so does
    the time ``every`` after the last full one. The day of the full check is part of the stretch: nobody
    knows at which hour a session could have begun.
    """
    stretches: list[tuple[date, date]] = []
    since = due = None
    for day, is_full in [*checks, (today, True)]:
        if due and due <= day:
            since = min(since or due, due)
        if not is_full:
            since = since or day
            continue
        if since:
            stretches.append((since, day))
        since, due = None, day + every
    return stretches
