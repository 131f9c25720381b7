"""What is said when a session is over: as warm as it can be, and as careful as the pain after asks for."""

import pytest
from django.urls import reverse

from progress import recording
from tests.factories.programs import give_program
from tests.support.pages import one, parse, words
from tests.support.session import MONDAY

pytestmark = pytest.mark.usefixtures("library")


def told(client, me, before, after, *, done=True, **plan) -> str:
    """What the last page of a session says."""
    version = give_program(me, MONDAY, days=["mon"], goals=["lift my grandchild again"], **plan)
    session = recording.start_session(me, version, MONDAY, before)
    for exercise in session.exercises.all():
        (recording.complete if done else recording.skip)(exercise)
    client.post(
        reverse("progress:finish", args=[session.token]), {"pain_after": after, "effort": 4}
    )
    page = parse(client.get(reverse("progress:session-done", args=[session.token])))
    return words(one(page, "main"))


@pytest.mark.parametrize(("before", "after"), [(1, 3), (2, 4), (3, 5)])
def test_a_little_more_pain_is_answered_without_fear(client, me, before, after):
    text = told(client, me, before, after)
    assert "That is all right if it settles by tomorrow morning." in text
    assert "more pain than a session should bring" not in text


@pytest.mark.parametrize(("before", "after"), [(0, 3), (2, 5), (5, 6), (6, 8)])
def test_pain_that_would_stop_an_exercise_is_never_called_all_right(client, me, before, after):
    text = told(client, me, before, after)
    assert "That is more pain than a session should bring." in text
    assert "talk to a doctor or a physio" in text
    assert "all right" not in text


def test_with_a_caution_it_should_ease_within_45_minutes(client, me):
    text = told(client, me, 1, 3, conditions=["osteoporosis"])
    assert "It should ease in about 45 minutes, and settle by tomorrow morning." in text


def test_with_a_caution_more_than_four_is_too_much(client, me):
    text = told(client, me, 3, 5, conditions=["osteoporosis"])
    assert "more pain than a session should bring" in text


@pytest.mark.parametrize(("before", "after"), [(3, 3), (4, 1), (None, 5)])
def test_pain_that_did_not_rise_needs_no_word(client, me, before, after):
    text = told(client, me, before, after)
    assert "more than before" not in text
    assert "more pain than" not in text


def test_where_nothing_was_done_the_goal_is_not_said_to_be_nearer(client, me):
    text = told(client, me, 3, 3, done=False)
    assert "Each session is a step" not in text
    assert "What you told us still stands: “lift my grandchild again”." in text
