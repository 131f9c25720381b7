"""The short check for warning signs: six lines and one tap, wherever the back is asked about."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from backrelief.accounts.models import User
from backrelief.forms import RadioCards
from programs.standing import record_something_new
from progress.telling import tell_fall

SIGNS: Final = (
    _("numbness between your legs"),
    _("a change in how you pee or poo"),
    _("a weak leg, or signs in both legs"),
    _("unsteady walking"),
    _("fever"),
    _("a fall, or anything else that worries you"),
)
NONE, FALL, NEW = "none", "fall", "new"
ANSWERS: Final = (
    (NONE, _("None of these is new")),
    (FALL, _("I had a fall")),
    (NEW, _("Something else is new")),
)


class ShortCheckField(forms.ChoiceField):
    """Whether one of the six lines is new; it may not be left out."""

    def __init__(self, **kwargs: Any) -> None:
        required = _("Tap one: none is new, a fall, or something else is new.")
        super().__init__(
            label=_("Is any of these new?"),
            choices=ANSWERS,
            widget=RadioCards(),
            error_messages={"required": required},
            **kwargs,
        )


def asks_for_check(answer: str) -> bool:
    """Whether the full check comes first."""
    return answer in (FALL, NEW)


def hear_short_check(patient: User, answer: str, day: date, token: str) -> bool:
    """Holds sessions until the full check where something is new; a fall is told too, once a token.

    True where the check comes first.
    """
    if answer == FALL:
        tell_fall(patient, day, token)
    if asks_for_check(answer):
        record_something_new(patient)
    return asks_for_check(answer)
