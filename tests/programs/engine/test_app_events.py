"""What only the app tells: a sharp pain, pain told after the ending, an alert that was dealt with."""

from datetime import date
from typing import Any

import pytest

from programs.engine import advance, begin, read_intake
from programs.stock import library_now
from tests.factories.programs import answers_of

MONDAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(library):
    return library_now()


@pytest.fixture
def case(shipped):
    intake = read_intake({**answers_of(days=["mon", "wed", "fri"]), "today": MONDAY.isoformat()})
    return begin(intake, shipped)


def session(**told: Any) -> dict[str, Any]:
    base = {"kind": "session", "date": MONDAY.isoformat(), "completed_fraction": 1.0}
    return {**base, "pain_before": 2, "effort": 4, **told}


def asked(case) -> dict[str, str]:
    return {item.slug: item.variant for item in case.plan.program.exercises}


def test_a_sharp_pain_is_red_whatever_its_number(case, shipped):
    hurt = [{"slug": "bridge", "pain_during": 3, "sharp": True}]
    after, decision = advance(case, session(exercises=hurt), shipped)
    assert "regress" in decision.actions
    assert (asked(case)["bridge"], asked(after)["bridge"]) == ("full", "mini")


def test_pain_told_after_the_ending_counts_as_told_in_the_session(case, shipped):
    done, _decision = advance(case, session(), shipped)
    hurt = [{"slug": "bridge", "pain_during": 7}]
    late, _decision = advance(
        done, {"kind": "hurt", "date": MONDAY.isoformat(), "exercises": hurt}, shipped
    )
    at_once, _decision = advance(case, session(exercises=hurt), shipped)
    assert asked(late) == asked(at_once)
    assert len(late.sessions) == 1


def test_an_alert_that_was_dealt_with_may_open_anew_and_opens_no_lock(case, shipped):
    strong = {"kind": "pain", "date": MONDAY.isoformat(), "average_pain": 9}
    case, decision = advance(case, strong, shipped)
    assert [item.rule for item in decision.alerts] == ["E5"]
    case, decision = advance(case, strong, shipped)
    assert decision.alerts == ()
    case, _decision = advance(
        case, {"kind": "closed", "date": MONDAY.isoformat(), "rule": "E5"}, shipped
    )
    assert case.pause.rule == "E5"
    _case, decision = advance(case, strong, shipped)
    assert [item.rule for item in decision.alerts] == ["E5"]
