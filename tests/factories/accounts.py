"""People and clinics for tests."""

from __future__ import annotations

from django.utils import timezone

from backrelief.accounts.models import CareLink, Clinic, Role, User

PASSWORD = "stones-on-a-path"


def make_clinic(name: str, **fields) -> Clinic:
    return Clinic.objects.create(name=name, **{"time_zone": "America/New_York", **fields})


def make_patient(email: str, **fields) -> User:
    defaults = {"name": email.partition("@")[0].title(), "consented_at": timezone.now()}
    return User.objects.create_user(email, PASSWORD, **{**defaults, **fields})


def make_therapist(email: str, clinic: Clinic, **fields) -> User:
    return make_patient(email, role=Role.THERAPIST, is_staff=True, clinic=clinic, **fields)


def make_staff(email: str, clinic: Clinic, **fields) -> User:
    return make_patient(email, role=Role.STAFF, is_staff=True, clinic=clinic, **fields)


def link(patient: User, therapist: User) -> CareLink:
    now = timezone.now()
    return CareLink.objects.create(
        patient=patient, therapist=therapist, asked_by=therapist, asked_at=now, accepted_at=now
    )
