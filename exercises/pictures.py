"""Uploaded pictures: checked, drawn anew without their hidden data, and named by content."""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")
WIDTHS = (400, 800, 1600)
KINDS = ("avif", "webp")
QUALITY = {"avif": 60, "webp": 80}
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def redrawn(upload: Any) -> ContentFile:
    """The picture as WebP, at most 1600 pixels long, with no EXIF and no place in it.

    Raises ``ValidationError`` for what is no JPEG, PNG or WebP, too large, or a decompression bomb.
    """
    if upload.size > LARGEST_BYTES:
        raise ValidationError(_("The picture is larger than 10 MB. Choose a smaller one."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as picture:
                upright = _on_white(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("The picture has too many pixels. Make it smaller first.")
        ) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            _("This is no picture we can read. Use JPEG, PNG or WebP.")
        ) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    content = io.BytesIO()
    # A fresh canvas: nothing of the upload but its pixels is kept.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    clean.save(content, "WEBP", quality=82)
    name = hashlib.sha256(content.getvalue()).hexdigest()[:32]
    return ContentFile(content.getvalue(), name=f"{name}.webp")


def smaller(name: str) -> list[tuple[int, str, str]]:
    """Width, kind and file name of every size of a stored picture, the smallest first."""
    stem = name.removesuffix(".webp")
    return [(width, kind, f"{stem}-{width}.{kind}") for kind in KINDS for width in WIDTHS]


def write_sizes(picture: Any) -> None:
    """Writes a stored picture in every size and kind beside it; what is there stays.

    A picture is never drawn larger than it is.
    """
    folder = picture.name.rpartition("/")[0]
    with picture.storage.open(picture.name) as content, Image.open(content) as whole:
        for width, kind, name in smaller(picture.name.rpartition("/")[2]):
            path = f"{folder}/{name}"
            if picture.storage.exists(path):
                continue
            size = whole.copy()
            size.thumbnail((width, LONGEST_SIDE))
            written = io.BytesIO()
            size.save(written, kind.upper(), quality=QUALITY[kind])
            picture.storage.save(path, ContentFile(written.getvalue()))


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency, which would turn black."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")
