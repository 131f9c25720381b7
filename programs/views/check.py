"""The check for warning signs. An emergency stops it at once, before any further question."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backrelief.accounts.models import User
from programs.calendar import session_day
from programs.check_steps import CHECK
from programs.drafts import draft_for, is_check_done, triage_of
from programs.engine import Level, Triage
from programs.engine.screening import SOON
from programs.forms import StepForm
from programs.intake_steps import next_open
from programs.models import Draft, Lock
from programs.planning import replan_after_check
from programs.standing import record_screening
from programs.views.screens import keep, on_to, show, step_or_404
from programs.wording import aloud

# RF17: so many signs of inflammation call for the letter.
LETTER_FROM = 4


def open_locks(request: HttpRequest, level: str) -> list[Lock]:
    if not request.user.is_authenticated:
        return []
    locks = Lock.objects.owned_by(request.user).open().filter(level=level)
    return list(locks.select_related("screening"))


def is_stopped(request: HttpRequest, draft: Draft) -> bool:
    """After an emergency there is no further question until a clinician's record lifts it."""
    return draft.stopped_level == "emergency" or bool(open_locks(request, "emergency"))


def awaits_yes(draft: Draft) -> bool:
    """An emergency was told and not yet read back: until then no further question is shown."""
    return triage_of(draft).level == Level.EMERGENCY


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    draft = draft_for(request)
    if is_stopped(request, draft):
        return redirect("programs:stop")
    if awaits_yes(draft):
        return redirect("programs:check-confirm")
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
    if screen.key not in draft.replies and awaits_yes(draft):
        return redirect("programs:check-confirm")
    form = StepForm(screen, draft.replies, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return show(request, "check", screen, draft, form)
    keep(request, screen, draft, form)
    if triage_of(draft).level == Level.EMERGENCY:
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
    if request.method == "POST" and request.POST.get("right") == "yes":
        stop_for(request, draft, triage)
        return redirect("programs:stop")
    if request.method == "POST":
        return redirect("programs:check-step", slug=screen_of(draft, triage))
    told = [f.reason.text for f in triage.findings if f.level == Level.EMERGENCY]
    return render(request, "programs/check_confirm.html", {"told": told})


def screen_of(draft: Draft, triage: Triage) -> str:
    """The screen on which the first emergency answer was given, its follow-up where there is one."""
    key = triage.findings[0].reason.because[0].partition("=")[0].rpartition(".")[2]
    asked = [slug for slug, _label in questions_named((key,))] or [CHECK[0].slug]
    more = f"{asked[0]}-more"
    return more if f"check:{more}" in draft.replies else asked[0]


def stop_for(request: HttpRequest, draft: Draft, triage: Triage) -> None:
    draft.stopped_level = "emergency"
    draft.save()
    if isinstance(request.user, User) and request.user.is_patient:
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
    return render(request, "programs/stop.html", {"told": told, "aloud": list(map(aloud, told))})


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
    locks = open_locks(request, "urgent")
    urgent = triage.level == Level.URGENT or bool(locks)
    answered = [f.reason.text for f in triage.findings if f.level == triage.level]
    # A lock stays when the answers change: what raised it is told, not what is answered now.
    told = list(dict.fromkeys(lock.text for lock in locks)) or answered
    context = {
        "act_within": act_within(triage, locks),
        "ok_first": triage.ok_first == "needed",
        "is_urgent": urgent,
        "is_maternal": any(lock.rule == "E16" for lock in locks),
        "told": told,
        "aloud": list(map(aloud, told)),
        "to_ask": [] if urgent else questions_named(triage.not_cleared),
        "letter": draft.answers["screening"].get("rf17_inflammatory_items", 0) >= LETTER_FROM,
    }
    return render(request, "programs/check_result.html", context)


def act_within(triage: Triage, locks: list[Lock]) -> str | None:
    """The soonest of what the answers and the open locks ask for; a sign told elsewhere waits no day."""
    told = {lock.screening.act_within if lock.screening else "same_day" for lock in locks}
    times = {triage.act_within, *told}
    return next((time for time in SOON if time in times), None)


def record_once(patient: User, draft: Draft, triage: Triage) -> None:
    """Writes the finished check down, once for the same answers, and plans anew where it must."""
    last = patient.screenings.first()
    told = draft.answers.get("screening")
    rules = {(f.reason.rule, f.level.key) for f in triage.findings}
    if (
        last is None
        or last.kind != "full"
        or last.answers.get("screening") != told
        or (rules != {(reason["rule"], reason["level"]) for reason in last.reasons})
    ):
        record_screening(patient, draft.answers, triage)
    if triage.level < Level.URGENT:
        replan_after_check(patient, session_day(patient, timezone.now()))


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
