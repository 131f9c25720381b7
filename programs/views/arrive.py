"""After signing in or up: a visitor's answers come along, and everybody goes to their own place."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backrelief.htmx import SignedInRequest
from programs.calendar import session_day
from programs.carrying import bring
from programs.drafts import draft_for, drop, is_complete, triage_of, visitors_draft
from programs.engine import Level
from programs.models import Draft
from programs.planning import build_program
from programs.standing import record_something_new

HOMES = {"therapist": "progress:caseload", "staff": "admin:index"}


@require_http_methods(["GET", "POST"])
def arrive(request: SignedInRequest) -> HttpResponse:
    user = request.user
    if not user.is_patient:
        return redirect(HOMES[user.role])
    draft = visitors_draft(request)
    if draft is None:
        told = triage_of(draft_for(request)).level == Level.EMERGENCY
        return redirect("programs:check" if told else "progress:today")
    has_answers = Draft.objects.filter(user=user).exclude(replies={}).exists()
    if has_answers and request.method == "GET":
        return render(request, "programs/use_answers.html", {"draft": draft})
    if has_answers and request.POST.get("use") != "yes":
        return leave_behind(request, draft)
    return bring_along(request, draft)


def leave_behind(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """The account's own answers stay; a warning sign among the new ones is asked about again."""
    if triage_of(draft).level >= Level.URGENT:
        record_something_new(request.user)
    drop(request, draft)
    return redirect("progress:today")


def bring_along(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """The answers move into the account and make a plan, if they are complete and nothing stops it."""
    draft = bring(request, request.user, draft)
    if triage_of(draft).level >= Level.URGENT:
        return redirect("programs:check")
    if not is_complete(draft):
        return redirect("programs:intake")
    build_program(request.user, "answers", session_day(request.user, timezone.now()))
    return redirect("programs:plan")
