"""Who may see and touch whose record. Every other module asks here.

A patient sees their own record. A therapist sees the patients linked to them, and the
patients of their clinic who have no therapist yet as a list of names only. Nobody else
reads a record: clinic staff and administrators look after the library and accounts.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone

from backrelief.accounts.models import CareLink, RecordAccess, Role, User

# A page that is reloaded within this many minutes counts as one look.
SAME_LOOK_MINUTES = 30


def patients_visible_to(user: User) -> QuerySet[User]:
    """The patients whose whole record ``user`` may read, as therapist or as themselves."""
    if user.role == Role.THERAPIST:
        links = CareLink.objects.active().filter(therapist=user, patient=OuterRef("pk"))
        return _staying().filter(Exists(links))
    return User.objects.filter(pk=user.pk, role=Role.PATIENT)


def unassigned_patients(therapist: User) -> QuerySet[User]:
    """Patients of the therapist's clinic who have no therapist: their names, not their records."""
    if therapist.role != Role.THERAPIST:
        return User.objects.none()
    links = CareLink.objects.open().filter(patient=OuterRef("pk"))
    return _staying().filter(~Exists(links), clinic=therapist.clinic)


def _staying() -> QuerySet[User]:
    """Patients who have not asked for deletion: from the request on nobody else sees them."""
    return User.objects.filter(
        role=Role.PATIENT, is_active=True, deletion_requested_at__isnull=True
    )


def open_record(viewer: User, patient_id: int, page: str) -> User:
    """The patient whose record ``viewer`` opens, with the look written down.

    Raises ``Http404`` where the viewer may not read it, as if there were no such person.
    """
    patient = patients_visible_to(viewer).filter(pk=patient_id).first()
    if patient is None:
        raise Http404
    note_access(viewer, patient, page)
    return patient


def note_access(viewer: User, patient: User, page: str) -> None:
    """Writes down that ``viewer`` opened ``patient``'s record; one's own record is not noted."""
    since = timezone.now() - timedelta(minutes=SAME_LOOK_MINUTES)
    look = {"viewer": viewer, "patient": patient, "page": page}
    if viewer.pk != patient.pk and not RecordAccess.objects.filter(**look, at__gte=since).exists():
        RecordAccess.objects.create(**look)
