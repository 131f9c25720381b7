"""The pages that belong to no app: who may read them, what they say, and what they say on failure."""

from __future__ import annotations

import itertools
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from backrelief import urls, views
from tests.factories.accounts import make_patient
from tests.support.claims import banned
from tests.support.pages import all_words, hrefs, one, parse, queries, words
from tests.support.reading import as_text, grade

PUBLIC = ["/", "/help-now/", "/privacy/", "/about/"]
BLOCKS = "h1, h2, h3, p, li, summary, dt, dd, legend, label"


def page_text(root) -> str:
    """The words of the page's own part, a heading or a line as a sentence of its own."""
    main = one(root, "main")
    blocks = [node for node in main.cssselect(BLOCKS) if node.cssselect(BLOCKS) == [node]]
    text = as_text([words(node) for node in blocks])
    assert len(text.split()) > 100
    return text


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_a_visitor_reads_it_without_signing_in_and_without_a_query(client, address):
    with queries() as made:
        response = client.get(address)
    assert response.status_code == 200
    assert [query["sql"] for query in made.captured_queries] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_it_is_plain_to_read(client, address):
    assert grade(page_text(parse(client.get(address)))) <= 6.5


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_it_promises_nothing_without_a_source(client, address):
    assert banned(page_text(parse(client.get(address)))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PUBLIC, "/accounts/login/", "/accounts/signup/", "/nowhere/"])
def test_help_is_one_tap_away(client, address):
    link = one(parse(client.get(address)), "header .help-link")
    assert (words(link), link.get("href")) == ("Get help", "/help-now/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_it_says_that_nobody_watches(client, address):
    assert "nobody watches it live" in words(one(parse(client.get(address)), "footer")).lower()


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_it_has_one_heading_of_the_first_rank_and_skips_none(client, address):
    ranks = [int(node.tag[1]) for node in parse(client.get(address)).cssselect("h1, h2, h3, h4")]
    assert ranks.count(1) == 1
    assert [b - a for a, b in itertools.pairwise(ranks) if b - a > 1] == []


# The landing page


@pytest.mark.django_db
def test_the_landing_page_leads_to_the_safety_check_and_not_to_sign_up(client):
    root = parse(client.get("/"))
    assert words(one(root, "h1")) == "Move a little. Know why. Go at your pace."
    assert [link.get("href") for link in root.cssselect("main .btn")] == ["/check/", "/try/"]
    assert "/accounts/signup/" not in hrefs(root)


@pytest.mark.django_db
def test_the_landing_page_says_what_exercise_does_in_the_allowed_words(client):
    assert (
        "Guidelines recommend exercise for long-lasting low back pain. On average it gives a small "
        "to moderate benefit. Results vary." in words(parse(client.get("/")))
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "where"),
    [("patient", "/today/"), ("therapist", "/caseload/"), ("staff", "/exercises/")],
)
def test_whoever_is_signed_in_lands_where_their_work_is(client, clinic, role, where):
    client.force_login(make_patient("kim@example.org", role=role, clinic=clinic))
    assert client.get("/").headers["Location"] == where


# When to get help


@pytest.mark.django_db
@override_settings(
    EMERGENCY_NUMBER="112",
    CRISIS_LINE="0800 111 0 111",
    URGENT_LINE="(555) 010-7788",
    CLINIC_CONTACT="Hill Street Clinic, front desk",
)
def test_the_help_page_calls_the_numbers_of_the_installation(client):
    root = parse(client.get("/help-now/"))
    calls = [link.get("href") for link in root.cssselect("a[href^='tel:']")]
    assert calls == ["tel:112", "tel:5550107788", "tel:08001110111"]
    assert "Hill Street Clinic, front desk" in words(root)
    assert "911" not in words(root)


@pytest.mark.django_db
def test_the_help_page_names_every_emergency_sign(client):
    signs = all_words(parse(client.get("/help-now/")), ".ticks--stop strong")
    assert signs == [
        "New numbness or tingling between your legs",
        "A new change in how you pee or poo.",
        "A new sexual problem",
        "Pain, tingling, numbness or weakness in both legs",
        "Clumsy or heavy legs.",
        "Pain after a bad accident",
        "Sudden, very bad pain in your back or tummy",
        "Chest pain, bad trouble breathing, or fainting.",
        "Fever with back pain, and",
        "You have had cancer, and",
        "One calf that is newly swollen, hot and sore",
        "Blood pressure of 180 over 110 or more, and",
        "You are pregnant and",
    ]


@pytest.mark.django_db
def test_the_call_button_comes_before_the_list(client):
    main = one(parse(client.get("/help-now/")), "main")
    kinds = [node.get("href") or node.get("class") for node in main.cssselect("a.btn, ul")]
    assert kinds[0] == "tel:911"


@pytest.mark.django_db
def test_without_a_line_for_urgent_questions_the_page_still_says_whom_to_call(client):
    assert "Call your doctor's office." in words(parse(client.get("/help-now/")))


# Navigation


@pytest.mark.django_db
def test_a_patient_has_the_five_places_at_the_top_and_at_the_bottom(client, patient):
    client.force_login(patient)
    root = parse(client.get("/help-now/"))
    five = ["Today", "Plan", "Diary", "Progress", "Exercises"]
    assert all_words(root, ".topbar__nav a") == five
    assert all_words(root, ".tabbar a") == five


@pytest.mark.django_db
def test_a_therapist_has_a_rail_and_compact_type(client, therapist):
    client.force_login(therapist)
    root = parse(client.get("/help-now/"))
    assert all_words(root, ".rail__links a") == [
        "Caseload",
        "Exercises",
        "Library editor",
        "Settings",
        "Sign out",
    ]
    assert root.get("data-density") == "compact"
    assert root.cssselect(".tabbar") == []


@pytest.mark.django_db
def test_the_page_one_is_on_is_marked(client, patient):
    client.force_login(patient)
    root = parse(client.get("/settings/"))
    marked = [
        (node.get("href"), node.get("aria-current")) for node in root.cssselect("[aria-current]")
    ]
    assert marked == [("/settings/", "page")]


@pytest.mark.django_db
def test_the_chosen_colors_are_on_the_page(client, patient):
    patient.theme = "dark"
    patient.save()
    client.force_login(patient)
    assert parse(client.get("/help-now/")).get("data-theme") == "dark"


@pytest.mark.django_db
def test_without_a_choice_the_device_decides(client):
    assert parse(client.get("/help-now/")).get("data-theme") is None


# When it fails


def failing(view):
    """The site's addresses with one more, which fails in the way that is tested."""
    return type(
        "Addresses", (), {"urlpatterns": [path("fail/", view), *urls.urlpatterns]} | HANDLERS
    )


HANDLERS = {name: getattr(urls, name) for name in ("handler403", "handler404", "handler500")}


def refused(request) -> HttpResponse:
    raise PermissionDenied


def broken(request) -> HttpResponse:
    raise ZeroDivisionError


@pytest.mark.django_db
def test_a_missing_page_says_so_and_leads_on(client):
    response = client.get("/nowhere/")
    root = parse(response)
    assert (response.status_code, words(one(root, "h1"))) == (404, "We can't find that page")
    assert {"/", "/exercises/", "/help-now/"} <= hrefs(root)


@pytest.mark.django_db
def test_a_page_of_someone_else_is_refused_in_plain_words(client, patient):
    client.force_login(patient)
    with override_settings(ROOT_URLCONF=failing(refused)):
        response = client.get("/fail/")
    assert response.status_code == 403
    assert words(one(parse(response), "h1")) == "This page is not for this account"


@pytest.mark.django_db
def test_a_form_without_its_token_is_not_lost(patient):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(
        "/accounts/login/",
        {"login": "x"},
        headers={"referer": "http://testserver/accounts/login/?a=1"},
    )
    root = parse(response)
    assert (response.status_code, words(one(root, "h1"))) == (403, "Please send that once more")
    assert one(root, "main .btn--primary").get("href") == "http://testserver/accounts/login/?a=1"


@pytest.mark.django_db
def test_a_form_sent_from_elsewhere_leads_to_the_start_and_not_back_there():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(
        "/accounts/login/", {"login": "x"}, headers={"referer": "https://elsewhere.example/form"}
    )
    assert one(parse(response), "main .btn--primary").get("href") == "/"


@pytest.mark.django_db
def test_what_does_not_fit_is_refused_with_its_reason(client):
    request = RequestFactory().post("/diary/")
    response = views.unprocessable(request, "That day has not come yet.")
    assert response.status_code == 422
    assert words(one(parse(response), ".lede")) == "That day has not come yet."


@pytest.mark.django_db
def test_too_many_tries_end_in_a_page_of_ours(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.post("/accounts/password/reset/", {"email": "a@example.org"})
    response = client.post("/accounts/password/reset/", {"email": "a@example.org"})
    assert response.status_code == 429
    assert words(one(parse(response), "h1")) == "Please wait a little"


def test_a_fault_of_ours_needs_no_database_and_still_names_the_number():
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=failing(views.login_not_required(broken))):
        response = client.get("/fail/")
    root = parse(response)
    assert response.status_code == 500
    assert words(one(root, "h1")) == "Sorry, something went wrong on our side"
    assert "call 911" in words(one(root, "main"))
    assert "ZeroDivisionError" not in words(root)


@pytest.mark.django_db
def test_the_health_check_answers_without_the_database(client):
    with queries() as made:
        response = client.get("/healthz")
    assert (response.content, len(made)) == (b"ok\n", 0)


@pytest.mark.django_db
def test_readiness_asks_the_database(client):
    assert client.get("/readyz").json() == {"database": "ok"}


# The account pages


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
)
def test_the_account_pages_have_labels_and_no_script_of_their_own(client, address):
    response = client.get(address)
    root = parse(response)
    inputs = root.cssselect("main input:not([type=hidden]):not([type=checkbox])")
    labels = {node.get("for") for node in root.cssselect("main label[for]")}
    assert {node.get("id") for node in inputs} - labels == set()
    assert re.findall(r"<script(?![^>]*\ssrc=)", response.content.decode()) == []


@pytest.mark.django_db
def test_a_wrong_password_is_said_at_the_top_and_the_address_stays(client, patient):
    response = client.post("/accounts/login/", {"login": "pat@example.org", "password": "wrong"})
    root = parse(response)
    assert words(one(root, "title")).startswith("Error: Sign in")
    assert one(root, "[name=login]").get("value") == "pat@example.org"
    assert len(root.cssselect(".error-summary li")) == 1
