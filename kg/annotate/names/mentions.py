"""Names of persons, bodies and places in an article, typed and cleaned, with nationality words and bodies described."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from kg.annotate.gazetteer.gazetteer import Gazetteer
from kg.annotate.names import aliases, clubs, spans, tongues, votes
from kg.annotate.names.capitals import words
from kg.annotate.names.clues import Family
from kg.annotate.names.nominal import described, staffed
from kg.annotate.names.placed import Placed, acts
from kg.annotate.names.spans import Name
from kg.annotate.parse import clauses
from kg.annotate.parse.words import Passage, by_passage
from kg.english import kinds, name_words, places, titles
from kg.english.places import Place
from kg.model import EntityType, Form, Listed, Mention, Relation, RelationKind, Span

_SHOUTED = 4  # letters of a name in capitals; fewer are those of a body
_FULL = 2  # words of a name with a family name
_UNSURE = (EntityType.ORGANISATION, EntityType.PLACE, EntityType.CITY, EntityType.REGION)


def find(passages: Sequence[Passage], listed: Gazetteer | None = None) -> tuple[list[Mention], list[Relation]]:
    """All mentions by name, by nationality word and by a body's description, in their order, and the aliases given. What
    a user's list has is of the type that the list says.

    Mentions do not overlap. Spans leave determiners, titles and the possessive ``'s`` out. A name's type follows from
    all its occurrences in the article, so that one clear occurrence helps the others.
    """
    placed = _placed(passages, listed)
    pooled = votes.decide(placed)
    found: list[Mention] = []
    playing = clubs.find(placed, passages)
    for number, item in enumerate(placed):
        found.extend(_mention(item, Family.BODY if number in playing else votes.best(pooled[item.text])))
    found = _with_ministers(passages, _in_capitals(_of_one_family(passages, found)))
    found, relations = aliases.find(passages, found)
    found = _settled(passages, found, relations)
    if listed is not None:
        found = [replace(m, type=listed.entry(m.listed).type) if m.listed else m for m in found]
    found += described.find(passages, found)
    bodies = [m for m in found if m.type.family is EntityType.ORGANISATION and m.form is Form.NAME]
    found += [m for passage, own in by_passage(passages, found) for m in staffed.find(passage, own, bodies)]
    led = [replace(m, subject=_leads(passage, m)) for passage, own in by_passage(passages, found) for m in own]
    return sorted(led, key=lambda m: (m.span.start, m.span.end)), relations


def _of_one_family(passages: Sequence[Passage], found: list[Mention]) -> list[Mention]:
    """Names of two words whose last is the family name of a person of the article are persons too, unless they are known or head a
    body; and so is their first word alone ("Savannah Marlow", "Savannah"), unless it stands behind a preposition somewhere.
    """
    families = {m.name.split()[-1] for m in found if m.type is EntityType.PERSON and len(m.name.split()) == _FULL}
    kin = {m.name for m in found if m.type in _UNSURE and len(m.name.split()) == _FULL and _is_kin(m.name, families)}
    if not kin:
        return found
    first = {name.split()[0] for name in kin}
    for passage, own in by_passage(passages, found):
        for m in own:
            at = passage.at(m.span)
            if m.name in first and at is not None and passage.words[at[0] - 1].tag == "IN":
                first.discard(m.name)
    named = kin | first
    return [
        replace(m, type=EntityType.PERSON, country=None, acts=False) if m.name in named and m.type in _UNSURE else m
        for m in found
    ]


def _in_capitals(found: list[Mention]) -> list[Mention]:
    """A family name that is shouted is its bearer's and no body's letters: "PENCE" where Mike Pence is named."""
    persons = [m.name.split() for m in found if m.type is EntityType.PERSON and len(m.name.split()) >= _FULL]
    families = {name[-1].upper() for name in persons if not name[-1].isupper()}
    return [
        replace(m, type=EntityType.PERSON, country=None, acts=False)
        if m.name in families and m.type in _UNSURE and len(m.name) >= _SHOUTED
        else m
        for m in found
    ]


def _with_ministers(passages: Sequence[Passage], found: list[Mention]) -> list[Mention]:
    """What stands right before "Interior minister" is a country, whatever a model takes its name for."""
    out = []
    for passage, own in by_passage(passages, found):
        for m in own:
            at = passage.at(m.span) if m.type is EntityType.PERSON and " " not in m.name else None
            i = at[1] + 1 if at is not None else 0
            topic = i
            while i and passage.lower(topic) in titles.topics():
                topic += 1
            word = passage.word(topic) if topic > i else None
            owned = word is not None and titles.takes_topic(word.text) and not titles.is_plural(word.text)
            out.append(replace(m, type=EntityType.PLACE) if owned else m)
    return out


def _is_kin(name: str, families: Collection[str]) -> bool:
    given, family = name.split()
    return family in families and given.isalpha() and not (places.find(name) or kinds.body(name) or kinds.of_name(name))


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
    to the full name; nationality words, descriptions and pronouns are no named mentions and are left out. What a user's list
    has falls together under its first name, and has its id there as ``listed``.
    """
    kept = [m for m in mentions if m.form is Form.NAME]
    owner = {m.span: m for m in kept}
    same: dict[str, str] = {}
    for relation in relations:
        if relation.kind is RelationKind.ALIAS and relation.subject in owner and relation.object in owner:
            same[owner[relation.object].name] = owner[relation.subject].name
    listed: dict[str, str] = {}
    for m in kept:
        if m.listed:
            same.setdefault(m.name, listed.setdefault(m.listed, m.name))
    ids = {name: id for id, name in listed.items()}
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
        if name in ids:
            record["listed"] = ids[name]
        spans = record["mentions"]
        assert isinstance(spans, list)
        spans.append([m.span.start, m.span.end])
    return list(records.values())


def _placed(passages: Sequence[Passage], listed: Gazetteer | None) -> list[Placed]:
    """The candidates of all passages; headlines with capitals throughout borrow from the rest."""
    familiar: set[str] = set()
    for passage in passages:
        if not passage.all_capitals:
            for name in spans.find(passage):
                if isinstance(name, Name) and not (name.weak or passage.words[name.first].opens):
                    familiar.update(w.text for w in passage.words[name.first : name.last + 1] if w.capital)
    known = frozenset(familiar)
    small = frozenset(w.text for passage in passages for w in passage.words if w.is_word and not w.capital)
    hits = listed.find(passages) if listed is not None else [[] for _ in passages]
    out: list[Placed] = []
    for passage, own in zip(passages, hits, strict=True):
        names = [spans.trimmed(passage, n, known, small) for n in spans.find(passage, known) if isinstance(n, Name)]
        names = spans.joined(passage, names)
        out += (Placed(passage, name, entry) for name, entry in spans.with_listed(names, own))
    return out


def _mention(item: Placed, family: Family | None) -> Iterable[Mention]:
    text, passage, name = item.text, item.passage, item.name
    span, block = passage.span(name.first, name.last), passage.parsed.index
    if item.listed is not None:
        yield _listed(item, item.listed, span, block)
        return
    nation = places.nationality(text)
    if nation and name.first == name.last and tongues.is_language(passage, name.first):
        return
    if nation and name.first == name.last and passage.lower(name.last + 1) in words("waters"):
        whole = passage.span(name.first, name.last + 1)
        yield Mention(whole, EntityType.REGION, Form.NAME, passage.text(name.first, name.last + 1), None, block)
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


def _listed(item: Placed, entry: Listed, span: Span, block: int) -> Mention:
    """A name of a user's list: its type and extent are the list's; the country is what text and name tell."""
    place = places.find(item.text) if entry.type.family is EntityType.PLACE else None
    country = place.country if place is not None else None
    if entry.type.family is EntityType.ORGANISATION:
        country = _body(item, span, block).country
    name = place.name if place is not None and entry.type is EntityType.COUNTRY else _clean(item.text)
    does = entry.type is EntityType.COUNTRY and acts(item)
    return Mention(span, entry.type, Form.NAME, name, country, block, acts=does, listed=entry.id)


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
