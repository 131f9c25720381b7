"""The form for a week from paper: numbers in small fields, so that it is typed in a minute."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backrelief.forms import CheckboxChips
from progress.paper import PaperDay, TypedSession, TypedWeek
from progress.short_check import ShortCheckField

ZERO_TO_TEN = gettext_lazy("Type a whole number from 0 to 10.")


class SmallNumber(forms.IntegerField):
    """A whole number from 0 to 10, typed."""

    default_error_messages = {"invalid": ZERO_TO_TEN}

    def __init__(self, label: str) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "min": 0, "max": 10}
        super().__init__(
            label=label,
            required=False,
            widget=forms.NumberInput(attrs=attrs),
            validators=[MinValueValidator(0, ZERO_TO_TEN), MaxValueValidator(10, ZERO_TO_TEN)],
        )


class PaperWeekForm(forms.Form):
    """Sessions and pain of one week. ``exercises`` are the plan's slugs with their names."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    signs = ShortCheckField()

    def __init__(
        self,
        days: Iterable[PaperDay],
        exercises: Iterable[tuple[str, str]],
        data: Any = None,
    ) -> None:
        super().__init__(data, initial={"token": uuid.uuid4()})
        self.exercises = list(exercises)
        self.days = list(days)
        self.session_days = [d.day for d in self.days if d.is_planned and not d.is_recorded]
        for day in self.session_days:
            self._add_session(day)
        for paper_day in self.days:
            self.fields[f"pain-{paper_day.day}"] = SmallNumber(named(paper_day.day))

    def _add_session(self, day: date) -> None:
        self.fields[f"done-{day}"] = forms.BooleanField(label=_("Done"), required=False)
        self.fields[f"before-{day}"] = SmallNumber(_("Pain before"))
        self.fields[f"after-{day}"] = SmallNumber(_("Pain after"))
        self.fields[f"effort-{day}"] = SmallNumber(_("How hard"))
        self.fields[f"did-{day}"] = forms.MultipleChoiceField(
            label=_("Which exercises did you do?"),
            choices=self.exercises,
            initial=[slug for slug, _name in self.exercises],
            required=False,
            widget=CheckboxChips(),
        )

    def sessions(self) -> list[dict[str, Any]]:
        """The fields of each session, for the page."""
        return [{"day": day, **self._fields_of(day)} for day in self.session_days]

    def _fields_of(self, day: date) -> dict[str, BoundField]:
        names = ("done", "before", "after", "effort", "did")
        return {name: self[f"{name}-{day}"] for name in names}

    def pains(self) -> list[BoundField]:
        return [self[f"pain-{paper_day.day}"] for paper_day in self.days]

    def clean(self) -> dict[str, Any]:
        """A ticked session needs its two numbers; numbers without a tick are a session too."""
        data = super().clean() or self.cleaned_data
        for day in self.session_days:
            if self._is_done(data, day):
                self._need(data, day)
        pains = [data.get(f"pain-{d.day}") for d in self.days]
        sessions = [day for day in self.session_days if self._is_done(data, day)]
        if not self.errors and not sessions and all(pain is None for pain in pains):
            raise forms.ValidationError(_("Nothing is typed in yet."))
        return data

    def _is_done(self, data: dict[str, Any], day: date) -> bool:
        numbers = ("before", "after", "effort")
        typed = any(data.get(f"{name}-{day}") is not None for name in numbers)
        return bool(data.get(f"done-{day}")) or typed

    def _need(self, data: dict[str, Any], day: date) -> None:
        where = {"day": named(day)}
        if data.get(f"after-{day}") is None and f"after-{day}" not in self.errors:
            self.add_error(f"after-{day}", _("%(day)s: type the pain after, from 0 to 10.") % where)
        if data.get(f"effort-{day}") is None and f"effort-{day}" not in self.errors:
            self.add_error(
                f"effort-{day}", _("%(day)s: type how hard it was, from 0 to 10.") % where
            )
        if not data.get(f"did-{day}"):
            self.add_error(f"did-{day}", _("%(day)s: tick what you did.") % where)

    def week(self) -> TypedWeek:
        """What was typed, once the form is valid."""
        data = self.cleaned_data
        pains = {d.day: data[f"pain-{d.day}"] for d in self.days}
        return TypedWeek(
            sessions=tuple(
                self._session(day) for day in self.session_days if self._is_done(data, day)
            ),
            pains={day: pain for day, pain in pains.items() if pain is not None},
            short_check=data["signs"],
        )

    def _session(self, day: date) -> TypedSession:
        data = self.cleaned_data
        return TypedSession(
            day,
            data[f"before-{day}"],
            data[f"after-{day}"],
            data[f"effort-{day}"],
            frozenset(data[f"did-{day}"]),
        )


def named(day: date) -> str:
    """ "Mon, Nov 23", as everywhere."""
    return date_format(day, "D, M j")
