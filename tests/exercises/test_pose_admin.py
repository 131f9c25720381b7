"""The therapist's hand on a pose: figures beside numbers, refused by the lint's own sentence."""

from __future__ import annotations

import pytest

from exercises import drawn
from exercises.figures.marks import areas
from exercises.models import Pose, Variant
from exercises.pose_forms import AREAS
from tests.support.pages import one, parse, queries, words

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def arch():
    return Pose.objects.select_related("variant").get(
        variant__exercise__slug="cat-cow", variant__key="floor", key="arch"
    )


@pytest.fixture
def page_of(arch):
    return f"/admin/exercises/variant/{arch.variant_id}/poses/"


def typed(client, page: str, pose: Pose, **numbers: str) -> dict[str, str]:
    """What the form of a pose sends, with some numbers changed."""
    form = one(parse(client.get(page)), f"#pose-{pose.key}")
    data = {
        field.get("name"): field.get("value", "on")
        for field in form.cssselect("input[name]")
        if field.get("type") != "checkbox" or field.get("checked") is not None
    }
    changed = {f"pose{pose.pk}-n-{name}": value for name, value in numbers.items()}
    assert set(changed) <= set(data)
    return data | changed


def paths_of(svg) -> list[str]:
    return [path.get("d") for path in svg.iter("{*}path", "path")]


def test_every_pose_stands_as_a_figure_beside_its_numbers(client, therapist, page_of):
    client.force_login(therapist)
    page = parse(client.get(page_of))
    for form in page.cssselect("form.pose-card"):
        assert len(form.cssselect("svg.figure-svg")) == 1
        assert len(form.cssselect("input[type=number]")) >= 13
    assert [words(h) for h in page.cssselect(".pose-card h2")] == [
        "1. start",
        "2. arch",
        "3. round",
    ]
    assert page.cssselect("a[href='/exercises/cat-cow/?variant=floor']")


def test_a_changed_number_is_saved_with_its_author_and_shows(client, therapist, arch, page_of):
    client.force_login(therapist)
    before = drawn.still("cat-cow", "floor", "arch")
    answer = client.post(page_of, typed(client, page_of, arch, lumbar="-20.5") | {"pose": arch.pk})
    assert answer.status_code == 302
    arch.refresh_from_db()
    assert arch.numbers["lumbar"] == -20.5
    assert arch.numbers["pelvis"] == -12
    assert arch.history.first().history_user == therapist
    assert drawn.still("cat-cow", "floor", "arch") != before


def test_arrows_and_the_areas_that_work_are_edited_beside_the_figure(
    client, therapist, arch, page_of
):
    client.force_login(therapist)
    data = typed(client, page_of, arch) | {"pose": arch.pk}
    data[f"pose{arch.pk}-a-0-to-1"] = "52"
    data[f"pose{arch.pk}-glow"] = ["low-back", "abs"]
    assert client.post(page_of, data).status_code == 302
    before = arch.arrows
    arch.refresh_from_db()
    assert arch.arrows == [{**before[0], "to": [before[0]["to"][0], 52]}]
    assert arch.glow == ["low-back", "abs"]
    data[f"pose{arch.pk}-glow"] = ["left ear"]
    assert client.post(page_of, data).status_code == 422
    page = one(parse(client.get(page_of)), "#pose-arch")
    ticked = [box.get("value") for box in page.cssselect("input[name$=glow][checked]")]
    assert ticked == ["low-back", "abs"]


def test_every_area_that_can_work_has_words():
    assert set(AREAS) == areas()


def test_the_page_shows_the_figure_as_it_moves(client, therapist, page_of):
    client.force_login(therapist)
    assert one(parse(client.get(page_of)), ".pose-moving svg.is-moving") is not None


def test_each_step_stands_beside_its_pose_on_its_own_side(client, therapist):
    client.force_login(therapist)
    variant = Variant.objects.get(exercise__slug="side-plank", key="feet")
    page = parse(client.get(f"/admin/exercises/variant/{variant.pk}/change/"))
    pictures = [paths_of(svg) for svg in page.cssselect(".field-figure svg")]
    steps = list(variant.steps.all())
    assert len(pictures) == len(steps)
    poses = one(page, "select[name=steps-0-pose]")
    assert [option.get("value") for option in poses] == ["", "start", "end"]
    assert page.cssselect("a[href$='/exercises/side-plank/?variant=feet'], a.viewsitelink")
    turned = [
        len(svg.cssselect("g[transform^='translate(']"))
        for svg in page.cssselect(".field-figure svg")
    ]
    by_side = dict(zip([step.side for step in steps], turned, strict=True))
    assert by_side["right"] != by_side[""]


def test_numbers_left_alone_leave_the_pose_as_it_was(client, therapist, arch, page_of):
    client.force_login(therapist)
    before = arch.numbers
    client.post(page_of, typed(client, page_of, arch) | {"pose": arch.pk})
    arch.refresh_from_db()
    assert arch.numbers == before


def test_what_no_back_can_do_is_refused_in_the_words_of_the_checks(
    client, therapist, arch, page_of
):
    client.force_login(therapist)
    answer = client.post(page_of, typed(client, page_of, arch, lumbar="-80") | {"pose": arch.pk})
    assert answer.status_code == 422
    form = one(parse(answer), "#pose-arch")
    assert "Please correct: low back: -80° is not within -42 to 50." in words(form)
    assert one(form, f"input[name=pose{arch.pk}-n-lumbar]").get("value") == "-80"
    arch.refresh_from_db()
    assert arch.numbers["lumbar"] == -37


def test_typing_draws_the_pose_anew_and_saves_nothing(client, therapist, arch, page_of):
    client.force_login(therapist)
    shown = client.get(page_of)
    old = one(parse(shown), f"#drawing-{arch.pk} svg")
    address = f"/admin/exercises/variant/poses/{arch.pk}/draw/"
    data = typed(client, page_of, arch, neck="10")
    fragment = parse(client.post(address, data, headers={"HX-Request": "true"}))
    new = one(fragment, f"#drawing-{arch.pk} svg")
    paths = [paths_of(svg) for svg in (old, new)]
    assert paths[0] != paths[1]
    refused = client.post(address, typed(client, page_of, arch, **{"arm-wrist-0": "90"}))
    refused = parse(refused)
    assert "near wrist: misses its target by" in words(one(refused, ".errorlist"))
    # What no body can do is drawn all the same: one sees why it is refused.
    assert paths_of(one(refused, "svg")) not in (paths[0], paths[1])
    rubbish = parse(client.post(address, typed(client, page_of, arch, neck="much")))
    assert "neck, + bends forward: Enter a number." in words(one(rubbish, ".errorlist"))
    assert paths_of(one(rubbish, "svg")) == paths[0]
    arch.refresh_from_db()
    assert arch.numbers["neck"] == -12


def test_patients_and_visitors_do_not_get_near_a_pose(client, patient, arch, page_of):
    draw = f"/admin/exercises/variant/poses/{arch.pk}/draw/"
    for address in (page_of, draw):
        assert client.get(address).status_code == 302
        client.force_login(patient)
        assert client.post(address).status_code in (302, 403)
        client.logout()
    arch.refresh_from_db()
    assert arch.numbers["neck"] == -12


def test_the_poses_of_a_variant_cost_the_same_with_two_and_with_four(client, therapist):
    client.force_login(therapist)
    counts = []
    for slug, key in (("cobra", "sphinx"), ("bird-dog", "full")):
        variant = Variant.objects.get(exercise__slug=slug, key=key)
        with queries() as found:
            client.get(f"/admin/exercises/variant/{variant.pk}/poses/")
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12


def test_the_screen_of_an_exercise_shows_each_variant_as_a_figure(client, therapist):
    client.force_login(therapist)
    variant = Variant.objects.get(exercise__slug="bridge", key="mini")
    page = parse(client.get(f"/admin/exercises/exercise/{variant.exercise_id}/change/"))
    link = one(page, f".pose-thumb[href='/admin/exercises/variant/{variant.pk}/poses/']")
    assert len(link.cssselect("svg.is-thumb")) == 1
