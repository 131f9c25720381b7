"""Finding exercises, and loading them from files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backrelief.forms import CheckboxChips
from exercises.enums import Kind, Position
from exercises.models import BodyArea, ExerciseQuerySet


class FilterForm(forms.Form):
    """Kind, place and body area; within one of them any match counts, between them all must."""

    kind = forms.MultipleChoiceField(
        label=_("Kind"), required=False, choices=Kind.choices, widget=CheckboxChips
    )
    position = forms.MultipleChoiceField(
        label=_("Where"), required=False, choices=Position.choices, widget=CheckboxChips
    )
    area = forms.ModelMultipleChoiceField(
        label=_("Part of the body"),
        required=False,
        queryset=BodyArea.objects.all(),
        to_field_name="slug",
        widget=CheckboxChips,
    )

    def matching(self, exercises: ExerciseQuerySet) -> list[Any]:
        """The exercises that fit; a value that nobody offers is passed over."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("kind"):
            exercises = exercises.filter(kind__in=chosen["kind"])
        if chosen.get("area"):
            exercises = exercises.filter(body_areas__in=chosen["area"]).distinct()
        places = set(chosen.get("position") or Position.values)
        return [
            item
            for item in exercises.prefetch_related("variants")
            if any(places & set(variant.positions) for variant in item.variants.all())
        ]


class MultipleFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files."""

    widget = MultipleFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        return [single(item, initial) for item in (data or [None])]


class LoadForm(forms.Form):
    files = FilesField(  # type: ignore[assignment]  # several files, where Django's field takes one
        label=_("Fixture files (.json)"),
        help_text=_("Choose all files that belong together, such as vocabulary and exercises."),
        error_messages={"required": _("Choose at least one file.")},
    )
    replace = forms.BooleanField(
        label=_("Overwrite what was edited here since the last load"), required=False
    )
