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
from exercises.ranges import CHOICES, percent_for, set_limit
from programs.calendar import diary_day
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
    plan = standing_of(patient).plan
    items = shown_plan(plan)["exercises"] if plan else []
    slugs = [item["exercise"].slug for item in items]
    form = RangeForm(
        request.POST or None,
        items=items,
        initial={slug: percent_for(patient, slug) for slug in slugs},
    )
    if request.method == "POST" and form.is_valid():
        day = diary_day(request.user, timezone.now())
        for slug in slugs:
            if form.cleaned_data[slug] != percent_for(patient, slug):
                set_limit(patient, slug, form.cleaned_data[slug], str(request.user), day)
        messages.success(request, _("Saved. Figures and words show it from now on."))
        return redirect("programs:ranges", pk=pk)
    context = {
        "patient": patient,
        "form": form,
        "figures": [
            mark_safe(  # noqa: S308
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
    }
    return render(request, "programs/ranges.html", context, status=422 if form.errors else 200)
