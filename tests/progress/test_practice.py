"""Trying one movement: the emergency list first, then the real player, and nothing is kept."""

import json

import pytest
from django.contrib.sessions.models import Session

from exercises.models import Variant
from progress.models import SessionRecord
from tests.support.claims import banned
from tests.support.pages import all_words, hrefs, one, parse, queries, words
from tests.support.reading import as_text, grade

PARTS = "h1, h2, p:not(:has(p)), li:not(:has(p)), button, .actions a"


@pytest.mark.django_db
def test_the_list_of_emergencies_comes_first_and_shows_no_movement(client):
    page = parse(client.get("/try/"))
    assert len(page.cssselect(".ticks--stop li")) >= 10
    assert page.cssselect("[data-open-player], .figure-svg, script#session-plan") == []
    assert one(page, "main .btn--danger").get("href") == "/help-now/"


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{}, {"signs": "yes"}, {"signs": ""}])
def test_nothing_but_none_of_these_opens_the_movement(client, library, data):
    page = parse(client.post("/try/", data))
    assert page.cssselect("[data-open-player]") == []
    assert "Please look at the list first." in all_words(page, "[role=alert]")


@pytest.mark.django_db
def test_one_movement_on_a_chair_in_the_real_player(client, library):
    page = parse(client.post("/try/", {"signs": "none"}))
    plan = json.loads(one(page, "#session-plan").text_content())
    [item] = plan["exercises"]
    assert (item["slug"], item["variant"], item["sets"], item["reps"]) == ("cat-cow", "chair", 1, 6)
    assert (plan["token"], plan["warm_up"], plan["cool_down"]) == ("", 0, 0)
    assert one(page, "dialog[data-session-player]").get("data-done-url") is None
    assert page.cssselect("dialog form") == []
    assert "/check/" in hrefs(page)
    assert words(one(page, "main h1")) == "Cat-Cow"


@pytest.mark.django_db
def test_nothing_is_kept_of_a_visitor(client, library):
    client.get("/try/")
    response = client.post("/try/", {"signs": "none"})
    assert "sessionid" not in response.cookies
    assert (Session.objects.count(), SessionRecord.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_it_takes_few_queries(client, library):
    with queries() as seen:
        assert client.post("/try/", {"signs": "none"}).status_code == 200
    assert len(seen) <= 4


@pytest.mark.django_db
def test_without_the_movement_there_is_no_such_page(client, library):
    Variant.objects.filter(exercise__slug="cat-cow", key="chair").delete()
    assert client.post("/try/", {"signs": "none"}).status_code == 404


@pytest.mark.django_db
def test_the_words_are_plain_and_claim_nothing(client, library):
    for answer in (client.get("/try/"), client.post("/try/", {"signs": "none"})):
        text = as_text(all_words(parse(answer).get_element_by_id("main"), PARTS))
        assert grade(text) <= 6.5
        assert not banned(text)


@pytest.mark.django_db
def test_the_landing_page_leads_there(client):
    assert "/try/" in hrefs(parse(client.get("/")))


@pytest.mark.parametrize(
    "sign",
    [
        "numb between your legs",
        "both legs hurt, tingle or are numb",
        "a tight band seems to go round your chest or belly",
        "a lump there that beats",
    ],
)
def test_the_card_names_every_emergency_of_back_and_legs(client, sign):
    """RF1, RF2, RF4 and RF13: nobody asks a visitor again before the movement."""
    assert sign in words(one(parse(client.get("/try/")), ".ticks--stop"))
