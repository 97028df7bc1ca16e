"""Second names that the text itself gives: "Islamic State (IS)", "the Harbour Board, or HB,"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.words import Passage, by_passage
from kg.model import EntityType, Form, Mention, Relation, RelationKind, Span

# Letters in brackets behind a name. They need not be its initials: they may come from another language.
_LETTERS = re.compile(
    r"\s*\(\s*(?:also known as\s+|known as\s+|or\s+)?[\"“']?([A-Z][A-Za-z]*(?:[-/][A-Za-z]+)*)[\"”']?\s*\)"
)
_MENTIONED = re.compile(r",\s+(?:or|also known as|known as)\s+(?:the\s+)?[\"“']?([A-Z][\w-]*)[\"”']?\s*,")


def find(passages: Sequence[Passage], found: Sequence[Mention]) -> tuple[list[Mention], list[Relation]]:
    """The mentions with those of the second names corrected or added, and an alias relation for each."""
    mentions: list[Mention] = []
    relations: list[Relation] = []
    told: dict[str, Mention] = {}
    for passage, own in by_passage(passages, found):
        parsed, text = passage.parsed, passage.parsed.doc.text
        kept = list(own)
        for mention in own:
            end = mention.span.end - parsed.offset
            match = _LETTERS.match(text, end) or _MENTIONED.match(text, end)
            if match is None or mention.form is not Form.NAME or mention.type is EntityType.PERSON:
                continue
            if not _letters(match[1], mention):
                continue
            span = parsed.span(match.start(1), match.end(1))
            alias = Mention(span, mention.type, Form.NAME, match[1], mention.country, mention.block)
            kept = [m for m in kept if not m.span.overlaps(span)] + [alias]
            relations.append(
                Relation(RelationKind.ALIAS, mention.span, span, Span(mention.span.start, parsed.offset + match.end()))
            )
            told[match[1]] = mention
        mentions += kept
    # What is an alias once is the same body wherever it stands.
    mentions = [
        replace(m, type=told[m.name].type, country=m.country or told[m.name].country)
        if m.name in told and m.form is Form.NAME
        else m
        for m in mentions
    ]
    return sorted(mentions + _missed(passages, mentions, told), key=lambda m: m.span), relations


def _missed(passages: Sequence[Passage], mentions: Sequence[Mention], told: dict[str, Mention]) -> list[Mention]:
    """Occurrences of an alias that were not seen as names before the text was known to use it."""
    out: list[Mention] = []
    if not told:
        return out
    for passage, own in by_passage(passages, mentions):
        for i, word in enumerate(passage.words):
            if word.text in told and word.capital:
                span = passage.span(i, i)
                if not any(m.span.overlaps(span) for m in own):
                    source = told[word.text]
                    out.append(Mention(span, source.type, Form.NAME, word.text, source.country, passage.parsed.index))
    return out


def _letters(alias: str, mention: Mention) -> bool:
    """Whether a word in brackets is a second name: mostly capitals, and no party letter of a politician ("D", "R-Ohio")."""
    letters = [ch for ch in alias if ch.isalpha()]
    return len(letters) >= 2 and sum(ch.isupper() for ch in letters) >= 0.6 * len(letters) and alias != mention.name
