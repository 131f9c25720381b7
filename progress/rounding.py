"""Tenths as a person rounds by hand: half goes up. What is shown is what is compared."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


def tenth(total: float, count: int = 1) -> float:
    """``total / count`` to one digit after the point."""
    share = Decimal(str(total)) / count
    return float(share.quantize(TENTH, ROUND_HALF_UP))


def mean_of(tenths: list[float]) -> float:
    """The mean of numbers that were rounded before, rounded again."""
    return tenth(float(sum(Decimal(str(value)) for value in tenths)), len(tenths))


def whole(total: int, count: int) -> int:
    """``total / count`` to a whole number; half goes up, and nothing is rounded twice."""
    return (2 * total + count) // (2 * count)


def plain(value: float) -> str:
    """A number as one writes it: ``5``, ``5.3``."""
    return f"{value:g}"
