"""The design language, held: contrast, weight, icons, and nothing that the policy would block."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from backrelief.staticfiles import without_comments

ROOT = settings.BASE_DIR
STATIC = ROOT / "static"
CSS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOKENS = (STATIC / "css" / "tokens.css").read_text()

# What every visitor loads before the first page can be read.
FIRST_STYLES = ["tokens", "base", "components", "screens", "figures", "print"]
FIRST_FONTS = ["vollkorn-latin", "atkinson-latin", "figtree-digits"]

# (text, ground, least contrast): body text 7, words in color and marks on buttons 4.5, edges 3
PAIRS = [
    ("ink", "bg", 7),
    ("ink", "surface", 7),
    ("ink", "sunken", 7),
    ("ink", "tint", 7),
    ("ink-2", "bg", 7),
    ("ink-2", "surface", 7),
    ("ink-2", "sunken", 7),
    ("ink-2", "tint", 4.5),
    ("pine", "bg", 4.5),
    ("pine", "surface", 4.5),
    ("pine", "tint", 4.5),
    ("on-pine", "pine", 4.5),
    ("on-pine", "pine-hover", 4.5),
    ("on-gorse", "gorse", 7),
    ("on-rowan", "rowan", 4.5),
    ("on-rowan", "rowan-hover", 4.5),
    ("rowan", "bg", 4.5),
    ("rowan", "surface", 4.5),
    ("rowan", "rowan-soft", 4.5),
    ("bracken", "bracken-soft", 4.5),
    ("loch", "loch-soft", 4.5),
    ("moss", "moss-soft", 4.5),
    ("heather", "heather-soft", 4.5),
    ("heather", "surface", 4.5),
    ("surface", "heather", 4.5),
    ("ink", "heather-soft", 7),
    ("ink", "rowan-soft", 7),
    ("ink", "bracken-soft", 7),
    ("ink", "loch-soft", 7),
    ("ink", "moss-soft", 7),
    ("ink", "gorse-soft", 7),
    ("on-stop", "stop-bg", 7),
    ("on-hill", "hill-3", 7),
    ("work-ink", "work-bg", 7),
    ("work-ink-2", "work-bg", 4.5),
    ("rest-ink", "rest-bg", 7),
    ("rest-ink-2", "rest-bg", 4.5),
    ("line-strong", "surface", 3),
    ("line-strong", "bg", 3),
    ("line-strong", "sunken", 3),
]


def themes() -> dict[str, dict[str, str]]:
    light = dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6,8});", TOKENS))
    both = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", TOKENS)
    dark = {name: second for name, _, second in both}
    return {"light": light, "dark": light | dark}


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two colors."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_guideline_does():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_words_stand_out_from_their_ground(theme, text, ground, least):
    colors = themes()[theme]
    assert contrast(colors[text], colors[ground]) >= least


def test_a_browser_without_light_dark_gets_the_light_theme_whole():
    plain = dict(re.findall(r"--([\w-]+): (#\w+);", TOKENS))
    first = {
        name: one
        for name, one, _ in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", TOKENS)
    }
    assert {name: plain[name] for name in first} == first


def test_light_dark_is_used_only_where_it_is_known():
    guarded = TOKENS[TOKENS.index("@supports (color: light-dark(#000, #fff))") :]
    assert TOKENS.count("light-dark(#") == guarded.count("light-dark(#")
    others = sorted(path.name for path in CSS if "light-dark(" in path.read_text())
    assert others == ["figures.css", "tokens.css"]
    figures = next(path for path in CSS if path.name == "figures.css").read_text()
    known = figures[figures.index("@supports (color: light-dark(#000, #fff))") :]
    assert figures.count("light-dark(#") == known.count("light-dark(#")


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_styles_need_no_second_round_trip_and_no_nesting(path: Path):
    text = path.read_text()
    assert "@import" not in text
    assert re.findall(r"^\s*&", text, re.M) == []
    assert re.findall(r"url\(\"?(?:https?:)?//", text) == []


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_every_file_that_a_style_names_is_there(path: Path):
    named = re.findall(r"url\(\"([^\"]+)\"\)", path.read_text())
    assert [name for name in named if not (path.parent / name).resolve().is_file()] == []


def test_the_styles_of_a_first_visit_stay_small():
    texts = [(STATIC / "css" / f"{name}.css").read_text() for name in FIRST_STYLES]
    served = [without_comments(text).encode() for text in texts]
    assert sum(len(gzip.compress(data)) for data in served) < 16 * 1024


def test_the_fonts_of_a_first_visit_stay_small():
    sizes = [(STATIC / "fonts" / f"{name}.woff2").stat().st_size for name in FIRST_FONTS]
    assert sum(sizes) < 50 * 1024


def test_the_base_page_loads_just_what_is_counted_here():
    base = (ROOT / "templates" / "base.html").read_text()
    always = re.findall(
        r"^<link rel=\"stylesheet\" href=\"{% static 'css/(\w+)\.css' %}", base, re.M
    )
    assert always == FIRST_STYLES


def test_fonts_are_those_of_the_note_beside_them():
    note = (STATIC / "fonts" / "README.md").read_text()
    told = dict(re.findall(r"\| ([\w-]+\.woff2) \| ([0-9a-f]{64}) \|", note))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "fonts").glob("*.woff2")
    }
    assert found == told


def test_each_typeface_keeps_its_license():
    licenses = {path.name for path in (STATIC / "fonts").glob("OFL-*.txt")}
    assert licenses == {"OFL-atkinson.txt", "OFL-figtree.txt", "OFL-vollkorn.txt"}


def test_a_character_belongs_to_one_font_file_of_its_typeface():
    faces = re.findall(r"font-family: \"(\w[\w ]*)\";.*?unicode-range: ([^;]+);", TOKENS, re.S)
    for family in {name for name, _ in faces}:
        claimed: list[int] = []
        for part in (
            part for name, ranges in faces if name == family for part in ranges.split(",")
        ):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            claimed += range(int(first, 16), int(last or first, 16) + 1)
        assert len(claimed) == len(set(claimed)), family


def icons() -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text()))


def test_every_icon_named_in_a_template_is_drawn():
    named = {
        name for path in TEMPLATES for name in re.findall(r"{% icon \"([\w-]+)\"", path.read_text())
    }
    assert named - icons() == set()


def test_an_icon_is_drawn_in_place_and_silent():
    drawn = Template('{% icon "check" "icon--l" %}').render(Context())
    assert drawn == (
        '<svg class="icon icon--l" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="M20 6 9 17l-5-5"/></svg>'
    )


def test_an_icon_that_nobody_drew_is_a_fault_at_once():
    with pytest.raises(KeyError, match="unicorn"):
        Template('{% icon "unicorn" %}').render(Context())


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
def test_a_template_holds_nothing_that_the_policy_blocks(path: Path):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
    assert re.findall(r"\sstyle=", text) == []
    assert re.findall(r"<style", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", text) == []
    assert re.findall(r"\s(?:hx-on|on(?:click|load|submit|change|input))\b", text) == []
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", text) == []
