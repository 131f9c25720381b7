"""Forms of the library's admin screens: what the rule set does not allow is refused here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises import bounds
from exercises.enums import Flag, Position
from exercises.models import Dose, Exercise, Precaution, Variant
from exercises.pictures import redrawn


class Ticks(forms.MultipleChoiceField):
    """A list in the database, boxes to tick on the screen."""

    widget = forms.CheckboxSelectMultiple


class PictureField(forms.FileField):
    """An upload that is drawn anew before anything else looks at it."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        return redrawn(upload) if data else upload


def add_faults(form: forms.ModelForm, faults: Iterable[tuple[str, str]]) -> None:
    """Puts each cure at its field, or above the form where the form has no such field."""
    for field, cure in faults:
        shown = field if field in form.fields else None
        form.add_error(shown, ValidationError(gettext("This %s.") % cure))


class ExerciseForm(forms.ModelForm):
    picture = PictureField(label=_("picture"), required=False)

    class Meta:
        model = Exercise
        fields = "__all__"


class VariantForm(forms.ModelForm):
    positions = Ticks(label=_("where it can be done"), choices=Position.choices)

    class Meta:
        model = Variant
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        exercise = data.get("exercise") or getattr(self.instance, "exercise", None)
        key = data.get("key") or self.instance.key
        wanted = dict(bounds.ladder(exercise.slug)).get(key) if exercise else None
        if wanted and data.get("rung") and data["rung"] != wanted:
            add_faults(self, [("rung", f"must be {wanted}, as in the rule set")])
        return data


class DoseForm(forms.ModelForm):
    class Meta:
        model = Dose
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("exercise") and "level" in data:
            add_faults(self, bounds.dose_faults(data["exercise"].slug, data))
        return data


class PrecautionForm(forms.ModelForm):
    variants = Ticks(label=_("only these variants"), required=False)
    flags = Ticks(label=_("how"), required=False, choices=Flag.choices)

    class Meta:
        model = Precaution
        fields = "__all__"

    def __init__(self, *args: Any, slug: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticks = [(key, key) for key in bounds.variant_keys(slug)]
        self.fields["variants"].choices = ticks  # type: ignore[attr-defined]  # a field with choices, typed as any field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("exercise") and data.get("condition") and data.get("code"):
            exercise, condition = data["exercise"].slug, data["condition"].slug
            add_faults(self, bounds.precaution_faults(exercise, condition, data))
        return data


def _remaining(formset: BaseInlineFormSet) -> list[dict[str, Any]]:
    """What the rows will say once they are saved."""
    rows = [form for form in formset.forms if form not in formset.deleted_forms]
    return [form.cleaned_data for form in rows if getattr(form, "cleaned_data", None)]


class PrecautionFormSet(BaseInlineFormSet):
    """Keeps a row for each condition of the matrix: a row taken away is a loosened one."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "slug": self.instance.slug}

    def clean(self) -> None:
        super().clean()
        conditions = [row["condition"].slug for row in _remaining(self) if row.get("condition")]
        missing = bounds.missing_precautions(self.instance.slug, conditions)
        if missing and not any(self.errors):
            message = gettext("The rule set has a precaution for %s; keep one here.")
            raise ValidationError(message % ", ".join(missing))


class DoseFormSet(BaseInlineFormSet):
    """Keeps a dose for each level."""

    def clean(self) -> None:
        super().clean()
        levels = [row["level"] for row in _remaining(self) if not row.get("variant")]
        missing = bounds.missing_doses(self.instance.slug, levels)
        if missing and not any(self.errors):
            message = gettext("Keep one dose for all variants at level %s.")
            raise ValidationError(message % ", ".join(map(str, missing)))
