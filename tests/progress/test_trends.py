"""Numbers of the charts, computed a second time from the raw entries, the long way round."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.engine.schedule import WEEK
from progress.charts import MOST_RINGS, NARROW, WIDE, draw, draw_effort, dumbbell
from progress.flares import flares_in
from progress.rhythm import barred, grid, steadiness
from progress.rounding import tenth, whole
from progress.summaries import Span, planned_dates, planned_weeks, without
from progress.trends import Stretch, Sums, change_of, first_day, monday_of, stretches, wobble

TODAY = date(2026, 11, 24)
days = st.integers(0, 800).map(lambda back: TODAY - timedelta(days=back))
diaries = st.lists(st.tuples(days, st.integers(0, 10)), max_size=25)


def by_hand(values: list[int]) -> float:
    """The mean to a tenth, half up."""
    share = Decimal(sum(values)) / Decimal(len(values))
    return float(share.quantize(Decimal("0.1"), ROUND_HALF_UP))


def sums_of(entries: list[tuple[date, int]], done: list[date]) -> list[Sums]:
    """The sums of each week, as they are stored."""
    mondays = sorted({monday_of(day) for day in [*done, *(day for day, _ in entries)]})
    found = []
    for monday in mondays:
        week = [pain for day, pain in entries if monday_of(day) == monday]
        sessions = sum(monday_of(day) == monday for day in done)
        low, high = min(week, default=None), max(week, default=None)
        found.append(Sums(monday, len(week), sum(week), low, high, sessions))
    return found


@given(diaries, st.lists(days, max_size=15))
def test_weeks_hold_what_the_entries_say(entries, done):
    first = monday_of(TODAY - timedelta(days=600))
    recent = [(day, pain) for day, pain in entries if day >= first]
    parts = stretches(first, TODAY, sums_of(recent, [d for d in done if d >= first]), {})
    assert [part.first.weekday() for part in parts] == [0] * len(parts)
    assert sum(part.entries for part in parts) == len(recent)
    assert sum(part.done for part in parts) == sum(day >= first for day in done)
    for part in parts:
        inside = [pain for day, pain in recent if part.first <= day <= part.last]
        assert part.pain == (by_hand(inside) if inside else None)
        assert (part.low, part.high) == (min(inside, default=None), max(inside, default=None))


@given(diaries)
def test_a_long_time_is_shown_by_month_and_loses_nothing(entries):
    first = monday_of(TODAY - timedelta(days=800))
    parts = stretches(first, TODAY, sums_of(entries, []), {})
    assert len(parts) <= 28  # months
    assert sum(part.entries for part in parts) == len(entries)
    for part in parts:
        mondays = [monday_of(day) for day, _ in entries]
        inside = [
            pain
            for (_, pain), monday in zip(entries, mondays, strict=True)
            if (monday.year, monday.month) == (part.first.year, part.first.month)
        ]
        assert part.pain == (by_hand(inside) if inside else None)


SPANS = st.lists(
    st.tuples(st.integers(0, 800), st.sets(st.sampled_from(WEEK), max_size=4)), max_size=5
)


@given(SPANS, st.integers(0, 400))
def test_planned_days_fall_into_their_weeks(told, back):
    """Day by day, each by the plan that was the newest then."""
    begins = {TODAY - timedelta(days=ago): tuple(sorted(names)) for ago, names in told}
    spans = [Span(since, names) for since, names in sorted(begins.items())]
    first = monday_of(TODAY - timedelta(days=back))
    every = [first + timedelta(days=n) for n in range((TODAY - first).days + 1)]
    planned = []
    for day in every:
        newest = max((since for since in begins if since <= day), default=None)
        if newest and WEEK[day.weekday()] in begins[newest]:
            planned.append(day)
    assert planned_dates(spans, first, TODAY) == planned
    counted = planned_weeks(spans, first, TODAY)
    parts = stretches(first, TODAY, [], counted)
    assert sum(part.planned for part in parts) == len(planned)
    for part in parts:
        assert part.planned == sum(part.first <= day <= part.last for day in planned)


@given(diaries)
def test_every_point_lies_within_the_picture(entries):
    first = monday_of(TODAY - timedelta(days=800))
    parts = stretches(first, TODAY, sums_of(entries, []), {})
    for frame in (WIDE, NARROW):
        chart = draw(frame, parts, entries, (2.0, 6.0))
        for point in (*chart.means, *chart.rings):
            assert 0 <= point.x <= frame.width
            assert 0 <= point.y <= frame.height
        for box in chart.done:
            assert 0 <= box.x <= box.x + box.width <= frame.width
            assert frame.height <= box.y <= box.y + box.height <= chart.base


@pytest.mark.parametrize("count", [0, 1, 2, 30, 3650])
def test_any_number_of_entries_draws_and_stays_small(count):
    entries = sorted((TODAY - timedelta(days=n), n % 11) for n in range(count))
    first = monday_of(entries[0][0] if entries else TODAY)
    parts = stretches(first, TODAY, sums_of(entries, []), {})
    chart = draw(NARROW, parts, entries)
    assert len(chart.rings) <= MOST_RINGS
    assert len(chart.ticks) <= 3
    assert len(parts) <= 41  # quarters of a year
    assert sum(part.entries for part in parts) == count
    assert sum(len(line) for line in chart.lines) < 2500


def test_a_gap_breaks_the_line():
    entries = [(TODAY - timedelta(days=n), 4) for n in (0, 7, 28, 35)]
    parts = stretches(monday_of(TODAY - timedelta(days=41)), TODAY, sums_of(entries, []), {})
    assert len(draw(WIDE, parts, entries).lines) == 2


def test_sessions_are_blocks_done_below_and_planned_above():
    monday = monday_of(TODAY)
    parts = [Stretch(monday, monday + timedelta(days=6), done=2, planned=3)]
    chart = draw(WIDE, parts, [])
    assert (len(chart.done), len(chart.planned)) == (2, 1)
    assert chart.planned[0].y < min(box.y for box in chart.done)


def test_more_done_than_planned_shows_nothing_left_over():
    monday = monday_of(TODAY)
    parts = [Stretch(monday, monday + timedelta(days=6), done=4, planned=3)]
    assert draw(WIDE, parts, []).planned == ()


def test_effort_and_activities_are_drawn_on_the_whole_scale():
    monday = monday_of(TODAY)
    chart = draw_effort(WIDE, [Stretch(monday, monday + timedelta(days=6), effort=10.0)])
    assert [point.y for point in chart.points] == [WIDE.top]
    bell = dumbbell([0, 5, 10])
    assert (bell.first, bell.between, bell.last) == (14, (260,), 506)


def weeks_of(*means: float | None) -> list[Stretch]:
    monday = date(2026, 6, 1)
    return [
        Stretch(
            monday + timedelta(weeks=n),
            monday + timedelta(weeks=n, days=6),
            entries=int(mean is not None),
            pain=mean,
        )
        for n, mean in enumerate(means)
    ]


@pytest.mark.parametrize(
    ("means", "kind", "points"),
    [
        ((), "none", 0),
        ((6, 5, 5), "few", 1),
        ((6, 6, None, 4, 4), "lower", 2),
        ((6, 6, 5, 4), "unclear", 1.5),
        ((8, 8, 6, 6), "unclear", 2),  # 2 points, but 25 percent
        ((8, 8, 5.6, 5.6), "lower", 2.4),  # 30 percent on the dot
        ((3, 3, 5, 6), "higher", 2.5),
        ((3, 3, 5, 5), "higher", 2),
        ((4, 4, 4, 4), "unclear", 0),
    ],
)
def test_two_points_and_thirty_percent_are_called_a_change(means, kind, points):
    change = change_of(weeks_of(*means))
    assert (change.kind, change.points) == (kind, points)


tenths = st.integers(0, 100).map(lambda n: n / 10)


@given(st.lists(st.none() | tenths, max_size=12))
def test_the_verdict_is_what_a_person_finds_with_pencil_and_paper(means):
    told = [Fraction(str(mean)) for mean in means if mean is not None]
    change = change_of(weeks_of(*means))
    if len(told) < 4:
        assert change.kind == ("few" if told else "none")
        return

    def half_up(pair: list[Fraction]) -> Fraction:
        return Fraction(int(sum(pair) / 2 * 10 + Fraction(1, 2)), 10)

    first, last = half_up(told[:2]), half_up(told[-2:])
    fall = first - last
    if fall >= 2 and fall * 10 >= first * 3:
        assert change.kind == "lower"
    elif -fall >= 2:
        assert change.kind == "higher"
    else:
        assert change.kind == "unclear"
    assert (change.first, change.last) == (float(first), float(last))
    low, high = wobble(change)
    is_inside = Fraction(str(low)) < last < Fraction(str(high))
    assert is_inside or change.kind != "unclear" or last in (0, 10) or first < 2


def test_half_goes_up():
    assert [tenth(n, 4) for n in (1, 25, 10)] == [0.3, 6.3, 2.5]
    assert [whole(5, 2), whole(27, 11), whole(0, 3)] == [3, 2, 0]  # 27/11 is 2.45, not 2.5


def test_ranges_begin_on_a_monday_and_all_with_the_first_entry():
    assert first_day("4w", TODAY, None) == date(2026, 11, 2)
    assert first_day("1y", TODAY, None) == date(2025, 12, 1)
    assert first_day("all", TODAY, date(2024, 2, 29)) == date(2024, 2, 26)
    assert first_day("all", TODAY, None) == date(2026, 11, 23)


# Flare-ups


def daily(*means: float, start: date = date(2026, 2, 1)) -> list[tuple[date, float]]:
    return [(start + timedelta(days=n), mean) for n, mean in enumerate(means)]


def test_two_days_two_points_above_are_a_flare_up_until_it_is_back_within_one():
    flare = flares_in(daily(4, 4, 4, 4, 6, 7, 6, 5, 4))[0]
    assert (flare.started_on, flare.before, flare.peak) == (date(2026, 2, 5), 4, 7)
    assert flare.settled_on == date(2026, 2, 8)


@pytest.mark.parametrize(
    "means", [(4, 4, 4, 4, 6, 4, 6, 4), (4, 4, 4, 4, 5.9, 5.9, 5.9), (4, 4, 4, 9, 9)]
)
def test_one_bad_day_a_small_rise_or_too_few_days_are_none(means):
    assert flares_in(daily(*means)) == []


def test_a_flare_up_does_not_raise_what_is_usual():
    found = flares_in(daily(*[4] * 10, 8, 8, 8, 4, 4, 7, 7, 4))
    assert [flare.before for flare in found] == [4, 4]


def test_a_pain_that_stays_is_no_flare_up_that_ever_settled():
    found = flares_in(daily(*[4] * 10, *[8] * 60))
    assert found[0].settled_on is None


# Rhythm

MONDAY = date(2026, 11, 23)


def score(done: dict[date, bool], planned: set[date]) -> int | None:
    weeks = grid(TODAY, 13, done, planned)
    return steadiness([cell for week in weeks for cell in week], TODAY)


def test_the_grid_tells_done_part_planned_rest_and_what_is_ahead():
    done = {MONDAY - timedelta(days=7): True, MONDAY - timedelta(days=5): False}
    planned = {MONDAY - timedelta(days=3), MONDAY + timedelta(days=4)}
    before, now = grid(TODAY, 2, done, planned)
    assert [c.state for c in before] == ["done", "rest", "part", "rest", "planned", "rest", "rest"]
    assert [c.state for c in now] == ["rest"] * 2 + ["ahead"] * 2 + ["planned"] + ["ahead"] * 2


past = st.sets(st.integers(1, 80).map(lambda back: TODAY - timedelta(days=back)), max_size=20)


@given(past, st.integers(1, 80))
def test_one_session_left_out_takes_a_tenth_at_most_and_one_done_lifts(done, back):
    kept = dict.fromkeys(done, True)
    day = TODAY - timedelta(days=back)
    before = score(kept, set()) or 0
    if day not in done:
        assert 0 <= before - (score(kept, {day}) or 0) <= before / 10 + 1
        assert (score(kept | {day: True}, set()) or 0) >= before


def test_todays_session_is_not_missed_before_the_day_is_over():
    assert score({MONDAY: True}, {MONDAY, TODAY}) == 10
    assert score({}, {TODAY}) is None


CHECKS = st.lists(st.tuples(st.integers(0, 80), st.booleans()), max_size=8)


@given(CHECKS, st.lists(st.tuples(st.integers(0, 90), st.sets(st.sampled_from(WEEK))), max_size=4))
def test_no_day_is_planned_before_a_check_that_must_come_first(told, plans):
    """Day by day: is a check asked for, or four weeks old, and was not done before this day?"""
    checks = sorted((TODAY - timedelta(days=ago), is_full) for ago, is_full in told)
    begins = {TODAY - timedelta(days=ago): tuple(sorted(names)) for ago, names in plans}
    spans = [Span(since, names) for since, names in sorted(begins.items())]
    first = TODAY - timedelta(days=95)
    usual = planned_dates(spans, first, TODAY)
    left = planned_dates(without(spans, barred(checks, TODAY, timedelta(days=28))), first, TODAY)
    is_barred = set()
    for offset in range(96):
        day = first + timedelta(days=offset)
        last = max((then for then, is_full in checks if is_full and then < day), default=None)
        asked = [then for then, is_full in checks if not is_full and then <= day]
        is_open = any(last is None or then > last for then in asked)
        if is_open or (last and (day - last).days >= 28):
            is_barred.add(day)
    assert left == [day for day in usual if day not in is_barred]
