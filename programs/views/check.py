"""The check for warning signs. An emergency stops it at once, before any further question."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backrelief.accounts.models import User
from programs.drafts import draft_for, is_check_done, triage_of
from programs.engine import Level, Triage
from programs.forms import StepForm
from programs.intake_steps import next_open
from programs.models import Draft, Lock
from programs.questionnaire import CHECK
from programs.standing import record_screening
from programs.views.screens import keep, on_to, show, step_or_404

READ_BACK = "read_back"


def open_locks(request: HttpRequest, level: str) -> list[Lock]:
    if not request.user.is_authenticated:
        return []
    return list(Lock.objects.owned_by(request.user).open().filter(level=level))


def is_stopped(request: HttpRequest, draft: Draft) -> bool:
    """After an emergency there is no further question until a clinician's record lifts it."""
    return draft.stopped_level == "emergency" or bool(open_locks(request, "emergency"))


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    draft = draft_for(request)
    if is_stopped(request, draft):
        return redirect("programs:stop")
    if is_check_done(draft):
        return redirect("programs:check-result")
    step = next_open("check", draft.replies)
    if step and draft.replies:
        return redirect("programs:check-step", slug=step.slug)
    return render(request, "programs/check_start.html", {"first": CHECK[0].slug})


@login_not_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    draft = draft_for(request)
    if is_stopped(request, draft):
        return redirect("programs:stop")
    screen = step_or_404("check", slug, draft)
    form = StepForm(screen, draft.replies, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return show(request, "check", screen, draft, form)
    keep(request, screen, draft, form)
    if triage_of(draft).level == Level.EMERGENCY:
        request.session[READ_BACK] = screen.slug
        return redirect("programs:check-confirm")
    return on_to("check", screen, draft, "programs:check-result")


@login_not_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Reads an emergency back once. After "yes" it is locked; there is no mistake afterwards."""
    draft = draft_for(request)
    triage = triage_of(draft)
    if is_stopped(request, draft) or triage.level != Level.EMERGENCY:
        return redirect("programs:check")
    slug = request.session.get(READ_BACK, CHECK[0].slug)
    if request.method == "POST" and request.POST.get("right") == "yes":
        stop_for(request, draft, triage)
        return redirect("programs:stop")
    if request.method == "POST":
        return redirect("programs:check-step", slug=slug)
    told = [f.reason.text for f in triage.findings if f.level == Level.EMERGENCY]
    return render(request, "programs/check_confirm.html", {"told": told})


def stop_for(request: HttpRequest, draft: Draft, triage: Triage) -> None:
    draft.stopped_level = "emergency"
    draft.save()
    if request.user.is_authenticated:
        record_screening(request.user, draft.answers, triage)


@login_not_required
@require_safe
def stop(request: HttpRequest) -> HttpResponse:
    """The page of an emergency: what was told, whom to call, what to say."""
    draft = draft_for(request)
    if not is_stopped(request, draft):
        return redirect("programs:check")
    told = [lock.text for lock in open_locks(request, "emergency")]
    if not told:
        findings = triage_of(draft).findings
        told = [f.reason.text for f in findings if f.level == Level.EMERGENCY]
    return render(request, "programs/stop.html", {"told": told})


@login_not_required
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """Urgent, what to ask first, caution or clear: always a named next step."""
    draft = draft_for(request)
    if is_stopped(request, draft):
        return redirect("programs:stop")
    if not is_check_done(draft):
        return redirect("programs:check")
    triage = triage_of(draft)
    if triage.level == Level.EMERGENCY:
        return redirect("programs:check-confirm")
    if request.user.is_authenticated and request.user.is_patient:
        record_once(request.user, draft, triage)
    urgent = triage.level == Level.URGENT
    context = {
        "triage": triage,
        "is_urgent": urgent,
        "told": [f.reason.text for f in triage.findings if f.level == triage.level],
        "to_ask": [] if urgent else questions_named(triage.not_cleared),
        "letter": any(f.reason.rule == "RF17" for f in triage.findings),
    }
    return render(request, "programs/check_result.html", context)


def record_once(patient: User, draft: Draft, triage: Triage) -> None:
    """Writes the finished check down, once for the same answers."""
    last = patient.screenings.first()
    if last is None or last.kind != "full" or last.answers != draft.answers:
        record_screening(patient, draft.answers, triage)


def questions_named(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Slug and words of the questions that still need an answer."""
    found = []
    for key in keys:
        for item in CHECK:
            for question in item.questions:
                if question.name.removesuffix("__asked") == key:
                    found.append((item.slug, str(question.label)))
                    break
            else:
                continue
            break
    return found


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """A new check from the start, for somebody who is not stopped by an emergency."""
    draft = draft_for(request)
    if not is_stopped(request, draft):
        draft.ask_check_again()
    return redirect("programs:check")
