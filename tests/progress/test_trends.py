"""Numbers of the chart, computed a second time from the raw entries."""

from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.charts import HEIGHT, WIDTH, draw
from progress.trends import Week, by_week, change_of, first_day

TODAY = date(2026, 11, 24)
days = st.integers(0, 800).map(lambda back: TODAY - timedelta(days=back))
diaries = st.lists(st.tuples(days, st.integers(0, 10)), max_size=60)


@given(diaries, st.lists(days, max_size=40))
def test_weeks_hold_what_the_entries_say(entries, done):
    first = TODAY - timedelta(days=800)
    weeks = by_week(first, TODAY, entries, done, [])
    assert [week.monday.weekday() for week in weeks] == [0] * len(weeks)
    assert sum(week.entries for week in weeks) == len(entries)
    assert sum(week.done for week in weeks) == len(done)
    for week in weeks:
        inside = [pain for day, pain in entries if 0 <= (day - week.monday).days < 7]
        assert week.pain == (round(fmean(inside), 1) if inside else None)


@given(diaries)
def test_every_point_lies_within_the_picture(entries):
    first = TODAY - timedelta(days=800)
    chart = draw(by_week(first, TODAY, entries, [], []), entries, first, TODAY)
    for point in (*chart.means, *chart.rings):
        assert 0 <= point.x <= WIDTH
        assert 0 <= point.y <= HEIGHT


@pytest.mark.parametrize("count", [0, 1, 2, 30, 3650])
def test_any_number_of_entries_draws(count):
    entries = sorted((TODAY - timedelta(days=n), n % 11) for n in range(count))
    first = entries[0][0] if entries else TODAY
    chart = draw(by_week(first, TODAY, entries, [], []), entries, first, TODAY)
    assert len(chart.rings) == min(count, -(-count // max(1, -(-count // 400))))
    assert len(chart.ticks) <= 6


def test_a_gap_breaks_the_line():
    entries = [(TODAY - timedelta(days=n), 4) for n in (0, 7, 28, 35)]
    first = TODAY - timedelta(days=41)
    chart = draw(by_week(first, TODAY, entries, [], []), entries, first, TODAY)
    assert len(chart.lines) == 2


def weeks_of(*means: float | None) -> list[Week]:
    monday = date(2026, 1, 5)
    return [
        Week(monday + timedelta(weeks=n), int(mean is not None), mean, 0, 0)
        for n, mean in enumerate(means)
    ]


@pytest.mark.parametrize(
    ("means", "kind", "points"),
    [
        ((), "none", 0),
        ((6, 5, 5), "few", 1),
        ((6, 6, None, 4, 4), "lower", 2),
        ((6, 6, 5, 4), "unclear", 1.5),
        ((3, 3, 5, 6), "higher", 2.5),
    ],
)
def test_only_two_points_or_more_are_called_a_change(means, kind, points):
    change = change_of(weeks_of(*means))
    assert (change.kind, change.points) == (kind, points)


def test_ranges_end_today_and_all_begins_with_the_first_entry():
    assert first_day("4w", TODAY, None) == date(2026, 10, 28)
    assert first_day("all", TODAY, date(2024, 2, 29)) == date(2024, 2, 29)
    assert first_day("all", TODAY, None) == TODAY
