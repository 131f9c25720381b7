"""What a device keeps for the days without network: the person's own, and no more than listed."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from backrelief.offline import person_key
from programs.models import Lock
from progress import recording
from tests.factories.programs import give_program
from tests.factories.progress import finished_session
from tests.support.pages import all_words, one, parse, queries, words
from tests.support.reading import as_text, grade

MONDAY = date(2026, 11, 23)


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
    return give_program(me, MONDAY, days=["mon", "wed", "fri"])


def kept(client) -> dict:
    response = client.get("/offline/list/", headers={"Accept": "application/json"})
    assert response.status_code == 200
    return response.json()


def test_the_list_is_the_persons_own_and_changes_with_what_it_names(client, me, version):
    first = kept(client)
    assert first["person"] == person_key(me)
    assert {"/offline/", "/diary/new/"} <= set(first["pages"])
    session = recording.start_session(me, version, MONDAY, 2)
    second = kept(client)
    assert f"/session/{session.token}/" in second["pages"]
    assert second["stamp"] != first["stamp"]
    assert kept(client)["stamp"] == second["stamp"]


def test_every_page_of_the_list_opens(client, me, version):
    recording.start_session(me, version, MONDAY, 2)
    for address in kept(client)["pages"]:
        assert client.get(address).status_code == 200, address


def test_whoever_is_signed_out_hears_it_and_a_therapist_keeps_nothing(client, db, therapist):
    response = client.get("/offline/list/", headers={"Accept": "application/json"})
    assert response.status_code == 401
    client.force_login(therapist)
    assert client.get("/offline/list/").status_code == 404
    assert client.get("/offline/").status_code == 404


def test_the_page_names_the_sessions_of_the_next_seven_days(client, me, version):
    page = parse(client.get("/offline/"))
    days = [node.get("data-day") for node in page.cssselect("[data-day]")]
    assert days == ["2026-11-23", "2026-11-25", "2026-11-27"]
    finished_session(me, version, MONDAY)
    page = parse(client.get("/offline/"))
    assert all_words(page, "[data-day]") == ["Wed, Nov 25", "Fri, Nov 27"]


@pytest.mark.parametrize("level", ["urgent", "emergency"])
def test_under_a_lock_no_session_is_kept(client, me, version, level):
    Lock.objects.create(patient=me, level=level, rule="RF1", text="Numb between the legs.")
    assert [page for page in kept(client)["pages"] if page.startswith("/session/")] == []
    page = parse(client.get("/offline/"))
    assert page.cssselect("[data-day]") == []
    assert "Something comes first." in words(one(page, "main"))


def test_the_page_is_plain_to_read(client, me, version):
    main = one(parse(client.get("/offline/")), "main")
    assert grade(as_text([words(node) for node in main.cssselect("h1, h2, p, li, a.btn")])) <= 6.5


@pytest.mark.parametrize("address", ["/offline/", "/offline/list/"])
def test_queries_do_not_grow_with_sessions(client, me, version, address):
    client.get(address)
    counts = []
    for day in (23, 25, 27):
        finished_session(me, version, date(2026, 11, day - 7))
        with queries() as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] <= 12
    assert len(set(counts)) == 1
