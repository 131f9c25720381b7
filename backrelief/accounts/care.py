"""Asking for, accepting and ending a care link."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from backrelief.accounts.models import CareLink, Role, User


def links_of(user: User) -> QuerySet[CareLink]:
    """The open links that ``user`` is one side of, with both people.

    Whom a therapist has asked is not among them before the answer: a name there would tell who has
    an account.
    """
    mine = Q(patient=user) | (Q(therapist=user) & ~Q(asked_by=user, accepted_at__isnull=True))
    return CareLink.objects.open().filter(mine).select_related("patient", "therapist__clinic")


def ask(asker: User, email: str) -> CareLink | None:
    """Asks the person with this address, who must be the other side of care, for a link.

    Returns ``None`` where there is no such person: the caller says the same in both cases.
    """
    other_role = Role.PATIENT if asker.is_therapist else Role.THERAPIST
    staying = User.objects.filter(is_active=True, deletion_requested_at__isnull=True)
    other = staying.filter(email=email.lower(), role=other_role).first()
    if other is None or asker.role not in (Role.PATIENT, Role.THERAPIST):
        return None
    patient, therapist = (other, asker) if asker.is_therapist else (asker, other)
    link, _made = CareLink.objects.open().get_or_create(
        patient=patient, therapist=therapist, defaults={"asked_by": asker}
    )
    return link


def may_accept(user: User, link: CareLink) -> bool:
    """The side that was asked accepts, and a patient only with an address that is proven theirs."""
    if link.accepted_at or link.asked_by_id == user.pk:
        return False
    return user.is_therapist or has_verified_email(user)


def has_verified_email(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()


@transaction.atomic
def accept(user: User, link: CareLink) -> None:
    """Shares the patient's whole record with the therapist from now on."""
    link.accepted_at = timezone.now()
    link.save(update_fields=["accepted_at"])
    if link.patient.clinic_id is None:
        User.objects.filter(pk=link.patient_id).update(clinic=link.therapist.clinic_id)


def end(user: User, link: CareLink) -> None:
    """Ends access at once; also how a request is declined or taken back."""
    link.ended_at = timezone.now()
    link.ended_by = user
    link.save(update_fields=["ended_at", "ended_by"])
