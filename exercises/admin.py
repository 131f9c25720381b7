"""The library in Django's admin: for therapists and clinic staff, and nothing else for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from exercises import bounds
from exercises.enums import Flag, Position
from exercises.forms import LoadForm
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
from exercises.pictures import redrawn

EDITORS = ("therapist", "staff")


def may_edit(request: HttpRequest) -> bool:
    """Therapists, clinic staff and superusers edit the library."""
    user = request.user
    return bool(user.is_active and user.is_staff and (user.is_superuser or user.role in EDITORS))


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


class DoseForm(forms.ModelForm):
    class Meta:
        model = Dose
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("exercise") and "level" in data:
            for field, cure in bounds.dose_faults(data["exercise"].slug, data):
                self.add_error(field, ValidationError(_("This %s.") % cure))
        return data


class Ticks(forms.MultipleChoiceField):
    """A list in the database, boxes to tick on the screen."""

    widget = forms.CheckboxSelectMultiple


class PrecautionForm(forms.ModelForm):
    variants = Ticks(label=_("only these variants"), required=False)
    flags = Ticks(label=_("how"), required=False, choices=Flag.choices)

    class Meta:
        model = Precaution
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug = self.instance.exercise.slug if self.instance.exercise_id else ""
        ticks = [(key, key) for key in bounds.variant_keys(slug)]
        self.fields["variants"].choices = ticks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("exercise") and data.get("condition") and data.get("code"):
            found = bounds.precaution_faults(data["exercise"].slug, data["condition"].slug, data)
            for field, cure in found:
                self.add_error(field, ValidationError(_("This %s.") % cure))
        return data


class VariantForm(forms.ModelForm):
    positions = Ticks(label=_("where it can be done"), choices=Position.choices)

    class Meta:
        model = Variant
        fields = "__all__"


class ExerciseForm(forms.ModelForm):
    class Meta:
        model = Exercise
        fields = "__all__"

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        return redrawn(upload) if upload and "picture" in self.changed_data else upload


class NoteInline(LibraryAccess, admin.TabularInline):
    model = Note
    extra = 0


class DoseInline(LibraryAccess, admin.TabularInline):
    model = Dose
    form = DoseForm
    extra = 0


class PrecautionInline(LibraryAccess, admin.StackedInline):
    model = Precaution
    form = PrecautionForm
    extra = 0
    autocomplete_fields = ("references",)

    def get_queryset(self, request: HttpRequest) -> Any:
        related = super().get_queryset(request).select_related("condition", "exercise")
        return related.prefetch_related("references")


class VariantInline(LibraryAccess, admin.TabularInline):
    model = Variant
    form = VariantForm
    fields = ("name", "rung", "order", "steps_link")
    readonly_fields = ("steps_link",)
    extra = 0
    show_change_link = False

    @admin.display(description=_("steps"))
    def steps_link(self, variant: Variant) -> str:
        address = reverse("admin:exercises_variant_change", args=[variant.pk])
        return format_html('<a href="{}">{}</a>', address, _("Edit steps"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StepInline(LibraryAccess, admin.TabularInline):
    model = Step
    extra = 0


@admin.register(Exercise)
class ExerciseAdmin(LibraryAccess, SimpleHistoryAdmin):
    """One screen for an exercise, in the order in which a person meets it."""

    form = ExerciseForm
    list_display = ("name", "kind", "is_extra")
    list_filter = ("kind",)
    search_fields = ("name", "summary")
    filter_horizontal = ("body_areas", "equipment")
    autocomplete_fields = ("references",)
    inlines = (VariantInline, NoteInline, DoseInline, PrecautionInline)
    change_list_template = "admin/exercises/exercise/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.load_view)
        return [path("load/", view, name="exercises_load"), *super().get_urls()]

    def load_view(self, request: HttpRequest) -> HttpResponse:
        """Loads files through the same function as the command: first dry, then for good."""
        if not may_edit(request) or getattr(request.user, "role", "") == "therapist":
            return HttpResponse(_("Only clinic staff load files."), status=403)
        form = LoadForm(request.POST or None, request.FILES or None)
        report = None
        if request.method == "POST" and form.is_valid():
            report = load(
                [(item.name, item.read()) for item in form.cleaned_data["files"]],
                dry_run="load" not in request.POST,
                replace=form.cleaned_data["replace"],
            )
        context = self.admin_site.each_context(request) | {
            "title": _("Load the library from files"),
            "form": form,
            "report": report,
            "is_done": report is not None and not report.faults and "load" in request.POST,
        }
        status = 422 if form.errors or (report and report.faults) else 200
        return render(request, "admin/exercises/load.html", context, status=status)


@admin.register(Variant)
class VariantAdmin(LibraryAccess, SimpleHistoryAdmin):
    form = VariantForm
    list_display = ("name", "exercise", "rung", "order")
    list_filter = ("exercise",)
    list_select_related = ("exercise",)
    inlines = (StepInline,)


class VocabularyAdmin(LibraryAccess, admin.ModelAdmin):
    pass


@admin.register(Reference)
class ReferenceAdmin(VocabularyAdmin):
    search_fields = ("slug", "citation")


admin.site.register([BodyArea, Equipment, Condition], VocabularyAdmin)
