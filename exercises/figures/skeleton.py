"""Where every joint is: a spine curve first, then the limbs that hang on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exercises.figures.anatomy import (
    FOREARM_LENGTH,
    NECK_AT,
    SHIN_LENGTH,
    SHOULDER_AT,
    SOLE,
    THIGH_LENGTH,
    UPPER_ARM_LENGTH,
)
from exercises.figures.geometry import (
    clamp,
    cos,
    direction,
    lerp,
    sin,
    smooth,
    two_bones,
    unit,
)

Pose = Mapping[str, Any]
SIDES = (("R", -1), ("L", 1))
LEGS = (THIGH_LENGTH, SHIN_LENGTH)
ARMS = (UPPER_ARM_LENGTH, FOREARM_LENGTH)
TAIL, CROWN = -12, 70


def point(pair: Any) -> complex:
    """A place as pose data writes it: [x, y] in cm."""
    return complex(pair[0], pair[1])


class Skeleton:
    """Forward kinematics of one pose; the figure is moved so that its anchor joint sits right.

    R is the side near the viewer when the figure faces right. ``joints`` maps hipR, kneeL … to
    places in cm, ``angles`` handR, footL … to degrees (a foot may be "front").
    """

    def __init__(self, pose: Pose, build: float = 1.0, shape: str = "") -> None:
        self.pose = pose
        self.build = build
        self.shape = shape
        self.joints: dict[str, complex] = {}
        self.angles: dict[str, Any] = {}
        self.grips: dict[str, str] = {}
        yaw = pose.get("yaw", 90)
        self.yaw: list[float] = list(yaw) if isinstance(yaw, list) else [yaw] * 3
        self.moved = 0j
        self._bend_spine()
        self._hang_limbs()
        for name, place in pose.get("anchor", {}).items():
            self.moved = self._rounded(name, point(place)) - self.joints[name]
        self._hang_limbs()
        self._add_tips()

    def _rounded(self, joint: str, place: complex) -> complex:
        """A rounder body is farther from what it rests on, or leans on, with its hips."""
        x, y = place.real, place.imag
        ground, wall = self.pose.get("on", 0), self.pose.get("against")
        if joint[0] in "hs" and y - ground < 20:
            y = ground + (y - ground) * self.build
        if wall is not None:
            x = wall + (x - wall) * self.build
        return complex(x, y)

    def _bend_spine(self) -> None:
        """Angles and places every centimeter from below the hips to the crown."""
        number = self.pose.get
        start = number("pelvis", 90)
        self._angles: list[float] = []
        self._places: list[complex] = []
        place = TAIL * unit(start)
        for s in range(TAIL, CROWN):
            angle = (
                start
                - number("lumbar", 0) * smooth(s, 2, 27)
                - number("thorax", 0) * smooth(s, 23, 51)
                - number("neck", 0) * smooth(s, 49, 61)
                - 16 * sin(self.yaw[2]) * smooth(s, 47, 56)
            )
            self._angles.append(angle)
            self._places.append(place)
            place += unit(angle)

    def at(self, s: float) -> tuple[complex, float]:
        """Place and direction (degrees) of the spine ``s`` cm above the hips."""
        share = clamp(s - TAIL, 0, len(self._places) - 1.001)
        i = int(share)
        return (
            lerp(self._places[i], self._places[i + 1], share - i) + self.moved,
            lerp(self._angles[i], self._angles[i + 1], share - i),
        )

    def turn(self, s: float) -> float:
        """How far the body is turned at that height: 90 faces right, 0 the viewer."""
        trunk = lerp(self.yaw[0], self.yaw[1], smooth(s, 4, 36))
        return lerp(trunk, self.yaw[2], smooth(s, 48, 60))

    def far_offset(self, side: str, yaw: float) -> complex:
        """Limbs on the far side stand a little higher and to the right."""
        if side == "R":
            return 0j
        return point(self.pose.get("far", (2.5, 1.6))) * abs(sin(yaw))

    def _hang_limbs(self) -> None:
        for side, sign in SIDES:
            self._leg(side, sign)
            self._arm(side, sign)

    def _limb(
        self, names: tuple[str, str, str], root: complex, goal: Any, far: complex
    ) -> float | str:
        """Places the two lower joints of a limb; returns the direction of its hand or foot."""
        middle, tip, end = names
        is_leg = end == "foot"
        lengths = LEGS if is_leg else ARMS
        side_middle, side_tip = middle, tip
        if isinstance(goal, dict) and middle[:-1] in goal:
            self.joints[side_middle] = point(goal[middle[:-1]]) + far
            self.joints[side_tip] = point(goal[tip[:-1]]) + far
            lower = direction(self.joints[side_tip] - self.joints[side_middle])
            return goal.get(end, 0 if is_leg else lower)
        last: Any
        if isinstance(goal, dict):
            bend = goal.get("bend", 1 if is_leg else -1)
            upper, lower = two_bones(root, point(goal[tip[:-1]]) + far, lengths, bend)
            last = goal.get(end, lower + 90 if is_leg else lower)
        else:
            upper, lower = goal[0], goal[1]
            last = goal[2] if len(goal) > 2 else (lower + 90 if is_leg else lower)
        self.joints[side_middle] = root + lengths[0] * unit(upper)
        self.joints[side_tip] = self.joints[side_middle] + lengths[1] * unit(lower)
        return last

    def _leg(self, side: str, sign: int) -> None:
        yaw = self.yaw[0]
        far = self.far_offset(side, yaw)
        place, heading = self.at(0)
        hip = place + sign * 8.5 * cos(yaw) * unit(heading - 90) + far
        goal = self.pose.get("leg" + side, self.pose.get("leg", [-90, -90]))
        self.joints["hip" + side] = hip
        names = ("knee" + side, "ankle" + side, "foot")
        self.angles["foot" + side] = self._limb(names, hip, goal, far)

    def _arm(self, side: str, sign: int) -> None:
        yaw = self.yaw[1]
        far = self.far_offset(side, yaw)
        place, heading = self.at(SHOULDER_AT)
        across = unit(heading - 90)
        broad = 15 * (1 + 0.3 * (self.build - 1))
        rest = place + (sign * broad * cos(yaw) + 0.6 * sin(yaw)) * across
        rest += far - 3.6 * abs(cos(yaw)) * unit(heading)
        goal = self.pose.get("arm" + side, self.pose.get("arm", [-90, -90]))
        names = ("elbow" + side, "wrist" + side, "hand")
        shoulder = rest
        for _ in range(3):  # the shoulder blade follows the raised arm, the arm the shoulder
            self.angles["hand" + side] = self._limb(names, shoulder, goal, far)
            raised = direction(self.joints[names[0]] - shoulder) - heading - 180
            shoulder = rest + 1.6 * sin(raised) * abs(sin(yaw)) * across
            shoulder += 3.4 * (1 - cos(raised)) / 2 * unit(heading)
        self.joints["shoulder" + side] = shoulder
        self.grips["grip" + side] = self._grip(goal)

    def _grip(self, goal: Any) -> str:
        if not isinstance(goal, dict):
            return "hand"
        on_floor = "hand" in goal and goal["wrist"][1] < 7
        return goal.get("grip", "flat" if on_floor else "hand")

    def _add_tips(self) -> None:
        """Palms and soles: what props are tied to and what touches the floor."""
        for side, _ in SIDES:
            hand, foot = self.angles["hand" + side], self.angles["foot" + side]
            self.joints["palm" + side] = self.joints["wrist" + side] + 7 * unit(hand)
            self.joints["fist" + side] = self.joints["wrist" + side] + 5.5 * unit(hand)
            ankle = self.joints["ankle" + side]
            if isinstance(foot, str):
                shin = ankle - self.joints["knee" + side]
                self.joints["sole" + side] = ankle + 9 * shin / (abs(shin) or 1)
            else:
                self.joints["sole" + side] = ankle + SOLE * unit(foot)

    def head(self) -> complex:
        """The middle of the head."""
        place, heading = self.at(NECK_AT)
        yaw = self.yaw[2]
        up = heading + 16 * abs(sin(yaw)) * (1 if yaw >= 0 else -1) - self.pose.get("head", 0)
        return place + 6 * unit(up)
