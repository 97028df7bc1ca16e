"""Bytes → text: by byte order mark, as UTF-8, by what the bytes declare, or in the encoding that their letters fit."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kg.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of files that people mistake for text, and what to call them.
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
)
# Codecs of Python that no page is written in: they escape or encode names, take long, or fail at everything.
_NO_CHARSETS = frozenset(("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SAMPLE = 65_536
# charset-normalizer's "chaos": the share of implausible letters, in percent, above which a guess is no reading.
_CHAOS = 15.0


def decode(raw: bytes, *, declared: str | None = None) -> str:
    """The text of ``raw``; ``declared`` is an encoding that the bytes themselves name. Raises ``ReadError``.

    Every byte is decoded or the whole is refused: nothing is dropped or guessed at letter by letter.

    >>> decode("Łódź".encode("utf-16"))
    'Łódź'
    """
    if not raw.strip():
        raise ReadError("The file is empty.")
    kind = next((name for start, name in _KINDS if raw.startswith(start)), None)
    if kind is not None:
        raise ReadError(f"The file is {kind}, not text.")
    text = _marked(raw)
    if text is None:
        text = _unmarked(raw, declared)
    if not text.strip("\ufeff \t\r\n\f"):
        raise ReadError("The file is empty.")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) / 100:
        raise ReadError("The file is binary, not text.")
    return text


def _marked(raw: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                name = encoding.removesuffix("-sig").upper()
                raise ReadError(f"The file begins as {name} but is not valid {name}.") from error
    return None


def _unmarked(raw: bytes, declared: str | None) -> str:
    sample = raw[:_SAMPLE]
    if b"\x00" in sample:
        wide = _utf16_without_mark(raw, sample)
        if wide is None:
            raise ReadError("The file is binary, not text.")
        return wide
    for encoding in ("utf-8", _charset(declared)):
        if encoding is None:
            continue
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    # The guess is made on a sample, the decoding on all of it: guessing on megabytes takes minutes.
    best = from_bytes(sample).best()
    if best is None or best.percent_chaos > _CHAOS:
        raise ReadError("The file is not text in any encoding that kg can tell.")
    try:
        return raw.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise ReadError("The file is not text in any one encoding; save it as UTF-8.") from error


def _charset(declared: str | None) -> str | None:
    """The codec of a declared encoding; ``None`` for one that is unknown or no encoding of texts."""
    if declared is None:
        return None
    try:
        b" ".decode(declared)  # refuses what makes bytes of bytes
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return None if name.replace("_", "-") in _NO_CHARSETS else name


def _utf16_without_mark(raw: bytes, sample: bytes) -> str | None:
    """UTF-16 text of mostly Latin letters shows as a zero in every other byte."""
    half = max(1, len(sample) // 2)
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[first::2].count(0) > 0.4 * half and sample[1 - first :: 2].count(0) == 0:
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None
