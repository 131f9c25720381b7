"""What seems to help: right numbers, and hardly ever a false word."""

import math
import os
import random
from datetime import date, timedelta

import pytest

from progress.patterns import Pair, patterns_in, session_pairs, t_quantile, whole_fortnights
from tests.progress.simulated import (
    EXERCISES,
    KINDS,
    person,
    share_told_false_in_a_year,
    share_told_something_false,
)

# `make soak` looks at many more people.
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"

DAY = date.fromordinal(date(2026, 1, 5).toordinal() // 14 * 14)  # a fortnight begins


def days(count, did=lambda n: n % 2 == 0, after=lambda n, did: 4):
    return [
        Pair(DAY + timedelta(days=n), 4, after(n, did(n)), frozenset({"x"} if did(n) else ()))
        for n in range(count)
    ]


def only(pairs):
    (pattern,) = patterns_in({"x": pairs})
    return pattern


def test_nothing_is_said_with_too_few_days():
    assert only(days(13)).strength == "few"
    assert only(days(40, did=lambda n: n % 14 == 0)).strength == "few"


def test_points_are_the_difference_within_fortnights():
    pattern = only(days(56, after=lambda n, did: 2 if did else 5))
    assert (pattern.points, pattern.days_with, pattern.days_without) == (-3.0, 28, 28)
    assert pattern.strength == "likely"
    assert pattern.low < -3 < pattern.high < 0


def test_an_exercise_that_came_when_pain_fell_is_not_said_to_help():
    pairs = days(56, did=lambda n: n >= 28, after=lambda n, did: 2 if did else 6)
    assert only(pairs).strength == "few"  # no fortnight has both


def test_pain_before_is_taken_into_account():
    """Left out on bad days: mornings after differ, and only because pain before did."""
    rng = random.Random(3)
    pairs = []
    for n in range(112):
        before = rng.choice((2, 7))
        did = frozenset({"x"} if before == 2 or rng.random() < 0.2 else ())
        pairs.append(Pair(DAY + timedelta(days=n), before, before + rng.choice((-1, 0, 1)), did))
    with_it = [p.after for p in pairs if p.did]
    without = [p.after for p in pairs if not p.did]
    assert sum(with_it) / len(with_it) < sum(without) / len(without) - 2
    assert not only(pairs).is_said


def test_only_fortnights_that_are_over_count():
    pairs = days(60)
    today = DAY + timedelta(days=59)
    kept = whole_fortnights(pairs, today)
    assert kept == whole_fortnights(pairs, today - timedelta(days=today.toordinal() % 14))
    assert 60 - len(kept) <= 14


def test_mornings_become_days_with_and_without_a_session():
    mornings = {DAY: 5, DAY + timedelta(days=1): 3, DAY + timedelta(days=3): 4}
    assert session_pairs(mornings, [DAY]) == [Pair(DAY, 5, 3, frozenset({"session"}))]


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    [(0.975, 10, 2.228), (0.975, 30, 2.042), (0.995, 10, 3.169), (0.9995, 20, 3.850)],
)
def test_t_quantiles_are_those_of_the_tables(share, freedom, value):
    assert math.isclose(t_quantile(share, freedom), value, rel_tol=0.005)


def test_something_false_is_said_to_under_five_in_a_hundred():
    """Seven kinds of people for whom nothing helps, and whom a naive comparison would fool."""
    shares = share_told_something_false(people_each=400 if SOAK else 45, seed=1)
    assert set(shares) == set(KINDS)
    assert sum(shares.values()) / len(shares) < 0.05
    assert not SOAK or max(shares.values()) < 0.05


def test_what_does_help_is_found():
    rng = random.Random(2)
    found = 0
    for _n in range(30):
        patterns = {p.key: p for p in patterns_in(person(rng, "steady", 180, {"bridge": -2.0}))}
        found += patterns["bridge"].is_said and patterns["bridge"].points < 0
    assert found >= 24


def test_numbers_stay_finite_for_days_that_never_differ():
    for after in (0, 10):
        pattern = only(days(56, after=lambda n, did, after=after: after))
        assert (pattern.strength, pattern.points) == ("none", 0)
    assert len(EXERCISES) == 5


def test_a_year_of_looks_says_something_false_to_under_five_in_a_hundred():
    """Whoever looks every fortnight gives chance two dozen tries."""
    share = share_told_false_in_a_year(people_each=100 if SOAK else 3, seed=11)
    assert share < 0.05
