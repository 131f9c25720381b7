"""The picture for a link to an exercise: public, the same for everyone, kept by content."""

import io
from unittest.mock import patch

import pytest
from django.core.cache import cache
from PIL import Image

from exercises import share
from exercises.figures.flatten import flattened
from exercises.models import Exercise, Pose
from exercises.share import Palette
from tests.support.pages import one, parse

pytestmark = pytest.mark.django_db


def said(client, slug: str = "cat-cow") -> dict[str, str]:
    page = parse(client.get(f"/exercises/{slug}/"))
    return {tag.get("property"): tag.get("content") for tag in page.cssselect("meta[property]")}


def path_of(address: str) -> str:
    return address.removeprefix("http://testserver")


def test_the_page_of_an_exercise_names_a_picture_that_is_there(client, library):
    tags = said(client)
    assert tags["og:title"] == "Cat-Cow"
    assert tags["og:url"] == "http://testserver/exercises/cat-cow/"
    answer = client.get(path_of(tags["og:image"]))
    assert answer.headers["Content-Type"] == "image/png"
    kept = answer.headers["Cache-Control"].split(", ")
    assert set(kept) == {"max-age=31536000", "public", "immutable"}
    assert not answer.cookies
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (int(tags["og:image:width"]), int(tags["og:image:height"]))
    assert picture.size == (1200, 630)
    assert len(answer.content) < 150_000
    # Skin, shirt, trousers, mat and stage of the exercise's own person are all in it.
    colors = {color for _, color in picture.convert("RGB").getcolors(1 << 20)}
    for name in ("skin", "top", "legs", "mat", "peb"):
        paint = Palette("skin-1 kit-2 hair-red").of(name)["fill" if name != "peb" else "stroke"]
        assert tuple(bytes.fromhex(paint[1:])) in colors, name


def test_everybody_shares_the_same_picture_whatever_they_chose(client, library, patient):
    address = said(client)["og:image"]
    patient.figure = {"skin": "5", "hair": "scarf", "build": "largest"}
    patient.range_limits = {"cat-cow": {"percent": 25, "by": "T", "on": "2026-01-05"}}
    patient.save()
    client.force_login(patient)
    assert said(client)["og:image"] == address


def test_it_is_drawn_once_and_anew_when_what_it_shows_changes(client, library, settings, tmp_path):
    settings.DATA_DIR = tmp_path  # what is not really drawn must be kept nowhere else
    old = path_of(said(client)["og:image"])
    with patch("exercises.share._drawn", return_value=b"\x89PNG") as draw:
        first, again = client.get(old), client.get(old)
        assert first.content == again.content
        assert draw.call_count <= 1
        pose = Pose.objects.get(
            variant__exercise__slug="cat-cow", variant__key="floor", key="round"
        )
        pose.numbers["head"] = 3
        pose.save()
        moved = client.get(old)
        new = path_of(said(client)["og:image"])
        assert moved.status_code == 302
        assert moved.headers["Location"] == new != old
        calls = draw.call_count
        client.get(new)
        assert draw.call_count == calls + 1
    Exercise.objects.filter(slug="cat-cow").update(summary="Another sentence.")
    cache.clear()
    assert path_of(said(client)["og:image"]) not in (old, new)


def test_a_photo_is_shared_in_place_of_the_drawing(client, library):
    Exercise.objects.filter(slug="bridge").update(
        picture="exercises/a.webp", picture_alt="A", picture_width=800, picture_height=600
    )
    tags = said(client, "bridge")
    assert tags["og:image"] == "http://testserver/exercises/pictures/a.webp"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("800", "600")


def test_there_is_none_of_an_exercise_that_is_unknown_or_not_drawn(client, library):
    assert client.get("/exercises/wave/share-0.png").status_code == 404
    Pose.objects.filter(variant__exercise__slug="cobra").delete()
    assert client.get("/exercises/cobra/share-0.png").status_code == 404
    assert said(client, "cobra") == {}
    assert one(parse(client.get("/exercises/cobra/")), "h1") is not None


def test_every_command_of_a_figure_is_understood():
    square, arch = flattened("M10 0h5v5L10 5zM0 0v-10a5 5 0 0 1 10 0v10z")
    assert square.spots == [(10, 0), (15, 0), (15, 5), (10, 5)]
    assert square.closed
    assert min(y for _, y in arch.spots) == pytest.approx(-15)
    (curve,) = flattened("M0 0q5 0 5 5-5 0-5 5")
    assert curve.spots[8] == (5, 5)
    assert curve.spots[-1] == (0, 10)
    assert not curve.closed


def test_colors_are_those_of_the_style_sheet_in_the_light():
    paint = Palette("skin-4 kit-3 hair-black")
    assert paint.of("skin")["fill"] == "#8F5F40"
    assert paint.of("top")["fill"] == "#6FA8C9"
    assert paint.of("hair")["fill"] == "#2F282A"
    assert paint.of("back")["fill"] == "#FBF9EF"
    assert paint.of("legs plain")["stroke"] == "none"
    assert paint.of("glow g2")["stroke-width"] == "86"


def test_long_words_and_accents_find_their_font():
    assert [share._part_of(x) for x in "aéÄş"] == ["latin", "latin", "accents", "ext"]
    lines = share._wrapped("Estiramiento de los músculos isquiotibiales", ("vollkorn", 60), 392)
    assert len(lines) > 2
    assert all(share._written(None, (0, 0), line, ("vollkorn", 60)) <= 400 for line in lines[:2])
