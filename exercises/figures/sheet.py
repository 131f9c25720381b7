"""A contact sheet: every pose of the library on one page, for review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from exercises.figures.data import ExercisePoses
from exercises.figures.people import Look
from exercises.figures.scene import still

HEAD = (
    '<!DOCTYPE html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
    "<title>Every pose</title>{sheets}</head><body>"
)


def _cells(exercise: ExercisePoses, look: Look | None, thumb: bool) -> Iterator[str]:
    slug = exercise.slug
    for variant in exercise.variants.values():
        for key, step in variant.steps.items():
            uid = f"{slug}-{variant.key}-{key}"
            picture = still(exercise, variant.key, key, look, uid=uid, thumb=thumb)
            name = escape(f"{slug} · {variant.key} · {key}")
            yield (
                f"<li><figure>{picture}<figcaption><b>{name}</b><br>"
                f"{escape(step.alt)}</figcaption></figure></li>"
            )


def sheet_html(
    exercises: Iterable[ExercisePoses],
    stylesheets: list[str],
    *,
    look: Look | None = None,
    thumb: bool = False,
    theme: str = "light",
) -> str:
    """One HTML page of every step of every variant; ``stylesheets`` are the addresses it links.

    ``look`` shows all of them with one person, ``thumb`` as thumbnails.
    """
    links = "".join(f'<link rel="stylesheet" href="{escape(href)}">' for href in stylesheets)
    cells = [cell for item in exercises for cell in _cells(item, look, thumb)]
    head = HEAD.format(theme=theme, sheets=links)
    return f'{head}<ol class="figure-strip">{"".join(cells)}</ol></body></html>'
