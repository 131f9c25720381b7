"""What the tables of this app share: the scale from 0 to 10, and whose row it is."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q


def scale(name: str) -> Q:
    """The condition that a number lies on the scale from 0 to 10, or is missing."""
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0, f"{name}__lte": 10})


class PatientQuerySet(models.QuerySet[Any]):
    def owned_by(self, patient: Any) -> Any:
        return self.filter(patient=patient)
