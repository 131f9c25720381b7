"""Figures in a browser: colors from the style sheet alone, motion that stops, a clock from outside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from exercises import figures
from tests.support.poses import EVERY_STEP, POSES

pytestmark = pytest.mark.usefixtures("library")
ADDRESS = "/exercises/bird-dog/"
TIME = "document.querySelector('svg.is-moving').getCurrentTime()"
PAUSED = "document.querySelector('svg.is-moving').animationsPaused()"
# The computed colors of every class of every palette: a name that the style sheet lacks is black.
COLORS = """() => {
  const parts = new Map(), found = {};
  for (const path of document.querySelectorAll("svg.figure-svg path")) {
    if (!parts.has(path.getAttribute("class"))) parts.set(path.getAttribute("class"), path);
  }
  // Skin, clothes and hair are three independent sets of five.
  const tones = ["brown", "black", "grey", "red", "plum"];
  const palettes = tones.map((tone, i) => `figure-svg skin-${i + 1} kit-${i + 1} hair-${tone}`);
  const figures = document.querySelectorAll("svg.figure-svg");
  for (const palette of palettes) {
    for (const svg of figures) svg.setAttribute("class", palette);
    for (const [name, path] of parts) {
      const { fill, stroke } = getComputedStyle(path);
      found[`${palette}: ${name}`] = [fill, stroke];
    }
  }
  return found;
}"""
NOTHING = ["rgb(0, 0, 0)", "none"]


def until(page: Page, condition: str) -> None:
    """Waits for a condition; the page's own policy forbids the browser driver's way."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def every_figure(links: str) -> str:
    """A page with each step of the library, and each exercise moving."""
    shown = [
        figures.still(POSES[slug], variant, key, uid=f"{slug}-{variant}-{key}")
        for slug, variant, key in EVERY_STEP
    ]
    shown += [figures.moving(exercise, uid=f"m-{slug}") for slug, exercise in POSES.items()]
    return f"<!doctype html><html lang=en><head>{links}</head><body>{''.join(shown)}</body></html>"


def test_every_figure_has_its_colors_in_every_palette_and_the_policy_refuses_nothing(
    live_server, page: Page
) -> None:
    answer = page.goto(ADDRESS)
    policy = answer.header_value("content-security-policy")
    assert "default-src 'none'" in policy
    links = "".join(
        f'<link rel="stylesheet" href="{link.get_attribute("href")}">'
        for link in page.locator("link[rel=stylesheet]:not([media])").all()
    )
    headers = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
    html = every_figure(links)
    page.route("**/every-figure/", lambda route: route.fulfill(headers=headers, body=html))
    page.goto("/every-figure/")  # the page of a journey takes no violation
    assert page.locator("svg.is-moving").count() == 11
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found = page.evaluate(COLORS)
        assert len({name.partition(": ")[2] for name in found}) > 30
        bare = [name for name, paint in found.items() if all(color in NOTHING for color in paint)]
        assert bare == []
        skins = {paint[0] for name, paint in found.items() if name.endswith(": skin")}
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
