"""Transcripts: paragraphs that open with their speaker and a colon, and whose answers go on until the next speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.english import kinds, name_words, places, titles
from kg.english.lists import alternation, classed, groups, listed
from kg.model import Block, BlockKind, Span

_LABEL = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|of|the|de|al|bin|van|von|for|and|&)){0,6}?)"
    r"(?P<office>(?:,\s[^:\n.?!]{2,70})|(?:\s*\([^()\n]{2,60}\)))?"
    r"(?P<colon>\s?:)\s+(?=\S)"
)
# The same inside a paragraph, behind the end of a sentence.
_INLINE = re.compile(r"(?:(?<=[.?!…”\"]\s)|\A)(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}):\s(?=\S)")
_DATED = re.compile(r"\d")  # "TREBIN (May 4):"
_LONGEST = 100  # characters of a label
_LONGEST_QUESTION = 300
_ASKED = frozenset(listed("transcript_words", "asks"))
_ANSWERS = frozenset(listed("transcript_words", "answers"))
_SAID = re.compile(rf"\b(?:{alternation(listed('transcript_words', 'said'))})\b")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_SMALL = frozenset(listed("function_words", "small"))


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says: ``label`` is all up to the colon, ``name`` its first part; ``content`` a span a paragraph."""

    block: int
    label: Span
    name: Span
    colon: Span
    content: tuple[Span, ...]


def turns(text: str, blocks: Sequence[Block]) -> tuple[Turn, ...]:
    """The turns of a transcript in order; none where the text is no transcript.

    A text is one where two paragraphs or more open with a label, or one does with a person's full name.

    >>> from kg.english.paragraphs.blocks import split
    >>> text = "ADA BRIX, MAYOR: We will open it.\\n\\nTOM RECK (Greens): Nobody asked us. Nobody."
    >>> [(t.name.of(text), t.content[0].of(text)) for t in turns(text, split(text))]
    [('ADA BRIX', 'We will open it.'), ('TOM RECK', 'Nobody asked us. Nobody.')]
    """
    found = [(i, m) for i, block in enumerate(blocks) if (m := _label(text, block)) is not None]
    lead = next((i for i, block in enumerate(blocks) if block.kind is BlockKind.PROSE), 0)
    if not found or not _is_transcript(text, [m for _, m in found], found[0][0], lead):
        return ()
    if len(found) == 1 and _is_dateline(text, found[0][1], blocks[found[0][0]].span):
        return ()
    starts = dict(found)
    out: list[Turn] = []
    for i, match in found:
        span = blocks[i].span
        content = [Span(match.end(), span.end)]
        for j in range(i + 1, len(blocks)):
            if j in starts or len(found) == 1 or blocks[j].kind is not BlockKind.PROSE:
                break
            content.append(blocks[j].span)
        content = _without_questions(text, content, asked=any(asks(m["name"]) for _, m in found))
        label = Span(span.start, match.start("colon"))
        colon = Span(match.end("colon") - 1, match.end("colon"))
        out.append(Turn(i, label, Span(match.start("name"), match.end("name")), colon, tuple(content)))
    return tuple(out)


def parted(text: str, span: Span) -> list[Span]:
    """A paragraph as the turns that run on in it, where two speakers are labelled and have several turns; else as it is.

    >>> text = "We met. HBTV: Why? Ana Ruiz: Because. We had to. HBTV: Really? Ana Ruiz: Yes."
    >>> [s.of(text) for s in parted(text, Span(0, len(text)))]
    ['We met.', 'HBTV: Why?', 'Ana Ruiz: Because. We had to.', 'HBTV: Really?', 'Ana Ruiz: Yes.']
    >>> two = "Intro.\\n\\nHBTV: Why? Ana: So. HBTV: No? Ana: Yes."
    >>> len(parted(two, Span(8, len(two))))
    4
    >>> len(parted("Note: ask Ana. Note: ask Ben.", Span(0, 29)))
    1
    """
    labels = list(_INLINE.finditer(span.of(text)))
    often = {name for name, n in Counter(m["name"] for m in labels).items() if n > 1}
    if len(often) < 2:  # two who speak by turns
        return [span]
    starts = [span.start, *(span.start + m.start() for m in labels if m["name"] in often and m.start())]
    ends = [*starts[1:], span.end]
    return [Span(a, b - (len(text[a:b]) - len(text[a:b].rstrip()))) for a, b in zip(starts, ends, strict=True)]


def _without_questions(text: str, content: Sequence[Span], *, asked: bool) -> list[Span]:
    """The paragraphs of an answer without the questions between them that bear no label; ``asked``: others do."""
    last = len(content) - 1
    return [
        s
        for k, s in enumerate(content)
        if not (asked and 0 < k < last and s.of(text).rstrip().endswith("?") and s.end - s.start < _LONGEST_QUESTION)
    ]


def asks(name: str) -> bool:
    """Whether a label is that of whoever asks: "Q", "Interviewer"."""
    return name.lower() in _ASKED


def answers(name: str) -> bool:
    """Whether a label is that of whoever is asked: "A", "Answer"."""
    return name.lower() in _ANSWERS


def written(label: str) -> str:
    """A label in capitals as it would be written in a sentence; of the same length.

    >>> written("ADA BRIX, MAYOR OF TREBIN"), written("TOM RECK (Green Party)"), written("UN ENVOY ANA RUIZ")
    ('Ada Brix, mayor of Trebin', 'Tom Reck (Green Party)', 'UN envoy Ana Ruiz')
    """
    return re.sub(r"[^\W\d_][\w.'’-]*", lambda m: _written(m[0]), label)


def _written(word: str) -> str:
    lower = word.lower()
    if len(word) < 2 or not word.isupper() or kinds.body(word) or len(lower) != len(word):
        return word
    if titles.kind(word) in ("office", "work") or titles.modifier(word) or lower in titles.topics() or lower in _SMALL:
        return lower
    return "-".join(part[:1].upper() + part[1:] for part in lower.split("-"))


def _label(text: str, block: Block) -> re.Match[str] | None:
    if block.kind not in (BlockKind.PROSE, BlockKind.HEADLINE):
        return None
    match = _LABEL.match(text, block.span.start, min(block.span.end, block.span.start + _LONGEST))
    if match is None or match.end() >= block.span.end:
        return None
    name = match["name"].lower()
    rubric = name in classed("rubrics", "rubric") or name in groups("name_words", "kind")["label"]
    small = name.split()[-1] in _SMALL and not answers(name)
    return None if rubric or small else match


def _is_dateline(text: str, label: re.Match[str], block: Span) -> bool:
    """Whether a lone name in capitals is a city: what stands behind it is told by somebody else ("PORT SELBY: …, police said")."""
    return (
        label["name"].isupper()
        and label["office"] is None
        and len(label["name"].split()) > 1
        and _SAID.search(_QUOTED.sub(" ", text[label.end() : block.end])) is not None
    )


def _is_transcript(text: str, labels: Sequence[re.Match[str]], first: int, lead: int) -> bool:
    """Whether labels are those of speakers; ``first`` is the block of the first one, ``lead`` that of the first prose, where a
    lone word in capitals is a dateline.
    """
    names = [m["name"] for m in labels]
    if len(names) >= 2:
        known, likely = _families(text)
        told = [n for n in names if asks(n) or answers(n) or n.isupper() or _is_person(n) or n in known]
        if told:
            told += [n for n in names if n in likely and n not in told]
        return len(told) >= 2 and len(told) > len(names) / 2
    name, office = names[0], labels[0]["office"]
    if name.isupper() and (
        (office and not _DATED.search(office)) or (first > 0 and (first != lead or _is_person(name)))
    ):
        return places.find(name.title()) is None
    return first < 1 and office is None and _is_person(name)


def _families(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The last words of the full names of a text, so that "Kerr:" is known where "Tomas Kerr" is named: those behind a known given
    name, and those behind any word with a capital.
    """
    pairs = re.findall(r"(?<![\w'’-])([A-Z][\w'’-]+) (?=([A-Z][\w'’-]+))", text)
    found = [(given, family) for given, family in pairs if not (places.find(family) or titles.kind(given))]
    known = frozenset(family for given, family in found if given in name_words.given_names())
    return known, frozenset(family for _, family in found)


def _is_person(name: str) -> bool:
    """Whether a label looks like a person's full name, with a title or without."""
    words = name.split()
    known = places.find(name) or kinds.body(name) or kinds.of_name(name)
    given = any(w.capitalize() in name_words.given_names() for w in words[:-1])
    titled = titles.kind(words[0]) in ("address", "office", "rank") and len(words) > 1
    return not known and 2 <= len(words) <= 5 and (given or titled or all(w[:1].isupper() for w in words))
