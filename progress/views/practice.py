"""Trying one movement before anything else: Cat-Cow on a chair, for anybody. Nothing is kept."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from exercises.models import Variant
from programs.easing import Way
from progress.forms import StrengthForm, feelings
from progress.player_words import player_words
from progress.session_plan import minutes_of, way_in_words

SLUG, KEY = "cat-cow", "chair"
# The gentlest dose of the movement (L0): once six times.
GENTLE = Way(KEY, sets=1, reps=6, hold_seconds=None, per_side=False)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """The emergency list first, on one card; the movement only for those who have none of them.

    It is posted, so that no address leads past the list.
    """
    if request.method != "POST" or request.POST.get("signs") != "none":
        return render(request, "progress/practice.html", {"missing": request.method == "POST"})
    variants = Variant.objects.select_related("exercise").prefetch_related("steps", "equipment")
    variant = variants.filter(exercise__slug=SLUG, key=KEY).first()
    if variant is None:
        raise Http404
    plan = practice_plan(variant)
    context = {
        "variant": variant,
        "plan": plan,
        "minutes": minutes_of(plan["exercises"], 0),
        "words": player_words(),
        "feelings": feelings(),
        "strength_form": StrengthForm(),
    }
    return render(request, "progress/practice_move.html", context)


def practice_plan(variant: Variant) -> dict[str, Any]:
    """A session of one movement, without a token: nothing of it is sent or kept."""
    exercise = {
        "slug": SLUG,
        "name": variant.exercise.name,
        "settled": False,
        "sets_done": 0,
        "rest_seconds": 30,
        "was_eased": False,
        "picture": "",
        "flags": [],
        **way_in_words(variant, GENTLE, set()),
        "easier": [],
    }
    return {
        "token": "",
        "version": "",
        "day": "",
        "level": 0,
        "pain_before": None,
        "caution": True,
        "warm_up": 0,
        "cool_down": 0,
        "exercises": [exercise],
    }
