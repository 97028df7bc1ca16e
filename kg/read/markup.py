"""Whether markup can be parsed in the time that its length lets one expect: the parsers of HTML cannot tell themselves."""

from __future__ import annotations

import re

from kg.errors import ReadError

_QUOTED = rb"\"[^\"]*+\"|'[^']*+'"
_TAG = re.compile(rb"<[A-Za-z](?:[^<>\"']|" + _QUOTED + rb")*+")
_QUOTES = re.compile(_QUOTED)
_PARTS = re.compile(rb"[\s=/]+")
# libxml2 compares each attribute of a tag with all before it: 200,000 of them take minutes.
_MOST_ATTRIBUTES = 400


def check_markup(raw: bytes, *, what: str, most: int) -> None:
    """Raises ``ReadError`` for a text in HTML or XML (``what`` it is, in words) of more than ``most`` tags, or with a tag of
    more attributes than anybody writes.
    """
    tags = raw.count(b"<")
    if tags > most:
        raise ReadError(f"The {what} has {tags:,} tags; kg reads a {what} of at most {most:,}.")
    for match in _TAG.finditer(raw):
        if match.end() - match.start() > 2 * _MOST_ATTRIBUTES:  # a name and a space
            parts = len(_PARTS.findall(_QUOTES.sub(b"", match[0])))
            if parts > _MOST_ATTRIBUTES:
                raise ReadError(f"A tag of the {what} has more than {_MOST_ATTRIBUTES} attributes.")
