"""Names of persons, bodies and places in an article, typed and cleaned, with nationality words and bodies described."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.annotate.names import aliases, described, spans, tongues, votes
from kg.annotate.names.clues import Family
from kg.annotate.names.placed import Placed, acts
from kg.annotate.names.spans import Name
from kg.annotate.parse import clauses
from kg.annotate.parse.words import Passage, by_passage
from kg.english import kinds, name_words, places
from kg.english.places import Place
from kg.model import EntityType, Form, Mention, Relation, RelationKind, Span


def find(passages: Sequence[Passage]) -> tuple[list[Mention], list[Relation]]:
    """All mentions by name, by nationality word and by a body's description, in their order, and the aliases given.

    Mentions do not overlap. Spans leave determiners, titles and the possessive ``'s`` out. A name's type follows from
    all its occurrences in the article, so that one clear occurrence helps the others.
    """
    placed = _placed(passages)
    pooled = votes.decide(placed)
    found: list[Mention] = []
    for item in placed:
        found.extend(_mention(item, votes.best(pooled[item.text])))
    found, relations = aliases.find(passages, found)
    found = _settled(passages, found, relations)
    found += described.find(passages, found)
    led = [replace(m, subject=_leads(passage, m)) for passage, own in by_passage(passages, found) for m in own]
    return sorted(led, key=lambda m: (m.span.start, m.span.end)), relations


def _leads(passage: Passage, mention: Mention) -> bool:
    """Whether a mention is the subject of a main clause, or does what its passive verb tells."""
    tokens = passage.parsed.tokens(mention.span)
    if tokens is None or mention.form is Form.DEMONYM:
        return False
    token = tokens.root
    if token.dep_ == "pobj" and token.head.dep_ == "agent":
        token = token.head
    elif token.dep_ == "appos" and token.head.dep_ in clauses.SUBJECTS and token.head.pos_ == "NOUN":
        token = token.head  # "Its director, NAME, warned"
    elif token.dep_ not in clauses.SUBJECTS:
        return False
    verb = token.head
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb.head.i == verb.i


def to_records(mentions: Iterable[Mention], relations: Iterable[Relation] = ()) -> list[dict[str, object]]:
    """Entities as JSON Lines gives them: ``{"type", "kind", "name", "mentions": [[start, end], …]}``, one for each name.

    ``type`` is person, organisation or place, ``kind`` the finer type; a country that acts is an organisation there. Aliases fall together, a lone family name falls
    to the full name; nationality words, descriptions and pronouns are no named mentions and are left out.
    """
    kept = [m for m in mentions if m.form is Form.NAME]
    owner = {m.span: m for m in kept}
    same: dict[str, str] = {}
    for relation in relations:
        if relation.kind is RelationKind.ALIAS and relation.subject in owner and relation.object in owner:
            same[owner[relation.object].name] = owner[relation.subject].name
    fulls: dict[str, str] = {}
    for m in kept:
        parts = m.name.split(" ") if m.type is EntityType.PERSON else []
        for cut in range(1, len(parts)):
            fulls.setdefault(" ".join(parts[cut:]), m.name)
    records: dict[tuple[str, str], dict[str, object]] = {}
    for m in kept:
        name = same.get(m.name, m.name)
        if m.type is EntityType.PERSON:
            name = fulls.get(name, name)
        family = EntityType.ORGANISATION.value if m.acts else m.type.family.value
        record = records.setdefault(
            (family, name), {"type": family, "kind": m.type.value, "name": name, "mentions": []}
        )
        spans = record["mentions"]
        assert isinstance(spans, list)
        spans.append([m.span.start, m.span.end])
    return list(records.values())


def _placed(passages: Sequence[Passage]) -> list[Placed]:
    """The candidates of all passages; headlines with capitals throughout borrow from the rest."""
    familiar: set[str] = set()
    for passage in passages:
        if not passage.all_capitals:
            for name in spans.find(passage):
                if isinstance(name, Name) and not (name.weak or passage.words[name.first].opens):
                    familiar.update(w.text for w in passage.words[name.first : name.last + 1] if w.capital)
    known = frozenset(familiar)
    return [Placed(p, n) for p in passages for n in spans.find(p, known) if isinstance(n, Name)]


def _mention(item: Placed, family: Family | None) -> Iterable[Mention]:
    text, passage, name = item.text, item.passage, item.name
    span, block = passage.span(name.first, name.last), passage.parsed.index
    nation = places.nationality(text)
    if nation and name.first == name.last and tongues.is_language(passage, name.first):
        return
    if nation and not (places.find(text) and passage.lower(name.first - 1) in ("in", "the", "from")):
        yield Mention(span, nation.type, Form.DEMONYM, nation.name, nation.country, block, places.is_plural(text))
        return
    if family is Family.PERSON:
        yield Mention(span, EntityType.PERSON, Form.NAME, _clean(text), None, block)
    elif family is Family.PLACE:
        place = places.find(text)
        kind = place.type if place else _kind_of_place(item)
        yield Mention(
            span,
            kind,
            Form.NAME,
            place.name if place and kind is EntityType.COUNTRY else _clean(text),
            place.country if place else None,
            block,
            acts=kind is EntityType.COUNTRY and acts(item),
        )
    elif family is Family.BODY:
        yield _body(item, span, block)


def _body(item: Placed, span: Span, block: int) -> Mention:
    """A body by its name; a nationality before a plain name ("Kenyan Health Ministry") is its country, not its name."""
    text, passage, name = item.text, item.passage, item.name
    known = kinds.body(text)
    if known:
        return Mention(span, known[0], Form.NAME, _clean(text), known[1], block)
    end, nation = _owner(passage, name)
    kind = kinds.of_name(text) or EntityType.ORGANISATION
    if nation and nation.type is EntityType.COUNTRY and name.last > end:
        rest = passage.text(end + 1, name.last)
        if kinds.is_common(rest):
            return Mention(span, kinds.of_name(rest) or kind, Form.NAME, _clean(rest), nation.name, block)
        return Mention(span, kind, Form.NAME, _clean(text), nation.name, block)
    country = described.owner(passage, name.first)
    if country is None and kinds.is_common(text):
        country = described.country_behind(passage, name.last)
    base, _, last = text.rpartition(" of ")
    place = places.find(last) if base and country is None else None
    if place is not None and place.type is EntityType.COUNTRY and kinds.is_common(base):
        return Mention(span, kind, Form.NAME, _clean(base), place.name, block)  # "Health Ministry of Freedonia"
    return Mention(span, kind, Form.NAME, _clean(text), country, block)


def _owner(passage: Passage, name: Name) -> tuple[int, Place | None]:
    """The country that a body's name opens with, and its last word: "Kenyan Health Ministry", "United States Senate"."""
    for end in range(min(name.first + 2, name.last - 1), name.first, -1):
        place = places.find(passage.text(name.first, end))
        if place is not None and place.type is EntityType.COUNTRY:
            return end, place
    first = passage.words[name.first].text
    return name.first, places.nationality(first) or places.find(first)


def _kind_of_place(item: Placed) -> EntityType:
    words = item.passage.words[item.name.first : item.name.last + 1]
    after = name_words.place_kinds("after")
    follows = item.passage.lower(item.name.last + 1)
    before = item.passage.lower(item.name.first - 2) if item.passage.lower(item.name.first - 1) == "of" else ""
    for word in (words[-1].lower if len(words) > 1 else "", follows, before):
        if word in after:
            return EntityType(after[word])
    if len(words) > 1 and words[0].lower in name_words.place_kinds("before"):
        return EntityType(name_words.place_kinds("before")[words[0].lower])
    if all(w.label == "LOC" for w in words):
        return EntityType.REGION
    return EntityType.PLACE


def _settled(passages: Sequence[Passage], found: list[Mention], relations: Sequence[Relation]) -> list[Mention]:
    """Bodies of one name get one type: the finest that any occurrence, description or alias tells."""
    told: dict[str, EntityType] = {}
    of_span = {m.span: m for m in found}
    for passage, own in by_passage(passages, found):
        for m in own:
            if m.form is Form.NAME and m.type.family is EntityType.ORGANISATION:
                kind = described.described_type(passage, m) or m.type
                if kind is not EntityType.ORGANISATION:
                    told.setdefault(m.name, kind)
    for relation in relations:
        left, right = of_span.get(relation.subject), of_span.get(relation.object)
        if left and right:
            either = told.get(left.name) or told.get(right.name)
            if either:
                told.setdefault(left.name, either)
                told.setdefault(right.name, either)
    return [
        replace(m, type=told[m.name])
        if m.form is Form.NAME and m.type is EntityType.ORGANISATION and m.name in told
        else m
        for m in found
    ]


def _clean(text: str) -> str:
    """A name without determiner, possessive and line breaks.

    >>> _clean("the Harbour Board's")
    'Harbour Board'
    """
    plain = re.sub(r"\s+", " ", text).strip()
    plain = (
        re.sub(r"^(?:the|a|an)\s+(?=\S)", "", plain, flags=re.IGNORECASE)
        if not plain.startswith("The Hague")
        else plain
    )
    return re.sub(r"['’]s?$", "", plain) if plain.endswith(("'s", "’s")) else plain
