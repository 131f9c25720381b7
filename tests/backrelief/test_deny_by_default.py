"""Every address asks for a sign-in unless it stands in this list."""

import re

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = [
    r"^$",
    r"^help-now/$",
    r"^privacy/$",
    r"^about/$",
    r"^healthz$",
    r"^readyz$",
    r"^manifest\.webmanifest$",
    r"^service-worker\.js$",
    r"^offline/visitor/$",
    r"^accounts/(login|signup|logout|inactive|reauthenticate|confirm-email|password/reset|2fa/authenticate|login/code)",
    r"^exercises/",
    r"^check/",
    r"^intake/",
    r"^plan/preview/$",
    r"^session/figure/",
    r"^try/$",
    r"^admin/(login|logout)/$",
]
# The admin keeps its own address, which leads on to the same page with the same limits.
SIGN_IN = {"/accounts/login/", f"/{settings.ADMIN_URL}login/"}
SAMPLE = {
    "int": "1",
    "slug": "bird-dog",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "str": "x",
    "path": "x",
}


def addresses(patterns, prefix=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield re.sub(
                r"<(?:(\w+):)?\w+>", lambda m: SAMPLE[m[1] or "str"], prefix + str(entry.pattern)
            )


def all_addresses() -> list[str]:
    found = {a for a in addresses(get_resolver().url_patterns) if "(?P" not in a and "^" not in a}
    return sorted(found)


def is_public(address: str) -> bool:
    return any(re.match(pattern, address) for pattern in PUBLIC)


def test_there_are_addresses_to_test():
    assert len([a for a in all_addresses() if not is_public(a)]) > 20


@pytest.mark.django_db
@pytest.mark.parametrize("address", [a for a in all_addresses() if not is_public(a)])
def test_a_visitor_is_sent_to_sign_in(client, address):
    response = client.get(f"/{address}")
    assert response.status_code == 302
    assert response.headers["Location"].split("?")[0] in SIGN_IN
