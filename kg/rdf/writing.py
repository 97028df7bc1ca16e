"""Model → quads. One named graph an article, one for entities, one for comparisons, one for provenance.

The graph of an article holds what never changes when others arrive; the entities graph holds judgements, entities and
the shortcuts from statements to entities on which queries rest. The content of a statement is a literal, never a triple.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocabulary as v
from kg.model import (
    ALIKE_RULE,
    Affair,
    Article,
    Comparison,
    CountJudgement,
    Entity,
    EntityType,
    Form,
    Judgement,
    Listed,
    ListSource,
    OfficeHeld,
    Reference,
    Resolved,
    Span,
    StatedFigure,
    Statement,
    Tense,
    digest,
)
from kg.rdf import measures, state, times
from kg.rdf import minting as m
from kg.rdf.reading import USUAL_REASON, StatementLinks, usual_reason
from kg.vocabulary import Class, Dating, Graph, Outside, Property

# So much context on each side lets a quotation be found again where the text has moved (Web Annotation, 4.2.4).
_CONTEXT = 32


class _Writer:
    """Collects the quads of one graph; ``whole`` are those, too, that say what the others say."""

    def __init__(self, graph: NamedNode, *, whole: bool = False) -> None:
        self._graph = graph
        self.whole = whole
        self.quads: list[Quad] = []

    def type(self, subject: NamedNode, *classes: str) -> None:
        for name in classes:
            self.quads.append(Quad(subject, m.node(v.TYPE), m.node(name), self._graph))

    def add(self, subject: NamedNode, prop: str | None, *values: NamedNode | Literal | None) -> None:
        for value in values:
            if prop is not None and value is not None:
                self.quads.append(Quad(subject, m.node(prop), value, self._graph))

    def text(self, subject: NamedNode, prop: str, *values: str | None) -> None:
        self.add(subject, prop, *(m.string(value) for value in values if value))

    def words(self, subject: NamedNode, prop: str, language: str | None, *values: str | None) -> None:
        """Words of an article, in its language."""
        self.add(subject, prop, *(m.words(value, language) for value in values if value))

    def time(self, subject: NamedNode, *dates: tuple[Dating | None, str | None]) -> None:
        """The bounds in time of a thing, from the first of ``dates`` that has any; those of the publication of its article have
        no dating.
        """
        found = times.dated(dates)
        if found is not None:
            dating, (earliest, latest) = found
            self.add(subject, Property.EARLIEST, m.instant(earliest) if earliest else None)
            self.add(subject, Property.LATEST, m.instant(latest) if latest else None)
            self.add(subject, Property.DATING, m.node(v.concept(dating)) if dating is not None else None)


def article_quads(resolved: Resolved, *, whole: bool = False) -> Iterator[Quad]:
    """All quads of one article's own graph. With ``whole`` those, too, that the others imply and that older graphs have: the words
    around quotations that stand once in the text, the usual reasons, ``unofficial false``, the concepts that a population names.
    """
    article = resolved.article
    writer = _Writer(m.graph(article.id), whole=whole)
    said = _said(resolved.statements)
    _article(writer, article)
    described: set[NamedNode] = set()
    for reference in resolved.references:
        _reference(writer, article, reference, described)
    used = {r.listed for r in resolved.references}
    for entry in resolved.listed:
        if entry.id in used:
            _listed(writer, entry, resolved.listed_in)
    for office in resolved.offices:
        _office(writer, article, office)
    for statement in resolved.statements:
        _statement(writer, article, statement)
    for figure in _once(resolved.statements):
        _figure(writer, article, figure, said.get(figure.key))
    for subject, prop, value in measures.words_of_events(f for s in resolved.statements for f in s.figures):
        writer.add(subject, prop, value)
    yield from dict.fromkeys(writer.quads)


def _once(statements: Iterable[Statement]) -> list[StatedFigure]:
    """Each figure once: what the first statement that gives it does not know of it, a later one tells. The whole of a part is
    left out where no statement gives it.
    """
    found: dict[str, StatedFigure] = {}
    for figure in (figure for statement in statements for figure in statement.figures):
        first = found.setdefault(figure.key, figure)
        missing = {
            field.name: getattr(figure, field.name)
            for field in fields(first)
            if getattr(first, field.name) in (None, "", ())
        }
        found[figure.key] = replace(first, **missing)
    return [f if f.total in found else replace(f, total=None) for f in found.values()]


def _said(statements: Iterable[Statement]) -> dict[str, str]:
    """When each figure (its key) was said, where a statement that gives it has a date of its own."""
    found: dict[str, str] = {}
    for statement in statements:
        if statement.said_on and times.moments(statement.said_on):
            for figure in statement.figures:
                found.setdefault(figure.key, statement.said_on)
    return found


def _article(w: _Writer, article: Article) -> None:
    s = m.article(article.id)
    w.type(s, Class.ARTICLE)
    w.words(s, Property.TITLE, article.language, article.title)
    w.text(s, Property.URL, article.url)
    w.text(s, Property.PUBLISHER_NAME, article.publisher)
    w.text(s, Property.AUTHOR_NAME, *article.authors)
    w.text(s, Property.PUBLISHED, article.published)
    w.time(s, (Dating.OWN, article.published))
    w.text(s, Property.LANGUAGE, article.language)
    w.text(s, Property.NOTE, article.note)
    w.words(s, Property.TEXT, article.language, article.text)


def _reference(w: _Writer, article: Article, reference: Reference, described: set[NamedNode]) -> None:
    """A reference with its mentions; characters that another one shares (``described``) are told of once."""
    s = m.within(article.id, "reference", reference.key)
    w.type(s, Class.REFERENCE)
    w.text(s, Property.NAME, reference.name)
    w.text(s, Property.ALIAS, *reference.aliases)
    w.add(s, Property.ENTITY_TYPE, m.node(v.concept(reference.type)))
    w.text(s, Property.COUNTRY_NAME, reference.country)
    if reference.listed:
        w.add(s, Property.LISTED_AS, m.listed(reference.listed))
    if reference.part_of:
        w.add(s, Property.PART_OF_REFERENCE, m.within(article.id, "reference", reference.part_of))
    for link in reference.mentions:
        mention = m.characters(article.id, link.span)
        w.add(s, Property.MENTION, mention)
        if mention in described:
            continue
        described.add(mention)
        if link.form is not Form.NAME:
            w.add(mention, Property.FORM, m.node(v.concept(link.form)))
        if link.reason != USUAL_REASON[link.form]:
            w.text(mention, Property.REASON, link.reason)


def _listed(w: _Writer, entry: Listed, file: ListSource | None) -> None:
    """What a user's list says of somebody, beside what the article says."""
    s = m.listed(entry.id)
    w.type(s, Class.LISTED_NAME)
    w.text(s, Property.NAME, entry.name)
    w.text(s, Property.ALIAS, *entry.aliases, *entry.weak)
    w.add(s, Property.ENTITY_TYPE, m.node(v.concept(entry.type)))
    w.add(s, Outside.EXACT_MATCH, m.node(v.WIKIDATA + entry.item) if entry.item else None)
    w.add(s, Outside.WAS_DERIVED_FROM, m.name_list(file.digest) if file is not None else None)


def _office(w: _Writer, article: Article, office: OfficeHeld) -> None:
    s = m.within(article.id, "office", office.key)
    w.type(s, Class.OFFICE_HELD)
    w.add(s, Property.IN_ARTICLE, m.article(article.id))
    w.words(s, Property.ROLE_TITLE, article.language, office.title)
    w.add(s, Property.TENSE, m.node(v.concept(office.tense)))
    w.add(s, Property.HOLDER_REFERENCE, m.within(article.id, "reference", office.person))
    if office.organisation:
        w.add(s, Property.OFFICE_IN_REFERENCE, m.within(article.id, "reference", office.organisation))
    if office.evidence is not None:
        w.add(s, Property.EVIDENCE, _evidence(w, article, office.evidence))
    else:
        w.add(s, Outside.WAS_DERIVED_FROM, m.listed(office.listed))
        w.text(s, Property.NOTE, f"From the list of names ({office.source}), not from the article.")


def _statement(w: _Writer, article: Article, st: Statement) -> None:
    s = m.within(article.id, "statement", st.key)
    w.type(s, Class.STATEMENT)
    if st.within:
        w.add(s, Property.WITHIN, m.within(article.id, "statement", st.within))
    w.add(s, Property.IN_ARTICLE, m.article(article.id))
    for prop, key in ((Property.SPEAKER_REFERENCE, st.speaker), (Property.PLACE_REFERENCE, st.venue)):
        if key:
            w.add(s, prop, m.within(article.id, "reference", key))
    if st.office:
        w.add(s, Property.SPEAKER_OFFICE, m.within(article.id, "office", st.office))
    w.add(s, Property.RECIPIENT_REFERENCE, *(m.within(article.id, "reference", k) for k in st.recipients))
    w.add(s, Property.ABOUT_REFERENCE, *(m.within(article.id, "reference", k) for k in st.about))
    w.words(s, Property.CUE, article.language, st.cue)
    w.words(s, Property.CONTENT, article.language, st.content)
    w.add(s, Property.STANCE, m.node(v.concept(st.stance)))
    w.add(s, Property.KIND, m.node(v.concept(st.kind)))
    w.add(s, Property.CERTAINTY, m.node(v.concept(st.certainty)))
    w.add(s, Property.NEGATED, m.boolean(st.negated))
    w.text(s, Property.SAID_ON, st.said_on)
    w.time(s, (Dating.OWN, st.said_on), (None, article.published))
    w.add(s, Property.EVIDENCE, _evidence(w, article, st.evidence))
    for prop, spans in (
        (Property.SOURCE_EVIDENCE, st.source_spans),
        (Property.CUE_EVIDENCE, st.cue_spans),
        (Property.CONTENT_EVIDENCE, st.content_spans),
    ):
        w.add(s, prop, *(m.characters(article.id, span) for span in spans))
    if w.whole or st.reason != usual_reason(st.kind):
        w.text(s, Property.REASON, st.reason)
    w.add(s, Property.CONFIDENCE, m.decimal(st.confidence))
    w.add(s, Property.FIGURE, *(m.within(article.id, "figure", figure.key) for figure in st.figures))


def _figure(w: _Writer, article: Article, figure: StatedFigure, said_on: str | None) -> None:
    """A figure; ``said_on`` is when a statement that gives it was made."""
    s = m.within(article.id, "figure", figure.key)
    w.type(s, Class.FIGURE)
    w.add(s, Property.IN_ARTICLE, m.article(article.id))
    w.words(s, Property.WORDING, article.language, figure.text)
    for prop, value in measures.pairs(figure, article, whole=w.whole):
        w.add(s, prop, value)
    w.time(s, (Dating.OWN, figure.as_of), (Dating.STATEMENT, said_on), (None, article.published))
    if figure.total:
        w.add(s, Property.PART_OF_FIGURE, m.within(article.id, "figure", figure.total))
    w.add(s, Property.EVIDENCE, _evidence(w, article, figure.span))


def _evidence(w: _Writer, article: Article, span: Span) -> NamedNode:
    """Characters with all that finds them again, which is selector by position and by quotation in one: the words before and after
    tell apart several places of the same words, and are left out where these stand once.
    """
    s, text = m.characters(article.id, span), article.text
    exact = span.of(text)
    w.add(s, Outside.START, m.integer(span.start))
    w.add(s, Outside.END, m.integer(span.end))
    w.text(s, Outside.EXACT, exact)
    if w.whole or text.find(exact) != span.start or text.find(exact, span.start + 1) >= 0:
        w.text(s, Outside.PREFIX, text[max(0, span.start - _CONTEXT) : span.start])
        w.text(s, Outside.SUFFIX, text[span.end : span.end + _CONTEXT])
    return s


# ── across articles ────────────────────────────────────────────────────────────────────────────────────────────────


def entity_quads(
    entities: Sequence[Entity],
    judgements: Iterable[Judgement],
    *,
    offices: Iterable[OfficeHeld],
    links: Iterable[StatementLinks],
) -> Iterator[Quad]:
    """The whole entities graph at once: entities, judgements, what references mean, and the shortcuts."""
    of = {reference: entity.id for entity in entities for reference in entity.references}
    by_id = {entity.id: entity for entity in entities}
    quads: list[Quad] = []
    for entity in entities:
        quads += entity_description(entity)
        quads += (meaning(pair, entity.id) for pair in entity.references)
    for judgement in judgements:
        quads += judgement_quads(judgement)
    quads += shortcut_quads(offices, links, of=lambda a, k: of.get((a, k)), entity=by_id.get)
    yield from dict.fromkeys(quads)


def entity_description(entity: Entity, same_as: Iterable[str] = ()) -> list[Quad]:
    """What an entity is. ``same_as`` are ids of entities that a person judged to be this one."""
    w = _Writer(m.node(Graph.ENTITIES))
    s = m.entity(entity.id)
    w.type(s, Class.ENTITY, v.CLASS_OF[entity.type.family])
    w.add(s, Property.ENTITY_TYPE, m.node(v.concept(entity.type)))
    w.text(s, Property.NAME, entity.name)
    w.text(s, Property.ALIAS, *entity.aliases)
    if entity.country:
        w.add(s, Property.COUNTRY, m.entity(entity.country))
        w.add(s, state.tie(entity.type), m.entity(entity.country))
    if entity.part_of:
        w.add(s, Property.PART_OF, m.entity(entity.part_of))
    w.text(s, Outside.NOTATION, *entity.codes)
    w.add(s, Outside.EXACT_MATCH, m.node(v.WIKIDATA + entity.item) if entity.item else None)
    w.add(s, Outside.SAME_AS, *(m.entity(other) for other in same_as))
    return w.quads


def replaced_quads(entity_id: str, by: str, anchors: Iterable[tuple[str, str]]) -> list[Quad]:
    """That an entity is another one now, and the references (article id, key) that it was made of."""
    w = _Writer(m.node(Graph.PROVENANCE))
    s = m.entity(entity_id)
    w.add(s, Outside.IS_REPLACED_BY, m.entity(by))
    w.add(s, Outside.WAS_DERIVED_FROM, *(m.within(*_reference_of(pair)) for pair in anchors))
    return w.quads


def meaning(pair: tuple[str, str], entity_id: str) -> Quad:
    """That a reference (article id, key) means an entity."""
    refers_to = m.node(Property.REFERS_TO)
    return Quad(m.within(pair[0], "reference", pair[1]), refers_to, m.entity(entity_id), m.node(Graph.ENTITIES))


def shortcut_quads(
    offices: Iterable[OfficeHeld],
    links: Iterable[StatementLinks],
    *,
    of: Callable[[str, str], str | None],
    entity: Callable[[str], Entity | None],
) -> list[Quad]:
    """The shortcuts from offices and statements to entities. ``of`` gives the entity id of a reference (article id, key),
    ``entity`` the entity of an id.
    """
    # long: statements look up what the offices before them gave
    w = _Writer(m.node(Graph.ENTITIES))
    bodies: dict[tuple[str, str], str] = {}
    former: set[tuple[str, str]] = set()
    ministers: set[tuple[str, str]] = set()  # offices in the government of a country that is named instead of it

    def meant(article: str, keys: Iterable[str]) -> list[NamedNode]:
        return [m.entity(e) for e in dict.fromkeys(of(article, key) for key in keys) if e is not None]

    for office in offices:
        s = m.within(office.article, "office", office.key)
        person = of(office.article, office.person)
        body = of(office.article, office.organisation) if office.organisation else None
        w.add(s, Property.HOLDER, m.entity(person) if person else None)
        w.add(s, Property.OFFICE_IN, m.entity(body) if body else None)
        known = entity(body) if body else None
        if body and known and state.ministerial(office.title) and known.type is EntityType.COUNTRY:
            w.add(s, Property.OFFICE_IN_GOVERNMENT_OF, m.entity(body))
            ministers.add((office.article, office.key))
        if body:
            bodies[office.article, office.key] = body
        if office.tense is Tense.FORMER:
            former.add((office.article, office.key))
    for link in links:
        s = m.within(link.article, "statement", link.statement)
        speaker = of(link.article, link.speaker) if link.speaker else None
        own = [m.entity(speaker)] if speaker else []
        w.add(s, Property.SPEAKER, *own)
        w.add(s, Property.ABOUT, *(node for node in meant(link.article, link.about) if node not in own))
        w.add(s, Property.RECIPIENT, *meant(link.article, link.recipients))
        w.add(s, Property.PLACE, *meant(link.article, (link.venue,) if link.venue else ()))
        for figure, places in link.figures:
            w.add(m.within(link.article, "figure", figure), Property.PLACE, *meant(link.article, places))
        held = (link.article, link.office) if link.office else None
        if held in former:
            continue  # who left an office speaks for it no more
        above = bodies.get(held) if held else None
        w.add(s, Property.ON_BEHALF_OF_GOVERNMENT_OF, m.entity(above) if above and held in ministers else None)
        if above is None and speaker is not None and (known := entity(speaker)) is not None:
            above = known.part_of
        w.add(s, Property.ON_BEHALF_OF, *(m.entity(e) for e in _chain(above, entity)))
    return list(dict.fromkeys(w.quads))


def _chain(eid: str | None, entity: Callable[[str], Entity | None]) -> list[str]:
    """An entity and all that it is part of, upwards; a circle ends where it closes."""
    out: list[str] = []
    while eid is not None and eid not in out and (known := entity(eid)) is not None:
        out.append(eid)
        eid = known.part_of
    return out


def judgement_quads(judgement: Judgement, *, withdrawn: str | None = None) -> list[Quad]:
    """A judgement: a rule's in the entities graph, a person's in the graph of decisions, with the time.

    ``withdrawn`` is when the person took it back; it stays on record and holds no more.
    """
    w = _Writer(m.node(Graph.DECISIONS if judgement.person else Graph.ENTITIES))
    left, right = (m.within(*_reference_of(pair)) for pair in (judgement.left, judgement.right))
    if judgement.by == ALIKE_RULE:  # most of all judgements, with nothing to tell apart
        w.add(right, Property.ALIKE, left)
        return w.quads
    s = m.node(f"{v.DATA}judgement/{judgement.id}")
    w.type(s, Class.JUDGEMENT)
    w.add(s, Property.LEFT, left)
    w.add(s, Property.RIGHT, right)
    w.add(s, Property.IDENTITY_VERDICT, m.node(v.concept(judgement.verdict)))
    w.text(s, Property.DECIDED_BY, judgement.by)
    w.text(s, Property.REASON, judgement.reason)
    w.add(s, Property.CONFIDENCE, m.decimal(judgement.confidence))
    w.add(s, Outside.GENERATED_AT, m.instant(judgement.at) if judgement.at else None)
    w.add(s, Outside.INVALIDATED_AT, m.instant(withdrawn) if withdrawn else None)
    return w.quads


def count_judgement_quads(judgement: CountJudgement, *, withdrawn: str | None = None) -> list[Quad]:
    """What a person judged of two figures, in the graph of decisions; ``withdrawn`` is when that was taken back."""
    w = _Writer(m.node(Graph.DECISIONS))
    s = m.node(f"{v.DATA}judgement/{judgement.id}")
    w.type(s, Class.JUDGEMENT)
    w.add(s, Property.LEFT, m.node(f"{v.DATA}{judgement.left}"))
    w.add(s, Property.RIGHT, m.node(f"{v.DATA}{judgement.right}"))
    w.add(s, Property.IDENTITY_VERDICT, m.node(v.concept(judgement.verdict)))
    w.text(s, Property.DECIDED_BY, judgement.by)
    w.text(s, Property.REASON, judgement.reason)
    w.add(s, Property.CONFIDENCE, m.decimal(1.0))
    w.add(s, Outside.GENERATED_AT, m.instant(judgement.at))
    w.add(s, Outside.INVALIDATED_AT, m.instant(withdrawn) if withdrawn else None)
    return w.quads


def _reference_of(pair: tuple[str, str]) -> tuple[str, str, str]:
    return pair[0], "reference", pair[1]


def comparison_quads(comparisons: Iterable[Comparison]) -> Iterator[Quad]:
    """The comparisons graph. Figures and statements are named by their IRIs, as :func:`kg.rdf.claims` gives them."""
    w = _Writer(m.node(Graph.COMPARISONS))
    for c in comparisons:
        s = m.node(f"{v.DATA}comparison/{digest(c.left or c.left_statement, c.right or c.right_statement)}")
        w.type(s, Class.COMPARISON)
        for prop, iri in (
            (Property.LEFT, c.left),
            (Property.RIGHT, c.right),
            (Property.LEFT_STATEMENT, c.left_statement),
            (Property.RIGHT_STATEMENT, c.right_statement),
        ):
            w.add(s, prop, m.node(iri) if iri else None)  # two denials have statements and no figures
        w.add(s, Property.VERDICT, m.node(v.concept(c.verdict)))
        w.text(s, Property.REASON, c.reason)
    yield from dict.fromkeys(w.quads)


def affair_quads(affair: Affair) -> Iterator[Quad]:
    """An affair of at least two articles; nothing of an article that is alone."""
    if len(affair.articles) < 2:
        return
    w = _Writer(m.node(Graph.COMPARISONS))
    s = m.affair(affair.id)
    w.type(s, Class.AFFAIR)
    w.text(s, Property.NAME, affair.label)
    w.text(s, Property.HAPPENING, affair.happening or None)
    for article in affair.articles:
        w.add(m.article(article), Property.IN_AFFAIR, s)
    yield from w.quads


def provenance_quads(article_id: str, extractor: str, listed_in: ListSource | None = None) -> Iterator[Quad]:
    """How the graph of an article was made: the activity, the extractor with its versions, the user's list of names."""
    w = _Writer(m.node(Graph.PROVENANCE))
    activity = m.extraction(article_id)
    agent = m.node(f"{v.DATA}extractor/{digest(extractor)}")
    w.type(activity, Class.EXTRACTION)
    w.add(activity, v.LABEL, m.string(f"extraction of {article_id}"))
    w.add(activity, Outside.USED, m.article(article_id))
    w.add(activity, Outside.WAS_ASSOCIATED_WITH, agent)
    w.add(m.graph(article_id), Outside.WAS_GENERATED_BY, activity)
    w.add(m.graph(article_id), Outside.CONFORMS_TO, m.node(v.version_iri()))
    w.type(agent, Outside.SOFTWARE_AGENT)
    w.text(agent, v.LABEL, extractor)
    if listed_in is not None:
        w.add(m.graph(article_id), Outside.WAS_DERIVED_FROM, m.name_list(listed_in.digest))
        w.text(m.name_list(listed_in.digest), v.LABEL, listed_in.name)
    yield from w.quads


__all__ = [
    "affair_quads",
    "article_quads",
    "comparison_quads",
    "count_judgement_quads",
    "entity_description",
    "entity_quads",
    "judgement_quads",
    "meaning",
    "provenance_quads",
    "replaced_quads",
    "shortcut_quads",
]
