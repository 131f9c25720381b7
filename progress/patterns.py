"""What seems to help: the mornings after, with and without, of one person alone.

Pure numbers. For each exercise the sessions in which it was done are compared with the sessions of
the same fortnight in which it was not; for sessions as a whole, days with one are compared with
days of the same fortnight without. The answer is how pain (0–10) stood the next morning, given how
it stood before. Comparing within a fortnight keeps slow change out of it: an exercise that came
into the program while pain was falling anyway does not look helpful by that.

Nothing is said before 14 days can be compared, with five on each side, and nothing below half a
point. The interval is widened for the number of things that are looked at (Bonferroni), for bad
days that come in a row, and for looking anew every fortnight: over a year of looks something false
is said to under 5 % of people. Nothing here changes a plan.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

FORTNIGHT = 14
LEAST_DAYS = 14
LEAST_EACH = 5
# Less than half a point is not worth a sentence, however sure.
LEAST_POINTS = 0.5
# The chance of a false word at one look, all things together. Strict, because a person who looks 24
# times a year gives chance 24 tries; found by simulating people for whom nothing helps.
HUNCH, LIKELY = 0.003, 0.0006
LIKELY_DAYS = 28
SESSION = "session"
SMALL = 1e-9


@dataclass(frozen=True, slots=True)
class Pair:
    """One day: pain before, pain the next morning (0–10), and what was done."""

    day: date
    before: float
    after: float
    did: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pattern:
    """Points of next-morning pain with ``key`` against without; below zero is less pain.

    ``strength``: ``few`` (not enough days), ``none`` (nothing clear), ``hunch`` or ``likely``.
    """

    key: str
    days_with: int
    days_without: int
    strength: str
    points: float = 0.0
    low: float = 0.0
    high: float = 0.0

    @property
    def is_said(self) -> bool:
        return self.strength in ("hunch", "likely")


def whole_fortnights(pairs: Iterable[Pair], today: date) -> list[Pair]:
    """The days of fortnights that are over, so that a new look comes only every 14 days."""
    now = today.toordinal() // FORTNIGHT
    return [pair for pair in pairs if _fortnight(pair) < now]


def patterns_in(pairs: Mapping[str, Sequence[Pair]]) -> list[Pattern]:
    """One pattern for each key, from the days that it is compared on; the clearest first."""
    compared = {key: _comparable(key, days) for key, days in pairs.items()}
    enough = [key for key, days in compared.items() if _is_enough(key, days)]
    found = [
        _pattern(key, days, len(enough)) if key in enough else _too_few(key, days)
        for key, days in compared.items()
    ]
    order = ("likely", "hunch", "none", "few")
    return sorted(found, key=lambda p: (order.index(p.strength), p.points, p.key))


def session_pairs(mornings: Mapping[date, float], session_days: Iterable[date]) -> list[Pair]:
    """Each day with a morning and a next morning; ``did`` says whether a session came between."""
    done = set(session_days)
    return [
        Pair(day, pain, mornings[day + timedelta(days=1)], _done(day in done))
        for day, pain in sorted(mornings.items())
        if day + timedelta(days=1) in mornings
    ]


def _done(is_done: bool) -> frozenset[str]:
    return frozenset({SESSION} if is_done else ())


def _fortnight(pair: Pair) -> int:
    return pair.day.toordinal() // FORTNIGHT


def _comparable(key: str, pairs: Sequence[Pair]) -> list[Pair]:
    """The days of fortnights that have both: with it and without."""
    sides: dict[int, set[bool]] = {}
    for pair in pairs:
        sides.setdefault(_fortnight(pair), set()).add(key in pair.did)
    return [pair for pair in pairs if len(sides[_fortnight(pair)]) == 2]


def _with(key: str, pairs: Sequence[Pair]) -> int:
    return sum(key in pair.did for pair in pairs)


def _is_enough(key: str, pairs: Sequence[Pair]) -> bool:
    with_it = _with(key, pairs)
    return len(pairs) >= LEAST_DAYS and min(with_it, len(pairs) - with_it) >= LEAST_EACH


def _too_few(key: str, pairs: Sequence[Pair]) -> Pattern:
    with_it = _with(key, pairs)
    return Pattern(key, with_it, len(pairs) - with_it, "few")


def _pattern(key: str, pairs: Sequence[Pair], looked_at: int) -> Pattern:
    with_it = _with(key, pairs)
    sides = (with_it, len(pairs) - with_it)
    fit = _fit(key, pairs)
    if fit is None:
        return Pattern(key, *sides, "none")
    points, error, freedom = fit
    strength = "none"
    for name, share in (("hunch", HUNCH), ("likely", LIKELY)):
        reach = error * t_quantile(1 - share / looked_at / 2, freedom)
        has_days = name == "hunch" or len(pairs) >= LIKELY_DAYS
        if abs(points) - reach > 0 and abs(points) >= LEAST_POINTS and has_days:
            strength = name
    reach = error * t_quantile(1 - HUNCH / looked_at / 2, freedom)
    return Pattern(
        key, *sides, strength, *(round(v, 1) for v in (points, points - reach, points + reach))
    )


def _fit(key: str, pairs: Sequence[Pair]) -> tuple[float, float, int] | None:
    """Least squares within fortnights: next morning on pain before and on having done it.

    Gives the points, their standard error and the degrees of freedom; None where it cannot be told.
    """
    blocks = [_fortnight(pair) for pair in pairs]
    after = _within(blocks, [pair.after for pair in pairs])
    before = _within(blocks, [pair.before for pair in pairs])
    did = _within(blocks, [float(key in pair.did) for pair in pairs])
    bb, dd, bd = _dot(before, before), _dot(did, did), _dot(before, did)
    ba, da = _dot(before, after), _dot(did, after)
    if bb <= SMALL:  # pain before never differed: nothing to take into account
        bb, bd, ba = 1.0, 0.0, 0.0
    spread = bb * dd - bd * bd
    freedom = len(pairs) - len(set(blocks)) - 2
    if spread <= SMALL or freedom < LEAST_EACH:
        return None
    slope, points = (ba * dd - da * bd) / spread, (da * bb - ba * bd) / spread
    rest = [a - slope * b - points * d for a, b, d in zip(after, before, did, strict=True)]
    # Whole numbers can fit without any rest; rounding alone leaves a twelfth of a point squared.
    variance = max(_dot(rest, rest) / freedom, 1 / 12)
    in_a_row = 1 + max(0.0, _row(blocks, rest)) + abs(_row(blocks, rest) * _row(blocks, did))
    return points, math.sqrt(variance * bb / spread * in_a_row), freedom


def _within(blocks: Sequence[int], values: Sequence[float]) -> list[float]:
    """Each value less the mean of its fortnight."""
    sums: dict[int, tuple[float, int]] = {}
    for block, value in zip(blocks, values, strict=True):
        total, count = sums.get(block, (0.0, 0))
        sums[block] = (total + value, count + 1)
    return [v - sums[b][0] / sums[b][1] for b, v in zip(blocks, values, strict=True)]


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _row(blocks: Sequence[int], values: Sequence[float]) -> float:
    """How much a value is like the one before it, from -1 to 1."""
    total = _dot(values, values)
    steps = zip(blocks, blocks[1:], values, values[1:], strict=False)
    return sum(a * b for old, new, a, b in steps if old == new) / total if total else 0.0


def t_quantile(share: float, freedom: int) -> float:
    """The quantile of Student's t, by the expansion around the normal one; good from 5 degrees on."""
    z = NormalDist().inv_cdf(share)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return sum(term / freedom**power for power, term in enumerate(terms))
