"""What a therapist decides on a record."""

from __future__ import annotations

from typing import Any

from django import forms


class AlertForm(forms.Form):
    """Seen, or closed; closing needs a few words on what was done."""

    action = forms.ChoiceField(choices=[("seen", "seen"), ("close", "close")])
    note = forms.CharField(max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("action") == "close" and not data.get("note"):
            self.add_error("note", "required")
        return data
