"""How deep the brackets of a text are nested, told by one pass over it, before a parser that calls itself reads it."""

from __future__ import annotations

import re
from re import Pattern

MOST = 200
"""Nobody nests deeper by hand, no tool does, and every parser that kg uses stands it."""

# First what may hold brackets that are none: strings, IRIs, comments, and characters behind a backslash. Each reaches to
# the end of the text where it is not closed, so that nothing is looked at twice. Then opening (a) and closing (b) brackets.
_BRACKETS = rb"|(?P<open>[\[({]|<<)|(?P<close>[\])}]|>>)"
TURTLE = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\\?\Z)|'
    rb"'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\\?\Z)|"
    rb'"(?:[^"\\\n\r]|\\.)*+"?|'
    rb"'(?:[^'\\\n\r]|\\.)*+'?|"
    rb"<[^<>\"{}|^`\x00-\x20]*+>|"
    rb"#[^\n\r]*+|"
    rb"\\." + _BRACKETS,
    re.DOTALL,
)
"""Turtle, TriG, N-Triples and N-Quads, quoted triples included."""
JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"?' + _BRACKETS, re.DOTALL)
"""JSON and JSON-LD."""
PLAIN = re.compile(_BRACKETS[1:])
"""Where every bracket counts, in a string or not."""


def too_deep(text: bytes, syntax: Pattern[bytes], *, most: int = MOST) -> str | None:
    """A sentence that says where ``text`` is nested deeper than ``most``; ``None`` where it nowhere is.

    The time grows with the length of the text alone, whatever stands in it.

    >>> too_deep(b"<s> <p> ((((1)))) .", TURTLE, most=3)
    'It is nested more than 3 deep in line 1.'
    >>> too_deep(b'<s> <p> "((((", <((((> . # ((((', TURTLE, most=3) is None
    True
    """
    if sum(map(text.count, (b"(", b"[", b"{", b"<<"))) <= most:
        return None
    depth = 0
    for match in syntax.finditer(text):
        if match.lastgroup == "open":
            depth += 1
            if depth > most:
                line = text.count(b"\n", 0, match.start()) + 1
                return f"It is nested more than {most:,} deep in line {line:,}."
        elif match.lastgroup == "close" and depth:
            depth -= 1
    return None
