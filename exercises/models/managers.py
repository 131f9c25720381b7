"""How records are found by their natural keys."""

from __future__ import annotations

from typing import Any

from django.db import models


class BySlug(models.Manager["Any"]):
    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class ByExercise(models.Manager["Any"]):
    """Finds a part of an exercise by the exercise's slug and its own key fields."""

    def get_by_natural_key(self, slug: str, *rest: Any) -> Any:
        return self.get(exercise__slug=slug, **dict(zip(self.model.NATURAL, rest, strict=True)))


class ByVariant(models.Manager["Any"]):
    """Finds a part of a variant by the exercise's slug, the variant's key and its own key."""

    def get_by_natural_key(self, slug: str, variant: str, *rest: Any) -> Any:
        own = dict(zip(self.model.NATURAL, rest, strict=True))
        return self.get(variant__exercise__slug=slug, variant__key=variant, **own)
