"""How hard a text is to read.

The measure is the Flesch-Kincaid grade. Names of exercises and of body parts are excepted:
each counts as one short word, because there is no plainer one to put in its place.
"""

from __future__ import annotations

import re

import pyphen
import textstat

EXERCISE_NAMES = (
    "Standing Hamstring Stretch",
    "Seated Forward Bend",
    "Child's Pose",
    "Knee-to-Chest",
    "Pelvic Tilt",
    "Torso Twist",
    "Side Plank",
    "Bird-Dog",
    "Cat-Cow",
    "Bridge",
    "Cobra",
)
BODY_PARTS = (
    "abdomen",
    "ankles?",
    "belly",
    "buttocks?",
    "elbows?",
    "forearms?",
    "forehead",
    "hamstrings?",
    "pelvis",
    "shoulders?",
    "tailbone",
    "upper back",
)
EXCEPTED = re.compile(
    r"\b(?:" + "|".join((*EXERCISE_NAMES, *BODY_PARTS)).replace("'", "['’]") + r")\b",
    re.IGNORECASE,
)
HYPHENS = pyphen.Pyphen(lang="en_US")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”)]*\s+")


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, in order, without those that hold no word."""
    parts = SENTENCE_END.split(text.replace("\n", " "))
    return [part.strip() for part in parts if re.search(r"\w", part)]


def word_count(sentence: str) -> int:
    """Words as a reader counts them: "don't" and "hip-width" are one each."""
    return len(re.findall(r"[\w'’-]+", sentence))


def syllables(word: str) -> int:
    """Syllables of one word; a word that the pronouncing dictionary lacks is hyphenated."""
    try:
        return int(textstat.syllable_count(word))
    except KeyError:  # textstat 0.7.7 does not foresee a missing word
        return len(HYPHENS.positions(word)) + 1


def grade(text: str) -> float:
    """The Flesch-Kincaid grade (US school years) of ``text``, excepted names counted as short."""
    plain = EXCEPTED.sub("it", text.replace("’", "'"))
    words = re.findall(r"[\w'-]+", plain)
    words_a_sentence = len(words) / textstat.sentence_count(plain)
    syllables_a_word = sum(map(syllables, words)) / len(words)
    return round(0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59, 1)


def as_text(fragments: list[str]) -> str:
    """Joins headings and sentences to one text; a heading counts as a sentence of its own."""
    closed = (part if part.endswith((".", "!", "?")) else f"{part}." for part in fragments if part)
    return " ".join(closed)
