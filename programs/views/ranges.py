"""A therapist limits how far a person goes in the movements of their program."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backrelief.accounts.access import open_record
from backrelief.forms import RadioChips
from backrelief.htmx import SignedInRequest
from exercises import drawn
from exercises.models import Exercise
from exercises.ranges import CHOICES, percent_for
from programs.calendar import diary_day
from programs.limits import limited_program, set_limit, standing_limits
from programs.models import RangeLimit
from programs.standing import standing_of
from programs.wording import shown_plan


class RangeForm(forms.Form):
    """One row of choices for each exercise of the program."""

    def __init__(self, *args: Any, items: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[item["exercise"].slug] = forms.TypedChoiceField(
                label=f"{item['exercise']}: {item['variant']}",
                choices=CHOICES,
                coerce=int,
                widget=RadioChips,
            )


@require_http_methods(["GET", "POST"])
def ranges(request: SignedInRequest, pk: int) -> HttpResponse:
    """Limits for each exercise, beside the figure as the person sees it. A stranger gets 404."""
    if not request.user.is_therapist:
        raise Http404
    patient = open_record(request.user, pk, "ranges")
    program = limited_program(patient)
    plan = standing_of(patient).plan
    items = shown_plan(plan)["exercises"] if plan else []
    slugs = [item["exercise"].slug for item in items]
    standing = standing_limits(program) if program else {}
    now = {slug: standing[slug].percent if slug in standing else 100 for slug in slugs}
    form = RangeForm(request.POST or None, items=items, initial=now)
    if request.method == "POST" and program and form.is_valid():
        day = diary_day(request.user, timezone.now())
        for slug in slugs:
            if form.cleaned_data[slug] != now[slug]:
                set_limit(program, slug, form.cleaned_data[slug], request.user, day)
        messages.success(request, _("Saved. Figures and words show it from now on."))
        return redirect("programs:ranges", pk=pk)
    context = {
        "patient": patient,
        "form": form,
        "figures": [
            mark_safe(  # noqa: S308 - our own drawing; texts in it are escaped
                drawn.still(
                    item["exercise"].slug,
                    item["variant"].key,
                    uid=f"range-{item['exercise'].slug}",
                    thumb=True,
                    share=percent_for(patient, item["exercise"].slug) / 100,
                )
            )
            for item in items
            if item["exercise"].slug in drawn.drawn_exercises()
        ],
        "limits": _told(standing, slugs),
    }
    return render(request, "programs/ranges.html", context, status=422 if form.errors else 200)


def _told(standing: dict[str, RangeLimit], slugs: list[str]) -> list[dict[str, Any]]:
    """The limits that hold, in words: how far, by whom, and whether the plan has the exercise."""
    names = dict(Exercise.objects.filter(slug__in=standing).values_list("slug", "name"))
    return [
        {
            "name": names.get(slug, slug),
            "share": dict(CHOICES)[limit.percent],
            "limit": limit,
            "is_planned": slug in slugs,
        }
        for slug, limit in standing.items()
    ]
