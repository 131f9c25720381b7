"""What happened: sessions, and how the back felt. Times are UTC; days are the person's own."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models import ProgramVersion
from progress.columns import PatientQuerySet, scale
from progress.export.models import Erasure, ImportedRecord
from progress.outcomes import (
    BOUNDS,
    Activity,
    FlareSummary,
    Goal,
    GoalRating,
    LoadedMeasure,
    MeasureResult,
    Milestone,
    Overview,
    WeekSummary,
)

__all__ = [
    "BOUNDS",
    "FEELINGS",
    "Activity",
    "DiaryEntry",
    "DiaryRevision",
    "Erasure",
    "ExerciseRecord",
    "FlareSummary",
    "Goal",
    "GoalRating",
    "ImportedRecord",
    "LoadedMeasure",
    "MeasureResult",
    "Milestone",
    "Overview",
    "SessionRecord",
    "WeekSummary",
    "scale",
]


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


class DiaryQuerySet(PatientQuerySet):
    def alive(self) -> DiaryQuerySet:
        return self.filter(deleted_at__isnull=True)


class Feelings(models.Model):
    """What an entry says beside its time and its note. Every pain is 0–10; ``pain`` is now."""

    class Sleep(models.TextChoices):
        GOOD = "good", _("Well")
        BROKEN = "broken", _("So-so")
        POOR = "poor", _("Badly")

    class Mood(models.TextChoices):
        GOOD = "good", _("Good")
        SO_SO = "so_so", _("So-so")
        LOW = "low", _("Low")

    class LegSymptoms(models.TextChoices):
        NO = "no", _("No change, or none")
        UP = "up", _("Less far down")
        FURTHER_DOWN = "further_down", _("Further down")

    pain = models.PositiveSmallIntegerField(_("pain now"))
    average = models.PositiveSmallIntegerField(_("average, last 7 days"), null=True, blank=True)
    worst = models.PositiveSmallIntegerField(_("worst, last 7 days"), null=True, blank=True)
    is_next_morning = models.BooleanField(_("the morning after a session"), default=False)
    sleep = models.CharField(_("sleep"), max_length=6, choices=Sleep.choices, blank=True)
    sleep_lost_to_pain = models.BooleanField(_("lost sleep because of pain"), default=False)
    mood = models.CharField(_("mood"), max_length=5, choices=Mood.choices, blank=True)
    areas = models.JSONField(_("where"), default=list, blank=True)
    did = models.JSONField(_("what I did"), default=list, blank=True)
    leg_symptoms = models.CharField(
        _("leg"), max_length=12, choices=LegSymptoms.choices, blank=True
    )
    cannot_do_daily_tasks = models.BooleanField(_("could not do daily tasks"), default=False)
    note = models.TextField(_("note"), blank=True, max_length=2000)

    class Meta:
        abstract = True


FEELINGS = tuple(field.name for field in Feelings._meta.local_fields)


class DiaryEntry(Feelings):
    """How the back feels at a moment. ``day`` is that moment's day where the person lives."""

    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="diary_entries"
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    felt_at = models.DateTimeField(_("when"))
    day = models.DateField()
    has_new_signs = models.BooleanField(_("something new"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = DiaryQuerySet.as_manager()

    class Meta:
        ordering = ["-felt_at", "-pk"]
        verbose_name = _("diary entry")
        verbose_name_plural = _("diary entries")
        indexes = [models.Index(fields=["patient", "day"], name="diary_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(pain__gte=0, pain__lte=10), name="diary_pain_0_10"),
            models.CheckConstraint(condition=scale("average"), name="diary_average_0_10"),
            models.CheckConstraint(condition=scale("worst"), name="diary_worst_0_10"),
        ]

    def __str__(self) -> str:
        return f"pain {self.pain} on {self.day}"


class DiaryRevision(Feelings):
    """What an entry said before it was changed or deleted."""

    entry = models.ForeignKey(DiaryEntry, models.CASCADE, related_name="revisions")
    felt_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-replaced_at"]
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")

    def __str__(self) -> str:
        return f"pain {self.pain}"


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


class TodayChoice(models.Model):
    """What a person set for one day alone: how many minutes, and where they can be."""

    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="today_choices"
    )
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=10, blank=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice for a day")
        verbose_name_plural = _("choices for a day")
        constraints = [
            models.UniqueConstraint(fields=["patient", "day"], name="today_choice_once_a_day"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=5, minutes__lte=60),
                name="today_choice_minutes_5_60",
            ),
        ]

    def __str__(self) -> str:
        return f"choice of {self.day}"
