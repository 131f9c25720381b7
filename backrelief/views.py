"""Pages that belong to no app: the landing page, help, privacy, and what to say when it fails."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from backrelief.context import help_lines
from backrelief.navigation import places_for


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The landing page, or the first place of whoever is signed in."""
    if request.user.is_authenticated:
        return redirect(places_for(request)[0].view)
    return render(request, "backrelief/landing.html")


@login_not_required
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """When to seek help and whom to call."""
    return render(request, "backrelief/help_now.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"retention_days": settings.RETENTION_DAYS}
    return render(request, "backrelief/privacy.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Intended use, limits and known hazards."""
    return render(request, "backrelief/about.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The server answers. Touches nothing else, so that a slow database never restarts it."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers too: ready for visitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's proof of origin is missing or too old: say how to keep what was typed."""
    return render(request, "403_csrf.html", {"page": _page_before(request)}, status=403)


@login_not_required
def unprocessable(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For data that no form of ours sends. ``reason`` says in plain words what did not fit."""
    return render(request, "422.html", {"reason": reason}, status=422)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no session, no user and no database: any of them may be what broke."""
    page = render_to_string("500.html", {"help_lines": help_lines()})
    return HttpResponse(page, status=500)


def _page_before(request: HttpRequest) -> str:
    """The page of ours that the request came from, else the start."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    return before if ours else reverse("home")
