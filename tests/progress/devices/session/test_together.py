"""A session told by a device: late, twice, from two places, and never lost or doubled."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from programs.easing import easier_way
from programs.models import Program
from progress import recording
from progress.models import SessionEvent, SessionRecord
from tests.support.device import NOON, OTHER, TOKEN, done, event, post, record, whole_session
from tests.support.pages import one, parse, words
from tests.support.session import MONDAY, SLUGS


def heard(me) -> dict:
    """The last session as the running program knows it."""
    return Program.objects.get(patient=me, ended_on=None).state["sessions"][-1]


def test_a_session_done_without_network_is_written_as_if_with_it(client, version):
    events = whole_session()
    response = post(client, version, events)
    assert response.status_code == 200
    assert response.json() == {
        "seen": [item["id"] for item in events],
        "next": f"/session/{TOKEN}/done/",
        "zone": {},
        "said": [],
        "now": NOON.timestamp() * 1000,
    }
    kept = record()
    assert (kept.token, kept.day, kept.version) == (TOKEN, MONDAY, version)
    assert (kept.pain_before, kept.pain_after, kept.effort, kept.note) == (2, 3, 4, "Steadier.")
    assert kept.started_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert kept.finished_at == datetime(2026, 11, 23, 9, 9, tzinfo=UTC)
    assert done(kept) == dict.fromkeys(SLUGS, (2, False))


@pytest.mark.parametrize("parts", [1, 2, 6])
def test_sent_again_in_any_pieces_it_changes_nothing(client, version, parts):
    events = whole_session()
    size = len(events) // parts
    for start in range(0, len(events), size):
        for _again in range(2):
            assert post(client, version, events[start : start + size]).status_code == 200
    again = post(client, version, events)
    assert (again.status_code, again.json()["next"]) == (200, f"/session/{TOKEN}/done/")
    assert done(record()) == dict.fromkeys(SLUGS, (2, False))
    assert SessionEvent.objects.count() == len(events)


def test_two_devices_on_one_day_make_one_session(client, version):
    post(client, version, [event("begin", pain_before=2), event("done", slug="cobra")])
    response = post(
        client,
        version,
        [event("begin", pain_before=4), event("done", slug="bridge")],
        token=OTHER,
    )
    assert response.json()["said"] == ["You began this session in two places. It counts as one."]
    assert done(record()) == {
        "cobra": (2, False),
        "bridge": (2, False),
        "bird-dog": (0, False),
        "side-plank": (0, False),
    }
    # The other number is not lost: it is kept with the session.
    kept = SessionEvent.objects.get(kind="begin", fate="kept")
    assert (record().pain_before, kept.content) == (2, {"pain_before": 4})
    more = post(client, version, [event("done", slug="bird-dog")], token=OTHER)
    assert more.json()["said"] == []
    assert done(record())["bird-dog"] == (2, False)


def test_what_comes_after_the_ending_still_counts(client, me, version):
    post(
        client,
        version,
        [event("begin", pain_before=2), event("finish", 5, pain_after=3, effort=4, note="")],
    )
    assert done(record())["cobra"] == (0, True)
    response = post(client, version, [event("done", 3, slug="cobra")], token=OTHER)
    assert response.status_code == 200
    assert done(record())["cobra"] == (2, False)
    assert SessionEvent.objects.get(kind="done").fate == "late"
    assert heard(me)["completed"] == 0.25


def test_a_second_ending_is_kept_and_told_and_the_rules_hear_the_harder_one(client, me, version):
    post(client, version, whole_session(pain_after=3))
    response = post(
        client, version, [event("finish", pain_after=6, effort=9, note="Sore.")], token=OTHER
    )
    assert response.status_code == 200
    assert "The first one counts; yours is kept." in response.json()["said"][-1]
    assert (record().pain_after, record().note) == (3, "Steadier.")
    second = SessionEvent.objects.get(token=OTHER)
    assert (second.fate, second.content["note"], second.session) == ("kept", "Sore.", record())
    assert (heard(me)["effort"], heard(me)["during"]) == (9, 6)
    page = parse(client.get(f"/session/{TOKEN}/done/"))
    assert "Your pain was 2 before and is 3 now." in words(page)
    assert words(one(page, "#second")).split("The second time ")[1] == (
        "your pain was 6, and it was 9 of 10 hard. Your plan goes by the higher numbers. “Sore.”"
    )


def test_a_double_press_of_the_ending_is_one(client, version):
    post(client, version, whole_session())
    again = post(client, version, [event("finish", pain_after=3, effort=4, note="Steadier.")])
    assert (again.status_code, again.json()["said"]) == (200, [])


def test_a_plan_that_nobody_knows_loses_no_word(client, version):
    response = post(client, version, whole_session(), digest="sha256:none")
    assert response.status_code == 409
    assert SessionRecord.objects.count() == 0
    rows = SessionEvent.objects.all()
    assert [(row.fate, row.session) for row in rows] == [("kept", None)] * 6
    assert rows.last().content["note"] == "Steadier."


def test_easier_goes_down_to_the_named_variant_and_never_up(client, version):
    asked = next(e for e in version.plan["program"]["exercises"] if e["slug"] == "bird-dog")
    first = easier_way(version, "bird-dog", asked["variant"])
    second = easier_way(version, "bird-dog", first.variant)
    for variant, fate in ((second.variant, "taken"), (first.variant, "kept")):
        sent = event("ease", slug="bird-dog", variant=variant)
        post(client, version, [sent])
        assert SessionEvent.objects.get(event_id=sent["id"]).fate == fate
    kept = record().exercises.get(slug="bird-dog")
    assert (kept.variant, kept.reps, kept.was_eased) == (second.variant, second.reps, True)


def test_skip_and_stop_keep_the_rounds_that_were_done(client, version):
    events = [event("sets", slug="cobra", sets=1), event("skip", slug="cobra"), event("stop")]
    post(client, version, events)
    assert done(record())["cobra"] == (1, True)
    assert record().was_stopped is True


def test_yesterdays_session_that_arrives_today_leaves_todays_open(client, me, version):
    with time_machine.travel(datetime(2026, 11, 25, 9, tzinfo=UTC), tick=False):
        today = recording.start_session(me, version, date(2026, 11, 25), 1)
        post(client, version, whole_session())
    old = SessionRecord.objects.exclude(pk=today.pk).get()
    today.refresh_from_db()
    assert (old.day, old.pain_after, old.left_at) == (MONDAY, 3, None)
    assert (heard(me)["date"], heard(me)["effort"]) == ("2026-11-23", 4)
    assert done(old) == dict.fromkeys(SLUGS, (2, False))
    assert (today.left_at, today.finished_at) == (None, None)


def test_a_session_of_another_day_without_an_ending_can_still_be_told(client, me, version):
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False):
        post(client, version, [event("begin", pain_before=2), event("done", slug="cobra")])
        assert recording.open_session(me).day == MONDAY
