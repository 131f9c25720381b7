"""What an import brought that cannot be a live row here, and what stays of a deleted record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRecord(models.Model):
    """Names and rows of an imported record that point at people of another installation.

    A file never gives access and never names an account here: a care link comes back as history
    only, and "recorded by" as a name. So the next export says the same as the file did.
    """

    patient = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="imported_record"
    )
    at = models.DateTimeField(auto_now_add=True)
    clinic = models.CharField(max_length=120, blank=True)
    # table → row number here → field → what the file said
    names = models.JSONField(default=dict)
    # table → rows as the file had them
    rows = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")

    def __str__(self) -> str:
        return f"imported {self.at:%Y-%m-%d}"


class Erasure(models.Model):
    """How many records were deleted in a month and how many rows that was. No name, no id, no day."""

    month = models.DateField(unique=True)
    people = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=dict)

    class Meta:
        ordering = ["-month"]
        verbose_name = _("deleted records of a month")
        verbose_name_plural = _("deleted records of months")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.people}"
