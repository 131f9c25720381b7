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


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency, which would turn black."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")
