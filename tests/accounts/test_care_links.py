"""Asking, accepting and ending: through the pages, as people do."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages

from backrelief.accounts.models import CareLink
from tests.factories.accounts import make_therapist

pytestmark = pytest.mark.django_db


def verify(user) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_therapist_asks_and_the_patient_accepts(client, patient, therapist):
    client.force_login(therapist)
    client.post("/settings/care/ask/", {"email": "PAT@example.org"})
    link = CareLink.objects.get()
    assert (link.patient, link.therapist, link.asked_by) == (patient, therapist, therapist)

    verify(patient)
    client.force_login(patient)
    response = client.post(f"/settings/care/{link.pk}/accept/")
    assert said(response) == ["You are linked now."]
    patient.refresh_from_db()
    assert (CareLink.objects.active().get(), patient.clinic) == (link, therapist.clinic)


def test_a_patient_with_an_unproven_address_confirms_it_first(client, patient, therapist):
    link = CareLink.objects.create(patient=patient, therapist=therapist, asked_by=therapist)
    client.force_login(patient)
    response = client.post(f"/settings/care/{link.pk}/accept/")
    assert response.headers["Location"] == "/accounts/email/"
    assert not CareLink.objects.active().exists()


def test_nobody_accepts_their_own_request(client, patient, therapist):
    link = CareLink.objects.create(patient=patient, therapist=therapist, asked_by=therapist)
    client.force_login(therapist)
    assert client.post(f"/settings/care/{link.pk}/accept/").status_code == 404
    assert not CareLink.objects.active().exists()


def test_an_unknown_address_gets_the_same_answer_as_a_known_one(client, patient, therapist):
    verify(patient)
    client.force_login(patient)
    known = client.post("/settings/care/ask/", {"email": therapist.email})
    unknown = client.post("/settings/care/ask/", {"email": "nobody@example.org"})
    assert said(known)[-1] == said(unknown)[-1]
    assert CareLink.objects.count() == 1


def test_a_patient_cannot_link_to_another_patient(client, patient, stranger):
    verify(patient)
    client.force_login(patient)
    client.post("/settings/care/ask/", {"email": stranger.email})
    assert CareLink.objects.count() == 0


def test_asking_twice_makes_one_link(client, patient, therapist):
    verify(patient)
    client.force_login(patient)
    for _ in range(2):
        client.post("/settings/care/ask/", {"email": therapist.email})
    assert CareLink.objects.count() == 1


def test_either_side_ends_it_and_a_third_person_cannot(client, patient, therapist, linked, clinic):
    omar = make_therapist("omar@example.org", clinic)
    client.force_login(omar)
    assert client.post(f"/settings/care/{linked.pk}/end/").status_code == 404
    client.force_login(patient)
    client.post(f"/settings/care/{linked.pk}/end/")
    linked.refresh_from_db()
    assert (linked.ended_by, CareLink.objects.active().count()) == (patient, 0)


def test_a_bad_address_keeps_what_was_typed(client, patient):
    client.force_login(patient)
    response = client.post("/settings/care/ask/", {"email": "tess at example"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="tess at example"' in page
    assert "Type the whole address, such as name@example.org." in page


def test_a_patient_confirms_their_address_before_they_ask(client, patient, therapist):
    client.force_login(patient)
    response = client.post("/settings/care/ask/", {"email": therapist.email})
    assert response.headers["Location"] == "/accounts/email/"
    assert CareLink.objects.count() == 0


def test_whom_a_therapist_asked_is_not_told_before_the_answer(client, patient, therapist):
    """The name of a patient beside an address would tell that this person has an account."""
    client.force_login(therapist)
    client.post("/settings/care/ask/", {"email": patient.email})
    page = client.get("/settings/").content.decode()
    assert (CareLink.objects.count(), patient.name in page) == (1, False)
    verify(patient)
    client.force_login(patient)
    client.post(f"/settings/care/{CareLink.objects.get().pk}/accept/")
    client.force_login(therapist)
    assert patient.name in client.get("/settings/").content.decode()
