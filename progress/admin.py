"""The slots for measures in Django's admin: clinic staff load their text; no patient data here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from exercises.admin import may_edit, may_load
from progress.measure_files import LARGEST_BYTES, load
from progress.measuring import refresh_everybody
from progress.models import LoadedMeasure


class MeasureFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("JSON, with the items and how the owner allows them.")
    )


@admin.register(LoadedMeasure)
class LoadedMeasureAdmin(admin.ModelAdmin):
    """What is loaded, and the switch that a therapist may turn."""

    list_display = ("title", "key", "is_on", "loaded_at")
    fields = ("key", "title", "is_on", "source", "licence", "loaded_at", "loaded_by", "digest")
    readonly_fields = ("key", "title", "source", "licence", "loaded_at", "loaded_by", "digest")
    change_list_template = "admin/progress/loadedmeasure/change_list.html"

    @admin.display(description=_("source"))
    def source(self, measure: LoadedMeasure) -> str:
        return str(measure.definition["source"])

    @admin.display(description=_("license"))
    def licence(self, measure: LoadedMeasure) -> str:
        return str(measure.definition["licence"])

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_edit(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        refresh_everybody()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.load_view)
        return [path("load/", view, name="progress_load_measure"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {**(extra_context or {}), "may_load": may_load(request)}
        return super().changelist_view(request, context)

    def load_view(self, request: HttpRequest) -> HttpResponse:
        """Loads a file through the same function as the command: first dry, then for good."""
        if not may_load(request):
            return HttpResponse(_("Only clinic staff load files."), status=403)
        form = MeasureFileForm(request.POST or None, request.FILES or None)
        report, is_for_good = None, "load" in request.POST
        if request.method == "POST" and form.is_valid():
            content = form.cleaned_data["file"].read(LARGEST_BYTES + 1)
            report = load(content, dry_run=not is_for_good, by=request.user)  # type: ignore[arg-type]  # a view for signed-in people
            if is_for_good and not report.faults:
                refresh_everybody()
        context = self.admin_site.each_context(request) | {
            "title": _("Load a measure from a file"),
            "form": form,
            "report": report,
            "is_done": report is not None and not report.faults and is_for_good,
        }
        status = 422 if form.errors or (report and report.faults) else 200
        return render(request, "admin/exercises/load.html", context, status=status)
