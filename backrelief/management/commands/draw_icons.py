"""Draws the icons of the installed app from the hill and the pebbles: ``manage.py draw_icons``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

GROUND, HILL, PEBBLE = "#F2F4EC", "#17594A", "#F4C24A"
# The motif of favicon.svg in its box of 40 by 40: two curves up and down the hill, four pebbles.
CURVES = (((2, 33), (8, 30), (11, 10), (20, 10)), ((20, 10), (29, 10), (32, 30), (38, 33)))
FOOT = ((38, 34), (37.7, 35.5), (36.8, 36.8), (35.5, 37.7), (34, 38), (6, 38))
HEEL = ((4.5, 37.7), (3.2, 36.8), (2.3, 35.5), (2, 34))
PEBBLES = ((24.5, 16, 2.1), (22, 20.6, 2.4), (20.6, 26, 2.7), (22.3, 31.8, 3))
FINER = 4
# Name, pixels, share of the picture that the motif takes, round corners. A maskable icon may lose all
# that lies outside a circle of 80 %.
ICONS = (
    ("icon-192.png", 192, 0.74, True),
    ("icon-512.png", 512, 0.74, True),
    ("icon-maskable-512.png", 512, 0.56, False),
    ("icon-apple-180.png", 180, 0.7, False),
)


def draw(size: int, share: float, *, is_round: bool) -> Image.Image:
    """The icon, drawn four times as large and made smaller, so that its edges are smooth."""
    big = size * FINER
    picture = Image.new("RGBA", (big, big), "#00000000" if is_round else GROUND)
    pen = ImageDraw.Draw(picture)
    if is_round:
        pen.rounded_rectangle((0, 0, big - 1, big - 1), radius=big * 0.22, fill=GROUND)
    scale = big * share / 40
    # The motif's own middle is (20, 24).
    across, down = big / 2 - 20 * scale, big / 2 - 24 * scale
    place = [(across + x * scale, down + y * scale) for x, y in outline()]
    pen.polygon(place, fill=HILL)
    for x, y, radius in PEBBLES:
        middle = (across + x * scale, down + y * scale)
        pen.circle(middle, radius * scale, fill=PEBBLE)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def outline() -> list[tuple[float, float]]:
    curves = [bezier(curve, step / 48) for curve in CURVES for step in range(49)]
    return [*curves, *FOOT, *HEEL]


def bezier(points: Any, t: float) -> tuple[float, float]:
    """The point at ``t`` (0–1) of a cubic curve."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    u = 1 - t
    a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


class Command(BaseCommand):
    help = "Draws the icons of the installed app into static/img."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "static" / "img"
        for name, size, share, is_round in ICONS:
            picture = draw(size, share, is_round=is_round)
            picture.quantize(64).save(folder / name, optimize=True)
            self.stdout.write(f"{name}: {(folder / name).stat().st_size} bytes")
