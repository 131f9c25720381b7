"""What happens around every page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]


class HtmxRedirectMiddleware:
    """Turns a redirect of an htmx request into a visit of the page.

    The browser would follow it silently and a whole page, often the sign-in, would land in a card.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if not getattr(request, "htmx", False) or response.status_code not in (301, 302, 303, 307):
            return response
        swap = HttpResponse(status=204, headers={"HX-Redirect": self._target(request, response)})
        swap.cookies = response.cookies
        return swap

    def _target(self, request: HttpRequest, response: HttpResponse) -> str:
        login = reverse(settings.LOGIN_URL)
        page = request.htmx.current_url_abs_path  # type: ignore[attr-defined]  # set by django-htmx
        if response["Location"].startswith(login) and page:
            return f"{login}?{urlencode({REDIRECT_FIELD_NAME: page})}"
        return response["Location"]


class CompressionMiddleware(GZipMiddleware):
    """Compresses a page, but never for a request that another site has set off.

    Such a site could guess at what is private in a page by the lengths of its answers (BREACH).
    """

    own = ("same-origin", "none")

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.headers.get("Sec-Fetch-Site") not in self.own:
            return response
        return super().process_response(request, response)


class PrivateByDefaultMiddleware:
    """Keeps pages with personal data out of every cache, unless a view says otherwise."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class FormAddressMiddleware:
    """Gives a page to who reads an address that only takes a form, where the browser would show its own error.

    Whoever sends a form when signed out lands there after signing in.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class TimeZoneMiddleware:
    """Shows times in the person's own zone, else the clinic's."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(self._zone(request)):
            return self.get_response(request)

    def _zone(self, request: HttpRequest) -> ZoneInfo:
        user = request.user
        name = getattr(user, "time_zone", "") or getattr(
            getattr(user, "clinic", None), "time_zone", ""
        )
        return ZoneInfo(name or settings.TIME_ZONE)


class SecondFactorMiddleware:
    """Sends therapists and staff without a second factor to set one up, except in the demo."""

    # What they need to set it up, to leave, or to get help.
    open_prefixes = ("/accounts/", "/help-now/", "/static/", "/healthz", "/readyz")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if settings.DEMO or request.path.startswith(self.open_prefixes):
            return False
        user = request.user
        if not user.is_authenticated or (user.is_patient and not user.is_staff):
            return False
        return not is_mfa_enabled(user)
