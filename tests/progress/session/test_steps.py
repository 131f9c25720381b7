"""A session as a person goes through it without a script: saved at each step."""

import json

import pytest

from exercises.models import Variant
from progress import recording
from progress.models import SessionRecord
from progress.session_plan import session_plan
from tests.factories.programs import give_program
from tests.support.pages import all_words, one, parse, words
from tests.support.session import MONDAY, SLUGS, step, url


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


def test_a_session_that_is_begun_says_what_is_left(client, session):
    step(client, session, "cobra", "done")
    page = parse(client.get(url("session", session)))
    assert words(one(page, "main h1")) == "Go on where you were"
    assert [item.get("data-thumb") for item in page.cssselect(".glance li")] == SLUGS[1:]


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
