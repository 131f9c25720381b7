"""A person with something in every table that bears their id."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from model_bakery import baker

from backrelief.accounts.access import note_access
from backrelief.accounts.models import User
from programs.limits import set_limit
from programs.models import ClinicalRecord, Draft, Lock, Screening
from progress.diary import log_pain
from progress.export.tables import Table, all_tables, foreign_keys, is_person
from tests.factories.accounts import link
from tests.factories.programs import answers_of, give_program
from tests.factories.progress import finished_session

# Values that every rule of the database allows: pain, weeks and minutes alike.
MADE_UP: dict[str, Any] = {
    "PositiveSmallIntegerField": 7,
    "PositiveIntegerField": 7,
    "FloatField": 3.5,
    "DateField": dt.date(2026, 5, 4),
    "DateTimeField": dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC),
    "TextField": "made up",
}
NOTE = "=SUM(A1) “quoted”, and a\nsecond line"


def lived_record(person: User, therapist: User) -> None:
    """Answers, a lock that was lifted, a program, sessions, a diary, a therapist who looked."""
    today = dt.date(2026, 5, 4)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    link(person, therapist)
    person.clinic = therapist.clinic
    person.save(update_fields=["clinic"])
    note_access(therapist, person, "record")
    Draft.objects.create(user=person, replies={"check:about": {"age": 40}}, answers=answers_of())
    screening = Screening.objects.create(
        patient=person, rule_set="1", answers={"rf16": "yes"}, level="urgent", reasons=[]
    )
    seen = ClinicalRecord.objects.create(
        patient=person,
        kind="assessment",
        by="therapist",
        professional="A. Brook",
        date=today,
        lifts=["RF16"],
        outcome="Nothing found",
        recorded_by=therapist,
    )
    Lock.objects.create(
        patient=person, level="urgent", rule="RF16", screening=screening, lifted_by=seen
    )
    version = give_program(person, today)
    give_program(person, today + dt.timedelta(days=7), minutes=10)
    set_limit(version.program, "bridge", 50, therapist, today)
    for back in (0, 2, 4):
        finished_session(person, version, today + dt.timedelta(days=back), note=NOTE)
    for hour in range(3):
        at = dt.datetime(2026, 5, 4, 8 + hour, 30, tzinfo=dt.UTC)
        log_pain(person, uuid.uuid4(), 3 + hour, at, note=NOTE)


def fill_every_table(person: User, therapist: User) -> None:
    """Gives each table that is still without a row of the person one more, made up."""
    for table in all_tables():
        if not table.rows(person).exists():
            baker.make(table.model, **_links(table, person, therapist))


def _links(table: Table, person: User, therapist: User) -> dict[str, Any]:
    """Every foreign key of the table: the person, the therapist, or a row that is there."""
    found: dict[str, Any] = {}
    for key in foreign_keys(table.model):
        if is_person(key):
            found[key.name] = person if key.name == table.owner else therapist
        else:
            parent = next((t for t in all_tables() if t.model is key.related_model), None)
            rows = parent.rows(person) if parent else key.related_model._base_manager.all()
            found[key.name] = rows.first()
    for field in table.model._meta.concrete_fields:
        kind = field.get_internal_type()
        if kind in MADE_UP and not field.null and not field.has_default() and not field.choices:
            found[field.name] = MADE_UP[kind]
    return found
