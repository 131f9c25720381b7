"""The template tags."""

from __future__ import annotations

import gzip
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import Context, Template

from exercises import drawn, figures

pytestmark = pytest.mark.usefixtures("library")
ROOT = Path(__file__).resolve().parents[3]


def rendered(source: str, **context: object) -> str:
    return Template("{% load figures %}" + source).render(Context(context))


def test_the_tag_writes_the_same_picture_as_the_function() -> None:
    html = rendered('{% figure "bridge" "full" "end" uid="f1" title=name %}', name="Bridge & co")
    assert html == drawn.still("bridge", "full", "end", uid="f1", title="Bridge & co")


def test_the_tag_builds_an_id_of_its_own() -> None:
    assert 'aria-labelledby="figure-bridge-full-end-t figure-bridge-full-end-d"' in rendered(
        '{% figure "bridge" "full" "end" %}'
    )


def test_a_variant_that_is_missing_in_the_context_is_the_standard_one() -> None:
    html = rendered('{% figure "bridge" variant.key uid="a" thumb=True %}', variant=None)
    assert html == drawn.still("bridge", "full", uid="a", thumb=True)


def test_an_exercise_without_poses_leaves_the_page_whole() -> None:
    html = rendered('[{% figure "handstand" %}]{% figure_steps "handstand" as k %}{{ k|length }}')
    assert html == "[]0"


def test_the_steps_can_be_shown_in_a_row() -> None:
    html = rendered('{% figure_steps "bridge" "march" as keys %}{{ keys|join:" " }}')
    assert html == "start lift end"


def test_the_style_sheet_is_small_and_knows_every_class() -> None:
    css = (ROOT / "static/css/figures.css").read_text()
    assert len(gzip.compress(css.encode())) < 2500
    for look in figures.PEOPLE:
        for name in look.classes.split():
            assert f".{name} " in css or name in ("skin-2", "kit-1", "hair-brown"), name


def test_a_moving_figure_comes_with_a_button_that_waits_for_the_script() -> None:
    html = rendered('{% figure_moving "bridge" "full" uid="m" title="Bridge" %}')
    assert drawn.moving("bridge", "full", uid="m", title="Bridge") in html
    assert html.startswith('<div class="figure-moving" data-figure><svg ')
    assert html.endswith(
        '<button type="button" class="btn btn--plain" hidden data-pause="Pause the figure"'
        ' data-play="Play the figure">Pause the figure</button></div>'
    )
    assert rendered('{% figure_moving "handstand" %}') == ""


def test_the_contact_sheet_shows_every_pose(tmp_path: Path) -> None:
    page = tmp_path / "sheet.html"
    call_command("figure_sheet", str(page), exercise=["cobra"], verbosity=0, stdout=StringIO())
    html = page.read_text()
    assert html.count("<svg ") == 10
    assert "cobra · sphinx · end" in html
    # The words of each step stand beside its pose, for whoever compares them.
    assert "<br>3. Look at the floor. Let your hips and belly sink.<br>4. Hold" in html
    assert 'href="file://' in html


def test_a_strip_numbers_the_key_poses_in_their_order() -> None:
    html = rendered('{% figure_strip "bridge" "march" uid="s" title="Bridge" %}')
    poses = [
        drawn.still("bridge", "march", key, uid=f"s-{i}", title="Bridge, left side")
        + ("<small>Breathe out</small>" if key == "lift" else "")
        for i, key in enumerate(("start", "lift", "end"))
    ]
    cells = "".join(f"<li>{pose}</li>" for pose in poses)
    assert html == f'<ol class="figure-strip" role="list">{cells}</ol>'
    assert rendered('{% figure_strip "handstand" %}') == ""


def test_each_pose_of_a_strip_says_how_to_breathe_on_the_way_to_it() -> None:
    strip = rendered('{% figure_strip "cat-cow" "floor" %}')
    said = [
        cell.partition("<small>")[2].partition("</small>")[0] for cell in strip.split("<li>")[1:]
    ]
    assert said == ["", "Breathe in", "Breathe out"]
    twins = rendered('{% figure_moving "cat-cow" "floor" %}').partition("<ol")[2]
    assert [part.partition("<")[0] for part in twins.split("<small>")[1:]] == said[1:]


def test_a_strip_leaves_out_what_is_barred() -> None:
    html = rendered('{% figure_strip "cat-cow" "floor" without=barred %}', barred={"round"})
    assert html.count("<svg ") == 2


def test_a_figure_says_which_side_is_at_work() -> None:
    shown = {
        side: rendered('{% figure "side-plank" "feet" side=side %}', side=side)
        for side in ("left", "right", "")
    }
    assert ">Side Plank, left side</title>" in shown["left"]
    assert ">Side Plank, right side</title>" in shown["right"]
    assert shown[""] == shown["left"]
    assert ">Bridge</title>" in rendered('{% figure "bridge" "full" %}')
