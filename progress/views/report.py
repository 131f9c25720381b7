"""A report for a doctor's visit: one page as a rule, and the person chooses what goes in."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from backrelief.accounts.models import User
from backrelief.forms import CheckboxCards
from backrelief.htmx import SignedInRequest
from exercises.models import Exercise
from exercises.wording import dose_in_words
from programs.models import ProgramVersion, Screening, TriageLevel
from programs.views.plan import patient_or_404
from programs.wording import DAY_NAMES, LEVELS
from progress.measure_pages import Shown, answers_of, lines_of, shown_measures
from progress.models import Alert, DiaryEntry, Goal, GoalRating, LoadedMeasure, Overview
from progress.views.progress import LATEST_RATINGS, NAMES, course_of

PARTS = {
    "pain": _("How my pain went, and my sessions"),
    "function": _("What I can do, and other measures"),
    "program": _("My exercises, and my last check"),
    "goals": _("My goals"),
    "alerts": _("What the rules flagged"),
    "sleep": _("Sleep and mood"),
    "notes": _("My notes, in my own words"),
}
# Private unless the person wants it: whoever gets the page reads it all.
OFF_AT_FIRST = ("sleep", "notes")
# What fits one page of paper with everything ticked.
MOST_NOTES, MOST_ALERTS, MOST_GOALS = 6, 6, 6


class Asked(NamedTuple):
    """Whose report it is, the first day of its range, and the sums that are known already."""

    patient: User
    first: date
    overview: Overview


class ReportForm(forms.Form):
    """What goes in, and how far back. Without a choice: everything but what is private."""

    range = forms.ChoiceField(label=_("How far back"), choices=list(NAMES.items()), required=False)
    show = forms.MultipleChoiceField(
        label=_("What goes in"),
        choices=list(PARTS.items()),
        required=False,
        widget=CheckboxCards(
            hints={name: _("Left out unless you tick it") for name in OFF_AT_FIRST}
        ),
    )
    chosen = forms.CharField(required=False, widget=forms.HiddenInput)


@require_safe
def report(request: SignedInRequest) -> HttpResponse:
    patient = patient_or_404(request)
    key, show = _asked(request)
    form = ReportForm(initial={"range": key, "show": show, "chosen": "1"})
    course, today, first, _planned = course_of(patient, key)
    context = {"form": form, "show": show, "today": today, "first": first, **course}
    of = Asked(patient, first, course["overview"])
    for name, read in READERS.items():
        if name in show:
            context |= read(of)
    return render(request, "progress/report.html", context)


def _asked(request: SignedInRequest) -> tuple[str, list[str]]:
    """The range and the parts asked for; what nobody knows is left out."""
    key = request.GET.get("range", "3m")
    if request.GET.get("chosen"):
        show = [name for name in PARTS if name in request.GET.getlist("show")]
    else:
        show = [name for name in PARTS if name not in OFF_AT_FIRST]
    return key if key in NAMES else "3m", show


def _measures(asked: Asked) -> dict[str, Any]:
    """Activities and measures with their first and last score; all of them, whatever the range."""
    results = answers_of(asked.patient, asked.overview, LATEST_RATINGS)
    own_text = {result.name for result in results} - {"psfs", "overall_change"}
    found = LoadedMeasure.objects.filter(key__in=own_text) if own_text else ()
    shown = shown_measures(results, {measure.key: measure for measure in found})
    psfs = [result for result in results if result.name == "psfs"]
    return {"lines": lines_of(psfs), "measures": [_ends(measure) for measure in shown]}


def _ends(measure: Shown) -> dict[str, Any]:
    """A measure's first and last score with their days, and what the difference means."""
    return {"shown": measure, "first": measure.results[0], "last": measure.results[-1]}


def _program(asked: Asked) -> dict[str, Any]:
    """The exercises with their doses, in two queries."""
    version = _version(asked.patient)
    plan = version.plan if version else None
    if version is None or plan is None or plan["program"] is None:
        return {"version": version, "exercises": []}
    names = dict(Exercise.objects.values_list("slug", "name"))
    return {
        "version": version,
        "check_result": dict(TriageLevel.choices).get(getattr(version, "check_level", ""), ""),
        "rule_set": version.rule_set,
        "level": LEVELS[plan["program"]["level"]],
        "days": [DAY_NAMES[day] for day in plan["program"]["days"]],
        "minutes": plan["program"]["minutes"],
        "exercises": [
            (names.get(item["slug"], item["slug"]), _dose(item))
            for item in plan["program"]["exercises"]
        ],
        "left_out": [names[x["slug"]] for x in plan["excluded"] if x["slug"] in names],
    }


def _version(patient: User) -> ProgramVersion | None:
    """The version that runs, with the day and the result of the last full check beside it."""
    checks = Screening.objects.filter(patient=patient, kind="full").order_by("-at")
    versions = ProgramVersion.objects.filter(program__patient=patient, program__ended_on=None)
    return (
        versions.annotate(
            checked_at=Subquery(checks.values("at")[:1]),
            check_level=Subquery(checks.values("level")[:1]),
        )
        .order_by("-number")
        .first()
    )


def _dose(item: dict[str, Any]) -> str:
    return dose_in_words(
        item["sets"], item["reps"], item["hold_seconds"], per_side=item["per_side"]
    )


def _goals(asked: Asked) -> dict[str, Any]:
    latest = GoalRating.objects.filter(goal=OuterRef("pk")).order_by("-day").values("rating")[:1]
    goals = Goal.objects.owned_by(asked.patient).exclude(status=Goal.Status.SET_ASIDE)
    return {"goals": list(goals.annotate(rating=Subquery(latest)).order_by("-pk")[:MOST_GOALS])}


def _alerts(asked: Asked) -> dict[str, Any]:
    alerts = Alert.objects.owned_by(asked.patient).filter(opened_at__date__gte=asked.first)
    return {"alerts": list(alerts.order_by("-opened_at")[:MOST_ALERTS])}


def _sleep(asked: Asked) -> dict[str, Any]:
    """How many entries of the range say what of sleep and of mood."""
    mine = DiaryEntry.objects.owned_by(asked.patient).alive().filter(day__gte=asked.first)
    told = list(mine.values_list("sleep", "mood", "sleep_lost_to_pain"))
    nights = [sleep for sleep, _mood, _lost in told if sleep]
    moods = [mood for _sleep, mood, _lost in told if mood]
    return {
        "nights": _counted(DiaryEntry.Sleep.choices, nights),
        "moods": _counted(DiaryEntry.Mood.choices, moods),
        "lost_to_pain": sum(lost for _sleep, _mood, lost in told),
    }


def _counted(choices: Any, told: list[str]) -> list[tuple[str, int]]:
    return [(label, told.count(key)) for key, label in choices if key in told]


def _notes(asked: Asked) -> dict[str, Any]:
    mine = DiaryEntry.objects.owned_by(asked.patient).alive().filter(day__gte=asked.first)
    return {"notes": list(mine.exclude(note="")[:MOST_NOTES])}


READERS = {
    "function": _measures,
    "program": _program,
    "goals": _goals,
    "alerts": _alerts,
    "sleep": _sleep,
    "notes": _notes,
}
