"""Goals in the person's own words: rated, reached, set aside, taken up again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest, sent
from programs.calendar import diary_day
from programs.planning import latest_version
from programs.views.plan import patient_or_404
from progress import goals as keeping
from progress.measure_forms import NearForm, WordsForm
from progress.milestones import award, take_back_goal
from progress.models import Goal
from progress.summaries import overview_of, refresh_overview


@require_http_methods(["GET", "POST"])
def goals(request: SignedInRequest) -> HttpResponse:
    """Every goal; the form rates the ones on the way."""
    patient = patient_or_404(request)
    overview_of(patient, latest_version(patient))
    mine = list(_all_of(patient))
    active = [goal for goal in mine if goal.status == Goal.Status.ACTIVE]
    form = NearForm(active, sent(request))
    if request.method == "POST" and form.is_valid():
        today = diary_day(patient, timezone.now())
        for goal, rating in form.ratings.items():
            keeping.rate(goal, today, rating)
        refresh_overview(patient)
        messages.success(request, _("Kept. Thank you."))
        return redirect("progress:goals")
    return _page(request, patient, form, _words_form(None), mine)


def _all_of(patient: User) -> Any:
    return Goal.objects.owned_by(patient).select_related("activity").prefetch_related("ratings")


def _page(
    request: SignedInRequest, patient: User, form: NearForm, words: WordsForm, mine: list[Goal]
) -> HttpResponse:
    context = {
        "form": form,
        "words": words,
        "shown": [
            (goal, form[f"near_{goal.pk}"], list(goal.ratings.all())[-1:]) for goal in form.goals
        ],
        "others": [goal for goal in mine if goal.status != Goal.Status.ACTIVE],
    }
    status = 422 if form.errors or words.errors else 200
    return render(request, "progress/goals.html", context, status=status)


def _words_form(data: object) -> WordsForm:
    return WordsForm(
        data,
        label=_("What would you like to do again?"),
        hint=_("Something of your own life, such as “walk the dog for an hour”."),
    )


@require_POST
def add(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    words = _words_form(request.POST)
    mine = list(_all_of(patient))
    if not words.is_valid():
        active = [goal for goal in mine if goal.status == Goal.Status.ACTIVE]
        return _page(request, patient, NearForm(active), words, mine)
    today = diary_day(patient, timezone.now())
    Goal.objects.create(patient=patient, words=words.cleaned_data["words"], set_on=today)
    refresh_overview(patient)
    messages.success(request, _("Your goal is kept."))
    return redirect("progress:goals")


@require_POST
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Reached, set aside, or on the way again."""
    patient = patient_or_404(request)
    goal = get_object_or_404(Goal.objects.owned_by(patient), pk=pk)
    today = diary_day(patient, timezone.now())
    match request.POST.get("to"):
        case Goal.Status.REACHED:
            keeping.reach(goal, today)
            messages.success(request, _("Well done. It is kept as a milestone."))
        case Goal.Status.SET_ASIDE:
            keeping.set_aside(goal)
            messages.success(request, _("Set aside. You can take it up again at any time."))
        case Goal.Status.ACTIVE:
            take_back_goal(goal, today)
            keeping.take_up(goal)
            messages.success(request, _("On the way again."))
    award(patient, "goals")
    refresh_overview(patient)
    return redirect("progress:goals")
