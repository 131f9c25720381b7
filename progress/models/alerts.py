"""What a therapist must look at, and what was done about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from progress.columns import PatientQuerySet


class AlertQuerySet(PatientQuerySet):
    def open(self) -> AlertQuerySet:
        return self.filter(closed_at__isnull=True)


class Alert(models.Model):
    """What a therapist must look at: one open a rule and person, until it is closed with a note.

    Its priority may rise and never falls; a later harmless answer neither closes nor lowers it.
    """

    class Priority(models.TextChoices):
        P1 = "P1", _("The same day")
        P2 = "P2", _("The next working day")
        P3 = "P3", _("Within 7 days")
        P4 = "P4", _("For information")

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alerts")
    rule = models.CharField(max_length=30)
    priority = models.CharField(max_length=2, choices=Priority.choices)
    patient_text = models.TextField(blank=True)
    therapist_text = models.TextField()
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note"), blank=True, max_length=2000)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["priority", "-opened_at"]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "rule"],
                condition=Q(closed_at__isnull=True),
                name="alert_open_once_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=["P1", "P2", "P3", "P4"]), name="alert_priority_is_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(note=""), name="alert_closed_with_a_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority} {self.rule}"


class AlertStep(models.Model):
    """One thing that happened to an alert: nothing about it is ever forgotten."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Opened")
        AGAIN = "again", _("Came up again")
        RAISED = "raised", _("Became more urgent")
        SEEN = "seen", _("Seen")
        CLOSED = "closed", _("Closed")

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    priority = models.CharField(max_length=2, choices=Alert.Priority.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("step of an alert")
        verbose_name_plural = _("steps of alerts")

    def __str__(self) -> str:
        return f"{self.kind} {self.priority}"
