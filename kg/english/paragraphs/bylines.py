"""Lines that name who wrote an article, in the styles of many papers and agencies."""

from __future__ import annotations

import re

from kg.english.calendar import GIVEN_NAMES, MONTHS, WEEKDAYS
from kg.english.name_words import particles

_DASHES = re.compile(r"(?:--|—|–|-|―)\s*(?P<who>\S.*)")
_BY = re.compile(
    r"(?:(?:story|text|words|report(?:ed|ing)?|written|posted|analysis|interview|compiled|additional reporting)\s+)?"
    r"(?:and photos?\s+)?(?:by|author|authors|reporter|correspondent)\s*:?\s+(?P<who>\S.*)",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"[(\[]?\s*(?:additional |further )?(?:report(?:ing|ed)|writ(?:ing|ten)|edit(?:ing|ed)|compiled)\s+by\s.{3,300}[)\].]\s*",
    re.IGNORECASE,
)
# What stands between dashes and is nobody: parts of a page, the sign of a post on a social network.
_PARTS = re.compile(
    r"(?:[-–—]\s*$)|^(?:advertisement|photo|continue reading|more|story continues|end|ends|video|caption)\b|\(@|@\w",
    re.IGNORECASE,
)
HANDLE = re.compile(
    r"(?:--|—|–|-|―)\s*(?P<who>[^\s(@][^(@\n]{0,60}?)\s*(?P<handle>\(@\w{1,40}\))\s*(?:[·|,–—-]\s*)?(?P<day>\S.{0,30})?"
)
"""The signature under a post of a network: "— NAME (@name) May 13, 2022"."""
# Behind the names: place, paper, office, date.
_REST = re.compile(r"(?:,|\||•|·|/|\bin\b|\bfor\b|\bat\b|\bon\b|[-–—]|\d|\()")
_OUTLETS = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|staff|columnist|contributor|news|press|reuters|afp|ap|bbc|times|post|journal|tribune|"
    r"herald|agency|radio|service)\b",
    re.IGNORECASE,
)
_AND = re.compile(r",\s*and\b|,|&|\band\b", re.IGNORECASE)


def is_byline(body: str, *, opening: bool) -> bool:
    """Whether a short line names the authors. ``opening`` lines, above the text, need no "By" before a name with a paper.

    >>> [is_byline(line, opening=True) for line in ("By Ann Lee in Nairobi", "-- Ann Lee", "Ann Lee, Harbour News")]
    [True, True, True]
    >>> [is_byline(line, opening=True) for line in ("By May Arden", "By Theresa May", "By May", "By Friday")]
    [True, True, False, False]
    >>> [is_byline(line, opening=True) for line in ("By the river", "- lower taxes", "Prices Rise")]
    [False, False, False]
    """
    line = " ".join(body.split()).removesuffix(".")
    match = _DASHES.fullmatch(line) or _BY.fullmatch(line)
    if match is not None:
        return _names(match["who"]) and not _PARTS.search(match["who"])
    if body.rstrip().endswith((".", "!", "?")):
        return False
    name, _, rest = (
        (part.strip() for part in re.split(r"(,|\|)", line, maxsplit=1)) if re.search(r"[,|]", line) else ("",) * 3
    )
    return opening and bool(rest) and len(name.split()) >= 2 and _all_names(name) and bool(_OUTLETS.search(rest))


def is_signature(body: str) -> bool:
    """Whether a byline is one that closes an article: a name behind dashes."""
    return _DASHES.match(body) is not None


def is_sign_off(body: str) -> bool:
    """Whether a paragraph is an agency's last line: "(Reporting by … in …; editing by …)"."""
    return _SIGN_OFF.fullmatch(body) is not None


def _names(who: str) -> bool:
    """Whether the text starts with names of persons, and what follows is a place, a paper, an office or a date."""
    listed = re.sub(r",\s*(?=[A-Z][\w.]+ [A-Z])|,\s*and\b", "  ", who)
    cut = _REST.search(listed)
    names = who[: len(listed[: cut.start()].rstrip())] if cut else who
    return bool(names.strip()) and _all_names(names)


def _all_names(names: str) -> bool:
    """Names of one to four words, each with a capital or a particle, joined by commas and "and"."""
    parts = [part.strip() for part in _AND.split(names) if part.strip()]
    for part in parts:
        words = re.split(r"\s+", part)
        if any(_is_time(words, i) for i in range(len(words))):
            return False
        if not 1 <= len(words) <= 4 or not all(w[:1].isupper() or w.lower() in particles() for w in words):
            return False
    return bool(parts) and all(any(ch.isalpha() for ch in part) for part in parts)


def _is_time(words: list[str], i: int) -> bool:
    """Whether a word is a weekday or a month, and not a month that is a name beside another: "May Arden", "Theresa May"."""
    if words[i] not in MONTHS:
        return words[i] in WEEKDAYS
    beside = [w for j, w in enumerate(words) if j != i and w not in MONTHS and w[:1].isupper()]
    return not (words[i] in GIVEN_NAMES and beside)
