"""Made-up people for whom nothing helps, in the ways that fool a naive comparison."""

from __future__ import annotations

import random
from datetime import date, timedelta

from progress.patterns import SESSION, Pair, patterns_in, session_pairs

EXERCISES = ("bird-dog", "bridge", "cat-cow", "pelvic-tilt", "side-plank")
FIRST = date(2026, 1, 5)
KINDS = ("steady", "in a row", "getting better", "skips on bad days", "flare-up", "steps", "calm")


def person(
    rng: random.Random, kind: str, days: int = 84, helps: dict[str, float] | None = None
) -> dict[str, list[Pair]]:
    """The days of one person. ``helps`` gives points that an exercise changes the next morning by."""
    helps = helps or {}
    pains, mornings = _pains(rng, kind, days), {}
    pairs: list[Pair] = []
    lift = 0.0
    for number, base in enumerate(pains):
        day = FIRST + timedelta(days=number)
        morning = _felt(rng, base + lift)
        lift = 0.0
        if rng.random() < 0.9:
            mornings[day] = morning
        if day.weekday() in (0, 2, 4) and number + 1 < days:
            did = frozenset(e for e in EXERCISES if _does(rng, kind, e, number, morning))
            lift = sum(helps.get(e, 0.0) for e in did) + helps.get(SESSION, 0.0)
            after = _felt(rng, pains[number + 1] + lift)
            pairs.append(Pair(day, _felt(rng, base), after, did))
    session_days = [pair.day for pair in pairs if rng.random() < 0.9]
    return {SESSION: session_pairs(mornings, session_days), **dict.fromkeys(EXERCISES, pairs)}


def _felt(rng: random.Random, pain: float) -> int:
    return max(0, min(10, round(pain + rng.gauss(0, 0.5))))


def _does(rng: random.Random, kind: str, exercise: str, number: int, pain: float) -> bool:
    if kind == "skips on bad days" and pain >= 6:
        return rng.random() < 0.2
    if kind == "steps" and exercise in ("bridge", "side-plank"):
        return number > 35 + rng.randint(-4, 4)
    return rng.random() < 0.65


def _pains(rng: random.Random, kind: str, days: int) -> list[float]:
    """Pain before rounding: around a level that stays, drifts, jumps or flares."""
    level, wobble, found = rng.uniform(3, 6), 0.0, []
    keeps = {"in a row": 0.8, "flare-up": 0.6, "calm": 0.3}.get(kind, 0.4)
    for number in range(days):
        wobble = keeps * wobble + rng.gauss(0, 0.4 if kind == "calm" else 1)
        trend = -3 * number / days if kind == "getting better" else 0
        jump = -2.5 if kind == "steps" and number > 35 else 0
        flare = 3 if kind == "flare-up" and 40 <= number < 50 else 0
        found.append(level + wobble + trend + jump + flare)
    return found


def share_told_something_false(people_each: int, seed: int) -> dict[str, float]:
    """For each kind of person, the share for whom anything at all is said."""
    rng = random.Random(seed)
    return {
        kind: sum(
            any(p.is_said for p in patterns_in(person(rng, kind, rng.choice((42, 84, 180)))))
            for _n in range(people_each)
        )
        / people_each
        for kind in KINDS
    }


def share_told_false_in_a_year(people_each: int, seed: int) -> float:
    """The share of all people to whom anything is said at any of a year's fortnightly looks."""
    rng = random.Random(seed)
    fooled = 0
    for kind in KINDS:
        for _n in range(people_each):
            pairs = person(rng, kind, 364)
            looks = (FIRST + timedelta(days=n) for n in range(42, 365, 14))
            fooled += any(_is_told(pairs, day) for day in looks)
    return fooled / people_each / len(KINDS)


def _is_told(pairs: dict[str, list[Pair]], day: date) -> bool:
    until = {key: [pair for pair in days if pair.day < day] for key, days in pairs.items()}
    return any(pattern.is_said for pattern in patterns_in(until))
