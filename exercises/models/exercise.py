"""A movement, the ways to do it and their steps."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from exercises.enums import Kind, Position, Rung
from exercises.models.managers import ByExercise
from exercises.models.vocabulary import BodyArea, Equipment, Reference
from exercises.pictures import KINDS, smaller


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def with_everything(self) -> ExerciseQuerySet:
        """All that one page of an exercise shows, in a fixed number of queries."""
        return self.prefetch_related(
            "body_areas",
            "equipment",
            "references",
            "notes",
            "doses",
            "precautions__condition",
            "precautions__references",
            "variants__steps",
            "variants__equipment",
        )

    def on_offer(self, *, extras: bool = True) -> ExerciseQuerySet:
        """What a clinic uses; one that switched the extras off does not see them.

        An exercise without a variant is still being written, and not offered.
        """
        written = self.filter(Exists(Variant.objects.filter(exercise=OuterRef("pk"))))
        return written if extras else written.filter(is_extra=False)


class ExerciseManager(models.Manager.from_queryset(ExerciseQuerySet)):  # type: ignore[misc]  # a base made at run time
    def get_by_natural_key(self, slug: str) -> Exercise:
        return self.get(slug=slug)


class Exercise(models.Model):
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order in lists"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    is_extra = models.BooleanField(
        _("extra"), default=False, help_text=_("A clinic can switch an extra exercise off.")
    )
    summary = models.CharField(_("in one sentence"), max_length=200)
    start_position = models.TextField(_("how to start"))
    breathing = models.TextField(_("breathing"))
    body_areas = models.ManyToManyField(BodyArea, verbose_name=_("body areas"), blank=True)
    equipment = models.ManyToManyField(Equipment, verbose_name=_("equipment"), blank=True)
    references = models.ManyToManyField(Reference, verbose_name=_("sources"), blank=True)
    picture = models.ImageField(
        _("picture"),
        upload_to="exercises/",
        blank=True,
        width_field="picture_width",
        height_field="picture_height",
    )
    picture_width = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    picture_height = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)

    objects = ExerciseManager()
    history = HistoricalRecords(m2m_fields=[body_areas, equipment, references])

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="exercise_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_alt=""),
                name="exercise_picture_has_alt",
                violation_error_message=_(
                    "Say what the picture shows, for people who can't see it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exercises:detail", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def picture_name(self) -> str:
        return Path(self.picture.name).name

    @property
    def picture_sources(self) -> list[dict[str, str]]:
        """The kinds of file to offer, the lighter first, each in several widths."""
        sizes = smaller(self.picture_name)
        return [
            {
                "type": f"image/{kind}",
                "srcset": ", ".join(
                    f"{reverse('exercises:picture', args=[name])} {width}w"
                    for width, own, name in sizes
                    if own == kind
                ),
            }
            for kind in KINDS
        ]


class Variant(models.Model):
    """One way to do an exercise, from easier to harder."""

    NATURAL = ("key",)

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="variants")
    key = models.SlugField(_("key"), max_length=30)
    name = models.CharField(_("name"), max_length=80)
    rung = models.CharField(_("rung"), max_length=10, choices=Rung.choices)
    order = models.PositiveSmallIntegerField(_("order, easier first"), default=0)
    positions = models.JSONField(_("where it can be done"), default=list)
    is_held = models.BooleanField(_("held still"), default=False)
    is_per_side = models.BooleanField(_("each side"), default=False)
    summary = models.CharField(_("in one sentence"), max_length=200)
    equipment = models.ManyToManyField(Equipment, verbose_name=_("equipment"), blank=True)

    objects = ByExercise()
    history = HistoricalRecords(m2m_fields=[equipment])

    class Meta:
        ordering = ["exercise", "order", "key"]
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="variant_once_an_exercise"),
            models.CheckConstraint(condition=Q(rung__in=Rung.values), name="variant_rung_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.exercise.slug, self.key)

    natural_key.dependencies = ["exercises.exercise"]  # type: ignore[attr-defined]  # Django reads it off the method

    def clean(self) -> None:
        unknown = set(self.positions or []) - set(Position.values)
        if unknown or not self.positions:
            raise ValidationError(
                {"positions": _("Name at least one of: %s.") % ", ".join(Position.values)}
            )


class StepManager(models.Manager["Step"]):
    def get_by_natural_key(self, slug: str, key: str, order: int) -> Step:
        return self.get(variant__exercise__slug=slug, variant__key=key, order=order)


BREATHS = (("", _("as it comes")), ("in", _("in")), ("out", _("out")))
SIDES = (("", _("both alike")), ("left", _("left")), ("right", _("right")))


class Step(models.Model):
    """One sentence of how a variant is done, with the pose that it leads to.

    ``side`` is empty for the side that the words begin with, and named once they change sides.
    """

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    text = models.CharField(_("what to do"), max_length=300)
    pose = models.SlugField(_("pose"), max_length=30, blank=True)
    side = models.CharField(
        _("side"),
        max_length=5,
        choices=[("", _("the first side")), *SIDES[1:]],
        blank=True,
        default="",
        help_text=_("Name it where the step changes sides: its picture is turned over."),
    )

    objects = StepManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["variant", "order"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(fields=["variant", "order"], name="step_number_once_a_variant"),
            models.CheckConstraint(condition=Q(order__gte=1), name="step_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.text}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.variant.natural_key(), self.order)

    natural_key.dependencies = ["exercises.variant"]  # type: ignore[attr-defined]  # Django reads it off the method
