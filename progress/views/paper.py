"""The plan on one sheet of paper, and the form that takes a week from paper back in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest
from exercises.models import Exercise
from exercises.ranges import words_for
from programs.standing import standing_of
from programs.views.plan import patient_or_404
from programs.wording import shown_plan
from progress.paper import WEEKS_BACK, TypedWeek, days_of, today_of, type_in, version_on
from progress.paper_forms import PaperWeekForm
from progress.qr import qr_code
from progress.short_check import SIGNS
from progress.showing import barred_by, poses_without

WEEKS_ON_PAPER = 4
MOST_FIGURES = 3


@require_safe
def handout(request: SignedInRequest) -> HttpResponse:
    """The plan for the fridge door. Only a plan that may be done is printed."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    if not standing.is_running or standing.plan is None:
        return redirect("programs:plan")
    address = request.build_absolute_uri(reverse("programs:plan"))
    shown = shown_plan(standing.plan)
    context = {
        "shown": shown,
        "rows": _rows(patient, standing.plan["program"]["exercises"], shown["exercises"]),
        "weeks": range(1, WEEKS_ON_PAPER + 1),
        "sessions": range(max(1, len(standing.plan["program"]["days"]))),
        "days": range(7),
        "version": standing.version,
        "address": address,
        "qr": qr_code(address),
    }
    return render(request, "progress/handout.html", context)


def _rows(
    patient: User, planned: list[dict[str, Any]], shown: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Each exercise with its limit and the poses to draw: the first ones, and none that a flag bars."""
    return [
        {
            **words,
            "limit": words_for(patient, item["slug"]),
            "poses": poses_without(words["variant"], barred_by(item["flags"]))[:MOST_FIGURES],
        }
        for item, words in zip(planned, shown, strict=True)
    ]


def week_asked(request: SignedInRequest, today: date) -> date:
    """The Monday of ``?week=2026-11-23``; else of this week, and at most eight weeks back."""
    this = today - timedelta(days=today.weekday())
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return this
    monday = asked - timedelta(days=asked.weekday())
    return min(max(monday, this - timedelta(weeks=WEEKS_BACK)), this)


@require_http_methods(["GET", "POST"])
def paper_week(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    today = today_of(patient)
    monday = week_asked(request, today)
    days = days_of(patient, monday, today)
    form = PaperWeekForm(days, _exercises(patient, days[-1].day), request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _keep(request, patient, form)
    week = timedelta(weeks=1)
    context = {
        "form": form,
        "signs": SIGNS,
        "monday": monday,
        "recorded": [d.day for d in days if d.is_recorded],
        "earlier": monday - week if monday > today - WEEKS_BACK * week else None,
        "later": monday + week if monday + week <= today else None,
    }
    status = 422 if form.errors else 200
    return render(request, "progress/paper_week.html", context, status=status)


def _exercises(patient: User, day: date) -> list[tuple[str, str]]:
    """What the plan of that day asked for, in its order."""
    version = version_on(patient, day)
    program = version.plan["program"] if version else None
    slugs = [item["slug"] for item in program["exercises"]] if program else []
    names = dict(Exercise.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return [(slug, names[slug]) for slug in slugs if slug in names]


def _keep(request: SignedInRequest, patient: User, form: PaperWeekForm) -> HttpResponse:
    week = form.week()
    if type_in(patient, form.cleaned_data["token"], week):
        messages.info(request, _("Your week is saved. Please go through the safety check now."))
        return redirect("programs:check")
    messages.success(request, _saved(week))
    return redirect("progress:diary")


def _saved(week: TypedWeek) -> str:
    parts = []
    if number := len(week.sessions):
        parts.append(ngettext("%(n)s session", "%(n)s sessions", number) % {"n": number})
    if number := len(week.pains):
        parts.append(ngettext("pain of %(n)s day", "pain of %(n)s days", number) % {"n": number})
    return _("Saved from paper: %(what)s.") % {"what": ", ".join(parts)}
