"""The drawn figure of an exercise step, for templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from exercises import figures

register = template.Library()


@register.simple_tag
def figure(  # noqa: PLR0913
    slug: str,
    variant: str = "",
    step: str | int = "",
    uid: str = "",
    title: str | None = None,
    desc: str | None = None,
    side: str = "",
    thumb: bool = False,
) -> SafeString:
    """An inline SVG of one step; nothing for an exercise that is not drawn.

    ``step`` is the key of a pose, or a place in the order from 0; anything else shows the
    position to reach. A variant without poses is shown as the standard one. Give a ``uid`` where
    a page shows the same step twice.
    """
    if slug not in figures.drawn_exercises():
        return mark_safe("")
    name = uid or "-".join(str(part) for part in ("figure", slug, variant, step) if part != "")
    svg = figures.still(
        slug, variant, step, uid=name, title=title, desc=desc, side=side, thumb=thumb
    )
    # Texts are escaped where the element is written; the rest is numbers and our own names.
    return mark_safe(svg)  # noqa: S308


@register.simple_tag
def figure_steps(slug: str, variant: str = "") -> list[str]:
    """The keys of the drawn steps of a variant, in order; empty if the exercise is not drawn."""
    return figures.steps(slug, variant) if slug in figures.drawn_exercises() else []
