"""The words that exercises share: body areas, equipment, sources, conditions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exercises.models.managers import BySlug


class BodyArea(models.Model):
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    objects = BySlug()

    class Meta:
        ordering = ["name"]
        verbose_name = _("body area")
        verbose_name_plural = _("body areas")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Equipment(models.Model):
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    objects = BySlug()

    class Meta:
        ordering = ["name"]
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Reference(models.Model):
    """A source. ``slug`` is the number that the rules cite, for example ``R8``."""

    slug = models.SlugField(_("number"), unique=True)
    citation = models.TextField(_("citation"))
    url = models.URLField(_("address"), blank=True)
    objects = BySlug()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.slug}: {self.citation}"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Condition(models.Model):
    """A row of the matrix, named for the person who has it."""

    slug = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    explanation = models.TextField(_("explanation"), blank=True)
    objects = BySlug()

    class Meta:
        ordering = ["name"]
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
