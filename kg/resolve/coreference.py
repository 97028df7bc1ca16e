"""One article resolved within itself: mentions → references, sources → speakers, figures and dates → statements.

Nothing here knows about other articles; a reference is what this article says about an actor.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from kg.model import (
    Annotation,
    Attribution,
    BlockKind,
    EntityType,
    OfficeHeld,
    Resolved,
    Role,
    Span,
    Tense,
    cover,
    slug,
)
from kg.nearby import Nearby
from kg.resolve.chains import Chain, Found, build, index, references
from kg.resolve.sources import Sources
from kg.resolve.statements import Statements

_NOBODY = re.compile(r"(?:nobody|no[ -]one|none|no(?= [a-z]))\b", re.IGNORECASE)


def resolve(annotation: Annotation) -> Resolved:
    """References, offices and statements of one article, tied by keys that follow from the text alone."""
    chains = build(annotation)
    sources = Sources(annotation, chains)
    found: dict[int, Found | None] = {}

    def speak(i: int) -> None:
        """Resolve the source of one attribution after that of the statement around it ("we" is the outer speaker)."""
        attribution = annotation.attributions[i]
        # A headline repeats what the body says with its source; the maker of a picture says nothing, nor does nobody.
        if i in found or attribution.headline or attribution.credit or _nobody(annotation, attribution):
            return
        found[i] = None
        if attribution.parent is not None:
            speak(attribution.parent)
        outer = found.get(attribution.parent) if attribution.parent is not None else None
        found[i] = sources.resolve(attribution, outer.chain if outer is not None else None)

    for i in sorted(range(len(annotation.attributions)), key=lambda i: _start(annotation.attributions[i])):
        speak(i)
    author = _author(annotation, chains)
    bodies = _listed_bodies(annotation, chains)
    for i, who in found.items():
        if who is None and _is_author(annotation, i):
            found[i] = Found(author, "“I” of the article's author")
    refs = references(chains, annotation.article.id)
    offices = _offices(annotation, chains)
    offices += _listed_offices(annotation, chains, bodies, {office.person for office in offices})
    maker = Statements(annotation, chains, offices)
    statements = maker.attributed(found) + maker.authored(author)
    return Resolved(
        article=annotation.article,
        references=refs,
        offices=offices,
        statements=statements,
        sentences=annotation.sentences,
        extractor=annotation.extractor,
        listed=annotation.listed,
        listed_in=annotation.listed_in,
    )


def _nobody(annotation: Annotation, attribution: Attribution) -> bool:
    """ "Nobody knows how many": the sentence tells that there is no source."""
    return bool(attribution.source) and bool(_NOBODY.match(attribution.source[0].of(annotation.article.text)))


def _is_author(annotation: Annotation, i: int) -> bool:
    """ "I believe the policy will fail", outside what anybody is quoted with."""
    attribution = annotation.attributions[i]
    if not attribution.source or attribution.parent is not None:
        return False
    first = attribution.source[0].of(annotation.article.text).lower() in ("i", "my")
    return first and not _answers(annotation, attribution)


def _answers(annotation: Annotation, attribution: Attribution) -> bool:
    """Whether somebody's label and a colon opened a paragraph before: who says "I" from there on may be whoever is asked."""
    starts = {block.span.start for block in annotation.blocks}
    text, at = annotation.article.text, attribution.source[0].start
    labels = (a.source[0] for a in annotation.attributions if a.source and a.cue[0].of(text) == ":" and not a.headline)
    return any(label.start in starts and label.end <= at for label in labels)


def _start(attribution: Attribution) -> Span:
    return cover(attribution.source or attribution.cue)


def _author(annotation: Annotation, chains: list[Chain]) -> Chain:
    """Who speaks in the article's own voice: its author, else its publisher, else "the author"."""
    by_span = index(chains)
    for role in annotation.roles:
        byline = role.title_span == role.holder  # not of somebody who is told to be an author
        if role.title == "author" and byline and role.holder in by_span:
            return by_span[role.holder]
    article = annotation.article
    for name in article.authors[:1]:
        for chain in chains:
            if chain.type is EntityType.PERSON and name.casefold() in (n.casefold() for n in chain.order):
                return chain
        return _known(chains, EntityType.PERSON, name)
    if article.publisher:
        for chain in chains:
            if chain.type.family is EntityType.ORGANISATION and article.publisher.casefold() in (
                n.casefold() for n in chain.order
            ):
                return chain
        return _known(chains, EntityType.NEWS_ORGANISATION, article.publisher)
    return _known(chains, EntityType.UNNAMED, "the article's author")


def _known(chains: list[Chain], kind: EntityType, name: str) -> Chain:
    chain = Chain(kind)
    chain.names[name] += 1
    chain.order.append(name)
    chains.append(chain)
    return chain


def _listed_bodies(annotation: Annotation, chains: list[Chain]) -> dict[str, Chain]:
    """The bodies of the offices that a user's list gives to those named here: as the article has them, else by the list alone."""
    entries = {entry.id: entry for entry in annotation.listed}
    found: dict[str, Chain] = {chain.listed: chain for chain in chains if chain.listed}
    for entry in annotation.listed:
        for body in (entries[o.body] for o in entry.offices if o.body is not None):
            if body.id in found:
                continue
            names = {name.casefold() for name in (body.name, *body.aliases)}
            chain = next(
                (c for c in chains if c.type.family is body.type.family and names & {n.casefold() for n in c.order}),
                None,
            )
            if chain is None:
                chain = _known(chains, body.type, body.name)
            chain.listed = chain.listed or body.id
            found[body.id] = chain
    return found


def _listed_offices(
    annotation: Annotation, chains: Sequence[Chain], bodies: Mapping[str, Chain], told: Collection[str]
) -> tuple[OfficeHeld, ...]:
    """The offices that a user's list gives to persons for the day of the article, where the article itself gives them
    none (``told`` are the persons whom it gives one): no characters show them, so that they say their source.
    """
    persons = {chain.listed: chain for chain in chains if chain.listed and chain.key not in told}
    return tuple(
        OfficeHeld(
            key=f"{persons[entry.id].key}-{slug(office.title)}",
            article=annotation.article.id,
            person=persons[entry.id].key,
            title=office.title,
            organisation=bodies[office.body].key if office.body is not None else None,
            tense=Tense.CURRENT,
            evidence=None,
            listed=entry.id,
            source=entry.source,
        )
        for entry in annotation.listed
        if entry.id in persons
        for office in entry.offices
    )


def _is_short(person: str, title: str, best: Mapping[tuple[str, str], tuple[Role, Chain, Chain | None]]) -> bool:
    """Whether a title is a shorter form of another of the same person that tells no body of its own: "Secretary NAME" behind
    "Secretary of State NAME".
    """
    body = best[person, title][2]
    return body is None and any(
        p == person and t != title and (t.startswith((f"{title} of ", f"{title} for ")) or t.endswith(f" {title}"))
        for p, t in best
    )


def _offices(annotation: Annotation, chains: Sequence[Chain]) -> tuple[OfficeHeld, ...]:
    """One office for each person, title and body; the mention that names the body wins over one that does not."""
    by_span = index(chains)
    best: dict[tuple[str, str], tuple[Role, Chain, Chain | None]] = {}
    captions = Nearby(((b.span,), b.span) for b in annotation.blocks if b.kind is BlockKind.CAPTION)
    for role in sorted(annotation.roles, key=lambda r: r.evidence):
        person = by_span.get(role.holder)
        if person is None:
            continue
        body = by_span.get(role.organisation) if role.organisation is not None else None
        key = (person.key, role.title.casefold())
        known = best.get(key)
        if (
            known is None
            or (known[2] is None and body is not None)
            or (body is known[2] and any(c.contains(known[0].evidence) for c in captions.at(known[0].evidence)))
        ):
            best[key] = (role, person, body)
    fuller = {(person, title) for person, title in best if _is_short(person, title, best)}
    best = {key: found for key, found in best.items() if key not in fuller}
    return tuple(
        OfficeHeld(
            key=f"{person.key}-{slug(role.title)}",
            article=annotation.article.id,
            person=person.key,
            title=role.title,
            organisation=body.key if body is not None else None,
            tense=role.tense,
            evidence=role.evidence,
        )
        for (_, _), (role, person, body) in sorted(best.items(), key=lambda item: (item[1][0].evidence, item[0]))
    )
