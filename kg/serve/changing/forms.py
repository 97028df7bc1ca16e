"""What a form that was sent holds: fields and files, read whole, within bounds of size and time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.answers import Refusal

LARGEST: Final = 64_000_000
"""Bytes of a form at most: as many as kg reads of one file."""
TIME: float = 600.0
"""Seconds in which a form must be there, whole."""
_PARTS: Final = 1_000  # fields and files of a form at most
_HEAD: Final = 8_000  # bytes of what stands before a part
_FORM: Final = "application/x-www-form-urlencoded"
_PARTED: Final = "multipart/form-data"
_BOUNDARY: Final = re.compile(r"""\bboundary=(?:"([^"]+)"|([^\s;"]+))""", re.IGNORECASE)
_ENDS: Final = re.compile(rb"\r?\n\r?\n")
_NAMED: Final = re.compile(
    rb"""^content-disposition:\s*form-data\b[^\r\n]*?;\s*name=(?:"([^"]*)"|([^\s;"]+))""", re.IGNORECASE | re.MULTILINE
)
_FILE: Final = re.compile(
    rb"""^content-disposition:[^\r\n]*;\s*filename=(?:"([^"]*)"|([^\s;"]+))""", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class File:
    """A file as a browser sends it: the name that it has there, without folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields by name, in their order, and the files."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)

    def one(self, name: str) -> str:
        """The value of a field, the last where it has several; empty where it has none."""
        return self.fields.get(name, [""])[-1]


async def read(request: Request, most: int = LARGEST) -> Form:
    """The form that a request holds. Raises ``Refusal`` for what is none, too large, or does not come."""
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind not in (_FORM, _PARTED):
        raise Refusal(415, f"Send a form, as {_FORM} or {_PARTED}.")
    body = await _body(request, most)
    try:
        if kind == _FORM:
            return _plain(body)
        boundary = _BOUNDARY.search(rest)
        return _parted(body, (boundary[1] or boundary[2]).encode("latin-1") if boundary else b"")
    except (UnicodeDecodeError, ValueError):
        raise Refusal(400, "The form cannot be read: its text is not in UTF-8, or it was cut off.") from None


async def _body(request: Request, most: int) -> bytes:
    too_large = Refusal(413, f"That is more than {most / 1_000_000:,.0f} MB, the most that can be sent at a time; read larger files with “kg build”.", {"Connection": "close"})  # fmt: skip
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length[:15]) > most:
        raise too_large
    found = bytearray()
    try:
        async with asyncio.timeout(TIME):
            async for piece in request.stream():
                found += piece
                if len(found) > most:
                    raise too_large
    except TimeoutError:
        raise Refusal(408, "The form did not come in time.", {"Connection": "close"}) from None
    except ClientDisconnect:
        raise Refusal(400, "The form did not come whole.") from None
    return bytes(found)


def _plain(body: bytes) -> Form:
    form = Form()
    pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_PARTS)
    for name, value in pairs:
        form.fields.setdefault(name, []).append(value)
    return form


def _parted(body: bytes, boundary: bytes) -> Form:
    form = Form()
    for head, data in _parts(body, boundary):
        named, file = _NAMED.search(head), _FILE.search(head)
        if named is None:
            raise ValueError(head)
        if file is None:
            form.fields.setdefault(_told(named), []).append(data.decode("utf-8"))
        elif _told(file) or data:  # a browser sends an empty part where no file was chosen
            form.files.append(File(re.split(r"[/\\]", _told(file))[-1], data))
    return form


def _told(found: re.Match[bytes]) -> str:
    """A name as it was: browsers write out its quotes and ends of lines."""
    text = (found[1] or found[2] or b"").decode("utf-8", "replace")
    return text.replace("%22", '"').replace("%0D", " ").replace("%0A", " ")


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The head and the content of each part (RFC 2046, 5.1.1)."""
    if not 0 < len(boundary) <= 200:  # a form without one is none
        raise ValueError(boundary)
    between = b"\r\n--" + boundary
    at = 0 if body.startswith(between[2:]) else -1
    if at < 0:
        raise ValueError(boundary)
    at = len(between) - 2
    for _ in range(_PARTS):
        if body[at : at + 2] == b"--":
            return
        end = body.find(between, at)
        if end < 0:
            raise ValueError(boundary)
        found = _ENDS.search(body, at, min(end, at + _HEAD))
        if found is None:
            raise ValueError(boundary)
        yield body[at : found.start()].lstrip(b"\r\n"), body[found.end() : end]
        at = end + len(between)
    raise Refusal(400, f"A form has {_PARTS:,} parts at most.")
