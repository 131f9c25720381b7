"""A step as an inline SVG: the frame, the ground, furniture, the body and the marks on it.

No style attribute and no style sheet is written, only classes: the drawing obeys a strict
Content-Security-Policy, and takes its colors from ``figures.css``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape

from exercises.figures.data import ExercisePoses, Step, Variant
from exercises.figures.drawing import Figure, HeadPart, Part
from exercises.figures.marks import arrow, glow, pebbles
from exercises.figures.outline import blob, box, millimeters
from exercises.figures.people import Look, person_for
from exercises.figures.props import painted

Draw = Callable[[Variant, str, Look, bool, bool], str]
SIDES = ("right", "left")
NO_SHADOW = ("bed", "above")  # a mattress gives way, and from above a body hides its own
# What a picture of 120 pixels can do without.
FINE = ("shade", "fine", "blush", "line-s", "line-t", "line-l", "cush-l", "cab-l")


def paint(part: Part | HeadPart, thumb: bool = False) -> str:
    """One part as markup."""
    if isinstance(part, HeadPart):
        x, y = millimeters(part.origin)
        inner = "".join(paint(Part(*shape), thumb) for shape in part.parts)
        return f'<g transform="translate({x} {y})rotate({-part.degrees:.1f})">{inner}</g>'
    data = part.shown
    if not data or (thumb and part.css.split(" ")[0] in FINE):
        return ""
    return f'<path class="{part.css}" d="{data}"/>'


def shadows(figure: Figure) -> list[Part]:
    """Soft contact shadows: flat blobs under every cluster of points near the floor."""
    runs: list[list[float]] = []
    for x in sorted(z.real for z in figure.low):
        if runs and x - runs[-1][1] < 22:
            runs[-1][1] = x
        else:
            runs.append([x, x])
    return [
        Part("shadow", blob(complex((left + right) / 2, -0.4), (right - left) / 2 + wide, high))
        for left, right in runs
        for wide, high in ((7, 4.2), (5, 3.2), (3, 2.2))
    ]


def _mat(left: float, right: float) -> list[Part]:
    """A mat on the floor, in perspective; its near edge shows its thickness."""
    a, b = round(left * 10), round(right * 10)
    top = f"M{a} 52L{a + 48}-58Q{a + 53}-68 {a + 66}-68H{b - 66}Q{b - 53}-68 {b - 48}-58L{b} 52z"
    edge = f"M{a} 52H{b}v10q0 8-8 8H{a + 8}q-8 0-8-8z"
    return [Part("mat", top), Part("mat-e", edge)]


def ground(variant: Variant) -> list[Part]:
    """The arch behind everything and what the person is on."""
    left, bottom, right, top = variant.box
    if variant.ground == "above":
        return [Part("mat", box(left + 5, bottom + 6, right - left - 10, top - bottom - 12, 4))]
    middle = (left + right) / 2
    radius = min((right - left) * 0.40, top * 0.98)
    rise = max(0, top * 0.94 - radius) if top > 1.3 * radius else 0
    r, up = round(radius * 10), round(rise * 10)
    start = round((middle - radius) * 10)
    arch = f"M{start} 0v{-up}a{r} {r} 0 0 1 {2 * r} 0v{up}z"
    parts = [Part("back", arch)]
    if variant.ground == "mat":
        parts += _mat(left + 6, right - 6)
    elif variant.ground == "floor":
        parts.append(Part("mat-e", box(left + 5, -4.5, right - left - 10, 5, 2.4)))
    return parts


def body_parts(step: Step, figure: Figure, thumb: bool = False) -> list[Part | HeadPart]:
    """Body and marks from back to front; light lies under a near arm, the spine over all."""
    light = glow(figure, step.glow, ("g2", "g4")) if thumb else glow(figure, step.glow)
    spine = pebbles(figure) if step.spine else []
    return [*figure.parts[: figure.middle], *light, *figure.parts[figure.middle :], *spine]


def painted_parts(
    frame: Variant, key: str, look: Look, thumb: bool = False
) -> list[Part | HeadPart]:
    """Everything that a picture is made of, from back to front."""
    step = frame.steps[key]
    figure = Figure(step.pose, look)
    behind = [p for p in step.props if not p.get("front")]
    before = [p for p in step.props if p.get("front")]
    parts: list[Part | HeadPart] = [*ground(frame)]
    if not thumb and frame.ground not in NO_SHADOW:
        parts += shadows(figure)
    parts += [part for prop in behind for part in painted(prop, figure.body)]
    parts += body_parts(step, figure, thumb)
    parts += [part for prop in before for part in painted(prop, figure.body)]
    return parts + [part for spec in step.arrows for part in arrow(spec)]


@lru_cache(maxsize=2048)
def drawing(frame: Variant, key: str, look: Look, mirrored: bool, thumb: bool) -> str:
    """All that is inside the svg element. It has no ids, so that it can be shown twice."""
    parts = painted_parts(frame, key, look, thumb)
    return turned(frame, "".join(paint(part, thumb) for part in parts), mirrored)


def turned(frame: Variant, inner: str, mirrored: bool) -> str:
    """The drawing, or its mirror image about the middle of the frame."""
    if not mirrored:
        return inner
    left, _, right, _ = frame.box
    return f'<g transform="translate({round((left + right) * 10)})scale(-1 1)">{inner}</g>'


def step_key(variant: Variant, step: str | int | None) -> str:
    """The step meant: a key, a place in the order (the nearest one), or else the last one."""
    keys = list(variant.steps)
    if isinstance(step, int):
        return keys[max(0, min(step, len(keys) - 1))]
    if step in variant.steps:
        return str(step)
    return "end" if "end" in variant.steps else keys[-1]


def is_mirrored(variant: Variant, side: str) -> bool:
    """Whether the drawing must be turned over to show that side at work."""
    wanted = side if side in SIDES else variant.first
    return bool(wanted and variant.drawn and wanted != variant.drawn)


def shell(variant: Variant, classes: str, labels: tuple[str, str, str], inner: str) -> str:
    """The svg element; ``labels`` are the id to build on, the title and the description."""
    left, bottom, right, top = (round(edge * 10) for edge in variant.box)
    uid, title, desc = (escape(text) for text in labels)
    fit = ' preserveAspectRatio="xMidYMax meet"'  # wider frames keep their feet on the ground
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure-svg {classes}"'
        f' viewBox="{left} {-top} {right - left} {top - bottom}"{fit} role="img"'
        f' aria-labelledby="{uid}-t {uid}-d"><title id="{uid}-t">{title}</title>'
        f'<desc id="{uid}-d">{desc}</desc>{inner}</svg>'
    )


def still(  # noqa: PLR0913 - what a drawing depends on, by name
    exercise: ExercisePoses,
    variant: str = "",
    step: str | int | None = None,
    look: Look | None = None,
    *,
    uid: str = "figure",
    title: str | None = None,
    desc: str | None = None,
    side: str = "",
    thumb: bool = False,
    draw: Draw = drawing,
) -> str:
    """One step as an inline SVG element.

    ``step`` is a key or a place in the order; without it the position to reach is shown.
    ``side`` is the side that works, "right" or "left"; without it, the one that the words begin
    with. ``uid`` must differ between the figures of a page. ``draw`` may be a function that
    keeps what it has drawn.
    """
    frame = exercise.variant(variant)
    key = step_key(frame, step)
    person = look or person_for(exercise.slug)
    inner = draw(frame, key, person.shape, is_mirrored(frame, side), thumb)
    labels = (uid, exercise.title if title is None else title, desc or frame.steps[key].alt)
    return shell(frame, person.classes + (" is-thumb" if thumb else ""), labels, inner)
