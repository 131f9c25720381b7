"""Sessions on devices that lose the network, are killed, send twice and hear no answer.

Ten runs here, two hundred with ``FAULT_RUNS=200`` (``make soak``); the same seed gives the same run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from programs.calendar import session_day
from programs.easing import easier_way
from progress.models import SessionEvent, SessionRecord
from tests.conftest import ROOT
from tests.factories.accounts import make_patient
from tests.factories.programs import give_program

RUNS = int(os.environ.get("FAULT_RUNS", "10"))
FIRST_SEED = int(os.environ.get("FAULT_SEED", "1"))
PROOF = "a" * 32
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
]


def world(seed: int, base: str) -> tuple[Any, dict[str, Any]]:
    """A person of their own for each run, and what their devices know."""
    person = make_patient(f"run-{seed}@example.org", time_zone="UTC")
    today = session_day(person, timezone.now())
    version = give_program(person, today, days=["mon", "wed", "fri"])
    client = Client()
    client.force_login(person)
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    cookies |= {settings.CSRF_COOKIE_NAME: PROOF}
    exercises = []
    for item in version.plan["program"]["exercises"]:
        easier = easier_way(version, item["slug"], item["variant"])
        exercises.append(
            {
                "slug": item["slug"],
                "sets": item["sets"],
                "easier": easier.variant if easier else None,
            }
        )
    return person, {
        "seed": seed,
        "base": base,
        "headers": {
            "Content-Type": "application/json",
            "X-CSRFToken": PROOF,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        },
        "version": version.digest,
        "day": today.isoformat(),
        "exercises": exercises,
    }


def test_nothing_is_lost_and_nothing_is_doubled(live_server, library):
    made = [world(FIRST_SEED + n, live_server.url) for n in range(RUNS)]
    ran = subprocess.run(
        ["node", str(ROOT / "tests" / "js" / "faults.mjs")],
        input=json.dumps([told for _person, told in made]),
        capture_output=True,
        text=True,
        timeout=60 + 5 * RUNS,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    results = json.loads(ran.stdout)
    assert len(results) == RUNS
    faults = []
    for (person, _told), result in zip(made, results, strict=True):
        faults += [f"seed {result['seed']}: {fault}" for fault in faults_of(person, result)]
    assert faults == []
    assert sum(len(device["did"]) for result in results for device in result["devices"]) > 10 * RUNS


def faults_of(person: Any, result: dict[str, Any]) -> list[str]:
    """What differs between what the devices did and what the record says."""
    acts = [act for device in result["devices"] for act in device["did"]]
    found = [f"left on a device: {item}" for d in result["devices"] for item in d["left"]]
    kept = list(SessionEvent.objects.filter(patient=person).values_list("event_id", flat=True))
    if sorted(map(str, kept)) != sorted(act["id"] for act in acts):
        found.append("an event is missing or there twice")
    sessions = SessionRecord.objects.filter(patient=person)
    if sessions.count() != 1:
        return [*found, f"{sessions.count()} sessions on one day"]
    session = sessions.get()
    for exercise in session.exercises.all():
        found += _exercise_faults(exercise, [a for a in acts if a.get("slug") == exercise.slug])
    return found + _ending_faults(session, [a for a in acts if a["kind"] == "finish"])


def _exercise_faults(exercise: Any, acts: list[dict[str, Any]]) -> list[str]:
    found = []
    said = max((act["sets"] for act in acts if act["kind"] == "sets"), default=0)
    is_done = any(act["kind"] == "done" for act in acts)
    wanted = exercise.sets_planned if is_done else min(said, exercise.sets_planned)
    if exercise.sets_done != wanted:
        found.append(f"{exercise.slug}: {exercise.sets_done} rounds, not {wanted}")
    pains = [act for act in acts if act["kind"] == "hurts"]
    if exercise.pain_during != max((act["pain"] for act in pains), default=None):
        found.append(f"{exercise.slug}: pain {exercise.pain_during} of {pains}")
    is_red = any(act["feeling"] == "sharp" or act["pain"] >= 6 for act in pains)
    if exercise.is_red != is_red:
        found.append(f"{exercise.slug}: red {exercise.is_red}")
    if is_done and not is_red and (exercise.was_skipped or exercise.done_at is None):
        found.append(f"{exercise.slug}: done, but not said so")
    return found


def _ending_faults(session: SessionRecord, endings: list[dict[str, Any]]) -> list[str]:
    """The first ending that came counts whole; each other one is kept beside it."""
    if not endings:
        return ["an ending from nowhere"] if session.finished_at else []
    told = [(act["pain_after"], act["effort"], act["note"]) for act in endings]
    if (session.pain_after, session.effort, session.note) not in told:
        return ["the ending is not one that was told"]
    kept = session.events.filter(kind="finish")
    notes = sorted(row.content["note"] for row in kept)
    return [] if notes == sorted(act["note"] for act in endings) else ["an ending is lost"]
