"""People, clinics and who cares for whom. Who may see what is decided in ``access.py``."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    """Refuses a name that is not in the time zone database."""
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone such as America/New_York."))


class Clinic(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[validate_time_zone]
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    urgent_phone = models.CharField(_("phone for urgent questions"), max_length=40, blank=True)
    uses_extras = models.BooleanField(_("offers the extra exercises"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("clinic")
        verbose_name_plural = _("clinics")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    PATIENT = "patient", _("Patient")
    THERAPIST = "therapist", _("Therapist")
    STAFF = "staff", _("Clinic staff")


class UserManager(BaseUserManager["User"]):
    """Makes people whose name to sign in with is their e-mail address, in lower case."""

    use_in_migrations = True

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        fields = {"role": Role.STAFF, "is_staff": True, "is_superuser": True} | fields
        return self.create_user(email, password, **fields)


class User(AbstractUser):
    username = None  # type: ignore[assignment]  # Django takes a field away so
    first_name = None  # type: ignore[assignment]  # Django takes a field away so
    last_name = None  # type: ignore[assignment]  # Django takes a field away so
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("what we call you"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.PATIENT)
    clinic = models.ForeignKey(
        Clinic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("clinic"),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, blank=True, validators=[validate_time_zone]
    )
    theme = models.CharField(
        _("colors"),
        max_length=5,
        blank=True,
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    # What the person chose for their figure, in words; empty shows several people.
    figure = models.JSONField(_("own figure"), default=dict, blank=True, editable=False)
    # Set with the program: the second or third trimester shows in its figures.
    # How far this person goes in a movement, by the exercise's short name, as a therapist set it.
    range_limits = models.JSONField(default=dict, blank=True, editable=False)
    is_drawn_expecting = models.BooleanField(default=False, editable=False)
    consented_at = models.DateTimeField(
        _("agreed to our storing health answers"), null=True, blank=True
    )
    # From then on nobody else sees the record; after the days of grace it is gone. Signing in
    # takes the request back.
    deletion_requested_at = models.DateTimeField(
        _("asked for deletion"), null=True, blank=True, editable=False
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()  # type: ignore[assignment,misc]  # made for an e-mail, not a user name

    class Meta:
        ordering = ["email"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(
                condition=~Q(role=Role.THERAPIST) | Q(clinic__isnull=False),
                name="user_therapist_has_a_clinic",
                violation_error_message=_("A therapist belongs to a clinic."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_patient(self) -> bool:
        return self.role == Role.PATIENT

    @property
    def is_therapist(self) -> bool:
        return self.role == Role.THERAPIST

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email


class CareLinkQuerySet(models.QuerySet["CareLink"]):
    def active(self) -> CareLinkQuerySet:
        """Links that give a therapist the record: accepted and not ended."""
        return self.filter(accepted_at__isnull=False, ended_at__isnull=True)

    def open(self) -> CareLinkQuerySet:
        """Asked and not yet answered, or accepted and not ended."""
        return self.filter(ended_at__isnull=True)


class CareLink(models.Model):
    """A patient and a therapist. Accepted, it shares the whole record; ended, it shares nothing."""

    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="care_links_as_patient"
    )
    therapist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="care_links_as_therapist"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("care link")
        verbose_name_plural = _("care links")
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "therapist"],
                condition=Q(ended_at__isnull=True),
                name="care_link_once_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(patient=models.F("therapist")), name="care_link_joins_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} – {self.therapist_id}"


class RecordAccess(models.Model):
    """Who opened whose record, what they looked at and when. The patient can read it."""

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="records_opened"
    )
    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="record_accesses"
    )
    page = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("record opened")
        verbose_name_plural = _("records opened")

    def __str__(self) -> str:
        return f"{self.viewer_id} → {self.patient_id}: {self.page}"
