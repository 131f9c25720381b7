"""The drawn figure of an exercise step, for templates."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises import drawn
from exercises.looks import look_for
from exercises.models import Exercise, Step, Variant
from exercises.ranges import percent_for, words_for

SIDE_WORDS = {"left": gettext_lazy("Left side"), "right": gettext_lazy("Right side")}
register = template.Library()


@register.simple_tag(takes_context=True)
def figure(  # noqa: PLR0913 - what a template may say of a figure, by name
    context: Context,
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
    if slug not in drawn.drawn_exercises():
        return mark_safe("")
    name = uid or "-".join(str(part) for part in ("figure", slug, variant, step) if part != "")
    svg = drawn.still(
        slug,
        variant,
        step,
        look_for(context.get("request"), slug),
        uid=name,
        title=titled(slug, variant, side, title),
        desc=desc,
        side=side,
        thumb=thumb,
        share=range_of(context, slug),
    )
    # Texts are escaped where the element is written; the rest is numbers and our own names.
    return mark_safe(svg)  # noqa: S308 - our own drawing; texts in it are escaped


@register.simple_tag(takes_context=True)
def figure_step(context: Context, exercise: Exercise, variant: Variant, step: Step) -> SafeString:
    """The small picture beside the words of a step, on the step's own side, which is named.

    It says no more than the words do, and is not read aloud.
    """
    slug, key = exercise.slug, variant.key
    if step.pose not in drawn.steps(slug, key):
        return mark_safe("<span></span>")
    picture = figure(
        context, slug, key, step.pose, f"step-{step.order}", None, None, step.side, True
    )
    words = SIDE_WORDS.get(drawn.side_of(slug, key, step.side), "")
    side = format_html("<small>{}</small>", words) if words else ""
    return format_html(
        '<span class="steps-list__fig" aria-hidden="true">{}{}</span>', picture, side
    )


def titled(slug: str, variant: str, side: str, title: str | None) -> str:
    """The title of a figure; where the sides differ it says which one is at work."""
    name = drawn.poses(slug).title if title is None else title
    match drawn.side_of(slug, variant, side):
        case "left":
            return _("%(name)s, left side") % {"name": name}
        case "right":
            return _("%(name)s, right side") % {"name": name}
    return name


def range_of(context: Context, slug: str) -> float:
    """The share of the movement that a therapist allows this person; all of it by default."""
    return percent_for(getattr(context.get("request"), "user", None), slug) / 100


@register.simple_tag(takes_context=True)
def range_note(context: Context, slug: str) -> SafeString:
    """How far to go, where a therapist has set a limit for this person; nothing otherwise."""
    words = words_for(getattr(context.get("request"), "user", None), slug)
    if not words:
        return mark_safe("")
    return format_html('<p class="small"><span class="badge badge--care">{}</span></p>', words)


@register.simple_tag(takes_context=True)
def figure_strip(  # noqa: PLR0913 - what a template may say of a strip, by name
    context: Context,
    slug: str,
    variant: str = "",
    uid: str = "strip",
    title: str | None = None,
    side: str = "",
    without: Iterable[str] = (),
    thumb: bool = False,
) -> SafeString:
    """The key poses side by side, numbered in the order in which they are done: for paper too.

    ``without`` leaves poses out.
    """
    keys = [key for key in drawn.steps(slug, variant) if key not in without]
    breaths = drawn.breaths(slug, variant)
    cells = [
        (
            figure(context, slug, variant, key, f"{uid}-{i}", title, None, side, thumb),
            format_html("<small>{}</small>", breaths[key]) if key in breaths else "",
        )
        for i, key in enumerate(keys)
    ]
    if not cells:
        return mark_safe("")
    return format_html(
        '<ol class="figure-strip" role="list">{}</ol>', format_html_join("", "<li>{}{}</li>", cells)
    )


@register.simple_tag
def figure_steps(slug: str, variant: str = "") -> list[str]:
    """The keys of the drawn steps of a variant, in order; empty if the exercise is not drawn."""
    return drawn.steps(slug, variant)


@register.simple_tag(takes_context=True)
def figure_moving(
    context: Context,
    slug: str,
    variant: str = "",
    uid: str = "",
    title: str | None = None,
    desc: str | None = None,
    side: str = "",
) -> SafeString:
    """A moving figure with its stills and a button that ``figures.js`` makes work.

    Without the script the figure moves and the button stays hidden; people who asked for less
    motion see the stills either way.
    """
    if slug not in drawn.drawn_exercises():
        return mark_safe("")
    name = uid or "-".join(part for part in ("moving", slug, variant) if part)
    svg = drawn.moving(
        slug,
        variant,
        look_for(context.get("request"), slug),
        uid=name,
        title=titled(slug, variant, side, title),
        desc=desc,
        side=side,
        share=range_of(context, slug),
    )
    return format_html(
        '<div class="figure-moving" data-figure>{}<button type="button" class="btn btn--plain"'
        ' hidden data-pause="{}" data-play="{}">{}</button></div>',
        mark_safe(svg),  # noqa: S308 - our own drawing; texts in it are escaped
        _("Pause the figure"),
        _("Play the figure"),
        _("Pause the figure"),
    )
