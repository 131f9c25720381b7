"""The one bridge for events: what a running program is told, and what the rules make of it.

An event is stored with the decision that it led to, and with the library it was decided on; the case
goes on from where it was, so that an event costs the same on the first day and after a year.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backrelief.accounts.models import User
from programs.drafts import ask_check_when_due
from programs.engine import (
    RULE_SET,
    Case,
    Decision,
    Level,
    advance,
    begin,
    canonical,
    decision_as_json,
    plan_as_json,
    read_intake,
)
from programs.models import LibrarySnapshot, Lock, Program, ProgramEvent, ProgramVersion
from programs.stock import library_now, library_of, snapshot

# Events at which a running program takes over a library that has changed since.
RENEWING = ("check_in", "intake", "library")
# What differs from one printing of the same plan to the next: not a change that anybody sees.
UNSEEN = ("digest", "first_week")
# What may be told of an earlier day, or be corrected later: it carries its name and that day.
DATED = ("session", "hurt", "next_morning", "pain", "measure", "corrected")


@transaction.atomic
def tell_program(
    patient: User,
    kind: str,
    day: date,
    payload: Mapping[str, Any] | None = None,
    token: str = "",
    *,
    by: User | None = None,
    cause: str = "",
) -> ProgramEvent | None:
    """Tells the patient's running program what happened on ``day`` and keeps what it decided.

    The same token again changes nothing and gives the first event back; so does ``None`` where no
    program runs. What is told late is decided on today, and counts for the day that it tells of.
    ``cause`` names what brought a new version about, where it is not the kind of the event. Raises
    ``EventFaults`` for a payload that the rules cannot read.
    """
    program = running_program(patient)
    if program is None:
        return None
    token = token or f"{kind}:{day.isoformat()}:{timezone.now().isoformat()}"
    if known := program.events.filter(token=token).first():
        return known
    if kind in RENEWING and kind != "library":
        renew_library(program, day)
    return _take(program, kind, day, payload or {}, token, by, cause)


def running_program(patient: User) -> Program | None:
    """The running program, locked until the transaction ends; None where there is none to go on."""
    programs = Program.objects.select_for_update(of=("self",)).select_related("library", "patient")
    program = programs.filter(patient=patient, ended_on=None).first()
    return program if program and (program.case or program.versions.exists()) else None


def renew_library(program: Program, day: date) -> None:
    """Takes the library as it is now, where it has changed since the program last looked."""
    now = snapshot(library_now(program.patient.clinic))
    if program.library_id is None or program.library_id == now.pk:
        return
    program.library = now
    token = f"library:{now.digest.removeprefix('sha256:')[:32]}:{day.isoformat()}"
    _take(program, "library", day, {}, token)


def _take(
    program: Program,
    kind: str,
    day: date,
    payload: Mapping[str, Any],
    token: str,
    by: User | None = None,
    cause: str = "",
) -> ProgramEvent:
    """One step of the rules, written down with all that it led to."""
    before, library = case_of(program), library_of_program(program)
    event = {**payload, "kind": kind, "date": max(day, before.today).isoformat()}
    if kind in DATED:
        event |= {"id": token}
        if day < before.today:
            event["on"] = day.isoformat()
    case, decision = advance(before, event, library_of(library))
    seq = program.last_event + 1
    printed = decision_as_json(decision, seq)
    stored = ProgramEvent.objects.create(
        program=program,
        seq=seq,
        day=case.today,
        kind=kind,
        payload=canonical(event),
        token=token,
        library=library,
        rule_set=RULE_SET,
        decision=canonical(printed),
        has_changes=bool(decision.changes),
        has_alerts=bool(decision.alerts),
        made_by=by,
    )
    keep_case(program, case, library, seq)
    _keep_version(program, case, stored, cause or kind)
    if kind != "screening":
        # The check writes its own locks, a rule each.
        _lock(program.patient, before, case)
    if kind != "screening" and _calls_for_check(before, case, decision):
        ask_check_when_due(program.patient)
    return stored


def _calls_for_check(before: Case, case: Case, decision: Decision) -> bool:
    """A gap, a new condition or four weeks call for a full check, answered anew."""
    is_new = bool(case.awaits) and case.awaits != before.awaits
    return is_new or any(reason.rule == "full-check-due" for reason in decision.reasons)


def case_of(program: Program) -> Case:
    """Where the program stands. One made before events were kept begins from its last version."""
    if program.case:
        return Case.from_json(json.loads(program.case))
    last = program.versions.select_related("library").latest("number")
    return begin(read_intake(last.intake), library_of(last.library))


def library_of_program(program: Program) -> LibrarySnapshot:
    """The library that the program runs on."""
    if program.library is not None:
        return program.library
    return program.versions.select_related("library").latest("number").library


def let_time_pass(patient: User, program: Program, day: date) -> bool:
    """What time alone brings, once a day; written down only where it brings something.

    True where it did. A tick that was missed is made up by the next one, and by any other event.
    """
    if program.ticked_on is not None and program.ticked_on >= day:
        return False
    with transaction.atomic():
        running = running_program(patient)
        if running is None or (running.ticked_on is not None and running.ticked_on >= day):
            return False
        is_news = _brings_something(running, day)
        if is_news:
            _take(running, "tick", day, {}, f"tick:{day.isoformat()}")
        running.ticked_on = day
        running.save(update_fields=["ticked_on"])
    return is_news


def _brings_something(program: Program, day: date) -> bool:
    """Whether the day changes anything: plan, alerts, or what the rules wait for."""
    case = case_of(program)
    if day < case.today:
        return False
    event = {"kind": "tick", "date": day.isoformat()}
    after, decision = advance(case, event, library_of(library_of_program(program)))
    is_same = replace(after, today=case.today, chain=case.chain) == case
    return bool(decision.alerts or decision.changes) or not is_same


def keep_case(program: Program, case: Case, library: LibrarySnapshot, seq: int) -> None:
    program.case = canonical(case.to_json())
    program.library = library
    program.last_event = seq
    program.save(update_fields=["case", "library", "last_event"])


def draw_as(patient: User, conditions: Iterable[str]) -> None:
    """In the second and third trimester the figures of the program are expecting too."""
    is_expecting = "pregnancy_t2t3" in conditions
    if patient.is_drawn_expecting != is_expecting:
        patient.is_drawn_expecting = is_expecting
        patient.save(update_fields=["is_drawn_expecting"])


def _keep_version(program: Program, case: Case, event: ProgramEvent, cause: str) -> None:
    """A new version, if what the person sees is no longer what it was."""
    last = program.versions.latest("number")
    printed = plan_as_json(case.plan)
    if _seen(printed) == _seen(last.plan):
        return
    draw_as(program.patient, case.plan.active_conditions)
    ProgramVersion.objects.create(
        program=program,
        number=last.number + 1,
        made_on=event.day,
        cause=cause,
        inputs=canonical({**case.answers, "today": event.day.isoformat()}),
        library=event.library,
        rule_set=RULE_SET,
        digest=printed["digest"],
        output=canonical(printed),
        at_event=event.seq,
        decision=event.decision,
    )


def _seen(plan: Mapping[str, Any]) -> dict[str, Any]:
    program = plan["program"]
    shown = {key: value for key, value in plan.items() if key not in UNSEEN}
    if program:
        shown["program"] = {key: value for key, value in program.items() if key not in UNSEEN}
    return shown


def _lock(patient: User, before: Case, case: Case) -> None:
    """A stop that the rules decided becomes a lock, as one from the check does."""
    for item in case.locks:
        if item.lifted is None and item not in before.locks:
            lock_for(patient, item.escalation, Level(item.level).key, item.text)


def lock_for(patient: User, rule: str, level: str, text: str, screening: Any | None = None) -> Lock:
    """One open lock a rule; its level may rise and never falls, and its words may grow."""
    lock, made = Lock.objects.open().get_or_create(
        patient=patient,
        rule=rule,
        defaults={"level": level, "text": text, "screening": screening},
    )
    if not made and level == "emergency" and lock.level != "emergency":
        lock.level = "emergency"
        lock.save(update_fields=["level"])
    if not made and lock.text and text != lock.text and text.startswith(lock.text):
        lock.text = text
        lock.save(update_fields=["text"])
    return lock
