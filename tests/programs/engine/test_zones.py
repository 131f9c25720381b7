"""The pain-monitoring rule, case by case."""

import json
from itertools import product
from pathlib import Path

import pytest

from programs.engine import zone_of

TABLE = Path(__file__).parents[2] / "data" / "zones.json"


@pytest.mark.parametrize(
    ("before", "pain", "zone"),
    [
        (0, 0, "green"),
        (0, 2, "green"),
        (1, 3, "amber"),
        (2, 3, "green"),
        (3, 5, "amber"),
        (4, 5, "green"),
        (0, 3, "red"),
        (2, 5, "red"),
        (4, 6, "red"),
        (5, 6, "red"),
        (5, 5, "green"),
    ],
)
def test_below_six_before_both_height_and_rise_count(before, pain, zone):
    assert zone_of(pain, before) == zone


@pytest.mark.parametrize("has_caution", [False, True])
@pytest.mark.parametrize(
    ("before", "pain", "zone"),
    [
        (6, 6, "green"),
        (6, 7, "green"),
        (6, 8, "red"),
        (8, 9, "green"),
        (7, 9, "red"),
        (9, 5, "green"),
    ],
)
def test_from_six_before_the_rise_alone_counts_for_everybody(before, pain, zone, has_caution):
    assert zone_of(pain, before, has_caution=has_caution) == zone


@pytest.mark.parametrize(
    ("before", "pain", "zone"), [(4, 4, "green"), (2, 4, "amber"), (4, 5, "red"), (1, 4, "red")]
)
def test_with_a_caution_four_is_the_cap_below_a_start_of_six(before, pain, zone):
    assert zone_of(pain, before, has_caution=True) == zone


@pytest.mark.parametrize("pain", range(11))
def test_sharp_pain_is_red_however_mild(pain):
    assert zone_of(pain, pain, is_sharp=True) == "red"


def test_an_unknown_start_counts_as_no_pain():
    assert [zone_of(pain, None) for pain in (0, 2, 3, 6)] == ["green", "green", "red", "red"]


@pytest.mark.parametrize("before", range(11))
def test_more_pain_is_never_a_milder_zone(before):
    order = ["green", "amber", "red"]
    for has_caution in (False, True):
        zones = [zone_of(pain, before, has_caution=has_caution) for pain in range(11)]
        assert [order.index(zone) for zone in zones] == sorted(order.index(z) for z in zones)


def test_the_table_that_the_player_is_tested_with_is_the_rule():
    """The player decides without network: a table of its own would stop other exercises than the server."""
    cases = product(range(11), [None, *range(11)], [False, True], [False, True])
    rule = {
        (pain, before, sharp, caution): zone_of(pain, before, is_sharp=sharp, has_caution=caution)
        for pain, before, sharp, caution in cases
    }
    assert {tuple(case[:4]): case[4] for case in json.loads(TABLE.read_text())} == rule
