"""What a step looks like: scenes and poses, in the units of ``exercises/figures/README.md``."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from exercises.models.exercise import BREATHS, SIDES, Variant
from exercises.models.managers import ByVariant


class Scene(models.Model):
    """The frame of a variant's figures: what is seen, what the person is on, which side works.

    Lengths are centimeters; the floor, or the top of a bed, is at 0.
    """

    NATURAL = ()
    GROUNDS = (
        ("mat", _("mat")),
        ("floor", _("floor")),
        ("bed", _("bed")),
        ("above", _("mat, seen from above")),
    )

    variant = models.OneToOneField(Variant, models.CASCADE, related_name="scene")
    left = models.SmallIntegerField(_("left edge, cm"))
    bottom = models.SmallIntegerField(_("lower edge, cm"))
    right = models.SmallIntegerField(_("right edge, cm"))
    top = models.SmallIntegerField(_("upper edge, cm"))
    ground = models.CharField(_("on"), max_length=10, choices=GROUNDS, default="mat")
    drawn = models.CharField(
        _("side that works in the numbers"), max_length=5, choices=SIDES, blank=True, default=""
    )
    first = models.CharField(
        _("side that the words begin with"), max_length=5, choices=SIDES, blank=True, default=""
    )
    cycle = models.CharField(
        _("poses it moves through"),
        max_length=100,
        blank=True,
        help_text=_("Keys of poses in order. Empty means all of them."),
    )
    props = models.JSONField(_("things around"), default=list, blank=True)

    objects = ByVariant()
    history = HistoricalRecords()

    class Meta:
        ordering = ["variant"]
        verbose_name = _("scene")
        verbose_name_plural = _("scenes")
        constraints = [
            models.CheckConstraint(
                condition=Q(left__lt=F("right"), bottom__lt=F("top")), name="scene_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}"

    def natural_key(self) -> tuple[str, str]:
        return self.variant.natural_key()

    natural_key.dependencies = ["exercises.variant"]  # type: ignore[attr-defined]  # Django reads it off the method

    def as_row(self) -> dict[str, Any]:
        """The frame as the renderer takes it."""
        names = ("left", "bottom", "right", "top", "ground", "drawn", "first", "cycle", "props")
        return {name: getattr(self, name) for name in names}


class Pose(models.Model):
    """One key pose of a variant in numbers: centimeters and degrees, see ``figures/README.md``."""

    NATURAL = ("key",)

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="poses")
    key = models.SlugField(_("key"), max_length=30)
    order = models.PositiveSmallIntegerField(_("number"), default=1)
    alt = models.CharField(_("what the picture shows"), max_length=200)
    breath = models.CharField(
        _("breath on the way to it"), max_length=3, choices=BREATHS, blank=True, default=""
    )
    numbers = models.JSONField(_("numbers"), default=dict)
    spine = models.BooleanField(_("show the spine"), default=True)
    glow = models.JSONField(_("areas that work"), default=list, blank=True)
    arrows = models.JSONField(_("arrows"), default=list, blank=True)
    props = models.JSONField(_("things of this pose"), default=list, blank=True)

    objects = ByVariant()
    history = HistoricalRecords()

    class Meta:
        ordering = ["variant", "order", "key"]
        verbose_name = _("pose")
        verbose_name_plural = _("poses")
        constraints = [
            models.UniqueConstraint(fields=["variant", "key"], name="pose_once_a_variant"),
        ]

    def __str__(self) -> str:
        return self.key

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.variant.natural_key(), self.key)

    natural_key.dependencies = ["exercises.variant"]  # type: ignore[attr-defined]  # Django reads it off the method

    def as_row(self) -> dict[str, Any]:
        """The pose as the renderer takes it."""
        names = ("key", "alt", "breath", "numbers", "spine", "glow", "arrows", "props")
        return {name: getattr(self, name) for name in names}
