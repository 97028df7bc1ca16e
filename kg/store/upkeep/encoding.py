"""Records of the model as small bytes and back, whatever fields they have: JSON, compressed."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from kg.model import Assertion, Claim, Coverage, Judgement, record

T = TypeVar("T", Claim, Assertion, Coverage)


def encode(value: Claim | Assertion) -> bytes:
    return packed(record(value), of=type(value))


def decode(held: bytes, kind: type[T]) -> T:
    return restored(unpacked(held, of=kind), kind)


def restored(data: dict[str, Any], kind: type[T]) -> T:
    """A record from its fields as JSON holds them."""
    data = dict(data)
    for name, enum in _ENUMS[kind].items():
        if data.get(name) is not None:
            data[name] = enum(data[name])
    given: dict[str, Any] = {k: tuple(x) if isinstance(x, list) else x for k, x in data.items()}
    return kind(**given)


def packed(data: object, *, of: type) -> bytes:
    """What JSON can hold, as few bytes: those that all records ``of`` a class have in common are left out."""
    packing = zlib.compressobj(level=9, wbits=_RAW, zdict=_known(of))
    return packing.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()) + packing.flush()


def unpacked(held: bytes, *, of: type) -> Any:
    return json.loads(zlib.decompressobj(wbits=_RAW, zdict=_known(of)).decompress(held))


def _enums(of: type) -> dict[str, type[Enum]]:
    found: dict[str, type[Enum]] = {}
    for name, hint in get_type_hints(of).items():
        for kind in (hint, *get_args(hint)):
            if isinstance(kind, type) and issubclass(kind, Enum):
                found[name] = kind
    return found


@cache
def _known(of: type) -> bytes:
    """What the records of a class have in common: the names of the fields, and the words that many hold."""
    names = {f.name: None for f in fields(of)}
    return json.dumps([_OFTEN.get(of, ""), names], separators=(",", ":")).encode()


_RAW = -15  # neither head nor checksum: the database has its own
_OFTEN: dict[type, str] = {
    Judgement: '"same","by":"rule: names","reason":"unsure","by":"rule: alike","reason":"both articles give it the same name, and say '
    'nothing that tells the two apart","confidence":0.97,"at":null}',
}  # fmt: skip
_ENUMS = {kind: _enums(kind) for kind in (Claim, Assertion, Coverage)}
