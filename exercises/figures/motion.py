"""A figure that moves between its key poses, as SMIL: no script, no style attribute.

Frames are made in pose space. What belongs to one pose alone (arrows, shadows, a cushion that is
put in place) fades in and out with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape

from exercises.figures.data import ExercisePoses, Step, Variant
from exercises.figures.drawing import Figure, HeadPart, Part
from exercises.figures.inbetween import between
from exercises.figures.marks import arrow, glow, pebbles
from exercises.figures.outline import Outline, millimeters
from exercises.figures.people import Look, person_for
from exercises.figures.props import ON_BODY, painted
from exercises.figures.scene import (
    NO_SHADOW,
    Draw,
    drawing,
    ground,
    is_mirrored,
    paint,
    shadows,
    shell,
    still,
    turned,
)
from exercises.figures.skeleton import Skeleton
from exercises.figures.timing import Clock

Shoot = Callable[[Variant, Look, bool, float, float], str]
MOST_PIECES = 8
STRAY = 1.2  # cm that a joint may be off its true path between two frames
FADE = 0.35  # the share of a move in which an arrow or shadow comes or goes
HOLD, MOVE = 1.4, 2.6  # seconds


def _marked(body: Skeleton) -> list[complex]:
    return [*body.joints.values(), *(body.at(s)[0] for s in (0, 20, 40, 60, 68))]


def _pieces(first: Step, second: Step) -> int:
    """How many straight pieces a move needs so that joints stay on their paths."""
    for pieces in range(1, MOST_PIECES):
        shares = [i / (2 * pieces) for i in range(2 * pieces + 1)]
        rows = [_marked(Skeleton(between(first.pose, second.pose, u))) for u in shares]
        stray = max(
            abs(middle - (before + after) / 2)
            for i in range(0, 2 * pieces, 2)
            for before, middle, after in zip(*rows[i : i + 3], strict=True)
        )
        if stray < STRAY:
            return pieces
    return MOST_PIECES


class Film:
    """The frames of one round through the key steps, and their times."""

    def __init__(self, steps: Sequence[Step], look: Look, hold: float, move: float) -> None:
        self.steps, self.look = steps, look
        self.clock = Clock(hold, move)
        self.frames: list[Figure] = []
        self.starts: list[int] = []
        for first, second in zip(steps, [*steps[1:], steps[0]], strict=True):
            self._shoot(first, second)
        self.frames.append(self.frames[0])

    def _shoot(self, first: Step, second: Step) -> None:
        pieces = _pieces(first, second)
        self.starts.append(len(self.frames))
        self.frames += [
            Figure(between(first.pose, second.pose, i / pieces), self.look)
            for i in range(pieces + 1)
        ]
        self.clock.add_move(pieces)

    def parts(self, frame: Figure) -> list[Part | HeadPart]:
        """The body and all marks that any step has, so that every frame has the same parts."""
        names = sorted({name for step in self.steps for name in step.glow})
        spine = pebbles(frame) if self.steps[0].spine else []
        cut = frame.middle
        return [*frame.parts[:cut], *glow(frame, names), *frame.parts[cut:], *spine]

    def straps(self, frame: Figure) -> list[Part]:
        """Aids that are tied to hands and feet follow them."""
        tied = [prop for prop in self.steps[-1].props if prop["type"] in ON_BODY]
        return [part for prop in tied for part in painted(prop, frame.body)]

    def body(self) -> str:
        timing = self.clock.attributes()
        rows = [[*self.parts(frame), *self.straps(frame)] for frame in self.frames]
        return "".join(animated(column, timing) for column in zip(*rows, strict=True))

    def fading(self, index: int, inner: str) -> str:
        """What shows only while step ``index`` is held."""
        if not inner:
            return ""
        total, fade = self.clock.now, self.clock.move * FADE
        leave = index * total / len(self.steps)
        arrive = leave - self.clock.hold
        corners = {time % total for time in (leave, leave + fade, arrive, arrive - fade)}
        keyed = [(time, self._shown(time, index)) for time in sorted({0.0, total} | corners)]
        values = ";".join(f"{value:.2g}" for _, value in keyed)
        times = ";".join(f"{time / total:.4g}" for time, _ in keyed)
        return (
            f'<g opacity="{keyed[0][1]:.2g}"><animate attributeName="opacity" dur="{total:.4g}s"'
            f' repeatCount="indefinite" keyTimes="{times}" values="{values}"/>{inner}</g>'
        )

    def _shown(self, time: float, index: int) -> float:
        """How much of a step's own marks shows at a time, 0 to 1."""
        total, fade = self.clock.now, self.clock.move * FADE
        leave = index * total / len(self.steps)
        until_left, since_left = (leave - time) % total, (time - leave) % total
        if until_left <= self.clock.hold + 1e-9:
            return 1.0
        return max(0.0, 1 - min(since_left, until_left - self.clock.hold) / fade)


def animated(column: Sequence[Part | HeadPart], timing: str) -> str:
    """One part through all frames."""
    first = column[0]
    if isinstance(first, HeadPart):
        return _animated_head([p for p in column if isinstance(p, HeadPart)], timing)
    data = _frames([part for part in column if isinstance(part, Part)])
    if len(set(data)) == 1:
        return paint(first)
    values = ";".join(data)
    return (
        f'<path class="{first.css}" d="{data[0]}">'
        f'<animate attributeName="d" values="{values}" {timing}/></path>'
    )


def _frames(column: Sequence[Part]) -> list[str]:
    """The path data of one part through all frames; shade that is never seen is left out."""
    outlines = [part.data for part in column if isinstance(part.data, Outline)]
    if column[0].css != "shade" or not outlines:
        return [str(part.data) for part in column]
    kept = [any(seen) for seen in zip(*(line.filled() for line in outlines), strict=True)]
    return [line.only(kept) for line in outlines]


def _animated_head(column: Sequence[HeadPart], timing: str) -> str:
    """The head moves as a rigid group; its outlines change only where it turns."""
    places = ["{} {}".format(*millimeters(part.origin)) for part in column]
    turns = [f"{-part.degrees:.1f}" for part in column]
    rows = [[Part(*shape) for shape in part.parts] for part in column]
    inner = "".join(animated(shapes, timing) for shapes in zip(*rows, strict=True))
    move = '<animateTransform attributeName="transform" type="{}" values="{}" {}/>'
    return (
        f'<g transform="translate({places[0]})">'
        f"{move.format('translate', ';'.join(places), timing)}"
        f'<g transform="rotate({turns[0]})">{move.format("rotate", ";".join(turns), timing)}'
        f"{inner}</g></g>"
    )


def _own_props(step: Step, steps: Sequence[Step], front: bool) -> str:
    """Things that are there in this step and not in all of them."""
    shared = [prop for prop in step.props if all(prop in other.props for other in steps)]
    own = [p for p in step.props if p not in shared and p["type"] not in ON_BODY]
    body = Skeleton(step.pose)
    shown = [p for p in own if bool(p.get("front")) == front]
    return "".join(paint(part) for prop in shown for part in painted(prop, body))


@lru_cache(maxsize=256)
def film(frame: Variant, look: Look, mirrored: bool, hold: float, move: float) -> str:
    """All that is inside the svg element of a moving figure."""
    steps = [frame.steps[key] for key in frame.cycle]
    reel = Film(steps, look, hold, move)
    out = [paint(part) for part in ground(frame)]
    if frame.ground not in NO_SHADOW:
        for i, start in enumerate(reel.starts):
            out.append(reel.fading(i, "".join(map(paint, shadows(reel.frames[start])))))
    shared = [p for p in steps[0].props if all(p in other.props for other in steps)]
    body = Skeleton(steps[0].pose)
    for prop in shared:
        if prop["type"] not in ON_BODY:
            out += [paint(part) for part in painted(prop, body)]
    out += [reel.fading(i, _own_props(step, steps, False)) for i, step in enumerate(steps)]
    out.append(reel.body())
    out += [reel.fading(i, _own_props(step, steps, True)) for i, step in enumerate(steps)]
    for i, step in enumerate(steps):
        marks = "".join(paint(part) for spec in step.arrows for part in arrow(spec))
        out.append(reel.fading(i, marks))
    return turned(frame, "".join(out), mirrored)


def moving(  # noqa: PLR0913 - what a drawing depends on, by name
    exercise: ExercisePoses,
    variant: str = "",
    look: Look | None = None,
    *,
    uid: str = "moving",
    title: str | None = None,
    desc: str | None = None,
    side: str = "",
    hold: float = HOLD,
    move: float = MOVE,
    captions: Mapping[str, str] | None = None,
    shoot: Shoot = film,
    draw: Draw = drawing,
) -> str:
    """A figure that moves through its key poses for ever, with its key poses as stills beside it.

    ``hold`` and ``move`` are the seconds in a pose and between two. The style sheet shows the
    stills instead, numbered, in print and to people who asked for less motion; ``captions`` are
    the words under each of them, by its key. ``shoot`` and ``draw`` may be functions that keep what they have drawn.
    """
    frame = exercise.variant(variant)
    person = look or person_for(exercise.slug)
    inner = shoot(frame, person.shape, is_mirrored(frame, side), hold, move)
    words = " ".join(frame.steps[key].alt for key in frame.cycle)
    labels = (uid, exercise.title if title is None else title, desc or words)
    svg = shell(frame, f"{person.classes} is-moving", labels, inner)
    twins = [
        still(
            exercise, frame.key, key, look, uid=f"{uid}-{i}", title=labels[1], side=side, draw=draw
        )
        for i, key in enumerate(frame.cycle)
    ]
    words_of = captions or {}
    said = [words_of.get(key, "") for key in frame.cycle]
    row = "".join(
        f"<li>{twin}<small>{escape(text)}</small></li>" if text else f"<li>{twin}</li>"
        for twin, text in zip(twins, said, strict=True)
    )
    return f'{svg}<ol class="figure-strip is-twin" role="list">{row}</ol>'
