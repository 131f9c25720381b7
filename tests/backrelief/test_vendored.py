"""What is kept here from elsewhere is what its note says, byte for byte, with its license."""

import hashlib
import re

from django.conf import settings

VENDOR = settings.BASE_DIR / "static" / "js" / "vendor"


def test_scripts_are_those_of_the_note_beside_them():
    note = (VENDOR / "README.md").read_text()
    told = dict(re.findall(r"^\| ([\w-]+\.js) \|.*\| ([0-9a-f]{64}) \|$", note, re.M))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")
    }
    assert found == told
    assert {path.stem for path in VENDOR.glob("*.js")} == {
        path.stem.removeprefix("LICENSE-") for path in VENDOR.glob("LICENSE-*.txt")
    }
