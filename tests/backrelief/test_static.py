"""What is served of our scripts and styles: all of them but the comments."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from backrelief.staticfiles import HashedStorage, without_comments

SOURCES = [
    path
    for pattern in ("js/**/*.js", "css/*.css")
    for path in sorted((Path(settings.BASE_DIR) / "static").glob(pattern))
    if "vendor" not in path.parts
]


def test_only_lines_that_are_comments_go():
    text = """// first
const one = 1; // stays
/**
 * told at length
 */
  /* short */
const path = "/*/" + 'https://x'; /* stays */
"""
    assert without_comments(text) == (
        "const one = 1; // stays\nconst path = \"/*/\" + 'https://x'; /* stays */\n"
    )


def test_nothing_of_a_source_is_lost_but_its_comments():
    """Every line that goes begins as a comment or lies within one."""
    for path in SOURCES:
        kept = iter(without_comments(path.read_text()).splitlines())
        wanted = next(kept, None)
        for line in path.read_text().splitlines():
            if line == wanted:
                wanted = next(kept, None)
            else:
                assert line.lstrip().startswith(("//", "/*", "*")) or path.suffix == ".css", line
        assert wanted is None, path


@pytest.mark.parametrize(
    ("name", "served"),
    [("js/app.js", "go();\n"), ("css/a.css", "go();\n"), ("js/vendor/idb.js", "// said\ngo();\n")],
)
def test_ours_is_saved_without_comments_also_when_it_was_read_before(tmp_path, name, served):
    storage = HashedStorage(location=tmp_path)
    content = ContentFile(b"// said\ngo();\n")
    content.read()
    storage.save(name, content)
    assert (tmp_path / name).read_text() == served
