"""What the rules say to the person: short, plain, without blame and without fear."""

import importlib
import pkgutil
import re

import pytest

import programs.engine
from programs.engine.check_in import SUGGESTIONS
from programs.engine.rules.escalations import ESCALATIONS, URGENT_TEXT
from programs.engine.types import Reason
from programs.engine.words import AWAITS, LIGHTER, OUT, PAUSES
from tests.support.reading import as_text, grade, sentences, word_count

MODULES = [
    importlib.import_module(f"programs.engine.{module.name}")
    for module in pkgutil.iter_modules(programs.engine.__path__)
]
REASONS = sorted(
    {
        value.text
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, Reason)
    }
    | set(SUGGESTIONS.values())
    | {text for text, _change in OUT.values()}
    | {text for _rule, text in AWAITS.values()}
    | set(PAUSES.values())
    | set(LIGHTER.values())
)
ALERTS = {rule: row.patient for rule, row in ESCALATIONS.items() if "{" not in row.patient}
HARSH = ("fail", "must", "damage", "injury to", "wrong", "lazy", "should have", "never again")


@pytest.mark.parametrize("text", REASONS)
def test_each_sentence_is_short_and_blames_nobody(text):
    for sentence in sentences(text):
        assert word_count(sentence) < 20, sentence
    assert not [word for word in HARSH if word in text.lower()]


@pytest.mark.parametrize("rule", ALERTS)
def test_each_alert_is_told_in_short_sentences(rule):
    for sentence in sentences(ALERTS[rule]):
        assert word_count(sentence) < 20, sentence


def test_all_of_it_reads_at_grade_six_or_below():
    assert len(REASONS) > 40
    assert grade(as_text(REASONS)) <= 6.5
    assert grade(as_text(list(ALERTS.values()))) <= 6.5
    assert grade(URGENT_TEXT.format(when="today")) <= 6.5


def test_emergency_words_are_not_softened():
    for rule in ("E1", "E15"):
        assert not re.search(r"may turn out|often nothing|probably", ESCALATIONS[rule].patient)
        assert "now" in ESCALATIONS[rule].patient
