"""A text as the parser should see it: without the remains of a page and without shouting, every character in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.english import kinds, name_words, places, titles
from kg.english.calendar import MONTHS
from kg.english.lists import alternation, listed

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>|<!--[^<>]{0,300}-->")
_ENTITY = re.compile(
    r"&(?:(nbsp|ensp|emsp|thinsp)|(amp)|(quot|ldquo|rdquo)|(apos|lsquo|rsquo|#0?39|#x27)|[mn]dash|#\d{2,5});"
)
# Marks of direction and joining, which no reader sees: at the edge of a word they hide it from the tokeniser.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARK = re.compile(rf"(?<!\w)[{_UNSEEN}]+|[{_UNSEEN}]+(?!\w)")
_SEARCH = re.compile(r" \(search\)")  # what some sites put behind names
# The exclamation mark of a name: "Harbour! said", "the group OutCry!, which".
_NAME_MARK = re.compile(r"(?<=[a-zA-Z]{3})!(?=,\s|\s+[a-z])")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_LEAST_SHOUTED = 5  # words
_SMALL = frozenset(listed("function_words", "small"))


# Thousands grouped by spaces ("12 400 people") and decimals behind a comma ("7,5 percent"): as English writes them.
_GROUPED = re.compile(
    r"(?<![\d.,/:–-])(?<!\d[ \u00a0\u202f\u2009])(?<!\w)[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d,.]*\d)"
)
_MODEL = re.compile(r"^\d+.7\d7$")  # "100 737 jets"
_SPACE = re.compile(r"[ \u00a0\u202f\u2009]")
_DECIMAL = re.compile(
    rf"(?<![\d.,])(\d{{1,3}}),(?=\d{{1,2}}(?:\s?%|\s(?:{alternation(listed('measure_words', 'decimal'))})\b))"
)
_BEFORE = re.compile(
    r"(?:^|[.!?:“\"\n])\s{0,9}(?:[\w’'-]{1,40}\s{1,9})?$|\b[a-z’'-]{1,40}\s{1,9}$|[(“\"$€£~<>≥≤]\s{0,9}$"
)
_NOT_BEFORE = re.compile(
    rf"\b(?:{alternation((*MONTHS, *listed('measure_words', 'not_grouped')))})\.?\s+$", re.IGNORECASE
)


def plain(text: str) -> str:
    """``text`` with tags, character entities and unseen marks blanked, and its numbers grouped by commas; of the same length.

    >>> plain("<b>Ama</b>&nbsp;Boateng &amp; Co")
    '   Ama          Boateng &     Co'
    >>> plain("killed 12 400 people, up 7,5 percent; by June 12 400 had come")
    'killed 12,400 people, up 7.5 percent; by June 12 400 had come'
    """
    text = _DECIMAL.sub(r"\1.", _GROUPED.sub(_grouped, text))
    if "<" in text:
        text = _TAG.sub(lambda m: " " * len(m[0]), text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    text = _SEARCH.sub(lambda m: " " * len(m[0]), text)
    if "!" in text:
        text = _NAME_MARK.sub(" ", text)
    return _MARK.sub(lambda m: " " * len(m[0]), text)


def _grouped(match: re.Match[str]) -> str:
    """A number with commas between its groups; as it is behind a month or a name, which have a number of their own."""
    lead = match.string[max(0, match.start() - 40) : match.start()]
    if _MODEL.search(match[0]) or _NOT_BEFORE.search(lead) or not _BEFORE.search(lead):
        return match[0]
    return _SPACE.sub(",", match[0])


def calm(text: str, familiar: Iterable[str] = ()) -> str:
    """A text in capitals as it would be written in a sentence; any other text as it is. Of the same length.

    Capitals stay at the start of a sentence, on known places, nations and bodies, on given names with the word that
    follows, and on ``familiar`` words. An unknown name loses its capitals: nothing tells it from a common word.

    >>> calm("THE MINISTER TOLD MARIA SILVA THAT KENYA WAS SAFE.")
    'The minister told Maria Silva that Kenya was safe.'
    >>> calm("NATO met."), calm("THE PLAN FOR THE MILL IS GOOD.")
    ('NATO met.', 'The plan for the mill is good.')
    """
    words = list(_WORD.finditer(text))
    longer = [m[0] for m in words if len(m[0]) > 3]
    if len(words) < _LEAST_SHOUTED or sum(w.isupper() for w in longer) <= 0.7 * len(longer):
        return _calm_names(text, words)
    known = {w.upper(): w for w in familiar}
    out = list(_lower(text))
    end = 0
    named = False
    for m in words:
        gap = text[end : m.start()]
        opens = not end or any(ch in ".!?\n" for ch in gap)
        word = _lower(m[0])
        title = word[:1].upper() + word[1:]
        bare = title.removesuffix("'s").removesuffix("’s").rstrip(".")
        given = bare in name_words.given_names() and not titles.kind(word)
        if m[0].upper() in known:
            shown = known[m[0].upper()]
        elif kinds.body(m[0]) and (opens or word != "is"):
            shown = m[0]
        elif opens or given or (named and not gap.strip() and word not in _SMALL) or _is_known(bare):
            shown = title
        else:
            shown = word
        if len(shown) == len(m[0]):
            out[m.start() : m.end()] = shown
        named, end = given, m.end()
    return "".join(out)


def _calm_names(text: str, words: Sequence[re.Match[str]]) -> str:
    """A text with the names that alone are in capitals behind a title written as names: "PRESIDENT OSKAR LUND said"."""
    out = list(text)
    run: list[re.Match[str]] = []
    for m in (*words, None):
        if (
            m is not None
            and len(m[0]) > 2
            and m[0].isupper()
            and (not run or not text[run[-1].end() : m.start()].strip())
        ):
            run.append(m)
            continue
        if len(run) > 1 and titles.kind(run[0][0]) in ("office", "rank") and not kinds.body(run[0][0]):
            for word in run:
                shown = word[0][0] + _lower(word[0][1:])
                out[word.start() : word.end()] = shown
        run = []
    return "".join(out)


def _is_known(word: str) -> bool:
    return bool(places.find(word) or places.nationality(word) or places.people(word) or kinds.body(word))


def _lower(text: str) -> str:
    return "".join(low if len(low := ch.lower()) == 1 else ch for ch in text)


def _entity(match: re.Match[str]) -> str:
    space, ampersand, quote, apostrophe = match.groups()
    pad = " " * (len(match[0]) - 1)
    if apostrophe:
        return pad + "'"
    return f"&{pad}" if ampersand else f'"{pad}' if quote else f" {pad}" if space else f"-{pad}"
