"""The pain entry: a number, the short check in one tap, and what else one likes to say."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backrelief.forms import PainField, RadioCards

SIGNS = (
    _("numbness between your legs"),
    _("a change in how you pee or poo"),
    _("a weak leg, or signs in both legs"),
    _("unsteady walking"),
    _("fever"),
    _("anything else that worries you"),
)
EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 - compared with times of the person's own clock


class EntryForm(forms.Form):
    """Pain now or earlier. ``zone`` is where the person's clock is."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    pain = PainField(label=_("How is your back?"))
    signs = forms.ChoiceField(
        label=_("Is any of these new?"),
        choices=[("none", _("None of these is new")), ("new", _("Something is new"))],
        widget=RadioCards(),
        error_messages={"required": _("Tap one: none is new, or something is new.")},
    )
    when = forms.DateTimeField(
        label=_("When?"),
        required=False,
        help_text=_("Leave it as it is for now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={"invalid": _("Type day and time, such as 2026-11-24 08:30.")},
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("token", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()

    def clean_when(self) -> datetime:
        """The moment in the person's own zone; empty means now."""
        value = self.cleaned_data["when"]
        if value is None:
            return timezone.now()
        moment = value.replace(tzinfo=self.zone)
        if moment > timezone.now() + timedelta(minutes=5):
            raise forms.ValidationError(_("This is in the future. Choose now or an earlier time."))
        if value.replace(tzinfo=None) < EARLIEST:
            raise forms.ValidationError(_("This is too long ago. Check the year."))
        return moment


class EditForm(EntryForm):
    """An entry's change; the short check belongs to new entries."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["signs"]
