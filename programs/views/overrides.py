"""What a therapist decides against a caution: an exercise allowed in spite of a condition, a ceiling released."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backrelief.accounts.access import open_record
from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest
from backrelief.views import unprocessable
from exercises.models import Exercise
from programs.adapting import tell_program
from programs.calendar import session_day
from programs.change_forms import OverrideForm, ReleaseForm
from programs.engine.rules import CONDITIONS
from programs.models import ClinicalRecord
from programs.standing import standing_of


def patient_of(request: SignedInRequest, pk: int) -> User:
    """The patient of the therapist who asks; a stranger's is not found, and the look is written down."""
    if not request.user.is_therapist:
        raise Http404
    return open_record(request.user, pk, "record")


def left_out_by(plan: Any, slug: str, condition: str) -> str:
    """The sentence with which this condition leaves this exercise out. 404 where it does not."""
    for item in plan["excluded"] if plan else ():
        for reason in item["reasons"]:
            if item["slug"] == slug and reason["rule"] == condition and condition in CONDITIONS:
                return str(reason["text"])
    raise Http404


@require_http_methods(["GET", "POST"])
def override(request: SignedInRequest, pk: int, slug: str, condition: str) -> HttpResponse:
    """Allows one exercise in named variants, until a day, with the reason. It opens no lock."""
    patient = patient_of(request, pk)
    standing = standing_of(patient)
    text = left_out_by(standing.plan, slug, condition)
    exercise = Exercise.objects.prefetch_related("variants").get(slug=slug)
    today = session_day(patient, timezone.now())
    form = OverrideForm(request.POST or None, exercise=exercise, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {"slug": slug, "condition": condition, "by": str(request.user), **form.payload}
        tell_program(patient, "override", today, payload, by=request.user)
        messages.success(request, _("Recorded. The person sees the change with your decision."))
        return redirect("progress:patient", pk)
    context = {
        "patient": patient,
        "exercise": exercise,
        "condition": condition,
        "text": text,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "programs/override.html", context, status=status)


@require_POST
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """Releases the highest level that a caution sets. Progress still goes step by step."""
    patient = patient_of(request, pk)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return unprocessable(request, _("Say in a few words why the ceiling is released."))
    today = session_day(patient, timezone.now())
    record = ClinicalRecord.objects.create(
        patient=patient,
        recorded_by=request.user,
        kind=ClinicalRecord.Kind.ASSESSMENT,
        by=ClinicalRecord.By.THERAPIST,
        professional=str(request.user),
        date=today,
        lifts=["ceiling"],
        outcome=form.cleaned_data["why"],
    )
    told = {"by": "therapist", "record": "assessment", "lifts": ["ceiling"]}
    tell_program(patient, "assessed", today, told, f"record:{record.pk}", by=request.user)
    messages.success(request, _("Released. Levels still rise by good sessions only."))
    return redirect("progress:patient", pk)
