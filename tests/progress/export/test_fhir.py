"""The FHIR bundle: every resource validates as R4B, and its numbers are the record's."""

from collections import Counter

import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.bundle import Bundle

from progress.export.fhir import as_bundle
from progress.export.formats import FORMATS
from progress.export.record import record_of
from progress.models import DiaryEntry, ExerciseRecord
from tests.factories.record import NOTE, fill_every_table, lived_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
PROMISED = {
    "Patient",
    "CarePlan",
    "Goal",
    "ServiceRequest",
    "Observation",
    "QuestionnaireResponse",
    "AdverseEvent",
}


@pytest.fixture
def bundle(patient, therapist):
    lived_record(patient, therapist)
    fill_every_table(patient, therapist)
    ExerciseRecord.objects.filter(session__patient=patient, order=1).update(is_red=True)
    DiaryEntry.objects.owned_by(patient).filter(pain=5).update(deleted_at="2026-05-05T08:00:00Z")
    return as_bundle(record_of(patient))


def resources(bundle, kind):
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def test_each_resource_validates_as_r4b(bundle):
    for entry in bundle["entry"]:
        resource = entry["resource"]
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    Bundle.model_validate(bundle)
    assert {e["resource"]["resourceType"] for e in bundle["entry"]} == PROMISED


def test_ids_are_unique_and_every_reference_leads_to_an_entry(bundle):
    urls = Counter(entry["fullUrl"] for entry in bundle["entry"])
    assert max(urls.values()) == 1
    assert set(references(bundle)) <= set(urls)


def references(value):
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def test_pain_of_the_diary_is_coded_with_its_value_time_and_note(bundle):
    found = [o for o in resources(bundle, "Observation") if o["id"].startswith("diary-")]
    assert [(o["valueQuantity"]["value"], o["effectiveDateTime"], o["status"]) for o in found] == [
        (3, "2026-05-04T08:30:00Z", "final"),
        (4, "2026-05-04T09:30:00Z", "final"),
        (5, "2026-05-04T10:30:00Z", "entered-in-error"),
    ]
    assert {o["code"]["coding"][0]["code"] for o in found} == {"72514-3"}
    assert found[0]["note"][0]["text"] == NOTE


def test_a_session_is_a_panel_with_its_members(bundle):
    by_id = {o["id"]: o for o in resources(bundle, "Observation")}
    panel = by_id["session-1"]
    assert panel["code"]["coding"][0]["code"] == "PAPanel"
    assert len(panel["hasMember"]) == 5
    assert by_id["session-1-minutes"]["code"]["coding"][0]["code"] == "55411-3"
    assert by_id["session-1-pain-after"]["valueQuantity"]["value"] == 2
    categories = [c["coding"][0]["code"] for c in panel["category"]]
    assert categories == ["activity", "PhysicalActivity"]


def test_a_plan_is_a_prescription_and_only_the_last_is_active(bundle):
    requests = resources(bundle, "ServiceRequest")
    assert {r["status"] for r in requests[:-1]} == {"completed"}
    assert requests[-1]["status"] in ("active", "on-hold")
    assert {r["code"]["coding"][0]["code"] for r in requests} == {"229065009"}
    assert "×" in requests[0]["patientInstruction"]
    plan = resources(bundle, "CarePlan")[0]
    assert len(plan["activity"]) == len(requests) >= 2


def test_pain_that_stopped_an_exercise_is_an_adverse_event(bundle):
    events = resources(bundle, "AdverseEvent")
    assert len([e for e in events if e["id"].startswith("exercise-")]) == 3
    assert all(e["event"]["text"].startswith("Pain stopped") for e in events)


def test_the_same_record_is_the_same_bytes(patient, therapist):
    lived_record(patient, therapist)
    write = FORMATS["fhir"].write
    assert write(record_of(patient)) == write(record_of(patient))
