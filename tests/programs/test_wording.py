"""Causes as the person gave them, never as paths."""

import pytest

from programs.check_steps import CHECK
from programs.wording import aloud, cause_in_words
from tests.support.reading import as_text, grade


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("aggravated_by=bending", "Bending forward"),
        ("conditions=knee_pain", "Sore knees, or I can't kneel"),
        ("conditions=osteoporosis", "I was told that I have osteoporosis"),
        ("conditions=falls_or_unsteady", "You fell, or are unsteady"),
        ("pain.average=7", "Average pain: 7 of 10"),
        ("age=80", "Your age: 80"),
        ("screening.rf18_weeks=18", "How many weeks pregnant are you? 18"),
        (
            "screening.rf22_blood_pressure=160_179_or_not_controlled",
            "Under 180/110, or “not under control”",
        ),
        ("level=1", ""),
        ("class=general", ""),
    ],
)
def test_a_cause_in_words(cause, words):
    assert cause_in_words(cause) == words


@pytest.mark.parametrize(
    "question", [q for step in CHECK for q in step.questions], ids=lambda q: q.name
)
def test_each_question_about_warning_signs_is_easy_to_read(question):
    words = [str(question.label), str(question.hint)]
    assert grade(as_text(words[:1])) <= 8
    assert grade(as_text(words)) <= 8


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            "You told us about a numb feeling between your legs.",
            "I told it about a numb feeling between my legs.",
        ),
        (
            "You were not sure about fever with back pain.",
            "I was not sure about fever with back pain.",
        ),
        ("You can't stand or walk at all.", "I can't stand or walk at all."),
    ],
)
def test_what_to_read_aloud_is_said_by_the_person(ours, theirs):
    assert aloud(ours) == theirs
