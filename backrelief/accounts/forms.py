"""Signing up, settings, and the link between a patient and a therapist."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backrelief.accounts.models import User
from backrelief.accounts.signing_forms import OurWords


class SignUpForm(OurWords, SignupForm):
    """An account: only what is needed to keep a program, and the consent to keep it."""

    name = forms.CharField(
        label=_("What shall we call you?"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    consent = forms.BooleanField(
        label=_("You may store my health answers, to make and adapt my plan."),
        error_messages={
            "required": _(
                "Tick this box if we may store your answers. Without it we can't keep a plan."
            )
        },
    )
    time_zone = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""})
    )
    field_order = ["name", "email", "password1", "consent"]
    labels = OurWords.labels | {"password1": _("Password")}

    def clean_time_zone(self) -> str:
        """The browser's time zone; one that nobody knows is dropped, and the clinic's is used."""
        name = self.cleaned_data["time_zone"]
        return name if name in available_timezones() else ""

    def save(self, request: HttpRequest) -> User:
        user = super().save(request)
        user.name = self.cleaned_data["name"]
        user.time_zone = self.cleaned_data["time_zone"]
        user.consented_at = timezone.now()
        user.save(update_fields=["name", "time_zone", "consented_at"])
        return user


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "time_zone", "theme"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), required=False, choices=[("", _("As the clinic")), *zones]
        )


class CareLinkForm(forms.Form):
    """Asks for a link by e-mail address. The answer never tells whether the address is known."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Type the whole address, such as name@example.org.")},
    )
