"""The questions of the measures, in our own words; a loaded measure brings its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backrelief.forms import CheckboxCards, NumberScale, RadioCards, RadioChips, ScaleField
from progress.models import Activity, Goal, LoadedMeasure

LONGEST = 120
OVERALL_CHANGE = (
    (3, _("Very much better")),
    (2, _("Much better")),
    (1, _("A little better")),
    (0, _("The same")),
    (-1, _("A little worse")),
    (-2, _("Much worse")),
    (-3, _("Very much worse")),
)


class AbilityScale(NumberScale):
    """How well something goes, 0 to 10; more is better."""

    kind = "effort"
    ends = (_("I can't do it"), _("As well as before"))
    bands = (
        ("0", _("I can't do it."), _("Not at all right now.")),
        ("1-3", _("Hardly."), _("It is very hard for me.")),
        ("4-6", _("In part."), _("I can do some of it.")),
        ("7-8", _("Quite well."), _("It goes, with some care.")),
        ("9-10", _("Well."), _("As before my back hurt, or nearly.")),
    )


class NearScale(NumberScale):
    """How near a goal is, 0 to 10."""

    kind = "effort"
    ends = (_("Far away"), _("I am there"))
    bands = (
        ("0", _("Far away."), _("Not started yet.")),
        ("1-3", _("On the way."), _("The first steps.")),
        ("4-6", _("Halfway."), _("Some of it goes.")),
        ("7-8", _("Near."), _("Most of it goes.")),
        ("9-10", _("There, or nearly."), _("I can say that I do it.")),
    )


class TokenForm(forms.Form):
    """A form that may be sent twice and counts once."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"token": uuid.uuid4()})

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()


class RatingsForm(TokenForm):
    """A scale for each activity; one at least is needed."""

    def __init__(self, activities: Iterable[Activity], data: Any = None) -> None:
        super().__init__(data)
        self.activities = list(activities)
        for activity in self.activities:
            self.fields[f"rating_{activity.pk}"] = ScaleField(
                label=activity.words, widget=AbilityScale(), may_be_emptied=True
            )

    @property
    def ratings(self) -> dict[Activity, int | None]:
        return {item: self.cleaned_data.get(f"rating_{item.pk}") for item in self.activities}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and all(value is None for value in self.ratings.values()):
            raise forms.ValidationError(_("Rate one of them at least, from 0 to 10."))
        return data


class OverallForm(TokenForm):
    answer = forms.TypedChoiceField(
        label=_("Since you began the program, your back problem is:"),
        choices=OVERALL_CHANGE,
        coerce=int,
        widget=RadioCards(),
        error_messages={"required": _("Choose the answer that fits best.")},
    )


class LoadedForm(TokenForm):
    """The items of a loaded measure: ticks for the RMDQ (never yes or no), numbers for others."""

    def __init__(self, measure: LoadedMeasure, data: Any = None) -> None:
        super().__init__(data)
        self.measure = measure
        self.items: list[dict[str, Any]] = measure.definition["items"]
        if self.is_ticked:
            self.fields["ticks"] = forms.MultipleChoiceField(
                label=_("Tick each one that is true today"),
                choices=[(item["key"], item["text"]) for item in self.items],
                widget=CheckboxCards(),
                required=False,
            )
        else:
            for item in self.items:
                self.fields[f"item_{item['key']}"] = self._number(item)

    @property
    def is_ticked(self) -> bool:
        return self.measure.key == "rmdq"

    def _number(self, item: dict[str, Any]) -> forms.Field:
        is_needed = self.measure.key == "peg"
        if self.measure.key == "peg":
            low, high = 0, 10
        else:
            scoring = self.measure.definition["scoring"]
            low, high = scoring["low"], scoring["high"]
        choices = [(number, str(number)) for number in range(low, high + 1)]
        widget: Any = RadioChips()
        if (low, high) == (0, 10):
            widget = AbilityScale()
            widget.ends, widget.bands = tuple(item.get("ends", ("", ""))), ()
        return ScaleField(
            label=item["text"], choices=choices, widget=widget, may_be_emptied=not is_needed
        )

    @property
    def answers(self) -> dict[str, int | bool | None]:
        """What was answered, by the item's key."""
        if self.is_ticked:
            return {item["key"]: item["key"] in self.cleaned_data["ticks"] for item in self.items}
        return {item["key"]: self.cleaned_data.get(f"item_{item['key']}") for item in self.items}


class WordsForm(forms.Form):
    """A goal or an activity, in the person's own words."""

    words = forms.CharField(label=_("In your own words"), max_length=LONGEST)

    def __init__(self, data: Any = None, *, label: Any = None, hint: Any = "") -> None:
        super().__init__(data)
        self.fields["words"].label = label or self.fields["words"].label
        self.fields["words"].help_text = hint

    def clean_words(self) -> str:
        return " ".join(self.cleaned_data["words"].split())


class NearForm(forms.Form):
    """How near each goal is; each may be left out."""

    def __init__(self, goals: Iterable[Goal], data: Any = None) -> None:
        super().__init__(data)
        self.goals = list(goals)
        for goal in self.goals:
            self.fields[f"near_{goal.pk}"] = ScaleField(
                label=goal.words, widget=NearScale(), may_be_emptied=True
            )

    @property
    def ratings(self) -> dict[Goal, int]:
        told = {goal: self.cleaned_data.get(f"near_{goal.pk}") for goal in self.goals}
        return {goal: value for goal, value in told.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.ratings:
            raise forms.ValidationError(_("Say it of one of them at least, from 0 to 10."))
        return data
