"""Today: one thing to do, and the way so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exercises.models import Variant
from programs.calendar import diary_day, session_day, zone_of
from programs.news import news_of
from programs.standing import standing_of
from programs.views.plan import patient_or_404
from progress.agenda import agenda_of
from progress.cairns import path_of
from progress.checking_in import is_due
from progress.dials import PLACES, TodaysSession, choice_of, session_of
from progress.diary import is_morning_after
from progress.diary_forms import EntryForm, MorningForm
from progress.flare import flare_day
from progress.forms import StartForm
from progress.measure_pages import due_items
from progress.passing import catch_up
from progress.short_check import SIGNS
from progress.summaries import overview_of


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    patient = patient_or_404(request)
    now = timezone.now()
    day = session_day(patient, now)
    standing = catch_up(patient, standing_of(patient), day)
    agenda = agenda_of(patient, standing, day)
    overview = overview_of(patient, standing.version)
    context = {
        "greeting": greeting(timezone.localtime(now)),
        "standing": standing,
        "agenda": agenda,
        "path": path_of(agenda.finished),
        "start_form": StartForm(),
        "signs": SIGNS,
        "pain_form": EntryForm(zone=zone_of(patient)),
        "goals": overview.goals,
        "due": due_items(overview, diary_day(patient, now)),
        "morning_form": MorningForm() if is_morning_after(patient, overview, now) else None,
    }
    if standing.version and not standing.is_stopped:
        program = standing.version.program
        context |= {
            "news": news_of(program),
            "flare": flare_day(program.state, agenda.today),
            "check_in_due": standing.is_running and is_due(program, agenda.today),
        }
    if standing.is_running and standing.version:
        session = session_of(standing.version, choice_of(patient, agenda.today))
        context |= {"todays": session, "places": PLACES, **_outline(session)}
    return render(request, "progress/today.html", context)


def greeting(local: datetime) -> str:
    """Good morning, afternoon or evening, by the person's own clock."""
    if 4 <= local.hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= local.hour < 18 else _("Good evening")


# The texts of an exercise are long, and its card shows none of them.
SHOWN = (
    *("key", "name", "exercise__slug", "exercise__name", "exercise__kind"),
    *("exercise__picture", "exercise__picture_alt"),
    *("exercise__picture_width", "exercise__picture_height"),
)


def _outline(session: TodaysSession) -> dict[str, Any]:
    """Exercises and what to have at hand. Two queries, however long the session is."""
    order = {(item.slug, item.variant): n for n, item in enumerate(session.exercises)}
    found = Variant.objects.filter(
        exercise__slug__in=[slug for slug, _key in order], key__in=[key for _slug, key in order]
    )
    related = found.select_related("exercise").prefetch_related("equipment").only(*SHOWN)
    asked = [variant for variant in related if (variant.exercise.slug, variant.key) in order]
    used = sorted(asked, key=lambda variant: order[variant.exercise.slug, variant.key])
    things = dict.fromkeys(str(thing) for variant in used for thing in variant.equipment.all())
    return {"used": used, "things": list(things), "lead": _shown(session, used)}


def _shown(session: TodaysSession, used: list[Any]) -> Any:
    """What stands for the session on its card: the first one for strength, if any.

    Never one with a flag: its drawing could show the very half that is barred.
    """
    flagged = {item.slug for item in session.exercises if item.flags}
    fitting = [variant for variant in used if variant.exercise.slug not in flagged]
    strength = (variant for variant in fitting if variant.exercise.kind == "strength")
    return next(strength, fitting[0] if fitting else None)
