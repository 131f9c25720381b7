"""What is asked before, during and after a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
        choices=[(key, key) for key in ("done", "set", "round", "skip", "easier", "stop")]
    )
    sets_done = forms.IntegerField(min_value=0, max_value=20, required=False)


# What somebody may feel that stops the session at once, and leads to the check for warning signs.
LEG = "leg"
NUMB = "numb"
CHEST = "chest"
DIZZY = "dizzy"
HEAD = "head"
FALL = "fall"
PREGNANCY = "pregnancy"
PELVIC = "pelvic"
STOP_SIGNS = {
    LEG: _("Pain that spreads down my leg"),
    NUMB: _("My leg is weak, or I am numb between the legs"),
    CHEST: _("Chest pain, short of breath, or I feel faint"),
    DIZZY: _("I am dizzy"),
    HEAD: _("A sudden bad headache, or I see badly"),
    FALL: _("I fell"),
    PREGNANCY: _("I am pregnant, and I bleed, leak fluid, or my belly tightens"),
    PELVIC: _("My belly bulges in the middle, I leak pee, or I feel heavy down below"),
}
# Pain of 9 or 10 calls for a clinician on the same day (E5): no exercise on top of it.
TOO_STRONG = 9
# These may not wait for more questions: the page with the number to call comes first.
CALL_AT_ONCE = frozenset({CHEST, HEAD, PREGNANCY})


class StrengthForm(forms.Form):
    """The two rows of numbers that the player may ask for when something hurts."""

    pain = PainField(label=_("How strong is it?"))
    before = PainField(label=_("How was your back before you began?"))


def feelings(asked: Mapping[str, Any] = STOP_SIGNS) -> list[dict[str, Any]]:
    """What and where in one tap: aches and sharp pain first, then what stops the session."""
    ache, sharp = ExerciseRecord.Feeling.ACHE.value, ExerciseRecord.Feeling.SHARP.value
    plain = [
        (ache, "back", _("A dull ache or a pull in my back")),
        (ache, "other", _("A dull ache somewhere else")),
        (sharp, "", _("A sharp pain")),
    ]
    signs = [(key, "", text) for key, text in asked.items()]
    return [
        {"feeling": key, "where": where, "label": label, "sign": key in STOP_SIGNS}
        for key, where, label in [*plain, *signs]
    ]


def signs_for(session: SessionRecord) -> dict[str, Any]:
    """The stop signs to ask of this person: those of pregnancy and after birth where the plan knows."""
    conditions = session.version.plan["active_conditions"]
    left_out = set()
    if not any(key.startswith("pregnan") for key in conditions):
        left_out.add(PREGNANCY)
    if not minds_pelvic_floor(conditions):
        left_out.add(PELVIC)
    return {key: text for key, text in STOP_SIGNS.items() if key not in left_out}


def minds_pelvic_floor(conditions: Iterable[str]) -> bool:
    """Whether doming, leaking and heaviness are asked about (E16): in pregnancy and after birth."""
    return any(key.startswith(("pregnan", "postpartum")) for key in conditions)


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
        signs = signs_for(session).items()
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
