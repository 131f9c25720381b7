"""The poses of a variant in the admin: figures beside their numbers, drawn anew as one types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from exercises.models import Pose, Variant
from exercises.pose_forms import PoseForm


def _form(pose: Pose, data: Any = None) -> PoseForm:
    return PoseForm(data, instance=pose, prefix=f"pose{pose.pk}")


def _card(form: PoseForm) -> dict[str, Any]:
    """A form with its drawing, also of what no body can do: one sees why it is refused.

    What is no number shows the pose as it is stored.
    """
    shown = form
    if not form.can_be_drawn():
        shown = _form(Pose.objects.select_related("variant__exercise").get(pk=form.instance.pk))
    # Our own markup: texts are escaped where the element is written.
    return {"form": form, "drawing": mark_safe(shown.drawing())}  # noqa: S308 - our own drawing; texts in it are escaped


def poses_page(request: HttpRequest, pk: int, context: dict[str, Any]) -> HttpResponse:
    """All poses of a variant; a POST saves one of them."""
    variant = get_object_or_404(
        Variant.objects.select_related("exercise", "scene").prefetch_related("poses"), pk=pk
    )
    chosen = request.POST.get("pose")
    cards = []
    for pose in variant.poses.all():
        pose.variant = variant
        is_chosen = chosen == str(pose.pk)
        form = _form(pose, request.POST if is_chosen else None)
        if is_chosen and form.is_valid():
            form.save()
            messages.success(request, _("Saved. The figure shows at once, everywhere."))
            return redirect(request.path)
        cards.append(_card(form))
    status = 422 if any(card["form"].errors for card in cards) else 200
    context |= {
        "variant": variant,
        "cards": cards,
        "title": _("Poses: %(exercise)s, %(variant)s")
        % {"exercise": variant.exercise, "variant": variant},
    }
    return render(request, "admin/exercises/poses.html", context, status=status)


def drawn_pose(request: HttpRequest, pk: int) -> HttpResponse:
    """The figure with the numbers as they are typed; nothing is saved."""
    pose = get_object_or_404(
        Pose.objects.select_related("variant__exercise", "variant__scene").prefetch_related(
            "variant__poses"
        ),
        pk=pk,
    )
    card = _card(_form(pose, request.POST))
    return render(request, "admin/exercises/poses.html#drawing", {"card": card})
