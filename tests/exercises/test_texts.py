"""The library as its readers meet it: plain words and honest ones. Only files are read."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.claims import CLAIMS, banned
from tests.support.fixture_files import ROOT, SLUGS, every_text, fields, texts_of
from tests.support.reading import as_text, grade, sentences, word_count

APPS = ("backrelief", "exercises", "programs", "progress")


class TestPlainWords:
    @pytest.mark.parametrize("slug", SLUGS)
    def test_an_exercise_reads_at_grade_six(self, slug: str) -> None:
        measured = grade(as_text(texts_of(slug)))
        assert measured <= 6.5, f"{slug} reads at grade {measured}"

    def test_conditions_read_at_grade_six(self) -> None:
        explained = [entry["explanation"] for entry in fields("condition")]
        assert len(explained) == 23
        assert grade(as_text(explained)) <= 6.5

    def test_no_sentence_reaches_twenty_words(self) -> None:
        prose = [text for slug in SLUGS for text in texts_of(slug)]
        prose += [entry["explanation"] for entry in fields("condition")]
        long = [line for text in prose for line in sentences(text) if word_count(line) >= 20]
        assert long == []

    def test_the_measure_tells_hard_from_plain(self) -> None:
        hard = "Contraindicated movements necessitate individualized professional consideration."
        assert grade("Sit tall on a chair. Put both feet flat. Breathe out and lean.") < 3
        assert grade(hard) > 12

    def test_names_of_exercises_and_body_parts_are_excepted(self) -> None:
        named = "The Standing Hamstring Stretch works your hamstrings. Keep your shoulders low."
        assert grade(named) == grade("The it works your it. Keep your it low.")

    def test_a_reason_is_one_sentence(self) -> None:
        several = [
            entry["reason"]
            for entry in fields("precaution")
            if len(sentences(entry["reason"])) != 1
        ]
        assert several == []


class TestHonesty:
    @pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
    def test_every_claim_on_the_list_is_caught(self, claim: Any) -> None:
        assert claim.name in banned(claim.example)

    @pytest.mark.parametrize(
        "honest",
        [
            "Guidelines recommend exercise for long-lasting low back pain. On average it gives a"
            " small to moderate benefit. Results vary.",
            "Hurt does not always mean harm, and most flare-ups settle in days to weeks.",
            "It does not replace your doctor. You did 80% of your sessions.",
            "About 9 in 10 are not due to one disease.",
            "No one can guarantee a result, and this is not a cure. There is no one perfect posture.",
        ],
    )
    def test_honest_words_pass(self, honest: str) -> None:
        assert banned(honest) == []

    def test_the_library_makes_no_banned_claim(self) -> None:
        texts = every_text()
        assert len(texts) > 700
        assert {text: banned(text) for text in texts if banned(text)} == {}

    def test_the_library_gives_no_percentages(self) -> None:
        assert [text for text in every_text() if re.search(r"%|per ?cent", text)] == []

    def test_screens_and_messages_make_no_banned_claim(self) -> None:
        shown = screen_texts()
        assert len(shown) > 50
        assert {where: banned(text) for where, text in shown.items() if banned(text)} == {}


def screen_texts() -> dict[str, str]:
    """What templates and translated Python strings say, by where they stand."""
    found = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        found[str(path.relative_to(ROOT))] = re.sub(
            r"\{[%#].*?[%#]\}|<[^>]*>", " ", path.read_text(encoding="utf-8")
        )
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py")):
        for line, text in translated_strings(path):
            found[f"{path.relative_to(ROOT)}:{line}"] = text
    return found


def translated_strings(path: Path) -> list[tuple[int, str]]:
    """The literal arguments of the gettext calls of a module."""
    calls = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    )
    return [
        (argument.lineno, argument.value)
        for call in calls
        if getattr(call.func, "id", "") in {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
