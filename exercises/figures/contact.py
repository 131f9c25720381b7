"""Whether the body rests on what is drawn for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from exercises.figures.data import Variant
from exercises.figures.props import COUNTER, SEAT, TABLE, top_of
from exercises.figures.skeleton import SIDES, Skeleton

Prop = Mapping[str, Any]
SITTING = 9.5  # cm from the hip joint down to a seat
NEAR = 4.0  # cm; softer things give way, hands and heels have a shape of their own


def _any(body: Skeleton, names: tuple[str, ...], near: Callable[[complex], bool]) -> bool:
    return any(near(body.joints[name + side]) for name in names for side, _ in SIDES)


def _on_seat(prop: Prop, body: Skeleton) -> bool:
    x = prop["at"][0]

    def near(hip: complex) -> bool:
        return x - 16 < hip.real < x + 20 and abs(hip.imag - SITTING - SEAT) < NEAR

    return _any(body, ("hip",), near)


def _on_top(prop: Prop, body: Skeleton) -> bool:
    """A hand or forearm on a worktop, table or rail."""
    x, (width, height) = prop["at"][0], prop["size"]
    top = {"counter": COUNTER, "table": TABLE}.get(prop["type"], height)

    def near(joint: complex) -> bool:
        return x - 4 < joint.real < x + width and abs(joint.imag - 3 - top) < NEAR

    return _any(body, ("palm", "wrist"), near)


def _on_wall(prop: Prop, body: Skeleton) -> bool:
    """A palm on it, or the hips with their own depth."""
    x, width = prop["at"][0], prop["size"][0]
    if prop.get("room") == "right":
        return _any(body, ("hip",), lambda hip: abs(hip.real - 12 - x - width) < NEAR)
    return _any(body, ("palm", "wrist"), lambda hand: abs(x - 2.5 - hand.real) < NEAR)


def _on_step(prop: Prop, body: Skeleton) -> bool:
    """A heel on it: the ankle is some 6.5 cm above."""
    x, width = prop["at"][0], prop["size"][0]

    def near(ankle: complex) -> bool:
        return x < ankle.real < x + width and abs(ankle.imag - 6.5 - top_of(prop)) < NEAR

    return _any(body, ("ankle",), near)


def _on_cushion(prop: Prop, body: Skeleton) -> bool:
    """Hips, belly or forehead on a pillow."""
    (x, _), width = prop["at"], prop.get("size", (30, 10))[0]
    top = top_of(prop)
    spots = [(body.head(), 10.0), (body.joints["hipR"], 11.0), (body.at(15)[0], 10.0)]
    return any(
        abs(spot.real - x) < width / 2 + 6 and abs(spot.imag - radius - top) < 6
        for spot, radius in spots
    )


TESTS: dict[str, Callable[[Prop, Skeleton], bool]] = {
    "chair": _on_seat,
    "counter": _on_top,
    "table": _on_top,
    "rail": _on_top,
    "wall": _on_wall,
    "step": _on_step,
    "cushion": _on_cushion,
}


def untouched(variant: Variant) -> Iterator[str]:
    """Furniture that nobody rests on in any step, and chairs that are not sat on in one."""
    props: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for step in variant.steps.values():
        body = Skeleton(step.pose)
        for prop in step.props:
            test = TESTS.get(prop["type"])
            if test is None:
                continue
            _, touching = props.setdefault(str(prop), (prop, []))
            if test(prop, body):
                touching.append(step.key)
    for prop, touching in props.values():
        needed = list(variant.steps) if prop["type"] == "chair" else ["some step"]
        if not touching or (prop["type"] == "chair" and touching != needed):
            yield f"{prop['type']}: the body does not rest on it in {needed} (but in {touching})"
