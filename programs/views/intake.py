"""The intake: a screen a subject, back and forth without loss, and a page that plays it all back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs.calendar import session_day
from programs.drafts import draft_for, is_check_done, is_complete, triage_of
from programs.engine import Level
from programs.forms import StepForm, field_for
from programs.intake_steps import next_open, steps_for
from programs.models import Draft
from programs.planning import build_program
from programs.questionnaire import questions_of
from programs.questions import Question
from programs.views.check import is_stopped, open_locks
from programs.views.screens import keep, on_to, show, step_or_404


def may_go_on(request: HttpRequest, draft: Draft) -> bool:
    """The intake comes after the check, and not after an urgent or emergency answer in it."""
    is_locked = is_stopped(request, draft) or bool(open_locks(request, "urgent"))
    return is_check_done(draft) and not is_locked and triage_of(draft).level < Level.URGENT


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    draft = draft_for(request)
    if not may_go_on(request, draft):
        return redirect("programs:check")
    step_open = next_open("intake", draft.replies)
    if step_open is None:
        return redirect("programs:intake-review")
    return redirect("programs:intake-step", slug=step_open.slug)


@login_not_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    draft = draft_for(request)
    if not may_go_on(request, draft):
        return redirect("programs:check")
    screen = step_or_404("intake", slug, draft)
    form = StepForm(screen, draft.replies, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return show(request, "intake", screen, draft, form)
    was_complete = is_complete(draft)
    keep(request, screen, draft, form)
    if triage_of(draft).level >= Level.URGENT:
        return redirect("programs:check-result")
    if was_complete:
        return redirect("programs:intake-review")
    return on_to("intake", screen, draft, "programs:intake-review")


@login_not_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Plays the words back; "make my plan" follows for who is signed in, the preview for a visitor."""
    draft = draft_for(request)
    if not may_go_on(request, draft) or not is_complete(draft):
        return redirect("programs:intake")
    if request.method == "GET":
        return render(request, "programs/intake_review.html", {"parts": played_back(draft)})
    if not request.user.is_authenticated:
        return redirect("programs:preview")
    if not request.user.is_patient:
        return redirect("home")
    build_program(request.user, "answers", session_day(request.user, timezone.now()))
    return redirect("programs:plan")


def played_back(draft: Draft) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Slug, title, and the questions with their answers in words, for each screen of the intake."""
    found = []
    for item in steps_for("intake", draft.replies):
        given = draft.replies[item.key]
        lines = [
            (str(q.label), in_words(q, given.get(q.name)))
            for q in questions_of(item, draft.replies)
        ]
        found.append((item.slug, str(item.title), [line for line in lines if line[1]]))
    return found


def in_words(question: Question, value: object) -> str:
    if question.kind == "tick":
        return "✓" if value else ""
    choices = dict(getattr(field_for(question), "choices", ()))
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(item, item)) for item in chosen if item not in (None, ""))
