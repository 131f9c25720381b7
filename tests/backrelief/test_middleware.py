"""What happens around every page."""

import gzip
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django.utils.formats import date_format

from backrelief.middleware import TimeZoneMiddleware
from tests.support.pages import parse

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/diary/?month=2026-11"}


def test_a_signed_out_swap_sends_the_whole_page_to_sign_in_and_back(client):
    response = client.get("/progress/", headers=HTMX)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fdiary%2F%3Fmonth%3D2026-11"


def test_a_plain_request_is_redirected_as_ever(client):
    response = client.get("/progress/")
    assert (response.status_code, "HX-Redirect" in response.headers) == (302, False)


def test_caches_tell_a_swap_from_a_page(client):
    assert "HX-Request" in client.get("/help-now/").headers["Vary"]


@pytest.mark.parametrize(
    ("own", "clinics", "shown"),
    [
        ("America/Denver", "America/New_York", "Thu, Nov 26, 6:30 PM"),
        ("", "America/New_York", "Thu, Nov 26, 8:30 PM"),
        ("", None, "Fri, Nov 27, 1:30 AM"),
    ],
)
def test_times_are_shown_in_the_persons_zone_else_the_clinics(patient, clinic, own, clinics, shown):
    patient.time_zone = own
    patient.clinic = clinic if clinics else None
    request = RequestFactory().get("/")
    request.user = patient
    moment = datetime(2026, 11, 27, 1, 30, tzinfo=UTC)

    def view(request):
        return HttpResponse(date_format(timezone.localtime(moment), "DATETIME_FORMAT"))

    assert TimeZoneMiddleware(view)(request).content.decode() == shown


@pytest.mark.parametrize(
    ("site", "is_small"),
    [("same-origin", True), ("none", True), ("cross-site", False), (None, False)],
)
def test_a_page_is_compressed_unless_another_site_asks_for_it(client, site, is_small):
    headers = {"Accept-Encoding": "gzip"} | ({"Sec-Fetch-Site": site} if site else {})
    response = client.get("/help-now/", headers=headers)
    assert (response.headers.get("Content-Encoding") == "gzip") is is_small
    page = gzip.decompress(response.content) if is_small else response.content
    assert b"</html>" in page


def test_who_signs_in_on_the_way_to_a_form_finds_a_page_that_says_so(client, patient):
    client.force_login(patient)
    response = client.get("/goals/add/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert parse(response).cssselect("main h1")[0].text_content() == "Nothing was saved"
