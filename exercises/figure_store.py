"""Drawings kept as files under the name of their content; nothing in them is ever out of date.

A change of the renderer itself begins a folder of its own, and the old one goes at the next
``prune``.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

RENDERER = Path(__file__).parent / "figures"


@cache
def edition() -> str:
    """A name for the code that draws."""
    code = b"".join(path.read_bytes() for path in sorted(RENDERER.glob("*.py")))
    return hashlib.sha256(code).hexdigest()[:16]


def _root() -> Path:
    return Path(settings.DATA_DIR) / "figures"


def _file_of(name: tuple[Any, ...]) -> Path:
    digest = hashlib.sha256(repr(name).encode()).hexdigest()
    return _root() / edition() / digest[:2] / f"{digest[2:]}.z"


def kept(name: tuple[Any, ...], draw: Callable[[], str]) -> str:
    """The drawing of that name: read if it was drawn before, else drawn and written down.

    A folder that cannot be written, or a file that is broken, only costs time.
    """
    return kept_bytes(name, lambda: draw().encode()).decode()


def kept_bytes(name: tuple[Any, ...], draw: Callable[[], bytes]) -> bytes:
    """The same for a drawing that is no text."""
    file = _file_of(name)
    with contextlib.suppress(OSError, zlib.error):
        return zlib.decompress(file.read_bytes())
    drawing = draw()
    with contextlib.suppress(OSError):
        _write(file, zlib.compress(drawing))
    return drawing


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: another process may be reading."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(file)


def stamp() -> int:
    """Differs as soon as somebody called ``touch``. A page asks often: a plain path is quicker."""
    try:
        return os.stat(f"{settings.DATA_DIR}/figures/changed").st_mtime_ns
    except OSError:
        return 0


def touch() -> None:
    """Tells every process that poses have changed."""
    with contextlib.suppress(OSError):
        _root().mkdir(parents=True, exist_ok=True)
        (_root() / "changed").touch()


def prune() -> None:
    """Takes away what other editions of the renderer drew."""
    for folder in _root().glob("*"):
        if folder.is_dir() and folder.name != edition():
            shutil.rmtree(folder, ignore_errors=True)
