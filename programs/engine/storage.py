"""Frozen values as JSON and back, without loss: what a case is stored as.

The way back follows the annotations of the dataclasses, so that a new field needs no code here.
"""

from __future__ import annotations

import types as builtin_types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_plain(value: Any) -> Any:
    """Dataclasses, tuples, dates and levels as JSON's own types."""
    if isinstance(value, IntEnum):
        return int(value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return {name: to_plain(getattr(value, name)) for name in _names(type(value))}  # type: ignore[arg-type]  # whatever is left here is a dataclass


def from_plain(kind: type[Value], data: Any) -> Value:
    """The value of ``kind`` that ``to_plain`` wrote. Raises ``KeyError`` or ``TypeError`` otherwise."""
    result: Value = _read(kind, data)
    return result


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, data: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        inner = arguments[0]
        return tuple(_read(inner, item) for item in data)
    if origin in (Union, builtin_types.UnionType):
        inner = next(item for item in arguments if item is not type(None))
        return None if data is None else _read(inner, data)
    if kind is date:
        return date.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return kind(data)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]  # a dataclass, by the branch above
        # What was stored before a field existed gets that field's default.
        given = [name for name in _names(kind) if name in data]  # type: ignore[arg-type]  # a dataclass, by the branch above
        return kind(**{name: _read(hints[name], data[name]) for name in given})  # type: ignore[operator]  # a dataclass, by the branch above
    return data
