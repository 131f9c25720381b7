"""What a person set for one day alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from progress.columns import PatientQuerySet


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
