"""Series to points of an SVG. The template only writes them down; no style, no script.

Each chart is drawn twice, for wide screens and for narrow ones, so that its words stay readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from progress.flares import Flare
from progress.trends import Stretch

MOST_RINGS = 250
# More points than these get no mark of their own: the line, the whiskers and the table say it.
MOST_MARKS = 26
MOST_BLOCKS = 13
MOST_FLARES = 2
# Narrower boxes have no round corners.
THIN = 8
RING = 3.6


@dataclass(frozen=True, slots=True)
class Frame:
    """The inside of a drawing, in its own units. Words are about 9 wide a letter."""

    name: str
    width: int
    height: int
    left: int = 34
    right: int = 16
    top: int = 14
    bottom: int = 14
    most_ticks: int = 6

    @property
    def inner_right(self) -> int:
        return self.width - self.right


WIDE = Frame("wide", 720, 260)
NARROW = Frame("narrow", 330, 230, most_ticks=3)
LOW_WIDE = Frame("wide", 720, 130)
LOW_NARROW = Frame("narrow", 330, 130, most_ticks=3)
BARS = 74


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    label: str = ""


def dots_of(points: Iterable[Point], name: str) -> SafeString:
    """Points with their numbers, which show where a mouse rests."""
    dot = '<circle class="c-{}" cx="{}" cy="{}" r="5"><title>{}</title></circle>'
    return format_html_join("", dot, ((name, p.x, p.y, p.label) for p in points))


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def path(self) -> str:
        """The box with rounded corners, as a path: many of them are one element."""
        r = round(min(5, self.width / 2, self.height / 2) if self.width > THIN else 0, 1)
        w, h = round(self.width - 2 * r, 1), round(self.height - 2 * r, 1)
        if not r:
            return f"M{self.x:g} {self.y:g}h{w:g}v{h:g}h{-w:g}z"
        turn = f"a{r:g} {r:g} 0 0 1"
        return (
            f"M{round(self.x + r, 1):g} {self.y:g}h{w:g}{turn} {r:g} {r:g}v{h:g}"
            f"{turn} {-r:g} {r:g}h{-w:g}{turn} {-r:g} {-r:g}v{-h:g}{turn} {r:g} {-r:g}z"
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A flare-up: where it begins, how high it goes, and where its words stand."""

    x: float
    y: float
    label_x: float
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All numbers of one drawing, rounded to a tenth of a unit."""

    frame: Frame
    lines: tuple[str, ...]
    means: tuple[Point, ...]
    now: Point | None
    rings: tuple[Point, ...]
    whiskers: str
    band: Box | None
    grid: tuple[Point, ...]
    ticks: tuple[tuple[float, date], ...]
    flares: tuple[Mark, ...]
    done: tuple[Box, ...]
    planned: tuple[Box, ...]
    base: float
    # The middle of each stretch, for whoever walks along them with keys or a finger.
    stops: tuple[float, ...]
    # Bars have an upper line with its number, and what stands above blocks needs none.
    most: Point | None = None

    @property
    def full_height(self) -> float:
        return self.base + 26

    @property
    def dots(self) -> SafeString:
        return dots_of(self.means, "mean")

    @property
    def ring_path(self) -> str:
        turn = f"a{RING} {RING} 0 1 0"
        return "".join(
            f"M{round(p.x - RING, 1):g} {p.y:g}{turn} {2 * RING:g} 0{turn} {-2 * RING:g} 0"
            for p in self.rings
        )

    @property
    def done_path(self) -> str:
        return "".join(box.path for box in self.done)

    @property
    def planned_path(self) -> str:
        return "".join(box.path for box in self.planned)

    @property
    def is_dense(self) -> bool:
        """So many points that thinner strokes tell more."""
        return len(self.stops) > MOST_MARKS


class Axis:
    """Days from left to right; the middle of a stretch is where it stands."""

    def __init__(self, frame: Frame, parts: Sequence[Stretch]) -> None:
        self.frame = frame
        self.first = parts[0].first
        self.days = max((parts[-1].last - self.first).days + 1, 1)
        # A hundred drawn lines, marks and bars ask for the same few places.
        self._places = {part.first: self._place(part) for part in parts}

    def _place(self, part: Stretch) -> tuple[float, float]:
        left, right = self.x(part.first, 0), self.x(part.last, 1)
        return round((left + right) / 2, 1), right - left

    def x(self, day: date, share: float = 0.5) -> float:
        """Where a day stands; 0.5 is its middle."""
        inner = self.frame.inner_right - self.frame.left
        return round(self.frame.left + ((day - self.first).days + share) / self.days * inner, 1)

    def middle(self, part: Stretch) -> float:
        return self._places[part.first][0]

    def width(self, part: Stretch) -> float:
        return self._places[part.first][1]


def level(frame: Frame, value: float) -> float:
    """A number from 0 to 10 on the upright axis, which is always the whole scale."""
    inner = frame.height - frame.top - frame.bottom
    return round(frame.top + (10 - value) / 10 * inner, 1)


def draw(
    frame: Frame,
    parts: Sequence[Stretch],
    entries: Sequence[tuple[date, int]],
    band: tuple[float, float] | None = None,
    flares: Iterable[tuple[Flare, str]] = (),
) -> Chart:
    """Pain and sessions on one axis of time.

    The mean is a line that breaks at a gap; entries are small rings, or in a long time a whisker
    from the lowest to the highest of each stretch. The last stretch may end after today.
    """
    axis = Axis(frame, parts)
    told = [part for part in parts if part.pain is not None]
    points = [
        Point(axis.middle(part), level(frame, part.pain or 0), f"{part.pain:g}") for part in told
    ]
    done, planned, base, most = _sessions(axis, parts)
    return Chart(
        frame=frame,
        lines=tuple(_lines(axis, parts)),
        means=tuple(points if len(points) <= MOST_MARKS else ()),
        now=points[-1] if points else None,
        rings=tuple(_rings(axis, entries)),
        whiskers="" if entries else _whiskers(axis, told),
        band=_band(frame, band) if band else None,
        grid=_grid(frame),
        ticks=tuple(_ticks(axis, parts)),
        flares=tuple(_marks(axis, flares)),
        done=done,
        planned=planned,
        base=base,
        stops=tuple(axis.middle(part) for part in parts),
        most=most,
    )


def _grid(frame: Frame) -> tuple[Point, ...]:
    return tuple(
        Point(frame.left, level(frame, value), str(value)) for value in (0, 2, 4, 6, 8, 10)
    )


def _lines(axis: Axis, parts: Sequence[Stretch], effort: bool = False) -> list[str]:
    runs: list[list[str]] = [[]]
    for part in parts:
        value = part.effort if effort else part.pain
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{axis.middle(part)},{level(axis.frame, value)}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _rings(axis: Axis, entries: Sequence[tuple[date, int]]) -> list[Point]:
    """A ring for each day and number, once; past some hundreds nobody sees a single one."""
    different = sorted(set(entries))
    step = max(1, -(-len(different) // MOST_RINGS))
    return [Point(axis.x(day), level(axis.frame, pain)) for day, pain in different[::step]]


def _whiskers(axis: Axis, told: Sequence[Stretch]) -> str:
    spread = [part for part in told if part.low != part.high]
    return "".join(
        f"M{axis.middle(part)} {level(axis.frame, part.low or 0)}V{level(axis.frame, part.high or 0)}"
        for part in spread
    )


def _band(frame: Frame, band: tuple[float, float]) -> Box:
    low, high = band
    top = level(frame, high)
    return Box(frame.left, top, frame.inner_right - frame.left, round(level(frame, low) - top, 1))


def _ticks(axis: Axis, parts: Sequence[Stretch]) -> list[tuple[float, date]]:
    """A date under some of the stretches, never so near that they touch."""
    every = max(1, -(-len(parts) // axis.frame.most_ticks))
    edge = 30
    return [
        (min(max(axis.middle(part), edge), axis.frame.width - edge), part.first)
        for part in parts[::every]
    ]


def _marks(axis: Axis, flares: Iterable[tuple[Flare, str]]) -> list[Mark]:
    """The latest flare-ups that began within the picture."""
    seen = [told for told in flares if told[0].started_on >= axis.first][-MOST_FLARES:]
    marks = []
    for flare, words in seen:
        x = axis.x(flare.started_on)
        near_left, near_right = x < axis.frame.left + 70, x > axis.frame.inner_right - 70
        anchor = "start" if near_left else "end" if near_right else "middle"
        marks.append(Mark(x, level(axis.frame, flare.peak), x, anchor, words))
    if len(marks) == MOST_FLARES and marks[1].x - marks[0].x < 150:
        return marks[1:]
    return marks


def _sessions(
    axis: Axis, parts: Sequence[Stretch]
) -> tuple[tuple[Box, ...], tuple[Box, ...], float, Point | None]:
    """Blocks of single sessions while the weeks are few, else bars; done and what was planned above.

    Also where they stand, and for bars the line of the highest with its number.
    """
    base = axis.frame.height + BARS
    most = max([3, *(max(part.done, part.planned) for part in parts)])
    is_blocks = len(parts) <= MOST_BLOCKS and most <= 7
    done: list[Box] = []
    planned: list[Box] = []
    for part in parts:
        wide = round(max(1.5, min(36, axis.width(part) * 0.66)), 1)
        x = round(axis.middle(part) - wide / 2, 1)
        missing = max(part.planned - part.done, 0)
        if is_blocks:
            tall = round((BARS - 22) / most, 1)
            for number in range(part.done + missing):
                box = Box(x, round(base - (number + 1) * tall, 1), wide, round(tall - 4, 1))
                (done if number < part.done else planned).append(box)
        else:
            unit = (BARS - 22) / most
            high, more = round(part.done * unit, 1), round(missing * unit, 1)
            if high:
                done.append(Box(x, round(base - high, 1), wide, high))
            if more:
                planned.append(Box(x, round(base - high - more, 1), wide, more))
    top = None if is_blocks else Point(axis.frame.left, base - (BARS - 22), str(most))
    return tuple(done), tuple(planned), base, top


@dataclass(frozen=True, slots=True)
class EffortChart:
    frame: Frame
    lines: tuple[str, ...]
    points: tuple[Point, ...]
    grid: tuple[Point, ...]
    ticks: tuple[tuple[float, date], ...]

    @property
    def dots(self) -> SafeString:
        return dots_of(self.points, "effort")


def draw_effort(frame: Frame, parts: Sequence[Stretch]) -> EffortChart:
    """The mean effort of each stretch, 0 to 10."""
    axis = Axis(frame, parts)
    points = [
        Point(axis.middle(part), level(frame, part.effort), f"{part.effort:g}")
        for part in parts
        if part.effort is not None
    ]
    grid = tuple(point for point in _grid(frame) if point.label in ("0", "10"))
    shown = points if len(points) <= MOST_MARKS else points[-1:]
    return EffortChart(
        frame,
        tuple(_lines(axis, parts, effort=True)),
        tuple(shown),
        grid,
        tuple(_ticks(axis, parts)),
    )


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """An activity's way on a line from 0 to 10: first, all between, last."""

    first: float
    last: float
    between: tuple[float, ...]


DUMBBELL_WIDTH, DUMBBELL_PAD = 520, 14


def dumbbell(ratings: Sequence[int]) -> Dumbbell:
    places = [
        round(DUMBBELL_PAD + value / 10 * (DUMBBELL_WIDTH - 2 * DUMBBELL_PAD), 1)
        for value in ratings
    ]
    return Dumbbell(places[0], places[-1], tuple(dict.fromkeys(places[1:-1])))
