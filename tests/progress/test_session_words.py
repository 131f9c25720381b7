"""The words of today and of a session: plain enough to be read in pain, and without promises."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from progress import recording
from tests.factories.programs import give_program
from tests.support.claims import banned
from tests.support.pages import all_words, parse
from tests.support.reading import as_text, grade

MONDAY = date(2026, 11, 23)
PARTS = "h1, h2, h3, p:not(:has(p)), li:not(:has(p)), legend, label, summary, button"


@pytest.fixture
def pages(client, patient, library):
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    version = give_program(patient, MONDAY, days=["mon", "wed"])
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        found = {"today": client.get("/today/")}
        session = recording.start_session(patient, version, MONDAY, 2)
        recording.record_pain(recording.current_exercise(session), 3, "ache")
        for name in ("session", "session-hurts", "session-relief"):
            found[name] = client.get(reverse(f"progress:{name}", args=[session.token]))
        recording.stop_session(session)
        for name in ("finish", "session-stopped"):
            found[name] = client.get(reverse(f"progress:{name}", args=[session.token]))
        recording.finish_session(session, 4, 4, "")
        found["session-done"] = client.get(reverse("progress:session-done", args=[session.token]))
    return {
        name: all_words(parse(answer).get_element_by_id("main"), PARTS)
        for name, answer in found.items()
    }


def test_every_page_reads_at_grade_six(pages):
    grades = {name: grade(as_text(parts)) for name, parts in pages.items()}
    assert {name: found for name, found in grades.items() if found > 6.5} == {}
    assert min(len(parts) for parts in pages.values()) >= 4


def test_no_page_makes_a_claim_without_a_source(pages):
    assert [name for name, parts in pages.items() if banned(as_text(parts))] == []
