"""The end of a session: kept once, with its note, and with what is different next time."""

from datetime import UTC, datetime

import time_machine

from progress.models import ExerciseRecord, SessionRecord
from tests.support.pages import all_words, one, parse, words
from tests.support.session import MONDAY, SLUGS, hurts, step, url


def test_stopping_early_leads_to_the_ending_and_keeps_what_was_done(client, session):
    step(client, session, "cobra", "done")
    step(client, session, "bridge", "stop")
    assert client.get(url("session", session))["Location"] == url("finish", session)
    page = parse(client.get(url("finish", session)))
    assert "What you did counts." in words(one(page, ".finish-head"))
    done = [e.slug for e in session.exercises.all() if e.sets_done]
    assert done == ["cobra"]


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
