"""One value of a row to JSON and back, without loss."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any, cast

from django.db import models
from django.utils.dateparse import parse_datetime

from programs.engine import canonical


def written(field: Any, value: Any) -> Any:
    """``value`` as JSON holds it: times in UTC, a text that is canonical JSON as what it says."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(field, models.JSONField):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if type(field) is models.TextField and isinstance(value, str):
        return _opened(value)
    return field.value_to_string(cast(models.Model, _Holder(field, value)))


class _Holder:
    """What ``value_to_string`` reads a value from."""

    def __init__(self, field: models.Field[Any, Any], value: Any) -> None:
        setattr(self, field.attname, value)


def _opened(text: str) -> Any:
    """Inputs and plans are kept as canonical JSON: shown as such, not as a text within a text."""
    if text[:1] not in ("{", "["):
        return text
    try:
        value = json.loads(text)
        return value if canonical(value) == text else text
    except ValueError:
        return text


def read_back(field: Any, value: Any) -> Any:
    """The inverse of ``written``. Raises ``ValidationError`` or ``ValueError`` on what does not fit."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.DateTimeField):
        found = parse_datetime(value) if isinstance(value, str) else None
        if found is None or found.tzinfo is None:
            raise ValueError("a time such as 2026-05-01T08:00:00Z")
        return found
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if type(field) is models.TextField:
        return value if isinstance(value, str) else canonical(value)
    if isinstance(value, list | dict):
        raise ValueError("a single value")
    return field.to_python(value)
