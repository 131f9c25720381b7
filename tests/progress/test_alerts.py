"""Alerts: one open a rule, never milder, closed only with a note, and never a stranger's."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from programs.models import Lock
from progress import alerts
from progress.diary import log_pain
from progress.models import Alert, AlertStep, MeasureResult
from tests.factories.accounts import link, make_patient, make_therapist
from tests.factories.programs import give_program
from tests.factories.progress import finished_session
from tests.support.pages import all_words, one, parse, queries, words

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def tell(patient, rule="E4", priority="P2", text="Leg pain further down on 2 entries."):
    return alerts.raise_alert(
        patient, rule, priority, therapist_text=text, patient_text="See someone within 7 days."
    )


@pytest.fixture
def tess(client, therapist, linked):
    client.force_login(therapist)
    return therapist


def url(alert: Alert) -> str:
    return f"/caseload/{alert.patient_id}/alerts/{alert.pk}/"


def steps(alert: Alert) -> list[str]:
    return list(alert.steps.values_list("kind", flat=True))


def test_a_rule_that_fires_again_stays_one_alert_with_its_history(patient):
    first = tell(patient)
    again = tell(patient, text="Leg pain further down on 3 entries.")
    assert again.pk == first.pk
    assert Alert.objects.get().therapist_text == "Leg pain further down on 3 entries."
    assert steps(first) == ["opened", "again"]


def test_severity_rises_and_never_falls(patient, therapist):
    alert = tell(patient, priority="P3")
    alerts.mark_seen(alert, therapist)
    assert tell(patient, priority="P1").priority == "P1"
    assert tell(patient, priority="P4").priority == "P1"
    alert.refresh_from_db()
    assert (alert.priority, alert.seen_at) == ("P1", None)
    assert steps(alert) == ["opened", "seen", "raised", "again"]


def test_the_database_keeps_one_open_alert_a_rule(patient, therapist):
    alert = tell(patient)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(patient=patient, rule="E4", priority="P1", therapist_text="twice")
    alerts.close(alert, therapist, "Called, settled.")
    assert tell(patient).pk != alert.pk


@pytest.mark.parametrize(
    "values", [{"priority": "P5"}, {"closed_at": "2026-11-24T08:00Z", "note": ""}]
)
def test_the_database_refuses_an_unknown_priority_and_a_close_without_a_note(patient, values):
    alert = tell(patient)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(**values)


def test_the_record_shows_the_reason_and_both_actions(client, tess, patient):
    tell(patient, text="Pain 9 of 10 on Nov 24.")
    page = parse(client.get(f"/caseload/{patient.pk}/"))
    concern = words(one(page, ".concern"))
    assert concern.startswith("Next working day E4")
    assert "Pain 9 of 10 on Nov 24." in concern
    assert all_words(page, ".concern button") == ["Mark as seen: E4", "Close"]


def test_seen_keeps_it_open_and_says_so(client, tess, patient):
    alert = tell(patient)
    response = client.post(url(alert), {"action": "seen"})
    assert response.headers["Location"] == f"/caseload/{patient.pk}/"
    alert.refresh_from_db()
    assert (alert.seen_by, alert.closed_at) == (tess, None)
    seen_at = alert.seen_at
    client.post(url(alert), {"action": "seen"})
    alert.refresh_from_db()
    assert (alert.seen_at, steps(alert)) == (seen_at, ["opened", "seen"])
    assert "Seen" in words(one(parse(client.get("/caseload/")), "article"))


def test_closing_needs_a_note_and_keeps_it(client, tess, patient):
    alert = tell(patient)
    assert client.post(url(alert), {"action": "close", "note": " "}).status_code == 422
    assert Alert.objects.open().count() == 1
    client.post(url(alert), {"action": "close", "note": "Called. Seen by the doctor."})
    page = parse(client.get(f"/caseload/{patient.pk}/"))
    assert page.cssselect(".concern") == []
    assert "Called. Seen by the doctor." in words(page)
    assert client.post(url(alert), {"action": "close", "note": "again"}).status_code == 404
    assert AlertStep.objects.filter(kind="closed").count() == 1


def test_a_strangers_alert_is_not_found(client, tess, patient, stranger, clinic):
    theirs = tell(stranger)
    mine = tell(patient)
    for address in (url(theirs), f"/caseload/{patient.pk}/alerts/{theirs.pk}/"):
        assert client.post(address, {"action": "seen"}).status_code == 404
    client.force_login(patient)
    assert client.post(url(mine), {"action": "seen"}).status_code == 404
    client.force_login(make_therapist("omar@example.org", clinic))
    assert client.post(url(mine), {"action": "seen"}).status_code == 404
    assert Alert.objects.filter(seen_at__isnull=False).count() == 0


def test_what_is_only_for_information_needs_nobody(client, tess, patient):
    tell(patient, rule="E19", priority="P4", text="No entry for 14 days.")
    page = parse(client.get("/caseload/"))
    assert "0 of 1 need you." in words(one(page, ".lede"))


def test_a_lock_and_the_alert_that_it_raised_are_one_concern(client, tess, patient):
    Lock.objects.create(patient=patient, level="urgent", rule="RF9", text="Weight loss.")
    alert = tell(patient, rule="E3", priority="P1", text="Warning sign in the diary: RF9.")
    tell(patient, rule="E4")
    page = parse(client.get("/caseload/"))
    assert len(page.cssselect("article li")) == 2
    record = parse(client.get(f"/caseload/{patient.pk}/"))
    first = record.cssselect("li.concern")[0]
    assert (words(one(first, "strong")), "Record an assessment" in words(first)) == ("RF9", True)
    assert first.cssselect(f"form[action='{url(alert)}']")
    # Closed with a note, the lock stays until an assessment names it.
    alerts.close(alert, tess, "Called.")
    assert "RF9" in words(one(parse(client.get("/caseload/")), "article"))


@pytest.fixture
def lived(tess, patient, library):
    """Four weeks: pain from 3 to 5, PSFS from 4 to 5.5, the last three sessions left out."""
    today = date(2026, 11, 29)
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False):
        version = give_program(patient, date(2026, 11, 2), days=["mon", "wed", "fri"], age=52)
    pains = {27: 3, 20: 4, 13: 4, 6: 5}
    for back in (27, 20, 13, 11, 9, 6):
        day, noon = today - timedelta(days=back), NOON - timedelta(days=back)
        with time_machine.travel(noon, tick=False):
            if back not in (27, 6):
                finished_session(patient, version, day)
            if back in pains:
                log_pain(patient, uuid4(), pains[back], noon)
                score = 5.5 - back / 14 * 0.75
                MeasureResult.objects.create(patient=patient, name="psfs", score=score, day=day)
    with time_machine.travel(NOON, tick=False):
        yield patient


def test_the_table_says_four_weeks_at_a_glance(client, lived):
    page = parse(client.get("/caseload/"))
    row = one(page, ".caseload tbody tr")
    said = words(row)
    assert "52, week 4" in said
    assert "Pain rising" in said
    assert "Missed 3" in said
    assert words(one(row, ".pain-cell")) == "5up 2"
    assert one(row, ".dots").get("aria-label") == "3 of 6 done"
    assert "5.2 up" in said
    assert one(row, ".ln").get("d").count("L") == 3
    assert [words(a)[0] for a in page.cssselect(".summary-strip a")] == ["0", "1", "1", "0", "1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [("show=rising", 1), ("show=stopped", 0), ("show=nonsense", 1), ("q=PAT", 1), ("q=sam", 0)],
)
def test_a_part_of_the_caseload_by_filter_or_name(client, lived, query, found):
    page = parse(client.get(f"/caseload/?{query}"))
    assert len(page.cssselect(".caseload tbody tr")) == found


def test_the_caseload_costs_the_same_with_one_and_with_many(client, tess, patient, clinic):
    tell(patient)
    with queries() as few:
        client.get("/caseload/")
    for number in range(4):
        person = make_patient(f"p{number}@example.org")
        link(person, tess)
        for rule in ("E4", "E7", "E9"):
            tell(person, rule=rule)
    with queries() as many:
        client.get("/caseload/")
    assert len(many) == len(few) <= 12
