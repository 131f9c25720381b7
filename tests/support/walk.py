"""Walks the check and the intake through the pages, as a person does without JavaScript."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import html

from tests.support.pages import parse

# What somebody answers who has no warning sign and a common sore back.
USUAL: dict[str, Any] = {
    "age": "52",
    "health": ["none"],
    "leg_symptoms": "none",
    "onset": "180",
    "now": "4",
    "average": "4",
    "worst": "6",
    "aggravated_by": ["sitting", "lifting"],
    "eased_by": ["gentle_movement"],
    "traits": ["morning_stiffness_under_30_min"],
    "conditions": ["none"],
    "floor": "yes",
    "falls": "no",
    "work": "desk",
    "sitting_hours_per_day": "6",
    "exercise_days_per_week": "1",
    "sleep": "good",
    "goal1": "lift my grandchild again",
    "minutes": "15",
    "days": ["mon", "wed", "fri"],
    "sessions_wanted": "3",
}


def fields(page: html.HtmlElement) -> dict[str, list[str]]:
    """The names of the inputs of the page's main form, with the values on offer."""
    found: dict[str, list[str]] = {}
    for node in page.cssselect("main form[method=post] [name]"):
        found.setdefault(node.get("name"), []).append(node.get("value") or "")
    return found


def reply_to(page: html.HtmlElement, answers: dict[str, Any]) -> dict[str, Any]:
    """A reply to each question shown: the given answer, else "no", else nothing."""
    given = {}
    for name, offered in fields(page).items():
        if name in answers:
            given[name] = answers[name]
        elif "no" in offered:
            given[name] = "no"
    return given


def walk(client: Client, start: str, answers: dict[str, Any] | None = None) -> list[str]:
    """Follows the screens from ``start`` until a page that is no screen; the addresses on the way."""
    answers = {**USUAL, **(answers or {})}
    path, seen = start, []
    for _ in range(40):
        response = client.get(path, follow=True)
        path = response.request["PATH_INFO"]
        seen.append(path)
        page = parse(response)
        if path == "/check/":
            path = page.cssselect("a.btn--primary")[0].get("href")
            continue
        if not path.startswith(("/check/", "/intake/")) or path.endswith(
            ("/result/", "/review/", "/confirm/", "/stop/")
        ):
            return seen
        response = client.post(path, reply_to(page, answers))
        assert response.status_code == 302, (
            path,
            parse(response).xpath("string(//*[@class='error-summary'])"),
        )
        path = response.headers["Location"]
    raise AssertionError(f"no end: {seen}")
