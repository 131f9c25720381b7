"""A person in a running program: the plan, and all that the rules remember of the way so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from programs.engine.storage import from_plain, to_plain
from programs.engine.types import Override, Plan, Prescribed, Reason


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the plan before and after an event, with its reason.

    ``what`` is a field (``variant``, ``sets``, ``reps``, ``hold_seconds``, ``days`` …), ``added``,
    ``left_out``, ``level`` or ``program``; what is not about one exercise has the slug ``program``.
    ``harder`` marks what the person may undo.
    """

    slug: str
    what: str
    before: Any
    after: Any
    reason: Reason
    harder: bool = False


@dataclass(frozen=True, slots=True)
class Escalation:
    """An alert: what the person sees, what the therapist sees, and what the program does."""

    rule: str
    priority: str
    patient_text: str
    therapist_text: str
    program: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What an event led to. ``action`` is the most cautious of ``actions``; ``triage`` is a level or None."""

    date: date
    actions: tuple[str, ...]
    action: str
    level_after: int
    changes: tuple[Change, ...]
    alerts: tuple[Escalation, ...]
    triage: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pain:
    """A day's average pain (0–10), the highest told that day; ``told`` False for session scores."""

    date: date
    score: float
    told: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """One exercise in a session. ``pain`` is the worst during it, or None; ``sharp`` is always red."""

    slug: str
    pain: int | None
    leg_spread: bool
    skipped: bool
    sharp: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A session as it was told. ``full`` is False in a lighter week, whose sessions count for no rise.

    ``number`` counts sessions from 1; one told late has the number of the one after it.
    ``next_morning`` is the pain then; ``red`` names the exercises in the red zone, with an empty name
    where nobody knows which; ``source`` the input that told of it.
    """

    number: int
    date: date
    level: int
    full: bool
    completed: float | None
    before: int | None
    during: int | None
    effort: int | None
    next_morning: int | None
    sleep_lost: bool
    caution: bool
    red: tuple[str, ...]
    tried: tuple[Tried, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What one input said about the day ``on``, so that a correction can take it back (``source`` names it).

    ``score`` is the day's pain by it, ``is_average`` as in ``Pain.told``; ``most`` the highest score in
    it; ``morning`` the pain of a next morning; ``said`` the signs that it told.
    """

    source: str
    on: date
    score: float | None
    is_average: bool
    most: float
    morning: int | None
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Out:
    """An exercise that is left out; ``until`` is None where only time and a test bring it back."""

    slug: str
    rule: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Lighter:
    """The next ``sessions`` sessions after ``since`` have this share of the work."""

    rule: str
    share: float
    sessions: int
    since: date = date.min


@dataclass(frozen=True, slots=True)
class Flare:
    """A flare-up: first day, worst day and its pain, the usual pain and minutes of a session before.

    ``sessions`` counts those done on the way back.
    """

    start: date
    peak: date
    worst: float
    usual: float
    minutes: int
    sessions: int
    ended: date | None


@dataclass(frozen=True, slots=True)
class Lock:
    """A stop that only a recorded assessment lifts, and a full check after it opens."""

    rule: str
    escalation: str
    level: int
    within: str
    text: str
    since: date
    lifted: date | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Sessions rest. ``rule`` is E5, E6 or what the person chose."""

    rule: str
    since: date
    until: date | None
    calm_days: tuple[date, ...]
    screened: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing gets harder until the next check-in or a review."""

    rule: str
    since: date


@dataclass(frozen=True, slots=True)
class OpenAlert:
    rule: str
    priority: str
    since: date


@dataclass(frozen=True, slots=True)
class Raise:
    """A step that made the program harder, kept so that the person can undo it."""

    date: date
    slug: str
    before: Prescribed | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """A step that was undone and is not offered again before ``until``."""

    slug: str
    until: date


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one session from ``date`` on, by two measures (see ``progression.work_of``)."""

    date: date
    moved: int
    held: int


@dataclass(frozen=True, slots=True)
class Score:
    date: date
    name: str
    score: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    date: date
    held: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A day on which something was told: poor sleep, leg symptoms further down, doming."""

    date: date
    what: str


@dataclass(frozen=True, slots=True)
class Case:
    """A person's program at the end of a day.

    ``plan`` is what is shown and done; ``base`` what the answers alone lead to; ``standing`` the
    exercises at their usual dose, from which lighter days are derived. ``told`` is the day of the answers,
    ``told_weeks`` that of the weeks of a pregnancy, ``fresh_from`` the first session that counts for the
    next step, ``awaits`` what a full check is needed for. ``noticed`` are conditions that an entry told
    and nobody has looked at, ``easy_from`` the first day of a lighter week that was asked for.
    """

    adaptation: str
    chain: str
    began: date
    today: date
    weeks_before: int
    answers: Mapping[str, Any]
    overrides: tuple[Override, ...]
    plan: Plan
    base: Plan
    level: int
    level_since: date
    standing: tuple[Prescribed, ...]
    baseline: float | None
    first_pain: float
    advice: tuple[Reason, ...]
    told: date
    told_weeks: date
    pains: tuple[Pain, ...] = ()
    notes: tuple[Noted, ...] = ()
    sessions: tuple[Done, ...] = ()
    fresh_from: int = 1
    out: tuple[Out, ...] = ()
    rested: tuple[Out, ...] = ()
    lighter: tuple[Lighter, ...] = ()
    flares: tuple[Flare, ...] = ()
    locks: tuple[Lock, ...] = ()
    pause: Pause | None = None
    holds: tuple[Hold, ...] = ()
    alerts: tuple[OpenAlert, ...] = ()
    fired: tuple[str, ...] = ()
    raises: tuple[Raise, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    works: tuple[Work, ...] = ()
    scores: tuple[Score, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    last_log: date | None = None
    last_session: date | None = None
    gap_stage: int = 0
    awaits: str = ""
    screened: date | None = None
    released: tuple[str, ...] = ()
    overrides_seen: date = date.min
    told_by: tuple[Told, ...] = ()
    noticed: tuple[str, ...] = ()
    easy_from: date | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; ``canonical(case.to_json())`` is what is stored."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Case:
        """The case that ``to_json`` wrote. Raises ``KeyError`` or ``TypeError`` on another shape."""
        return from_plain(cls, data)

    @property
    def is_locked(self) -> bool:
        return any(lock.lifted is None for lock in self.locks)

    @property
    def flare(self) -> Flare | None:
        """The flare-up that is going on, if any."""
        return next((item for item in reversed(self.flares) if item.ended is None), None)

    @property
    def has_caution(self) -> bool:
        return self.base.triage.level >= 1
