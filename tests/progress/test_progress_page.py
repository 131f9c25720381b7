"""The progress page: what it says, what it costs, and that a swap equals a reload."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from progress.diary import log_pain
from tests.support.htmx import assert_swap_equals_reload
from tests.support.pages import all_words, parse, queries, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, patient):
    client.force_login(patient)
    return patient


def keep(patient, *pains: int) -> None:
    """One entry a week, the last one today."""
    now = timezone.now()
    for back, pain in enumerate(reversed(pains)):
        log_pain(patient, uuid.uuid4(), pain, now - timedelta(weeks=back))


def test_without_entries_it_says_so(client, me):
    page = parse(client.get("/progress/"))
    assert (
        words(page.cssselect(".lede")[0])
        == "No entries in this time yet. One number a day is enough."
    )


def test_a_clear_fall_is_called_one_with_its_points(client, me):
    keep(me, 7, 7, 6, 5, 4, 4)
    page = parse(client.get("/progress/?range=3m"))
    assert words(page.cssselect(".lede")[0]) == (
        "3 points lower than at the start: more than day-to-day wobble."
    )


def test_a_wobble_is_called_a_wobble(client, me):
    keep(me, 5, 4, 5, 4)
    page = parse(client.get("/progress/?range=3m"))
    assert words(page.cssselect(".lede")[0]).startswith("No clear change yet: ")


def test_picture_and_table_hold_the_same_numbers(client, me):
    keep(me, 5, 3, 8)
    page = parse(client.get("/progress/?range=4w"))
    drawn = all_words(page, "svg .c-now title")
    table = [words(row.cssselect("td")[0]) for row in page.cssselect("tbody tr")]
    assert (
        sorted(drawn)
        == sorted(f"{float(cell):g}" for cell in table if cell != "–")
        == ["3", "5", "8"]
    )


def test_a_swap_leaves_the_page_as_a_reload_would(client, me):
    keep(me, 5, 3, 8)
    assert_swap_equals_reload(client, "/progress/", "/progress/?range=1y", "chart")


def test_an_unknown_range_is_the_first_one(client, me):
    page = parse(client.get("/progress/?range=forever"))
    assert all_words(page, ".segmented [aria-current]") == ["4 weeks"]


def test_ten_years_cost_the_queries_of_a_month(client, me):
    keep(me, 5)
    with queries() as one:
        client.get("/progress/?range=all")
    keep(me, *(n % 11 for n in range(520)))
    with queries() as many:
        client.get("/progress/?range=all")
    assert len(one) == len(many) <= 12


def test_nobody_elses_numbers(client, me, stranger):
    keep(stranger, 9, 9, 9)
    page = parse(client.get("/progress/"))
    assert not page.cssselect("svg .c-dot[cx]:not([cx='14'])")
