"""Measures and goals on their pages: own words, series, slots, due windows, and nobody else's."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from programs.calendar import diary_day
from progress import measuring
from progress.due import is_due, scheduled
from progress.measure_files import load
from progress.models import Activity, Goal, LoadedMeasure, MeasureResult, Overview
from progress.summaries import overview_of
from tests.factories.accounts import make_staff, make_therapist
from tests.factories.programs import give_program
from tests.support.pages import all_words, one, parse, queries, words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
START = TODAY - timedelta(weeks=4)


@pytest.fixture
def me(client, patient):
    client.force_login(patient)
    return patient


@pytest.fixture
def program(me):
    return give_program(me, START)


def made_up(key: str, count: int, **more) -> bytes:
    """A file with items that nobody else owns."""
    items = [{"key": f"q{n}", "text": f"Made-up line {n}."} for n in range(1, count + 1)]
    known = {"key": key, "title": f"Made up {key}", "source": "None", "licence": "Ours"}
    return json.dumps({**known, "items": items, **more}).encode()


OWN_RULE = {
    "scoring": {
        "rule": "sum",
        "low": 0,
        "high": 4,
        "needed": 2,
        "real_change": 3,
        "better": "lower",
    },
    "asked": {"every_days": 28},
}


def rated(patient, *values: int, day: date = TODAY) -> MeasureResult:
    mine = Activity.objects.owned_by(patient).current()
    ratings = dict(zip(mine, values, strict=True))
    return measuring.rate_activities(patient, uuid.uuid4(), day, ratings)


# PSFS


def test_activities_are_named_and_rated_without_script(client, me):
    client.post("/measures/activities/", {"words": "  put on   my socks "})
    client.post("/measures/activities/", {"words": "cook standing"})
    first, second = Activity.objects.owned_by(me)
    page = parse(client.get("/measures/what-you-can-do/"))
    assert all_words(page, "legend")[0].startswith("put on my socks")
    answer = {f"rating_{first.pk}": "3", f"rating_{second.pk}": "6"}
    assert client.post("/measures/what-you-can-do/", answer)["Location"] == "/measures/"
    result = MeasureResult.objects.get()
    assert (result.name, result.score, result.series) == ("psfs", 4.5, 1)
    assert [item["value"] for item in result.items] == [3, 6]


def test_nothing_rated_is_named_and_no_typed_word_is_lost(client, me):
    measuring.add_activity(me, "cook standing")
    answer = client.post("/measures/what-you-can-do/", {})
    assert answer.status_code == 422
    assert "Rate one of them at least" in words(one(parse(answer), ".error-summary"))
    refused = client.post("/measures/activities/", {"words": "x" * 130})
    assert refused.status_code == 422
    assert one(parse(refused), "#id_words").get("value") == "x" * 130


def test_no_more_than_three(client, me):
    for text in ("a", "b", "c", "d"):
        client.post("/measures/activities/", {"words": text})
    assert [item.words for item in Activity.objects.owned_by(me)] == ["a", "b", "c"]


def test_an_added_activity_starts_a_new_series(me):
    measuring.add_activity(me, "socks")
    measuring.add_activity(me, "cook")
    assert rated(me, 2, 4).series == 1
    measuring.add_activity(me, "stairs")
    assert rated(me, 5, 5, 1).series == 2


def test_taking_one_out_starts_a_new_series_and_keeps_what_was_rated(me):
    socks, _cook = (measuring.add_activity(me, text) for text in ("socks", "cook"))
    rated(me, 2, 4)
    measuring.take_out(socks)
    assert rated(me, 4).series == 2
    assert Activity.objects.get(words="socks").series_to == 1


def test_one_that_was_never_rated_goes_without_a_trace(me):
    measuring.take_out(measuring.add_activity(me, "socks"))
    assert not Activity.objects.exists()
    assert measuring.current_series(me) == 1


def test_scores_of_two_series_are_never_compared(client, me):
    measuring.add_activity(me, "socks")
    rated(me, 2, day=TODAY - timedelta(days=30))
    measuring.add_activity(me, "cook")
    rated(me, 2, 10)
    page = parse(client.get("/measures/"))
    text = words(one(page, "section[aria-labelledby=m-psfs]"))
    assert "Your first score is 6. Next time we can compare." in text


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        ((3, 3), (5, 5), "From 3 to 5. This is more than day-to-day wobble."),
        ((3, 3), (5, 4), "From 3 to 4.5. This is a small change that may be chance."),
        ((3, 3), (3, 3), "Still 3."),
        ((8, 8), (4, 4), "From 8 to 4. This is more than day-to-day wobble. Talk about it"),
    ],
)
def test_a_score_says_its_error_in_words(client, me, before, now, sentence):
    for text in ("socks", "cook"):
        measuring.add_activity(me, text)
    rated(me, *before, day=TODAY - timedelta(days=20))
    rated(me, *now)
    page = parse(client.get("/measures/"))
    assert sentence in words(one(page, "section[aria-labelledby=m-psfs]"))


# Overall change and loaded measures


def test_overall_change_is_kept_once_a_token(client, me):
    data = {"answer": "-2", "token": str(uuid.uuid4())}
    for _ in range(2):
        client.post("/measures/all-in-all/", data)
    assert [r.score for r in MeasureResult.objects.all()] == [-2]
    assert "It is much worse" not in client.get("/measures/").content.decode()
    assert "Talk about it with a therapist or doctor." in words(
        one(parse(client.get("/measures/")), "section[aria-labelledby=m-overall_change]")
    )


def test_the_rmdq_has_ticks_and_no_yes_or_no(client, me):
    assert load(made_up("rmdq", 24)).faults == []
    page = parse(client.get("/measures/rmdq/"))
    assert len(page.cssselect("main input[type=checkbox]")) == 24
    assert page.cssselect("main input[type=radio]") == []
    client.post("/measures/rmdq/", {"ticks": ["q1", "q5", "q24"]})
    client.post("/measures/rmdq/", {})
    assert [r.score for r in MeasureResult.objects.all()] == [3, 0]
    text = client.get("/measures/").content.decode()
    assert "baseline" not in text


def test_the_peg_needs_all_three(client, me):
    load(made_up("peg", 3))
    refused = client.post("/measures/peg/", {"item_q1": "4", "item_q2": "5"})
    assert refused.status_code == 422
    client.post("/measures/peg/", {"item_q1": "4", "item_q2": "5", "item_q3": "9"})
    assert [r.score for r in MeasureResult.objects.all()] == [6]


def test_a_licensed_measure_needs_what_its_file_says(client, me):
    load(made_up("ours", 3, **OWN_RULE))
    client.post("/measures/ours/", {"item_q1": "4"})
    client.post("/measures/ours/", {"item_q1": "4", "item_q3": "2"})
    assert [r.score for r in MeasureResult.objects.all()] == [None, 6]


def test_a_slot_that_is_empty_or_switched_off_is_no_page(client, me):
    assert client.get("/measures/rmdq/").status_code == 404
    load(made_up("rmdq", 24))
    LoadedMeasure.objects.update(is_on=False)
    assert client.get("/measures/rmdq/").status_code == 404


def test_a_result_is_deleted_after_a_question(client, me):
    result = measuring.say_overall(me, uuid.uuid4(), TODAY, 1)
    assert "A little better" in words(parse(client.get(f"/measures/{result.pk}/delete/")))
    client.post(f"/measures/{result.pk}/delete/")
    assert not MeasureResult.objects.owned_by(me).alive().exists()


def test_a_stranger_gets_404_and_sees_nothing(client, me, stranger):
    result = measuring.say_overall(stranger, uuid.uuid4(), TODAY, -3)
    activity = measuring.add_activity(stranger, "private words")
    goal = Goal.objects.create(patient=stranger, words="private goal", set_on=TODAY)
    assert client.get(f"/measures/{result.pk}/delete/").status_code == 404
    for path in (
        f"/measures/{result.pk}/delete/",
        f"/measures/activities/{activity.pk}/out/",
        f"/goals/{goal.pk}/",
    ):
        assert client.post(path, {"to": "reached"}).status_code == 404
    taken = {"answer": "1", "token": str(result.token)}
    assert client.post("/measures/all-in-all/", taken).status_code == 404
    client.post("/measures/activities/", {"words": "mine", "goal": str(goal.pk)})
    goal.refresh_from_db()
    assert goal.activity is None
    for path in ("/measures/", "/goals/", "/measures/activities/", "/today/"):
        assert "private" not in client.get(path).content.decode()


# Files


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe", "the file is no JSON"),
        (b"[1]", "the file must hold one object"),
        (made_up("psfs", 3), "key: psfs is built in"),
        (made_up("rmdq", 23), "items: rmdq has 24 of them, not 23"),
        (made_up("peg", 3, scoring=OWN_RULE["scoring"]), "scoring: that of peg is fixed"),
        (made_up("ours", 3), "asked: must be"),
        (made_up("ours", 3, **(OWN_RULE | {"asked": {"every_days": 1}})), "asked: must be"),
        (made_up("ours", 3, **(OWN_RULE | {"asked": {"weeks": [6, 0]}})), "asked: must be"),
        (made_up("ours", 1, **OWN_RULE), "scoring: needed must be how many"),
        (made_up("peg", 3, colour="red"), "colour: is not known"),
        (made_up("peg", 3, title=""), "title: must be a text"),
        (b'{"key": "peg", "items": [1]}', "items: must be a list of objects"),
    ],
)
def test_a_broken_file_is_answered_by_a_line_and_changes_nothing(db, content, fault):
    report = load(content)
    assert [line for line in report.faults if line.startswith(fault)]
    assert not LoadedMeasure.objects.exists()


def test_the_command_loads_and_a_dry_run_does_not(db, tmp_path, capsys):
    path = tmp_path / "measure.json"
    path.write_bytes(made_up("peg", 3))
    call_command("load_measure", str(path), "--dry-run")
    assert not LoadedMeasure.objects.exists()
    call_command("load_measure", str(path))
    path.write_bytes(path.read_bytes().replace(b"Made-up line 2.", b"Another line."))
    call_command("load_measure", str(path))
    said = capsys.readouterr().out.splitlines()
    assert said == ["peg: new, 3 items"] * 2 + ["peg: changed", "peg: item q2 reads differently"]
    path.write_bytes(b"{}")
    with pytest.raises(SystemExit):
        call_command("load_measure", str(path))


def test_clinic_staff_load_in_the_admin_and_a_therapist_only_switches(client, clinic, tmp_path):
    def send(**data):
        path = tmp_path / "m.json"
        path.write_bytes(made_up("peg", 3))
        with path.open("rb") as file:
            return client.post("/admin/progress/loadedmeasure/load/", {"file": file, **data})

    client.force_login(make_staff("clinic@example.org", clinic))
    assert "peg: new, 3 items" in words(one(parse(send(dry="1")), "#report"))
    assert not LoadedMeasure.objects.exists()
    send(load="1")
    measure = LoadedMeasure.objects.get()
    client.force_login(make_therapist("tess@example.org", clinic))
    assert send(load="1").status_code == 403
    page = f"/admin/progress/loadedmeasure/{measure.pk}/change/"
    assert client.post(page, {}).status_code == 302
    measure.refresh_from_db()
    assert (measure.is_on, measure.title) == (False, "Made up peg")


# What is due


def test_a_window_of_a_row_is_open_until_the_next_and_closed_by_an_answer():
    windows = list(scheduled("rmdq", START, (0, 6, 12), [START + timedelta(weeks=6)]))
    assert [(w.first, w.until) for w in windows] == [
        (START, START + timedelta(days=41)),
        (START + timedelta(weeks=12), START + timedelta(weeks=16, days=-1)),
    ]


def due_names(patient, day: date) -> list[str]:
    overview = Overview.objects.get(patient=patient)
    return [window["name"] for window in overview.due if is_due(window, day)]


def test_the_recommended_set_is_asked_at_its_times(me, program):
    overview_of(me, program)
    assert due_names(me, START) == ["pain_week", "psfs"]
    assert due_names(me, START + timedelta(weeks=4)) == [
        "pain_week",
        "psfs",
        "overall_change",
        *(["goals"] if Goal.objects.exists() else []),
    ]
    measuring.add_activity(me, "socks")
    rated(me, 3, day=TODAY)
    assert "psfs" not in due_names(me, TODAY + timedelta(days=13))
    assert "psfs" in due_names(me, TODAY + timedelta(days=14))
    measuring.say_overall(me, uuid.uuid4(), TODAY, 1)
    assert "overall_change" not in due_names(me, TODAY)
    assert MeasureResult.objects.get(name="overall_change").due_from == START + timedelta(weeks=4)


def test_due_measures_stand_on_todays_page(client, me, program):
    page = parse(client.get("/today/"))
    assert "What can you do now?" in words(one(page, "section[aria-labelledby=due]"))


def test_without_a_program_nothing_is_due(client, me):
    assert parse(client.get("/today/")).cssselect("#due") == []


# Goals


def test_the_intakes_goals_are_taken_over_once(client, me):
    give_program(me, START, goals=["lift my grandchild again", "sleep through"])
    for _ in range(2):
        page = parse(client.get("/today/"))
    assert all_words(page, "section[aria-labelledby=goals] li") == [
        "“lift my grandchild again”",
        "“sleep through”",
    ]
    assert Goal.objects.count() == 2


def test_a_goal_is_added_rated_linked_and_reached(client, me):
    client.post("/goals/add/", {"words": "walk the dog"})
    goal = Goal.objects.get()
    client.post("/measures/activities/", {"words": goal.words, "goal": str(goal.pk)})
    for rating in ("3", "5"):
        client.post("/goals/", {f"near_{goal.pk}": rating})
    goal.refresh_from_db()
    assert (goal.activity.words, [r.rating for r in goal.ratings.all()]) == ("walk the dog", [5])
    client.post(f"/goals/{goal.pk}/", {"to": "reached"})
    goal.refresh_from_db()
    assert (goal.status, goal.reached_on) == ("reached", diary_day(me, goal.ratings.get().rated_at))
    client.post(f"/goals/{goal.pk}/", {"to": "active"})
    goal.refresh_from_db()
    assert (goal.status, goal.reached_on) == ("active", None)


def test_an_empty_goal_is_refused(client, me):
    assert client.post("/goals/add/", {"words": "  "}).status_code == 422
    assert client.post("/goals/", {}).status_code == 422


def test_pages_cost_the_same_with_one_and_with_many(client, me, program):
    def cost() -> list[int]:
        counts = []
        for path in ("/measures/", "/goals/", "/measures/activities/"):
            with queries() as seen:
                assert client.get(path).status_code == 200
            counts.append(len(seen))
        return counts

    Goal.objects.create(patient=me, words="one", set_on=START)
    measuring.add_activity(me, "a")
    rated(me, 4)
    few = cost()
    for number in range(8):
        Goal.objects.create(patient=me, words=f"goal {number}", set_on=START)
        rated(me, number, day=START + timedelta(days=number))
    assert cost() == few
    assert max(few) <= 12


def test_the_database_refuses_a_score_out_of_bounds_and_a_goal_without_its_day(me):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureResult.objects.create(patient=me, name="psfs", score=11, day=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(patient=me, words="x", status="reached", set_on=TODAY)
