"""How long a phone is busy at once while a session is opened and led. By hand and in ``make soak``.

What counts is the CPU time of the page's main thread, task by task, four times over: a mid-range phone
takes about that much longer. Three runs, and the best one of each step counts, because other programs
share the machine; the tolerance on top of the 50 ms that people should never wait is 10 ms.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import Page

from progress.models import SessionRecord
from tests.e2e.test_player import session

__all__ = ["session"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("EFFORT" not in os.environ, reason="a long look; see make soak"),
]
SLOWER, LONGEST_MS, TOLERANCE_MS = 4, 50, 10
TASK = "ThreadControllerImpl::RunTask"


def traced(page: Page, session: SessionRecord) -> dict[str, float]:
    """The longest task of each step in ms of a phone."""
    assert page.context.browser
    cdp = page.context.browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    ended: list[bool] = []
    cdp.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    cdp.on("Tracing.tracingComplete", lambda _told: ended.append(True))
    categories = ["toplevel", "devtools.timeline", "blink.user_timing"]
    cdp.send("Tracing.start", {"traceConfig": {"includedCategories": categories}})
    lead(page, session)
    cdp.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(100)
    return longest(events)


def lead(page: Page, session: SessionRecord) -> None:
    page.goto("/help-now/")
    page.evaluate("localStorage.clear()")  # else the second run opens where the first one stood
    page.evaluate("performance.mark('step load')")
    page.goto(f"/session/{session.token}/")
    page.wait_for_timeout(1500)

    def step(name: str, act: Any) -> None:
        page.evaluate("name => { performance.mark(`step ${name}`); }", name)
        page.wait_for_timeout(100)
        act()
        page.wait_for_timeout(900)

    # The driver's own script comes with its first look, and is not the page's.
    page.evaluate("performance.mark('step driver')")
    page.locator("[data-open-player]").is_visible()
    step("start", lambda: page.locator("[data-open-player]").click())
    for name in ("ready", "work", "rest", "work again"):
        step(name, lambda: page.locator(".p-ctl [data-do=skip]").click())
    step("pause", lambda: page.locator("[data-main]").click())
    step("hurts", lambda: page.locator("[data-do=hurts]").click())


def longest(events: list[dict[str, Any]]) -> dict[str, float]:
    marks = [e for e in events if e.get("name", "").startswith("step ")]
    place = (marks[0]["pid"], marks[0]["tid"])
    mine = [e for e in events if (e["pid"], e["tid"]) == place and "tdur" in e]
    # What the driver runs in the page is not the page's.
    foreign = [e["ts"] for e in mine if e["name"] == "EvaluateScript" and e["ts"] > marks[0]["ts"]]
    found: dict[str, float] = {}
    for task in (e for e in mine if e["name"] == TASK):
        begin, end = task["ts"], task["ts"] + task["dur"]
        if any(begin <= at <= end for at in foreign):
            continue
        before = [mark for mark in marks if mark["ts"] <= begin]
        if not before:
            continue
        name = before[-1]["name"].removeprefix("step ")
        found[name] = max(found.get(name, 0.0), task["tdur"] / 1000 * SLOWER)
    found.pop("driver", None)
    return found


def test_no_step_of_a_session_keeps_a_phone_busy(
    page: Page, session: SessionRecord, sign_in: Any
) -> None:
    sign_in(page, session.patient)
    runs = [traced(page, session) for _turn in range(3)]
    best = {name: round(min(run[name] for run in runs)) for name in runs[0]}
    print(best)
    limit = LONGEST_MS + TOLERANCE_MS
    assert {name: ms for name, ms in best.items() if ms > limit} == {}, best
