"""The library in Django's admin: for therapists and clinic staff, and nothing else for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from exercises import drawn
from exercises.admin_forms import (
    DoseForm,
    DoseFormSet,
    ExerciseForm,
    PrecautionForm,
    PrecautionFormSet,
    VariantForm,
)
from exercises.forms import LoadForm
from exercises.impact import impact_lines
from exercises.library import LARGEST_BYTES
from exercises.loading import load
from exercises.models import (
    BodyArea,
    Condition,
    Dose,
    Equipment,
    Exercise,
    Note,
    Precaution,
    Reference,
    Step,
    Variant,
)
from exercises.pictures import write_sizes
from exercises.pose_admin import drawn_pose, poses_page

EDITORS = ("therapist", "staff")


def may_edit(request: HttpRequest) -> bool:
    """Therapists, clinic staff and superusers edit the library."""
    user = request.user
    return bool(user.is_active and user.is_staff and (user.is_superuser or user.role in EDITORS))


def may_load(request: HttpRequest) -> bool:
    """Clinic staff and superusers load files; a therapist edits one exercise at a time."""
    user = request.user
    return may_edit(request) and (user.is_superuser or getattr(user, "role", "") == "staff")


class LibraryAccess:
    """Rights by role; the library has no personal data, so there is nothing finer to decide."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_edit(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request) and request.user.is_superuser


class Anchored(LibraryAccess):
    """Records that the rules name: their key stays once made, and they are never deleted."""

    key_fields: tuple[str, ...] = ("slug",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(self.key_fields if obj else ()))  # type: ignore[misc]  # a list or a tuple, says Django

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NoteInline(LibraryAccess, admin.TabularInline):
    model = Note
    extra = 0


class DoseInline(LibraryAccess, admin.TabularInline):
    model = Dose
    form = DoseForm
    formset = DoseFormSet
    extra = 0


class PrecautionInline(LibraryAccess, admin.StackedInline):
    model = Precaution
    form = PrecautionForm
    formset = PrecautionFormSet
    extra = 0
    autocomplete_fields = ("references",)

    def get_queryset(self, request: HttpRequest) -> Any:
        related = super().get_queryset(request).select_related("condition", "exercise")
        return related.prefetch_related("references")


class VariantInline(Anchored, admin.TabularInline):
    model = Variant
    form = VariantForm
    fields = (
        "figure",
        "name",
        "rung",
        "order",
        "positions",
        "is_held",
        "is_per_side",
        "steps_link",
    )
    readonly_fields = ("figure", "steps_link")
    extra = 0
    key_fields = ()

    @admin.display(description=_("steps"))
    def steps_link(self, variant: Variant) -> str:
        address = reverse("admin:exercises_variant_change", args=[variant.pk])
        return format_html('<a href="{}">{}</a>', address, _("Edit steps"))

    @admin.display(description=_("figure"))
    def figure(self, variant: Variant) -> str:
        """The pose to reach; a link to all of them with their numbers."""
        address = reverse("admin:exercises_variant_poses", args=[variant.pk])
        picture = SafeString()
        if drawn.steps(variant.exercise.slug, variant.key):
            picture = mark_safe(  # noqa: S308 - our own drawing; texts in it are escaped
                drawn.still(
                    variant.exercise.slug, variant.key, uid=f"variant-{variant.pk}", thumb=True
                )
            )
        return format_html(
            '<a class="pose-thumb" href="{}">{}{}</a>', address, picture, _("Edit poses")
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("exercise")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StepInline(LibraryAccess, admin.TabularInline):
    """The steps, each beside the pose that a patient sees with it."""

    model = Step
    extra = 0
    fields = ("figure", "order", "text", "pose", "side")
    readonly_fields = ("figure",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("variant__exercise")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A step leads to one of the poses of its own variant."""
        formset = super().get_formset(request, obj, **kwargs)
        keys = drawn.steps(obj.exercise.slug, obj.key) if obj else []
        formset.form.base_fields["pose"] = forms.ChoiceField(
            label=_("pose"), choices=[("", "–"), *((key, key) for key in keys)], required=False
        )
        return formset

    @admin.display(description=_("figure"))
    def figure(self, step: Step) -> str:
        slug, key = step.variant.exercise.slug, step.variant.key
        if step.pose not in drawn.steps(slug, key):
            return ""
        uid = f"step-{step.pk}"
        svg = drawn.still(slug, key, step.pose, uid=uid, side=step.side, thumb=True)
        return mark_safe(f'<span class="pose-thumb">{svg}</span>')  # noqa: S308 - our own drawing


@admin.register(Exercise)
class ExerciseAdmin(Anchored, SimpleHistoryAdmin):
    """One screen for an exercise, in the order in which a person meets it."""

    form = ExerciseForm
    list_display = ("name", "kind", "is_extra")
    list_filter = ("kind",)
    search_fields = ("name", "summary")
    filter_horizontal = ("body_areas", "equipment")
    autocomplete_fields = ("references",)
    inlines = (VariantInline, NoteInline, DoseInline, PrecautionInline)
    change_list_template = "admin/exercises/exercise/change_list.html"
    readonly_fields = ("picture_shown",)

    @admin.display(description=_("picture now"))
    def picture_shown(self, exercise: Exercise) -> str:
        """What patients see in place of the figure."""
        if not exercise.picture:
            return gettext("None: patients see the drawn figure.")
        address = reverse("exercises:picture", args=[exercise.picture_name])
        return format_html(
            '<img class="picture-shown" src="{}" alt="{}">', address, exercise.picture_alt
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.load_view)
        return [path("load/", view, name="exercises_load"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {**(extra_context or {}), "may_load": may_load(request)}
        return super().changelist_view(request, context)

    def save_model(self, request: HttpRequest, obj: Exercise, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.picture:
            write_sizes(obj.picture)

    def load_view(self, request: HttpRequest) -> HttpResponse:
        """Loads files through the same function as the command: first dry, then for good."""
        if not may_load(request):
            return HttpResponse(_("Only clinic staff load files."), status=403)
        form = LoadForm(request.POST or None, request.FILES or None)
        report, impact = None, []
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data["files"]
            files = [(item.name, item.read(LARGEST_BYTES + 1)) for item in given]
            impact = [] if "load" in request.POST else impact_lines(files)
            report = load(
                files,
                dry_run="load" not in request.POST,
                replace=form.cleaned_data["replace"],
            )
        context = self.admin_site.each_context(request) | {
            "title": _("Load the library from files"),
            "form": form,
            "report": report,
            "impact": impact,
            "is_done": report is not None and not report.faults and "load" in request.POST,
        }
        status = 422 if form.errors or (report and report.faults) else 200
        return render(request, "admin/exercises/load.html", context, status=status)


@admin.register(Variant)
class VariantAdmin(Anchored, SimpleHistoryAdmin):
    form = VariantForm
    key_fields = ("exercise", "key")
    list_display = ("name", "exercise", "rung", "order")
    list_filter = ("exercise",)
    list_select_related = ("exercise",)
    inlines = (StepInline,)
    readonly_fields = ("poses_link",)

    def view_on_site(self, obj: Variant) -> str:
        return f"{obj.exercise.get_absolute_url()}?variant={obj.key}"

    @admin.display(description=_("poses"))
    def poses_link(self, variant: Variant) -> str:
        address = reverse("admin:exercises_variant_poses", args=[variant.pk])
        return format_html('<a href="{}">{}</a>', address, _("Edit poses"))

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.poses_view)
        draw = self.admin_site.admin_view(self.draw_view)
        return [
            path("<int:pk>/poses/", page, name="exercises_variant_poses"),
            path("poses/<int:pk>/draw/", draw, name="exercises_pose_draw"),
            *super().get_urls(),
        ]

    def poses_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_edit(request):
            raise PermissionDenied
        return poses_page(request, pk, self.admin_site.each_context(request))

    def draw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_edit(request) or request.method != "POST":
            raise PermissionDenied
        return drawn_pose(request, pk)


class VocabularyAdmin(Anchored, admin.ModelAdmin):
    pass


@admin.register(Reference)
class ReferenceAdmin(VocabularyAdmin):
    search_fields = ("slug", "citation")


admin.site.register([BodyArea, Equipment, Condition], VocabularyAdmin)
