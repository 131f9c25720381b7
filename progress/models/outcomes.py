"""What the person wants to do again, what the measures say, and what the record adds up to.

Summaries and milestones follow from the entries and sessions; they are written with them, so that
ten years cost the reader what one month costs.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from progress.columns import PatientQuerySet, scale

MOST_ACTIVITIES = 3


class ActivityQuerySet(PatientQuerySet):
    def current(self) -> ActivityQuerySet:
        return self.filter(series_to__isnull=True)


class Activity(models.Model):
    """Something that is hard because of the back, in the person's own words (PSFS method).

    It belongs to the series of ratings ``series_from`` up to ``series_to`` (empty: still rated). A
    new activity starts a new series, because the average is then one of other things.
    """

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="activities")
    words = models.CharField(_("activity"), max_length=120)
    series_from = models.PositiveSmallIntegerField(default=1)
    series_to = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(series_to__isnull=True) | Q(series_to__gte=F("series_from")),
                name="activity_series_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.words


class GoalQuerySet(PatientQuerySet):
    def active(self) -> GoalQuerySet:
        return self.filter(status=Goal.Status.ACTIVE)


class Goal(models.Model):
    """What the person wants to do again, in their own words."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("On the way")
        REACHED = "reached", _("Reached")
        SET_ASIDE = "set_aside", _("Set aside")

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="goals")
    words = models.CharField(_("goal"), max_length=120)
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="goals"
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.ACTIVE)
    set_on = models.DateField()
    reached_on = models.DateField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="reached", reached_on__isnull=False)
                | (~Q(status="reached") & Q(reached_on__isnull=True)),
                name="goal_reached_with_its_day",
            )
        ]

    def __str__(self) -> str:
        return self.words


class GoalRating(models.Model):
    """How near a goal is, 0 (far away) to 10 (there). A second one of a day replaces the first."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="ratings")
    day = models.DateField()
    rating = models.PositiveSmallIntegerField(_("how near"))
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["day"]
        verbose_name = _("rating of a goal")
        verbose_name_plural = _("ratings of goals")
        constraints = [
            models.UniqueConstraint(fields=["goal", "day"], name="goal_rated_once_a_day"),
            models.CheckConstraint(condition=scale("rating"), name="goal_rating_0_10"),
        ]

    def __str__(self) -> str:
        return f"{self.rating} on {self.day}"


class LoadedMeasure(models.Model):
    """A measure whose items a clinic has loaded from a file: the slot's text, never ours.

    ``definition`` is the checked file; ``digest`` names its content, and results keep it.
    """

    key = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=120)
    definition = models.JSONField()
    digest = models.CharField(max_length=71)
    is_on = models.BooleanField(_("is asked"), default=True)
    loaded_at = models.DateTimeField(default=timezone.now)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["key"]
        verbose_name = _("measure loaded from a file")
        verbose_name_plural = _("measures loaded from files")

    def __str__(self) -> str:
        return self.title


class MeasureQuerySet(PatientQuerySet):
    def alive(self) -> MeasureQuerySet:
        return self.filter(deleted_at__isnull=True)


# name, lowest and highest score; other measures bring their own bounds in their file.
BOUNDS = {"psfs": (0, 10), "peg": (0, 10), "rmdq": (0, 24), "overall_change": (-3, 3)}


def score_in_bounds() -> Q:
    known = Q()
    for name, (low, high) in BOUNDS.items():
        known |= Q(name=name, score__gte=low, score__lte=high)
    return known | ~Q(name__in=list(BOUNDS)) | Q(score__isnull=True)


class MeasureResult(models.Model):
    """Answers to one measure and the score by its rule; no score where answers are missing.

    ``items`` is what was answered, as ``{"key", "value"}`` (of the PSFS with the activity's words).
    ``due_from`` and ``due_until`` are the window that it was asked in.
    """

    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="measure_results"
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.SlugField()
    score = models.FloatField(_("score"), null=True, blank=True)
    series = models.PositiveSmallIntegerField(default=1)
    items = models.JSONField(default=list)
    digest = models.CharField(max_length=71, blank=True)
    day = models.DateField()
    due_from = models.DateField(null=True, blank=True)
    due_until = models.DateField(null=True, blank=True)
    taken_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("result of a measure")
        verbose_name_plural = _("results of measures")
        indexes = [models.Index(fields=["patient", "name", "day"], name="measure_by_name_and_day")]
        constraints = [
            models.CheckConstraint(condition=score_in_bounds(), name="measure_score_in_bounds")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.score} on {self.day}"


class Overview(models.Model):
    """What today's page needs to know of the whole record, in one row.

    ``goals`` are the active ones as ``{"pk", "words"}``. ``due`` are the windows in which something
    is asked, as ``{"name", "title", "from", "until"}`` with ISO days; without an end it stays due.
    ``flares`` are all flare-ups, ``milestones`` the latest few. ``first_ratings`` are the answers of the
    PSFS that hold a first rating, as ``{"pk", "day", "series", "score", "items"}``. ``planned`` are the weekdays that a
    plan gave, as ``{"since", "days", "asks"}`` each until the next, as far as ``version`` (a primary key).
    """

    patient = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="overview"
    )
    sessions = models.PositiveIntegerField(default=0)
    last_session_on = models.DateField(null=True, blank=True)
    last_morning_on = models.DateField(null=True, blank=True)
    goals = models.JSONField(default=list)
    due = models.JSONField(default=list)
    flares = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    milestones = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    first_ratings = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    planned = models.JSONField(default=list)
    version = models.PositiveBigIntegerField(default=0)

    objects = PatientQuerySet.as_manager()

    class Meta:
        verbose_name = _("overview")
        verbose_name_plural = _("overviews")

    def __str__(self) -> str:
        return f"{self.sessions} sessions"


class WeekSummary(models.Model):
    """What a week from Monday holds. Totals are sums, so that means can be made of any weeks."""

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="weeks")
    monday = models.DateField()
    entries = models.PositiveSmallIntegerField(default=0)
    pain_total = models.PositiveIntegerField(default=0)
    pain_low = models.PositiveSmallIntegerField(null=True, blank=True)
    pain_high = models.PositiveSmallIntegerField(null=True, blank=True)
    sessions = models.PositiveSmallIntegerField(default=0)
    efforts = models.PositiveSmallIntegerField(default=0)
    effort_total = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["monday"]
        verbose_name = _("summary of a week")
        verbose_name_plural = _("summaries of weeks")
        constraints = [
            models.UniqueConstraint(fields=["patient", "monday"], name="week_once_a_patient")
        ]

    def __str__(self) -> str:
        return f"week of {self.monday}"


class FlareSummary(models.Model):
    """A flare-up as the diary shows it: when it began, how high it went, when it had settled."""

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="flares")
    started_on = models.DateField()
    before = models.FloatField()
    peak = models.FloatField()
    settled_on = models.DateField(null=True, blank=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["started_on"]
        verbose_name = _("flare-up")
        verbose_name_plural = _("flare-ups")
        constraints = [
            models.UniqueConstraint(fields=["patient", "started_on"], name="flare_once_a_day")
        ]

    def __str__(self) -> str:
        return f"flare-up of {self.started_on}"

    @property
    def days(self) -> int | None:
        """How many days until it had settled; None while it has not."""
        return (self.settled_on - self.started_on).days if self.settled_on else None


class Milestone(models.Model):
    """Something reached. It is written once and never taken back."""

    class Kind(models.TextChoices):
        SESSIONS = "sessions", _("Sessions")
        WEEKS = "weeks", _("Weeks")
        RETURN = "return", _("Coming back")
        GOAL = "goal", _("Goal")
        ACTIVITY = "activity", _("Activity")
        FLARE = "flare", _("Flare-up")

    patient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # What makes it one of its kind: the number of sessions or weeks, a day, or a row's number.
    mark = models.CharField(max_length=20)
    day = models.DateField()
    facts: Any = models.JSONField(default=dict)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(fields=["patient", "kind", "mark"], name="milestone_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mark}"
