"""What was done: sessions, their exercises, and what devices told of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models import ProgramVersion
from progress.columns import PatientQuerySet, scale


class SessionQuerySet(PatientQuerySet):
    def finished(self) -> SessionQuerySet:
        return self.filter(finished_at__isnull=False)

    def unfinished(self) -> SessionQuerySet:
        """Begun, and neither finished nor left for good: one a person at most."""
        return self.filter(finished_at__isnull=True, left_at__isnull=True)

    def closed(self) -> SessionQuerySet:
        return self.exclude(finished_at__isnull=True, left_at__isnull=True)


class SessionRecord(models.Model):
    """A session that was begun. ``day`` is the session's own day, which ends at 03:00."""

    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="session_records"
    )
    version = models.ForeignKey(ProgramVersion, models.PROTECT, related_name="session_records")
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    day = models.DateField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    # Given up without saying how it went: another day came, or a stop sign.
    left_at = models.DateTimeField(null=True, blank=True)
    pain_before = models.PositiveSmallIntegerField(_("pain before"), null=True, blank=True)
    pain_after = models.PositiveSmallIntegerField(_("pain after"), null=True, blank=True)
    effort = models.PositiveSmallIntegerField(_("effort"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    was_stopped = models.BooleanField(_("stopped early"), default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["patient", "day"], name="session_by_day")]
        constraints = [
            models.CheckConstraint(condition=scale("pain_before"), name="session_pain_before_0_10"),
            models.CheckConstraint(condition=scale("pain_after"), name="session_pain_after_0_10"),
            models.CheckConstraint(condition=scale("effort"), name="session_effort_0_10"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(pain_after__isnull=False, effort__isnull=False),
                name="session_finished_with_pain_and_effort",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(left_at__isnull=True),
                name="session_finished_or_left",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(finished_at__isnull=True, left_at__isnull=True),
                name="session_open_once_a_patient",
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.day}"


class ExerciseRecord(models.Model):
    """One exercise of a session: the dose that was asked for, and what became of it.

    ``reps`` is empty for a held exercise. ``is_red`` says that pain stopped it: the next session
    takes it one variant easier with half the sets.
    """

    class Feeling(models.TextChoices):
        ACHE = "ache", _("A dull ache or a pull")
        SHARP = "sharp", _("A sharp pain")

    session = models.ForeignKey(SessionRecord, models.CASCADE, related_name="exercises")
    order = models.PositiveSmallIntegerField()
    slug = models.SlugField()
    variant = models.SlugField()
    sets_planned = models.PositiveSmallIntegerField()
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    hold_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(default=30)
    per_side = models.BooleanField(default=False)
    sets_done = models.PositiveSmallIntegerField(default=0)
    was_skipped = models.BooleanField(default=False)
    was_eased = models.BooleanField(default=False)
    pain_during = models.PositiveSmallIntegerField(_("pain during"), null=True, blank=True)
    feeling = models.CharField(_("how it hurt"), max_length=5, choices=Feeling.choices, blank=True)
    is_red = models.BooleanField(_("stopped by pain"), default=False)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session", "order"]
        verbose_name = _("exercise done")
        verbose_name_plural = _("exercises done")
        constraints = [
            models.UniqueConstraint(fields=["session", "slug"], name="exercise_once_a_session"),
            models.CheckConstraint(condition=scale("pain_during"), name="exercise_pain_0_10"),
            models.CheckConstraint(
                condition=Q(sets_done__lte=F("sets_planned")), name="exercise_sets_done_within_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.sets_done}/{self.sets_planned}"

    @property
    def is_settled(self) -> bool:
        """Done, skipped or stopped: the session goes on to the next."""
        return self.done_at is not None


class SessionEvent(models.Model):
    """What a device told of a session, as it came: once for each id, and never changed.

    ``token`` is the device's own name for the session; several devices may mean the same one.
    ``session`` is empty where no plan of this person was found for it: then the words are all there is.
    """

    class Fate(models.TextChoices):
        TAKEN = "taken", _("Written into the record")
        LATE = "late", _("Written into the record after it was closed")
        KEPT = "kept", _("Kept here only; something else counts")

    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="session_events"
    )
    session = models.ForeignKey(SessionRecord, models.CASCADE, null=True, related_name="events")
    token = models.UUIDField()
    event_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    content = models.JSONField(default=dict)
    fate = models.CharField(max_length=5, choices=Fate.choices)
    # What the device was answered, so that asking again gives the same.
    answer = models.JSONField(default=dict)
    received_at = models.DateTimeField(default=timezone.now)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = _("session event")
        verbose_name_plural = _("session events")
        indexes = [models.Index(fields=["patient", "token"], name="session_event_by_token")]
        constraints = [
            models.UniqueConstraint(fields=["patient", "event_id"], name="session_event_once"),
            models.CheckConstraint(
                condition=Q(session__isnull=False) | Q(fate="kept"),
                name="session_event_without_session_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
