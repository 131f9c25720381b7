"""A short story for each number of the adaptation's tables, kept under the number's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Probe = Callable[[], Any]
PROBES: dict[str, tuple[Probe, Any]] = {}


def probe(name: str, expected: Any) -> Callable[[Probe], Probe]:
    def keep(function: Probe) -> Probe:
        PROBES[name] = (function, expected)
        return function

    return keep
