"""Quads → claims and assertions: what comparison needs of the stored statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from kg import vocabulary as v
from kg.model import Assertion, Claim, Comparator, Stance
from kg.rdf.reading import Source, _article, _rows

_VOUCHING = 0
_UNNAMED, _RELAY, _NOBODY = 1, 2, 3


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str
    kind: str
    bodies: tuple[str, ...]


def claims(store: Source) -> list[Claim]:
    """Every stored figure with the statement that gives it, names resolved to entities. ``statement`` and ``figure`` are
    IRIs. A figure that is relayed counts once, for who vouches for it: a person or body before an unnamed source, a
    document or the news organisation that passes it on; the outermost of those.
    """
    concepts = _many(store, "SELECT ?f ?w WHERE { ?f kg:concept ?w } ORDER BY ?f ?w")
    places = _many(store, "SELECT DISTINCT ?f ?n WHERE { ?f kg:placeReference/kg:refersTo/kg:name ?n } ORDER BY ?f ?n")
    speakers = _speakers(store)
    context = _context(store)
    outer: dict[str, str] = {
        str(s): str(o) for s, o in _rows(store, "SELECT ?s ?o WHERE { ?s kg:within ?o } ORDER BY ?s ?o")
    }
    rows = _rows(
        store,
        "SELECT ?s ?f ?speaker ?said ?published ?value ?low ?high ?comparator ?wording ?unit ?population ?event ?asof "
        "?unofficial ?change ?total ?content ?stance ?kind ?cue WHERE { ?s kg:figure ?f ; kg:inArticle ?a ; kg:content ?content ; "
        "kg:stance ?stance ; kg:kind ?kind . ?f kg:comparator ?comparator ; kg:wording ?wording . OPTIONAL { ?s kg:cue ?cue } "
        "OPTIONAL { ?s kg:speaker ?speaker } OPTIONAL { ?s kg:saidOn ?said } OPTIONAL { ?a kg:published ?published } "
        "OPTIONAL { ?f kg:value ?value } OPTIONAL { ?f kg:low ?low } OPTIONAL { ?f kg:high ?high } OPTIONAL { ?f kg:unit ?unit } "
        "OPTIONAL { ?f kg:population ?population } OPTIONAL { ?f kg:event ?event } OPTIONAL { ?f kg:asOf ?asof } "
        "OPTIONAL { ?f kg:unofficial ?unofficial } OPTIONAL { ?f kg:change ?change } OPTIONAL { ?f kg:partOfFigure ?total } "
        "} ORDER BY ?f ?s",
    )
    given: dict[str, list[tuple[tuple[int, int], Claim]]] = defaultdict(list)
    for (s, f, who, said, published, value, low, high, comparator, wording, unit, population, event, as_of, unofficial,
         change, total, content, stance, kind, cue) in rows:  # fmt: skip
        speaker = speakers.get(str(who)) if who else None
        claim = Claim(
            statement=str(s),
            figure=str(f),
            article=_article(s),
            speaker=who,
            speaker_name=speaker.name if speaker else "an unnamed source",
            said_on=said,
            published=published,
            value=_number(value),
            low=_number(low),
            high=_number(high),
            comparator=v.of_concept(str(comparator), Comparator),
            text=str(wording),
            unit=unit or "",
            population=population or "",
            event=event or "",
            places=tuple(places[str(f)]),
            as_of=as_of,
            unofficial=unofficial == "true",
            concepts=tuple(concepts[str(f)]),
            change=change,
            total=total,
            content=content or "",
            stance=v.of_concept(str(stance), Stance),
            author=str(kind).endswith("-author") or not cue,
            bodies=speaker.bodies if speaker else (),
            context=context.get(_article(s), ()),
        )
        given[str(f)].append(((_rank(speaker), _depth(str(s), outer)), claim))
    return [_vouched(found) for _, found in sorted(given.items())]


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
    if speaker.kind == v.Class.UNNAMED_SOURCE:
        return _UNNAMED
    return _RELAY if speaker.kind in (v.Class.DOCUMENT, v.Class.NEWS_ORGANISATION) else _VOUCHING


def _depth(statement: str, outer: dict[str, str]) -> int:
    depth, seen = 0, {statement}
    while (statement := outer.get(statement, "")) and statement not in seen:
        seen.add(statement)
        depth += 1
    return depth


def _speakers(store: Source) -> dict[str, _Speaker]:
    """All speakers by IRI, with the bodies that they speak for: organisations, never countries."""
    bodies: dict[str, dict[str, None]] = defaultdict(dict)
    for s, body in _rows(
        store,
        "SELECT DISTINCT ?p ?b WHERE { ?s kg:speaker ?p ; kg:onBehalfOf ?b . ?b a ?type . "
        "FILTER(?type NOT IN (kg:Country, kg:Place, kg:City, kg:Region, kg:Government)) } ORDER BY ?p ?b",
    ):
        bodies[str(s)][str(body)] = None
    rows = _rows(
        store,
        "SELECT DISTINCT ?p ?name ?type WHERE { ?s kg:speaker ?p . ?p kg:name ?name ; a ?type } ORDER BY ?p ?type",
    )
    return {str(p): _Speaker(str(name), str(kind), tuple(bodies[str(p)])) for p, name, kind in rows}


def _context(store: Source) -> dict[str, tuple[str, ...]]:
    """The names of the places, organisations and people that an article mentions."""
    rows = _rows(
        store,
        "SELECT DISTINCT ?a ?n WHERE { ?r kg:inArticle ?a ; kg:refersTo ?e . ?e kg:name ?n ; a ?type . "
        "FILTER(?type NOT IN (kg:UnnamedSource, kg:Document)) } ORDER BY ?a ?n",
    )
    out: dict[str, list[str]] = defaultdict(list)
    for article, name in rows:
        out[_article(article)].append(str(name))
    return {article: tuple(names) for article, names in out.items()}


def assertions(store: Source) -> list[Assertion]:
    """Every stored statement with its polarity and the entities that it is about or that say it."""
    actors: dict[str, list[str]] = _many(
        store,
        "SELECT DISTINCT ?s ?e WHERE { ?s a kg:Statement . { ?s kg:about/kg:name ?e } UNION { ?s kg:speaker/kg:name ?e } } ORDER BY ?s ?e",
    )
    rows = _rows(
        store,
        "SELECT ?s ?speaker ?name ?said ?published ?content ?stance ?negated ?within WHERE { ?s a kg:Statement ; kg:content ?content ; "
        "kg:stance ?stance ; kg:negated ?negated ; kg:inArticle ?a . OPTIONAL { ?s kg:speaker ?speaker . ?speaker kg:name ?name } "
        "OPTIONAL { ?s kg:saidOn ?said } OPTIONAL { ?a kg:published ?published } OPTIONAL { ?s kg:within ?within } } ORDER BY ?s",
    )
    return [
        Assertion(
            statement=str(s),
            article=_article(s),
            speaker=speaker,
            speaker_name=name or "an unnamed source",
            said_on=said,
            published=published,
            content=str(content),
            stance=v.of_concept(str(stance), Stance),
            negated=negated == "true",
            actors=tuple(actors[str(s)]),
            within=within,
        )
        for s, speaker, name, said, published, content, stance, negated, within in rows
    ]


def _many(store: Source, query: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = defaultdict(list)
    for iri, word in _rows(store, query):
        out[str(iri)].append(str(word))
    return out


def _number(text: str | None) -> float | None:
    return float(text) if text is not None else None


__all__ = ["assertions", "claims"]
