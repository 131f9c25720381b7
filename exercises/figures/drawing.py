"""A pose as an ordered list of painted parts, from back to front.

Order and point counts never depend on the pose, so that two poses can be morphed.
"""

from __future__ import annotations

from typing import NamedTuple

from exercises.figures import anatomy
from exercises.figures.geometry import Points, cos, lerp, place, sin, unit
from exercises.figures.head import Head, Shape, is_from_behind
from exercises.figures.limbs import Limb, foot, limb
from exercises.figures.outline import Outline
from exercises.figures.people import Look
from exercises.figures.skeleton import Pose, Skeleton
from exercises.figures.trunk import Trunk, radii, trunk_rows, waist_of

BEHIND = ("armL", "legL")
HANDS = {"flat": anatomy.FLAT_HAND, "fist": anatomy.FIST, "clasp": anatomy.CLASP}
FINGERS = {
    "flat": anatomy.FLAT_FINGERS,
    "fist": anatomy.FIST_FINGERS,
    "clasp": anatomy.CLASP_FINGERS,
}
SLEEVES = {"short": 0.5, "long": 1.85}
FRONT_VIEW = 0.5  # |sin yaw| up to which a body counts as seen from the front


class Part(NamedTuple):
    """One painted path. Of shade, only what can be seen is written."""

    css: str
    data: str | Outline

    @property
    def shown(self) -> str:
        """The path data of a picture that stands still."""
        if self.css == "shade" and isinstance(self.data, Outline):
            return self.data.only(self.data.filled())
        return str(self.data)


class HeadPart(NamedTuple):
    """The head: a rigid group at a place (cm), turned by degrees."""

    origin: complex
    degrees: float
    parts: list[Shape]


class Figure:
    """Paints one body: ``parts`` is the result, ``points`` its outlines, ``low`` those near y = 0."""

    def __init__(self, pose: Pose, look: Look) -> None:
        self.pose, self.look = pose, look
        self.body = Skeleton(pose, look.build, look.body)
        self.parts: list[Part | HeadPart] = []
        self.low: Points = []
        self.points: Points = []
        slim = 0.94 if look.body == "older" else 1.0
        self.leg_scale = slim * look.build
        self.arm_scale = slim * (0.5 + 0.5 * look.build)
        self.waist = waist_of(look.body)
        self.middle = 0  # where marks on the trunk go: over it, under the near arm
        self._paint()

    def _paint(self) -> None:
        behind = self.pose.get("behind", BEHIND)
        for name in ("armL", "armR", "legL", "legR"):
            if name in behind:
                self._paint_limb(name, far=True)
        self._neck()
        near = [name for name in ("armL", "armR") if name not in behind]
        for name in near:
            self._add("top", self._sleeve(name[3])[0])
        self._shirt()
        self._head()
        self._near_legs([name for name in ("legL", "legR") if name not in behind])
        self.middle = len(self.parts)
        for name in near:
            self._paint_limb(name, far=False)

    def _near_legs(self, names: list[str]) -> None:
        for name in names:
            self._paint_limb(name, far=False)
        if abs(sin(self.body.yaw[0])) <= FRONT_VIEW:
            self._pelvis_from_front()
            for name in names:
                self._leg(name[3], far=False, plain=True)

    def _paint_limb(self, name: str, far: bool) -> None:
        if name.startswith("arm"):
            self._arm(name[3], far)
        else:
            self._leg(name[3], far)

    def _add(self, css: str, outline: Outline) -> None:
        self.parts.append(Part(css, outline))
        self.points += outline.points
        if css.startswith(("skin", "legs", "top")):
            self.low += [z for z in outline.points if z.imag < 7]

    def radii(self, s: float) -> tuple[float, float, float]:
        """Depth behind, depth in front and half width (cm) of this body at that height."""
        return radii(self.look.build, s, self.look.body)

    def trunk(
        self, start: float, stop: float, step: float = 4.0, fade: tuple[float, float] = (0, 0)
    ) -> Trunk:
        """The edges of the trunk between two heights in cm; shade fades in and out there."""
        return trunk_rows(self.body, (start, stop), step, fade)

    def _neck(self) -> None:
        front, back, *_ = self.trunk(42, 64)
        self._add("skin", Outline().closed(back + front[::-1]))
        hollow = [lerp(a, b, 0.3) for a, b in zip(front, back, strict=True)]
        self._add("shade", Outline().closed(front[2:] + hollow[:1:-1]))

    def _shirt(self) -> None:
        front, back, front_shade, back_shade = self.trunk(
            self.waist - 7, 50.5, 3.54, fade=(self.waist - 7, 4)
        )
        spot, heading = self.body.at(50)
        yaw = self.body.turn(50)
        dip = spot - (2.2 + 2.2 * abs(cos(yaw))) * unit(heading)
        dip += (front[-1] - back[-1]) * 0.12 * sin(yaw)
        self._add("top", Outline().closed([*back, back[-1], dip, dip, front[-1], *front[::-1]]))
        shade = Outline().closed(front + front_shade[::-1]).closed(back + back_shade[::-1])
        self._add("shade", shade)
        if self.look.body == "expecting":
            self._belly()

    def _belly(self) -> None:
        """What shows of a belly that is seen from the front: the edge and shade under it."""
        yaw = self.body.turn(17)
        front = abs(cos(yaw))
        ahead = 0.6 * self.radii(17)[1] * sin(yaw)

        def curve(low: float, rise: float) -> Points:
            spots = []
            for share in (-1, -0.75, -0.4, 0, 0.4, 0.75, 1):
                spot, heading = self.body.at(low + rise * front * abs(share) ** 3)
                spots.append(spot + (ahead + 14.5 * front * share) * unit(heading - 90))
            return spots

        under = curve(11, 12)
        self._add("shade", Outline().closed(under + curve(16.5, 6.5)[::-1]))
        self._add("line-t", Outline().open(under))

    def _waist(self) -> None:
        front, back, *_ = self.trunk(self.waist - 2.5, self.waist, 1.25)
        _, heading = self.body.at(self.waist)
        middle = (back[0] + front[0]) / 2 - 0.8 * unit(heading)
        self._add("line-l", Outline().open([back[0], middle, front[0]]))

    def _head(self) -> None:
        spot, heading = self.body.at(anatomy.NECK_AT)
        yaw = self.body.yaw[2]
        sign = self.pose.get("side") or (1 if yaw >= 0 else -1)
        nod = self.pose.get("head", 0)
        degrees = heading + 16 * abs(sin(yaw)) * sign - 90 - nod
        head = Head(yaw, sign, self.look)
        self.parts.append(HeadPart(spot, degrees, head.shapes()))
        if spot.imag < 20:
            self.low += [spot + width for width in (-9, 0, 9)]

    def _pelvis_from_front(self) -> None:
        front, back, front_shade, back_shade = self.trunk(-9, self.waist, fade=(2, 0))
        self._add("legs", Outline().closed(back + front[::-1]))
        shade = Outline().closed(front + front_shade[::-1]).closed(back + back_shade[::-1])
        self._add("shade", shade)
        self._waist()

    def _leg(self, side: str, far: bool, plain: bool = False) -> None:
        joints, scale, dim = self.body.joints, self.leg_scale, "-f" if far else ""
        hip, knee, ankle = (joints[name + side] for name in ("hip", "knee", "ankle"))
        profile = abs(sin(self.body.yaw[0]))
        profiles = (anatomy.THIGH, anatomy.KNEE, anatomy.SHIN)
        leg = limb((hip, knee, ankle), profiles, scale, 1.95, profile)
        thigh, shin = (knee - hip) / abs(knee - hip), (ankle - knee) / abs(ankle - knee)
        top = [hip + z * thigh * scale for z in (-7 - 7j, -9.4, -7 + 7j)]
        cuff = [leg.left[-1] + shin, leg.right[-1] + shin]
        outline = Outline().closed(leg.left + cuff + leg.right[::-1] + top)
        shade = Outline().closed(leg.left + leg.shade_left[::-1])
        shade.closed(leg.right + leg.shade_right[::-1])
        if not plain:
            self._add(
                "skin" + dim, Outline().closed(foot(ankle, self.body.angles["foot" + side], shin))
            )
        joined = not far and profile > FRONT_VIEW
        if joined:
            self._join_pelvis(outline, shade, leg, hip, thigh)
        self._add(f"legs{dim} plain" if plain else "legs" + dim, outline)
        if plain:
            edge = [*leg.left[3:], leg.left[-1], *cuff, leg.right[-1], *leg.right[:2:-1]]
            self._add("line-l", Outline().open(edge))
        if plain or far or profile > FRONT_VIEW:
            self._add("shade", shade)
            self._add("line-l", Outline().open(leg.fold))
        if joined:
            self._waist()
        if plain or not isinstance(self.body.angles["foot" + side], str):
            return
        toes = Outline()
        for line in anatomy.TOES:
            toes.open([ankle + shin * z for z in line])
        self._add("line-s", toes)

    def _join_pelvis(
        self, outline: Outline, shade: Outline, leg: Limb, hip: complex, thigh: complex
    ) -> None:
        """From the side, near leg, buttock and pelvis are one silhouette without a seam."""
        front, back, *_ = self.trunk(-9, self.waist)
        outline.closed(back + front[::-1])
        first, second = back[1], leg.right[1]
        bulge = (first + second) / 2 - hip
        if abs(bulge) > 1:
            radius = (abs(first - hip) + abs(second - hip)) / 2
            bulge = hip + bulge / abs(bulge) * radius
        else:
            bulge = hip
        bridge = [back[4], back[3], first, bulge, second, leg.right[2], leg.right[3]]
        outline.closed([*bridge, hip + thigh * 20, hip][::-1])
        front, back, front_shade, back_shade = self.trunk(
            self.waist - 7, self.waist, 2.4, fade=(8, 0)
        )
        shade.closed(front + front_shade[::-1]).closed(back + back_shade[::-1])

    def _arm(self, side: str, far: bool) -> None:
        joints, dim = self.body.joints, "-f" if far else ""
        ends = (joints["shoulder" + side], joints["elbow" + side], joints["wrist" + side])
        profiles = (anatomy.UPPER_ARM, anatomy.ELBOW, anatomy.FOREARM)
        profile = abs(sin(self.body.yaw[1]))
        arm = limb(ends, profiles, self.arm_scale, 2, profile)
        upper = (ends[1] - ends[0]) / (abs(ends[1] - ends[0]) or 1)
        high = lerp(1.6, 6, profile)
        peak = (-0.7 * high - 4.6j, -high, -0.7 * high + 4.6j)
        cap = [ends[0] + z * upper * self.arm_scale for z in peak]
        outline = Outline().closed(arm.left + arm.right[::-1] + cap)
        self._hand(outline, side, ends[2])
        self._add("skin" + dim, outline)
        shade = Outline().closed(arm.left + arm.shade_left[::-1])
        self._add("shade", shade.closed(arm.right + arm.shade_right[::-1]))
        creases = Outline().open(arm.fold)
        self._finger_lines(creases, side, ends[2])
        self._add("line-s", creases)
        shape, hem, sleeve_shade = self._sleeve(side)
        if far:
            self._add("top-f", shape)
        else:
            self._add("top plain", shape)
            self._add("line-t", hem)
        self._add("shade", sleeve_shade)

    def _hand(self, outline: Outline, side: str, wrist: complex) -> None:
        grip, heading = self.body.grips["grip" + side], self.body.angles["hand" + side]
        shape = HANDS.get(grip, anatomy.HAND)
        flip = self._is_turned_over(side)
        outline.closed(place(shape, wrist, heading, flip))
        shown = grip in ("hand", "clasp")
        outline.closed(place(anatomy.THUMB, wrist, heading, flip) if shown else [wrist] * 8)

    def _is_turned_over(self, side: str) -> bool:
        """Whether a hand shows the other way up: a palm is down, and thumbs point inward."""
        grip, heading = self.body.grips["grip" + side], self.body.angles["hand" + side]
        if grip == "flat":
            return cos(heading) < 0
        return side == "L" and is_from_behind(self.body.yaw[1])

    def _finger_lines(self, creases: Outline, side: str, wrist: complex) -> None:
        grip, heading = self.body.grips["grip" + side], self.body.angles["hand" + side]
        flip = self._is_turned_over(side)
        for line in FINGERS.get(grip, anatomy.FINGERS):
            creases.open(place(line, wrist, heading, flip))

    def _sleeve(self, side: str) -> tuple[Outline, Outline, Outline]:
        """Outline, hem and shade of a short sleeve.

        Its full outline is painted under the shirt and only the hem over it, so that no seam
        rings the shoulder.
        """
        joints, scale = self.body.joints, self.arm_scale * 1.09
        ends = (joints["shoulder" + side], joints["elbow" + side], joints["wrist" + side])
        length = abs(ends[1] - ends[0]) or 1
        along = (ends[1] - ends[0]) / length
        profiles = (anatomy.UPPER_ARM, anatomy.ELBOW, anatomy.FOREARM)
        profile = abs(sin(self.body.yaw[1]))
        until = SLEEVES[self.look.sleeves]
        arm = limb(ends, profiles, scale, until, profile)
        hem = [arm.left[-1], self._cuff(ends, until), arm.right[-1]]
        high = lerp(3.2, 5.6, profile)  # from the front, a round shoulder slopes
        cap = [ends[0] + z * along * scale for z in (-0.7 * high - 4.4j, -high, -0.7 * high + 4.4j)]
        shape = Outline().closed(arm.left + hem + arm.right[::-1] + cap)
        edge = [*arm.left[2:], arm.left[-1], *hem, arm.right[-1], *arm.right[:1:-1]]
        shade = Outline().closed(arm.left + arm.shade_left[::-1])
        return shape, Outline().open(edge), shade.closed(arm.right + arm.shade_right[::-1])

    def _cuff(self, ends: tuple[complex, complex, complex], until: float) -> complex:
        """The middle of the edge of a sleeve: on the upper arm, or near the wrist."""
        start, end = ends[:2] if until < 1 else ends[1:]
        return lerp(start, end, until % 1) + 1.6 * (end - start) / (abs(end - start) or 1)
