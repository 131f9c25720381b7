"""The morning after in one tap, all that an entry can say, the calendar, the search."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from programs.standing import standing_of
from progress.diary import log_pain
from progress.models import DiaryEntry, DiaryRevision
from tests.factories.programs import give_program
from tests.factories.progress import finished_session
from tests.support.claims import banned
from tests.support.pages import all_words, one, parse, queries, words
from tests.support.reading import as_text, grade

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 24, 13, tzinfo=UTC)  # Tuesday, 8 in New York


@pytest.fixture
def me(client, patient):
    patient.time_zone = "America/New_York"
    patient.save()
    client.force_login(patient)
    return patient


@pytest.fixture
def trained(me):
    """Somebody who exercised on Monday."""
    with time_machine.travel(datetime(2026, 11, 23, 23, tzinfo=UTC), tick=False):
        finished_session(me, give_program(me, MONDAY - timedelta(days=7)), MONDAY)
    return me


# The morning after


def test_the_morning_after_a_session_is_answered_in_one_tap(client, trained):
    with time_machine.travel(MORNING, tick=False):
        page = parse(client.get("/today/"))
        card = one(page, "section[aria-labelledby=morning]")
        assert [b.get("value") for b in card.cssselect("[name=pain]")] == [
            str(n) for n in range(11)
        ]
        assert len(card.cssselect(".bullets li")) == 6
        legend = words(one(card, "legend"))
        assert legend == "None is new, and my back is at:"
        data = {"pain": "3", "token": one(card, "[name=token]").get("value")}
        for _ in range(2):
            assert client.post("/diary/morning/", data)["Location"] == "/today/"
        entry = DiaryEntry.objects.get()
        assert (entry.pain, entry.is_next_morning, entry.day) == (3, True, date(2026, 11, 24))
        after = parse(client.get("/today/"))
        assert after.cssselect("#morning") == []
        links = {link.get("href") for link in after.cssselect("#messages a")}
        assert links == {f"/diary/{entry.pk}/"}


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 8, tzinfo=UTC),  # 3 at night: nobody has slept on it
        datetime(2026, 11, 25, 13, tzinfo=UTC),  # two days later
    ],
)
def test_it_is_asked_on_the_next_morning_only(client, trained, moment):
    with time_machine.travel(moment, tick=False):
        assert parse(client.get("/today/")).cssselect("#morning") == []


def test_something_new_in_the_morning_leads_to_the_check(client, trained):
    with time_machine.travel(MORNING, tick=False):
        assert client.post("/diary/morning/", {"signs": "new"})["Location"] == "/check/"
        assert standing_of(trained).state == "recheck"
        assert not DiaryEntry.objects.exists()


def test_no_number_keeps_nothing_and_says_so(client, trained):
    with time_machine.travel(MORNING, tick=False):
        page = parse(client.post("/diary/morning/", {"pain": "11"}, follow=True))
        assert "Tap a number from 0 to 10." in words(one(page, "#messages"))
        assert not DiaryEntry.objects.exists()


def test_the_morning_with_somebody_elses_token_is_no_page(client, trained, stranger):
    token = uuid.uuid4()
    log_pain(stranger, token, 9, MORNING)
    answer = client.post("/diary/morning/", {"pain": "3", "token": str(token)})
    assert answer.status_code == 404


# All that an entry can say


def test_each_answer_but_the_pain_can_be_taken_back_on_the_page_alone(client, me):
    """Posts just what the page's own radio buttons offer: no script, no made-up value."""
    entry = log_pain(
        me,
        uuid.uuid4(),
        4,
        MORNING,
        sleep="poor",
        mood="low",
        leg_symptoms="up",
        average=5,
        worst=7,
    )
    with time_machine.travel(MORNING, tick=False):
        page = parse(client.get(f"/diary/{entry.pk}/"))
        offered = {radio.get("name") for radio in page.cssselect(".take-back [type=radio]")}
        assert offered == {"sleep", "mood", "leg_symptoms", "average", "worst"}
        assert all(radio.get("value") == "" for radio in page.cssselect(".take-back input"))
        assert client.post(f"/diary/{entry.pk}/", {"pain": "4", **dict.fromkeys(offered, "")}).url
    entry.refresh_from_db()
    said = (entry.sleep, entry.mood, entry.leg_symptoms, entry.average, entry.worst, entry.pain)
    assert said == ("", "", "", None, None, 4)
    assert entry.revisions.get().average == 5


FULL = {
    "pain": "4",
    "signs": "none",
    "sleep": "poor",
    "sleep_lost_to_pain": "on",
    "mood": "low",
    "did": ["walked", "long-sit"],
    "cannot_do_daily_tasks": "on",
    "areas": ["low-back", "left-leg"],
    "leg_symptoms": "up",
    "average": "5",
    "worst": "7",
    "note": "stiff",
    "when": "2026-11-20T21:15",
}
SAID = {
    "pain": 4,
    "sleep": "poor",
    "sleep_lost_to_pain": True,
    "mood": "low",
    "did": ["walked", "long-sit"],
    "cannot_do_daily_tasks": True,
    "areas": ["low-back", "left-leg"],
    "leg_symptoms": "up",
    "average": 5,
    "worst": 7,
    "note": "stiff",
}


def said(entry) -> dict:
    return {name: getattr(entry, name) for name in SAID}


def test_an_entry_says_all_of_it_and_the_list_tells_it(client, me):
    with time_machine.travel(MORNING, tick=False):
        client.post("/diary/new/", FULL)
        entry = DiaryEntry.objects.get()
        assert (said(entry), entry.day) == (SAID, date(2026, 11, 20))
        tags = all_words(parse(client.get("/diary/")), ".badge")
        assert tags == [
            "Slept: badly",
            "Pain kept me awake",
            "Mood: low",
            "Lower back",
            "Left leg",
            "Walked",
            "Long sit",
            "Leg: less far down",
            "Daily tasks not done",
        ]


def test_a_change_keeps_every_field_that_was_said(client, me):
    with time_machine.travel(MORNING, tick=False):
        client.post("/diary/new/", FULL)
        entry = DiaryEntry.objects.get()
        client.post(f"/diary/{entry.pk}/", {"pain": "2", "note": "better"})
        entry.refresh_from_db()
        assert (entry.pain, entry.note, entry.did, entry.average) == (2, "better", [], None)
        assert said(DiaryRevision.objects.get()) == SAID
        trail = words(one(parse(client.get(f"/diary/{entry.pk}/")), ".timeline"))
        assert "Sleep: Badly" in trail
        assert "What I did: Walked, Long sit" in trail
        assert "Lost sleep because of pain: yes" in trail


def test_the_form_to_edit_shows_what_was_said_and_changes_nothing_by_itself(client, me):
    with time_machine.travel(MORNING, tick=False):
        moment = datetime(2026, 11, 1, 6, 30, 12, tzinfo=UTC)  # the second 1:30 of that night
        entry = log_pain(me, uuid.uuid4(), 3, moment, areas=["low-back"], sleep="good")
        page = parse(client.get(f"/diary/{entry.pk}/"))
        data = {n.get("name"): n.get("value") for n in page.cssselect("main form [checked]")}
        data["when"] = one(page, "[name=when]").get("value")
        client.post(f"/diary/{entry.pk}/", data)
        entry.refresh_from_db()
        assert entry.felt_at == moment
        assert not DiaryRevision.objects.exists()


def test_an_average_above_the_worst_is_named(client, me):
    refused = client.post(
        "/diary/new/", {"pain": "3", "signs": "none", "average": "6", "worst": "4"}
    )
    assert refused.status_code == 422
    page = parse(refused)
    assert any("cannot be less than the average" in t for t in all_words(page, ".error"))
    assert one(page, "[name=average][checked]").get("value") == "6"


def test_the_database_keeps_the_scale(me):
    with pytest.raises(IntegrityError), transaction.atomic():
        DiaryEntry.objects.create(patient=me, pain=1, worst=11, felt_at=MORNING, day=MONDAY)


# Calendar and search


def test_a_month_shows_the_mean_of_each_day_and_sessions(client, trained):
    with time_machine.travel(MORNING, tick=False):
        for hour, pain in ((9, 3), (15, 6)):
            log_pain(trained, uuid.uuid4(), pain, datetime(2026, 11, 20, hour, tzinfo=UTC))
        page = parse(client.get("/diary/?view=calendar"))
        days = {words(one(td, ".month__day")): td for td in page.cssselect(".month td")}
        assert len(days) == 42
        assert "20 November Pain 5" in days
        assert "23 November session done" in days
        assert (
            one(days["20 November Pain 5"], "a").get("href") == "/diary/?month=2026-11#d-2026-11-20"
        )
        assert (
            one(days["19 November add an entry"], "a").get("href") == "/diary/new/?day=2026-11-19"
        )
        assert days["25"].cssselect("a") == []
        listed = parse(client.get("/diary/?month=2026-11"))
        assert listed.cssselect("#d-2026-11-20") != []


def test_a_day_tapped_in_the_calendar_is_the_day_of_the_entry(client, me):
    with time_machine.travel(MORNING, tick=False):
        page = parse(client.get("/diary/new/?day=2026-11-19"))
        assert one(page, "[name=when]").get("value") == "2026-11-19T12:00"
        assert client.get("/diary/new/?day=never").status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=GARDEN", ["garden work", "x"]),
        ("q=lower", ["stiff"]),
        ("since=2026-11-19&until=2026-11-20", ["garden work"]),
        ("q=garden&since=2026-11-21", ["x"]),
        ("q=nothing", []),
    ],
)
def test_entries_are_found_by_word_and_by_days(client, me, stranger, asked, found):
    with time_machine.travel(MORNING, tick=False):
        for day, note, more in (
            (20, "garden work", {}),
            (22, "x", {"did": ["gardened"]}),
            (18, "stiff", {"areas": ["low-back"]}),
        ):
            log_pain(
                me, uuid.uuid4(), 3, datetime(2026, 11, day, 15, tzinfo=UTC), note=note, **more
            )
        log_pain(stranger, uuid.uuid4(), 3, MORNING, note="garden of a stranger")
        page = parse(client.get(f"/diary/?{asked}"))
        notes = [
            words(p) for p in page.cssselect(".rows p") if words(p) in ("garden work", "x", "stiff")
        ]
        assert sorted(notes) == sorted(found)
        number = "1 entry found." if len(found) == 1 else f"{len(found)} entries found."
        assert words(one(page, ".lede")) == number
        assert "of a stranger" not in words(page)


def test_days_the_wrong_way_round_are_named(client, me):
    answer = client.get("/diary/?since=2026-11-20&until=2026-11-01")
    assert answer.status_code == 422
    assert "This day is before the first one." in words(one(parse(answer), ".error-summary"))


def test_views_cost_the_same_with_one_and_with_many(client, me):
    paths = ("/diary/?view=calendar&month=2026-11", "/diary/?q=a", "/diary/?month=2026-11")

    def cost() -> list[int]:
        counts = []
        for path in paths:
            with queries() as seen:
                client.get(path)
            counts.append(len(seen))
        return counts

    log_pain(me, uuid.uuid4(), 3, datetime(2026, 11, 3, 12, tzinfo=UTC), note="a")
    few = cost()
    DiaryEntry.objects.bulk_create(
        DiaryEntry(patient=me, pain=n % 11, felt_at=MORNING, day=MONDAY, note="a")
        for n in range(150)
    )
    assert cost() == few
    assert max(few) <= 12


# Words


@pytest.mark.parametrize(
    "path",
    [
        "/diary/new/",
        "/measures/",
        "/measures/activities/",
        "/measures/all-in-all/",
        "/goals/",
        "/progress/",
    ],
)
def test_the_pages_are_plain_to_read_and_promise_nothing(client, trained, path):
    with time_machine.travel(MORNING, tick=False):
        main = one(parse(client.get(path)), "main")
    blocks = main.cssselect("h1, h2, p, li, summary, dt, dd, legend, label")
    leaves = [
        node for node in blocks if not node.cssselect("p, li, label, legend, h2") or node.tag == "p"
    ]
    text = as_text([words(node) for node in leaves if not words(node).isdigit()])
    assert grade(text) <= 6.5
    assert banned(text) == []
