"""What hurts in a session: asked in one tap, judged by its zone, and stopped when it must."""

from datetime import date

import pytest

from programs.planning import latest_version
from programs.standing import standing_of
from progress import recording
from progress.models import SessionRecord
from tests.factories.programs import give_program
from tests.support.pages import all_words, hrefs, one, parse, words
from tests.support.session import MONDAY, SLUGS, hurts, step, url


def test_very_strong_pain_at_the_start_leads_to_the_check(client, me, version):
    session = recording.start_session(me, version, MONDAY)
    answer = client.post(url("session-begin", session), {"pain_before": "9"})
    assert answer["Location"] == "/check/"
    assert standing_of(me).state == "recheck"
    assert SessionRecord.objects.unfinished().count() == 0


def test_pain_is_written_to_the_exercise_that_is_named(client, session):
    step(client, session, "cobra", "done")
    hurts(client, session, exercise="cobra", feeling="ache", pain="3")
    found = dict(session.exercises.values_list("slug", "pain_during"))
    assert (found["cobra"], found["bridge"]) == (3, None)


def test_where_each_exercise_hurt_a_therapist_comes_first(client, me, version):
    """Too few are left, so no session can be started, and today's page says so."""
    for day in (date(2026, 11, 18), date(2026, 11, 20)):
        session = recording.start_session(me, latest_version(me), day, 2)
        for exercise in session.exercises.select_related("session__version"):
            recording.record_pain(exercise, 6, "sharp")
        recording.finish_session(session, 3, 5, "")
    response = client.post("/session/start/", {}, follow=True)
    assert response.request["PATH_INFO"] == "/today/"
    assert SessionRecord.objects.filter(day=MONDAY).count() == 0
    assert standing_of(me).state == "no_program"


def test_what_hurt_twice_is_named_with_its_reason_on_the_day_it_is_left_out(client, me, version):
    for day in (date(2026, 11, 18), date(2026, 11, 20)):
        session = recording.start_session(me, latest_version(me), day, 2)
        bridge = session.exercises.select_related("session__version").get(slug="bridge")
        recording.record_pain(bridge, 6, "sharp")
        recording.finish_session(session, 3, 5, "")
    news = words(one(parse(client.get("/today/")), "#news"))
    assert "Bridge is left out for now." in news
    assert "It hurt too much more than once, so we take it out for now." in news


def test_nine_before_the_session_leads_to_the_check_instead(client, me, version):
    """Pain of 9 or 10 calls for a clinician the same day (E5)."""
    assert client.post("/session/start/", {"pain_before": "9"})["Location"] == "/check/"
    assert SessionRecord.objects.count() == 0
    assert standing_of(me).state == "recheck"


def test_nine_after_the_session_is_kept_and_leads_to_the_check(client, me, session):
    for slug in SLUGS:
        step(client, session, slug, "done")
    assert (
        client.post(url("finish", session), {"pain_after": "9", "effort": "5"})["Location"]
        == "/check/"
    )
    session.refresh_from_db()
    assert (session.pain_after, session.finished_at is not None) == (9, True)
    assert standing_of(me).state == "recheck"


def test_hurting_asks_first_what_and_how_much(client, session):
    page = parse(client.get(url("session-hurts", session)))
    assert all_words(page, "#id_feeling .choice") == [
        "A dull ache or a pull",
        "A sharp pain",
        "Pain that spreads down my leg",
        "My leg is weak, or I am numb between the legs",
        "Chest pain, short of breath, or I feel faint",
        "I am dizzy",
        "A sudden bad headache, or I see badly",
        "I fell",
    ]
    assert page.cssselect("[value=easier]") == []
    assert page.cssselect("input[type=radio][checked]") == []


def test_an_empty_answer_is_asked_again_with_what_was_chosen(client, session):
    response = hurts(client, session, pain="3")
    page = parse(response)
    assert response.status_code == 422
    assert all_words(page, ".error-summary li") == ["What do you feel? Choose what you feel."]
    assert one(page, "[name=pain][checked]").get("value") == "3"


@pytest.mark.parametrize(("pain", "place"), [("3", "session-relief"), ("4", "session-relief")])
def test_a_mild_ache_may_be_made_easier(client, session, pain, place):
    """Before 2: 3 is green, 4 is amber."""
    step(client, session, "cobra", "done")
    assert hurts(client, session, feeling="ache", pain=pain)["Location"] == url(place, session)
    page = parse(client.get(url(place, session)))
    assert f"You said {pain}." in words(one(page, ".lede"))
    assert words(one(page, "[value=easier]")) == "Make it easier Small lift"
    step(client, session, "bridge", "easier")
    page = parse(client.get(url("session", session)))
    assert "Small lift" in words(one(page, "main .page"))


@pytest.mark.parametrize(
    "data", [{"feeling": "ache", "pain": "5"}, {"feeling": "sharp", "pain": "1"}]
)
def test_red_stops_the_exercise_and_offers_no_easier_one(client, session, data):
    assert hurts(client, session, **data)["Location"] == url("session", session)
    response = client.get(url("session", session))
    assert words(one(parse(response), "#step-name")) == "Bridge"
    assert "We stopped that one for today. Next time it will be easier." in words(
        one(parse(response), "#messages")
    )
    cobra = session.exercises.get(slug="cobra")
    assert (cobra.is_red, cobra.was_skipped, cobra.pain_during) == (True, True, int(data["pain"]))


def test_without_a_number_before_it_is_asked_when_it_hurts(client, me, version):
    session = recording.start_session(me, version, MONDAY)
    response = hurts(client, session, feeling="ache", pain="5")
    assert response.status_code == 422
    assert hurts(client, session, feeling="ache", pain="5", before="4")["Location"] == url(
        "session-relief", session
    )
    session.refresh_from_db()
    assert session.pain_before == 4


def test_very_strong_pain_before_that_is_told_when_it_hurts_stops_as_at_the_start(
    client, me, version
):
    session = recording.start_session(me, version, MONDAY)
    answer = hurts(client, session, feeling="ache", pain="5", before="9")
    assert answer["Location"] == "/check/"
    session.refresh_from_db()
    assert (session.was_stopped, session.left_at is not None) == (True, True)
    assert session.exercises.get(slug="cobra").pain_during == 5
    assert standing_of(me).state == "recheck"


@pytest.mark.parametrize(("sign", "state"), [("leg", "recheck"), ("numb", "urgent")])
def test_a_leg_sign_ends_the_session_and_asks_the_warning_signs(client, me, session, sign, state):
    assert hurts(client, session, feeling=sign)["Location"] == "/check/"
    session.refresh_from_db()
    assert (session.was_stopped, session.left_at is not None) == (True, True)
    assert standing_of(me).state == state
    assert client.get(url("session", session))["Location"] == "/today/"


@pytest.mark.parametrize("sign", ["chest", "head"])
def test_chest_or_head_shows_the_number_to_call_before_any_question(client, me, session, sign):
    assert hurts(client, session, feeling=sign)["Location"] == url("session-stopped", session)
    page = parse(client.get(url("session-stopped", session)))
    assert words(one(page, ".stop-head .btn")) == "Call 911"
    assert one(page, ".stop-head .btn").get("href") == "tel:911"
    assert page.cssselect("nav, .tabbar") == []
    assert "/check/" in hrefs(page)
    assert standing_of(me).state == "urgent"


def test_signs_of_pregnancy_are_asked_of_those_who_are_pregnant(client, me, library):
    version = give_program(
        me, MONDAY, "02-ten-weeks-pregnant-knee-pain", days=["mon"], clearances=["doctor"]
    )
    session = recording.start_session(me, version, MONDAY, 1)
    assert standing_of(me).state == "running"
    choices = all_words(parse(client.get(url("session-hurts", session))), "#id_feeling .choice")
    assert choices[-2:] == [
        "I am pregnant, and I bleed, leak fluid, or my belly tightens",
        "My belly bulges in the middle, I leak pee, or I feel heavy down below",
    ]
    assert hurts(client, session, feeling="pregnancy")["Location"] == url(
        "session-stopped", session
    )


def test_a_stop_sign_needs_no_numbers(client, me, version):
    session = recording.start_session(me, version, MONDAY)
    assert hurts(client, session, feeling="numb").status_code == 302
