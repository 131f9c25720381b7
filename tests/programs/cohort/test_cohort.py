"""What must hold for everybody, over twelve simulated weeks: 100 people here, 1,000 in
``make soak`` (``python -m tests.programs.cohort 1000``, which prints the table of the README)."""

import pytest

from tests.programs.cohort.drive import follow
from tests.programs.cohort.summary import faults, table
from tests.programs.engine.standard import library

PEOPLE = 100


@pytest.fixture(scope="module")
def courses():
    return [follow(seed, library()) for seed in range(PEOPLE)]


def test_no_rule_is_broken_on_any_day(courses):
    assert faults(courses) == []


def test_everyone_able_to_progress_reaches_a_higher_level(courses):
    able = [c for c in courses if c.patient.is_able]
    assert len(able) >= PEOPLE // 10
    assert [c.patient.seed for c in able if c.highest <= c.first_level] == []


def test_the_cohort_meets_every_kind_of_decision(courses):
    met = {action for course in courses for action in course.actions}
    assert met >= {
        "lock",
        "pause",
        "flare_plan",
        "level_down",
        "remove_exercise",
        "regress",
        "hold",
        "progress",
        "level_up",
    }


def test_a_seed_always_gives_the_same_course():
    one, two = follow(3, library()), follow(3, library())
    assert one.case == two.case
    assert one.events == two.events > 100


def test_the_table_counts_what_happened(courses):
    lines = table(courses).splitlines()
    assert lines[2] == "| people, weeks | 100, 12 |"
    assert len(lines) == 14
