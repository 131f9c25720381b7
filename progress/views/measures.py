"""Measures and goals: what is asked, what was answered, and the person's own activities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest, sent
from programs.calendar import diary_day
from programs.planning import latest_version
from programs.views.plan import patient_or_404
from progress import measuring
from progress.due import PSFS
from progress.measure_forms import LoadedForm, OverallForm, RatingsForm, WordsForm
from progress.measure_pages import answers_of, due_items, lines_of, shown_measures
from progress.models import Activity, Goal, LoadedMeasure, MeasureResult
from progress.models.outcomes import MOST_ACTIVITIES
from progress.summaries import overview_of

# Twelve scores of each measure stand on the page; the older ones follow on request.
MOST_SHOWN = 12
LATEST = f"-{MOST_SHOWN}:"


@require_safe
def measures(request: SignedInRequest) -> HttpResponse:
    """Every measure with its scores and what they say; what is due stands first."""
    patient = patient_or_404(request)
    loaded = {measure.key: measure for measure in LoadedMeasure.objects.all()}
    overview = overview_of(patient, latest_version(patient))
    asks_all = bool(request.GET.get("all"))
    results = answers_of(patient, overview, None if asks_all else MOST_SHOWN + 1)
    shown = shown_measures(results, loaded)
    context = {
        "most": "" if asks_all else LATEST,
        "due": due_items(overview, diary_day(patient, timezone.now())),
        "own": next((measure for measure in shown if measure.name == PSFS), None),
        "shown": [measure for measure in shown if measure.name != PSFS],
        "lines": lines_of(results),
        "activities": Activity.objects.owned_by(patient).current(),
        "slots": [measure for measure in loaded.values() if measure.is_on],
    }
    return render(request, "progress/measures.html", context)


def _answered(request: SignedInRequest, result: MeasureResult | None = None) -> HttpResponse:
    if result is not None and result.score is None:
        messages.info(request, _("Kept. For a score, more of it must be answered."))
    else:
        messages.success(request, _("Kept. Thank you."))
    return redirect("progress:measures")


def _keep(keep: Any, *args: Any) -> MeasureResult:
    """What ``keep`` gives; somebody else's token is no page of this person."""
    try:
        return keep(*args)
    except MeasureResult.DoesNotExist as somebody_elses_token:
        raise Http404 from somebody_elses_token


def _ask(request: SignedInRequest, form: forms.Form, title: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, **more}
    status = 422 if form.errors else 200
    return render(request, "progress/measure.html", context, status=status)


@require_http_methods(["GET", "POST"])
def rate(request: SignedInRequest) -> HttpResponse:
    """The person's own activities, one scale each."""
    patient = patient_or_404(request)
    activities = list(Activity.objects.owned_by(patient).current())
    if not activities:
        return redirect("progress:activities")
    form = RatingsForm(activities, sent(request))
    if request.method == "POST" and form.is_valid():
        today = diary_day(patient, timezone.now())
        token = form.cleaned_data["token"]
        return _answered(
            request, _keep(measuring.rate_activities, patient, token, today, form.ratings)
        )
    intro = _("How well can you do each of these today?")
    return _ask(request, form, _("What can you do now?"), intro=intro, is_own=True)


@require_http_methods(["GET", "POST"])
def overall(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    form = OverallForm(sent(request))
    if request.method == "POST" and form.is_valid():
        today, data = diary_day(patient, timezone.now()), form.cleaned_data
        return _answered(
            request, _keep(measuring.say_overall, patient, data["token"], today, data["answer"])
        )
    return _ask(request, form, _("How is it all in all?"))


@require_http_methods(["GET", "POST"])
def loaded(request: SignedInRequest, key: str) -> HttpResponse:
    """A measure that the clinic has loaded and switched on."""
    patient = patient_or_404(request)
    measure = get_object_or_404(LoadedMeasure, key=key, is_on=True)
    form = LoadedForm(measure, sent(request))
    if request.method == "POST" and form.is_valid():
        today, token = diary_day(patient, timezone.now()), form.cleaned_data["token"]
        kept = _keep(measuring.answer_loaded, patient, token, today, measure, form.answers)
        return _answered(request, kept)
    definition = measure.definition
    return _ask(
        request, form, measure.title, intro=definition["intro"], source=definition["source"]
    )


@require_http_methods(["GET", "POST"])
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    patient = patient_or_404(request)
    mine = MeasureResult.objects.owned_by(patient).alive()
    result = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        measuring.delete_result(result)
        messages.success(request, _("Deleted."))
        return redirect("progress:measures")
    loaded_measure = LoadedMeasure.objects.filter(key=result.name).first()
    shown = shown_measures([result], {result.name: loaded_measure} if loaded_measure else {})
    return render(request, "progress/measure_delete.html", {"shown": shown[0], "result": result})


@require_http_methods(["GET", "POST"])
def activities(request: SignedInRequest) -> HttpResponse:
    """Up to three things that are hard because of the back, in the person's own words."""
    patient = patient_or_404(request)
    form = _activity_form(sent(request))
    if request.method == "POST" and form.is_valid():
        return _add_activity(request, patient, form.cleaned_data["words"])
    mine = list(Activity.objects.owned_by(patient).current())
    context = {
        "form": form,
        "activities": mine,
        "has_room": len(mine) < MOST_ACTIVITIES,
        "goals": Goal.objects.owned_by(patient).active().filter(activity=None),
    }
    status = 422 if form.errors else 200
    return render(request, "progress/activities.html", context, status=status)


def _activity_form(data: Any) -> WordsForm:
    return WordsForm(
        data,
        label=_("What is hard for you because of your back?"),
        hint=_("Something you do, such as “put on my socks” or “walk to the shop”."),
    )


def _add_activity(request: SignedInRequest, patient: User, words: str) -> HttpResponse:
    goals = Goal.objects.owned_by(patient).active()
    goal = goals.filter(pk=request.POST["goal"]).first() if _is_number(request, "goal") else None
    try:
        measuring.add_activity(patient, words, goal)
    except measuring.TooMany:
        messages.warning(request, _("Three are enough. Take one out first."))
    return redirect("progress:activities")


def _is_number(request: SignedInRequest, name: str) -> bool:
    value = request.POST.get(name, "")
    return value.isascii() and value.isdigit() and len(value) < 18


@require_POST
def take_out(request: SignedInRequest, pk: int) -> HttpResponse:
    patient = patient_or_404(request)
    mine = Activity.objects.owned_by(patient).current()
    measuring.take_out(get_object_or_404(mine, pk=pk))
    messages.success(request, _("Taken out. What you rated before is kept."))
    return redirect("progress:activities")
