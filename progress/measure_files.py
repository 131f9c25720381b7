"""A measure's file: the items that a clinic brings for a slot, read and checked.

The scoring of ``rmdq`` and ``peg`` is fixed by the rule base; any other key is a licensed measure
and brings its own. The file's shape stands in ``EXAMPLE``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from backrelief.accounts.models import User
from progress.models import BOUNDS, LoadedMeasure
from progress.scores import PEG_ITEMS, RMDQ_ITEMS

LARGEST_BYTES = 200_000
LONGEST_TEXT = 500
EXAMPLE = {
    "key": "peg",
    "title": "How pain gets in the way",
    "source": "Whom to cite",
    "licence": "What the owner allows, and where that is written",
    "intro": "Think of the last 7 days.",
    "items": [{"key": "p", "text": "…", "ends": ["none", "a lot"]}],
    "asked": {"every_days": 14},
}
FIXED_ITEMS = {"rmdq": RMDQ_ITEMS, "peg": PEG_ITEMS}
DEFAULT_TIMES: dict[str, dict[str, Any]] = {
    "rmdq": {"weeks": [0, 6, 12]},
    "peg": {"every_days": 14},
}
BUILT_IN = {"psfs", "overall_change", "pain_week", "goals"}
TEXTS = ("title", "source", "licence")
KNOWN = {"key", *TEXTS, "intro", "items", "asked", "scoring"}
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass
class Report:
    """What loading did or would do; with faults nothing is changed."""

    faults: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def load(content: bytes, *, dry_run: bool = False, by: User | None = None) -> Report:
    """Reads a file and puts the measure in its slot, all or nothing."""
    report = Report()
    definition = _read(content, report)
    if definition is None or report.faults:
        return report
    digest = digest_of(definition)
    old = LoadedMeasure.objects.filter(key=definition["key"]).first()
    report.lines = list(_difference(definition, old, digest))
    if not dry_run and (old is None or old.digest != digest):
        _store(definition, digest, by)
    return report


def digest_of(definition: dict[str, Any]) -> str:
    canonical = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


@transaction.atomic
def _store(definition: dict[str, Any], digest: str, by: User | None) -> None:
    values = {
        "title": definition["title"],
        "definition": definition,
        "digest": digest,
        "loaded_by": by,
    }
    LoadedMeasure.objects.update_or_create(key=definition["key"], defaults=values)


def _difference(
    definition: dict[str, Any], old: LoadedMeasure | None, digest: str
) -> Iterator[str]:
    name, count = definition["key"], len(definition["items"])
    if old is None:
        yield f"{name}: new, {count} items"
    elif old.digest == digest:
        yield f"{name}: the same as before"
    else:
        was = {item["key"]: item["text"] for item in old.definition["items"]}
        now = {item["key"]: item["text"] for item in definition["items"]}
        yield f"{name}: changed"
        yield from (f"{name}: item {key} is new" for key in now if key not in was)
        yield from (f"{name}: item {key} goes" for key in was if key not in now)
        yield from (
            f"{name}: item {key} reads differently"
            for key in now
            if key in was and was[key] != now[key]
        )


def _read(content: bytes, report: Report) -> dict[str, Any] | None:
    if len(content) > LARGEST_BYTES:
        report.faults.append("the file is too large for a measure")
        return None
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        report.faults.append(f"the file is no JSON: {error}")
        return None
    if not isinstance(found, dict):
        report.faults.append("the file must hold one object")
        return None
    report.faults.extend(_faults(found))
    return None if report.faults else _complete(found)


def _complete(found: dict[str, Any]) -> dict[str, Any]:
    """With the times that the rule base gives where the file gives none."""
    return {"intro": "", "asked": DEFAULT_TIMES.get(found["key"]), **found}


def _faults(found: dict[str, Any]) -> Iterator[str]:
    key = found.get("key")
    if not isinstance(key, str) or not SLUG.fullmatch(key):
        yield "key: must be a short name of small letters, digits and hyphens"
        return
    if key in BUILT_IN:
        yield f"key: {key} is built in and takes no file"
    yield from (f"{name}: is not known" for name in found if name not in KNOWN)
    for name in TEXTS:
        if not _is_text(found.get(name)):
            yield f"{name}: must be a text"
    if "intro" in found and not isinstance(found["intro"], str):
        yield "intro: must be a text"
    yield from _item_faults(key, found.get("items"))
    yield from _time_faults(key, found.get("asked"))
    yield from _scoring_faults(key, found)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT and "\x00" not in value


def _item_faults(key: str, items: Any) -> Iterator[str]:
    if not isinstance(items, list) or not items or not all(isinstance(i, dict) for i in items):
        yield "items: must be a list of objects"
        return
    for place, item in enumerate(items, start=1):
        if not isinstance(item.get("key"), str) or not SLUG.fullmatch(item["key"]):
            yield f"items, {place}: key must be a short name"
        if not _is_text(item.get("text")):
            yield f"items, {place}: text must be a text"
        ends = item.get("ends", ["", ""])
        if not isinstance(ends, list) or [type(end) for end in ends] != [str, str]:
            yield f"items, {place}: ends must be two texts"
    keys = [str(item.get("key")) for item in items]
    if len(set(keys)) < len(keys):
        yield "items: two have the same key"
    wanted = FIXED_ITEMS.get(key)
    if wanted and len(items) != wanted:
        yield f"items: {key} has {wanted} of them, not {len(items)}"


def _time_faults(key: str, asked: Any) -> Iterator[str]:
    if asked is None and key in DEFAULT_TIMES:
        return
    shape = "asked: must be {every_days: 7 or more} or {weeks: [0, 6, 12]}"
    if not isinstance(asked, dict) or len(asked) != 1:
        yield shape
    elif "every_days" in asked:
        if not _is_whole(asked["every_days"]) or not 7 <= asked["every_days"] <= 366:
            yield shape
    elif not _are_weeks(asked.get("weeks")):
        yield shape


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _are_weeks(weeks: Any) -> bool:
    return (
        isinstance(weeks, list)
        and bool(weeks)
        and all(_is_whole(week) and 0 <= week <= 520 for week in weeks)
        and weeks == sorted(set(weeks))
    )


def _scoring_faults(key: str, found: dict[str, Any]) -> Iterator[str]:
    scoring = found.get("scoring")
    if key in BOUNDS:
        if scoring is not None:
            yield f"scoring: that of {key} is fixed by the rules; leave it out"
        return
    if not isinstance(scoring, dict):
        yield "scoring: a measure of your own needs rule, low, high, needed, real_change, better"
        return
    if scoring.get("rule") not in ("sum", "mean"):
        yield "scoring: rule must be sum or mean"
    if scoring.get("better") not in ("higher", "lower"):
        yield "scoring: better must be higher or lower"
    low, high, needed = (scoring.get(name) for name in ("low", "high", "needed"))
    if not (_is_whole(low) and _is_whole(high) and 0 <= low < high <= 10):  # type: ignore[operator]  # only after it is known to be a whole number
        yield "scoring: low and high must be whole numbers from 0 to 10"
    count = len(found["items"]) if isinstance(found.get("items"), list) else 0
    if not (_is_whole(needed) and 1 <= needed <= count):  # type: ignore[operator]  # only after it is known to be a whole number
        yield "scoring: needed must be how many items must be answered"
    change = scoring.get("real_change")
    if isinstance(change, bool) or not isinstance(change, int | float) or change <= 0:
        yield "scoring: real_change must be a number above 0"
