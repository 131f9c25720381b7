"""The page of an exercise without a script: the doses, the rounds and the easier way of the player."""

import pytest
from django.urls import reverse

from progress import recording
from tests.factories.programs import give_program
from tests.support.pages import all_words, one, parse, words
from tests.support.session import MONDAY

pytestmark = pytest.mark.usefixtures("library")


def begun(me, **plan):
    version = give_program(me, MONDAY, days=["mon"], **plan)
    return recording.start_session(me, version, MONDAY, 2)


def page_of(client, session):
    return parse(client.get(reverse("progress:session", args=[session.token])))


def press(client, session, button):
    """Sends the form as a browser does by this button."""
    form = button.getparent()
    while form.tag != "form":
        form = form.getparent()
    data = {field.get("name"): field.get("value") for field in form.cssselect("input")}
    client.post(form.get("action"), data | {button.get("name"): button.get("value")})


def test_a_round_that_was_done_counts_where_the_next_is_skipped(client, me):
    session = begun(me)
    page = page_of(client, session)
    assert "Rest 45 seconds between rounds." in all_words(page, ".moves p")
    button = one(page, "[value=round]")
    assert words(button) == "Round 1 done"
    for _again in range(2):
        press(client, session, button)
    page = page_of(client, session)
    assert page.cssselect("[value=round]") == []
    press(client, session, one(page, "[value=skip]"))
    first = session.exercises.first()
    assert (first.sets_done, first.sets_planned, first.was_skipped) == (1, 2, True)


def test_it_can_be_made_easier_at_once_until_there_is_nothing_easier(client, me):
    session = begun(me)
    recording.complete(session.exercises.get(slug="cobra"))
    button = one(page_of(client, session), "#step-form [value=easier]")
    assert words(button) == "Easier Small lift"
    seen = []
    while found := page_of(client, session).cssselect("#step-form [value=easier]"):
        press(client, session, found[0])
        seen.append(session.exercises.get(slug="bridge").variant)
    assert seen == ["mini", "squeeze"]


def test_the_warm_up_is_told_once_and_the_end_lets_the_breath_slow_down(client, me):
    session = begun(me)
    warm_up = "First, for two minutes: Walk on the spot. Breathe easily."
    assert warm_up in words(one(page_of(client, session), "main"))
    for exercise in session.exercises.all():
        recording.complete(exercise)
        session.refresh_from_db()
    assert warm_up not in words(one(parse(client.get(finish(session))), "main"))
    assert "Sit for a minute first" in words(one(parse(client.get(finish(session))), "main"))


def finish(session) -> str:
    return reverse("progress:finish", args=[session.token])


@pytest.mark.parametrize("condition", ["falls_or_unsteady", "dizziness_known"])
def test_whoever_may_fall_warms_up_with_a_hold(client, me, condition):
    session = begun(me, conditions=[condition])
    page = page_of(client, session)
    text = words(one(page, "main"))
    assert "Walk on the spot. Hold on to a worktop. Go on walking, and keep your hold." in text
    said = one(page, "#session-words").text_content()
    assert "hold on to a worktop" in said
    assert "swing" not in said


def test_others_warm_up_freely(client, me):
    assert "swing" in one(page_of(client, begun(me)), "#session-words").text_content()


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({}, "That is all right if it settles by tomorrow morning."),
        ({"conditions": ["osteoporosis"]}, "It should ease in about 45 minutes."),
    ],
)
def test_how_soon_an_ache_should_ease_is_told_alike_with_and_without_a_script(
    client, me, plan, told
):
    session = begun(me, **plan)
    recording.record_pain(recording.current_exercise(session), 3, "ache")
    assert told in one(page_of(client, session), "#session-words").text_content()
    relief = client.get(reverse("progress:session-relief", args=[session.token]))
    assert told in words(one(parse(relief), ".lede"))
