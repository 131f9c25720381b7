"""What the check and the intake share: showing a screen and keeping its replies."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from programs.drafts import keep_reply
from programs.forms import StepForm
from programs.intake_steps import BY_KEY, steps_for
from programs.models import Draft
from programs.questions import Step


def step_or_404(part: str, slug: str, draft: Draft) -> Step:
    step = BY_KEY.get(f"{part}:{slug}")
    if step is None or not step.applies(draft.replies):
        raise Http404
    return step


def show(request: HttpRequest, part: str, step: Step, draft: Draft, form: StepForm) -> HttpResponse:
    """The screen with its place among the others and a way back."""
    shown = [item for item in steps_for(part, draft.replies) if "-" not in item.slug]
    main = step.slug.partition("-")[0]
    place = next(i for i, item in enumerate(shown, start=1) if item.slug == main)
    context = {
        "form": form,
        "step": step,
        "part": part,
        "place": place,
        "total": len(shown),
        "back": back_of(part, step, draft),
    }
    return render(request, "programs/step.html", context, status=422 if form.errors else 200)


def back_of(part: str, step: Step, draft: Draft) -> str:
    """The address of the screen before this one."""
    keys = [item.slug for item in steps_for(part, draft.replies)]
    place = keys.index(step.slug)
    if place:
        return reverse(f"programs:{part}-step", args=[keys[place - 1]])
    return reverse("home") if part == "check" else reverse("programs:check-result")


def keep(request: HttpRequest, step: Step, draft: Draft, form: StepForm) -> None:
    keep_reply(request, draft, step.key, form.replies)


def on_to(part: str, step: Step, draft: Draft, end: str) -> HttpResponse:
    """The screen after this one, else ``end``."""
    keys = [item.slug for item in steps_for(part, draft.replies)]
    place = keys.index(step.slug) + 1
    if place < len(keys):
        return redirect(f"programs:{part}-step", slug=keys[place])
    return redirect(end)
