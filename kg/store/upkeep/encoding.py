"""Claims and assertions as small bytes and back, whatever fields they have: JSON, compressed."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar, get_args, get_type_hints

from kg.model import Assertion, Claim, record

T = TypeVar("T", Claim, Assertion)


def encode(value: Claim | Assertion) -> bytes:
    packing = zlib.compressobj(zdict=_KNOWN[type(value)])
    return packing.compress(json.dumps(record(value), ensure_ascii=False).encode()) + packing.flush()


def decode(packed: bytes, kind: type[T]) -> T:
    data: dict[str, Any] = json.loads(zlib.decompressobj(zdict=_KNOWN[kind]).decompress(packed))
    for name, enum in _ENUMS[kind].items():
        if data.get(name) is not None:
            data[name] = enum(data[name])
    given: dict[str, Any] = {k: tuple(x) if isinstance(x, list) else x for k, x in data.items()}
    return kind(**given)


def _enums(of: type) -> dict[str, type[Enum]]:
    found: dict[str, type[Enum]] = {}
    for name, hint in get_type_hints(of).items():
        for kind in (hint, *get_args(hint)):
            if isinstance(kind, type) and issubclass(kind, Enum):
                found[name] = kind
    return found


# What all of a kind have in common, for the compression: the names of the fields, and the values that most have.
_KNOWN = {kind: json.dumps({f.name: None for f in fields(kind)}).encode() for kind in (Claim, Assertion)}
_ENUMS = {Claim: _enums(Claim), Assertion: _enums(Assertion)}
