"""What a person may send to change a running program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backrelief.forms import CheckboxCards, RadioCards
from exercises.models import Exercise

LONGEST_PAUSE = timedelta(days=90)
LONGEST_OVERRIDE = timedelta(days=366)


class SeqForm(forms.Form):
    """The number of an event of one's own program."""

    seq = forms.IntegerField(min_value=1)


class UndoForm(SeqForm):
    """Which harder change to take back: an exercise, or ``level``."""

    slug = forms.SlugField()


class MinutesForm(forms.Form):
    """How long a session may be from now on."""

    minutes = forms.IntegerField(min_value=5, max_value=120)


class SwapForm(forms.Form):
    to = forms.ChoiceField(
        label=_("Which one instead?"),
        widget=RadioCards(),
        error_messages={"required": _("Choose one, or go back.")},
    )

    def __init__(self, *args: Any, others: Iterable[Exercise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(others)
        field: Any = self.fields["to"]
        field.choices = [(item.slug, item.name) for item in found]
        field.widget.hints = {item.slug: item.summary for item in found}


class PauseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What comes in between?"),
        choices=[
            ("illness", _("I am ill")),
            ("holiday", _("I am away")),
            ("flare", _("My back is worse")),
            ("other", _("Something else")),
        ],
        widget=RadioCards(
            hints={
                "illness": _("With a fever: wait until you have been well for 2 days."),
                "flare": _("We have a calm plan for that. A few questions come first."),
            }
        ),
        error_messages={"required": _("Choose what fits best.")},
    )
    until = forms.DateField(
        label=_("Until when?"),
        required=False,
        help_text=_("You can come back any day."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Type the date, such as 2026-11-24.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and not self.today < until <= self.today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within 3 months."))
        return until

    @property
    def payload(self) -> dict[str, str]:
        """As the event takes it."""
        until = self.cleaned_data["until"]
        told = {"reason": self.cleaned_data["reason"]}
        return told | ({"until": until.isoformat()} if until else {})


class ReleaseForm(forms.Form):
    """Why a therapist releases the ceiling of levels."""

    why = forms.CharField(max_length=2000)


class OverrideForm(forms.Form):
    """Which variants a therapist allows in spite of a condition, why, and until when."""

    variants = forms.MultipleChoiceField(
        label=_("Which variants?"),
        widget=CheckboxCards(),
        error_messages={"required": _("Choose at least one variant.")},
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why. It is kept in the record.")},
    )
    until = forms.DateField(
        label=_("Until when?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("At most a year. Then the rule holds again."),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Type the date, such as 2026-11-24."),
        },
    )

    def __init__(self, *args: Any, exercise: Exercise, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field: Any = self.fields["variants"]
        field.choices = [(v.key, v.name) for v in exercise.variants.all()]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today < until <= self.today + LONGEST_OVERRIDE:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within a year."))
        return until

    @property
    def payload(self) -> dict[str, Any]:
        """As the event takes it."""
        data = self.cleaned_data
        until = data["until"].isoformat()
        return {"variants": data["variants"], "why": data["why"], "until": until}
