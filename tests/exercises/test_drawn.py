"""Poses from the database: read once, checked joint by joint, drawn once and kept by content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exercises import drawn, figure_store
from exercises.checking import faults
from exercises.comparing import Report
from exercises.library import read
from exercises.loading import load
from exercises.models import Pose, Scene
from tests.support.pages import queries

pytestmark = pytest.mark.usefixtures("library")
ROOT = Path(__file__).resolve().parents[2]
FLOOR = ["cat-cow", "floor"]


def record(model: str, **changes: object) -> dict:
    """One shipped record of Cat-Cow on the floor, changed."""
    rows = json.loads((ROOT / "fixtures/poses.json").read_text())
    key = changes.pop("key", "arch")
    found = next(
        row
        for row in rows
        if row["model"] == f"exercises.{model}"
        and row["fields"]["variant"] == FLOOR
        and row["fields"].get("key", key) == key
    )
    return {**found, "fields": {**found["fields"], **changes}}


def faults_of(*records: dict) -> list[str]:
    return read([("own.json", json.dumps(records).encode())]).faults


def loaded(*records: dict, **options: bool) -> Report:
    return load([("own.json", json.dumps(records).encode())], **options)


def pose(**numbers: object) -> dict:
    own = record("pose")
    return {**own, "fields": {**own["fields"], "numbers": {**own["fields"]["numbers"], **numbers}}}


def whole(changed: dict) -> list[dict]:
    """All poses of Cat-Cow as shipped, but one: a file that holds a pose holds all of them."""
    rows = json.loads((ROOT / "fixtures/poses.json").read_text())
    key = (changed["fields"]["variant"], changed["fields"].get("key"))
    own = [row for row in rows if row["fields"]["variant"][0] == "cat-cow"]
    return [
        changed
        if row["model"] == changed["model"]
        and (row["fields"]["variant"], row["fields"].get("key")) == key
        else row
        for row in own
    ]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"arm": {"wrist": [80, 3]}}, "pose cat-cow/floor/arch: wristR: misses its target by"),
        ({"lumbar": -70}, "pose cat-cow/floor/arch: lumbar: -70° is not within -42 to 50"),
        ({"anchor": {"kneeR": [-25, 40]}}, "pose cat-cow/floor/arch: floor: nothing touches it"),
        ({"anchor": {"kneeR": [-90, 6]}}, "pose cat-cow/floor/arch: frame: the body is"),
    ],
)
def test_a_pose_that_no_body_can_do_is_refused_by_exercise_pose_and_joint(numbers, words):
    found = faults_of(*whole(pose(**numbers)))
    assert any(line.startswith(f"own.json: {words}") for line in found), found


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"pelvs": 3}, "numbers: pelvs is not known; known are "),
        ({"pelvis": "90"}, "numbers: pelvis: must be a number"),
        ({"pelvis": 1e9}, "numbers: pelvis: must be a number"),
        ({"anchor": {"tail": [0, 0]}}, "numbers: anchor: tail is no joint; joints are "),
        ({"arm": {"wrist": [1]}}, "numbers: arm: wrist: must be two numbers, in cm"),
        ({"arm": {"wrist": [1, 2], "grip": "claw"}}, "numbers: arm: grip: must be one of "),
        ({"legR": [1]}, "numbers: legR: must be two or three directions, in degrees"),
        ({"behind": ["tail"]}, "numbers: behind: must be a list of "),
    ],
)
def test_a_number_of_the_wrong_kind_is_named_and_never_drawn(numbers, words):
    assert any(
        line.startswith(f"own.json: pose cat-cow/floor/arch: {words}")
        for line in faults_of(pose(**numbers))
    ), faults_of(pose(**numbers))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"glow": ["nose"]}, "glow: must be a list of areas; known are "),
        ({"arrows": [{"from": [0, 0]}]}, "arrows: each arrow needs "),
        ({"props": [{"type": "sofa"}]}, "props: sofa is not known; known are "),
        ({"props": [{"type": "wall", "at": [0, 0]}]}, "props: wall: needs a size"),
        ({"alt": ""}, "alt: "),
    ],
)
def test_what_is_drawn_around_a_pose_is_checked_too(changes, words):
    found = faults_of(record("pose", **changes))
    assert any(f"pose cat-cow/floor/arch: {words}" in line for line in found), found


def test_a_scene_that_names_a_pose_which_is_not_there_is_refused():
    found = faults_of(record("scene", cycle="arch wave"))
    assert found == ["own.json: scene cat-cow/floor: cycle: wave is not a pose of this variant"]


def test_a_therapists_edit_of_a_pose_stays_and_is_named(therapist):
    shipped = whole(record("pose"))
    loaded(*shipped)
    own = Pose.objects.get(variant__exercise__slug="cat-cow", variant__key="floor", key="arch")
    own.numbers |= {"lumbar": -20}
    own._history_user = therapist
    own.save()
    report = loaded(*shipped)
    assert report.changed == []
    assert len(report.kept) == 1
    assert report.kept[0].startswith("pose cat-cow/floor/arch, numbers: edited by tess@example.org")
    own.refresh_from_db()
    assert own.numbers["lumbar"] == -20
    assert loaded(*shipped, replace=True).changed != []
    own.refresh_from_db()
    assert own.numbers["lumbar"] == -37


def test_a_file_of_words_alone_takes_no_figure_away():
    words = json.loads((ROOT / "fixtures/exercises.json").read_text())
    before = Pose.objects.count(), Scene.objects.count()
    report = load([("exercises.json", json.dumps(words).encode())])
    assert report.faults == []
    assert report.removed == []
    assert (Pose.objects.count(), Scene.objects.count()) == before


def test_an_edit_shows_at_once_and_costs_two_queries_once():
    drawn.library()
    with queries() as none:
        before = drawn.still("bridge", "full", "end")
    own = Pose.objects.get(variant__exercise__slug="bridge", variant__key="full", key="end")
    own.numbers |= {"pelvis": 204}
    own.save()
    with queries() as once:
        after = drawn.still("bridge", "full", "end")
    assert (len(none), len(once)) == (0, 2)
    assert after != before


def test_another_process_learns_of_a_change_by_its_stamp(django_capture_on_commit_callbacks):
    drawn.library()
    before = figure_store.stamp()
    with django_capture_on_commit_callbacks(execute=True):
        Scene.objects.get(variant__exercise__slug="bridge", variant__key="full").save()
    assert figure_store.stamp() != before


def test_a_drawing_is_kept_by_content_and_a_broken_file_is_drawn_again():
    calls = []

    def draw() -> str:
        calls.append(1)
        return "<path/>"

    name = ("test", "one")
    figure_store._file_of(name).unlink(missing_ok=True)
    assert figure_store.kept(name, draw) == figure_store.kept(name, draw) == "<path/>"
    assert len(calls) == 1
    figure_store._file_of(name).write_bytes(b"broken")
    assert figure_store.kept(name, draw) == "<path/>"
    assert len(calls) == 2


def test_check_library_misses_a_figure_and_a_step_without_a_picture():
    Scene.objects.get(variant__exercise__slug="bridge", variant__key="mini").delete()
    variant = (
        Pose.objects.filter(variant__exercise__slug="bridge", variant__key="full").first().variant
    )
    variant.steps.filter(order=2).update(pose="wave")
    assert faults() == [
        "Bridge: variant mini: has no figure",
        "Bridge: step full/2: names no pose",
    ]
