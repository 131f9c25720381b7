"""What is said of an exercise: notes, doses, and for whom it is left out or changed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from exercises.enums import Code, Flag, Level, NoteKind
from exercises.models.exercise import Exercise
from exercises.models.managers import ByExercise
from exercises.models.vocabulary import Condition, Reference


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

    natural_key.dependencies = ["exercises.exercise"]  # type: ignore[attr-defined]  # Django reads it off the method


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

    natural_key.dependencies = ["exercises.exercise"]  # type: ignore[attr-defined]  # Django reads it off the method


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

    natural_key.dependencies = ["exercises.exercise", "exercises.condition"]  # type: ignore[attr-defined]  # Django reads it off the method

    def clean(self) -> None:
        if self.code == Code.MODIFY and not self.variants:
            raise ValidationError({"variants": _("A change names at least one variant.")})
        if set(self.flags or []) - set(Flag.values):
            raise ValidationError({"flags": _("Use only: %s.") % ", ".join(Flag.values)})
