"""Diary entries from a device: checked by the diary's own form, and kept once for each id."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import reverse

from backrelief.accounts.models import User
from programs.calendar import zone_of
from progress.devices.reading import BodyFault, DeviceEvent, set_right
from progress.diary import log_pain
from progress.diary_forms import EntryForm
from progress.models import DiaryEntry
from progress.short_check import asks_for_check


@transaction.atomic
def take_entries(
    patient: User, events: tuple[DeviceEvent, ...], behind: timedelta = timedelta()
) -> dict[str, Any]:
    """Keeps all of them or none. Something new leads to the full check.

    ``behind`` is how far the device's clock is behind ours.
    """
    tokens = [event.id for event in events]
    if DiaryEntry.objects.filter(token__in=tokens).exclude(patient=patient).exists():
        raise Http404
    right = set_right(patient, events, behind)
    forms = [_form(patient, event, f"events[{i}]") for i, event in enumerate(right)]
    is_new = [_keep(patient, form) for form in forms]
    return {
        "seen": [str(event.id) for event in events],
        "next": reverse("programs:check") if any(is_new) else None,
        "said": [],
    }


def _form(patient: User, event: DeviceEvent, path: str) -> EntryForm:
    """The form as if it had been sent at the time of the event."""
    data = QueryDict(mutable=True)
    for name, texts in event.content["fields"].items():
        data.setlist(name, texts)
    data["token"] = str(event.id)
    form = EntryForm(data, zone=zone_of(patient))
    for name, errors in form.errors.items():
        raise BodyFault(f"{path}.fields.{name}", str(errors[0]))
    if not data.get("when", "").strip():
        form.cleaned_data["when"] = event.at
    return form


def _keep(patient: User, form: EntryForm) -> bool:
    """Keeps one entry; True where it says that something is new."""
    data, said = form.cleaned_data, form.feelings
    pain = said.pop("pain")
    # The one tap of the morning after has no question for it: its form is that answer.
    said["is_next_morning"] = "morning" in form.data
    log_pain(patient, data["token"], pain, data["when"], short_check=data["signs"], **said)
    return asks_for_check(data["signs"])
