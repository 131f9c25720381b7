"""Writing down a session: begun once, saved step by step, finished once."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from programs.easing import easier_way
from programs.models import ProgramEvent
from programs.planning import latest_version
from progress import recording
from progress.dials import choose
from progress.models import Alert, ExerciseRecord, SessionRecord
from tests.factories.programs import give_program
from tests.factories.progress import finished_session

MONDAY = date(2026, 11, 23)
WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def version(library, patient):
    return give_program(patient, MONDAY, days=["mon", "wed", "fri"])


def exercise(session: SessionRecord, slug: str) -> ExerciseRecord:
    return session.exercises.select_related("session__version").get(slug=slug)


def asked_for(session: SessionRecord) -> dict[str, tuple[str, int]]:
    return {item.slug: (item.variant, item.sets_planned) for item in session.exercises.all()}


def test_a_new_session_asks_for_the_plan_in_its_order(patient, version):
    session = recording.start_session(patient, version, MONDAY, 3)
    got = [
        (e.slug, e.variant, e.sets_planned, e.reps, e.hold_seconds, e.rest_seconds, e.per_side)
        for e in session.exercises.all()
    ]
    keys = ("slug", "variant", "sets", "reps", "hold_seconds", "rest_seconds", "per_side")
    assert got == [tuple(e[key] for key in keys) for e in version.plan["program"]["exercises"]]
    assert (session.day, session.pain_before, session.version_id) == (MONDAY, 3, version.pk)


def test_starting_twice_gives_the_same_session(patient, version):
    first = recording.start_session(patient, version, MONDAY, 3)
    assert recording.start_session(patient, version, MONDAY, 5).pk == first.pk
    assert list(SessionRecord.objects.values_list("pain_before", flat=True)) == [3]


def test_a_dead_battery_resumes_where_it_was(patient, version):
    session = recording.start_session(patient, version, MONDAY)
    recording.complete(exercise(session, "cobra"))
    recording.save_sets(exercise(session, "bridge"), 1)
    again = recording.start_session(patient, version, MONDAY)
    now = recording.current_exercise(again)
    assert (again.pk, now.slug, now.sets_done) == (session.pk, "bridge", 1)


def test_a_session_of_yesterday_is_left_with_what_was_done_in_it(patient, version):
    old = recording.start_session(patient, version, MONDAY)
    recording.complete(exercise(old, "cobra"))
    new = recording.start_session(patient, version, WEDNESDAY)
    old.refresh_from_db()
    assert new.pk != old.pk
    assert (old.left_at is not None, old.finished_at) == (True, None)
    assert exercise(old, "cobra").sets_done == 2


def test_a_session_of_an_older_plan_does_not_go_on(patient, version):
    old = recording.start_session(patient, version, MONDAY)
    newer = give_program(patient, MONDAY, days=["mon", "wed"])
    assert recording.is_current(old, newer, MONDAY) is False
    assert recording.start_session(patient, newer, MONDAY).version_id == newer.pk


def test_the_database_holds_one_open_session_a_person(patient, version):
    recording.start_session(patient, version, MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionRecord.objects.create(patient=patient, version=version, day=WEDNESDAY)


def test_a_second_press_of_done_changes_nothing(patient, version):
    session = recording.start_session(patient, version, MONDAY)
    cobra = exercise(session, "cobra")
    recording.complete(cobra)
    at = cobra.done_at
    recording.complete(exercise(session, "cobra"))
    recording.skip(exercise(session, "cobra"))
    cobra.refresh_from_db()
    assert (cobra.sets_done, cobra.was_skipped, cobra.done_at) == (2, False, at)


def test_a_late_message_never_takes_a_round_away(patient, version):
    session = recording.start_session(patient, version, MONDAY)
    for sets in (2, 1, 9):
        recording.save_sets(exercise(session, "cobra"), sets)
    assert exercise(session, "cobra").sets_done == 2


def test_a_skipped_exercise_keeps_the_rounds_that_were_done(patient, version):
    session = recording.start_session(patient, version, MONDAY)
    recording.save_sets(exercise(session, "bridge"), 1)
    recording.skip(exercise(session, "bridge"))
    bridge = exercise(session, "bridge")
    assert (bridge.sets_done, bridge.was_skipped, bridge.is_settled) == (1, True, True)


def test_finishing_twice_keeps_the_first_words(patient, version):
    session = recording.start_session(patient, version, MONDAY)
    assert recording.finish_session(session, 2, 4, "Steadier.") is True
    assert recording.finish_session(session, 9, 9, "") is False
    session.refresh_from_db()
    assert (session.pain_after, session.effort, session.note) == (2, 4, "Steadier.")


def test_finishing_settles_what_was_not_done_as_skipped(patient, version):
    session = recording.start_session(patient, version, MONDAY)
    recording.complete(exercise(session, "cobra"))
    recording.finish_session(session, 2, 4, "")
    assert {e.slug: e.was_skipped for e in session.exercises.all()} == {
        "cobra": False,
        "bridge": True,
        "bird-dog": True,
        "side-plank": True,
    }


def test_easier_takes_the_next_allowed_variant_and_its_dose(patient, version):
    session = recording.start_session(patient, version, MONDAY)
    assert recording.ease(exercise(session, "bird-dog")) is True
    eased = exercise(session, "bird-dog")
    assert (eased.variant, eased.sets_planned, eased.per_side) == ("forearm_leg", 2, True)
    assert eased.was_eased is True


def test_easier_ends_on_the_lowest_rung(patient, version):
    session = recording.start_session(patient, version, MONDAY)
    seen = []
    while recording.ease(exercise(session, "bird-dog")):
        seen.append(exercise(session, "bird-dog").variant)
    assert seen == ["forearm_leg", "leg_slide", "counter"]


def test_easing_never_leaves_what_the_plan_allows(patient, library):
    """Wrist pain bars the variants on the hands; easing must not bring them back."""
    version = give_program(patient, MONDAY, days=["mon"], conditions=["wrist_pain"])
    for item in version.plan["program"]["exercises"]:
        variant = item["variant"]
        while way := easier_way(version, item["slug"], variant):
            assert way.variant in item["allowed_variants"]
            assert way.sets <= item["sets"]
            variant = way.variant


def asks(version, slug, **dose) -> None:
    """Lets the version ask for another dose, as it does after red pain or while doses climb."""
    plan = version.plan
    next(e for e in plan["program"]["exercises"] if e["slug"] == slug).update(dose)
    version.output = json.dumps(plan)


def test_easier_never_asks_for_more_than_a_plan_below_its_level(version):
    asks(version, "bridge", sets=1, reps=4, hold_seconds=1)
    way = easier_way(version, "bridge", "full")
    assert (way.variant, way.sets, way.reps, way.hold_seconds) == ("mini", 1, 4, 1)


def test_lying_still_in_place_of_a_press_up_keeps_its_own_time(version):
    asks(version, "cobra", variant="sphinx", reps=None, hold_seconds=8)
    way = easier_way(version, "cobra", "sphinx")
    assert (way.variant, way.reps, way.hold_seconds) == ("prone_lie", None, 60)


def test_red_pain_stops_the_exercise_and_keeps_the_worst_number(patient, version):
    session = recording.start_session(patient, version, MONDAY, 2)
    assert recording.record_pain(exercise(session, "bridge"), 4, "ache") == "amber"
    assert recording.record_pain(exercise(session, "bridge"), 5, "ache") == "red"
    bridge = exercise(session, "bridge")
    assert (bridge.pain_during, bridge.is_red, bridge.was_skipped) == (5, True, True)
    assert recording.current_exercise(session).slug == "cobra"


def after_pain(patient, day, slug, pain=6) -> None:
    """A finished session of that day in which one exercise hurt."""
    session = recording.start_session(patient, latest_version(patient), day, 2)
    recording.record_pain(exercise(session, slug), pain, "ache")
    recording.finish_session(session, 3, 5, "")


def next_session(patient, day):
    return asked_for(recording.start_session(patient, latest_version(patient), day, 2))


def test_the_session_after_a_red_one_is_a_variant_easier_with_half_the_sets(patient, version):
    plan = {e["slug"]: (e["variant"], e["sets"]) for e in version.plan["program"]["exercises"]}
    after_pain(patient, MONDAY, "bird-dog")
    assert next_session(patient, WEDNESDAY) == plan | {"bird-dog": ("forearm_leg", 1)}
    newer = latest_version(patient)
    assert (newer.number, newer.cause) == (2, "session")
    assert {change["slug"] for change in newer.changes} == {"bird-dog"}
    assert {change["reason"]["rule"] for change in newer.changes} == {"red-zone"}


def test_a_session_that_was_only_begun_does_not_bring_the_full_dose_back(patient, version):
    after_pain(patient, MONDAY, "bridge")
    next_session(patient, WEDNESDAY)
    assert next_session(patient, FRIDAY)["bridge"] == ("mini", 1)


def test_one_good_session_does_not_bring_the_full_dose_back(patient, version):
    """Easier at once, harder only by the ordinary steps: three good sessions in a row."""
    after_pain(patient, MONDAY, "bridge")
    finished_session(patient, latest_version(patient), WEDNESDAY)
    assert next_session(patient, FRIDAY)["bridge"] == ("mini", 1)


def test_what_hurt_in_a_session_that_was_left_counts_for_the_next(patient, version):
    first = recording.start_session(patient, version, MONDAY, 2)
    recording.record_pain(exercise(first, "bridge"), 6, "ache")
    assert asked_for(recording.start_session(patient, version, WEDNESDAY, 2))["bridge"] == (
        "mini",
        1,
    )


def test_sharp_pain_counts_for_the_next_session_however_mild(patient, version):
    first = recording.start_session(patient, version, MONDAY, 2)
    recording.record_pain(exercise(first, "bridge"), 1, "sharp")
    recording.finish_session(first, 2, 4, "")
    assert next_session(patient, WEDNESDAY)["bridge"] == ("mini", 1)


def test_an_exercise_that_was_red_twice_is_left_out_and_a_new_plan_keeps_it_out(patient, version):
    for day in (MONDAY, WEDNESDAY):
        after_pain(patient, day, "bridge", 7)
    assert "bridge" not in next_session(patient, FRIDAY)
    give_program(patient, FRIDAY, days=["mon", "wed", "fri"])
    assert "bridge" not in next_session(patient, FRIDAY)
    assert [a.rule for a in Alert.objects.owned_by(patient)] == ["E13"]


def test_a_red_exercise_with_one_set_on_the_lowest_rung_is_left_out_next_time(patient, library):
    give_program(patient, MONDAY, days=["mon", "wed"], minutes=8)
    first = recording.start_session(patient, latest_version(patient), MONDAY, 2)
    lowest = exercise(first, "bird-dog")
    assert (lowest.variant, lowest.sets_planned) == ("counter", 1)
    recording.record_pain(lowest, 6, "ache")
    recording.finish_session(first, 3, 5, "")
    assert "bird-dog" not in next_session(patient, WEDNESDAY)


def test_an_untouched_session_tells_the_program_nothing(patient, version):
    recording.start_session(patient, version, MONDAY, 2)
    recording.start_session(patient, version, WEDNESDAY, 2)
    assert ProgramEvent.objects.count() == 0


def test_a_session_made_shorter_by_choice_counts_neither_for_nor_against(patient, version):
    choose(patient, MONDAY, minutes=5)
    finished_session(patient, version, MONDAY)
    event = ProgramEvent.objects.get(kind="session").event
    assert "completed_fraction" not in event
    finished_session(patient, latest_version(patient), WEDNESDAY)
    assert ProgramEvent.objects.filter(kind="session").last().event["completed_fraction"] == 1.0


def test_with_a_caution_five_is_red_where_it_would_be_amber(patient, library):
    version = give_program(patient, MONDAY, days=["mon"], conditions=["spondylolisthesis"])
    assert version.plan["triage"]["level"] == "caution"
    session = recording.start_session(patient, version, MONDAY, 4)
    slug = session.exercises.first().slug
    assert recording.record_pain(exercise(session, slug), 5, "ache") == "red"


def test_another_persons_pain_changes_nothing_here(patient, stranger, library):
    theirs = give_program(stranger, MONDAY, days=["mon", "wed"])
    session = recording.start_session(stranger, theirs, MONDAY, 2)
    recording.record_pain(exercise(session, "bridge"), 7, "ache")
    recording.finish_session(session, 3, 5, "")
    mine = give_program(patient, MONDAY, days=["mon", "wed"])
    assert asked_for(recording.start_session(patient, mine, WEDNESDAY))["bridge"] == ("full", 2)
