"""The public library: overview with filters, one exercise, and its pictures."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backrelief.htmx import render_page
from exercises import drawn
from exercises.enums import Code, Level, NoteKind
from exercises.figures import Look
from exercises.forms import FilterForm
from exercises.looks import FigureForm, first_choice, look_from, save_choice, saved_for
from exercises.models import Exercise, ExerciseQuerySet, Reference, Variant
from exercises.pictures import KINDS
from exercises.share import SIZE, digest_of, share_picture
from exercises.wording import dose_in_words

SIZED = re.compile(r"-\d+\.\w+$")
A_YEAR = 60 * 60 * 24 * 365


def on_offer(request: HttpRequest) -> ExerciseQuerySet:
    """The exercises that this person's clinic uses; visitors see all."""
    clinic = getattr(request.user, "clinic", None)
    return Exercise.objects.on_offer(extras=clinic is None or clinic.uses_extras)


def _kept_by_visitors(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Lets the visitor's browser keep a page; no shared cache may, for it carries their form key."""
    if not request.user.is_authenticated and not saved_for(request):
        patch_cache_control(response, private=True, max_age=300)
    return response


@login_not_required
@require_safe
def exercise_list(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    found = form.matching(on_offer(request))
    context = {"form": form, "exercises": found, "total": on_offer(request).count()}
    return _kept_by_visitors(
        request,
        render_page(request, "exercises/list.html", context, partial="found", target="found"),
    )


@login_not_required
@require_safe
def exercise_detail(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = get_object_or_404(on_offer(request).with_everything(), slug=slug)
    variants = list(exercise.variants.all())
    standard = next((v for v in variants if v.rung == "standard"), variants[0])
    variant = next((v for v in variants if v.key == request.GET.get("variant")), standard)
    context = {
        "exercise": exercise,
        "variant": variant,
        "variants": variants,
        "steps": variant.steps.all(),
        "doses": _doses(exercise, variant),
        "notes": {
            kind: [n for n in exercise.notes.all() if n.kind == kind] for kind in NoteKind.values
        },
        "left_out": [p for p in exercise.precautions.all() if p.code == Code.EXCLUDE],
        "sources": _sources(exercise),
        "changed": [p for p in exercise.precautions.all() if p.code == Code.MODIFY],
        "shared": _shared(request, exercise),
    }
    return _kept_by_visitors(
        request,
        render_page(request, "exercises/detail.html", context, partial="moves", target="moves"),
    )


def _sources(exercise: Exercise) -> list[Reference]:
    """What the page cites, for the move itself and for its precautions, R2 before R19."""
    cited = set(exercise.references.all())
    for row in exercise.precautions.all():
        cited.update(row.references.all())
    return sorted(cited, key=lambda reference: (len(reference.slug), reference.slug))


def _doses(exercise: Exercise, variant: Variant) -> list[tuple[Any, str]]:
    """Level name and dose in words for the chosen variant."""
    found = []
    for level in Level:
        rows = {dose.variant: dose for dose in exercise.doses.all() if dose.level == level}
        dose = rows.get(variant.key) or rows.get("")
        if dose:
            words = dose_in_words(
                dose.sets, dose.reps, dose.hold_seconds, per_side=variant.is_per_side
            )
            found.append((level.label, words))
    return found


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_figure(request: HttpRequest) -> HttpResponse:
    """Choose whom the figures show. Choices can be tried on before they are kept."""
    if request.method == "POST" and "several" in request.POST:
        save_choice(request, {})
        messages.success(request, _("The figures show several people again."))
        return redirect("exercises:figure")
    form = FigureForm(request.POST or None, initial=first_choice(request))
    if form.is_valid() and "try" not in request.POST:
        save_choice(request, form.cleaned_data)
        messages.success(request, _("Saved. This is your figure now."))
        return redirect("exercises:figure")
    look = form.look if form.is_bound and form.is_valid() else look_from(form.initial)
    context = {"form": form, "previews": _previews(look), "is_chosen": bool(saved_for(request))}
    return render_page(
        request,
        "exercises/own_figure.html",
        context,
        partial="tried",
        target="tried",
        status=422 if form.errors else 200,
    )


PREVIEWS = (
    ("cat-cow", "chair", "start"),
    ("cobra", "standing", "start"),
    ("bridge", "full", "end"),
)


def _previews(look: Look) -> list[SafeString]:
    """The chosen person sitting, standing and lying."""
    return [
        mark_safe(drawn.still(slug, key, step, look, uid=f"try-{slug}"))  # noqa: S308 - our own drawing; texts in it are escaped
        for slug, key, step in PREVIEWS
        if slug in drawn.drawn_exercises()
    ]


def _shared(request: HttpRequest, exercise: Exercise) -> dict[str, Any]:
    """What a page says to whoever links to it: the address of its picture, and the page's own."""
    if exercise.picture:
        address = reverse("exercises:picture", args=[exercise.picture_name])
        size = (exercise.picture_width, exercise.picture_height)
    elif exercise.slug in drawn.drawn_exercises():
        address = reverse("exercises:share", args=[exercise.slug, digest_of(exercise)])
        size = SIZE
    else:
        return {}
    page = request.build_absolute_uri(exercise.get_absolute_url())
    return {"page": page, "picture": request.build_absolute_uri(address), "size": size}


@login_not_required
@require_safe
def share(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The picture for a link to an exercise. Named by its content, it never changes."""
    exercise = get_object_or_404(Exercise.objects.on_offer(extras=True), slug=slug)
    if slug not in drawn.drawn_exercises():
        raise Http404
    if digest != digest_of(exercise):
        return redirect("exercises:share", slug, digest_of(exercise))
    response = HttpResponse(share_picture(exercise), content_type="image/png")
    patch_cache_control(response, public=True, immutable=True, max_age=A_YEAR)
    return response


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """Streams an uploaded picture, or one of its sizes. Named by its content, it never changes."""
    path = f"exercises/{name}"
    kind = name.rpartition(".")[2]
    whole = f"exercises/{SIZED.sub('.webp', name)}"
    is_known = kind in KINDS and Exercise.objects.filter(picture=whole).exists()
    if not is_known or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=f"image/{kind}")
    patch_cache_control(response, public=True, immutable=True, max_age=A_YEAR)
    return response
