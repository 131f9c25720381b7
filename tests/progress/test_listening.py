"""What a person tells on any day, by plain posts: undo, pause, swap, a worse day, the week, a cry for help."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from programs.adapting import tell_program
from programs.models import Draft, Program, ProgramEvent, Screening
from programs.planning import latest_version
from programs.standing import standing_of
from progress.checking_in import BARRIERS, SUGGESTIONS
from progress.models import Alert, DiaryEntry
from progress.passing import tick_programs
from tests.factories.programs import answers_of, give_program
from tests.support.pages import all_words, hrefs, one, parse, queries, words
from tests.support.walk import walk

MONDAY = date(2026, 11, 23)
CRY = "I can't go on like this. I want to die."


def at(day: date, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=False)


@pytest.fixture(autouse=True)
def monday_morning():
    with at(MONDAY):
        yield


@pytest.fixture
def me(client, patient):
    patient.time_zone = "UTC"
    patient.save()
    client.force_login(patient)
    return patient


@pytest.fixture
def version(library, me):
    return give_program(me, MONDAY - timedelta(days=6), days=["mon", "wed", "fri"])


@pytest.fixture
def begun(me, library):
    return give_program(me, MONDAY - timedelta(days=13), days=["mon", "wed", "fri"])


@pytest.fixture
def raised(me, begun):
    """Three good sessions brought a step up."""
    good = {"completed_fraction": 1.0, "pain_before": 2, "pain_during": 2, "effort": 3}
    for back in (12, 10, 7):
        day = MONDAY - timedelta(days=back)
        tell_program(me, "session", day, good, f"session:{back}")
        morning = {"pain_next_morning": 2}
        tell_program(me, "next_morning", day + timedelta(days=1), morning, f"morning:{back}")
    return latest_version(me)


def doses(version) -> dict[str, tuple]:
    keys = ("variant", "sets", "reps", "hold_seconds")
    return {e["slug"]: tuple(e[k] for k in keys) for e in version.plan["program"]["exercises"]}


def kinds() -> list[str]:
    return list(ProgramEvent.objects.order_by("seq").values_list("kind", flat=True))


def test_a_step_up_is_said_with_its_reason_and_taken_back_in_one_press(client, me, begun, raised):
    assert doses(raised) != doses(begun)
    page = parse(client.get("/today/"))
    news = one(page, "#news")
    assert "Three good sessions in a row, so this one goes one step up." in words(news)
    form = news.cssselect("form[action='/plan/undo/']")[0]
    fields = {node.get("name"): node.get("value") for node in form.cssselect("[name]")}
    fields["slug"] = "bridge"
    for _twice in range(2):
        assert client.post("/plan/undo/", fields).headers["Location"] == "/today/"
    assert kinds().count("undo") == 1
    assert doses(raised)["bridge"] == ("full", 2, 10, 5)
    assert doses(latest_version(me))["bridge"] == doses(begun)["bridge"]
    assert "We will not offer it again for a week." in words(
        one(parse(client.get("/today/")), "#news")
    )


def test_what_was_read_is_news_no_more_and_stays_in_the_history(client, me, raised):
    seq = one(parse(client.get("/today/")), "form[action='/plan/read/'] [name=seq]").get("value")
    assert client.post("/plan/read/", {"seq": seq}).headers["Location"] == "/today/"
    assert parse(client.get("/today/")).cssselect("#news") == []
    history = words(one(parse(client.get("/plan/")), "#history"))
    assert "Three good sessions in a row" in history
    assert "Version 1" in history


@pytest.mark.parametrize("address", ["/plan/undo/", "/plan/read/"])
def test_a_malformed_change_is_refused(client, me, version, address):
    assert client.post(address, {"seq": "0", "slug": "no such"}).status_code == 422
    assert kinds() == []


def test_nobody_undoes_a_strangers_step(client, me, raised, stranger):
    before = doses(latest_version(me))
    client.force_login(stranger)
    client.post("/plan/undo/", {"seq": "6", "slug": "bridge"})
    client.post("/plan/read/", {"seq": "6"})
    assert doses(latest_version(me)) == before
    assert Program.objects.get(patient=me).told_up_to == 0


def test_a_pause_keeps_everything_and_coming_back_is_one_press(client, me, version):
    response = client.post("/plan/pause/", {"reason": "holiday", "until": "2026-12-06"})
    assert response.headers["Location"] == "/today/"
    assert standing_of(me).state == "paused"
    page = parse(client.get("/today/"))
    assert words(one(page, "#next")) == "Your sessions rest"
    assert page.cssselect("form[action='/session/start/']") == []
    client.post("/plan/resume/")
    assert standing_of(me).state == "running"
    assert doses(latest_version(me)) == doses(version)


def test_a_pause_ends_by_itself_on_its_day(client, me, version):
    client.post("/plan/pause/", {"reason": "holiday", "until": "2026-11-25"})
    with at(MONDAY + timedelta(days=2)):
        client.get("/today/")
        assert standing_of(me).state == "running"


@pytest.mark.parametrize("until", ["2026-11-23", "2027-11-23", "soon"])
def test_a_pause_until_no_good_day_is_refused_and_keeps_what_was_typed(client, me, version, until):
    response = client.post("/plan/pause/", {"reason": "holiday", "until": until})
    assert response.status_code == 422
    page = parse(response)
    assert page.cssselect("[name=reason][value=holiday][checked]")
    assert one(page, "[name=until]").get("value") == until
    assert kinds() == []


def test_ill_with_a_fever_comes_back_two_days_later(client, me, version):
    client.post("/plan/pause/", {"reason": "illness"})
    client.post("/plan/resume/")
    assert standing_of(me).state == "paused"
    with at(MONDAY + timedelta(days=2)):
        client.get("/today/")
        assert standing_of(me).state == "running"


def test_a_swap_offers_the_same_purpose_and_goes_through_the_rules(client, me, version):
    page = parse(client.get("/plan/swap/side-plank/"))
    offered = [node.get("value") for node in page.cssselect("[name=to]")]
    assert offered == ["pelvic-tilt"]
    client.post("/plan/swap/side-plank/", {"to": "pelvic-tilt"})
    now = doses(latest_version(me))
    assert "pelvic-tilt" in now
    assert "side-plank" not in now


def test_a_swap_of_what_is_not_in_the_plan_is_not_found(client, me, version):
    for slug in ("childs-pose", "nothing"):
        assert client.get(f"/plan/swap/{slug}/").status_code == 404
    assert client.post("/plan/swap/side-plank/", {"to": "cobra"}).status_code == 422


def test_a_worse_day_asks_the_six_lines_first_and_then_is_calm(client, me, version):
    page = parse(client.get("/flare/"))
    assert len(all_words(page, ".ask .bullets li")) == 6
    assert client.post("/flare/", {"signs": ""}).status_code == 422
    for _twice in range(2):
        response = client.post("/flare/", {"signs": "none"})
        assert response.headers["Location"] == "/flare/plan/"
    assert kinds().count("flare") == 1
    page = parse(client.get("/flare/plan/"))
    assert "Day 1." in words(one(page, ".lede"))
    assert len(all_words(page, "[aria-labelledby=moves] li")) == 3
    assert all(item[1] == 1 for item in doses(latest_version(me)).values())
    assert "/flare/plan/" in hrefs(parse(client.get("/today/")))
    with at(MONDAY + timedelta(days=4)):
        page = parse(client.get("/flare/plan/"))
        assert "You are here" in words(one(page, "[aria-labelledby=gentle]"))


def test_something_new_on_a_worse_day_leads_to_the_full_check(client, me, version):
    assert client.post("/flare/", {"signs": "new"}).headers["Location"] == "/check/"
    assert "flare" not in kinds()
    assert standing_of(me).state == "recheck"


def test_a_flare_up_is_told_to_the_therapist_once_for_information(client, me, version):
    for _twice in range(2):
        client.post("/flare/", {"signs": "none"})
    told = Alert.objects.open().get(rule="flare")
    assert (told.priority, told.steps.count()) == ("P4", 1)
    assert "A flare-up began on Nov 23" in told.therapist_text


def test_the_six_lines_never_overwrite_an_old_finding(client, me, library):
    old = {"rf3_weakness": "old_stable_assessed"}
    screening = answers_of()["screening"] | old
    give_program(me, MONDAY, days=["mon"], screening=screening)
    client.post("/flare/", {"signs": "none"})
    assert ProgramEvent.objects.get(kind="screening").event["none_new"] is True
    state = Program.objects.get().state
    assert state["answers"]["screening"]["rf3_weakness"] == "old_stable_assessed"


def test_the_week_is_asked_once_a_week_and_takes_four_taps(client, me, version):
    Program.objects.update(started_on=MONDAY - timedelta(days=7))
    assert "/check-in/" in hrefs(parse(client.get("/today/")))
    page = parse(client.get("/check-in/"))
    names = {node.get("name") for node in page.cssselect("main form [type=radio]")}
    assert len(names) + 1 <= 5
    response = client.post("/check-in/", {"feeling": "same", "barrier": "too_hard"})
    assert response.headers["Location"] == "/check-in/done/"
    page = parse(client.get("/check-in/done/"))
    assert "You told us that it was too hard, so we take one step back." in words(
        one(page, "[aria-labelledby=changed]")
    )
    assert doses(latest_version(me)) != doses(version)
    assert "/check-in/" not in hrefs(parse(client.get("/today/")))
    with at(MONDAY + timedelta(days=7)):
        tell_program(me, "session", MONDAY + timedelta(days=2), {"pain_before": 2}, "session:1")
        assert "/check-in/" in hrefs(parse(client.get("/today/")))


def done_page(client, barrier: str, **more: str):
    client.post("/check-in/", {"feeling": "same", "barrier": barrier, **more})
    return parse(client.get("/check-in/done/"))


def test_each_barrier_has_one_suggestion_and_something_to_press_or_read(client, me, version):
    assert set(SUGGESTIONS) == {key for key, _label in BARRIERS}
    page = done_page(client, "pain")
    assert "Pain got in the way, so nothing gets harder" in words(one(page, "#changed + p + p"))
    assert "/flare/" in hrefs(page)


def test_short_on_time_makes_sessions_shorter_and_one_press_takes_it_back(client, me, version):
    Draft.objects.create(user=me, answers=version.intake)
    was = version.plan["program"]["minutes"]
    page = done_page(client, "time")
    assert "so a session takes 15 minutes at most now." in words(one(page, "main"))
    assert latest_version(me).plan["program"]["minutes"] < was
    # The answers say the same, so that the next plan from them does not bring the old minutes back.
    assert Draft.objects.get(user=me).answers["minutes"] == 15
    keep = one(page, "form[action='/plan/minutes/'] button")
    assert client.post("/plan/minutes/", {"minutes": keep.get("value")}).status_code == 302
    assert client.post("/plan/minutes/", {"minutes": "0"}).status_code == 422


def test_bored_swaps_in_one_press(client, me, version):
    form = done_page(client, "bored").cssselect("form[action^='/plan/swap/']")[0]
    old, new = form.get("action").split("/")[3], one(form, "button").get("value")
    client.post(form.get("action"), {"to": new})
    slugs = set(doses(latest_version(me)))
    assert (old in slugs, new in slugs) == (False, True)


def test_forgot_asks_for_the_days_at_once_and_unsure_shows_the_moves(client, me, version):
    page = done_page(client, "forgot")
    assert page.cssselect("form[action='/plan/days/'] [name=days][value=mon][checked]")
    ProgramEvent.objects.all().delete()
    page = done_page(client, "unsure")
    assert "/exercises/bridge/" in hrefs(page)


def test_the_sessions_that_somebody_wants_are_asked_and_kept(client, me, version):
    page = done_page(client, "none", sessions_wanted="2")
    assert "It is 2 sessions a week now." in words(one(page, "[aria-labelledby=changed]"))
    assert parse(client.get("/check-in/")).cssselect("[name=sessions_wanted][value='2'][checked]")


def test_a_lighter_week_is_one_press_and_ends_by_another(client, me, version):
    usual = doses(version)
    for _twice in range(2):
        response = client.post("/plan/lighter-week/", {"next": "today"})
        assert response.headers["Location"] == "/today/"
    assert sum(d[1] for d in doses(latest_version(me)).values()) < sum(d[1] for d in usual.values())
    assert "You asked for a lighter week" in words(one(parse(client.get("/today/")), "#news"))
    end = one(parse(client.get("/plan/")), "form[action='/plan/lighter-week/'] button")
    with at(MONDAY, 10):
        client.post("/plan/lighter-week/", {end.get("name"): end.get("value")})
    assert doses(latest_version(me)) == usual


def test_an_empty_week_is_refused_by_field(client, me, version):
    response = client.post("/check-in/", {"barrier": "time"})
    assert response.status_code == 422
    assert parse(response).cssselect("[name=barrier][value=time][checked]")
    assert kinds() == []


def test_after_four_weeks_the_full_check_comes_before_the_next_session(client, me, version):
    for later in (0, 7, 14):
        tell_program(me, "session", MONDAY + timedelta(days=later), {}, f"session:{later}")
    with at(MONDAY + timedelta(days=22)):
        page = parse(client.get("/today/"))
        assert "Four weeks have passed." in words(one(page, "[aria-labelledby=next]"))
        assert page.cssselect("form[action='/session/start/']") == []


def test_a_tick_twice_is_the_same_as_once_and_a_missed_one_loses_nothing(me, version):
    later = datetime(2026, 12, 20, 9, tzinfo=UTC)
    assert tick_programs(later) == 1
    assert tick_programs(later) == 0
    assert set(Alert.objects.values_list("rule", flat=True)) >= {"E19"}
    assert kinds() == ["tick"]


def test_despair_in_a_diary_note_brings_help_at_once_and_is_kept(client, me, version):
    response = client.post("/diary/new/", {"pain": "5", "signs": "none", "note": CRY})
    assert response.headers["Location"] == "/crisis/"
    page = parse(client.get("/crisis/"))
    assert "tel:988" in hrefs(page)
    assert DiaryEntry.objects.get().note == CRY
    assert Alert.objects.get(rule="E20").priority == "P1"


def test_despair_brings_help_from_any_page_program_or_not(client, me, library):
    response = client.post("/diary/new/", {"pain": "5", "signs": "none", "note": CRY})
    assert response.headers["Location"] == "/crisis/"
    assert Alert.objects.get().rule == "E20"
    assert (
        client.post("/diary/new/", {"pain": "5", "signs": "none", "note": "fine"}).headers[
            "Location"
        ]
        == "/diary/"
    )


@pytest.mark.parametrize(
    "address",
    [
        "/flare/",
        "/flare/plan/",
        "/check-in/",
        "/check-in/done/",
        "/plan/pause/",
        "/plan/swap/bridge/",
    ],
)
def test_a_therapist_has_none_of_these_pages(client, therapist, address):
    client.force_login(therapist)
    assert client.get(address).status_code == 404


def test_todays_page_costs_the_same_with_one_change_and_with_many(client, me, raised):
    client.get("/today/")
    with queries() as one_change:
        client.get("/today/")
    for number in range(4):
        days = ["tue", "thu"] if number % 2 else ["mon", "wed"]
        tell_program(me, "days", MONDAY, {"days": days}, f"days:{number}")
    with queries() as many:
        client.get("/today/")
    assert len(many) == len(one_change) <= 12
    assert Screening.objects.count() == 0


@pytest.fixture
def hurting(me, version):
    """Very strong pain brought a pause (E5)."""
    tell_program(me, "pain", MONDAY, {"average_pain": 9}, "pain:very-strong")
    assert standing_of(me).state == "paused"
    assert standing_of(me).pause["rule"] == "E5"


def test_a_note_of_a_visit_ends_a_pause_for_pain_once_the_check_is_clear(client, me, hurting):
    seen = {"profession": "doctor", "professional": "Dr. Hale", "date": "2026-11-23"}
    response = client.post("/plan/contact/", {**seen, "outcome": "Go on gently."})
    assert (response.status_code, response["Location"]) == (302, "/check/")
    assert standing_of(me).state == "recheck"
    with at(MONDAY, 10):
        walk(client, "/check/")
        assert standing_of(me).is_running


def test_two_calmer_days_and_a_clear_check_end_a_pause_for_pain(client, me, hurting):
    for later in (1, 2):
        with at(MONDAY + timedelta(days=later)):
            pain = {"average_pain": 5}
            tell_program(me, "pain", MONDAY + timedelta(days=later), pain, f"pain:{later}")
            assert standing_of(me).state == "paused"
    with at(MONDAY + timedelta(days=2), 10):
        page = parse(client.get("/today/"))
        assert "/check/again/" in [f.get("action") for f in page.cssselect(".callout form")]
        client.post("/check/again/")
        walk(client, "/check/")
        assert standing_of(me).is_running


def test_without_a_pause_there_is_no_note_of_a_visit_to_write(client, me, version):
    assert client.get("/plan/contact/")["Location"] == "/plan/"
