"""After signing in or up: a visitor's answers come along, and everybody goes to their own place."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backrelief.htmx import SignedInRequest
from programs.calendar import session_day
from programs.drafts import adopt, drop, is_check_done, is_complete, triage_of, visitors_draft
from programs.engine import Level
from programs.models import Draft
from programs.planning import build_program
from programs.standing import record_screening

HOMES = {"therapist": "progress:caseload", "staff": "admin:index"}


@require_http_methods(["GET", "POST"])
def arrive(request: SignedInRequest) -> HttpResponse:
    user = request.user
    if not user.is_patient:
        return redirect(HOMES[user.role])
    draft = visitors_draft(request)
    if draft is None:
        return redirect("progress:today")
    has_answers = Draft.objects.filter(user=user).exclude(replies={}).exists()
    if has_answers and request.method == "GET":
        return render(request, "programs/use_answers.html", {"draft": draft})
    if has_answers and request.POST.get("use") != "yes":
        drop(request, draft)
        return redirect("progress:today")
    return bring_along(request, draft)


def bring_along(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """The answers move into the account; an emergency moves with them, and locks."""
    draft = adopt(request, request.user, draft)
    triage = triage_of(draft)
    if draft.stopped_level == "emergency" or is_check_done(draft):
        record_screening(request.user, draft.answers, triage)
    if triage.level >= Level.URGENT:
        return redirect("programs:check")
    if not is_complete(draft):
        return redirect("programs:intake")
    build_program(request.user, "answers", session_day(request.user, timezone.now()))
    return redirect("programs:plan")
