"""Who may read whose record."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from backrelief.accounts import access, care
from backrelief.accounts.models import CareLink, RecordAccess, Role
from tests.factories.accounts import link, make_clinic, make_patient, make_staff, make_therapist

pytestmark = pytest.mark.django_db


def names(people) -> list[str]:
    return sorted(person.email for person in people)


def test_a_patient_sees_only_themselves(patient, stranger):
    assert names(access.patients_visible_to(patient)) == ["pat@example.org"]


def test_a_therapist_sees_linked_patients_and_nobody_else(patient, stranger, therapist, linked):
    assert names(access.patients_visible_to(therapist)) == ["pat@example.org"]


def test_a_request_gives_nothing_until_it_is_accepted(patient, therapist):
    CareLink.objects.create(patient=patient, therapist=therapist, asked_by=therapist)
    assert names(access.patients_visible_to(therapist)) == []


def test_ending_the_link_ends_access_at_once(patient, therapist, linked):
    care.end(patient, linked)
    assert names(access.patients_visible_to(therapist)) == []


def test_a_colleague_in_the_same_clinic_sees_nothing(patient, therapist, linked, clinic):
    omar = make_therapist("omar@example.org", clinic)
    assert names(access.patients_visible_to(omar)) == []


def test_clinic_staff_and_superusers_see_no_record(patient, clinic):
    for reader in (
        make_staff("clinic@example.org", clinic),
        make_staff("admin@example.org", clinic, is_superuser=True),
    ):
        assert names(access.patients_visible_to(reader)) == []


def test_an_inactive_patient_is_not_in_the_caseload(patient, therapist, linked):
    patient.is_active = False
    patient.save()
    assert names(access.patients_visible_to(therapist)) == []


def test_the_unassigned_list_holds_own_clinic_patients_without_a_link(clinic, therapist, patient):
    waiting = make_patient("waiting@example.org", clinic=clinic)
    elsewhere = make_clinic("River Clinic")
    make_patient("elsewhere@example.org", clinic=elsewhere)
    cared_for = make_patient("cared@example.org", clinic=clinic)
    link(cared_for, therapist)
    assert names(access.unassigned_patients(therapist)) == [waiting.email]
    assert names(access.unassigned_patients(patient)) == []


def test_opening_a_record_is_written_down_once_in_a_while(patient, therapist, linked):
    for _ in range(3):
        assert access.open_record(therapist, patient.pk, "plan") == patient
    access.open_record(therapist, patient.pk, "diary")
    looks = RecordAccess.objects.filter(patient=patient).order_by("page")
    assert [(look.viewer, look.page) for look in looks] == [
        (therapist, "diary"),
        (therapist, "plan"),
    ]


def test_a_look_half_an_hour_later_is_a_new_look(patient, therapist, linked):
    access.open_record(therapist, patient.pk, "plan")
    RecordAccess.objects.update(at=timezone.now() - timedelta(minutes=31))
    access.open_record(therapist, patient.pk, "plan")
    assert RecordAccess.objects.count() == 2


def test_a_stranger_gets_404_and_leaves_no_line(stranger, patient, therapist):
    for reader in (stranger, therapist):
        with pytest.raises(Http404):
            access.open_record(reader, patient.pk, "plan")
    assert RecordAccess.objects.count() == 0


def test_own_record_is_not_logged(patient):
    assert access.open_record(patient, patient.pk, "plan") == patient
    assert RecordAccess.objects.count() == 0


def test_a_therapist_who_becomes_a_patient_keeps_no_view(patient, therapist, linked):
    therapist.role = Role.PATIENT
    therapist.save()
    assert names(access.patients_visible_to(therapist)) == ["tess@example.org"]


def test_an_account_is_switched_off_and_never_deleted_in_the_admin(
    client, patient, therapist, linked, clinic, settings
):
    """A deleted therapist would take along who looked into which record."""
    settings.DEMO = True  # no second factor is asked for
    access.note_access(therapist, patient, "record")
    client.force_login(make_staff("admin@example.org", clinic, is_superuser=True))
    page = f"/admin/accounts/user/{therapist.pk}"
    assert client.get(f"{page}/change/").status_code == 200
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    client.force_login(therapist)
    assert client.get(f"/caseload/{patient.pk}/").status_code == 200
    therapist.is_active = False
    therapist.save()
    assert client.get(f"/caseload/{patient.pk}/").status_code == 302
    assert RecordAccess.objects.filter(patient=patient, viewer=therapist).exists()
