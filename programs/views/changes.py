"""What a person decides about a running program: undo, swap, pause and come back. Each is an event."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backrelief.accounts.models import User
from backrelief.htmx import SignedInRequest
from backrelief.views import unprocessable
from exercises.models import Exercise
from programs.adapting import tell_program
from programs.calendar import session_day
from programs.change_forms import MinutesForm, PauseForm, SeqForm, SwapForm, UndoForm
from programs.models import Program, ProgramEvent
from programs.planning import change_days
from programs.standing import Standing, standing_of
from programs.swapping import same_purpose
from programs.views.plan import patient_or_404


def today_of(patient: User) -> date:
    return session_day(patient, timezone.now())


def back_to(request: SignedInRequest) -> HttpResponse:
    """To the page that the press came from: today's, else the plan."""
    return redirect("progress:today" if request.POST.get("next") == "today" else "programs:plan")


def say(request: SignedInRequest, event: ProgramEvent | None, done: str) -> None:
    """What the rules made of it: the change, or why there was none."""
    outcome = event.outcome if event else {"changes": [], "reasons": []}
    reasons = " ".join(reason["text"] for reason in outcome["reasons"])
    if outcome["changes"]:
        messages.success(request, f"{done} {reasons}".strip())
    else:
        messages.info(request, reasons or _("Nothing changed."))


@require_POST
def undo(request: SignedInRequest) -> HttpResponse:
    """Takes the latest harder change of an exercise, or of the level, back."""
    patient = patient_or_404(request)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return unprocessable(request, _("That is no change of your plan."))
    slug, seq = form.cleaned_data["slug"], form.cleaned_data["seq"]
    token = f"undo:{seq}:{slug}"
    event = tell_program(patient, "undo", today_of(patient), {"slug": slug}, token, by=patient)
    say(request, event, _("Taken back."))
    return back_to(request)


@require_POST
def read(request: SignedInRequest) -> HttpResponse:
    """The person has read what changed up to this event."""
    patient = patient_or_404(request)
    form = SeqForm(request.POST)
    if not form.is_valid():
        return unprocessable(request, _("That is no change of your plan."))
    seq = form.cleaned_data["seq"]
    mine = Program.objects.owned_by(patient).filter(ended_on=None, told_up_to__lt=seq)
    mine.filter(last_event__gte=seq).update(told_up_to=seq)
    return redirect("progress:today")


def running_or_plan(patient: User) -> Standing | None:
    standing = standing_of(patient)
    return standing if standing.version and standing.plan and standing.plan["program"] else None


@require_http_methods(["GET", "POST"])
def swap(request: SignedInRequest, slug: str) -> HttpResponse:
    """Another exercise with the same purpose, where one fits all that the person told."""
    patient = patient_or_404(request)
    standing = running_or_plan(patient)
    if standing is None or standing.is_stopped:
        return redirect("programs:plan")
    library = {item.slug: item for item in Exercise.objects.prefetch_related("variants")}
    plan = standing.plan or {}
    if slug not in {item["slug"] for item in plan["program"]["exercises"]} or slug not in library:
        raise Http404
    others = same_purpose(plan, library, slug)
    form = SwapForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        payload = {"slug": slug, "to": form.cleaned_data["to"]}
        event = tell_program(patient, "swap", today_of(patient), payload, by=patient)
        say(request, event, _("Swapped."))
        return redirect("programs:plan")
    context = {"form": form, "exercise": library[slug], "others": others}
    status = 422 if form.errors else 200
    return render(request, "programs/swap.html", context, status=status)


@require_POST
def minutes(request: SignedInRequest) -> HttpResponse:
    """Shorter or longer sessions from now on, within what the level allows."""
    patient = patient_or_404(request)
    standing = running_or_plan(patient)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return unprocessable(request, _("Choose one of the times on the page."))
    if standing and standing.version and not standing.is_stopped:
        days = list(standing.version.intake["days"])
        change_days(patient, days, today_of(patient), form.cleaned_data["minutes"])
        messages.success(request, _("Saved. Your sessions fit that time now."))
    return back_to(request)


@require_POST
def lighter_week(request: SignedInRequest) -> HttpResponse:
    """A week with fewer sets, or the end of one: the same moves, and nothing is lost."""
    patient = patient_or_404(request)
    if running_or_plan(patient):
        told = {"ends": True} if "ends" in request.POST else {}
        event = tell_program(patient, "lighter_week", today_of(patient), told, by=patient)
        say(request, event, "")
    return back_to(request)


@require_http_methods(["GET", "POST"])
def pause(request: SignedInRequest) -> HttpResponse:
    """Sessions rest for a while: nothing is lost, and nothing nags."""
    patient = patient_or_404(request)
    if running_or_plan(patient) is None:
        return redirect("programs:plan")
    form = PauseForm(request.POST or None, today=today_of(patient))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["reason"] == "flare":
            return redirect("progress:flare")
        tell_program(patient, "pause", today_of(patient), form.payload, by=patient)
        messages.success(request, _("Paused. Your path and your plan stay as they are."))
        return redirect("progress:today")
    status = 422 if form.errors else 200
    return render(request, "programs/pause.html", {"form": form}, status=status)


@require_POST
def resume(request: SignedInRequest) -> HttpResponse:
    """Back again; the rules for a break decide how much comes first."""
    patient = patient_or_404(request)
    event = tell_program(patient, "resume", today_of(patient), {}, by=patient)
    reasons = " ".join(item["text"] for item in event.outcome["reasons"]) if event else ""
    messages.success(request, f"{_('Good to see you.')} {reasons}".strip())
    return redirect("progress:today")
