"""What was last loaded from a file, so that edits since then are known."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedRecord(models.Model):
    """What a file last said about a record: tells a therapist's edit from an older file."""

    model = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    fields = models.JSONField()
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        constraints = [
            models.UniqueConstraint(fields=["model", "key"], name="loaded_record_once_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
