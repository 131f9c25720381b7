"""What a device is told about what it sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Answer:
    """What the device is told: ids that are safe here now, where to go, and sentences to show."""

    seen: list[str] = field(default_factory=list)
    next: str | None = None
    zone: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    # A sentence where a lock or another plan stands in the way: the session may not go on.
    stands_in_the_way: str = ""

    def as_json(self) -> dict[str, Any]:
        body = {"seen": self.seen, "next": self.next, "zone": self.zone, "said": self.said}
        return {**body, "detail": self.stands_in_the_way} if self.stands_in_the_way else body

    def say(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)
