"""What clinicians record, the person's own note of a visit, and the letter to take along."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backrelief.accounts.access import open_record
from backrelief.htmx import SignedInRequest
from programs.calendar import diary_day
from programs.forms import AssessmentForm, ContactForm
from programs.models import ClinicalRecord, Lock
from programs.news import Names
from programs.standing import GIVEN_BACK, Standing, liftable, record_clinical, standing_of
from programs.views.plan import patient_or_404


@require_http_methods(["GET", "POST"])
def assessment(request: SignedInRequest, pk: int) -> HttpResponse:
    """A therapist records who assessed or allowed what. A stranger gets 404; the look is logged."""
    if not request.user.is_therapist:
        raise Http404
    patient = open_record(request.user, pk, "assessment")
    locks = list(Lock.objects.owned_by(patient).open())
    today, standing = diary_day(request.user, timezone.now()), standing_of(patient)
    rules = [(lock.rule, f"{lock.rule}: {lock.text}") for lock in locks]
    form = AssessmentForm(
        request.POST or None,
        rules=[*rules, *left_out(standing)],
        today=today,
        initial={"date": today, "by": "therapist", "professional": request.user.name},
    )
    if request.method == "POST" and form.is_valid():
        record = record_clinical(patient, request.user, today, **form.cleaned_data)
        if set(record.lifts) - set(GIVEN_BACK):
            messages.success(request, _("Recorded. The person is asked for a full check next."))
        else:
            messages.success(request, _("Recorded."))
        return redirect("programs:assessment", pk=pk)
    context = {
        "patient": patient,
        "form": form,
        "locks": locks,
        "standing": standing,
        "records": ClinicalRecord.objects.owned_by(patient).select_related("recorded_by")[:20],
    }
    status = 422 if form.errors else 200
    return render(request, "programs/assessment.html", context, status=status)


def left_out(standing: Standing) -> list[tuple[str, str]]:
    """Rules that left exercises out until somebody has looked, each with the exercises."""
    outs = standing.case.get("out", [])
    names = Names.known().exercises if outs else {}
    found = []
    for rule, words in GIVEN_BACK.items():
        slugs = [out["slug"] for out in outs if out["rule"] == rule]
        if slugs:
            found.append((rule, f"{words} {', '.join(names.get(slug, slug) for slug in slugs)}"))
    return found


@require_http_methods(["GET", "POST"])
def contact(request: SignedInRequest) -> HttpResponse:
    """The person's own record of having seen somebody lifts urgent rules and ends a pause for pain."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    locks = liftable(standing.locks, ClinicalRecord.By.SELF)
    rules = [*(lock.rule for lock in locks), *pain_pause(standing)]
    if not rules:
        return redirect("programs:plan")
    today = diary_day(patient, timezone.now())
    form = ContactForm(request.POST or None, today=today, initial={"date": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        record_clinical(
            patient,
            patient,
            today,
            kind=ClinicalRecord.Kind.CONTACT,
            by=ClinicalRecord.By.SELF,
            professional=f"{data['professional']} ({data['profession']})",
            date=data["date"],
            outcome=data["outcome"],
            lifts=rules,
        )
        messages.success(request, _("Thank you. Please go through the check once more."))
        return redirect("programs:check")
    status = 422 if form.errors else 200
    return render(request, "programs/contact.html", {"form": form, "locks": locks}, status=status)


def pain_pause(standing: Standing) -> list[str]:
    """The rule of a pause that high pain brought about (E5, E6), if one is on."""
    rule = (standing.pause or {}).get("rule")
    return [rule] if rule in ("E5", "E6") and not standing.is_stopped else []


@require_safe
def letter(request: SignedInRequest) -> HttpResponse:
    """A page to print and take to a doctor, nurse or therapist."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    context = {"told": _told_once(standing), "today": timezone.localdate()}
    return render(request, "programs/letter.html", context)


def _told_once(standing: Standing) -> list[tuple[str, str]]:
    """Rule and words of every lock and of what the plan minds; a lock is among the plan's reasons too."""
    reasons = standing.plan["triage"]["reasons"] if standing.plan else []
    locks = [(lock.rule, lock.text) for lock in standing.locks]
    return list(dict.fromkeys([*locks, *((item["rule"], item["text"]) for item in reasons)]))
