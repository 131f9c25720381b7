"""A QR code as one SVG path, drawn in place: no picture to fetch, nothing that the policy blocks."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """``size`` modules in a row, the quiet zone counted in; ``path`` draws the dark ones."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = [
        f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row)
    ]
    return QrCode(len(rows), "".join(runs))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow."""
    found: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if is_dark and x and row[x - 1]:
            start, length = found[-1]
            found[-1] = (start, length + 1)
        elif is_dark:
            found.append((x, 1))
    return found
