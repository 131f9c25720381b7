"""The words of today and of a session: plain enough to be read in pain, and without promises."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from programs.models import ProgramEvent
from progress import recording
from tests.factories.programs import give_program
from tests.support.claims import banned
from tests.support.pages import all_words, parse
from tests.support.reading import as_text, grade, sentences, word_count

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


BARRIERS = ("time", "pain", "forgot", "too_hard", "too_easy", "bored", "unsure", "other", "none")
ASKED = ("check-in", "flare", "diary-new")
PLANNED = ("plan-days", "pause", "plan")


@pytest.fixture
def listening(client, patient, library):
    """The pages on which the program is told something, and what it answers."""
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    give_program(patient, MONDAY, days=["mon", "wed"])
    found = {}
    for week, barrier in enumerate(BARRIERS):
        with time_machine.travel(datetime(2026, 11, 23, 9, week, tzinfo=UTC), tick=False):
            # Nine weeks in one: each check-in is the day's first.
            asked = ProgramEvent.objects.filter(token__startswith="check-in:")
            asked.update(token=f"week {week}")
            client.post("/check-in/", {"feeling": "same", "barrier": barrier})
            found[f"checked in: {barrier}"] = client.get("/check-in/done/")
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False):
        client.post("/plan/lighter-week/")
        found |= {name: client.get(reverse(f"progress:{name}")) for name in ASKED}
        found |= {name: client.get(reverse(f"programs:{name}")) for name in PLANNED}
        found["swap"] = client.get("/plan/swap/bridge/")
        client.post("/flare/", {"signs": "none"})
        found |= {name: client.get(reverse(f"progress:{name}")) for name in ("calm-plan", "today")}
        client.post("/plan/pause/", {"reason": "illness"})
        found["today, paused"] = client.get("/today/")
    return {
        name: all_words(parse(answer).get_element_by_id("main"), PARTS)
        for name, answer in found.items()
    }


def test_what_the_program_asks_and_answers_reads_at_grade_six_in_short_sentences(listening):
    grades = {name: grade(as_text(parts)) for name, parts in listening.items()}
    assert {name: found for name, found in grades.items() if found > 6.5} == {}
    told = {
        sentence for parts in listening.values() for part in parts for sentence in sentences(part)
    }
    assert [sentence for sentence in told if word_count(sentence) >= 20] == []
    assert [name for name, parts in listening.items() if banned(as_text(parts))] == []


def test_every_page_reads_at_grade_six(pages):
    grades = {name: grade(as_text(parts)) for name, parts in pages.items()}
    assert {name: found for name, found in grades.items() if found > 6.5} == {}
    assert min(len(parts) for parts in pages.values()) >= 4


def test_no_page_makes_a_claim_without_a_source(pages):
    assert [name for name, parts in pages.items() if banned(as_text(parts))] == []
