"""Today's page: one thing to do, whatever the day and the standing."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from programs.models import Lock
from programs.planning import build_program
from programs.standing import record_something_new
from progress import recording
from tests.factories.accounts import make_clinic, make_staff
from tests.factories.programs import answers_of, give_program
from tests.factories.progress import finished_session
from tests.support.pages import all_words, hrefs, one, parse, queries, words

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)


def at(day: date, hour: int = 9, minute: int = 0) -> time_machine.travel:
    return time_machine.travel(
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC), tick=False
    )


@pytest.fixture
def me(client, patient):
    patient.time_zone = "UTC"
    patient.name = "Margaret"
    patient.save()
    client.force_login(patient)
    return patient


@pytest.fixture
def version(library, me):
    return give_program(me, MONDAY, days=["mon", "wed", "fri"], goals=["lift my grandchild again"])


def today(client):
    return parse(client.get("/today/"))


def card(page) -> str:
    return words(one(page, "[aria-labelledby=next]"))


def test_on_a_planned_day_start_is_the_one_thing(client, version):
    with at(MONDAY):
        page = today(client)
    assert words(one(page, "h1")) == "Good morning, Margaret"
    assert one(page, ".next form").get("action") == "/session/start/"
    assert words(one(page, "#start-button")) == "Start"
    assert all_words(page, ".spec li") == [
        "18 minutes",
        "4 exercises",
        "Have at hand: Mat or carpet",
    ]
    assert all_words(page, "[aria-labelledby=what] .rows li") == [
        "Cobra: Lying on your front",
        "Bridge: Full lift",
        "Bird-Dog: One leg or one arm",
        "Side Plank: On forearm and knees",
    ]


def test_a_rest_day_offers_a_walk_and_no_session(client, version):
    with at(TUESDAY, 13):
        page = today(client)
    assert words(one(page, "h1")) == "Good afternoon, Margaret"
    assert card(page).startswith("Rest day Rest, or go for a walk")
    assert "Next session: Wed, Nov 25." in card(page)
    assert page.cssselect("form[action='/session/start/']") == []


def test_after_the_session_the_day_is_done(client, me, version):
    finished_session(me, version, MONDAY)
    with at(MONDAY, 18):
        page = today(client)
    assert words(one(page, "h1")) == "Good evening, Margaret"
    assert card(page).startswith("Done for today")
    assert page.cssselect("form[action='/session/start/']") == []
    assert words(one(page, ".week .is-today > .vh")) == "session done, today"


def test_an_unfinished_session_of_today_goes_on(client, me, version):
    recording.start_session(me, version, MONDAY)
    with at(MONDAY):
        assert words(one(today(client), "#start-button")) == "Go on"


def test_a_session_after_midnight_belongs_to_the_evening_before(client, me, version):
    session = recording.start_session(me, version, MONDAY)
    with at(TUESDAY, 2, 59):
        assert words(one(today(client), "#start-button")) == "Go on"
    with at(TUESDAY, 3):
        page = today(client)
    assert page.cssselect("#start-button") == []
    assert f"/session/{session.token}/finish/" in hrefs(page)


def test_days_that_were_changed_never_bring_two_sessions_in_a_row(client, me, version):
    finished_session(me, version, MONDAY)
    give_program(me, TUESDAY, days=["tue", "thu"])
    with at(TUESDAY):
        page = today(client)
    assert card(page).startswith("Rest day")
    assert "Next session: Thu, Nov 26." in card(page)


def test_sunday_and_monday_are_next_to_each_other(client, me, library):
    sunday = date(2026, 11, 22)
    finished_session(me, give_program(me, sunday, days=["sun"]), sunday)
    give_program(me, MONDAY, days=["mon", "thu"])
    with at(MONDAY):
        assert card(today(client)).startswith("Rest day")


def test_without_days_the_page_asks_for_them(client, me, library):
    give_program(me, MONDAY, days=[])
    with at(MONDAY):
        page = today(client)
    assert (
        card(page)
        if page.cssselect(".next")
        else words(one(page, "#next")) == "Which days suit you?"
    )
    assert "/plan/days/" in hrefs(page)


def test_somebody_without_answers_is_led_to_the_check(client, me):
    page = today(client)
    assert "Is this for me?" in card(page)
    assert words(one(page, ".next__go a")) == "Go to the safety check"


def test_something_new_leads_to_the_check_first(client, me, version):
    record_something_new(me)
    with at(MONDAY):
        page = today(client)
    assert "A few checks first" in card(page)
    assert page.cssselect("form[action='/session/start/']") == []


@pytest.mark.parametrize(
    ("level", "title", "link"),
    [
        ("emergency", "Get help now", "/check/stop/"),
        ("urgent", "See someone first", "/check/result/"),
    ],
)
def test_a_lock_stops_everything_and_asks_nothing_else(client, me, version, level, title, link):
    Lock.objects.create(patient=me, level=level, rule="RF1", text="Numb between the legs.")
    with at(MONDAY):
        page = today(client)
    assert title in words(one(page, ".callout--stop"))
    assert link in hrefs(page)
    assert page.cssselect(".scale, form[action='/session/start/'], .week") == []


def test_a_held_plan_says_where_to_see_what_is_needed(client, me, library):
    give_program(me, MONDAY, "02-ten-weeks-pregnant-knee-pain", days=["mon"], clearances=[])
    with at(MONDAY):
        page = today(client)
    assert "Your plan waits for an OK" in words(one(page, ".callout--care"))
    assert page.cssselect("form[action='/session/start/']") == []


def test_an_open_question_is_asked_before_a_session(client, me, library):
    build_program(me, "test", MONDAY, answers_of("06-one-question-skipped"))
    with at(MONDAY):
        assert "A few answers are missing" in card(today(client))


def test_the_path_counts_finished_sessions_only(client, me, version):
    finished_session(me, version, MONDAY)
    recording.start_session(me, version, WEDNESDAY)
    with at(WEDNESDAY):
        text = words(one(today(client), "[aria-labelledby=path]"))
    assert "1 session so far. 4 more to your next cairn." in text


def test_the_quick_entry_goes_to_the_diary_and_comes_back(client, me, version):
    with at(MONDAY):
        form = one(today(client), "form[action='/diary/new/']")
        data = {"pain": "3", "signs": "none", "next": "today"}
        data["token"] = one(form, "[name=token]").get("value")
        response = client.post("/diary/new/", data)
    assert (response.status_code, response["Location"]) == (302, "/today/")
    assert list(me.diary_entries.values_list("pain", "day")) == [(3, MONDAY)]


def test_a_therapist_and_staff_have_no_such_page(client, therapist):
    client.force_login(therapist)
    assert client.get("/today/").status_code == 404
    client.force_login(make_staff("clinic@example.org", make_clinic("Other")))
    assert client.get("/today/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get("/today/")["Location"] == "/accounts/login/?next=/today/"


def test_queries_do_not_grow_with_sessions(client, me, version):
    me.clinic = make_clinic("Hill Street", time_zone="UTC")
    me.time_zone = ""
    me.save()
    counts = []
    with at(MONDAY):
        client.get("/today/")
        for weeks_ago in (1, 2, 3, 4, 5):
            finished_session(me, version, MONDAY - timedelta(weeks=weeks_ago))
            with queries() as seen:
                page = today(client)
            assert words(one(page, "#start-button")) == "Start"
            counts.append(len(seen))
    assert counts[0] <= 12
    assert len(set(counts)) == 1
