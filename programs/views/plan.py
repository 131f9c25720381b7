"""The plan: a week, a few exercises with their reasons, and what was left out and why."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest
from programs.adapting import let_time_pass
from programs.calendar import session_day, week_strip
from programs.drafts import draft_for, is_complete
from programs.forms import DaysForm
from programs.news import Names, history_of
from programs.planning import change_days, preview
from programs.standing import RECHECK, Standing, standing_of
from programs.wording import shown_plan

# Versions that the plan page shows; all are kept.
VERSIONS = 20


def patient_or_404(request: HttpRequest) -> User:
    """The patient who asks; for everybody else there is no such page."""
    if not isinstance(request.user, User) or not request.user.is_patient:
        raise Http404
    return request.user


@require_safe
def plan_page(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    standing = standing_of(patient)
    today = session_day(patient, timezone.now())
    if standing.version and let_time_pass(patient, standing.version.program, today):
        standing = standing_of(patient)
    return render(request, "programs/plan.html", plan_context(patient, standing))


def plan_context(patient: User, standing: Standing) -> dict[str, Any]:
    today = session_day(patient, timezone.now())
    shown = shown_plan(standing.plan) if standing.plan else None
    return {
        "standing": standing,
        "shown": shown,
        "history": _history(standing, shown) if shown else [],
        "week": week_strip(standing.plan, today, set()),
        "today": today,
    }


def _history(standing: Standing, shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The latest versions with what changed and why."""
    if standing.version is None:
        return []
    versions = standing.version.program.versions.order_by("-number")
    told = versions.only("number", "made_on", "cause", "decision", "program_id")[:VERSIONS]
    return history_of(told, Names.of(shown["library"].values()))


@login_not_required
@require_safe
def preview_page(request: HttpRequest) -> HttpResponse:
    """A visitor's plan before there is an account; nothing is stored but the answers."""
    if request.user.is_authenticated:
        return redirect("programs:plan")
    draft = draft_for(request)
    if not is_complete(draft):
        return redirect("programs:check")
    today = timezone.localdate()
    plan = preview(draft.answers, today)
    if plan is None or plan["triage"]["level"] in ("urgent", "emergency"):
        return redirect("programs:check-result")
    context = {"shown": shown_plan(plan), "week": week_strip(plan, today, set()), "today": today}
    return render(request, "programs/preview.html", context)


@require_http_methods(["GET", "POST"])
def days(request: SignedInRequest) -> HttpResponse:
    """Other days for the sessions; a rest day between them is kept."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    if standing.version is None or standing.is_stopped or standing.state == RECHECK:
        return redirect("programs:plan")
    form = DaysForm(request.POST or None, initial={"days": standing.version.intake["days"]})
    if request.method == "POST" and form.is_valid():
        change_days(patient, form.cleaned_data["days"], session_day(patient, timezone.now()))
        return redirect("programs:plan")
    minutes = standing.version.program.state.get("answers", {}).get("minutes")
    context = {"form": form, "minutes": LENGTHS, "now": _length_now(minutes)}
    return render(request, "programs/days.html", context, status=422 if form.errors else 200)


# How long a session may be, as the intake asks it.
LENGTHS = {
    7: _("Less than 10 minutes"),
    10: _("10 minutes"),
    15: _("15 minutes"),
    20: _("20 minutes"),
    30: _("30 minutes"),
}


def _length_now(minutes: int | None) -> int | None:
    """The longest of these that is within what the person has."""
    return max((n for n in LENGTHS if minutes and n <= max(minutes, 7)), default=None)
