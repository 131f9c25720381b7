"""The forms of the page "My data"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backrelief.accounts.models import User
from progress.export.reading import MOST_BYTES, RecordFault, record_from


class ImportForm(forms.Form):
    """A record that was saved from another installation."""

    record = forms.FileField(
        label=_("Your saved record"),
        help_text=_("The file ends in .json."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file that you saved.")},
    )

    def clean_record(self) -> dict[str, Any]:
        """The record in the file."""
        file = self.cleaned_data["record"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large to be a record."))
        try:
            return record_from(file.read())
        except RecordFault as fault:
            raise forms.ValidationError(str(fault)) from fault


class LeaveForm(forms.Form):
    """Asks for the password once more, so that nobody at an open screen can do it."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not your password. Try again."))
        return password
