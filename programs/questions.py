"""What a question and a screen are, and how to say whom a question is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Replies = Mapping[str, Mapping[str, Any]]
YES_NO = (("yes", _("Yes")), ("no", _("No")), ("not_sure", _("Not sure")))
# "Yes" calls for more; the value follows from the second question.
ASKED = "__asked"
SITES = ("spine", "abdomen", "hip_replacement", "hip_other")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``kind``: ``yes_no``, ``choice``, ``ticks``, ``number``, ``pain``, ``text`` or ``tick``."""

    name: str
    label: Text
    kind: str = "yes_no"
    hint: Text = ""
    why: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    hints: Mapping[str, Text] = field(default_factory=dict)
    apart: str = ""
    low: int = 0
    high: int = 0
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A screen. ``applies`` says from the replies so far whether this person sees it."""

    key: str
    title: Text
    questions: tuple[Question, ...]
    lede: Text = ""
    has_none_card: bool = False
    applies: Callable[[Replies], bool] = lambda replies: True

    @property
    def slug(self) -> str:
        return self.key.partition(":")[2]


def reply(replies: Replies, name: str) -> Any:
    """The reply to a question, wherever it was asked."""
    return next((given[name] for given in replies.values() if name in given), None)


def said_yes(*names: str) -> Callable[[Replies], bool]:
    return lambda replies: any(reply(replies, name) == "yes" for name in names)


def said_yes_or_unsure(*names: str) -> Callable[[Replies], bool]:
    return lambda replies: any(reply(replies, name) in ("yes", "not_sure") for name in names)


def told_infection_risk(replies: Replies) -> bool:
    """RF12's first part was ticked on the first screen, so only its second part is asked."""
    return bool({"weak_immune_system", "injects_drugs"} & set(reply(replies, "health") or ()))


def had_operation(site: str) -> Callable[[Replies], bool]:
    return lambda replies: (
        reply(replies, "rf20_any_operation") == "yes" and site in (reply(replies, "op_sites") or ())
    )
