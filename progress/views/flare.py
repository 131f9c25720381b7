"""A flare-up: one button, a short check first, then the calm plan and the way back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backrelief.htmx import SignedInRequest
from programs.calendar import session_day
from programs.standing import standing_of
from programs.views.plan import patient_or_404
from programs.wording import shown_plan
from progress.flare import flare_day
from progress.short_check import SIGNS, ShortCheckField, hear_short_check
from progress.telling import tell


class FlareForm(forms.Form):
    signs = ShortCheckField()


@require_http_methods(["GET", "POST"])
def flare(request: SignedInRequest) -> HttpResponse:
    """The six lines come first; then the calm plan begins. A second press leads to the same plan."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    today = session_day(patient, timezone.now())
    if standing.version is None or standing.is_stopped:
        return redirect("progress:today")
    if flare_day(standing.version.program.state, today):
        return redirect("progress:calm-plan")
    form = FlareForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "signs": SIGNS}
        return render(request, "progress/flare.html", context, status=422 if form.errors else 200)
    day = today.isoformat()
    if hear_short_check(patient, form.cleaned_data["signs"], today, f"flare:{day}"):
        messages.info(request, _("Please go through the safety check now."))
        return redirect("programs:check")
    tell(patient, "screening", today, token=f"flare-check:{day}", none_new=True)
    tell(patient, "flare", today, token=f"flare:{day}", by=patient)
    return redirect("progress:calm-plan")


@require_safe
def calm_plan(request: SignedInRequest) -> HttpResponse:
    """Days 1 to 3, days 4 to 7, and the way back, with today marked."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    today = session_day(patient, timezone.now())
    state = standing.version.program.state if standing.version else {}
    day = flare_day(state, today)
    if day is None:
        return redirect("progress:today")
    shown = shown_plan(standing.plan) if standing.plan and standing.is_running else None
    context = {"day": day, "standing": standing, "shown": shown}
    return render(request, "progress/calm_plan.html", context)
