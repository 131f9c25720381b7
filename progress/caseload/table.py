"""The caseload as a table: who is in it, filtered and found by name, and a few weeks of pain as a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from progress.caseload.cards import Card

# The box of a line: x and y of its inside, for pain from 0 to 10.
WIDTH, HEIGHT, EDGE = 120, 36, 3


@dataclass(frozen=True, slots=True)
class Filter:
    """A part of the caseload. ``tone`` is ``stop``, ``care`` or empty."""

    key: str
    name: str | Promise
    hint: str | Promise
    tone: str
    holds: Callable[[Card], bool]


FILTERS = (
    Filter("stopped", _("Red flag"), _("on hold"), "stop", lambda card: card.is_locked),
    Filter("rising", _("Pain rising"), _("2 or more in 4 weeks"), "care", lambda c: c.is_rising),
    Filter("missed", _("Missed"), _("3 or more in a row"), "care", lambda card: card.has_missed),
    Filter("needs", _("Needs you"), _("within 7 days"), "", lambda card: card.is_needing),
    Filter("all", _("Everyone"), _("linked to you"), "", lambda card: True),
)
BY_KEY = {item.key: item for item in FILTERS}


@dataclass(frozen=True, slots=True)
class Part:
    """A filter with how many it holds."""

    filter: Filter
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A patient's line of the table, ready to be written down."""

    card: Card

    @property
    def line(self) -> str:
        """The means of the weeks as the path of a line; empty with fewer than two."""
        spots = self._spots
        return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in spots) if len(spots) > 1 else ""

    @property
    def end(self) -> tuple[str, ...]:
        """Where the line ends; empty without any week."""
        return tuple(f"{number:.1f}" for spot in self._spots[-1:] for number in spot)

    @property
    def pain(self) -> int | None:
        return round(self.card.pains[-1]) if self.card.pains else None

    @property
    def pain_change(self) -> int:
        return round(self.card.rise)

    @property
    def function(self) -> float | None:
        return self.card.function[-1] if self.card.function else None

    @property
    def function_change(self) -> float:
        scores = self.card.function
        return round(scores[-1] - scores[0], 1) if len(scores) > 1 else 0.0

    @property
    def sessions_done(self) -> int:
        return sum(mark != "missed" for mark in self.card.marks)

    @property
    def _spots(self) -> list[tuple[float, float]]:
        pains: Sequence[float] = self.card.pains
        step = (WIDTH - 2 * EDGE) / max(1, len(pains) - 1)
        high = HEIGHT - 2 * EDGE
        return [(EDGE + n * step, EDGE + high * (1 - pain / 10)) for n, pain in enumerate(pains)]


def rows_of(cards: Sequence[Card], key: str, words: str = "") -> tuple[list[Row], list[Part]]:
    """The rows that a filter and a name leave, and all filters with their counts."""
    chosen = BY_KEY.get(key, BY_KEY["all"])
    parts = [Part(f, sum(map(f.holds, cards)), f is chosen) for f in FILTERS]
    wanted = words.strip().lower()
    named = (card for card in cards if wanted in f"{card.patient} {card.patient.email}".lower())
    return [Row(card) for card in named if chosen.holds(card)], parts
