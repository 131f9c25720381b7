"""The vocabularies of the library, shared by models, forms and checks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an exercise is for."""

    MOBILITY = "mobility", _("Mobility")
    STRENGTH = "strength", _("Strength and control")
    STRETCH = "stretch", _("Stretch")


class Position(models.TextChoices):
    """Where a variant is done."""

    FLOOR = "floor", _("Floor")
    BED = "bed", _("Bed")
    CHAIR = "chair", _("Chair")
    STANDING = "standing", _("Standing")


class Rung(models.TextChoices):
    """The three columns of an exercise's ladder."""

    EASIER = "easier", _("Easier")
    STANDARD = "standard", _("Standard")
    HARDER = "harder", _("Harder")


class Level(models.IntegerChoices):
    """How much a program asks for."""

    GENTLE = 0, _("Gentle")
    FOUNDATION = 1, _("Foundation")
    BUILD = 2, _("Build")
    STRENGTHEN = 3, _("Strengthen")


class NoteKind(models.TextChoices):
    """What a short sentence about an exercise says."""

    BENEFIT = "benefit", _("What it is good for")
    FEEL = "feel", _("What you may feel")
    NOT_FEEL = "not_feel", _("What you should not feel")
    MISTAKE = "mistake", _("Common mistake")
    SAFETY = "safety", _("Safety tip")


class Code(models.TextChoices):
    """What a condition means for an exercise."""

    ALLOW = "allow", _("Allow")
    MODIFY = "modify", _("Change")
    EXCLUDE = "exclude", _("Leave out")


class Flag(models.TextChoices):
    """How a changed exercise is done."""

    NO_ROUND = "no_round", _("Do not round the back")
    NO_SAG = "no_sag", _("Do not let the back sag")
    BOTH_HANDS = "both_hands", _("Keep both hands on")
