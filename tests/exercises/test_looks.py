"""The person's own figure: chosen, kept, and shown wherever figures are drawn."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from exercises.figures import PEOPLE
from exercises.looks import FigureForm, expecting_person, look_for, look_from
from tests.support.pages import parse

ADDRESS = "/exercises/your-figure/"
CHOICE = {
    "build": "largest",
    "body": "older",
    "skin": "4",
    "hair": "scarf",
    "tone": "plum",
    "kit": "3",
    "sleeves": "long",
}
CLASSES = "skin-4 kit-3 hair-plum"

pytestmark = pytest.mark.usefixtures("library")


def figures_of(client, address: str) -> set[str]:
    """The classes of people and clothes of all figures of a page."""
    page = parse(client.get(address))
    return {" ".join(svg.get("class").split()[1:4]) for svg in page.cssselect("svg.figure-svg")}


def test_a_choice_is_kept_with_the_account_and_shows_in_every_figure(client, patient):
    client.force_login(patient)
    assert CLASSES not in figures_of(client, "/exercises/")
    assert client.post(ADDRESS, CHOICE).status_code == 302
    patient.refresh_from_db()
    assert patient.figure == CHOICE
    for address in ("/exercises/", "/exercises/bird-dog/", "/settings/", ADDRESS):
        assert figures_of(client, address) == {CLASSES}, address


def test_a_visitor_keeps_it_for_the_visit_and_no_old_page_stays_in_the_browser(client):
    assert "max-age=300" in client.get("/exercises/").headers["Cache-Control"]
    client.post(ADDRESS, CHOICE)
    assert figures_of(client, "/exercises/bridge/") == {CLASSES}
    assert "max-age=300" not in client.get("/exercises/").headers["Cache-Control"]
    client.post(ADDRESS, CHOICE | {"several": "1"})
    assert len(figures_of(client, "/exercises/")) > 4


def test_trying_on_shows_it_and_keeps_nothing(client, patient):
    client.force_login(patient)
    answer = client.post(ADDRESS, CHOICE | {"try": "1"})
    assert answer.status_code == 200
    assert {svg.get("class") for svg in parse(answer).cssselect("#tried svg")} == {
        f"figure-svg {CLASSES}"
    }
    patient.refresh_from_db()
    assert patient.figure == {}


def test_a_swap_brings_the_trio_alone(client):
    answer = client.post(
        ADDRESS, CHOICE | {"try": "1"}, headers={"HX-Request": "true", "HX-Target": "tried"}
    )
    fragment = parse(answer)
    assert len(fragment.cssselect("#tried svg")) == 3
    assert not fragment.cssselect("h1")


def test_an_unknown_choice_is_named_and_nothing_typed_is_lost(client):
    answer = client.post(ADDRESS, CHOICE | {"hair": "green"})
    assert answer.status_code == 422
    page = parse(answer)
    assert page.cssselect(".error-summary a[href^='#id_hair']")
    assert page.cssselect("input[name=skin][value='4'][checked]")


def test_old_words_in_a_stored_choice_count_as_the_first_ones():
    look = look_from({"hair": "mohawk", "skin": "9", "build": "largest"})
    assert (look.hair, look.skin, look.build) == ("short", 2, 1.32)


def test_late_in_pregnancy_the_figures_of_the_own_program_are_expecting(client, patient):
    patient.is_drawn_expecting = True
    request = RequestFactory().get("/")
    request.user = patient
    people = {look_for(request, slug) for slug in ("cat-cow", "bridge", "bird-dog", "cobra")}
    assert {look.body for look in people} == {"expecting"}
    assert len(people) > 1
    patient.figure = CHOICE
    assert look_for(request, "cat-cow").body == "older"


def test_nobody_is_expecting_who_could_not_be():
    drawn = {expecting_person(slug).hair for slug in ("childs-pose", "bridge", "pelvic-tilt")}
    assert drawn <= {"bun", "bob", "scarf"}


def test_every_choice_of_the_form_is_a_person_that_can_be_drawn():
    form = FigureForm()
    for name, field in form.fields.items():
        for value, _label in field.choices:
            assert look_from(CHOICE | {name: value}).hair
    assert {look.hair for look in PEOPLE} == {value for value, _ in form.fields["hair"].choices}
