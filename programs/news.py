"""What changed in a program, in words: one sentence for each change, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exercises.models import Exercise, Variant
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
    "corrected": gettext_lazy("You changed what you told us"),
    "hurt": gettext_lazy("A session"),
    "closed": gettext_lazy("Your therapist decided"),
    "gap": gettext_lazy("A break"),
    "assessed": gettext_lazy("An assessment on record"),
    "tick": gettext_lazy("Time went by"),
    "undo": gettext_lazy("You took a change back"),
    "swap": gettext_lazy("You swapped an exercise"),
    "days": gettext_lazy("You changed days or minutes"),
    "days changed": gettext_lazy("You changed days or minutes"),
    "pause": gettext_lazy("You paused"),
    "resume": gettext_lazy("You came back"),
    "lighter_week": gettext_lazy("A lighter week"),
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

    @classmethod
    def known(cls) -> Names:
        """Of the whole library, in one query."""
        rows = list(Variant.objects.values_list("exercise__slug", "exercise__name", "key", "name"))
        variants = {(slug, key): name for slug, _exercise, key, name in rows}
        return cls({slug: exercise for slug, exercise, _key, _name in rows}, variants)


def news_of(program: Program) -> list[News]:
    """What the person has not read yet, newest first. One query where nothing changed, else two."""
    events = list(ProgramEvent.objects.news_for(program)[:MOST_NEWS])
    if not events:
        return []
    names = Names.known()
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
    """One sentence for each exercise and for each change of the whole, with its reason."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for change in changes:
        key = f"{WHOLE}:{change['what']}" if change["slug"] == WHOLE else change["slug"]
        groups.setdefault(key, []).append(change)
    return tuple(_said(group, names) for group in groups.values())


def _said(group: list[Mapping[str, Any]], names: Names) -> Said:
    first = group[0]
    undo = "level" if first["what"] == "level" else str(first["slug"])
    is_harder = any(change["harder"] for change in group)
    reasons = [change["reason"] for change in group]
    why = " ".join(dict.fromkeys(reason["text"] for reason in reasons))
    return Said(_sentence(group, names), why, reasons[0]["rule"], undo if is_harder else "")


def _sentence(group: list[Mapping[str, Any]], names: Names) -> str:
    """What is different now, in one plain sentence."""
    first = group[0]
    if first["slug"] == WHOLE:
        return _of_the_whole(first["what"], first["from"], first["to"])
    name = names.exercises.get(first["slug"], first["slug"])
    if first["what"] in _WORDS:
        return str(_WORDS[first["what"]]) % {"name": name}
    parts = [part for change in group if (part := _part(change, names, alone=len(group) == 1))]
    if not parts:
        return _("%(name)s is a little different now.") % {"name": name}
    return f"{name}: {', '.join(parts)}."


def _part(change: Mapping[str, Any], names: Names, *, alone: bool) -> str:
    """One changed thing of an exercise; what it was before only where it stands alone."""
    what, before, after = change["what"], change["from"], change["to"]
    if what == "variant":
        now = names.variants.get((change["slug"], after), after)
        return _("now “%(variant)s”") % {"variant": now}
    if what not in _COUNTED or not after:
        return ""
    now = _COUNTED[what](after)
    if alone and before:
        return _("%(now)s now, %(before)s before") % {"now": now, "before": before}
    return now


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
        running = after == "running"
        return _("Your sessions go on.") if running else _("Your sessions rest for now.")
    return _("Your plan is a little different now.")


def _sets(n: int) -> str:
    return ngettext("%(n)d set", "%(n)d sets", n) % {"n": n}


def _reps(n: int) -> str:
    return ngettext("%(n)d time", "%(n)d times", n) % {"n": n}


def _hold(n: int) -> str:
    return ngettext("hold %(n)d second", "hold %(n)d seconds", n) % {"n": n}


_COUNTED = {"sets": _sets, "reps": _reps, "hold_seconds": _hold}
_WORDS = {
    "left_out": gettext_lazy("%(name)s is left out for now."),
    "added": gettext_lazy("%(name)s is in your plan now."),
}
