"""What a program is told: each event once, with its decision, and a version only where it changed."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from programs.adapting import case_of, running_program, tell_program
from programs.engine import EventFaults
from programs.models import Program, ProgramEvent
from tests.factories.programs import give_program
from tests.support.pages import queries

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def version(library, patient):
    return give_program(patient, MONDAY, days=["mon", "wed", "fri"])


def events() -> list[tuple[int, str, str]]:
    return [(e.seq, e.kind, e.day.isoformat()) for e in ProgramEvent.objects.order_by("seq")]


def test_an_event_is_kept_with_its_payload_decision_and_library(patient, version):
    tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, "entry:1")
    stored = ProgramEvent.objects.get()
    told = {"kind": "pain", "date": "2026-11-24", "id": "entry:1", "average_pain": 3}
    assert stored.event == told
    assert stored.outcome["date"] == "2026-11-24"
    assert stored.library_id == version.library_id
    assert stored.rule_set == version.rule_set


def test_the_same_token_again_changes_nothing(patient, version):
    first = tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, "entry:1")
    case = Program.objects.get().case
    again = tell_program(patient, "pain", TUESDAY, {"average_pain": 9}, "entry:1")
    assert again.pk == first.pk
    assert events() == [(1, "pain", "2026-11-24")]
    assert Program.objects.get().case == case


def test_the_database_keeps_a_token_and_a_number_once(patient, version):
    first = tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, "entry:1")
    for values in ({"seq": 1, "token": "other"}, {"seq": 2, "token": "entry:1"}):
        first.pk = None
        for name, value in values.items():
            setattr(first, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save(force_insert=True)


def test_an_event_of_an_earlier_day_counts_as_the_last_one(patient, version):
    tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, "entry:1")
    tell_program(patient, "pain", MONDAY, {"average_pain": 4}, "entry:2")
    assert events() == [(1, "pain", "2026-11-24"), (2, "pain", "2026-11-24")]


def test_a_malformed_event_leaves_nothing_behind(patient, version):
    with pytest.raises(EventFaults):
        tell_program(patient, "pain", TUESDAY, {"average_pain": 11}, "entry:1")
    assert events() == []


def test_where_no_program_runs_nothing_is_told(patient, library):
    assert tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, "entry:1") is None
    assert events() == []


def test_a_program_from_before_events_goes_on_from_its_last_version(patient, version):
    Program.objects.update(case="", library=None)
    tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, "entry:1")
    program = Program.objects.get()
    assert program.library_id == version.library_id
    assert json.loads(program.case)["began"] == "2026-11-23"


def test_the_stored_case_is_the_case(patient, version):
    tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, "entry:1")
    with transaction.atomic():
        case = case_of(running_program(patient))
    assert case.today == TUESDAY
    assert json.dumps(case.to_json(), sort_keys=True, separators=(",", ":")) == (
        Program.objects.get().case
    )


def test_telling_costs_the_same_after_many_events(patient, version):
    def cost(number: int) -> int:
        with queries() as seen:
            tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, f"entry:{number}")
        return len(seen)

    tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, "entry:0")
    first = cost(1)
    for number in range(2, 12):
        tell_program(patient, "pain", TUESDAY, {"average_pain": 3}, f"entry:{number}")
    assert cost(12) == first <= 9
