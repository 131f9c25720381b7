"""The whole set of security headers, pinned. It may grow, with a reason."""

from unittest.mock import patch

import pytest
from django.test import Client, override_settings

PINNED = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; img-src 'self'; "
        # The app on the home screen names its icons in a manifest.
        "manifest-src 'self'; "
        # The session's sounds are one track that the browser itself makes from the plan.
        "media-src blob:; "
        "script-src 'self'; style-src 'self'; "
        # The service worker keeps the next days' sessions for times without network.
        "worker-src 'self'"
    ),
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(self), camera=(), display-capture=(), fullscreen=(), "
        "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
        "screen-wake-lock=(self), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def sorted_policy(value: str, separator: str) -> str:
    return separator.join(sorted(value.split(separator)))


def pinned_headers(response) -> dict[str, str]:
    found = {name: response.headers[name] for name in PINNED}
    first, *rest = found["Content-Security-Policy"].split("; ")
    found["Content-Security-Policy"] = "; ".join(
        sorted([first, *rest], key=lambda part: (part != "default-src 'none'", part))
    )
    found["Permissions-Policy"] = sorted_policy(found["Permissions-Policy"], ", ")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/help-now/", "/accounts/login/", "/nowhere/", "/admin/login/"]
)
def test_every_answer_carries_the_whole_set(client, path):
    assert pinned_headers(client.get(path)) == PINNED


def refused_host(client):
    return client.get("/", HTTP_HOST="elsewhere.example")


def without_origin(client):
    return Client(enforce_csrf_checks=True).post("/accounts/login/", {})


def broken(client):
    client.raise_request_exception = False
    with patch("exercises.views.on_offer", side_effect=RuntimeError("broken")):
        return client.get("/exercises/")


def to_https(client):
    with override_settings(SECURE_SSL_REDIRECT=True):
        return Client().get("/help-now/")


KINDS = {
    "a refused host": (refused_host, 400),
    "a form without its proof": (without_origin, 403),
    "a wrong method": (lambda client: client.post("/help-now/"), 405),
    "a page that breaks": (broken, 500),
    "a missing slash": (lambda client: client.get("/help-now"), 301),
    "a sign-in asked for": (lambda client: client.get("/plan/"), 302),
    "a sign-in asked for by a swap": (
        lambda client: client.get("/plan/", headers={"HX-Request": "true"}),
        204,
    ),
    "the way to https": (to_https, 301),
    "a script": (lambda client: client.get("/static/js/app.js"), 200),
    "a part of a page": (
        lambda client: client.get(
            "/exercises/", headers={"HX-Request": "true", "HX-Target": "found"}
        ),
        200,
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("ask", "status"), KINDS.values(), ids=KINDS)
def test_every_kind_of_answer_carries_the_whole_set(client, ask, status):
    response = ask(client)
    assert (response.status_code, pinned_headers(response)) == (status, PINNED)


@pytest.mark.django_db
def test_production_asks_browsers_to_stay_on_https(client):
    with override_settings(SECURE_HSTS_SECONDS=31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        response = Client().get("/help-now/", secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/settings/", "/today/", "/plan/", "/diary/", "/progress/"])
def test_pages_with_personal_data_stay_out_of_caches(client, patient, path):
    client.force_login(patient)
    assert client.get(path).headers["Cache-Control"] == "private, no-store"
