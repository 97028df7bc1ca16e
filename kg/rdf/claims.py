"""Quads → claims, assertions and what articles cover: what comparison needs of the stored statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from kg import vocabulary as v
from kg.english.lists import alternation, listed
from kg.model import Assertion, Claim, Covered, EntityType, Kind, Stance
from kg.rdf import measures
from kg.rdf import minting as m
from kg.rdf.reading import Source, _article, _each, _one
from kg.vocabulary import Class, Outside, Property

Told = Mapping[str, Sequence[str]]

_VOUCHING = 0
_UNNAMED, _RELAY, _NOBODY = 1, 2, 3
_NO_BODIES = frozenset(
    {EntityType.COUNTRY, EntityType.PLACE, EntityType.CITY, EntityType.REGION, EntityType.GOVERNMENT}
)
_NO_CONTEXT = frozenset({EntityType.UNNAMED, EntityType.DOCUMENT})


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str
    kind: EntityType
    bodies: tuple[str, ...]


class _Names:
    """Entities by IRI: their names and types, and the dates of articles, each looked up once."""

    def __init__(self, store: Source) -> None:
        self._store = store
        self._known: dict[str, tuple[str | None, EntityType | None]] = {}
        self._published: dict[str, str | None] = {}

    def _of(self, iri: str) -> tuple[str | None, EntityType | None]:
        if iri not in self._known:
            told = self._store.told(iri)
            kind = _one(told, Property.ENTITY_TYPE)
            self._known[iri] = (_one(told, Property.NAME), v.of_concept(kind, EntityType) if kind else None)
        return self._known[iri]

    def name(self, iri: str) -> str | None:
        return self._of(iri)[0]

    def type(self, iri: str) -> EntityType | None:
        return self._of(iri)[1]

    def published(self, article: str) -> str | None:
        if article not in self._published:
            self._published[article] = _one(self._store.told(article), Property.PUBLISHED)
        return self._published[article]


def claims(store: Source) -> list[Claim]:
    """Every stored figure with the statement that gives it, names resolved to entities. A figure that is relayed counts
    once, for who vouches for it: a person or body before an unnamed source, a document or the news organisation that passes it
    on; the outermost of those. The bodies that a speaker speaks for are those of the same article.
    """
    statements = _each(store, Class.STATEMENT)
    names = _Names(store)
    outer = {s: told[Property.WITHIN][0] for s, told in statements if Property.WITHIN in told}
    speakers = _speakers(statements, names)
    counting = [(s, told) for s, told in statements if Property.FIGURE in told]
    context = _context(store, {_article(s) for s, _ in counting}, names)
    given: dict[str, list[tuple[tuple[int, int], Claim]]] = defaultdict(list)
    for s, told in counting:
        article, who = _article(s), _one(told, Property.SPEAKER)
        speaker = speakers.get((article, who)) if who else None
        for f in told[Property.FIGURE]:
            figure = store.told(f)
            claim = Claim(
                statement=s,
                figure=f,
                article=article,
                speaker=who,
                speaker_name=speaker.name if speaker else "an unnamed source",
                said_on=_one(told, Property.SAID_ON),
                published=names.published(told[Property.IN_ARTICLE][0]),
                text=_one(figure, Property.WORDING) or "",
                total=_one(figure, Property.PART_OF_FIGURE),
                content=_one(told, Property.CONTENT) or "",
                stance=v.of_concept(told[Property.STANCE][0], Stance),
                author=told[Property.KIND][0].endswith("-author") or not _one(told, Property.CUE),
                bodies=speaker.bodies if speaker else (),
                context=context.get(article, ((), ()))[0],
                sites=context.get(article, ((), ()))[1],
                **_sentence(store, told, figure),
                **measures.fields(figure, lambda reference: _meant(store, reference, names)),
            )
            given[f].append(((_rank(speaker), _depth(s, outer)), claim))
    return _with_turns([_vouched(found) for _, found in sorted(given.items())])


def _with_turns(found: list[Claim]) -> list[Claim]:
    """The claims of articles, each with the nearest places before and behind it where its source gives another number of the same: the depths of
    several quakes.
    """
    same: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(found, key=lambda claim: claim.start):
        same[_counted(claim)].append(claim)
    turns: dict[str, tuple[int, ...]] = {}
    for told in same.values():
        for way in (told, told[::-1]):
            turn: int | None = None
            for last, claim in pairwise(way):
                turn = last.start if _number(last) != _number(claim) else turn
                if turn is not None:
                    turns[claim.figure] = (*turns.get(claim.figure, ()), turn)
    return [replace(claim, turns=turns.get(claim.figure, ())) for claim in found]


def _counted(claim: Claim) -> tuple[object, ...]:
    who = "" if claim.author else claim.speaker
    return claim.article, who, claim.unit, claim.per, claim.population, claim.concepts, claim.event


def _number(claim: Claim) -> tuple[object, ...]:
    return claim.value, claim.low, claim.high


def _sentence(store: Source, statement: Told, figure: Told) -> dict[str, Any]:
    """The sentence of a figure, where in it the figure starts, and where in the article; "" and -1 where the statement's evidence does not
    hold it.
    """
    text, first = _quoted(store, statement)
    wording, start = _quoted(store, figure)
    at = start - first
    if at < 0 or text[at : at + len(wording)] != wording:
        return {"sentence": "", "at": -1, "start": start}
    begin = max((m.end() for m in _ENDS.finditer(text, 0, at)), default=0)
    end = _ENDS.search(text, at + len(wording))
    sentence = text[begin : end.start() if end else len(text)].rstrip()
    return {"sentence": sentence, "at": at - begin, "start": start}


_ENDS = re.compile(r"[.!?][”\"’)]*\s+(?=[“\"‘(]?[A-Z0-9])|\n\s*")


def _quoted(store: Source, thing: Told) -> tuple[str, int]:
    """The text that a thing's evidence quotes, and where it starts in the article."""
    for evidence in thing.get(Property.EVIDENCE, ()):
        told = store.told(evidence)
        return _one(told, Outside.EXACT) or "", int(_one(told, Outside.START) or 0)
    return "", 0


def _vouched(found: list[tuple[tuple[int, int], Claim]]) -> Claim:
    """The claim of who vouches for a figure, naming the unnamed source or document that it is from."""
    found = sorted(found, key=lambda pair: (pair[0], pair[1].statement))
    best = found[0][1]
    cited = next((c for (rank, _), c in found[1:] if rank in (_UNNAMED, _RELAY) and c.speaker != best.speaker), None)
    said = best.said_on or next((c.said_on for _, c in found if c.said_on), None)
    if cited is None or cited.speaker is None:
        return replace(best, said_on=said)
    unofficial = best.unofficial or "unofficial" in cited.speaker_name.lower()
    return replace(best, said_on=said, citing=cited.speaker_name, unofficial=unofficial)


def _rank(speaker: _Speaker | None) -> int:
    if speaker is None:
        return _NOBODY
    if speaker.kind is EntityType.UNNAMED:
        return _UNNAMED
    return _RELAY if speaker.kind in (EntityType.DOCUMENT, EntityType.NEWS_ORGANISATION) else _VOUCHING


def _depth(statement: str, outer: dict[str, str]) -> int:
    depth, seen = 0, {statement}
    while (statement := outer.get(statement, "")) and statement not in seen:
        seen.add(statement)
        depth += 1
    return depth


def _speakers(statements: Sequence[tuple[str, Told]], names: _Names) -> dict[tuple[str, str], _Speaker]:
    """The speakers of each article (its id, IRI of the speaker), with the bodies that they speak for in it: organisations,
    never countries.
    """
    bodies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for s, told in statements:
        for who in told.get(Property.SPEAKER, ()):
            for body in told.get(Property.ON_BEHALF_OF, ()):
                if names.type(body) not in _NO_BODIES:
                    bodies[_article(s), who].add(body)
    out = {}
    for s, told in statements:
        for who in told.get(Property.SPEAKER, ()):
            name, kind = names.name(who), names.type(who)
            if name is not None and kind is not None:
                out[_article(s), who] = _Speaker(name, kind, tuple(sorted(bodies[_article(s), who])))
    return out


def _meant(store: Source, reference: str, names: _Names) -> list[str]:
    """The names of the entities that a reference means."""
    meant = store.told(reference).get(Property.REFERS_TO, ())
    return [name for entity in meant if (name := names.name(entity)) is not None]


def _context(store: Source, articles: set[str], names: _Names) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The names of the places, organisations and people that these articles mention, and those of the places alone."""
    out: dict[str, dict[str, bool]] = defaultdict(dict)
    for reference in store.subjects(v.TYPE, m.node(Class.REFERENCE)):
        article = _article(reference)
        if article not in articles:
            continue
        for entity in store.told(reference).get(Property.REFERS_TO, ()):
            name, kind = names.name(entity), names.type(entity)
            if name is not None and kind is not None and kind not in _NO_CONTEXT:
                out[article][name] = out[article].get(name, False) or kind.family is EntityType.PLACE
    return {
        article: (tuple(sorted(found)), tuple(sorted(name for name, place in found.items() if place)))
        for article, found in out.items()
    }


def covered(store: Source) -> list[Covered]:
    """Each stored article with the entities that it mentions, in order."""
    names: dict[str, set[tuple[str, EntityType]]] = {}
    for reference in store.subjects(v.TYPE, m.node(Class.REFERENCE)):
        mine = names.setdefault(_article(reference), set())
        for entity in store.told(reference).get(Property.REFERS_TO, ()):
            told = store.told(entity)
            name, kind = _one(told, Property.NAME), _one(told, Property.ENTITY_TYPE)
            if name is not None and kind is not None:
                mine.add((name, v.of_concept(kind, EntityType)))
    return [
        Covered(
            _article(iri), _one(told, Property.PUBLISHED), _one(told, Property.PUBLISHER_NAME) or "",
            _one(told, Property.TITLE) or "", _one(told, Property.TEXT) or "", tuple(sorted(names.get(_article(iri), ()))),
        )
        for iri, told in _each(store, Class.ARTICLE)
    ]  # fmt: skip


def assertions(store: Source) -> list[Assertion]:
    """Every stored statement with its polarity and the entities that it is about or that say it."""
    names = _Names(store)
    out = []
    for s, told in _each(store, Class.STATEMENT):
        article, speaker = _article(s), _one(told, Property.SPEAKER)
        actors = {names.name(e) for p in (Property.ABOUT, Property.SPEAKER) for e in told.get(p, ())}
        out.append(
            Assertion(
                statement=s,
                article=article,
                speaker=speaker,
                speaker_name=(names.name(speaker) if speaker else None) or "an unnamed source",
                said_on=_one(told, Property.SAID_ON),
                published=names.published(told[Property.IN_ARTICLE][0]),
                content=_one(told, Property.CONTENT) or "",
                stance=v.of_concept(told[Property.STANCE][0], Stance),
                negated=_one(told, Property.NEGATED) == "true",
                actors=tuple(sorted(name for name in actors if name is not None)),
                within=_one(told, Property.WITHIN),
            )
        )
    return _with_answers(store, out)


# "That toll", "the claim", "the Civil Guard's figures": a denial that points back at what another said before it.
_BACK = re.compile(
    rf"(?:(?:{alternation(listed('comparison_words', 'back'))})|(?:the\s+)?(?P<owner>[^'’]+?)['’]s?)\s+(?:[\w-]+\s+){{0,2}}"
    rf"(?P<noun>{alternation((*listed('comparison_words', 'told_count'), *listed('comparison_words', 'told_claim')))})\W*",
    re.IGNORECASE,
)
_COUNTS = frozenset(listed("comparison_words", "told_count"))
_CHARGES = frozenset(listed("comparison_words", "charge"))
_SOON = 600  # characters back from a denial to what it points at


def _with_answers(store: Source, found: list[Assertion]) -> list[Assertion]:
    """The assertions, where a denial points back with the one that it points at: by a name for it, or with the very same words ("said
    that A, a claim NAME denies").
    """
    back = {a.statement: match for a in found if a.stance is Stance.DENIED and (match := _BACK.fullmatch(a.content))}
    articles = {a.article for a in found if a.statement in back}
    by_article: dict[str, list[tuple[int, Assertion]]] = defaultdict(list)
    for a in found:
        if a.article in articles:
            text, start = _quoted(store, store.told(a.statement))
            by_article[a.article].append((start + max(0, text.find(a.content)), a))
    answers = _in_the_same_words(store, found)
    articles |= {a.article for a in found if a.statement in answers}
    for told in by_article.values():
        for start, a in told:
            if a.statement in back:
                before = [(at, other) for at, other in told if start - _SOON < at < start]
                target = _pointed_at(store, a, back[a.statement], before)
                if target is not None:
                    answers[a.statement] = target
    answered = set(answers.values())
    return [
        replace(a, answers=answers.get(a.statement), answered=a.statement in answered) if a.article in articles else a
        for a in found
    ]


def _in_the_same_words(store: Source, found: Sequence[Assertion]) -> dict[str, str]:
    """For each denial the statement of the same article that somebody else makes with the words that it denies."""
    said: dict[tuple[str, str], list[Assertion]] = defaultdict(list)
    for a in found:
        said[a.article, a.content.removeprefix("that ")].append(a)
    answers = {}
    for alike in said.values():
        for denial in alike if len(alike) > 1 else ():
            others = (a for a in alike if a.stance is not Stance.DENIED and a.speaker not in (None, denial.speaker))
            if denial.stance is Stance.DENIED and (told := next((a for a in others if not _is_author(store, a)), None)):
                answers[denial.statement] = told.statement
    return answers


def _is_author(store: Source, a: Assertion) -> bool:
    return v.of_concept(store.told(a.statement)[Property.KIND][0], Kind) is Kind.AUTHOR


def _pointed_at(
    store: Source, denial: Assertion, back: re.Match[str], before: Sequence[tuple[int, Assertion]]
) -> str | None:
    """The statement nearest before a denial that it can be one of: with a number, for "that toll"; ``None`` where that is by
    nobody else, or the author's own.
    """
    counts, owner = back["noun"].lower() in _COUNTS, (back["owner"] or "").casefold()
    if (
        back["noun"].lower() in _CHARGES
    ):  # "denied the accusations": of what somebody was accused before, where that is told
        before = [pair for pair in before if pair[1].stance is Stance.BLAMED] or before
    for _, other in sorted(before, key=lambda pair: (-pair[0], pair[1].statement)):
        told, name = store.told(other.statement), other.speaker_name.casefold()
        if denial.statement == other.within or other.statement == denial.within:
            continue
        if (counts and Property.FIGURE not in told) or (owner and owner not in name and name not in owner):
            continue
        own = other.speaker in (None, denial.speaker) or _is_author(store, other)
        return None if own or other.stance is Stance.DENIED else other.statement
    return None


__all__ = ["assertions", "claims", "covered"]
