"""The progress page: what it says, what it costs, and that a swap equals a reload."""

import re
import sys
import uuid
from datetime import UTC, date, datetime, timedelta
from statistics import fmean

import pytest
import time_machine
from django.db.backends.utils import CursorWrapper
from django.db.models import Sum
from django.utils import timezone

from programs.calendar import session_dates
from programs.engine import triage_so_far
from programs.standing import record_screening, record_something_new
from progress import measuring
from progress.diary import delete_entry, edit_entry, log_pain
from progress.models import (
    DiaryEntry,
    FlareSummary,
    Goal,
    Milestone,
    Overview,
    SessionRecord,
    WeekSummary,
)
from progress.summaries import overview_of, rebuild
from progress.telling import tell
from tests.factories.accounts import make_clinic
from tests.factories.programs import answers_of, give_program
from tests.factories.progress import finished_session
from tests.support.htmx import assert_swap_equals_reload
from tests.support.pages import all_words, one, parse, queries, words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.fixture
def me(client, patient):
    client.force_login(patient)
    with time_machine.travel(NOON, tick=False):
        yield patient


def keep(patient, *pains: int, last: date = TODAY) -> None:
    """One entry a week, the last one on ``last``."""
    moment = datetime(last.year, last.month, last.day, 12, tzinfo=UTC)
    for back, pain in enumerate(reversed(pains)):
        log_pain(patient, uuid.uuid4(), pain, moment - timedelta(weeks=back))


def keep_years(patient, days: int) -> None:
    """An entry each day up to today, all at once, in place of what was there."""
    DiaryEntry.objects.owned_by(patient).delete()
    DiaryEntry.objects.bulk_create(
        DiaryEntry(
            patient=patient,
            pain=2 + (n * 7) % 5,
            note="stiff",
            felt_at=timezone.now() - timedelta(days=n),
            day=TODAY - timedelta(days=n),
        )
        for n in range(days)
    )
    rebuild(patient)


def lede(client, key: str = "3m") -> str:
    return words(one(parse(client.get(f"/progress/?range={key}")), ".lede"))


def table(page) -> list[list[str]]:
    rows = page.cssselect("#numbers-table tbody tr")
    return [all_words(row, "th, td") for row in rows]


# Sentences


def test_without_entries_it_says_so(client, me):
    assert lede(client) == "No entries in this time yet. One number a day is enough."


@pytest.mark.parametrize(
    ("pains", "sentence"),
    [
        ((7, 7, 6, 5, 4, 4), "3 points lower than in October: more than day-to-day wobble."),
        ((8, 8, 7, 6, 6), "No clear change yet: 2 points can be day-to-day wobble."),
        ((5, 4, 5, 4), "No clear change yet: the same as in the week of Nov 2."),
        ((6, 6, 4), "Too early to say. After four weeks with entries we can compare."),
        (
            (3, 3, 3, 6, 6),
            "3 points higher than in October: more than day-to-day wobble. "
            "Talk about it with a therapist or doctor.",
        ),
    ],
)
def test_the_sentence_says_what_the_numbers_carry(client, me, pains, sentence):
    keep(me, *pains)
    assert lede(client) == sentence


def test_the_sentence_can_be_found_again_from_the_table(client, me):
    """Read the table, take the first two and the last two means, and compare."""
    keep(me, 9, 8, 8, 7, 5, 6, 4, 5)
    page = parse(client.get("/progress/?range=3m"))
    means = [float(row[1]) for row in table(page) if row[1] != "–"]
    first, last = fmean(means[:2]), fmean(means[-2:])
    assert first - last >= 2
    assert (first - last) / first >= 0.3
    points, month = re.match(
        r"([\d.]+) points lower than in (\w+)", words(one(page, ".lede"))
    ).groups()
    assert float(points) == first - last
    assert month == "October" == f"{TODAY - timedelta(weeks=7):%B}"
    card = words(one(page, "section[aria-labelledby=pain-title]"))
    assert f"Mean of the first two: {first:g}. Of the last two: {last:g}." in card
    low, high = re.search(r"Day-to-day wobble: ([\d.]+) to ([\d.]+)", card).groups()
    assert float(low) == round(first - max(2, 0.3 * first), 1)
    assert float(high) == min(10, first + 2)


def test_picture_and_table_hold_the_same_numbers(client, me):
    keep(me, 5, 3, 8)
    page = parse(client.get("/progress/?range=4w"))
    for width in ("wide", "narrow"):
        drawn = all_words(page, f"svg.chart--{width} .c-mean title")
        shown = [row[1] for row in table(page) if row[1] != "–"]
        assert drawn == [f"{float(cell):g}" for cell in shown] == ["5", "3", "8"]


def test_sessions_effort_and_rhythm_are_told_and_none_is_called_missed(client, me):
    start = TODAY - timedelta(days=15)
    version = give_program(me, start)
    for day in session_dates(version.plan, start, TODAY - timedelta(days=1))[:3]:
        finished_session(me, version, day)
    page = parse(client.get("/progress/?range=4w"))
    rows = table(page)
    done = sum(int(row[4].split(" of ")[0]) for row in rows)
    planned = sum(int(row[4].split(" of ")[1]) for row in rows)
    assert done == 3
    assert f"{done} sessions done, {planned} planned." in client.get("/progress/").content.decode()
    assert words(one(page, "section[aria-labelledby=effort] p")) == (
        "On average 4 of 10: somewhat hard."
    )
    grid = all_words(page, "section[aria-labelledby=rhythm] tbody td")
    assert grid.count("done") == 3
    assert grid.count("planned") == planned - done
    pebbles = one(page, "path.r-done").get("d")
    assert pebbles.count("M") == 3
    text = words(one(page, "main")).lower()
    assert not re.search(r"missed|failed|skipped|streak|lost", text)


def test_a_flare_up_is_told_with_how_it_settled(client, me):
    for n, pain in enumerate((4, 4, 4, 4, 4, 7, 7, 4)):
        day = NOON - timedelta(days=20 - n)
        log_pain(me, uuid.uuid4(), pain, day)
    page = parse(client.get("/progress/"))
    listed = all_words(page, "section[aria-labelledby=pain-title] .bullets li")
    assert listed == ["Nov 9, 2026: from 4 up to 7, settled in 2 days."]
    assert "A flare-up settled" in words(one(page, "section[aria-labelledby=milestones]"))


def test_what_one_can_do_is_told_in_life_terms(client, me):
    activity = measuring.add_activity(me, "Stairs")
    for back, value in ((28, 3), (0, 7)):
        day = TODAY - timedelta(days=back)
        measuring.rate_activities(me, uuid.uuid4(), day, {activity: value})
    page = parse(client.get("/progress/"))
    card = words(one(page, "section[aria-labelledby=function]"))
    assert "From 3 to 7. This is more than day-to-day wobble." in card
    assert all_words(page, "section[aria-labelledby=function] tbody td") == ["3", "7"]
    stones = words(one(page, "section[aria-labelledby=milestones]"))
    assert "Stairs: from 3 to 7" in stones


def _sign_in_the_check(me, day: date) -> None:
    answers = answers_of()
    screening = answers["screening"] | {"rf9_weight_loss": "yes"}
    record_screening(me, answers | {"screening": screening}, triage_so_far(screening, answers))


BARS = {
    "lock": _sign_in_the_check,
    "something new": lambda me, _day: record_something_new(me),
    "strong pain": lambda me, _day: log_pain(me, uuid.uuid4(), 9, timezone.now()),
    "own break": lambda me, day: tell(me, "pause", day, reason="other"),
    "permission first": lambda me, day: give_program(me, day, "02-ten-weeks-pregnant-knee-pain"),
}


@pytest.mark.parametrize("bar", BARS)
def test_days_on_which_no_session_could_be_done_look_like_rest(client, patient, library, bar):
    """Two weeks behind a bar: none of their days is planned, and nothing is taken away."""
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    start, stop = TODAY - timedelta(days=28), TODAY - timedelta(days=15)
    with time_machine.travel(datetime.combine(start, NOON.timetz()), tick=False):
        version = give_program(patient, start)
    for day in session_dates(version.plan, start, stop - timedelta(days=1))[:4]:
        finished_session(patient, version, day)
    scores = []
    for day, happens in ((stop, BARS[bar]), (TODAY, None)):
        with time_machine.travel(datetime.combine(day, NOON.timetz()), tick=False):
            client.get("/today/")
            page = parse(client.get("/progress/"))
            scores.append(words(page.cssselect(".kpi .big")[-1]))
            if happens:
                happens(patient, day)
    rows = page.cssselect("section[aria-labelledby=rhythm] tbody tr")
    before = [cell for row in rows[-3:-1] for cell in all_words(row, "td")]
    assert before[-6:] == ["rest"] * 6
    assert "planned" not in before[stop.weekday() :]
    assert all_words(rows[-1], "td")[0] == "rest"
    assert scores[0] == scores[1] != "0"


# Summaries and milestones


def raw(patient) -> list[tuple]:
    """The sums of each week, from the entries and sessions themselves."""
    found = {}
    for day, pain in DiaryEntry.objects.owned_by(patient).alive().values_list("day", "pain"):
        found.setdefault(day - timedelta(days=day.weekday()), ([], []))[0].append(pain)
    for day, effort in (
        SessionRecord.objects.owned_by(patient).finished().values_list("day", "effort")
    ):
        found.setdefault(day - timedelta(days=day.weekday()), ([], []))[1].append(effort)
    return [
        (monday, len(p), sum(p), min(p, default=None), max(p, default=None), len(e), sum(e))
        for monday, (p, e) in sorted(found.items())
    ]


def stored(patient) -> list[tuple]:
    fields = (
        "monday",
        "entries",
        "pain_total",
        "pain_low",
        "pain_high",
        "sessions",
        "effort_total",
    )
    return list(WeekSummary.objects.owned_by(patient).values_list(*fields))


def test_sums_follow_every_change_of_the_record(me):
    me.time_zone = "America/New_York"
    me.save()
    moments = [
        datetime(2026, 11, 2, 4, 59, tzinfo=UTC),  # Sunday night in New York
        datetime(2026, 11, 2, 5, 0, tzinfo=UTC),
        datetime(2026, 11, 1, 5, 30, tzinfo=UTC),  # the hour that comes twice
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        datetime(2024, 3, 1, 2, 0, tzinfo=UTC),  # 29 February there
    ]
    kept = [log_pain(me, uuid.uuid4(), n + 2, moment) for n, moment in enumerate(moments)]
    assert stored(me) == raw(me)
    assert [row[0] for row in stored(me)] == [
        date(2024, 2, 26),
        date(2026, 10, 26),
        date(2026, 11, 2),
    ]
    edit_entry(kept[0], datetime(2026, 11, 10, 12, tzinfo=UTC), {"pain": 9})
    assert stored(me) == raw(me)
    delete_entry(kept[4])
    finished_session(me, give_program(me, TODAY), TODAY)
    assert stored(me) == raw(me)
    assert date(2024, 2, 26) not in [row[0] for row in stored(me)]


def test_rebuilding_gives_the_same(me):
    keep(me, 4, 5, 4, 4, 4, 8)
    version = give_program(me, TODAY)
    finished_session(me, version, TODAY)
    overview_of(me, version)
    before = (stored(me), Overview.objects.values().get())
    WeekSummary.objects.update(entries=99)
    Overview.objects.update(sessions=99)
    rebuild(me)
    after = (stored(me), Overview.objects.values().get())
    for _sums, kept in (before, after):
        for name in ("id", "planned", "version"):  # read at the first look
            kept.pop(name)
    assert before == after


def test_a_record_from_before_the_summaries_gets_them_on_the_first_look(client, me):
    keep(me, 7, 7, 6, 5, 4, 4)
    WeekSummary.objects.all().delete()
    Overview.objects.all().delete()
    assert lede(client).startswith("3 points lower")


def test_milestones_come_once_and_stay(me):
    version = give_program(me, TODAY - timedelta(days=60))
    for back in (60, 58, 56, 54, 52, 20):
        finished_session(me, version, TODAY - timedelta(days=back))
    kept = set(Milestone.objects.values_list("kind", "mark"))
    assert kept == {("sessions", "1"), ("sessions", "5"), ("return", "2026-11-04")}
    assert Milestone.objects.get(kind="return").facts == {"days": 32}
    SessionRecord.objects.all().delete()
    rebuild(me)
    assert set(Milestone.objects.values_list("kind", "mark")) == kept


def test_a_goal_reached_by_a_slip_of_the_finger_is_put_right(client, me):
    goal = Goal.objects.create(patient=me, words="walk the dog", set_on=TODAY)
    client.post(f"/goals/{goal.pk}/", {"to": "reached"})
    assert "Reached: walk the dog" in client.get("/progress/").content.decode()
    client.post(f"/goals/{goal.pk}/", {"to": "active"})
    assert not Milestone.objects.exists()


# Ranges, costs, strangers


@pytest.mark.parametrize("key", ["4w", "1y", "all"])
def test_a_swap_leaves_the_page_as_a_reload_would(client, me, key):
    keep(me, 5, 3, 8)
    assert_swap_equals_reload(client, "/progress/", f"/progress/?range={key}", "chart")


def test_each_range_is_a_link_with_an_address_and_an_unknown_one_is_the_first(client, me):
    page = parse(client.get("/progress/?range=forever"))
    assert all_words(page, ".segmented [aria-current]") == ["3 months"]
    for link in page.cssselect(".segmented a"):
        assert link.get("href") == link.get("hx-get")
        assert link.get("hx-push-url") == "true"


def calls(work) -> int:
    """How many functions of Python ``work`` calls: its cost, whatever the machine."""
    count = 0

    def note(_frame, event, _arg):
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_ten_years_cost_the_queries_the_rows_and_about_the_bytes_of_a_month(
    client, me, monkeypatch
):
    """Rows and calls do not depend on the machine; ``make bench`` gives the time."""
    fetched = []
    many = CursorWrapper.__getattr__

    def counting(self, name):
        found = many(self, name)
        if name != "fetchmany":
            return found
        return lambda *args: fetched.extend(rows := found(*args)) or rows

    monkeypatch.setattr(CursorWrapper, "__getattr__", counting)
    me.clinic = make_clinic("Hill Street Clinic")
    me.save()
    give_program(me, TODAY - timedelta(days=27))
    keep_years(me, 28)
    paths = [f"/progress/?range={key}" for key in ("4w", "3m", "1y", "all")]
    paths += ["/progress/report/", "/today/", "/goals/", "/measures/", "/diary/"]
    paths += ["/diary/?view=calendar", "/diary/?q=stiff"]
    for path in ("/today/", *paths):  # the first look of a day takes up what time alone brings
        client.get(path)
    costs = {path: [] for path in paths}
    for _when in ("month", "decade"):
        for path in paths:
            fetched.clear()
            with queries() as seen:
                size = len(client.get(path).content)
            costs[path].append((len(seen), len(fetched), size, calls(lambda p=path: client.get(p))))
        keep_years(me, 3650)
    for path, ((asked, rows, size, work), (*later, work_later)) in costs.items():
        asked_later, rows_later, size_later = later
        assert asked == asked_later <= 13, path
        # A longer time may show more weeks, and ten years are 522 of them.
        extra = {"all": 530, "1y": 60, "3m": 80}.get(path.partition("range=")[2], 20)
        extra = 80 if "report" in path else extra
        assert rows_later <= 1.3 * rows + extra, path
        assert size_later < 2 * size, path
        # Counting ten years' weeks is work for many small calls, which take less than their share of time.
        most = 1.5 if path.endswith("=all") else 1.3
        assert work_later <= most * work, (path, work, work_later)
    svg = client.get("/progress/?range=all").content.decode()
    assert "in the quarter of the year in which they begin" in svg
    assert len("".join(re.findall(r"<svg.*?</svg>", svg, re.S))) < 20_000


def test_a_year_shows_lowest_and_highest_in_place_of_every_ring(client, me):
    keep_years(me, 400)
    page = parse(client.get("/progress/?range=1y"))
    assert page.cssselect("svg.chart--wide .c-dot") == []
    assert one(page, "svg.chart--wide .c-whisker").get("d").count("M") == 52
    total = WeekSummary.objects.aggregate(n=Sum("entries"))["n"]
    assert total == 400


def test_nobody_elses_numbers(client, me, stranger):
    keep(stranger, 9, 9, 9)
    activity = measuring.add_activity(stranger, "private words")
    measuring.rate_activities(stranger, uuid.uuid4(), TODAY, {activity: 4})
    FlareSummary.objects.create(patient=stranger, started_on=TODAY, before=1, peak=9)
    Milestone.objects.create(patient=stranger, kind="weeks", mark="88", day=TODAY)
    text = client.get("/progress/?range=all").content.decode()
    page = parse(text)
    assert not page.cssselect("svg[role=img] .c-dot, svg[role=img] .c-mean")
    assert "private words" not in text
    assert "88 weeks" not in text
