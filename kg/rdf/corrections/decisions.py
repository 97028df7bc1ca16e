"""Corrections of persons ↔ quads: the decisions themselves, and what came of them in an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg import vocabulary as v
from kg.model import Correction, CorrectionKind, Passage, moment
from kg.rdf import minting as m
from kg.rdf.reading import Source, _one
from kg.vocabulary import Class, Graph, Outside, Property

_PLACE = "thing"  # the mark of the characters of the thing itself
_PARTS = ("statement", "figure", "office", "reference")


def correction(name: str, base: str = v.DATA) -> NamedNode:
    """The IRI of a correction by its id."""
    return m.node(f"{base}correction/{name}")


def person(name: str, base: str = v.DATA) -> NamedNode:
    """The IRI of who decides, by name."""
    return m.node(f"{base}person/{quote(name, safe='', errors='replace')}")


def thing(article: str, local: str, base: str = v.DATA) -> NamedNode:
    """The IRI of a thing of an article from its kind and key ("statement/ab12"); of the article itself for none.

    >>> thing("a", "statement/ab12", "https://example.org/").value
    'https://example.org/article/a/statement/ab12'
    """
    kind, _, key = local.partition("/")
    return m.within(article, kind, key, base) if kind in _PARTS else m.article(article, base)


def local(iri: str) -> str:
    """The kind and key of a thing of an article from its IRI; "" for an article and for all that is of none.

    >>> local("https://example.org/article/a/statement/ab12"), local("https://example.org/article/a")
    ('statement/ab12', '')
    """
    article = m.article_id(iri)
    parts = m.local(iri).split("/") if article else []
    return f"{parts[2]}/{unquote(parts[3])}" if len(parts) == 4 else ""


def correction_quads(one: Correction) -> list[Quad]:
    """A decision, in the graph of decisions; what it undoes is marked as invalidated by it."""
    s = correction(one.id)
    graph = Graph.DECISIONS
    out = [
        m.quad(s, v.TYPE, m.node(Class.CORRECTION), graph),
        m.quad(s, Property.CORRECTS, thing(one.article, one.thing), graph),
        m.quad(s, Outside.USED, m.article(one.article), graph),
        m.quad(s, Property.CORRECTION_KIND, m.node(v.concept(one.kind)), graph),
        m.quad(s, Property.DECIDED_BY, m.string(one.by), graph),
        m.quad(s, Outside.GENERATED_AT, m.instant(one.at), graph),
        m.quad(s, Property.NEW_VALUE, m.string(one.value), graph),
        m.quad(s, Outside.WAS_ATTRIBUTED_TO, person(one.by), graph),
        m.quad(person(one.by), v.TYPE, m.node(Outside.PERSON_AGENT), graph),
        m.quad(person(one.by), v.LABEL, m.string(one.by), graph),
    ]
    texts = ((Property.CORRECTED_PART, one.part), (Property.REASON, one.why), (Outside.SOURCE, one.url))
    out += [m.quad(s, prop, m.string(text), graph) for prop, text in texts if text]
    for role, passage in ((_PLACE, one.passage), *one.marked):
        mark = m.node(f"{s.value}/{role}")
        out.append(m.quad(s, Property.MARKED, mark, graph))
        out += _passage_quads(mark, passage)
    if one.kind is CorrectionKind.UNDO:
        out.append(m.quad(correction(one.value), Outside.INVALIDATED_BY, s, graph))
    return out


def _passage_quads(mark: NamedNode, passage: Passage) -> list[Quad]:
    graph = Graph.DECISIONS
    out = [
        m.quad(mark, Outside.START, m.integer(passage.start), graph),
        m.quad(mark, Outside.END, m.integer(passage.end), graph),
        m.quad(mark, Outside.EXACT, m.string(passage.quote), graph),
    ]
    sides = ((Outside.PREFIX, passage.prefix), (Outside.SUFFIX, passage.suffix))
    return out + [m.quad(mark, prop, m.string(text), graph) for prop, text in sides if text]


def corrections(
    store: Source, article: str | None = None, url: str | None = None, *, base: str = v.DATA
) -> list[Correction]:
    """The corrections of all articles, or those of one: made on it, or on another version under its address ``url``."""
    if article is None:
        found = set(store.subjects(v.TYPE, m.node(Class.CORRECTION)))
    else:
        found = set(store.subjects(Outside.USED, m.article(article, base)))
        found |= set(store.subjects(Outside.SOURCE, m.string(url))) if url else set()
    made = (_correction(store, iri) for iri in sorted(found))
    return sorted((one for one in made if one is not None), key=lambda c: (moment(c.at), c.id))


def _correction(store: Source, iri: str) -> Correction | None:
    told = store.told(iri)
    if Class.CORRECTION not in told.get(v.TYPE, ()):
        return None
    marks = {mark.rpartition("/")[2]: _passage(store.told(mark)) for mark in told.get(Property.MARKED, ())}
    kind, about = _one(told, Property.CORRECTION_KIND), _one(told, Property.CORRECTS) or ""
    place, article = marks.pop(_PLACE, None), m.article_id(about)
    if place is None or kind is None or not article:
        return None
    return Correction(
        article=article,
        passage=place,
        kind=v.of_concept(kind, CorrectionKind),
        by=_one(told, Property.DECIDED_BY) or "",
        at=_one(told, Outside.GENERATED_AT) or "",
        thing=local(about),
        part=_one(told, Property.CORRECTED_PART) or "",
        value=_one(told, Property.NEW_VALUE) or "",
        marked=tuple(sorted(marks.items())),
        why=_one(told, Property.REASON) or "",
        url=_one(told, Outside.SOURCE) or "",
    )


def _passage(told: Mapping[str, Sequence[str]]) -> Passage:
    start, end = (int(n) if (n := _one(told, prop) or "").isdecimal() else 0 for prop in (Outside.START, Outside.END))
    return Passage(start, end, *(_one(told, prop) or "" for prop in (Outside.EXACT, Outside.PREFIX, Outside.SUFFIX)))


def revision_quads(
    article: str,
    revised: Mapping[str, tuple[str, tuple[str, ...]]],
    rejected: Mapping[str, tuple[str, ...]],
    people: Mapping[str, str],
    base: str = v.DATA,
) -> list[Quad]:
    """What corrections made of the things of an article: whose revision each is, by whom, by which corrections. ``people`` gives
    who decided by the id of a correction.
    """
    graph = Graph.PROVENANCE
    out: list[Quad] = []
    for now, (before, names) in sorted(revised.items()):
        s = thing(article, now, base)
        if before:
            out.append(m.quad(s, Outside.WAS_REVISION_OF, thing(article, before, base), graph))
        for name in names:
            out.append(m.quad(s, Outside.WAS_INFLUENCED_BY, correction(name, base), graph))
            out.append(m.quad(s, Outside.WAS_ATTRIBUTED_TO, person(people[name], base), graph))
    for before, names in sorted(rejected.items()):
        s = thing(article, before, base)
        out += (m.quad(s, Outside.INVALIDATED_BY, correction(name, base), graph) for name in names)
    return out


def superseded_quads(article: str, patch: str, base: str = v.DATA) -> list[Quad]:
    """What the machine read of an article and does not hold any more, as rows of an RDF patch."""
    return (
        [m.quad(m.extraction(article, base), Property.SUPERSEDED, ox.Literal(patch), Graph.PROVENANCE)] if patch else []
    )


def written(one: Correction) -> Correction:
    """A decision as a graph gives it back: without characters that no graph can hold."""
    by, part, value, why, url = (m.string(text).value for text in (one.by, one.part, one.value, one.why, one.url))
    return replace(one, by=by, part=part, value=value, why=why, url=url)


__all__ = [
    "correction",
    "correction_quads",
    "corrections",
    "local",
    "person",
    "revision_quads",
    "superseded_quads",
    "thing",
    "written",
]
