"""The plan on one sheet, and a week from paper back in: once, on its own days, nothing typed lost."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from exercises.wording import dose_in_words
from programs.limits import set_limit
from programs.models import Lock
from programs.standing import standing_of
from progress import recording
from progress.models import DiaryEntry, SessionRecord
from progress.qr import QUIET_ZONE, qr_code
from tests.factories.programs import give_program
from tests.factories.progress import finished_session
from tests.support.pages import all_words, one, parse, queries, words
from tests.support.reading import as_text, grade

MONDAY = date(2026, 11, 16)
SUNDAY_NIGHT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Sunday, 20:00 in New York
TOKEN = "11111111-1111-4111-8111-111111111111"
SLUGS = ["cobra", "bridge", "bird-dog", "side-plank"]


@pytest.fixture(autouse=True)
def sunday_night():
    with time_machine.travel(SUNDAY_NIGHT, tick=False):
        yield


@pytest.fixture
def me(client, patient):
    patient.time_zone = "America/New_York"
    patient.save()
    client.force_login(patient)
    return patient


@pytest.fixture
def version(library, me):
    return give_program(me, MONDAY, days=["mon", "wed", "fri"])


def typed(**fields) -> dict:
    """Monday's session and two days of pain; names with underscores for the hyphens."""
    data = {
        "token": TOKEN,
        "signs": "none",
        "done_2026_11_16": "on",
        "before_2026_11_16": "4",
        "after_2026_11_16": "3",
        "effort_2026_11_16": "5",
        "pain_2026_11_16": "4",
        "pain_2026_11_21": "2",
    } | fields
    data = {name.replace("_", "-"): value for name, value in data.items() if value is not None}
    for day in ("16", "18", "20"):
        data.setdefault(f"did-2026-11-{day}", SLUGS)
    return data


def post(client, **fields):
    return client.post("/diary/paper/?week=2026-11-16", typed(**fields))


def test_a_week_from_paper_lands_on_its_own_days(client, me, version):
    response = post(client)
    assert response["Location"] == "/diary/"
    session = SessionRecord.objects.get()
    numbers = (session.pain_before, session.pain_after, session.effort)
    assert (session.day, numbers, session.left_at) == (MONDAY, (4, 3, 5), None)
    assert session.finished_at == datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
    assert {e.slug: e.sets_done for e in session.exercises.all()} == dict.fromkeys(SLUGS, 2)
    entries = DiaryEntry.objects.order_by("day").values_list("day", "pain")
    assert list(entries) == [(MONDAY, 4), (date(2026, 11, 21), 2)]
    page = parse(client.get("/diary/"))
    assert "Saved from paper: 1 session, pain of 2 days." in words(one(page, "#messages"))


def test_the_same_form_twice_is_once(client, me, version):
    for _press in range(3):
        assert post(client).status_code == 302
    assert SessionRecord.objects.count() == 1
    assert DiaryEntry.objects.count() == 2


def test_a_session_that_is_here_already_is_neither_asked_nor_changed(client, me, version):
    finished_session(me, version, MONDAY, pain_after=1)
    page = parse(client.get("/diary/paper/?week=2026-11-16"))
    assert all_words(page, ".badge--ok") == ["Session of Mon, Nov 16 is here already"]
    assert page.cssselect('[name="done-2026-11-16"]') == []
    post(client, token=str(uuid.uuid4()))
    assert [s.pain_after for s in SessionRecord.objects.all()] == [1]


def test_a_session_that_is_open_now_stays_open(client, me, version):
    now = recording.start_session(me, version, date(2026, 11, 22), 2)
    post(client)
    now.refresh_from_db()
    assert (now.left_at, now.finished_at) == (None, None)
    assert SessionRecord.objects.finished().get().day == MONDAY


def test_a_session_of_that_day_without_an_ending_gets_it(client, me, version):
    begun = recording.start_session(me, version, MONDAY, 4)
    post(client, did_2026_11_16=["cobra"])
    begun.refresh_from_db()
    assert begun.finished_at is not None
    assert {e.slug: e.was_skipped for e in begun.exercises.all()} == {
        "cobra": False,
        "bridge": True,
        "bird-dog": True,
        "side-plank": True,
    }


def test_numbers_without_a_tick_are_a_session_too(client, me, version):
    post(client, done_2026_11_16=None)
    assert SessionRecord.objects.get().pain_after == 3


def test_something_new_and_very_strong_pain_lead_to_the_check(client, me, version):
    assert post(client, signs="new")["Location"] == "/check/"
    assert standing_of(me).state == "recheck"
    assert (
        post(
            client,
            token=str(uuid.uuid4()),
            done_2026_11_18="on",
            after_2026_11_18="9",
            effort_2026_11_18="5",
        )["Location"]
        == "/check/"
    )


def test_very_strong_pain_before_a_session_leads_to_the_check_as_on_the_screen(client, me, version):
    assert post(client, before_2026_11_16="9")["Location"] == "/check/"
    assert standing_of(me).state == "recheck"


def test_a_session_begun_on_the_screen_without_a_number_takes_the_one_from_paper(
    client, me, version
):
    begun = recording.start_session(me, version, MONDAY)
    post(client)
    begun.refresh_from_db()
    assert (begun.pain_before, begun.pain_after) == (4, 3)


def test_a_session_that_a_sign_stopped_gets_no_ending_from_paper(client, me, version):
    stopped = recording.start_session(me, version, MONDAY, 2)
    recording.stop_for_sign(stopped, "leg")
    page = parse(client.get("/diary/paper/?week=2026-11-16"))
    assert all_words(page, ".badge--ok") == ["Session of Mon, Nov 16 is here already"]
    post(client)
    stopped.refresh_from_db()
    assert (stopped.finished_at, stopped.was_stopped) == (None, True)
    assert SessionRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"after_2026_11_16": ""}, "Mon, Nov 16: type the pain after, from 0 to 10."),
        ({"effort_2026_11_16": ""}, "Mon, Nov 16: type how hard it was, from 0 to 10."),
        ({"after_2026_11_16": "11"}, "Type a whole number from 0 to 10."),
        ({"pain_2026_11_21": "much"}, "Type a whole number from 0 to 10."),
        ({"signs": ""}, "Tap one: none is new, a fall, or something else is new."),
        ({"did_2026_11_16": []}, "Mon, Nov 16: tick what you did."),
        ({"token": "x"}, "Enter a valid UUID."),
    ],
)
def test_a_fault_is_named_and_nothing_typed_is_lost(client, me, version, fields, fault):
    response = post(client, **fields)
    assert response.status_code == 422
    page = parse(response)
    assert any(fault in line for line in all_words(page, ".error-summary li"))
    assert one(page, '[name="pain-2026-11-16"]').get("value") == "4"
    assert one(page, '[name="done-2026-11-16"]').get("checked") is not None
    assert one(page, '[name="before-2026-11-16"]').get("value") == "4"
    assert SessionRecord.objects.count() == DiaryEntry.objects.count() == 0


def test_an_empty_form_says_so(client, me, version):
    response = client.post("/diary/paper/?week=2026-11-16", {"token": TOKEN, "signs": "none"})
    assert response.status_code == 422
    assert "Nothing is typed in yet." in words(one(parse(response), ".error-summary"))


def test_only_days_that_have_been_are_asked(client, me, version):
    with time_machine.travel(datetime(2026, 11, 18, 15, tzinfo=UTC), tick=False):
        page = parse(client.get("/diary/paper/?week=2031-01-01"))
    names = [node.get("name") for node in page.cssselect('[name^="pain-"]')]
    assert names == ["pain-2026-11-16", "pain-2026-11-17", "pain-2026-11-18"]
    assert len(page.cssselect('[name^="done-"]')) == 2


def test_a_stranger_types_into_a_diary_of_their_own(client, me, version, stranger, therapist):
    post(client)
    client.force_login(stranger)
    post(client)
    assert SessionRecord.objects.filter(patient=stranger).count() == 0
    assert DiaryEntry.objects.filter(patient=me).count() == 2
    client.force_login(therapist)
    assert client.get("/diary/paper/").status_code == 404
    assert client.get("/plan/handout/").status_code == 404


def test_the_sheet_holds_the_plan_boxes_signs_and_the_way_back(client, me, version):
    page = parse(client.get("/plan/handout/"))
    rows = page.cssselect(".sheet__table tbody")[0].cssselect("tr")
    asked = version.plan["program"]["exercises"]
    assert [words(row.cssselect("strong")[0]) for row in rows] == [
        dose_in_words(e["sets"], e["reps"], e["hold_seconds"], per_side=e["per_side"])
        for e in asked
    ]
    names = [words(row.cssselect(".sheet__name")[0]) for row in rows]
    assert [name.lower().replace(" ", "-") for name in names] == [e["slug"] for e in asked]
    for row in rows:
        assert len(row.cssselect(".boxes i")) == 12
        assert 1 <= len(row.cssselect("svg")) <= 3
    assert "call 911" in words(one(page, ".sheet__stop"))
    assert words(one(page, ".sheet__address")) == "http://testserver/plan/"
    assert page.cssselect("[style]") == []


def test_what_a_flag_bars_is_not_drawn_on_paper_either(client, me, library):
    give_program(
        me,
        MONDAY,
        "02-ten-weeks-pregnant-knee-pain",
        days=["mon"],
        minutes=20,
        conditions=["osteoporosis"],
        clearances=["doctor"],
    )
    page = parse(client.get("/plan/handout/"))
    drawn = [node.get("id") for node in page.cssselect(".sheet__figs [id]")]
    assert any("cat-cow" in name for name in drawn)
    assert not any("cat-cow" in name and "round" in name for name in drawn)


@pytest.mark.parametrize(
    ("changes", "most"), [({}, "Above 5"), ({"conditions": ["osteoporosis"]}, "Above 4")]
)
def test_the_sheet_says_each_way_in_which_pain_is_red(client, me, library, changes, most):
    give_program(me, MONDAY, days=["mon"], **changes)
    text = words(one(parse(client.get("/plan/handout/")), "[aria-labelledby=sheet-ok]"))
    assert f"{most} of 10, 3 more than before, or sharp: stop that exercise." in text


def test_a_limit_that_a_therapist_set_stands_on_the_sheet(client, me, version, therapist):
    set_limit(version.program, "bridge", 50, therapist, MONDAY)
    rows = parse(client.get("/plan/handout/")).cssselect(".sheet__table tbody")[0]
    told = {words(row.cssselect(".sheet__name")[0]): words(row) for row in rows.cssselect("tr")}
    with_limit = {name for name, text in told.items() if "Go only half way." in text}
    assert with_limit == {"Bridge"}


def test_the_sheet_names_what_stops_a_session_and_what_the_short_check_asks(client, me, version):
    text = words(one(parse(client.get("/plan/handout/")), ".sheet__stop"))
    for sign in ("both legs", "unsteady walking", "dizziness", "A bad fall", "Pain of 9 or 10"):
        assert sign in text


def test_no_sheet_while_the_plan_is_on_hold(client, me, version):
    Lock.objects.create(patient=me, level="urgent", rule="RF1", text="Numb between the legs.")
    assert client.get("/plan/handout/")["Location"] == "/plan/"


@pytest.mark.parametrize("address", ["/plan/handout/", "/diary/paper/"])
def test_both_pages_are_plain_to_read(client, me, version, address):
    main = one(parse(client.get(address)), "main")
    lines = [words(node) for node in main.cssselect("h1, h2, p, li, label, .btn")]
    assert grade(as_text(lines)) <= 6.5


@pytest.mark.parametrize("address", ["/plan/handout/", "/diary/paper/"])
def test_queries_do_not_grow_with_sessions(client, me, version, address):
    client.get(address)
    counts = []
    for day in (16, 18, 20):
        finished_session(me, version, date(2026, 11, day))
        with queries() as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] <= 12
    assert len(set(counts)) == 1


def test_the_qr_code_draws_every_dark_module_once():
    code = qr_code("https://example.org/plan/")
    grid = [[False] * code.size for _row in range(code.size)]
    for run in code.path.split("M")[1:]:
        place, _, rest = run.partition("h")
        x, y = map(int, place.split())
        for step in range(int(rest.partition("v")[0])):
            assert grid[y][x + step] is False
            grid[y][x + step] = True
    # A finder pattern stands in three corners, inside the quiet zone.
    q, last = QUIET_ZONE, code.size - QUIET_ZONE - 7
    for top, left in ((q, q), (q, last), (last, q)):
        assert [grid[top][left + n] for n in range(7)] == [True] * 7
        assert [grid[top + 1][left + n] for n in range(7)] == [True, *[False] * 5, True]
    assert not any(any(row[:q]) or any(row[-q:]) for row in grid)


def test_weeks_go_back_eight_and_no_further(client, me, version):
    page = parse(client.get("/diary/paper/?week=2020-01-06"))
    first = MONDAY - timedelta(weeks=8)
    assert f"pain-{first}" in [node.get("name") for node in page.cssselect("[name^=pain-]")]
    assert all_words(page, ".cluster .btn") == ["Week after"]
