"""JSON-LD in the terms of schema.org alone: articles, quotations, claims, people, bodies and places.

Words in quotation marks are a ``Quotation``, a paraphrase is a ``Claim`` of whoever holds it to be so. Who denies, refuses, asks,
plans or hopes something is the ``agent`` of an action (``DisagreeAction``, ``RejectAction`` …) whose ``object`` is a claim of
nobody. Offices are an ``OrganizationRole``, under ``memberOf`` where they are held and ``alumniOf`` where they are former ones. What
schema.org has no term for stands in ``description``, in words, and in ``additionalType``, as concepts of kg. The context is written
into the file, so that nothing is fetched to read it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from kg import vocabulary as v
from kg.export.rows import Row, Source, lines, text
from kg.model import Kind, Stance, Tense

_SCHEMA = "https://schema.org/"

_TYPE = {
    "person": "Person", "organisation": "Organization", "government": "GovernmentOrganization", "ministry": "GovernmentOrganization",
    "security_service": "GovernmentOrganization", "movement": "Organization", "news_organisation": "NewsMediaOrganization", "place": "Place",
    "country": "Country", "city": "City", "region": "AdministrativeArea", "unnamed_source": "Thing", "document": "CreativeWork",
}  # fmt: skip
_KG_CLASS: dict[str, str] = {
    "unnamed_source": v.Class.UNNAMED_SOURCE.value, "movement": v.Class.MOVEMENT.value, "security_service": v.Class.SECURITY_SERVICE.value,
    "ministry": v.Class.MINISTRY.value,
}  # fmt: skip
"""The class of kg where schema.org has none for what an entity is."""
_BODIES = ("Organization", "GovernmentOrganization", "NewsMediaOrganization")
_PLAIN = "CommunicateAction"
_ACTION: dict[str, str] = {
    Stance.DENIED: "DisagreeAction", Stance.REFUSED: "RejectAction", Stance.ASKED: "AskAction", Stance.HOPED: "WantAction",
    Stance.PLANNED: "PlanAction",
}  # fmt: skip
_BOUND = {"about": "about", "more": "more than", "at-least": "at least", "at-most": "at most", "less": "less than"}
_OFFICE: dict[str, str] = {Tense.FORMER: "alumniOf", Tense.DESIGNATE: "affiliation"}
Node = dict[str, object]


def nodes(source: Source) -> Iterator[Node]:
    """The nodes of the file, one after another."""
    kind = {text(e["entity"]): _TYPE.get(text(e["type"]), "Thing") for e in source.entities}
    yield from _entities(source, kind)
    yield from _articles(source)
    for statement in source.statements:
        yield _statement(source, statement, kind)


def _entities(source: Source, kind: dict[str, str]) -> Iterator[Node]:
    roles: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for o in source.offices:
        prop = _OFFICE.get(text(o["status"]), "memberOf")
        told = f"{o['told']} ({o['organisation_name']})" if o["organisation_name"] else text(o["told"])
        role: Node = {"@type": "OrganizationRole", "roleName": text(o["title"]), "description": told}
        if kind.get(text(o["organisation"])) in _BODIES:
            role[prop] = {"@id": text(o["organisation"])}
        if role not in roles[text(o["person"])][prop]:
            roles[text(o["person"])][prop].append(role)
    for e in source.entities:
        iri = text(e["entity"])
        whole = text(e["part_of"])
        organisation = kind[iri] in _BODIES and kind.get(whole) in _BODIES
        held = roles[iri] if kind[iri] == "Person" else {}
        code = source.country_code(iri)
        yield _node(
            iri, kind[iri], name=text(e["name"]), alternateName=lines(e["aliases"]), additionalType=_KG_CLASS.get(text(e["type"])),
            parentOrganization={"@id": whole} if organisation else None, identifier=code.upper() if kind[iri] == "Country" else None, **held,
        )  # fmt: skip


def _articles(source: Source) -> Iterator[Node]:
    for a in source.articles:
        yield _node(
            text(a["article"]), "NewsArticle", headline=text(a["title"]), datePublished=text(a["published"]), url=text(a["url"]),
            publisher={"@type": "Organization", "name": text(a["publisher"])} if a["publisher"] else None,
            author=[{"@type": "Person", "name": n} for n in lines(a["authors"])], inLanguage=text(a["language"]), articleBody=text(a["text"]),
        )  # fmt: skip


def _statement(source: Source, s: Row, kind: dict[str, str]) -> Node:
    iri, speaker, article = text(s["statement"]), text(s["speaker"]), {"@id": text(s["article"])}
    # A document says nothing itself; what stands in it is based on it.
    document = kind.get(speaker) == "CreativeWork"
    outer = source.statement.get(text(s["within"]))
    relay = "" if outer is None else f"{s['within']}{'' if _is_work(outer) else '/content'}"
    based = [x for x in (speaker if document else "", relay) if x]
    shared: Node = {
        "description": f"{s['who']} ({s['manner']}): {s['content']}",
        "additionalType": [
            f"{v.KG}stance-{s['stance']}",
            *([f"{v.KG}certainty-hedged"] if s["certainty"] == "hedged" else ()),
        ],
    }
    words: Node = {
        "text": text(s["content"]), "isBasedOn": [{"@id": x} for x in based], "mentions": [_quantity(f) for f in source.figures.get(iri, ())],
        "about": [{"@id": e} for e in source.about.get(iri, ())], "dateCreated": text(s["said_on"]),
    }  # fmt: skip
    by = {"@id": speaker} if speaker and not document else None
    if _is_quotation(s):
        return _node(iri, "Quotation", spokenByCharacter=by, isPartOf=article, **words, **shared)
    if _is_work(s):
        return _node(iri, "Claim", author=by, appearance=article, **words, **shared)
    what = _ACTION.get(text(s["stance"]), _PLAIN) if s["uttered"] else _PLAIN
    claim = _node(f"{iri}/content", "Claim", appearance=article, **words)
    return _node(
        iri, what, agent=by, object=claim, startTime=text(s["said_on"]), actionStatus=None if s["uttered"] else {"@id": f"{_SCHEMA}FailedActionStatus"},
        **shared,
    )  # fmt: skip


def _is_quotation(s: Row) -> bool:
    """Whatever somebody does with it, words in quotation marks are theirs; those that they did not say are not."""
    return s["kind"] == Kind.DIRECT and s["uttered"] is True


def _is_work(s: Row) -> bool:
    return _is_quotation(s) or s["held"] is True


def _quantity(figure: Row) -> Node:
    """A figure as it is stated: an exact value, or bounds with the words that say how they bound."""
    bounds: Node = {"value": _number(figure["value"])} if figure["comparator"] in ("equal", "about") else {}
    if figure["low"] != figure["high"]:
        bounds |= {"minValue": _number(figure["low"]), "maxValue": _number(figure["high"])}
    how = _BOUND.get(text(figure["comparator"]), "")
    told = "; ".join(
        x
        for x in (
            how,
            "unofficial" if figure["unofficial"] else "",
            f"as of {figure['as_of']}" if figure["as_of"] else "",
        )
        if x
    )
    quantity: Node = {
        "@type": "QuantitativeValue",
        "name": text(figure["words"]),
        "unitText": text(figure["unit"]) or text(figure["population"]),
        "description": told,
        **bounds,
    }
    return {key: value for key, value in quantity.items() if value is not None and value != ""}


def _number(value: object) -> int | float | None:
    if value is None:
        return None
    number = float(str(value))
    return int(number) if number.is_integer() else number


def _node(iri: str, kind: str, **properties: object) -> Node:
    return {"@id": iri, "@type": kind, **{k: v for k, v in properties.items() if v}}


def dump(source: Source) -> Iterator[bytes]:
    """The file, a node at a time."""
    context = {"@context": {"@vocab": _SCHEMA, "additionalType": {"@type": "@id"}}, "@graph": []}
    head, _, tail = json.dumps(context, ensure_ascii=False, indent=1).rpartition("]")
    yield head.encode()
    before = ""
    for node in nodes(source):
        told = json.dumps(node, ensure_ascii=False, indent=1).replace(
            "\n", "\n  "
        )  # no string has a line break of its own
        yield f"{before}\n  {told}".encode()
        before = ","
    end = "\n " if before else ""
    yield f"{end}]{tail}\n".encode()
