"""A contact sheet: every pose of the library on one page, for review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from exercises.figures.data import ExercisePoses
from exercises.figures.people import Look
from exercises.figures.scene import still

HEAD = (
    '<!DOCTYPE html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
    "<title>Every pose</title>{sheets}</head><body>"
)


Words = Mapping[tuple[str, str, str], Sequence[str]]


def _cells(exercise: ExercisePoses, look: Look | None, thumb: bool, words: Words) -> Iterator[str]:
    slug = exercise.slug
    for variant in exercise.variants.values():
        for key, step in variant.steps.items():
            uid = f"{slug}-{variant.key}-{key}"
            picture = still(exercise, variant.key, key, look, uid=uid, thumb=thumb)
            name = escape(f"{slug} · {variant.key} · {key}")
            said = "".join(
                f"<br>{escape(text)}" for text in words.get((slug, variant.key, key), ())
            )
            yield (
                f"<li><figure>{picture}<figcaption><b>{name}</b><br>"
                f"<i>{escape(step.alt)}</i>{said}</figcaption></figure></li>"
            )


def sheet_html(
    exercises: Iterable[ExercisePoses],
    stylesheets: list[str],
    *,
    look: Look | None = None,
    thumb: bool = False,
    theme: str = "light",
    words: Words | None = None,
) -> str:
    """One HTML page of every step of every variant; ``stylesheets`` are the addresses it links.

    ``look`` shows all of them with one person, ``thumb`` as thumbnails; ``words`` are the steps
    that lead to a pose, by exercise, variant and pose.
    """
    links = "".join(f'<link rel="stylesheet" href="{escape(href)}">' for href in stylesheets)
    cells = [cell for item in exercises for cell in _cells(item, look, thumb, words or {})]
    head = HEAD.format(theme=theme, sheets=links)
    return f'{head}<ol class="figure-strip">{"".join(cells)}</ol></body></html>'
