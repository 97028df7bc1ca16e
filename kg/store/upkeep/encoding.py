"""Claims and assertions as JSON and back, whatever fields they have."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any, TypeVar, get_args, get_type_hints

from kg.model import Assertion, Claim, record

T = TypeVar("T", Claim, Assertion)


def encode(value: Claim | Assertion) -> str:
    return json.dumps(record(value), ensure_ascii=False)


def decode(text: str, kind: type[T]) -> T:
    data: dict[str, Any] = json.loads(text)
    for name, enum in _ENUMS[kind].items():
        if data.get(name) is not None:
            data[name] = enum(data[name])
    fields: dict[str, Any] = {k: tuple(x) if isinstance(x, list) else x for k, x in data.items()}
    return kind(**fields)


def _enums(of: type) -> dict[str, type[Enum]]:
    found: dict[str, type[Enum]] = {}
    for name, hint in get_type_hints(of).items():
        for kind in (hint, *get_args(hint)):
            if isinstance(kind, type) and issubclass(kind, Enum):
                found[name] = kind
    return found


_ENUMS = {Claim: _enums(Claim), Assertion: _enums(Assertion)}
