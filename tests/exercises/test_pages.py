"""The public library: filters, one exercise, and what they cost."""

import pytest

from exercises import drawn
from exercises.models import Exercise
from tests.support.htmx import assert_swap_equals_reload
from tests.support.pages import all_words, parse, queries, words

pytestmark = pytest.mark.django_db


def names(client, query: str = "") -> list[str]:
    return all_words(parse(client.get(f"/exercises/{query}")), ".lib-card h3")


def test_all_eleven_are_listed(client, library):
    assert len(names(client)) == 11


def test_filters_narrow_by_kind_place_and_body_area(client, library):
    assert set(names(client, "?kind=strength")) == {
        "Pelvic Tilt",
        "Bridge",
        "Bird-Dog",
        "Side Plank",
    }
    on_chair = names(client, "?kind=stretch&position=chair")
    assert set(on_chair) == {"Seated Forward Bend", "Standing Hamstring Stretch", "Knee-to-Chest"}
    assert names(client, "?kind=unheard-of") == names(client)


def test_nothing_found_says_what_to_do(client, library):
    page = parse(client.get("/exercises/?kind=strength&position=chair&area=no-such"))
    assert words(page.cssselect("#found h2")[0])
    Exercise.objects.all().delete()
    assert "Take one filter off." in words(parse(client.get("/exercises/?kind=strength")))


def test_a_filter_by_swap_equals_a_reload(client, library):
    assert_swap_equals_reload(client, "/exercises/", "/exercises/?kind=stretch", "found")


def test_an_easier_variant_by_swap_equals_a_reload(client, library):
    assert_swap_equals_reload(
        client, "/exercises/bridge/", "/exercises/bridge/?variant=mini", "moves"
    )


def test_who_leaves_it_out_and_why(client, library):
    page = parse(client.get("/exercises/childs-pose/"))
    shown = words(page.cssselect("section[aria-labelledby=who]")[0])
    row = Exercise.objects.get(slug="childs-pose").precautions.get(condition__slug="osteoporosis")
    assert row.condition.name in shown
    assert row.reason in shown


def test_an_unknown_exercise_is_404(client, library):
    assert client.get("/exercises/headstand/").status_code == 404


def test_a_clinic_that_switched_the_extra_off_does_not_show_it(client, library, patient, clinic):
    clinic.uses_extras = False
    clinic.save()
    patient.clinic = clinic
    patient.save()
    client.force_login(patient)
    assert "Knee-to-Chest" not in names(client)
    assert client.get("/exercises/knee-to-chest/").status_code == 404


def test_a_visitors_own_browser_may_keep_a_page_and_a_patients_may_not(client, library, patient):
    assert client.get("/exercises/").headers["Cache-Control"] == "private, max-age=300"
    client.force_login(patient)
    assert client.get("/exercises/").headers["Cache-Control"] == "private, no-store"


def test_the_list_costs_the_same_with_one_and_with_many(client, library):
    with queries() as many:
        client.get("/exercises/")
    Exercise.objects.exclude(slug="bridge").delete()
    drawn.library()  # poses went too, and are read anew once
    with queries() as one:
        client.get("/exercises/")
    assert len(one) == len(many) <= 12


def test_an_exercise_costs_at_most_twelve_queries(client, library):
    with queries() as found:
        client.get("/exercises/bird-dog/")
    assert len(found) <= 12
