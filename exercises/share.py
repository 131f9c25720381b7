"""The picture of an exercise for whoever shares its page: drawn with Pillow, once, and kept.

It shows the exercise's own person, never the one that somebody chose, and no limit of a program.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import math
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from exercises import drawn, figures
from exercises.figure_store import edition, kept_bytes
from exercises.figures.drawing import HeadPart, Part
from exercises.figures.flatten import Line, Spot, flattened
from exercises.figures.geometry import cos, sin
from exercises.figures.outline import millimeters
from exercises.figures.scene import is_mirrored, painted_parts, step_key
from exercises.models import Exercise

SIZE = (1200, 630)
FINER = 3  # drawn larger and made smaller: smooth edges
PANEL = 720  # pixels of the figure's side
MARGIN = 44
PAGE, STAGE, INK, QUIET, PINE = "#F2F4EC", "#E9F0E2", "#13231C", "#3F5047", "#17594A"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
Paint = dict[str, str]


@cache
def rules() -> list[tuple[str, Paint]]:
    """Selectors and declarations of the figures' style sheet, in its light colors."""
    css = (settings.BASE_DIR / "static/css/figures.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).partition("@media")[0]
    return [
        (selector.split("{")[-1].strip(), _declared(body)) for selector, body in RULE.findall(css)
    ]


def _declared(body: str) -> Paint:
    pairs = (line.partition(":") for line in body.split(";") if ":" in line)
    found = {}
    for name, _, value in pairs:
        match = re.match(r"light-dark\(([^,]+),|var\([^,()]+,\s*([^)]+)\)", value.strip())
        found[name.strip()] = (match[1] or match[2]) if match else value.strip()
    return found


class Palette:
    """The colors of one person, by the classes of a part."""

    def __init__(self, classes: str) -> None:
        own = {"figure-svg", *classes.split()}
        self.values: Paint = {}
        self.paints: dict[str, Paint] = {}
        for selector, body in rules():
            if selector.removeprefix(".") in own:
                self.values |= body
            elif selector.startswith(".figure-svg "):
                for name in re.findall(
                    r"\.([\w-]+)|(path)$", selector.removeprefix(".figure-svg ")
                ):
                    self.paints.setdefault(name[0] or name[1], {}).update(body)

    def of(self, css: str) -> Paint:
        """The declarations that hold for a part, with every color looked up."""
        found: Paint = {"stroke": "none"}
        for name in ("path", *css.split()):
            found |= self.paints.get(name, {})
        return {key: self._value(value) for key, value in found.items()}

    def _value(self, value: str) -> str:
        match = re.fullmatch(r"var\((--[\w-]+)\)", value)
        return self._value(self.values[match[1]]) if match else value


class View(NamedTuple):
    """Where the frame of a figure lies in the picture: pixels a user unit, and its origin."""

    scale: float
    left: float
    top: float
    turned: float  # the sum of a frame's edges where it is turned over, or else 0

    def at(self, x: float, y: float) -> Spot:
        across = self.turned - x if self.turned else x
        return self.left + across * self.scale, self.top + y * self.scale


def placed(part: Part | HeadPart) -> Iterator[tuple[str, list[Line]]]:
    """Classes and lines of a part, in the units of its frame."""
    if isinstance(part, Part):
        yield part.css, flattened(part.shown)
        return
    (x, y), (c, s) = millimeters(part.origin), (cos(part.degrees), -sin(part.degrees))
    for css, data in part.parts:
        lines = [
            Line([(x + a * c - b * s, y + a * s + b * c) for a, b in line.spots], line.closed)
            for line in flattened(data)
        ]
        yield css, lines


class Canvas:
    """A picture that takes the parts of a figure one over the other."""

    def __init__(self, palette: Palette, view: View) -> None:
        width, height = SIZE
        self.image = Image.new("RGB", (width * FINER, height * FINER), PAGE)
        self.palette, self.view = palette, view

    def add(self, css: str, lines: list[Line]) -> None:
        """Strokes first and fills over them, as the style sheet says."""
        paint = self.palette.of(css)
        placed = [Line([self.view.at(*spot) for spot in line.spots], line.closed) for line in lines]
        if not placed:
            return
        wide = float(paint.get("stroke-width", 0)) * self.view.scale
        layer = Layer([spot for line in placed for spot in line.spots], wide)
        own = [Line([layer.at(spot) for spot in line.spots], line.closed) for line in placed]
        if paint["stroke"] != "none":
            if "stroke-dasharray" in paint:
                layer.dots(own, wide, float(paint["stroke-dasharray"].split()[1]) * self.view.scale)
            else:
                layer.strokes(own, wide, paint.get("stroke-linecap") == "round")
            layer.lay(self.image, paint["stroke"], float(paint.get("stroke-opacity", 1)))
        if paint.get("fill", "none") != "none":
            layer.fills(own)
            layer.lay(self.image, paint["fill"], float(paint.get("fill-opacity", 1)))


class Layer:
    """What one part covers: a mask no larger than the part."""

    def __init__(self, spots: list[Spot], wide: float) -> None:
        edge = wide / 2 + 2
        across, down = [x for x, _ in spots], [y for _, y in spots]
        self.corner = math.floor(min(across) - edge), math.floor(min(down) - edge)
        far = math.ceil(max(across) + edge), math.ceil(max(down) + edge)
        self.mask = Image.new("L", (far[0] - self.corner[0], far[1] - self.corner[1]))
        self.pen = ImageDraw.Draw(self.mask)

    def at(self, spot: Spot) -> Spot:
        return spot[0] - self.corner[0], spot[1] - self.corner[1]

    def lay(self, image: Image.Image, color: str, opacity: float) -> None:
        """Paints what is covered, and begins anew."""
        if color != "transparent":
            mask = self.mask.point(lambda value: round(value * opacity))
            image.paste(color, self.corner, mask)
        self.mask.paste(0, (0, 0, *self.mask.size))

    def fills(self, lines: list[Line]) -> None:
        for line in lines:
            if len(line.spots) > 2:
                self.pen.polygon(line.spots, fill=255)

    def strokes(self, lines: list[Line], wide: float, has_round_ends: bool) -> None:
        for line in lines:
            spots = [*line.spots, line.spots[0]] if line.closed else line.spots
            self.pen.line(spots, fill=255, width=max(1, round(wide)), joint="curve")
            if has_round_ends and not line.closed:
                for spot in (spots[0], spots[-1]):
                    self.pen.circle(spot, wide / 2, fill=255)

    def dots(self, lines: list[Line], wide: float, gap: float) -> None:
        """A dashed line of no length with round ends: a row of stones."""
        for line in lines:
            for spot in _every(line.spots, gap):
                self.pen.circle(spot, wide / 2, fill=255)


def _every(spots: list[Spot], gap: float) -> Iterator[Spot]:
    """Points along a line, ``gap`` apart, from its beginning."""
    left = 0.0
    for (ax, ay), (bx, by) in itertools.pairwise(spots):
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        while length and left <= length:
            yield ax + (bx - ax) * left / length, ay + (by - ay) * left / length
            left += gap
        left -= length


def _view(box: tuple[float, float, float, float], mirrored: bool) -> View:
    """The frame as large as its side of the picture allows, standing on its lower edge."""
    left, bottom, right, top = (edge * 10 for edge in box)
    room = ((PANEL - 2 * MARGIN) * FINER, (SIZE[1] - 2 * MARGIN) * FINER)
    scale = min(room[0] / (right - left), room[1] / (top - bottom))
    x = (PANEL * FINER - (right - left) * scale) / 2 - left * scale
    y = (SIZE[1] * FINER + (top - bottom) * scale) / 2 + bottom * scale
    return View(scale, x, y, (left + right) if mirrored else 0)


@cache
def _font(name: str, part: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / f"static/fonts/{name}-{part}.woff2", size)


def _part_of(letter: str) -> str:
    """Which of the cut-down font files holds a letter."""
    if letter in "éñ" or not 0xA1 <= ord(letter) < 0x1F00:
        return "latin"
    return "accents" if ord(letter) <= 0xFF or letter in "ıŒœ" else "ext"


def _written(
    pen: ImageDraw.ImageDraw | None,
    at: tuple[float, float],
    text: str,
    face: tuple[str, int],
    color: str = INK,
) -> float:
    """Writes a line and returns its width; only measures it without a pen."""
    x, y = at
    for part, letters in itertools.groupby(text, _part_of):
        font, run = _font(face[0], part, face[1]), "".join(letters)
        if pen:
            pen.text((x, y), run, font=font, fill=color, anchor="ls")
        x += font.getlength(run)
    return x - at[0]


def _wrapped(text: str, face: tuple[str, int], width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _written(None, (0, 0), longer, face) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _words(image: Image.Image, title: str, summary: str) -> None:
    pen = ImageDraw.Draw(image)
    x, width = PANEL + MARGIN, SIZE[0] - PANEL - 2 * MARGIN
    y = 150.0
    _written(pen, (x, 88), "Backrelief", ("vollkorn", 34), PINE)
    for line in _wrapped(title, ("vollkorn", 60), width):
        y += 66
        _written(pen, (x, y), line, ("vollkorn", 60))
    y += 28
    for line in _wrapped(summary, ("atkinson", 31), width)[:6]:
        y += 43
        _written(pen, (x, y), line, ("atkinson", 31), QUIET)


def _drawn(exercise: Exercise) -> bytes:
    poses = drawn.poses(exercise.slug)
    frame, look = poses.variant(""), figures.person_for(exercise.slug)
    canvas = Canvas(Palette(look.classes), _view(frame.box, is_mirrored(frame, "")))
    panel = (0, 0, PANEL * FINER, SIZE[1] * FINER)
    ImageDraw.Draw(canvas.image).rectangle(panel, fill=STAGE)
    for part in painted_parts(frame, step_key(frame, None), look):
        for css, lines in placed(part):
            canvas.add(css, lines)
    image = canvas.image.resize(SIZE, Image.Resampling.LANCZOS)
    _words(image, exercise.name, exercise.summary)
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def digest_of(exercise: Exercise) -> str:
    """A name for what the picture shows: words, poses, colors and the code that draws."""
    frame = drawn.poses(exercise.slug).variant("")
    text = (exercise.name, exercise.summary, frame.digest, edition(), str(rules()), "1")
    return hashlib.sha256(repr(text).encode()).hexdigest()[:20]


def share_picture(exercise: Exercise) -> bytes:
    """The picture as PNG. Raises UnknownExercise for one without poses."""
    return kept_bytes(("share", digest_of(exercise)), lambda: _drawn(exercise))
