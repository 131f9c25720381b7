"""Today's dials: each is one press, for this day alone."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backrelief.htmx import SignedInRequest
from backrelief.views import unprocessable
from programs.calendar import session_day
from programs.shaping import MINUTES
from programs.views.plan import patient_or_404
from progress.dials import PLACES, choose

# What stands for "as my plan says".
AS_PLANNED = "plan"


class DialForm(forms.Form):
    minutes = forms.ChoiceField(
        required=False, choices=[(AS_PLANNED, ""), *((str(n), "") for n in MINUTES)]
    )
    place = forms.ChoiceField(
        required=False, choices=[(AS_PLANNED, ""), *((key, "") for key in PLACES)]
    )


@require_POST
def dials(request: SignedInRequest) -> HttpResponse:
    """Fewer minutes or another place, today only. The plan stays as it is."""
    patient = patient_or_404(request)
    form = DialForm(request.POST)
    if not form.is_valid():
        return unprocessable(request, _("Choose one of the times or places on the page."))
    day = session_day(patient, timezone.now())
    if minutes := form.cleaned_data["minutes"]:
        choose(patient, day, minutes=None if minutes == AS_PLANNED else int(minutes))
    if place := form.cleaned_data["place"]:
        choose(patient, day, place="" if place == AS_PLANNED else place)
    messages.success(request, _("Set for today. Your plan stays as it is."))
    return redirect("progress:today")
