"""The weekly check-in: one page, three answers, and what follows from them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from backrelief.accounts.models import User
from backrelief.forms import NumberScale, RadioChips, ScaleField
from backrelief.htmx import SignedInRequest
from exercises.models import Exercise
from programs.calendar import session_day
from programs.forms import DaysForm
from programs.models import Program, ProgramEvent
from programs.news import Names, News, said_of
from programs.planning import keep_wishes
from programs.standing import Standing, standing_of
from programs.swapping import swaps_for
from programs.views.plan import patient_or_404
from progress import goals
from progress.checking_in import (
    ASKS_DAYS,
    BARRIERS,
    FEELINGS,
    SESSIONS,
    SUGGESTIONS,
    payload_of,
)
from progress.models import Goal
from progress.telling import tell


class GoalScale(NumberScale):
    """How near a goal is."""

    kind = "goal"
    ends = (_("Far away"), _("I am there"))


class CheckInForm(forms.Form):
    """Three taps and a number; each may be a rough guess."""

    feeling = forms.ChoiceField(
        label=_("How was your back this week?"),
        choices=FEELINGS,
        widget=RadioChips,
        error_messages={"required": _("Choose better, the same or worse.")},
    )
    barrier = forms.ChoiceField(
        label=_("What got in the way?"),
        choices=BARRIERS,
        widget=RadioChips,
        error_messages={"required": _("Choose one. “Nothing” is an answer, too.")},
    )
    sessions_wanted = forms.TypedChoiceField(
        label=_("How many sessions next week?"),
        choices=SESSIONS,
        widget=RadioChips,
        coerce=int,
        empty_value=None,
        required=False,
    )
    goal_rating = ScaleField(widget=GoalScale, required=False)

    def __init__(
        self, *args: Any, goal: Goal | None, sessions: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sessions_wanted"].initial = sessions
        if goal is None:
            del self.fields["goal_rating"]
        else:
            self.fields["goal_rating"].label = _("How near are you to this: %(goal)s?") % {
                "goal": goal.words
            }


@require_http_methods(["GET", "POST"])
def check_in(request: SignedInRequest) -> HttpResponse:
    """Asks once a week; a second one on the same day leads to the same answer."""
    patient = patient_or_404(request)
    standing = standing_of(patient)
    if standing.version is None or standing.is_stopped:
        return redirect("progress:today")
    goal = Goal.objects.owned_by(patient).active().first()
    asked = standing.case.get("answers", {}).get("sessions_wanted")
    form = CheckInForm(request.POST or None, goal=goal, sessions=asked)
    if request.method == "POST" and form.is_valid():
        _keep(patient, standing.version.program, goal, form.cleaned_data)
        return redirect("progress:checked-in")
    status = 422 if form.errors else 200
    return render(request, "progress/check_in.html", {"form": form}, status=status)


@transaction.atomic
def _keep(patient: User, program: Program, goal: Goal | None, answers: dict[str, Any]) -> None:
    """Tells the program, rates the goal, and asks again in a week."""
    today = session_day(patient, timezone.now())
    rating = answers.get("goal_rating")
    if goal and rating is not None:
        goals.rate(goal, today, rating)
    token = f"check-in:{today.isoformat()}"
    tell(patient, "check_in", today, token=token, by=patient, **payload_of(answers))
    now = Program.objects.get(pk=program.pk).state.get("answers", {})
    keep_wishes(patient, {name: now[name] for name in WISHED if now.get(name) is not None})
    Program.objects.filter(pk=program.pk).update(checked_in_on=today)


# What a check-in may change in the answers.
WISHED = ("minutes", "sessions_wanted")


@require_safe
def checked_in(request: SignedInRequest) -> HttpResponse:
    """What the check-in changed, and one thing to try for what got in the way, in one press where it can be."""
    patient = patient_or_404(request)
    mine = ProgramEvent.objects.owned_by(patient).filter(kind="check_in", program__ended_on=None)
    event = mine.order_by("-seq").first()
    if event is None:
        return redirect("progress:check-in")
    outcome, barrier = event.outcome, event.event.get("barrier", "none")
    said = said_of(outcome["changes"], Names.known())
    context = {
        "item": News(event.seq, event.day, "", said),
        "reasons": [r for r in outcome["reasons"] if not r["rule"].startswith("barrier-")],
        "barrier": barrier,
        "suggestion": SUGGESTIONS[barrier],
        **_in_one_press(standing_of(patient), barrier, outcome["reasons"]),
    }
    return render(request, "progress/checked_in.html", context)


def _in_one_press(standing: Standing, barrier: str, reasons: list[dict[str, Any]]) -> dict:
    """What can be done at once about this barrier: a swap, other days, more minutes again, a look."""
    if not standing.is_running or standing.version is None:
        return {}
    version, plan = standing.version, standing.plan or {}
    if barrier in ASKS_DAYS:
        form = DaysForm(initial={"days": version.intake["days"]})
        return {"days_form": form, "before": _minutes_before(reasons)}
    if barrier not in ("bored", "unsure"):
        return {}
    library = {item.slug: item for item in Exercise.objects.prefetch_related("variants")}
    if barrier == "bored":
        return {"swaps": swaps_for(plan, library)}
    return {"exercises": [library[item["slug"]] for item in plan["program"]["exercises"]]}


def _minutes_before(reasons: list[dict[str, Any]]) -> int | None:
    """The minutes that a session had before this check-in made it shorter."""
    told = [reason["because"] for reason in reasons if reason["rule"] == "check-in-time"]
    return next((int(because[0].partition("=")[2]) for because in told), None)
