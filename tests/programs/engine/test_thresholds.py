"""Every number of the adaptation tables, just below, at and just above; a number that moves is seen.

Each probe tells a short story and says what must come of it. The second test moves the number one step
up and one step down, and the story must end otherwise: no threshold can change unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import pytest

from programs.engine.rules import adaptation
from tests.programs.engine import probes_of_steps, probes_of_time, probes_of_watch
from tests.programs.engine.probes import PROBES

# Importing them fills the table of probes.
__all__ = ["probes_of_steps", "probes_of_time", "probes_of_watch"]

TABLES = (
    "ZONES",
    "STEPS",
    "LEVEL_UP",
    "NEXT_DAY",
    "DELOAD",
    "GAPS",
    "FLARES",
    "REINTRODUCE",
    "WATCH",
)
NUMBERS = [
    f"{table}.{item.name}" for table in TABLES for item in fields(getattr(adaptation, table))
]
# Shares move by a step that a whole set can show.
STEP = {
    "red_share": 0.1,
    "completed": 0.01,
    "work_rise": 0.01,
    "lighter_share": 0.2,
    "share": 0.2,
    "way_back_share": 0.1,
    "fall_share": 0.05,
    "peg_share": 0.05,
}


@contextmanager
def moved(name: str, by: float) -> Iterator[None]:
    table, field = name.split(".")
    row = getattr(adaptation, table)
    was = getattr(row, field)
    object.__setattr__(row, field, was + by)
    try:
        yield
    finally:
        object.__setattr__(row, field, was)


def test_every_number_of_the_tables_has_its_probe():
    assert sorted(PROBES) == sorted(NUMBERS)


@pytest.mark.parametrize("name", NUMBERS)
def test_the_number_decides_where_the_table_says(name):
    tell, expected = PROBES[name]
    assert tell() == expected


@pytest.mark.parametrize("by", [-1, 1], ids=["one step less", "one step more"])
@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_that_moves_is_seen(name, by):
    tell, expected = PROBES[name]
    with moved(name, by * STEP.get(name.split(".")[1], 1)):
        try:
            told = tell()
        except (AssertionError, IndexError, ValueError):
            told = None
    assert told != expected
