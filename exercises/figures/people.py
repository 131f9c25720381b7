"""Who is drawn: hair, build, skin and clothes as a few parameters."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

Pair = tuple[list[complex], list[complex]]


@dataclass(frozen=True)
class Hair:
    """Outlines from the side and from the front, with equal numbers of points.

    ``back`` is painted behind the head. A hairstyle that covers the ears says so. ``nape`` and
    ``crown`` are how far it reaches down and up at the back of the head, in cm.
    """

    front: tuple[Pair, ...] = ()
    back: tuple[Pair, ...] = ()
    covers_ears: bool = False
    nape: float = -3
    crown: float = 18.4


@dataclass(frozen=True)
class Look:
    """A person. ``build`` is 0.9 (slight) to 1.35 (large); the rest name colors and a hairstyle.

    ``body`` is "", "older" or "expecting" (the last months of a pregnancy). Colors never change
    an outline: ``shape`` is all that a drawing depends on.
    """

    hair: str = "bun"
    build: float = 1.0
    skin: int = 2
    kit: int = 1
    tone: str = "brown"
    body: str = ""
    sleeves: str = "short"

    @property
    def shape(self) -> Look:
        """The same outlines in the colors that come first."""
        return replace(self, skin=2, kit=1, tone="brown")

    @property
    def classes(self) -> str:
        return f"skin-{self.skin} kit-{self.kit} hair-{self.tone}"


# fmt: off
HAIR: dict[str, Hair] = {
    "bun": Hair(
        front=((
            [-6.2-1.6j, -8.8+.2j, -10.6+5j, -10+11.6j, -5+17j, 2.5+18j, 8+15.4j, 10.2+11j,
             9.6+9.2j, 6.8+11.8j, 3.6+11j, 2+8j, 1.4+5j, -1+4.6j, -2.6+2j, -4.2-1.6j],
            [-7.2+2.2j, -8.4+3j, -8.9+7j, -8.4+12.4j, -4.2+17.4j, 3+17.8j, 8+13.4j, 8.8+8j,
             8+3.4j, 7.2+5.5j, 6.4+9j, 3.4+12j, -.6+12.9j, -3.6+11.6j, -6.2+8.8j, -7+5j],
        ),),
        back=((
            [-3.4+15j, -2.6+18.6j, -5+21.8j, -9+22j, -11.4+19j, -10.6+15.4j, -7+13.6j],
            [2+16j, 4.4+18j, 3.6+21.6j, 0+22.8j, -3.6+21.6j, -4.4+18j, -2+16j],
        ),),
    ),
    "short": Hair(
        front=((
            [-5-3.6j, -8.2-2j, -10.2+3j, -10.4+9.6j, -6.6+15.8j, 0+18.2j, 6.4+17.4j,
             10.4+13.6j, 9.8+10j, 7.4+11j, 5+11j, 3.2+9j, 2.4+5.8j, 1+5.4j, -1.6+4.6j, -3+1j,
             -3.6-2.6j],
            [-7.2+2.6j, -8+3.4j, -8.5+7j, -8.3+12.6j, -4.4+17.6j, 1+18.6j, 6.4+16.4j,
             8.6+11.6j, 8.5+6.4j, 8+3.2j, 7.2+5.6j, 6.6+9.4j, 4.4+11.6j, .4+11.4j, -3+11.8j,
             -6.2+10j, -7+5.6j],
        ),),
    ),
    "bob": Hair(
        front=((
            [-6-6.8j, -9.8-5j, -11+3j, -10.2+11.6j, -5+17j, 2.5+18j, 8+15.4j, 10.2+11j,
             9.6+9.2j, 6.8+11.8j, 4.2+11j, 3+8.6j, 2.8+6j, 2.4+2j, 2.2-3j, -.6-6.8j],
            [-7.4-5j, -9.2-4j, -9.4+6j, -8.8+12.4j, -4.2+17.4j, 3+17.8j, 8+13.4j, 8.8+8j,
             8+3.4j, 7.2+5.5j, 6.4+9j, 3.4+12j, -.6+12.9j, -3.6+11.6j, -6.5+8j, -6.9-1j],
        ),),
        back=((
            [-8-6j, -11+0j, -10+10j, -2+14j, 2+8j, 1+0j, -2-6.5j],
            [-6-6.5j, -9.8-3j, -9.2+8j, 0+15j, 9.2+8j, 9.8-3j, 6-6.5j],
        ),),
        covers_ears=True,
        nape=-6.8,
    ),
    "bald": Hair(
        front=((
            [-5-3.6j, -8-2.4j, -9.9+2j, -10.2+7j, -8.8+10.4j, -6+9.6j, -4+7.4j, -1+6j, 0+4.6j,
             -1.6+3.6j, -3+1j, -3.6-2.6j],
            [-7.2+1.6j, -7.8+2j, -8.3+4j, -8.5+7j, -8.3+9.6j, -8+10.4j, -7.7+9.6j, -7.5+8j,
             -7.3+6.4j, -7.2+5j, -7.1+3.6j, -7.1+2.4j],
        ),),
        crown=10,
    ),
    "scarf": Hair(
        front=((
            [-5-7.6j, -9.4-6j, -10.9+1j, -10.6+9.6j, -6.6+16.4j, 0+18.6j, 6.6+17.2j, 10+13j,
             10+11.4j, 6.4+10.4j, 3.6+6j, 2.8+0j, 3.4-4.6j, 6-8.4j, 5-10.6j, .5-11.4j],
            [-6-9j, -8.6-5j, -9+4j, -8.6+12.4j, -4.4+17.8j, 2.8+18.2j, 8+14j, 9+8j, 8.8-1j,
             7.2-5j, 6.9+1j, 6.5+8j, 0+12.2j, -6.5+8j, -6.9+1j, -6-6j],
        ),),
        back=((
            [-7-9j, -11-3j, -10+8j, -2+14j, 4+4j, 6-6j, 1-11.4j],
            [-6-10.6j, -9.4-3j, -9+8j, 0+15j, 9+8j, 9.4-3j, 6-10.6j],
        ),),
        covers_ears=True,
        nape=-9.5,
    ),
}
# fmt: on

PEOPLE: tuple[Look, ...] = (
    Look("bun", 1.1, skin=2, kit=1, tone="grey", body="older"),
    Look("short", 1.06, skin=4, kit=3, tone="black"),
    Look("bun", 1.2, skin=1, kit=2, tone="red"),
    Look("bald", 1.16, skin=1, kit=5, tone="grey", body="older"),
    Look("scarf", 1.05, skin=3, kit=4, tone="plum", sleeves="long"),
    Look("bun", 1.0, skin=5, kit=2, tone="black"),
    Look("short", 1.26, skin=3, kit=1, tone="grey"),
    Look("bob", 0.98, skin=2, kit=5, tone="brown"),
)


CAST = (
    "bird-dog",
    "bridge",
    "cat-cow",
    "childs-pose",
    "cobra",
    "knee-to-chest",
    "pelvic-tilt",
    "seated-forward-bend",
    "side-plank",
    "standing-hamstring-stretch",
    "torso-twist",
)


def person_for(slug: str) -> Look:
    """The person an exercise is shown with: always the same one, not the same for all."""
    place = CAST.index(slug) if slug in CAST else zlib.crc32(slug.encode())
    return PEOPLE[place % len(PEOPLE)]
