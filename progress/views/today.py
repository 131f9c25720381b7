"""Today: one thing to do, and the way so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.models import Exercise
from programs.calendar import session_day, zone_of
from programs.standing import Standing, standing_of
from programs.views.plan import patient_or_404
from progress.agenda import agenda_of
from progress.cairns import path_of
from progress.diary_forms import SIGNS, EntryForm
from progress.forms import StartForm
from progress.models import SessionRecord


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    patient = patient_or_404(request)
    now = timezone.now()
    standing = standing_of(patient)
    agenda = agenda_of(patient, standing, session_day(patient, now))
    context = {
        "greeting": greeting(timezone.localtime(now)),
        "standing": standing,
        "agenda": agenda,
        "path": path_of(SessionRecord.objects.owned_by(patient).finished().count()),
        "start_form": StartForm(),
        "signs": SIGNS,
        "pain_form": EntryForm(zone=zone_of(patient)),
        **(_outline(standing) if standing.is_running else {}),
    }
    return render(request, "progress/today.html", context)


def greeting(local: datetime) -> str:
    """Good morning, afternoon or evening, by the person's own clock."""
    if 4 <= local.hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= local.hour < 18 else _("Good evening")


def _outline(standing: Standing) -> dict[str, Any]:
    """Minutes, exercises and what to have at hand. Three queries, however long the plan is."""
    program = (standing.plan or {})["program"]
    variants = {item["slug"]: item["variant"] for item in program["exercises"]}
    found = Exercise.objects.filter(slug__in=variants).prefetch_related("variants__equipment")
    exercises = sorted(found, key=lambda exercise: list(variants).index(exercise.slug))
    used = [
        variant
        for exercise in exercises
        for variant in exercise.variants.all()
        if variant.key == variants[exercise.slug]
    ]
    things = dict.fromkeys(str(thing) for variant in used for thing in variant.equipment.all())
    lead = _shown(program, used)
    return {"program": program, "used": used, "things": list(things), "lead": lead}


def _shown(program: dict[str, Any], used: list[Any]) -> Any:
    """What stands for the session on its card: the first one for strength, if any.

    Never one with a flag: its drawing could show the very half that is barred.
    """
    flagged = {item["slug"] for item in program["exercises"] if item["flags"]}
    fitting = [variant for variant in used if variant.exercise.slug not in flagged]
    strength = (variant for variant in fitting if variant.exercise.kind == "strength")
    return next(strength, fitting[0] if fitting else None)
