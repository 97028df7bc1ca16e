"""What is refused of a query before any parser sees it: its length, nesting and size, and that it asks others (SERVICE).

One idea: the text is read as tokens by the terminals of SPARQL 1.1 (19.8), with no grammar. Parsers and optimisers work
recursively and end the whole process when the stack is full, so that how deep and how long a query is must be known first:

- ``DEPTH`` brackets of any kind inside each other (pyoxigraph 0.5.13 dies of 830 FILTER NOT EXISTS, of 940 calls of a
  function, of 2,160 groups, on a stack of 8 MB);
- ``PARTS`` terms, keywords, operators and brackets in all (it dies of 2,490 BINDs, of 6,060 UNIONs). Data in rows does not
  count, since engines read it in a loop: what stands in a VALUES block, and the items of a list in parentheses with commas.

SERVICE is looked for in every way in which a text can be read, since engines differ from the terminals: Oxigraph's takes
``?a<?b)SERVICE#>`` for a comparison where the terminals have an IRI, and ``SERVICE:x`` for a keyword and a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.errors import RefusedError, TooLargeError

LENGTH: Final = 1_000_000
"""Characters of a query at most."""
DEPTH: Final = 200
"""Brackets inside each other at most."""
PARTS: Final = 1_000
"""Terms, keywords, operators and brackets of a query at most, without rows of data."""


_PREFIX = 200  # characters of a prefix: looked through again from each of its words
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR = rf"""\\[tbnrf"'\\]|{_UCHAR}"""
_SPACE = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"  # a comment ends at a carriage return, too
_IRI = rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_UCHAR})*+>"
_STRING = rf"""
    '''(?:(?:''?)?+(?:[^'\\]|{_ECHAR}))*+''' | \"\"\"(?:(?:""?)?+(?:[^"\\]|{_ECHAR}))*+\"\"\"
  | '(?:[^'\\\r\n]|{_ECHAR})*+' | "(?:[^"\\\r\n]|{_ECHAR})*+"
"""
_LOCAL = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])(?:\.*+(?:[\w:\-\u00B7]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))*+"
_NAME = rf"(?:[^\W\d_][\w.\-\u00B7]{{0,{_PREFIX}}}+)?+:(?:{_LOCAL})?+"

_TOKEN: Final = re.compile(
    rf"""
    (?P<space>[ \t\r\n]++|\#[^\r\n]*+)
  | (?P<string>{_STRING})
  | (?P<iri>{_IRI})
  | (?P<term>[?$]\w++ | _:\w(?:\.*+[\w\-])*+ | @[A-Za-z]++(?:-++[A-Za-z0-9]++)*+)
  | (?P<number>(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][+-]?\d++)?+)
  | (?P<name>{_NAME})
  | (?P<word>\w++)
  | (?P<mark>\|\||&&|\^\^|<<\(?|\)>>|>>|\{{\||\|\}}|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CALLED: Final = re.compile(
    rf"SERVICE{_SPACE}(?:SILENT{_SPACE})?(?:[?$]\w++|{_IRI}|{_NAME}){_SPACE}\{{", re.IGNORECASE | re.VERBOSE
)
# Oxigraph needs no space between a keyword and what is beside it.
_GLUED: Final = re.compile(r"(?:^|true|false|\.)(service)", re.IGNORECASE)
_ENDING: Final = re.compile(r"(service)(?:silent)?$", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_RUN: Final = re.compile(rf"[\w.\-\u00B7]{{{_PREFIX}}}")
_HALF: Final = re.compile("[\ud800-\udfff]")

_CLOSES: Final = {"}": "{", ")": "(", "]": "[", ")>>": "<<(", ">>": "<<", "|}": "{|"}
_CLAUSES: Final = frozenset({"SELECT", "GROUP", "ORDER", "HAVING"})
_VALUE_WORDS: Final = frozenset({"A", "TRUE", "FALSE", "UNDEF"})


@lru_cache(maxsize=64)  # what passes on its way through several doors is looked at once
def check(text: str) -> None:
    """Raises :class:`RefusedError`, one sentence, for a text that no engine is to be given."""
    if len(text) > LENGTH:
        raise TooLargeError(
            f"The query has {len(text):,} characters and kg takes {LENGTH:,} at most; ask for less at a time."
        )
    if _HALF.search(text):
        raise RefusedError("The query holds half characters (surrogates), which are no text.")
    # Codepoint escapes are read before all else (19.2), or by the strings alone: engines differ.
    for form in {text, _ESCAPED.sub(_character, text)}:
        _measure(form)
        if "service" in form.lower() and _asks_others(form):
            raise RefusedError(
                "The query asks another endpoint (SERVICE); kg answers from its own store and opens no connection."
            )


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


class _Level:
    """An open bracket: what stands inside it."""

    __slots__ = ("bracket", "data", "expression", "list_", "mode")

    def __init__(self, bracket: str, *, expression: bool = False, data: bool = False) -> None:
        self.bracket, self.expression, self.data = bracket, expression, data
        self.mode = ""  # the clause that stands in it just now: SELECT and its like, VALUES
        self.list_ = 0  # the parts of the item of a list that is being read


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The kind, the text and the place of each token that is no space: ``string iri term number name word mark``."""
    at = 0
    while at < len(text):
        match = _token(text, at)
        if match.lastgroup != "space":
            yield str(match.lastgroup), match[0], at
        at = match.end()


def _measure(text: str) -> None:
    """Refuse what is nested too deeply or has too many parts.

    An expression is told from other parentheses, since there alone ``<`` after an operand is no IRI.
    """
    levels = [_Level("")]
    parts = at = 0
    operand = False  # whether what came last ends an operand
    last = before = ""  # the last two tokens, as _seen gives them
    while at < len(text):
        match = _token(text, at)
        kind, token = str(match.lastgroup), match[0]
        here = levels[-1]
        if token[0] == "<" and here.expression and operand:
            kind, token = "mark", "<"
        at += len(token)
        if kind == "space":
            continue
        seen = _seen(kind, token)
        operand = seen == "term" or seen in _CLOSES
        if seen in _CLAUSES or seen == "VALUES":
            here.mode = seen
        elif kind == "mark":
            _nest(levels, token, last, before)
        last, before = seen, last
        if here.data:
            continue
        if seen == "," and here.bracket == "(":
            parts, here.list_ = parts - min(here.list_, 1), 0
        elif seen not in _CLOSES and seen not in (".", ";", ","):
            parts += 1
            here.list_ += 1
            if parts > PARTS:
                raise TooLargeError(
                    f"The query has more than {PARTS:,} terms and operators; kg takes no more, since engines die of it. "
                    "Give long lists as VALUES or with IN."
                )


def _seen(kind: str, token: str) -> str:
    """A token as what follows looks back on it: a word in capitals, a mark, or ``term``."""
    if kind == "word" and (word := token.upper()) not in _VALUE_WORDS:
        return word
    return token if kind == "mark" else "term"


def _nest(levels: list[_Level], mark: str, last: str, before: str) -> None:
    """Go down a level or up, where ``mark`` is a bracket."""
    if mark in ("{", "(", "[", "<<", "<<(", "{|"):
        levels.append(_opened(levels, mark, last, before))
        if len(levels) > DEPTH + 1:
            raise TooLargeError(
                f"The query has more than {DEPTH} brackets inside each other; kg takes no more, since engines die of it."
            )
    elif mark in _CLOSES:
        if len(levels) > 1:
            levels.pop()
        if mark == "}":
            levels[-1].mode = ""


def _token(text: str, at: int) -> re.Match[str]:
    match = _TOKEN.match(text, at)
    assert match is not None  # the last branch takes anything
    if match.lastgroup == "word" and _RUN.match(text, at):
        raise TooLargeError(
            f"The query has a name of {_PREFIX} characters or more before its colon; kg takes no such prefix."
        )
    return match


def _opened(levels: list[_Level], token: str, last: str, before: str) -> _Level:
    here = levels[-1]
    if token == "{":
        data = here.data or (here.mode == "VALUES" and last in ("term", ")"))
        if not data:
            here.mode = ""
        return _Level(token, data=data)
    if token != "(" or here.data:
        return _Level(token, data=here.data)
    if here.bracket == "(":
        return _Level(token, expression=here.expression)
    if here.bracket not in ("", "{") or here.mode == "VALUES":
        return _Level(token)
    called = last[:1].isupper()  # FILTER, BIND, a function: a word, and no term
    return _Level(token, expression=called or here.mode in _CLAUSES or (last == "term" and before == "FILTER"))


def _asks_others(text: str) -> bool:
    """Whether SERVICE, whom it asks and a group stand anywhere, in whichever way the text is cut into tokens.

    The tokens at a place do not depend on what came before, but for an IRI that may be a comparison: both are followed. The
    name of a graph is none that asks.
    """
    places, seen = [(0, False)], set[tuple[int, bool]]()
    while places:
        at, named = places.pop()
        while at < len(text) and (at, named) not in seen:
            seen.add((at, named))
            match = _token(text, at)
            kind = match.lastgroup
            if kind in ("name", "word") and not named:
                glued = (_GLUED if kind == "name" else _ENDING).finditer(match[0].partition(":")[0])
                if any(_CALLED.match(text, at + found.start(1)) for found in glued):
                    return True
            elif kind == "iri":
                places.append((at + 1, False))
            if kind != "space":
                named = kind == "word" and match[0].upper() == "GRAPH"
            at = match.end()
    return False
