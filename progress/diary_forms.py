"""The pain entry: a number, the short check in one tap, and what else one likes to say."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backrelief.forms import (
    NO_ANSWER,
    CheckboxCards,
    CheckboxChips,
    PainField,
    RadioCards,
    RadioChips,
)
from progress.models import FEELINGS, DiaryEntry
from progress.short_check import ShortCheckField

AREAS = {
    "upper-back": _("Upper back"),
    "mid-back": _("Middle back"),
    "low-back": _("Lower back"),
    "buttock": _("Buttock or hip"),
    "left-leg": _("Left leg"),
    "right-leg": _("Right leg"),
}
DOINGS = {
    "walked": _("Walked"),
    "housework": _("Housework"),
    "gardened": _("Gardened"),
    "worked": _("Worked"),
    "lifted": _("Lifted"),
    "long-sit": _("Long sit"),
    "long-stand": _("Long stand"),
    "sport": _("Swam, cycled or other sport"),
    "rested": _("Rested"),
    "stress": _("Stressful day"),
}
# Asked of people who are pregnant, gave birth not long ago, or have a gap in the belly wall (E16).
PELVIC_SIGNS = {
    "doming": _("My belly bulges in the middle"),
    "leaking": _("I leak pee"),
    "heaviness": _("I feel heavy down below"),
}
EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 - compared with times of the person's own clock
# The folded parts of the page, with the fields that each holds.
FOLDS = {
    "sleep": ("sleep", "sleep_lost_to_pain", "mood"),
    "did": ("did", "cannot_do_daily_tasks"),
    "where": ("areas", "leg_symptoms", "pelvic"),
    "week": ("average", "worst"),
    "note": ("note", "when"),
}


def choice(label: Any, choices: Any, widget: forms.Widget) -> forms.ChoiceField:
    """One of a few answers that may be left out, and taken back."""
    return forms.ChoiceField(
        label=label, choices=[*choices, NO_ANSWER], widget=widget, required=False
    )


class EntryForm(forms.Form):
    """Pain now or earlier. ``zone`` is where the person's clock is."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    pain = PainField(label=_("How is your back?"))
    signs = ShortCheckField()
    sleep = choice(
        _("How did you sleep?"),
        list(reversed(DiaryEntry.Sleep.choices)),
        RadioCards(icons={"poor": "cloud-moon", "broken": "moon", "good": "moon-star"}),
    )
    sleep_lost_to_pain = forms.BooleanField(label=_("Pain kept me awake"), required=False)
    mood = choice(_("How is your mood?"), DiaryEntry.Mood.choices, RadioChips())
    did = forms.MultipleChoiceField(
        label=_("What did you do?"),
        choices=list(DOINGS.items()),
        widget=CheckboxChips(),
        required=False,
    )
    cannot_do_daily_tasks = forms.BooleanField(
        label=_("I could not do my usual daily tasks"), required=False
    )
    areas = forms.MultipleChoiceField(
        label=_("Where do you feel it?"),
        choices=list(AREAS.items()),
        widget=CheckboxCards(),
        required=False,
        help_text=_("Choose every place. The picture shows your back from behind."),
    )
    leg_symptoms = choice(
        _("Pain or tingling in your leg: has it moved?"),
        DiaryEntry.LegSymptoms.choices,
        RadioChips(),
    )
    pelvic = forms.MultipleChoiceField(
        label=_("When you move or strain, do you notice any of these?"),
        choices=list(PELVIC_SIGNS.items()),
        widget=CheckboxChips(),
        required=False,
    )
    average = PainField(label=_("On average, over the last 7 days"), may_be_emptied=True)
    worst = PainField(label=_("At its worst, in the last 7 days"), may_be_emptied=True)
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
        kwargs["initial"] = {"token": uuid.uuid4()} | (kwargs.get("initial") or {})
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

    def clean(self) -> dict[str, Any]:
        """The average of a week cannot be above its worst."""
        data = super().clean() or self.cleaned_data
        average, worst = data.get("average"), data.get("worst")
        if average is not None and worst is not None and average > worst:
            self.add_error("worst", _("The worst cannot be less than the average."))
        return data

    @property
    def feelings(self) -> dict[str, Any]:
        """What the entry says, pain and all."""
        return {name: self.cleaned_data[name] for name in FEELINGS if name in self.fields}

    @property
    def open_folds(self) -> list[str]:
        """The parts that hold something, or something to put right."""
        return [name for name, fields in FOLDS.items() if any(self._speaks(f) for f in fields)]

    def _speaks(self, name: str) -> bool:
        return bool(self.errors.get(name)) or self[name].value() not in (None, "", [], False)


class EditForm(EntryForm):
    """An entry's change; the short check belongs to new entries. An empty time changes none."""

    def __init__(self, entry: DiaryEntry, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        self.felt_at = entry.felt_at
        self.shown_time = entry.felt_at.astimezone(zone).replace(tzinfo=None)
        said = {name: getattr(entry, name) for name in FEELINGS}
        initial = said | {"when": entry.felt_at.astimezone(zone)}
        super().__init__(*args, zone=zone, initial=initial, **kwargs)
        del self.fields["signs"]

    def clean_when(self) -> datetime:
        """The minute that was shown stays the very moment it was, seconds and summer time and all."""
        value = self.cleaned_data["when"]
        if value is None or value.replace(tzinfo=None) == self.shown_time.replace(
            second=0, microsecond=0
        ):
            return self.felt_at
        return super().clean_when()


class MorningForm(forms.Form):
    """The morning after a session, in one tap: the number says that none of the signs is new."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    pain = PainField()
    numbers = range(11)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"token": uuid.uuid4()})

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()


class SearchForm(forms.Form):
    """A word and a span of days; all may be left out."""

    q = forms.CharField(
        label=_("Word"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        return data

    @property
    def is_asked(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    @property
    def span(self) -> tuple[date | None, date | None]:
        return self.cleaned_data.get("since"), self.cleaned_data.get("until")
