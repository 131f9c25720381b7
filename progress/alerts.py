"""Alerts for the therapist: one open a rule, never milder than before, closed only with a note."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from backrelief.accounts.models import User
from programs.models import ProgramEvent
from progress.models import Alert, AlertStep


@transaction.atomic
def raise_alert(
    patient: User, rule: str, priority: str, *, therapist_text: str, patient_text: str = ""
) -> Alert:
    """Opens the alert of this rule, or adds to the open one.

    A more urgent one raises it, and it has to be looked at anew; a milder one changes no priority.
    """
    texts = {"therapist_text": therapist_text, "patient_text": patient_text}
    alert = _open_one(patient, rule)
    if alert is None:
        try:
            with transaction.atomic():
                alert = Alert.objects.create(patient=patient, rule=rule, priority=priority, **texts)
        except IntegrityError:
            # The same rule fired twice at once; the other one has opened it.
            alert = Alert.objects.open().get(patient=patient, rule=rule)
        else:
            _note(alert, AlertStep.Kind.OPENED, therapist_text)
            return alert
    return _again(alert, priority, texts)


def _open_one(patient: User, rule: str) -> Alert | None:
    found = Alert.objects.select_for_update().open().filter(patient=patient, rule=rule)
    return found.first()


def _again(alert: Alert, priority: str, texts: dict[str, str]) -> Alert:
    """The rule fired once more: newest words, highest priority."""
    is_raised = priority < alert.priority
    if is_raised:
        alert.priority, alert.seen_at, alert.seen_by = priority, None, None
    for name, text in texts.items():
        setattr(alert, name, text)
    alert.save()
    kind = AlertStep.Kind.RAISED if is_raised else AlertStep.Kind.AGAIN
    _note(alert, kind, texts["therapist_text"])
    return alert


def _note(alert: Alert, kind: str, text: str = "", by: User | None = None) -> None:
    AlertStep.objects.create(alert=alert, kind=kind, priority=alert.priority, text=text, by=by)


@transaction.atomic
def mark_seen(alert: Alert, by: User) -> None:
    """Somebody has looked at it; it stays open. A second look changes nothing."""
    if alert.seen_at is None and alert.closed_at is None:
        alert.seen_at, alert.seen_by = timezone.now(), by
        alert.save(update_fields=["seen_at", "seen_by"])
        _note(alert, AlertStep.Kind.SEEN, by=by)


@transaction.atomic
def close(alert: Alert, by: User, note: str) -> None:
    """Closes it with a note of what was done. The first note stays."""
    if alert.closed_at is None:
        alert.closed_at, alert.closed_by, alert.note = timezone.now(), by, note
        alert.save(update_fields=["closed_at", "closed_by", "note"])
        _note(alert, AlertStep.Kind.CLOSED, note, by)


def collect(patients: Iterable[User]) -> None:
    """Opens the alerts of every decision whose alerts nobody has taken up yet. One query if none."""
    waiting = ProgramEvent.objects.uncollected().filter(program__patient__in=patients)
    for event in waiting.select_related("program__patient").order_by("pk"):
        _collect(event)


@transaction.atomic
def _collect(event: ProgramEvent) -> None:
    """Takes up the alerts of one decision; whoever comes second finds it done."""
    mine = ProgramEvent.objects.uncollected().filter(pk=event.pk)
    if not mine.update(collected_at=timezone.now()):
        return
    for told in event.outcome["alerts"]:
        raise_alert(
            event.program.patient,
            told["rule"],
            told["priority"],
            therapist_text=told["therapist_text"],
            patient_text=told["patient_text"],
        )
