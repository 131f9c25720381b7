"""The check through its pages: nothing passes by accident, and an emergency stops everything."""

import pytest

from backrelief.accounts.models import User
from programs.models import Draft, Lock, Screening
from tests.factories.accounts import PASSWORD
from tests.support.pages import all_words, parse, words
from tests.support.walk import walk

pytestmark = pytest.mark.django_db
SADDLE = {"rf1a_saddle_numbness": "yes"}


def sign_up(client, email="pat@example.org") -> User:
    data = {"name": "Pat", "email": email, "password1": PASSWORD, "consent": "on"}
    client.post("/accounts/signup/", data)
    return User.objects.get(email=email)


def test_a_visitor_without_warning_signs_comes_to_a_clear_result(client):
    seen = walk(client, "/check/")
    assert seen == [
        "/check/",
        "/check/about/",
        "/check/nerves/",
        "/check/legs/",
        "/check/illness/",
        "/check/injury/",
        "/check/heart/",
        "/check/last/",
        "/check/result/",
    ]
    assert words(parse(client.get("/check/result/")).cssselect("h1")[0]) == "No warning signs"


def test_an_untouched_question_does_not_pass(client):
    walk(client, "/check/")
    response = client.post("/check/nerves/", {"rf1a_saddle_numbness": "no"})
    assert response.status_code == 422
    page = parse(response)
    assert all_words(page, ".error-summary li") == [
        "Is there a new change in how you pee? We need an answer here: yes, no or not sure.",
        "Have you newly lost control of your bowels, or can't you feel when you go? "
        "We need an answer here: yes, no or not sure.",
        "Is there a new sexual problem, such as loss of feeling? "
        "We need an answer here: yes, no or not sure.",
    ]


def test_no_question_of_the_check_looks_as_if_it_could_be_skipped(client):
    screens = [path for path in walk(client, "/check/") if path.count("/") == 3]
    assert len(screens) == 8
    pages = [parse(client.get(path)) for path in screens]
    assert [page.cssselect(".label__optional") for page in pages] == [[]] * 8


def test_the_none_card_records_a_no_for_every_question_shown(client):
    walk(client, "/check/", {})
    client.post("/check/nerves/", {"none_of_these": "on"})
    screening = Draft.objects.get().answers["screening"]
    keys = ("rf1a_saddle_numbness", "rf1b_bladder", "rf1c_bowel", "rf1d_sexual")
    assert [screening[key] for key in keys] == ["no"] * 4


def test_none_of_these_beside_a_yes_is_refused_and_nothing_is_lost(client):
    walk(client, "/check/")
    data = {"none_of_these": "on", "rf1b_bladder": "yes"}
    response = client.post("/check/nerves/", data)
    page = parse(response)
    assert response.status_code == 422
    assert page.cssselect("[name=rf1b_bladder][value=yes]")[0].get("checked") is not None
    assert page.cssselect("[name=none_of_these]")[0].get("checked") is not None


def test_an_emergency_is_read_back_once_and_then_stops_everything(client):
    seen = walk(client, "/check/", SADDLE)
    assert seen[-1] == "/check/confirm/"
    told = all_words(parse(client.get("/check/confirm/")), ".callout li")
    assert told == ["You told us about new numbness or a strange feeling between your legs."]
    client.post("/check/confirm/", {"right": "yes"})
    for path in ("/check/", "/check/nerves/", "/check/legs/", "/check/result/", "/check/confirm/"):
        assert client.get(path, follow=True).request["PATH_INFO"] == "/check/stop/"
    for path in ("/intake/", "/plan/preview/"):
        assert client.get(path, follow=True).request["PATH_INFO"] == "/check/stop/"
    stop = parse(client.get("/check/stop/"))
    assert stop.cssselect("a[href='tel:911']")
    assert not stop.cssselect("nav")


def test_change_my_answer_goes_back_to_that_screen(client):
    walk(client, "/check/", SADDLE)
    response = client.post("/check/confirm/", {"right": "no"})
    assert response.headers["Location"] == "/check/nerves/"
    assert walk(client, "/check/nerves/")[-1] == "/check/result/"


def test_not_sure_stops_at_an_emergency_question(client):
    assert walk(client, "/check/", {"rf4_cord": "not_sure"})[-1] == "/check/confirm/"


def test_not_sure_elsewhere_leads_on_and_back_to_what_to_ask(client):
    assert walk(client, "/check/", {"rf7_back_shape": "not_sure"})[-1] == "/check/result/"
    page = parse(client.get("/check/result/"))
    assert words(page.cssselect("h1")[0]) == "Ask about this first"
    assert page.cssselect("a[href='/check/injury/']")
    client.post("/check/injury/", {"none_of_these": "on"})
    assert words(parse(client.get("/check/result/")).cssselect("h1")[0]) == "No warning signs"


def test_a_bladder_change_that_is_old_and_checked_is_no_emergency(client):
    answers = {"rf1b_bladder": "yes", "rf1e_longstanding_unchanged_checked": "yes"}
    seen = walk(client, "/check/", answers)
    assert "/check/nerves-more/" in seen
    assert seen[-1] == "/check/result/"
    assert Draft.objects.get().answers["screening"]["rf1e_longstanding_unchanged_checked"] == "yes"


def test_an_urgent_answer_names_the_next_step(client):
    walk(client, "/check/", {"rf11_fever": "yes", "rf11_very_unwell": "no"})
    page = parse(client.get("/check/result/"))
    assert words(page.cssselect("h1")[0]) == "Please see someone today, before you exercise"
    assert client.get("/intake/", follow=True).request["PATH_INFO"] == "/check/result/"


def test_an_emergency_goes_along_into_the_account_and_locks(client):
    walk(client, "/check/", SADDLE)
    client.post("/check/confirm/", {"right": "yes"})
    user = sign_up(client)
    client.get("/arrive/")
    assert list(Lock.objects.values_list("patient", "rule", "level")) == [
        (user.pk, "RF1a", "emergency")
    ]
    assert Screening.objects.get().rule_set == "backrelief-2026.1"
    assert client.get("/check/", follow=True).request["PATH_INFO"] == "/check/stop/"


def test_the_lock_holds_in_another_browser(client, patient):
    client.force_login(patient)
    walk(client, "/check/", SADDLE)
    client.post("/check/confirm/", {"right": "yes"})
    client.logout()
    client.force_login(patient)
    assert client.get("/check/", follow=True).request["PATH_INFO"] == "/check/stop/"
    Draft.objects.all().delete()
    assert client.get("/check/", follow=True).request["PATH_INFO"] == "/check/stop/"


def test_a_new_visit_starts_afresh(client):
    walk(client, "/check/", SADDLE)
    client.post("/check/confirm/", {"right": "yes"})
    client.cookies.clear()
    assert client.get("/check/").status_code == 200


def test_a_finished_check_is_written_down_once(client, patient):
    client.force_login(patient)
    walk(client, "/check/")
    client.get("/check/result/")
    assert Screening.objects.count() == 1
