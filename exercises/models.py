"""The library: what a movement is, how it is dosed, and for whom it is left out or changed.

Every record is found by a natural key, so that fixture files need no numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from exercises.enums import Code, Flag, Kind, Level, NoteKind, Position, Rung
from exercises.pictures import KINDS, smaller


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


class ExerciseManager(models.Manager.from_queryset(ExerciseQuerySet)):  # type: ignore[misc]
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

    natural_key.dependencies = ["exercises.exercise"]  # type: ignore[attr-defined]

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

    natural_key.dependencies = ["exercises.variant"]  # type: ignore[attr-defined]


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

    natural_key.dependencies = ["exercises.variant"]  # type: ignore[attr-defined]

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

    natural_key.dependencies = ["exercises.variant"]  # type: ignore[attr-defined]

    def as_row(self) -> dict[str, Any]:
        """The pose as the renderer takes it."""
        names = ("key", "alt", "breath", "numbers", "spine", "glow", "arrows", "props")
        return {name: getattr(self, name) for name in names}


class Note(models.Model):
    """A short sentence: a benefit, a feeling, a mistake or a safety tip."""

    NATURAL = ("kind", "order")

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="notes")
    kind = models.CharField(_("what it says"), max_length=10, choices=NoteKind.choices)
    order = models.PositiveSmallIntegerField(_("number"), default=1)
    text = models.CharField(_("text"), max_length=300)

    objects = ByExercise()
    history = HistoricalRecords()

    class Meta:
        ordering = ["exercise", "kind", "order"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "kind", "order"], name="note_number_once_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoteKind.values), name="note_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, str, int]:
        return (self.exercise.slug, self.kind, self.order)

    natural_key.dependencies = ["exercises.exercise"]  # type: ignore[attr-defined]


class Dose(models.Model):
    """Sets × repetitions (hold) at a level. ``variant`` is empty where all variants share it."""

    NATURAL = ("level", "variant")

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="doses")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    variant = models.SlugField(_("only for variant"), max_length=30, blank=True, default="")
    sets = models.PositiveSmallIntegerField(_("sets"), validators=[MaxValueValidator(5)])
    sets_max = models.PositiveSmallIntegerField(_("sets, at most"), null=True, blank=True)
    reps = models.PositiveSmallIntegerField(_("repetitions"), null=True, blank=True)
    reps_max = models.PositiveSmallIntegerField(_("repetitions, at most"), null=True, blank=True)
    hold_seconds = models.PositiveSmallIntegerField(_("hold, seconds"), null=True, blank=True)
    hold_max = models.PositiveSmallIntegerField(_("hold, at most"), null=True, blank=True)

    objects = ByExercise()
    history = HistoricalRecords()

    class Meta:
        ordering = ["exercise", "level", "variant"]
        verbose_name = _("dose")
        verbose_name_plural = _("doses")
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "level", "variant"], name="dose_once_a_level_and_variant"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="dose_level_is_known"),
            models.CheckConstraint(condition=Q(sets__gte=1), name="dose_has_a_set"),
            models.CheckConstraint(
                # An empty number compared is neither true nor false, and would pass.
                condition=Q(reps__isnull=False, reps__gte=1)
                | Q(hold_seconds__isnull=False, hold_seconds__gte=1),
                name="dose_has_reps_or_hold",
                violation_error_message=_("Give repetitions, a hold in seconds, or both."),
            ),
            models.CheckConstraint(
                condition=Q(sets_max__isnull=True) | Q(sets_max__gte=F("sets")),
                name="dose_sets_range_rises",
            ),
            models.CheckConstraint(
                condition=Q(reps_max__isnull=True) | Q(reps_max__gte=F("reps")),
                name="dose_reps_range_rises",
            ),
            models.CheckConstraint(
                condition=Q(hold_max__isnull=True) | Q(hold_max__gte=F("hold_seconds")),
                name="dose_hold_range_rises",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} L{self.level} {self.variant}".strip()

    def natural_key(self) -> tuple[str, int, str]:
        return (self.exercise.slug, self.level, self.variant)

    natural_key.dependencies = ["exercises.exercise"]  # type: ignore[attr-defined]


class PrecautionManager(models.Manager["Precaution"]):
    def get_by_natural_key(self, slug: str, condition: str) -> Precaution:
        return self.get(exercise__slug=slug, condition__slug=condition)


class Precaution(models.Model):
    """What a condition means for an exercise. May be stricter than the rule set, never looser."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="precautions")
    condition = models.ForeignKey(Condition, models.CASCADE, related_name="precautions")
    code = models.CharField(_("what to do"), max_length=10, choices=Code.choices)
    variants = models.JSONField(_("only these variants"), default=list, blank=True)
    flags = models.JSONField(_("how"), default=list, blank=True)
    reason = models.CharField(_("reason, for the person"), max_length=300)
    references = models.ManyToManyField(Reference, verbose_name=_("sources"), blank=True)

    objects = PrecautionManager()
    history = HistoricalRecords(m2m_fields=[references])

    class Meta:
        ordering = ["exercise", "condition"]
        verbose_name = _("precaution")
        verbose_name_plural = _("precautions")
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "condition"], name="precaution_once_a_condition"
            ),
            models.CheckConstraint(
                condition=Q(code__in=Code.values), name="precaution_code_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} / {self.condition_id}: {self.get_code_display()}"

    def natural_key(self) -> tuple[str, str]:
        return (self.exercise.slug, self.condition.slug)

    natural_key.dependencies = ["exercises.exercise", "exercises.condition"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.code == Code.MODIFY and not self.variants:
            raise ValidationError({"variants": _("A change names at least one variant.")})
        if set(self.flags or []) - set(Flag.values):
            raise ValidationError({"flags": _("Use only: %s.") % ", ".join(Flag.values)})


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
