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
from django.utils.functional import cached_property
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
    """A program that runs or has ended.

    ``case`` is where it stands (the engine's Case in canonical JSON), so that a new event needs no
    replay; empty until the first event. ``library`` is the one that it runs on: a newer one takes
    effect at a check-in.
    """

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="programs")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    case = models.TextField(blank=True)
    library = models.ForeignKey(
        LibrarySnapshot, models.PROTECT, null=True, blank=True, related_name="programs"
    )
    last_event = models.PositiveIntegerField(default=0)
    # The day up to which time alone was looked at, and the day of the last weekly check-in.
    ticked_on = models.DateField(null=True, blank=True)
    checked_in_on = models.DateField(null=True, blank=True)
    # Changes up to this event were read by the person; what came after is still news.
    told_up_to = models.PositiveIntegerField(default=0)

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

    @cached_property
    def state(self) -> dict[str, Any]:
        """Where it stands, as plain JSON: pause, flare-ups, holds, what it waits for."""
        return json.loads(self.case) if self.case else {}


class RangeLimit(models.Model):
    """How far a person goes in one movement of a program, in percent of the way; see ``limits.py``.

    Set by a therapist; one that was changed or taken back stays on record.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="range_limits")
    exercise = models.SlugField(max_length=50)
    percent = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="limits_set"
    )
    set_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)
    is_carried_over = models.BooleanField(default=False)

    class Meta:
        ordering = ["program", "exercise", "pk"]
        verbose_name = _("range limit")
        verbose_name_plural = _("range limits")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "exercise"],
                condition=Q(taken_back_on__isnull=True),
                name="one_limit_stands_for_an_exercise",
            ),
            models.CheckConstraint(
                condition=Q(percent__in=(25, 50, 75)), name="limit_is_a_share_that_is_offered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise}: {self.percent} %"


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
    # The event that it was made at, and its decision: what changed and why. Empty for a first plan.
    at_event = models.PositiveIntegerField(null=True, blank=True)
    decision = models.TextField(blank=True)

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

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What the decision changed, one entry an exercise, with its reason."""
        return json.loads(self.decision)["changes"] if self.decision else []

    def has_reason(self, rule: str) -> bool:
        """Whether the decision that made this version gives a reason of this rule."""
        if not self.decision:
            return False
        return any(reason["rule"] == rule for reason in json.loads(self.decision)["reasons"])


class ProgramEventQuerySet(models.QuerySet[Any]):
    def owned_by(self, patient: Any) -> Any:
        return self.filter(program__patient=patient)

    def news_for(self, program: Program) -> ProgramEventQuerySet:
        """What changed since the person last said that they had read it, newest first."""
        fresh = self.filter(program=program, has_changes=True, seq__gt=program.told_up_to)
        return fresh.order_by("-seq")

    def uncollected(self) -> ProgramEventQuerySet:
        """Decisions whose alerts nobody has taken up yet."""
        return self.filter(has_alerts=True, collected_at__isnull=True)


class ProgramEvent(models.Model):
    """One thing that a running program was told, and what the rules decided: kept for ever.

    ``payload`` is the event in canonical JSON, as the engine took it. ``token`` makes a repeated
    message harmless.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=20)
    payload = models.TextField()
    token = models.CharField(max_length=80)
    library = models.ForeignKey(LibrarySnapshot, models.PROTECT, related_name="events")
    rule_set = models.CharField(max_length=40)
    decision = models.TextField()
    has_changes = models.BooleanField(default=False)
    has_alerts = models.BooleanField(default=False)
    collected_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ProgramEventQuerySet.as_manager()

    class Meta:
        ordering = ["program", "seq"]
        verbose_name = _("program event")
        verbose_name_plural = _("program events")
        indexes = [
            models.Index(
                fields=["program"],
                condition=Q(has_alerts=True, collected_at__isnull=True),
                name="program_event_uncollected",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["program", "seq"], name="program_event_seq_once"),
            models.UniqueConstraint(fields=["program", "token"], name="program_event_token_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

    @property
    def event(self) -> dict[str, Any]:
        """The event as the engine takes it."""
        return json.loads(self.payload)

    @property
    def outcome(self) -> dict[str, Any]:
        """The decision as the engine printed it."""
        return json.loads(self.decision)
