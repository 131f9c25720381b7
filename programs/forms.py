"""One form for every screen, made from its questions, and the forms of plan and assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backrelief.forms import CheckboxCards, PainField, RadioCards, RadioChips
from programs.intake_steps import DAYS
from programs.models import ClinicalRecord
from programs.questionnaire import questions_of
from programs.questions import YES_NO, Question, Replies, Step

NONE_CARD = "none_of_these"


def field_for(question: Question) -> forms.Field:
    """The form field of a question, with its "why we ask" at hand for the template."""
    shared = {
        "label": question.label,
        "help_text": question.hint,
        "required": question.is_required and question.kind not in ("yes_no", "tick", "text"),
    }
    field = _FIELDS[question.kind](question, shared)
    field.why = question.why  # type: ignore[attr-defined]  # read by the field's template
    # Answered here or by the "none of these" card, but never passed over.
    field.needs_answer = question.is_required and question.kind == "yes_no"  # type: ignore[attr-defined]  # read by the field's template
    return field


def _yes_no(question: Question, shared: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=YES_NO, widget=RadioChips, **shared)


def _choice(question: Question, shared: dict[str, Any]) -> forms.Field:
    widget = RadioCards(hints=question.hints)
    errors = {"required": _("Choose the answer that fits best.")}
    return forms.ChoiceField(
        choices=question.choices, widget=widget, error_messages=errors, **shared
    )


def _ticks(question: Question, shared: dict[str, Any]) -> forms.Field:
    widget = CheckboxCards(hints=question.hints, apart={question.apart} if question.apart else ())
    errors = {"required": _("Choose at least one. The last card means none of them.")}
    if not question.apart:
        errors = {"required": _("Choose at least one.")}
    return OneOrNoneField(choices=question.choices, widget=widget, error_messages=errors, **shared)


def _number(question: Question, shared: dict[str, Any]) -> forms.Field:
    message = _("Type a whole number from %(low)s to %(high)s.") % {
        "low": question.low,
        "high": question.high,
    }
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), message)
    return forms.IntegerField(
        min_value=question.low,
        max_value=question.high,
        error_messages=errors,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input input--short"}),
        **shared,
    )


def _text(question: Question, shared: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=question.high, **shared)


_FIELDS = {
    "yes_no": _yes_no,
    "choice": _choice,
    "ticks": _ticks,
    "number": _number,
    "text": _text,
    "pain": lambda question, shared: PainField(**shared),
    "tick": lambda question, shared: forms.BooleanField(**shared),
}


class OneOrNoneField(forms.MultipleChoiceField):
    """Any number of choices, but not "none" beside another."""

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if "none" in value and len(value) > 1:
            raise forms.ValidationError(
                _("“None” does not go with another answer. Take one of them off.")
            )


class StepForm(forms.Form):
    """A screen. Its "none of these" card says *no* to every question shown; nothing passes by accident."""

    def __init__(self, step: Step, replies: Replies, data: Any = None) -> None:
        given = replies.get(step.key, {})
        super().__init__(data, initial=self._initial(step, given))
        self.questions = questions_of(step, replies)
        for question in self.questions:
            self.fields[question.name] = field_for(question)
        self.has_none_card = step.has_none_card
        if step.has_none_card:
            self.fields[NONE_CARD] = forms.BooleanField(
                required=False,
                label=_("None of these"),
                help_text=_("No to every question above"),
            )

    @staticmethod
    def _initial(step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
        asked = [given.get(q.name) for q in step.questions if q.name in given]
        all_no = step.has_none_card and bool(asked) and set(asked) == {"no"}
        return {NONE_CARD: True} if all_no else dict(given)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        none = data.pop(NONE_CARD, False)
        yes_no = [q.name for q in self.questions if q.kind == "yes_no" and q.is_required]
        if none and any(data.get(name) in ("yes", "not_sure") for name in yes_no):
            text = _("You chose “None of these” and another answer. Take one of them off.")
            self.add_error(NONE_CARD, text)
        for name in yes_no:
            if none:
                data[name] = "no"
            elif not data.get(name) and name not in self.errors:
                self.add_error(name, _("We need an answer here: yes, no or not sure."))
        return data

    @property
    def replies(self) -> dict[str, Any]:
        """The replies as they are kept."""
        return {name: value for name, value in self.cleaned_data.items() if name != NONE_CARD}


class DaysForm(forms.Form):
    days = forms.MultipleChoiceField(
        label=_("Which days suit you?"),
        choices=DAYS,
        widget=CheckboxCards(),
        error_messages={"required": _("Choose at least one day.")},
    )


def _no_future(day: Any, today: Any) -> Any:
    if day and day > today:
        raise forms.ValidationError(
            _("This date is in the future. Choose today or an earlier day.")
        )
    return day


class AssessmentForm(forms.Form):
    """A therapist's record: an assessment that lifts locks or gives exercises back, or a permission.

    ``rules`` are what an assessment can lift, each with its words.
    """

    kind = forms.ChoiceField(
        label=_("What do you record?"),
        choices=[
            ("assessment", _("An assessment: the warning sign was checked")),
            ("permission", _("A permission: the person may exercise")),
        ],
        widget=RadioCards(),
    )
    by = forms.ChoiceField(
        label=_("Who assessed or allowed it?"),
        choices=[item for item in ClinicalRecord.By.choices if item[0] != "self"],
        widget=RadioCards(),
    )
    professional = forms.CharField(label=_("Name of the professional"), max_length=120)
    date = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Type the date, such as 2026-11-24.")},
    )
    lifts = forms.MultipleChoiceField(
        label=_("Which rules does it lift?"), required=False, widget=CheckboxCards()
    )
    outcome = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, rules: list[tuple[str, str]], today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["lifts"].choices = rules  # type: ignore[attr-defined]  # a field with choices, typed as any field
        if not rules:
            del self.fields["lifts"]

    def clean_date(self) -> Any:
        return _no_future(self.cleaned_data["date"], self.today)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        lifts = data.setdefault("lifts", [])
        if data.get("kind") == "assessment" and "lifts" in self.fields and not lifts:
            self.add_error("lifts", _("Choose the rules that were assessed."))
        if data.get("kind") == "permission":
            data["lifts"] = []
        return data


class ContactForm(forms.Form):
    """The person's own note of having seen somebody. It lifts urgent rules only."""

    profession = forms.ChoiceField(
        label=_("Whom did you see or call?"),
        choices=[
            ("doctor", _("A doctor")),
            ("nurse", _("A nurse")),
            ("therapist", _("A physical therapist")),
            ("midwife", _("A midwife")),
        ],
        widget=RadioCards(),
    )
    professional = forms.CharField(label=_("Their name or practice"), max_length=120)
    date = forms.DateField(
        label=_("When?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Type the date, such as 2026-11-24.")},
    )
    outcome = forms.CharField(
        label=_("What did they say?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_date(self) -> Any:
        return _no_future(self.cleaned_data["date"], self.today)
