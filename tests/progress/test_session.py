"""A session as a person goes through it: no script, saved at each step, stopped when it must."""

import json
import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from exercises.models import Variant
from programs.models import Lock
from programs.planning import latest_version
from programs.standing import standing_of
from progress import recording
from progress.models import ExerciseRecord, SessionRecord
from progress.session_plan import session_plan
from tests.factories.programs import give_program
from tests.factories.progress import finished_session
from tests.support.pages import all_words, hrefs, one, parse, queries, words

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
SLUGS = ["cobra", "bridge", "bird-dog", "side-plank"]


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def me(client, patient):
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    return patient


@pytest.fixture
def version(library, me):
    return give_program(me, MONDAY, days=["mon", "wed", "fri"], goals=["lift my grandchild again"])


@pytest.fixture
def session(me, version):
    return recording.start_session(me, version, MONDAY, 2)


def url(name: str, session: SessionRecord) -> str:
    return reverse(f"progress:{name}", args=[session.token])


def step(client, session, slug, action, **extra):
    return client.post(url("session-step", session), {"exercise": slug, "action": action, **extra})


def hurts(client, session, **data):
    return client.post(url("session-hurts", session), data)


def lock(patient, level):
    Lock.objects.create(patient=patient, level=level, rule="RF1", text="Numb between the legs.")


def test_a_whole_session_without_script(client, version):
    """Start, four times done, how it was, a warm word: as a browser without script goes through it."""
    here = client.post("/session/start/", {"pain_before": "2"})["Location"]
    for number in range(1, 5):
        page = parse(client.get(here))
        assert f"Exercise {number} of 4" in words(one(page, "main .page"))
        form = one(page, "#step-form")
        data = {"exercise": one(form, "[name=exercise]").get("value"), "action": "done"}
        here = client.post(form.get("action"), data)["Location"]
    finish = client.get(here)["Location"]
    page = parse(client.get(finish))
    assert "You said 2 before you began." in words(one(page, "form"))
    done = client.post(finish, {"pain_after": "3", "effort": "4", "note": "Steadier."})["Location"]
    text = words(one(parse(client.get(done)), "main"))
    assert "You did 4 of 4 exercises. Your pain was 2 before and is 3 now." in text
    assert "Each session is a step toward what you told us: “lift my grandchild again”." in text
    assert "Next session: Wed, Nov 25." in text
    kept = SessionRecord.objects.get()
    assert (kept.pain_before, kept.pain_after, kept.effort, kept.note) == (2, 3, 4, "Steadier.")
    assert [(e.slug, e.sets_done) for e in kept.exercises.all()] == [(slug, 2) for slug in SLUGS]


def test_the_page_says_what_to_do_and_how_much(client, session):
    page = parse(client.get(url("session", session)))
    assert words(one(page, "#step-name")) == "Cobra"
    assert words(one(page, ".moves__dose")) == "2 rounds, hold 60 seconds"
    assert len(all_words(page, ".steps-list li")) == 4
    assert "pain that spreads down your leg" in all_words(page, "details li")
    plan = json.loads(one(page, "#session-plan").text_content())
    assert plan == json.loads(json.dumps(session_plan(session)))


def test_the_start_says_how_long_what_is_needed_and_what_comes(client, me, version):
    session = recording.start_session(me, version, MONDAY)
    page = parse(client.get(url("session", session)))
    assert words(one(page, "main h1")) == "Your session"
    begin = one(page, ".begin")
    assert [item.get("data-thumb") for item in begin.cssselect(".glance li")] == SLUGS
    assert len(begin.cssselect(".glance svg")) == 4
    planned = version.plan["program"]["minutes"]
    assert f"{planned} minutes" in all_words(begin, ".spec li")
    assert "Have at hand: Mat or carpet" in words(begin)
    form = one(begin, "form")
    client.post(form.get("action"), {"pain_before": "4"})
    client.post(form.get("action"), {"pain_before": "1"})
    session.refresh_from_db()
    assert session.pain_before == 4
    assert parse(client.get(url("session", session))).cssselect("[name=pain_before]") == []


def test_very_strong_pain_at_the_start_leads_to_the_check(client, me, version):
    session = recording.start_session(me, version, MONDAY)
    answer = client.post(url("session-begin", session), {"pain_before": "9"})
    assert answer["Location"] == "/check/"
    assert standing_of(me).state == "recheck"
    assert SessionRecord.objects.unfinished().count() == 0


@pytest.mark.parametrize("number", ["11", "-1", "x"])
def test_a_number_off_the_scale_is_refused_at_the_start(client, session, number):
    assert client.post(url("session-begin", session), {"pain_before": number}).status_code == 422


def test_a_session_that_is_begun_says_what_is_left(client, session):
    step(client, session, "cobra", "done")
    page = parse(client.get(url("session", session)))
    assert words(one(page, "main h1")) == "Go on where you were"
    assert [item.get("data-thumb") for item in page.cssselect(".glance li")] == SLUGS[1:]


def test_pain_is_written_to_the_exercise_that_is_named(client, session):
    step(client, session, "cobra", "done")
    hurts(client, session, exercise="cobra", feeling="ache", pain="3")
    found = dict(session.exercises.values_list("slug", "pain_during"))
    assert (found["cobra"], found["bridge"]) == (3, None)


@pytest.mark.parametrize(
    ("condition", "flag", "barred", "kept"),
    [
        ("osteoporosis", "Keep your back from rounding.", "round", "arch"),
        ("spondylolisthesis", "Keep your back from sagging.", "arch", "round"),
    ],
)
def test_cat_cow_leaves_out_the_half_that_a_flag_bars(
    client, me, library, condition, flag, barred, kept
):
    plan = give_program(
        me,
        MONDAY,
        "02-ten-weeks-pregnant-knee-pain",
        days=["mon"],
        minutes=20,
        conditions=[condition],
        clearances=["doctor"],
    )
    session = recording.start_session(me, plan, MONDAY)
    for exercise in session.exercises.exclude(slug="cat-cow"):
        recording.skip(exercise)
    page = parse(client.get(url("session", session)))
    assert words(one(page, "#step-name")) == "Cat-Cow"
    assert flag in all_words(page, ".badge")
    cat_cow = Variant.objects.get(exercise__slug="cat-cow", key="floor")
    shown = all_words(page, ".steps-list li > span:first-child")
    assert shown == [step.text for step in cat_cow.steps.exclude(pose=barred)]
    assert cat_cow.steps.get(pose=kept).text in shown
    # What is barred is not drawn either, nor told in passing.
    told = all_words(page, ".steps-list desc")
    assert len(told) == len(shown)
    assert cat_cow.poses.get(key=kept).alt in told
    assert cat_cow.poses.get(key=barred).alt not in told
    text = words(one(page, "main .page"))
    assert cat_cow.summary not in text
    assert cat_cow.exercise.breathing not in text
    assert cat_cow.exercise.breathing not in one(page, "#session-plan").text_content()


@pytest.mark.parametrize("again", [1, 3])
def test_pressing_start_again_opens_the_same_session(client, version, again):
    places = {client.post("/session/start/", {})["Location"] for _press in range(again + 1)}
    assert places == {url("session", SessionRecord.objects.get())}


def test_no_session_on_a_rest_day(client, version):
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False):
        assert client.post("/session/start/", {})["Location"] == "/today/"
    assert SessionRecord.objects.count() == 0


def test_no_second_session_on_the_same_day(client, me, version):
    finished_session(me, version, MONDAY)
    assert client.post("/session/start/", {})["Location"] == "/today/"
    assert SessionRecord.objects.count() == 1


@pytest.mark.parametrize("level", ["emergency", "urgent"])
def test_no_session_under_a_lock(client, me, version, level):
    lock(me, level)
    assert client.post("/session/start/", {})["Location"] == "/today/"
    assert SessionRecord.objects.count() == 0


def test_no_session_while_a_permission_is_missing(client, me, library):
    give_program(me, MONDAY, "02-ten-weeks-pregnant-knee-pain", days=["mon"], clearances=[])
    assert standing_of(me).state == "held"
    assert client.post("/session/start/", {})["Location"] == "/today/"
    assert SessionRecord.objects.count() == 0


@pytest.mark.parametrize("action", ["done", "set", "round", "skip", "easier", "stop"])
def test_a_lock_in_the_middle_stops_each_step(client, me, session, action):
    lock(me, "emergency")
    assert step(client, session, "cobra", action, sets_done="2")["Location"] == url(
        "session", session
    )
    assert client.get(url("session", session))["Location"] == "/today/"
    cobra = session.exercises.get(slug="cobra")
    assert (cobra.sets_done, cobra.done_at, cobra.variant) == (0, None, "prone_lie")


@pytest.mark.parametrize("name", ["session-hurts", "session-relief", "finish"])
def test_under_a_lock_no_page_of_the_session_opens(client, me, session, name):
    lock(me, "urgent")
    assert client.get(url(name, session))["Location"] in ("/today/", url("session", session))


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


def test_a_double_press_of_done_settles_one_exercise(client, session):
    for _press in range(2):
        step(client, session, "cobra", "done")
    settled = [e.slug for e in session.exercises.all() if e.is_settled]
    assert settled == ["cobra"]


def test_the_timer_saves_each_round_without_leaving_the_page(client, session):
    response = step(client, session, "cobra", "set", sets_done="1")
    assert (response.status_code, response.content) == (204, b"")
    page = parse(client.get(url("session", session)))
    assert "1 of 2 rounds done" in words(one(page, "main .page"))
    plan = json.loads(one(page, "#session-plan").text_content())
    assert [item["sets_done"] for item in plan["exercises"]] == [1, 0, 0, 0]


def test_stopping_early_leads_to_the_ending_and_keeps_what_was_done(client, session):
    step(client, session, "cobra", "done")
    step(client, session, "bridge", "stop")
    assert client.get(url("session", session))["Location"] == url("finish", session)
    page = parse(client.get(url("finish", session)))
    assert "What you did counts." in words(one(page, ".finish-head"))
    done = [e.slug for e in session.exercises.all() if e.sets_done]
    assert done == ["cobra"]


@pytest.mark.parametrize(
    "data", [{}, {"exercise": "cobra"}, {"exercise": "cobra", "action": "fly"}, {"action": "done"}]
)
def test_a_step_that_no_page_of_ours_sends_is_refused(client, session, data):
    response = client.post(url("session-step", session), data)
    assert response.status_code == 422
    assert "That is no step of a session." in response.content.decode()


def test_a_step_of_an_exercise_that_is_not_in_the_session_is_not_found(client, session):
    assert step(client, session, "childs-pose", "done").status_code == 404


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


def test_an_ending_that_lacks_a_number_keeps_the_note(client, session):
    for slug in SLUGS:
        step(client, session, slug, "done")
    response = client.post(
        url("finish", session), {"pain_after": "3", "note": "Left side steadier."}
    )
    page = parse(response)
    assert response.status_code == 422
    assert all_words(page, ".error-summary li") == [
        "How hard was it? Choose a number from 0 to 10."
    ]
    assert one(page, "textarea").text_content().strip() == "Left side steadier."
    assert one(page, "[name=pain_after][checked]").get("value") == "3"
    assert SessionRecord.objects.unfinished().count() == 1


def test_a_double_save_of_the_ending_keeps_one(client, session):
    for slug in SLUGS:
        step(client, session, slug, "done")
    for effort in ("4", "9"):
        answer = client.post(url("finish", session), {"pain_after": "3", "effort": effort})
        assert answer["Location"] == url("session-done", session)
    assert list(SessionRecord.objects.values_list("effort", flat=True)) == [4]


def test_yesterdays_session_can_still_be_told_but_not_gone_on_with(client, session):
    step(client, session, "cobra", "done")
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False):
        assert client.get(url("session", session))["Location"] == "/today/"
        client.post(url("finish", session), {"pain_after": "3", "effort": "4"})
    session.refresh_from_db()
    assert (session.day, session.finished_at is not None) == (MONDAY, True)
    assert ExerciseRecord.objects.filter(session=session, was_skipped=True).count() == 3


@pytest.mark.parametrize(
    "name",
    ["session", "session-hurts", "session-relief", "session-stopped", "finish", "session-done"],
)
def test_a_strangers_session_is_not_found(client, stranger, therapist, linked, session, name):
    for other in (stranger, therapist):
        client.force_login(other)
        assert client.get(url(name, session)).status_code == 404
        assert client.get(reverse(f"progress:{name}", args=[uuid.uuid4()])).status_code == 404


def test_a_stranger_changes_nothing(client, stranger, session):
    client.force_login(stranger)
    assert step(client, session, "cobra", "done").status_code == 404
    assert (
        client.post(url("finish", session), {"pain_after": "3", "effort": "4"}).status_code == 404
    )
    assert hurts(client, session, feeling="numb").status_code == 404
    assert client.post(url("session-begin", session), {"pain_before": "3"}).status_code == 404
    assert session.exercises.filter(done_at__isnull=False).count() == 0


@pytest.mark.parametrize("name", ["session", "session-hurts"])
def test_queries_are_the_same_at_each_exercise(client, me, version, name):
    for day in range(1, 8):
        finished_session(me, version, date(2026, 11, day))
    session = recording.start_session(me, version, MONDAY, 2)
    client.get(url(name, session))
    counts = []
    for slug in SLUGS[:3]:
        with queries() as seen:
            client.get(url(name, session))
        counts.append(len(seen))
        step(client, session, slug, "done")
    assert counts[0] <= 12
    assert len(set(counts)) == 1


def test_queries_of_relief_and_ending_do_not_grow_with_sessions(client, me, version):
    counts = []
    for day in (9, 16, 23):
        finished_session(me, latest_version(me), date(2026, 11, day - 2))
        session = recording.start_session(me, latest_version(me), MONDAY, 2)
        current = recording.current_exercise(session)
        recording.record_pain(current, 3, "ache")
        counts.append([count(client, url("session-relief", session))])
        recording.stop_session(session)
        counts[-1].append(count(client, url("finish", session)))
        recording.finish_session(session, 3, 4, "")
        counts[-1].append(count(client, url("session-done", session)))
        SessionRecord.objects.filter(pk=session.pk).update(day=date(2026, 11, day - 1))
    assert counts[0][:2] == counts[1][:2] == counts[2][:2]
    # Where something changed, the ending looks up two lists of names more.
    assert {row[2] for row in counts} <= {10, 12}


def count(client, address: str) -> int:
    client.get(address)
    with queries() as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_ending_says_what_is_different_next_time_and_why(client, session):
    hurts(client, session, exercise="bridge", feeling="sharp", pain="4")
    for slug in SLUGS:
        step(client, session, slug, "done")
    client.post(url("finish", session), {"pain_after": "3", "effort": "4"})
    page = parse(client.get(url("session-done", session)))
    [changed] = [item for item in page.cssselect("#changed li") if "Bridge" in words(item)]
    assert len(all_words(changed, "p")) == 2
    assert page.cssselect("#same") == []


def test_the_ending_says_why_nothing_changes(client, session):
    for slug in SLUGS:
        step(client, session, slug, "done")
    client.post(url("finish", session), {"pain_after": "2", "effort": "4"})
    page = parse(client.get(url("session-done", session)))
    same = words(one(page, "#same"))
    assert same == (
        "Next time stays the same. After three good sessions in a row, one thing gets a little harder."
    )
    assert page.cssselect("#changed") == []
