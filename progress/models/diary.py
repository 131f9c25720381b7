"""How the back felt. Times are UTC; days are the person's own."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from progress.columns import PatientQuerySet, scale


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
    pelvic = models.JSONField(_("belly and pelvic floor"), default=list, blank=True)
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
    had_fall = models.BooleanField(_("a fall"), default=False)
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
