"""Queries that would ask another endpoint (SPARQL 1.1 Federated Query): the engine opens a connection for them, kg does not."""

from __future__ import annotations

import re

from kg.errors import QueryError

_STRINGS = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>',
    re.DOTALL,
)
_ESCAPES = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")  # SPARQL 1.1, 19.2: read before all else
_COMMENTS = re.compile(r"#.*")
_SERVICE = re.compile(r"(?<![?$:\w])SERVICE\b(?!\s*:)", re.IGNORECASE)


def refuse(text: str) -> None:
    """Raises ``QueryError`` where ``text`` holds SERVICE outside strings, IRIs, comments and names."""
    if _SERVICE.search(_COMMENTS.sub(" ", _STRINGS.sub("<>", _ESCAPES.sub(_unescaped, text)))):
        raise QueryError(
            "The query asks another endpoint (SERVICE); kg answers from its own store and opens no connection."
        )


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else " "
