"""Figures in a browser: colors from the style sheet alone, motion that stops, a clock from outside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.usefixtures("library")
ADDRESS = "/exercises/bird-dog/"
TIME = "document.querySelector('svg.is-moving').getCurrentTime()"
PAUSED = "document.querySelector('svg.is-moving').animationsPaused()"
# The computed colors of every class of every palette: a name that the style sheet lacks is black.
COLORS = """() => {
  const svg = document.querySelector("svg.is-moving"), found = {};
  for (const skin of [1, 2, 3, 4, 5]) for (const kit of [1, 2, 3, 4, 5])
    for (const tone of ["brown", "black", "grey", "red", "plum"]) {
      svg.setAttribute("class", `figure-svg skin-${skin} kit-${kit} hair-${tone} is-moving`);
      for (const part of ["skin", "top", "legs", "hair", "mat", "back"]) {
        const path = svg.querySelector(`.${part}`);
        found[`${part} ${skin} ${kit} ${tone}`] = getComputedStyle(path).fill;
      }
    }
  return found;
}"""


def until(page: Page, condition: str) -> None:
    """Waits for a condition; the page's own policy forbids the browser driver's way."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def test_every_palette_has_its_colors_in_light_and_dark(live_server, page: Page) -> None:
    page.goto(ADDRESS)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found = page.evaluate(COLORS)
        assert len(found) == 6 * 125
        assert not [name for name, color in found.items() if color in ("rgb(0, 0, 0)", "none")]
        skins = {color for name, color in found.items() if name.startswith("skin")}
        assert len(skins) == 5


def test_a_figure_moves_pauses_and_takes_a_clock(live_server, page: Page) -> None:
    page.goto(ADDRESS)
    button = page.get_by_role("button", name="Pause the figure")
    button.wait_for()
    until(page, f"{TIME} > 0.2")
    button.click()
    assert page.evaluate(PAUSED)
    source = page.locator("script[src*='js/figures']").get_attribute("src")
    clock = page.evaluate(
        """async (source) => {
          const { duration, seek, pause, play } = await import(source);
          const svg = document.querySelector("svg.is-moving");
          const box = svg.closest("[data-figure]");
          const head = () => svg.querySelector("g g").getBoundingClientRect().y;
          seek(box, 0);
          const start = head();
          seek(box, duration(box) / 4 + 1);
          const later = head();
          const at = svg.getCurrentTime();
          play(box);
          const runs = !svg.animationsPaused();
          pause(box);
          return { total: duration(svg), at, moved: start !== later, runs, rests: svg.animationsPaused() };
        }""",
        source,
    )
    assert clock["total"] == 8
    assert clock["at"] == pytest.approx(3)
    assert clock["runs"]
    assert clock["rests"]


def test_it_rests_off_the_screen(live_server, page: Page) -> None:
    page.goto(ADDRESS)
    page.get_by_role("button", name="Pause the figure").wait_for()
    until(page, f"!{PAUSED}")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(page, PAUSED)
    page.evaluate("scrollTo(0, 0)")
    until(page, f"!{PAUSED}")


def test_less_motion_shows_the_numbered_poses_and_nothing_that_moves(
    live_server, page: Page
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(ADDRESS)
    page.get_by_role("button", name="Play the figure").wait_for()
    assert page.locator("svg.is-moving").is_hidden()
    assert page.locator(".figure-strip.is-twin svg").first.is_visible()
    assert page.evaluate(PAUSED)
    page.get_by_role("button", name="Play the figure").click()
    assert page.locator("svg.is-moving").is_visible()
