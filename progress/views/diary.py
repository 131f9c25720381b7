"""The diary: entries by week, a month at a time; new, changed and deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backrelief.htmx import SignedInRequest
from programs.calendar import diary_day, zone_of
from programs.views.plan import patient_or_404
from progress.diary import delete_entry, edit_entry, log_pain
from progress.diary_forms import SIGNS, EditForm, EntryForm
from progress.models import DiaryEntry
from progress.trends import monday_of


def month_asked(request: SignedInRequest, today: date) -> date:
    """The first day of the month in ``?month=2026-11``, else of this month."""
    try:
        return min(date.fromisoformat(f"{request.GET.get('month', '')}-01"), today.replace(day=1))
    except ValueError:
        return today.replace(day=1)


def month_after(month: date, by: int) -> date:
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


@require_safe
def diary(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    today = diary_day(patient, timezone.now())
    month = month_asked(request, today)
    mine = DiaryEntry.objects.owned_by(patient).alive()
    entries = mine.filter(day__gte=month, day__lt=month_after(month, 1))
    weeks: dict[date, list[DiaryEntry]] = {}
    for entry in entries.prefetch_related("revisions"):
        weeks.setdefault(monday_of(entry.day), []).append(entry)
    earlier = mine.filter(day__lt=month).order_by("-day").values_list("day", flat=True).first()
    context = {
        "weeks": list(weeks.items()),
        "month": month,
        "earlier": earlier,
        "later": month_after(month, 1) if month < today.replace(day=1) else None,
    }
    return render(request, "progress/diary.html", context)


@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    form = EntryForm(request.POST or None, zone=zone_of(patient))
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "signs": SIGNS}
        return render(
            request, "progress/diary_new.html", context, status=422 if form.errors else 200
        )
    data = form.cleaned_data
    is_new = data["signs"] == "new"
    log_pain(
        patient, data["token"], data["pain"], data["when"], note=data["note"], has_new_signs=is_new
    )
    if is_new:
        messages.info(request, _("Your entry is saved. Please go through the safety check now."))
        return redirect("programs:check")
    messages.success(request, _("Saved."))
    return redirect("progress:today" if request.POST.get("next") == "today" else "progress:diary")


def own_entry(request: SignedInRequest, pk: int) -> tuple[Any, DiaryEntry]:
    patient = patient_or_404(request)
    mine = DiaryEntry.objects.owned_by(patient).alive().select_related("patient__clinic")
    return patient, get_object_or_404(mine, pk=pk)


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    patient, entry = own_entry(request, pk)
    zone = zone_of(patient)
    initial = {"pain": entry.pain, "note": entry.note, "when": entry.felt_at.astimezone(zone)}
    form = EditForm(request.POST or None, zone=zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        edit_entry(entry, data["pain"], data["when"], data["note"])
        messages.success(request, _("Changed. What it said before is kept."))
        return redirect("progress:diary")
    status = 422 if form.errors else 200
    return render(
        request, "progress/diary_edit.html", {"form": form, "entry": entry}, status=status
    )


@require_http_methods(["GET", "POST"])
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    _patient, entry = own_entry(request, pk)
    if request.method == "POST":
        delete_entry(entry)
        messages.success(request, _("Deleted."))
        return redirect("progress:diary")
    return render(request, "progress/diary_delete.html", {"entry": entry})
