"""Writing down a session: begun once, saved step by step, finished once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from programs.easing import easier_way
from progress import recording
from progress.models import ExerciseRecord, SessionRecord
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
    assert recording.ease(exercise(session, "cobra")) is True
    cobra = exercise(session, "cobra")
    assert (cobra.variant, cobra.sets_planned, cobra.reps, cobra.hold_seconds) == (
        "sphinx",
        2,
        None,
        20,
    )
    assert cobra.was_eased is True


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


def test_red_pain_stops_the_exercise_and_keeps_the_worst_number(patient, version):
    session = recording.start_session(patient, version, MONDAY, 2)
    assert recording.record_pain(exercise(session, "bridge"), 4, "ache") == "amber"
    assert recording.record_pain(exercise(session, "bridge"), 5, "ache") == "red"
    bridge = exercise(session, "bridge")
    assert (bridge.pain_during, bridge.is_red, bridge.was_skipped) == (5, True, True)
    assert recording.current_exercise(session).slug == "cobra"


def test_the_session_after_a_red_one_is_a_variant_easier_with_half_the_sets(patient, version):
    first = recording.start_session(patient, version, MONDAY, 2)
    recording.record_pain(exercise(first, "bird-dog"), 6, "ache")
    recording.finish_session(first, 3, 5, "")
    second = recording.start_session(patient, version, WEDNESDAY, 2)
    plan = {e["slug"]: (e["variant"], e["sets"]) for e in version.plan["program"]["exercises"]}
    assert asked_for(second) == plan | {"bird-dog": ("forearm_leg", 1)}
    assert [e.slug for e in second.exercises.all() if e.was_eased] == ["bird-dog"]


def test_a_session_that_was_only_begun_does_not_bring_the_full_dose_back(patient, version):
    first = recording.start_session(patient, version, MONDAY, 2)
    recording.record_pain(exercise(first, "bridge"), 6, "ache")
    recording.finish_session(first, 3, 5, "")
    recording.start_session(patient, version, WEDNESDAY, 2)
    third = recording.start_session(patient, version, FRIDAY, 2)
    assert asked_for(third)["bridge"] == ("mini", 1)


def test_the_session_after_a_good_one_is_the_plan_again(patient, version):
    first = recording.start_session(patient, version, MONDAY, 2)
    recording.record_pain(exercise(first, "bridge"), 6, "ache")
    recording.finish_session(first, 3, 5, "")
    finished_session(patient, version, WEDNESDAY)
    third = recording.start_session(patient, version, FRIDAY)
    assert asked_for(third)["bridge"] == ("full", 2)


def test_an_exercise_that_was_red_twice_is_left_out_until_the_plan_is_made_anew(patient, version):
    for day in (MONDAY, WEDNESDAY):
        session = recording.start_session(patient, version, day, 2)
        recording.record_pain(exercise(session, "bridge"), 7, "ache")
        recording.finish_session(session, 3, 5, "")
    assert "bridge" not in asked_for(recording.start_session(patient, version, FRIDAY, 2))
    newer = give_program(patient, FRIDAY, days=["mon", "wed", "fri"])
    assert "bridge" in asked_for(recording.start_session(patient, newer, FRIDAY, 2))


def test_a_red_exercise_with_one_set_on_the_lowest_rung_is_left_out_next_time(patient, library):
    version = give_program(patient, MONDAY, days=["mon", "wed"], minutes=8)
    first = recording.start_session(patient, version, MONDAY, 2)
    lowest = exercise(first, "bird-dog")
    assert (lowest.variant, lowest.sets_planned) == ("counter", 1)
    recording.record_pain(lowest, 6, "ache")
    recording.finish_session(first, 3, 5, "")
    assert "bird-dog" not in asked_for(recording.start_session(patient, version, WEDNESDAY, 2))


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
