"""From answers to a dated program, with everything kept that made it.

Screenings, clinical records and program versions are append-only: they are the record of why.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TriageLevel(models.TextChoices):
    CLEAR = "clear", _("Clear")
    CAUTION = "caution", _("Caution")
    URGENT = "urgent", _("Urgent")
    EMERGENCY = "emergency", _("Emergency")


class Draft(models.Model):
    """Answers on their way to a program: a visitor's (found by the browser session) or a person's.

    ``replies`` are the answers as the screens asked them; ``answers`` is what follows from them in
    the shape of the intake, as far as it is filled in.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="draft"
    )
    replies = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    # An emergency stops the questions at once and goes with the draft into the account.
    stopped_level = models.CharField(max_length=10, choices=TriageLevel.choices, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"draft {self.pk}"

    def ask_check_again(self) -> None:
        """Forgets the answers to the check, so that each is asked anew; the intake stays."""
        self.replies = {k: v for k, v in self.replies.items() if not k.startswith("check:")}
        self.answers = {k: v for k, v in self.answers.items() if k != "screening"}
        self.stopped_level = ""
        self.save()


class PatientRecordQuerySet(models.QuerySet[Any]):
    def owned_by(self, patient: Any) -> Any:
        return self.filter(patient=patient)


class Screening(models.Model):
    """One finished or stopped check for warning signs: wording, answers, time and result."""

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="screenings")
    kind = models.CharField(
        max_length=5, choices=[("full", _("Full")), ("short", _("Short"))], default="full"
    )
    rule_set = models.CharField(max_length=40)
    answers = models.JSONField()
    level = models.CharField(max_length=10, choices=TriageLevel.choices)
    act_within = models.CharField(max_length=15, blank=True)
    reasons = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    objects = PatientRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=TriageLevel.values), name="screening_level_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.at:%Y-%m-%d}"


class ClinicalRecord(models.Model):
    """What a professional found or allowed, or the person's own note of having seen one."""

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", _("Assessment")
        PERMISSION = "permission", _("Permission to exercise")
        CONTACT = "contact", _("Own note of a visit")

    class By(models.TextChoices):
        THERAPIST = "therapist", _("Therapist")
        DOCTOR = "doctor", _("Doctor")
        MATERNITY_TEAM = "maternity_team", _("Maternity team")
        SURGEON = "surgeon", _("Surgeon")
        SELF = "self", _("The person")

    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="clinical_records"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.CharField(_("profession"), max_length=15, choices=By.choices)
    professional = models.CharField(_("name of the professional"), max_length=120)
    date = models.DateField(_("date"))
    lifts = models.JSONField(_("rules lifted"), default=list)
    outcome = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = PatientRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        verbose_name = _("clinical record")
        verbose_name_plural = _("clinical records")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date}"


class LockQuerySet(PatientRecordQuerySet):
    def open(self) -> LockQuerySet:
        return self.filter(lifted_by__isnull=True)


class Lock(models.Model):
    """An emergency or urgent rule that stops the program until an assessment names it."""

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="locks")
    level = models.CharField(max_length=10, choices=TriageLevel.choices)
    rule = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    screening = models.ForeignKey(Screening, models.SET_NULL, null=True, related_name="locks")
    raised_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(
        ClinicalRecord, models.PROTECT, null=True, blank=True, related_name="lifted_locks"
    )

    objects = LockQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at"]
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "rule"],
                condition=Q(lifted_by__isnull=True),
                name="lock_open_once_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[TriageLevel.URGENT, TriageLevel.EMERGENCY]),
                name="lock_is_urgent_or_emergency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.level}"


class LibrarySnapshot(models.Model):
    """The library as a program saw it, kept once for each content."""

    digest = models.CharField(max_length=71, unique=True)
    content = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("library snapshot")
        verbose_name_plural = _("library snapshots")

    def __str__(self) -> str:
        return self.digest


class Program(models.Model):
    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="programs")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = PatientRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-pk"]
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(ended_on__isnull=True),
                name="program_running_once_a_patient",
            )
        ]

    def __str__(self) -> str:
        return f"program {self.pk}"


class ProgramVersion(models.Model):
    """A program as it was made: inputs, library, rule set and every decision, byte for byte."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    cause = models.CharField(max_length=30)
    inputs = models.TextField()
    library = models.ForeignKey(LibrarySnapshot, models.PROTECT, related_name="versions")
    rule_set = models.CharField(max_length=40)
    digest = models.CharField(max_length=71)
    output = models.TextField()

    class Meta:
        ordering = ["program", "-number"]
        verbose_name = _("program version")
        verbose_name_plural = _("program versions")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"], name="program_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def plan(self) -> dict[str, Any]:
        """The plan as the engine printed it."""
        return json.loads(self.output)

    @property
    def intake(self) -> dict[str, Any]:
        return json.loads(self.inputs)
