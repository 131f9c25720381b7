"""What changed in a program, in words: one sentence for each change, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exercises.models import Exercise
from programs.models import Program, ProgramEvent, ProgramVersion
from programs.wording import DAY_NAMES, LEVELS

# More than these are in the history on the plan page.
MOST_NEWS = 5
# The slug of a change that is about no single exercise.
WHOLE = "program"

CAUSES = {
    "answers": gettext_lazy("Your answers"),
    "check": gettext_lazy("Your safety check"),
    "permission": gettext_lazy("A permission on record"),
    "session": gettext_lazy("A session"),
    "next_morning": gettext_lazy("The morning after"),
    "pain": gettext_lazy("A diary entry"),
    "check_in": gettext_lazy("Your weekly check-in"),
    "screening": gettext_lazy("Your safety check"),
    "measure": gettext_lazy("A measure"),
    "gap": gettext_lazy("A break"),
    "assessed": gettext_lazy("An assessment on record"),
    "tick": gettext_lazy("Time went by"),
    "undo": gettext_lazy("You took a change back"),
    "swap": gettext_lazy("You swapped an exercise"),
    "days": gettext_lazy("You changed days or minutes"),
    "days changed": gettext_lazy("You changed days or minutes"),
    "pause": gettext_lazy("You paused"),
    "resume": gettext_lazy("You came back"),
    "flare": gettext_lazy("A flare-up"),
    "override": gettext_lazy("Your therapist decided"),
    "intake": gettext_lazy("Your answers"),
    "library": gettext_lazy("The exercise library was updated"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One change in words. ``undo`` is what to send to take it back; empty where it is no harder."""

    sentence: str
    reason: str
    rule: str
    undo: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What one event changed."""

    seq: int
    day: date
    cause: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of exercises and of their variants."""

    exercises: Mapping[str, str]
    variants: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, library: Iterable[Exercise]) -> Names:
        """From exercises whose variants are at hand."""
        found = list(library)
        variants = {(e.slug, v.key): v.name for e in found for v in e.variants.all()}
        return cls({e.slug: e.name for e in found}, variants)


def news_of(program: Program) -> list[News]:
    """What the person has not read yet, newest first. One query where nothing changed, else three."""
    events = list(ProgramEvent.objects.news_for(program)[:MOST_NEWS])
    if not events:
        return []
    names = Names.of(Exercise.objects.prefetch_related("variants"))
    return [
        News(event.seq, event.day, cause(event.kind), said_of(event.outcome["changes"], names))
        for event in events
    ]


def cause(kind: str) -> str:
    return str(CAUSES.get(kind, ""))


def history_of(versions: Iterable[ProgramVersion], names: Names) -> list[dict[str, Any]]:
    """Every version with what changed and why, as given."""
    return [
        {
            "number": version.number,
            "day": version.made_on,
            "cause": cause(version.cause),
            "said": said_of(version.changes, names),
        }
        for version in versions
    ]


def said_of(changes: Iterable[Mapping[str, Any]], names: Names) -> tuple[Said, ...]:
    """Each change as a sentence. One undo takes all harder changes of an exercise back."""
    found: list[Said] = []
    offered: set[str] = set()
    for change in changes:
        undo = _undo(change) if change["harder"] else ""
        shown = "" if undo in offered else undo
        offered.add(undo)
        reason = change["reason"]
        found.append(Said(sentence(change, names), reason["text"], reason["rule"], shown))
    return tuple(found)


def _undo(change: Mapping[str, Any]) -> str:
    return "level" if change["what"] == "level" else str(change["slug"])


def sentence(change: Mapping[str, Any], names: Names) -> str:
    """What is different now, in one plain sentence."""
    what, before, after = change["what"], change["from"], change["to"]
    if change["slug"] == WHOLE:
        return _of_the_whole(what, before, after)
    name = names.exercises.get(change["slug"], change["slug"])
    if what == "variant":
        now = names.variants.get((change["slug"], after), after)
        return _("%(name)s: now “%(variant)s”.") % {"name": name, "variant": now}
    if what in _COUNTED:
        return f"{name}: {_COUNTED[what](before, after)}"
    return (_WORDS.get(what) or _("%(name)s is a little different now.")) % {"name": name}


def _of_the_whole(what: str, before: Any, after: Any) -> str:
    if what == "level":
        return _("Your level is now %(level)s.") % {"level": LEVELS[after]}
    if what == "days" and after:
        days = ", ".join(str(DAY_NAMES[day]) for day in after)
        return _("Your days are now %(days)s.") % {"days": days}
    if what == "minutes" and after:
        return _("A session takes about %(n)s minutes now.") % {"n": after}
    if what == "sessions_per_week" and after:
        return ngettext(
            "It is %(n)d session a week now.", "It is %(n)d sessions a week now.", after
        ) % {"n": after}
    if what == "program":
        return _("Your sessions go on.") if after else _("Your sessions rest for now.")
    return _("Your plan is a little different now.")


def _reps(before: Any, after: Any) -> str:
    if before is None or after is None:
        return _("the count is different now.")
    return _("%(after)s times now, %(before)s before.") % {"after": after, "before": before}


def _sets(before: Any, after: Any) -> str:
    now = ngettext("%(n)d set now", "%(n)d sets now", after) % {"n": after}
    return _("%(now)s, %(before)s before.") % {"now": now, "before": before}


def _seconds(before: Any, after: Any) -> str:
    if before is None or after is None:
        return _("the hold is different now.")
    return _("hold for %(after)s seconds now, %(before)s before.") % {
        "after": after,
        "before": before,
    }


_COUNTED = {"reps": _reps, "sets": _sets, "hold_seconds": _seconds}
_WORDS = {
    "left_out": gettext_lazy("%(name)s is left out for now."),
    "added": gettext_lazy("%(name)s is in your plan now."),
}
