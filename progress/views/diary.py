"""The diary: entries by week, a month of days, finds; new, changed and deleted."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest, sent
from programs.calendar import diary_day, zone_of
from programs.planning import latest_version
from programs.views.plan import patient_or_404
from progress.diary import delete_entry, edit_entry, log_pain
from progress.diary_forms import EditForm, EntryForm, MorningForm, SearchForm
from progress.diary_pages import (
    FOUND_A_PAGE,
    by_week,
    calendar,
    entry_rows,
    facts_of,
    found,
    month_after,
    rows_between,
)
from progress.forms import minds_pelvic_floor
from progress.models import DiaryEntry
from progress.short_check import NONE, SIGNS, asks_for_check, hear_short_check
from progress.telling import stays

NOON = time(12)


def month_asked(request: SignedInRequest, today: date) -> date:
    """The first day of the month in ``?month=2026-11``, else of this month."""
    try:
        return min(date.fromisoformat(f"{request.GET.get('month', '')}-01"), today.replace(day=1))
    except ValueError:
        return today.replace(day=1)


@require_safe
def diary(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    search = SearchForm(request.GET)
    if search.is_asked:
        return _results(request, patient, search)
    today = diary_day(patient, timezone.now())
    month = month_asked(request, today)
    is_calendar = request.GET.get("view") == "calendar"
    context: dict[str, Any] = {
        "month": month,
        "today": today,
        "view": "calendar" if is_calendar else "list",
        "search": SearchForm(),
        **_neighbors(patient, month, today),
    }
    if is_calendar:
        context["days"] = calendar(patient, month, today)
    else:
        context["weeks"] = by_week(rows_between(patient, month, month_after(month, 1)))
    return render(request, "progress/diary.html", context)


def _neighbors(patient: User, month: date, today: date) -> dict[str, date | None]:
    """The last month before this one that has an entry, and the next one up to now."""
    mine = DiaryEntry.objects.owned_by(patient).alive()
    earlier = mine.filter(day__lt=month).order_by("-day").values_list("day", flat=True).first()
    later = month_after(month, 1) if month < today.replace(day=1) else None
    return {"earlier": earlier, "later": later}


def _results(request: SignedInRequest, patient: User, search: SearchForm) -> HttpResponse:
    entries: Any = []
    if search.is_valid():
        entries = found(patient, search.cleaned_data["q"], *search.span)
    page = Paginator(entries, FOUND_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "weeks": by_week(entry_rows(page)),
        "found": page.paginator.count,
        "page": page,
        "view": "found",
    }
    status = 200 if search.is_valid() else 422
    return render(request, "progress/diary.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    zone = zone_of(patient)
    form = EntryForm(sent(request), zone=zone, initial=_day_asked(request))
    if request.method == "GET" or not form.is_valid():
        context = {
            "form": form,
            "signs": SIGNS,
            "asked": request.GET.get("ask", ""),
            "asks_pelvic": _asks_pelvic(patient),
        }
        return render(
            request, "progress/diary_new.html", context, status=422 if form.errors else 200
        )
    data, said = form.cleaned_data, form.feelings
    _keep(patient, data["token"], said, data["when"], short_check=data["signs"])
    if asks_for_check(data["signs"]):
        return _to_the_check(request)
    messages.success(request, _("Saved."))
    return redirect("progress:today" if request.POST.get("next") == "today" else "progress:diary")


def _asks_pelvic(patient: User) -> bool:
    version = latest_version(patient)
    return version is not None and minds_pelvic_floor(version.plan["active_conditions"])


def _keep(patient: User, token: Any, said: dict[str, Any], felt_at: datetime, **more: Any) -> Any:
    pain = said.pop("pain")
    try:
        return log_pain(patient, token, pain, felt_at, **said, **more)
    except DiaryEntry.DoesNotExist as somebody_elses_token:
        raise Http404 from somebody_elses_token


def _day_asked(request: SignedInRequest) -> dict[str, Any]:
    """Noon of the day in ``?day=2026-11-20``: a day tapped in the calendar."""
    try:
        return {"when": datetime.combine(date.fromisoformat(request.GET.get("day", "")), NOON)}
    except ValueError:
        return {}


def _to_the_check(request: SignedInRequest) -> HttpResponseRedirect:
    messages.info(request, _("Your entry is saved. Please go through the safety check now."))
    return redirect("programs:check")


def _is_something_new(patient: User, form: MorningForm) -> bool:
    """The two buttons beside the numbers; the form's token keeps a second press from telling it twice."""
    token = form.data.get("token", "")
    return hear_short_check(
        patient, form.data.get("signs", ""), diary_day(patient, timezone.now()), f"morning:{token}"
    )


@require_POST
def morning(request: SignedInRequest) -> HttpResponse:
    """The morning after a session: a number and "none is new" in one tap, or what is new."""
    patient = patient_or_404(request)
    form = MorningForm(request.POST)
    if _is_something_new(patient, form):
        return redirect("programs:check")
    if not form.is_valid():
        messages.error(request, _("Tap a number from 0 to 10."))
        return redirect("progress:today")
    said = {"pain": form.cleaned_data["pain"], "is_next_morning": True}
    token = form.cleaned_data["token"]
    entry = _keep(patient, token, said, timezone.now(), short_check=NONE)
    change = reverse("progress:diary-edit", args=[entry.pk])
    saved = format_html(
        '{} <a href="{}">{}</a>',
        _("Saved: %(pain)s of 10.") % {"pain": entry.pain},
        change,
        _("Change it or add more"),
    )
    messages.success(request, saved)
    return redirect("progress:today")


def own_entry(request: SignedInRequest, pk: int) -> tuple[Any, DiaryEntry]:
    patient = patient_or_404(request)
    mine = DiaryEntry.objects.owned_by(patient).alive().select_related("patient__clinic")
    return patient, get_object_or_404(mine, pk=pk)


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    patient, entry = own_entry(request, pk)
    form = EditForm(entry, sent(request), zone=zone_of(patient))
    if request.method == "POST" and form.is_valid():
        event = edit_entry(entry, form.cleaned_data["when"], form.feelings)
        done = _("Changed. What it said before is kept.")
        messages.success(request, f"{done} {stays(event)}".strip())
        return redirect("progress:diary")
    trail = [(old, list(facts_of(old))) for old in entry.revisions.all()]
    context = {"form": form, "entry": entry, "trail": trail}
    return render(request, "progress/diary_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    _patient, entry = own_entry(request, pk)
    if request.method == "POST":
        event = delete_entry(entry)
        messages.success(request, f"{_('Deleted.')} {stays(event)}".strip())
        return redirect("progress:diary")
    return render(request, "progress/diary_delete.html", {"entry": entry})
