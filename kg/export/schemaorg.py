"""JSON-LD in the terms of schema.org alone: articles, quotations, claims, people, bodies and places.

Words in quotation marks are a ``Quotation``, a paraphrase is a ``Claim``; offices are an ``OrganizationRole``. The context is
written into the file, so that nothing is fetched to read it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from kg.export.rows import Source, lines, text

_TYPE = {
    "person": "Person", "organisation": "Organization", "government": "GovernmentOrganization", "ministry": "GovernmentOrganization",
    "security_service": "GovernmentOrganization", "movement": "Organization", "news_organisation": "NewsMediaOrganization", "place": "Place",
    "country": "Country", "city": "City", "region": "AdministrativeArea", "unnamed_source": "Thing", "document": "CreativeWork",
}  # fmt: skip
_SPEAKERS = ("Person", "Organization", "GovernmentOrganization", "NewsMediaOrganization")
Node = dict[str, object]


def graph(source: Source) -> list[Node]:
    """The nodes of the file."""
    kind = {text(e["entity"]): _TYPE.get(text(e["type"]), "Thing") for e in source.entities}
    return [*_entities(source, kind), *_articles(source), *_statements(source, kind)]


def _entities(source: Source, kind: dict[str, str]) -> Iterator[Node]:
    """People with their offices, bodies with what they are a part of, and places."""
    roles: dict[str, list[Node]] = defaultdict(list)
    for o in source.named("offices"):
        role: Node = {"@type": "OrganizationRole", "roleName": text(o["role"])}
        if kind.get(text(o["organisation"])) in _SPEAKERS[1:]:
            role["memberOf"] = {"@id": text(o["organisation"])}
        if role not in roles[text(o["person"])]:
            roles[text(o["person"])].append(role)
    for e in source.entities:
        iri = text(e["entity"])
        whole = text(e["part_of"])
        organisation = kind[iri] in _SPEAKERS[1:] and kind.get(whole) in _SPEAKERS[1:]
        yield _node(
            iri, kind[iri], name=text(e["name"]), alternateName=lines(e["aliases"]), memberOf=roles.get(iri) if kind[iri] == "Person" else None,
            parentOrganization={"@id": whole} if organisation else None,
        )  # fmt: skip


def _articles(source: Source) -> Iterator[Node]:
    for a in source.articles:
        yield _node(
            text(a["article"]), "NewsArticle", headline=text(a["title"]), datePublished=text(a["published"]), url=text(a["url"]),
            publisher={"@type": "Organization", "name": text(a["publisher"])} if a["publisher"] else None,
            author=[{"@type": "Person", "name": n} for n in lines(a["authors"])], inLanguage=text(a["language"]), articleBody=text(a["text"]),
        )  # fmt: skip


def _statements(source: Source, kind: dict[str, str]) -> Iterator[Node]:
    for s in source.statements:
        direct = s["kind"] == "direct"
        speaker = text(s["speaker"])
        by = (
            {"@id": speaker}
            if kind.get(speaker) in _SPEAKERS
            else {"@type": "Organization", "name": text(s["speaker_name"])}
            if s["speaker_name"]
            else None
        )
        article = {"@id": text(s["article"])}
        yield _node(
            text(s["statement"]), "Quotation" if direct else "Claim", text=text(s["content"]), dateCreated=text(s["said_on"]),
            spokenByCharacter=by if direct else None, author=None if direct else by, isPartOf=article if direct else None,
            appearance=None if direct else article, about=[{"@id": e} for e in source.about.get(text(s["statement"]), ())],
        )  # fmt: skip


def _node(iri: str, kind: str, **properties: object) -> Node:
    return {"@id": iri, "@type": kind, **{k: v for k, v in properties.items() if v}}


def dump(source: Source) -> bytes:
    """The file."""
    whole = {"@context": {"@vocab": "https://schema.org/"}, "@graph": graph(source)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
