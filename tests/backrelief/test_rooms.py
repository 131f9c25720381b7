"""Who gets into which room: strangers, other clinics, staff and administrators try every door."""

import itertools
import re
import uuid

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from backrelief.accounts.models import CareLink, User
from progress.diary import log_pain
from progress.models import SessionRecord
from tests.factories.accounts import PASSWORD, make_clinic, make_staff, make_therapist
from tests.factories.programs import give_program
from tests.factories.progress import finished_session

pytestmark = pytest.mark.django_db
# Not found, not offered, or a body that nothing was looked up for.
CLOSED = (404, 405, 422)
OURS = ("programs.", "progress.", "backrelief.accounts.")


def doors(patterns, prefix: str = ""):
    """Our addresses with a number or a token in them."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from doors(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            whole = prefix + str(entry.pattern)
            if re.search(r"<(int|uuid):", whole) and entry.callback.__module__.startswith(OURS):
                yield whole


DOORS = sorted(set(doors(get_resolver().url_patterns)))


@pytest.fixture
def record(patient, linked, library) -> User:
    """A patient with something of each kind that has a number."""
    today = timezone.localdate()
    version = give_program(patient, today)
    finished_session(patient, version, today)
    log_pain(patient, uuid.uuid4(), 4, timezone.now())
    return patient


def numbers_of(record: User) -> list[int]:
    """The numbers of all rows that tell about a patient: a door must not open to any of them."""
    models = [
        m for label in ("programs", "progress") for m in apps.get_app_config(label).get_models()
    ]
    found = {
        pk for m in models for pk in m.objects.values_list("pk", flat=True) if isinstance(pk, int)
    }
    return sorted({record.pk, *CareLink.objects.values_list("pk", flat=True), *found})[:12]


def addresses(record: User) -> list[str]:
    token = str(SessionRecord.objects.get().token)
    found = []
    for door in DOORS:
        parts = re.findall(r"<(?:\w+:)?\w+>", door)
        fills = [numbers_of(record) if part.startswith("<int") else [token] for part in parts]
        for fill in itertools.product(*fills):
            address = door
            for part, value in zip(parts, fill, strict=True):
                address = address.replace(part, str(value), 1)
            found.append(f"/{address}")
    return found


def people_outside(clinic) -> list[User]:
    elsewhere = make_clinic("River Clinic")
    return [
        User.objects.create_user("sam@example.org", PASSWORD, name="Sam"),
        make_therapist("omar@example.org", elsewhere),
        make_therapist("ann@example.org", clinic),
        make_staff("clinic@example.org", clinic),
        make_staff("admin@example.org", clinic, is_superuser=True),
    ]


def test_there_are_doors_to_try():
    assert len(DOORS) > 10


def test_nobody_else_gets_through_a_door_with_a_number(record, clinic):
    opened = []
    for person in people_outside(clinic):
        client = Client(raise_request_exception=False)
        client.force_login(person)
        for address in addresses(record):
            for method in (client.get, client.post):
                status = method(address).status_code
                if status not in CLOSED:
                    opened.append((person.email, method.__name__, address, status))
    assert opened == []


def test_the_admin_shows_no_record_and_no_key():
    shown = {model._meta.label for model in admin.site._registry}
    assert not {label for label in shown if label.startswith("programs.")}
    assert shown <= {
        "account.EmailAddress",
        "accounts.CareLink",
        "accounts.Clinic",
        "accounts.User",
        "exercises.BodyArea",
        "exercises.Condition",
        "exercises.Equipment",
        "exercises.Exercise",
        "exercises.Reference",
        "exercises.Variant",
        "progress.LoadedMeasure",
    }


@pytest.mark.parametrize("role", ["therapist", "staff", "patient"])
def test_accounts_in_the_admin_are_for_superusers(client, therapist, patient, clinic, role):
    people = {"therapist": therapist, "patient": patient, "staff": make_staff("c@x.org", clinic)}
    client.force_login(people[role])
    for model in ("accounts/user", "accounts/clinic", "accounts/carelink", "account/emailaddress"):
        assert client.get(f"/admin/{model}/").status_code in (302, 403)


def test_an_administrator_cannot_link_themselves_to_a_patient(client, clinic):
    client.force_login(make_staff("admin@example.org", clinic, is_superuser=True))
    assert client.get("/admin/accounts/carelink/").status_code == 200
    assert client.get("/admin/accounts/carelink/add/").status_code == 403


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_nobody_is_led_to_another_site(client, patient, elsewhere):
    given = {"login": patient.email, "password": PASSWORD, "next": elsewhere}
    for path in ("/accounts/login/", "/accounts/logout/"):
        response = client.post(f"{path}?next={elsewhere}", given)
        assert re.match(r"/(?![/\\])", response.headers["Location"]), path


def test_signing_up_with_answers_gets_a_new_session_key(client):
    yes_no = ("rf18_pregnant", "rf19_given_birth_last_12_weeks", "rf20_any_operation", "rf27_any")
    answers = {"age": "52", "health": ["none"], **dict.fromkeys(yes_no, "no")}
    client.post("/check/about/", answers)
    before = client.session.session_key
    data = {"name": "Pat", "email": "p@x.org", "password1": PASSWORD, "consent": "on"}
    client.post("/accounts/signup/", data)
    assert before
    assert client.session.session_key != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/plan/").status_code == 302
