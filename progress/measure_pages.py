"""What the pages of the measures show: scores with what their change means, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from backrelief.accounts.models import User
from progress import findings
from progress.due import GOALS, OVERALL, PAIN_WEEK, PSFS, is_due
from progress.measure_forms import OVERALL_CHANGE
from progress.models import LoadedMeasure, MeasureResult, Overview
from progress.rounding import plain, tenth
from progress.scores import Verdict, loaded_verdict

RANGES = {"peg": (0, 10), "rmdq": (0, 24), PSFS: (0, 10)}


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is asked now, with its page and about how long it takes."""

    title: str
    url: str
    seconds: int


def due_items(overview: Overview, today: date) -> list[Due]:
    """What is due today, the person's own goals and activities first."""
    names = [window["name"] for window in overview.due if is_due(window, today)]
    titles = {window["name"]: window.get("title", "") for window in overview.due}
    order = [PSFS, GOALS, PAIN_WEEK, OVERALL]
    first = [name for name in order if name in names]
    return [_due(name, titles[name]) for name in [*first, *(n for n in names if n not in order)]]


def _due(name: str, title: str) -> Due:
    if name == PSFS:
        return Due(_("What can you do now?"), reverse("progress:measure-psfs"), 30)
    if name == GOALS:
        return Due(_("How near are your goals?"), reverse("progress:goals"), 20)
    if name == PAIN_WEEK:
        return Due(_("Pain of the last 7 days"), f"{reverse('progress:diary-new')}?ask=week", 20)
    if name == OVERALL:
        return Due(_("How is it all in all?"), reverse("progress:measure-overall"), 10)
    return Due(title, reverse("progress:measure", args=[name]), 60)


class Rated(NamedTuple):
    """An answer to a measure, as the charts need it; ``items`` are those of the PSFS."""

    pk: int
    day: date
    series: int
    score: float | None
    items: list[dict[str, Any]]
    name: str = PSFS


RATED = ("pk", "day", "series", "score", "items")


def ratings_of(patient: User, overview: Overview, most: int | None) -> list[Rated]:
    """The latest answers to the PSFS, at most ``most`` or all, and before them those with first ratings."""
    mine = MeasureResult.objects.owned_by(patient).alive().filter(name=PSFS)
    latest = [Rated(*row) for row in mine.order_by("-day", "-pk").values_list(*RATED)[:most]]
    known = {rated.pk for rated in latest}
    firsts = [
        Rated(**row | {"day": date.fromisoformat(row["day"])}) for row in overview.first_ratings
    ]
    return [*(rated for rated in firsts if rated.pk not in known), *reversed(latest)]


def answers_of(patient: User, overview: Overview, most: int | None) -> list[Rated]:
    """Answers to every measure as bare rows: of the PSFS the first ones and the latest ``most``."""
    others = MeasureResult.objects.owned_by(patient).alive().exclude(name=PSFS)
    rows = others.values_list("pk", "day", "series", "score", "name")
    rest = [Rated(pk, day, series, score, [], name) for pk, day, series, score, name in rows]
    return [*ratings_of(patient, overview, most), *rest]


def with_first_ratings(rated: Sequence[Rated]) -> list[Rated]:
    """Of all answers, in order: those that hold the first rating of an activity or of a series."""
    seen: set[Any] = set()
    firsts = []
    for answer in rated:
        told = {answer.series, *(item["key"] for item in answer.items)}
        if told - seen:
            firsts.append(answer)
        seen |= told
    return firsts


@dataclass(frozen=True, slots=True)
class Line:
    """One activity: its ratings in order, and what the change means."""

    words: str
    ratings: tuple[int, ...]
    days: tuple[date, ...]
    sentence: str

    @property
    def first(self) -> int:
        return self.ratings[0]

    @property
    def last(self) -> int:
        return self.ratings[-1]


@dataclass(frozen=True, slots=True)
class Shown:
    """One measure: its results in order, the sentence, and the scores as they are shown."""

    name: str
    title: str
    results: tuple[tuple[Any, str], ...]
    sentence: str
    scale: str


def shown_measures(results: Iterable[Any], loaded: Mapping[str, LoadedMeasure]) -> list[Shown]:
    """Each measure that has answers; of the PSFS only the present series is compared."""
    ordered = sorted(results, key=lambda result: (result.name, result.day, result.pk))
    groups = groupby(ordered, key=lambda result: result.name)
    return [_shown(name, list(group), loaded.get(name)) for name, group in groups]


def _shown(name: str, results: list[Any], loaded: LoadedMeasure | None) -> Shown:
    rows = tuple((result, score_in_words(result)) for result in results)
    return Shown(
        name, title_of(name, loaded), rows, _sentence(results, loaded), _scale(name, loaded)
    )


def title_of(name: str, loaded: LoadedMeasure | None) -> str:
    if name == PSFS:
        return _("What you can do")
    if name == OVERALL:
        return _("All in all")
    return loaded.title if loaded else name


def _scale(name: str, loaded: LoadedMeasure | None) -> str:
    if name == PSFS:
        return _("0 to 10. Higher is better.")
    if name in RANGES:
        return _("0 to %(high)s. Lower is better.") % {"high": RANGES[name][1]}
    if loaded and "scoring" in loaded.definition:
        is_higher = loaded.definition["scoring"]["better"] == "higher"
        return _("Higher is better.") if is_higher else _("Lower is better.")
    return ""


def score_in_words(result: Any) -> str:
    """A score as it is shown; overall change as it was said."""
    if result.score is None:
        return _("no score: too few answers")
    if result.name == OVERALL:
        return str(dict(OVERALL_CHANGE)[int(result.score)])
    return plain(tenth(result.score))


def _sentence(results: Sequence[Any], loaded: LoadedMeasure | None) -> str:
    name = results[-1].name
    if name == OVERALL:
        return findings.of_overall(int(results[-1].score or 0))
    scores = [result.score for result in of_series(results) if result.score is not None]
    return findings.of_scores(name, scores, _own_verdict(scores, loaded))


def _own_verdict(scores: Sequence[float], loaded: LoadedMeasure | None) -> Verdict | None:
    scoring = loaded.definition.get("scoring") if loaded else None
    if not scoring or len(scores) < 2:
        return None
    return loaded_verdict(scores[0], scores[-1], scoring["real_change"], scoring["better"])


def of_series(results: Sequence[Any]) -> list[Any]:
    """The results of the latest series: what may be compared with each other."""
    latest = max((result.series for result in results), default=1)
    return [result for result in results if result.series == latest]


def lines_of(results: Iterable[Any]) -> list[Line]:
    """Every activity of the latest PSFS answer, over all series in which it was rated."""
    rated = sorted(
        (result for result in results if result.name == PSFS), key=lambda r: (r.day, r.pk)
    )
    if not rated:
        return []
    return [_line(item["key"], item["words"], rated) for item in rated[-1].items]


def _line(key: str, words: str, rated: Sequence[Any]) -> Line:
    told = list(_ratings(key, rated))
    ratings = tuple(value for _day, value in told)
    return Line(words, ratings, tuple(day for day, _value in told), findings.of_activity(ratings))


def _ratings(key: str, rated: Sequence[Any]) -> Iterator[tuple[date, int]]:
    for result in rated:
        for item in result.items:
            if item["key"] == key:
                yield result.day, item["value"]


def words_of(result: MeasureResult) -> list[tuple[str, Any]]:
    """The single answers of a PSFS result, as the person named them."""
    return [(item["words"], item["value"]) for item in result.items if "words" in item]
