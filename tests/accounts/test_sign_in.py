"""Signing up, the second factor, and the limits on guessing."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import override_settings

from backrelief.accounts.models import User
from tests.factories.accounts import PASSWORD, make_staff

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "name": "Pat",
    "email": "Pat@Example.org",
    "password1": PASSWORD,
    "consent": "on",
    "time_zone": "America/Denver",
}


def test_signing_up_keeps_the_consent_and_the_time_zone(client):
    response = client.post("/accounts/signup/", SIGN_UP)
    user = User.objects.get()
    assert response.headers["Location"] == "/arrive/"
    assert (user.email, user.name, user.role) == ("pat@example.org", "Pat", "patient")
    assert (user.time_zone, user.consented_at is not None) == ("America/Denver", True)


def test_without_consent_there_is_no_account_and_nothing_typed_is_lost(client):
    response = client.post("/accounts/signup/", SIGN_UP | {"consent": ""})
    page = response.content.decode()
    assert not User.objects.exists()
    assert 'value="Pat"' in page
    assert "Without it we can&#x27;t keep a plan." in page


def test_a_made_up_time_zone_is_dropped(client):
    client.post("/accounts/signup/", SIGN_UP | {"time_zone": "Mars/Base"})
    assert User.objects.get().time_zone == ""


@pytest.mark.parametrize("role", ["therapist", "staff"])
def test_outside_the_demo_care_needs_a_second_factor(client, therapist, clinic, role):
    user = therapist if role == "therapist" else make_staff("clinic@example.org", clinic)
    client.force_login(user)
    with override_settings(DEMO=False):
        assert client.get("/settings/").headers["Location"] == "/accounts/2fa/totp/activate/"
        assert client.get("/admin/").headers["Location"] == "/accounts/2fa/totp/activate/"
        assert client.get("/help-now/").status_code == 200
    assert client.get("/settings/").status_code == 200


def test_a_patient_needs_no_second_factor(client, patient):
    client.force_login(patient)
    with override_settings(DEMO=False):
        assert client.get("/settings/").status_code == 200


def test_with_a_second_factor_the_therapist_goes_on(client, therapist):
    Authenticator.objects.create(user=therapist, type="totp", data={"secret": "x"})
    client.force_login(therapist)
    with override_settings(DEMO=False):
        assert client.get("/settings/").status_code == 200


@pytest.mark.parametrize("path", ["/accounts/login/", "/admin/login/"])
@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "10/m/ip,5/300s/key"})
def test_guessing_stops_after_five_tries(client, patient, path):
    cache.clear()
    answers = []
    for _ in range(7):
        response = client.get(path, follow=True)
        target = response.request["PATH_INFO"]
        response = client.post(target, {"login": patient.email, "password": "wrong-guess-1"})
        answers.append("Too many failed" in response.content.decode())
    assert answers == [False] * 5 + [True] * 2
    right = client.post("/accounts/login/", {"login": patient.email, "password": PASSWORD})
    assert right.status_code != 302
    cache.clear()
