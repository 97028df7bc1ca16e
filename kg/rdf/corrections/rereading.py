"""Quads → the statements of one article, as the stage before RDF had them: what a correction changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg import vocabulary as v
from kg.model import Article, Certainty, Kind, Resolved, Spans, Stance, StatedFigure, Statement
from kg.rdf import measures
from kg.rdf import minting as m
from kg.rdf.reading import Source, _each, _key, _keys, _one, _span, offices, references, usual_reason
from kg.vocabulary import Class, Property

Told = Mapping[str, Sequence[str]]


def resolved(local: Source) -> Resolved | None:
    """The article that is all that ``local`` tells of, with its references, offices and statements in the order of their keys;
    ``None`` where it tells of none. What a user's list says is left out: it is no person's to correct here.
    """
    for iri, told in _each(local, Class.ARTICLE):
        return Resolved(
            article=Article(
                id=m.article_id(iri),
                text=_one(told, Property.TEXT) or "",
                title=_one(told, Property.TITLE),
                published=_one(told, Property.PUBLISHED),
                url=_one(told, Property.URL),
                publisher=_one(told, Property.PUBLISHER_NAME),
                authors=tuple(told.get(Property.AUTHOR_NAME, ())),
                language=_one(told, Property.LANGUAGE),
                note=_one(told, Property.NOTE),
            ),
            references=tuple(references(local)),
            offices=tuple(offices(local)),
            statements=tuple(_statement(local, s, one) for s, one in _each(local, Class.STATEMENT)),
        )
    return None


def _statement(local: Source, iri: str, told: Told) -> Statement:
    kind = v.of_concept(told[Property.KIND][0], Kind)
    return Statement(
        key=str(_key(iri)),
        article=m.article_id(iri),
        speaker=_key(_one(told, Property.SPEAKER_REFERENCE)),
        office=_key(_one(told, Property.SPEAKER_OFFICE)),
        cue=_one(told, Property.CUE) or "",
        stance=v.of_concept(told[Property.STANCE][0], Stance),
        kind=kind,
        certainty=v.of_concept(told[Property.CERTAINTY][0], Certainty),
        negated=_one(told, Property.NEGATED) == "true",
        content=_one(told, Property.CONTENT) or "",
        source_spans=_spans(told, Property.SOURCE_EVIDENCE),
        cue_spans=_spans(told, Property.CUE_EVIDENCE),
        content_spans=_spans(told, Property.CONTENT_EVIDENCE),
        evidence=_span(told[Property.EVIDENCE][0]),
        said_on=_one(told, Property.SAID_ON),
        venue=_key(_one(told, Property.PLACE_REFERENCE)),
        recipients=_keys(told, Property.RECIPIENT_REFERENCE),
        about=_keys(told, Property.ABOUT_REFERENCE),
        figures=tuple(_figure(local, figure) for figure in told.get(Property.FIGURE, ())),
        within=_key(_one(told, Property.WITHIN)),
        reason=_one(told, Property.REASON) or usual_reason(kind),
        confidence=float(_one(told, Property.CONFIDENCE) or 1),
    )


def _spans(told: Told, prop: Property) -> Spans:
    return tuple(sorted(_span(iri) for iri in told.get(prop, ())))


def _figure(local: Source, iri: str) -> StatedFigure:
    told = local.told(iri)
    return StatedFigure(
        key=str(_key(iri)),
        span=_span(told[Property.EVIDENCE][0]),
        text=_one(told, Property.WORDING) or "",
        total=_key(_one(told, Property.PART_OF_FIGURE)),
        **measures.fields(told, lambda reference: (str(_key(reference)),)),
    )


__all__ = ["resolved"]
