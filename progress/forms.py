"""What is asked before, during and after a session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backrelief.forms import EffortField, PainField, RadioCards
from progress.models import ExerciseRecord, SessionRecord


class StartForm(forms.Form):
    """How the back is before a session: one tap, and it may be passed over."""

    pain_before = PainField(
        label=_("How is your back right now?"),
        required=False,
        help_text=_("It helps us tell an ache from a warning."),
    )
    # Fewer minutes than planned, for today alone.
    minutes = forms.IntegerField(min_value=5, max_value=60, required=False)


class StepForm(forms.Form):
    """What was done with an exercise."""

    exercise = forms.SlugField()
    action = forms.ChoiceField(
        choices=[(key, key) for key in ("done", "set", "skip", "easier", "stop")]
    )
    sets_done = forms.IntegerField(min_value=0, max_value=20, required=False)


# What somebody may feel that stops the session at once, and leads to the check for warning signs.
LEG = "leg"
NUMB = "numb"
CHEST = "chest"
HEAD = "head"
PREGNANCY = "pregnancy"
STOP_SIGNS = {
    LEG: _("Pain that spreads down my leg"),
    NUMB: _("My leg is weak, or I am numb between the legs"),
    CHEST: _("Chest pain, short of breath, or I feel faint"),
    HEAD: _("A sudden bad headache, or I see badly"),
    PREGNANCY: _("I am pregnant, and I bleed, leak fluid, or my belly tightens"),
}
# These may not wait for more questions: the page with the number to call comes first.
CALL_AT_ONCE = frozenset({CHEST, HEAD, PREGNANCY})


class StrengthForm(forms.Form):
    """The two rows of numbers that the player may ask for when something hurts."""

    pain = PainField(label=_("How strong is it?"))
    before = PainField(label=_("How was your back before you began?"))


def feelings(*, may_be_pregnant: bool) -> list[dict[str, Any]]:
    """What and where in one tap: aches and sharp pain first, then what stops the session."""
    ache, sharp = ExerciseRecord.Feeling.ACHE.value, ExerciseRecord.Feeling.SHARP.value
    plain = [
        (ache, "back", _("A dull ache or a pull in my back")),
        (ache, "other", _("A dull ache somewhere else")),
        (sharp, "", _("A sharp pain")),
    ]
    signs = [(key, "", text) for key, text in STOP_SIGNS.items()]
    asked = [item for item in signs if item[0] != PREGNANCY or may_be_pregnant]
    return [
        {"feeling": key, "where": where, "label": label, "sign": key in STOP_SIGNS}
        for key, where, label in [*plain, *asked]
    ]


def may_be_pregnant(session: SessionRecord) -> bool:
    """Whether the plan knows of a pregnancy: then its own signs are asked for too."""
    return any(key.startswith("pregnan") for key in session.version.plan["active_conditions"])


class HurtsForm(forms.Form):
    """What hurts and how much, before anything is offered."""

    feeling = forms.ChoiceField(
        label=_("What do you feel?"),
        widget=RadioCards(apart=STOP_SIGNS),
        error_messages={"required": _("Choose what you feel.")},
    )
    pain = PainField(
        label=_("How strong is it?"),
        error_messages={"required": _("Choose how strong it is, from 0 to 10.")},
    )
    before = PainField(label=_("How was your back before you began?"))

    def __init__(self, session: SessionRecord, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = may_be_pregnant(session)
        signs = [item for item in STOP_SIGNS.items() if item[0] != PREGNANCY or asks]
        self.fields["feeling"].choices = [*ExerciseRecord.Feeling.choices, *signs]  # type: ignore[attr-defined]  # a field with choices, typed as any field
        if session.pain_before is not None:
            del self.fields["before"]

    @property
    def stop_sign(self) -> str:
        """The stop sign that was told, or nothing."""
        feeling = self.cleaned_data["feeling"]
        return feeling if feeling in STOP_SIGNS else ""

    def clean(self) -> dict[str, Any]:
        """A stop sign needs no numbers: whoever tells one is not held up by them."""
        data = super().clean() or self.cleaned_data
        if data.get("feeling") in STOP_SIGNS:
            for name in ("pain", "before"):
                self.errors.pop(name, None)
        return data


class FinishForm(forms.Form):
    """How it went: pain, effort, and whatever is worth keeping."""

    pain_after = PainField(label=_("How is your back now?"))
    effort = EffortField(label=_("How hard was it?"))
    note = forms.CharField(
        label=_("Anything to remember?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your therapist can read it, if you have one here."),
    )

    def __init__(self, session: SessionRecord, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if session.pain_before is not None:
            self.fields["pain_after"].help_text = _("You said %(n)s before you began.") % {
                "n": session.pain_before
            }
