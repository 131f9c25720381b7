"""The guided session in a real browser. Its time is the test's; voice, lock and keys are stubs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from playwright.sync_api import Page, expect

from progress import recording
from progress.models import SessionRecord
from tests.conftest import begin_with_the_library
from tests.e2e.conftest import COLORS, assert_no_overflow, assert_reachable
from tests.factories.accounts import make_patient
from tests.factories.programs import give_program

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)

# A media element whose time is the page's clock, so that a test can hurry it; what else a phone has.
STUBS = """
window.said = []; window.keys = {}; window.locks = 0;
Object.defineProperty(HTMLMediaElement.prototype, 'readyState', { get() { return 4; } });
Object.defineProperty(HTMLMediaElement.prototype, 'currentTime', {
  get() { return this.begun == null ? this.stood ?? 0 : (Date.now() - this.begun) / 1000; },
  set(value) { this.stood = value; if (this.begun != null) this.begun = Date.now() - value * 1000; },
});
HTMLMediaElement.prototype.play = function () {
  if (window.isMute) return Promise.reject(new Error('blocked'));
  this.begun = Date.now() - (this.stood ?? 0) * 1000; return Promise.resolve();
};
HTMLMediaElement.prototype.pause = function () {
  if (this.begun != null) { this.stood = this.currentTime; this.begun = null; this.dispatchEvent(new Event('pause')); }
};
const speech = { cancel() {}, speak: ({ text }) => window.said.push(text) };
Object.defineProperty(window, 'speechSynthesis', { value: speech });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => (window.locks += 1, Object.assign(new EventTarget(), { release() {} })) } });
const media = { setActionHandler: (key, act) => (window.keys[key] = act), metadata: null, playbackState: 'none' };
Object.defineProperty(navigator, 'mediaSession', { value: media });
"""
STAGE = "[data-session-player]"


@pytest.fixture
def session(transactional_db: None) -> Iterator[SessionRecord]:
    """The first session of a plan, on its day."""
    begin_with_the_library()
    with time_machine.travel(MONDAY, tick=True):
        pat = make_patient("pat@example.org")
        pat.time_zone = "UTC"
        pat.save()
        version = give_program(pat, MONDAY.date(), days=["mon", "wed", "fri"], goals=["garden"])
        yield recording.start_session(pat, version, MONDAY.date(), 2)


@pytest.fixture
def player(page: Page, session: SessionRecord, sign_in: Callable[..., None]) -> Page:
    """The page of the session with the clock in the test's hands, not yet started."""
    page.add_init_script(STUBS)
    page.clock.install(time=MONDAY)
    sign_in(page, session.patient)
    page.goto(f"/session/{session.token}/")
    return page


def start(page: Page) -> None:
    page.locator("[data-open-player]").click()
    page.clock.run_for(150)


def press(page: Page, name: str) -> None:
    """A button of the player, by the event it sends."""
    page.locator(f"{STAGE} [data-do={name}]:visible").last.click()
    page.clock.run_for(120)


def kind(page: Page) -> str:
    return page.locator(STAGE).get_attribute("data-kind") or ""


def go_to(page: Page, wanted: str, name: str = "") -> None:
    """Skips ahead to a part of that kind, of the exercise ``name`` if given."""
    for _ in range(60):
        if kind(page) == wanted and name in page.locator("[data-title]").inner_text():
            return
        press(page, "skip")
    raise AssertionError(f"no {wanted} {name}")


def pass_time(page: Page, seconds: int) -> None:
    """Time goes by as on a device that stays awake, a second at a time."""
    for _ in range(seconds):
        page.clock.fast_forward(1000)


def place(page: Page) -> tuple[str, str, str]:
    """What stands on the screen: title, note and number."""
    names = ("title", "note", "number")
    return tuple(page.locator(f"[data-{name}]").inner_text() for name in names)  # type: ignore[return-value]  # as many as were named


def finish(page: Page) -> None:
    for name, value in (("pain_after", "3"), ("effort", "4")):
        page.locator(f'{STAGE} input[name="{name}"][value="{value}"]').check(force=True)
    page.locator(f"{STAGE} form[data-finish] button").click()


def until_kept(session: SessionRecord, page: Page, check: Callable[[], bool]) -> None:
    """Waits for the outbox, whose clock is the page's."""
    for _ in range(50):
        with suppress(OperationalError):  # the server is writing at this moment
            if check():
                return
        page.clock.run_for(120)
        page.wait_for_timeout(40)
    raise AssertionError("the server was not told")


def rounds(session: SessionRecord) -> list[tuple[str, int]]:
    return list(session.exercises.values_list("slug", "sets_done"))


def test_a_whole_session_hands_free(player: Page, session: SessionRecord) -> None:
    """Start, and never touch the phone again until the last two taps; every sound and word comes."""
    start(player)
    assert place(player)[0] == "Warm up"
    for _ in range(30):
        pass_time(player, 40)
        if player.locator("[data-sheet=finish]").is_visible():
            break
    else:
        raise AssertionError(f"no end: {place(player)}")
    said: list[str] = player.evaluate("window.said")
    assert "Warm up. Walk on the spot. Breathe easily." in said
    assert said[-1] == "That's it for today."
    assert {"3", "2", "1", "Half-way.", "Last one.", "Rest. Next: Bridge."} <= set(said)
    assert any(line.startswith("Bird-Dog. ") for line in said)
    assert {"Change sides. Now left.", "Change sides. Now right."} & set(said)
    finish(player)
    player.wait_for_url("**/done/")
    session.refresh_from_db()
    assert (session.pain_after, session.effort, session.was_stopped) == (3, 4, False)
    assert all(item.sets_done == item.sets_planned for item in session.exercises.all())
    # Of the session only this is left on the device: on which day it ended, when that was heard,
    # and whose it was, in a form that tells nobody who.
    kept = player.evaluate("Object.entries(localStorage).filter(([k]) => k.includes('session'))")
    assert [set(json.loads(value)) for _key, value in kept] == [{"day", "heard", "owner"}]


def test_a_reload_in_the_middle_goes_on_exactly_there(player: Page, session: SessionRecord) -> None:
    start(player)
    go_to(player, "work", "Bridge")
    pass_time(player, 17)
    before = place(player)
    player.reload()
    expect(player.locator(STAGE)).to_be_visible()  # its script has come; the clock waits for nobody
    player.clock.run_for(150)
    assert place(player) == before
    assert player.locator(STAGE).get_attribute("data-running") == "no"
    press(player, "toggle")
    pass_time(player, 4)
    assert player.locator(STAGE).get_attribute("data-running") == "yes"


def test_a_phone_that_sleeps_is_led_by_its_track_and_one_without_waits(player: Page) -> None:
    start(player)
    pass_time(player, 3)
    player.clock.fast_forward(60000)
    player.clock.run_for(120)
    assert (place(player)[0], player.locator("[data-number]").inner_text()) == ("Warm up", "57")
    press(player, "toggle")
    player.evaluate("window.isMute = true")
    press(player, "toggle")
    before = place(player)
    player.clock.fast_forward(60000)
    player.clock.run_for(120)
    assert place(player) == before
    assert player.locator("[data-cue]").inner_text() == "You were away. We kept your place."
    assert player.locator(STAGE).get_attribute("data-running") == "no"


def test_a_session_left_open_overnight_leads_to_the_new_day(
    player: Page, session: SessionRecord
) -> None:
    start(player)
    go_to(player, "work")
    player.locator("[data-main]").click()
    player.clock.fast_forward("24:00:00")
    player.locator("[data-main]").click()
    player.clock.run_for(150)
    expect(player.locator("[data-sheet=blocked]")).to_contain_text("Today has its own plan.")
    player.reload()
    player.clock.run_for(300)
    player.locator("[data-main]").click()
    expect(player.locator("[data-sheet=blocked]")).to_contain_text("What you did is saved.")
    assert session.events.filter(kind="stop").count() == 0


def test_by_keys_alone(player: Page, session: SessionRecord) -> None:
    """Space, arrows and Escape; the lock screen's and a remote's keys; and the focus on each sheet."""
    player.locator("[data-open-player]").focus()
    player.keyboard.press("Enter")
    player.clock.run_for(150)
    player.locator("[data-title]").focus()
    player.keyboard.press("ArrowRight")
    player.clock.run_for(120)
    assert kind(player) == "ready"
    player.keyboard.press("ArrowLeft")
    player.clock.run_for(120)
    assert kind(player) == "warm"
    player.keyboard.press("Space")
    assert player.locator(STAGE).get_attribute("data-running") == "no"
    player.evaluate("window.keys.play()")
    assert player.locator(STAGE).get_attribute("data-running") == "yes"
    player.evaluate("window.keys.nexttrack(); window.keys.nexttrack()")
    assert player.evaluate("navigator.mediaSession.metadata.title") == "Cobra, 60 s"
    player.evaluate("window.keys.pause()")
    assert player.locator(STAGE).get_attribute("data-running") == "no"
    press(player, "hurts")
    assert player.evaluate("document.activeElement.id") == "sheet-feel"
    player.keyboard.press("Escape")
    expect(player.locator("[data-sheet=feel]")).to_be_hidden()
    player.keyboard.press("Escape")
    expect(player.locator(STAGE)).to_be_hidden()


def test_what_hurts_stops_that_one_and_goes_on_with_what_is_safe(
    player: Page, session: SessionRecord
) -> None:
    start(player)
    go_to(player, "work", "Bridge")
    press(player, "ease")
    assert player.locator("[data-status]").inner_text().startswith("Bridge")
    go_to(player, "work", "Bridge")
    press(player, "hurts")
    player.locator("[data-feeling=ache][data-where=back]").click()
    choose_in(player, "pain", "3")
    expect(player.locator("[data-sheet=relief]")).to_be_visible()
    press(player, "fine")
    press(player, "hurts")
    player.locator("[data-feeling=sharp]").click()
    choose_in(player, "pain", "4")
    expect(player.locator("[data-sheet=red]")).to_be_visible()
    press(player, "fine")
    assert place(player)[:2] == ("Rest", "Next: Bird-Dog")
    until_kept(session, player, lambda: session.exercises.filter(is_red=True).exists())
    bridge = session.exercises.get(slug="bridge")
    assert (bridge.pain_during, bridge.was_eased, bridge.was_skipped) == (4, True, True)


def choose_in(page: Page, sheet: str, value: str) -> None:
    page.locator(f'[data-sheet={sheet}] input[value="{value}"]').check(force=True)
    press(page, sheet)


def test_a_warning_sign_shows_the_number_to_call_and_ends_the_session(
    player: Page, session: SessionRecord
) -> None:
    start(player)
    go_to(player, "work")
    press(player, "hurts")
    player.locator("[data-feeling=chest]").click()
    expect(player.locator("[data-sheet=signs] [href='tel:911']")).to_be_visible()
    assert_fine(player)
    until_kept(
        session, player, lambda: SessionRecord.objects.filter(left_at__isnull=False).exists()
    )
    player.locator("[data-sheet=signs] .btn--primary").click()
    player.wait_for_url("**/check/**")


def test_two_tabs_do_not_run_at_once_and_double_nothing(
    player: Page, session: SessionRecord
) -> None:
    start(player)
    other = player.context.new_page()
    other.add_init_script(STUBS)
    other.clock.install(time=MONDAY)
    other.goto(f"/session/{session.token}/")
    other.clock.run_for(300)
    press(other, "toggle")
    player.clock.run_for(150)
    assert player.locator(STAGE).get_attribute("data-running") == "no"
    for page in (other, player):
        if page.locator(STAGE).get_attribute("data-running") == "no":
            press(page, "toggle")
        go_to(page, "work", "Cobra")
        pass_time(page, 64)
    until_kept(session, player, lambda: rounds(session)[0][1] >= 1)
    other.close()
    press(player, "hurts")
    player.locator("[data-feeling=ache]").first.click()
    choose_in(player, "pain", "2")
    press(player, "stop")
    for _twice in range(2):
        player.locator(f"{STAGE} form[data-finish] button").click()
    expect(player.locator("[data-missing]")).to_be_visible()
    for name, value in (("pain_after", "3"), ("effort", "4")):
        player.locator(f'{STAGE} input[name="{name}"][value="{value}"]').check(force=True)
    player.locator(f"{STAGE} form[data-finish] button").dblclick()
    player.wait_for_url("**/done/")
    assert SessionRecord.objects.finished().count() == 1


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(390, 844, "light"), (320, 568, "dark"), (667, 375, "light")]
)
def test_every_state_is_reachable_and_readable_from_afar(
    player: Page, width: int, height: int, scheme: Any
) -> None:
    player.set_viewport_size({"width": width, "height": height})
    player.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    start(player)
    wanted = ["warm", "ready", "work", "rest", "change", "switch", "cool"]
    least = {1: 186, 2: 158} if width == 390 else {1: 128, 2: 128}
    for part in wanted:
        go_to(player, part)
        digits = player.locator("[data-number]")
        size = float(digits.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
        assert size >= least[len(digits.inner_text())], (part, size)
        assert player.locator(".player__in").evaluate("e => e.scrollHeight") <= height + 1, part
        inside(player, width, height)
        if (width, part) in CHECKED:
            assert_reachable(player)
        assert_no_overflow(player)
    assert player.locator("[data-figure] animate").count() == 0
    press(player, "skip")
    expect(player.locator("[data-sheet=finish]")).to_be_visible()
    assert_no_overflow(player)


# At the usual width the next journey looks at all of them.
CHECKED = {(320, "work"), (667, "rest")}


def assert_fine(page: Page) -> None:
    """axe finds nothing here, and no color too pale in the dark either."""
    assert_reachable(page)
    page.emulate_media(color_scheme="dark")
    assert_reachable(page, COLORS)
    page.emulate_media(color_scheme="light")


def test_axe_finds_nothing_in_any_state(player: Page, session: SessionRecord) -> None:
    SessionRecord.objects.update(pain_before=None)
    player.reload()
    assert_fine(player)
    start(player)
    for part in ("warm", "ready", "work", "rest", "change"):
        go_to(player, part)
        assert_fine(player)
    go_to(player, "work", "Bridge")
    assert player.locator("[data-reps] circle").count() > 1
    assert_fine(player)
    press(player, "toggle")
    assert_fine(player)
    seen = set()

    def look(name: str) -> None:
        expect(player.locator(f"[data-sheet={name}]")).to_be_visible()
        assert_fine(player)
        seen.add(name)

    press(player, "sound")
    look("sound")
    press(player, "fine")
    press(player, "hurts")
    look("feel")
    player.locator("[data-feeling=ache][data-where=back]").click()
    look("before")
    player.locator("[data-sheet=before] [data-do=before]").click()
    expect(
        player.locator("#id_before_0")
    ).to_be_focused()  # nothing is chosen: the browser says so there
    choose_in(player, "before", "2")
    look("pain")
    choose_in(player, "pain", "3")
    look("relief")
    press(player, "fine")
    press(player, "hurts")
    player.locator("[data-feeling=sharp]").click()
    choose_in(player, "pain", "4")
    look("red")
    press(player, "fine")
    for part in ("switch", "cool"):
        go_to(player, part)
        assert_fine(player)
    press(player, "skip")
    look("finish")
    player.context.set_offline(True)
    finish(player)
    look("kept")
    player.context.set_offline(False)
    player.evaluate("dispatchEvent(new Event('online'))")
    player.wait_for_url("**/done/")
    assert_fine(player)
    assert seen == {"sound", "feel", "before", "pain", "relief", "red", "finish", "kept"}


def inside(page: Page, width: int, height: int) -> None:
    """Each button is on the screen, large enough, and covered by nothing."""
    boxes = page.locator(f"{STAGE} [data-stage] button:visible").evaluate_all(
        """nodes => nodes.map((e) => { const r = e.getBoundingClientRect();
          const hit = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
          return [e.dataset.do, r.x, r.y, r.right, r.bottom, e.contains(hit), e.closest('.p-ctl') !== null]; })"""
    )
    for name, left, top, right, bottom, is_free, is_main in boxes:
        assert min(left, top, width + 1 - right, height + 1 - bottom) >= 0, name
        assert is_free, f"{name} is covered"
        assert bottom - top >= 47.5, name
        if is_main and width >= 390:
            assert min(bottom - top, right - left) >= 86, name


COVERED = """cue => {
  const range = document.createRange();
  range.selectNodeContents(cue);
  return [...range.getClientRects()].filter(({ x, y, width, height }) =>
    [0.1, 0.5, 0.9].some((at) => !cue.contains(document.elementFromPoint(x + width / 2, y + height * at))));
}"""


BESIDE = "cue => cue.getBoundingClientRect().right <= cue.closest('.p-hill').getBoundingClientRect().left"


@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 640), (360, 740), (667, 375)])
def test_the_words_of_no_part_are_covered(player: Page, width: int, height: int) -> None:
    player.set_viewport_size({"width": width, "height": height})
    start(player)
    seen = []
    while not player.locator("[data-sheet=finish]").is_visible():
        cue = player.locator("[data-cue]")
        assert cue.evaluate(COVERED) == [], (kind(player), cue.inner_text())
        if width > height:  # beside the hill, whose color would swallow them
            assert cue.evaluate(BESIDE), (kind(player), cue.inner_text())
        seen.append(kind(player))
        press(player, "skip")
    assert {"work", "switch", "rest", "cool"} <= set(seen)


def test_a_visitor_tries_one_movement_and_nothing_is_kept(page: Page, library: None) -> None:
    page.add_init_script(STUBS)
    page.clock.install(time=MONDAY)
    page.goto("/")
    page.get_by_role("link", name="Try one movement first").click()
    assert_reachable(page)
    page.get_by_role("button", name="None of these").click()
    assert_reachable(page)
    start(page)
    go_to(page, "work", "Cat-Cow")
    pass_time(page, 28)
    expect(page.locator("[data-sheet=finish]")).to_be_visible()
    assert_reachable(page)
    assert page.evaluate("Object.keys(localStorage)") == []
    assert [c["name"] for c in page.context.cookies() if c["name"] == "sessionid"] == []
