"""FollowTheMoney: one JSON entity a line, for Aleph, OpenAleph and every tool that reads ``entities.ftm.json``.

People and bodies keep their kind and have countries as ISO codes; an office is a ``Position`` with an ``Occupancy`` (``ended``
where it is a former one), a statement a ``Note`` on its speaker and on those it is about with the article as proof, and an
``UnknownLink`` between them. The content stays reported speech: each name and role says how it is said (“denied”, “said, hedged”).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.export.rows import Source, lines, text
from kg.model import Kind, digest

_SCHEMA = {
    "person": "Person", "organisation": "Organization", "government": "PublicBody", "ministry": "PublicBody", "security_service": "PublicBody",
    "movement": "Organization", "news_organisation": "Organization", "place": "Address", "country": "Address", "city": "Address",
    "region": "Address", "unnamed_source": "LegalEntity", "document": "Article",
}  # fmt: skip
_ISO3 = {
    "en": "eng",
    "ru": "rus",
    "kk": "kaz",
    "ky": "kir",
    "fr": "fra",
    "de": "deu",
    "es": "spa",
    "uk": "ukr",
    "ar": "ara",
    "pt": "por",
    "it": "ita",
}
_STATUS = {"current": "current", "acting": "current", "former": "ended"}
_BODIES = ("Organization", "PublicBody", "LegalEntity")
Entity = dict[str, object]


def entities(source: Source) -> Iterator[Entity]:
    """The FollowTheMoney entities of a store, in a fixed order."""
    schema = {text(e["entity"]): _SCHEMA.get(text(e["type"]), "LegalEntity") for e in source.entities}
    for e in source.entities:
        iri = text(e["entity"])
        parent = text(e["part_of"])
        place = schema[iri] == "Address"
        yield _entity(
            iri, schema[iri], name=[text(e["name"])], alias=lines(e["aliases"]), full=[text(e["name"])] if place else [],
            parent=[_id(parent)] if schema[iri] in _BODIES and schema.get(parent) in _BODIES else [], country=[source.country_code(iri)],
        )  # fmt: skip
    for a in source.articles:
        yield _entity(
            text(a["article"]), "Article", title=[text(a["title"])], name=[text(a["title"])], publishedAt=[text(a["published"])],
            sourceUrl=[text(a["url"])], publisher=[text(a["publisher"])], author=lines(a["authors"]),
            language=[_ISO3.get(text(a["language"])[:2], "")], bodyText=[text(a["text"])],
        )  # fmt: skip
    yield from _mentions(source, schema)
    yield from _offices(source)
    yield from _statements(source)


def _mentions(source: Source, schema: dict[str, str]) -> Iterator[Entity]:
    rows = source.ask(
        "SELECT DISTINCT ?a ?e ?name WHERE { ?r kg:refersTo ?e ; skos:prefLabel ?name "
        'BIND(IRI(STRBEFORE(STR(?r), "/reference/")) AS ?a) } ORDER BY ?a ?e ?name'
    )
    for row in rows:
        article, iri = text(row["a"]), text(row["e"])
        if schema.get(iri) in ("Person", *_BODIES):
            yield _entity(
                f"mention {article} {iri} {row['name']}", "Mention", name=[text(row["name"])], document=[_id(article)], resolved=[_id(iri)],
                detectedSchema=[schema[iri]],
            )  # fmt: skip


def _offices(source: Source) -> Iterator[Entity]:
    posts: dict[str, None] = {}
    for o in source.offices:
        role, body = text(o["role"]), text(o["organisation"])
        post = f"position {role.lower()} {body}"
        if post not in posts:
            posts[post] = None
            name = f"{role}, {o['organisation_name']}" if o["organisation_name"] else role
            yield _entity(
                post, "Position", name=[name], organization=[_id(body)] if body and _is_body(source, body) else [],
                country=[source.country_code(body)],
            )  # fmt: skip
        article = text(o["article"])
        yield _entity(
            f"occupancy {o['person']} {post} {article} {o['tense']}", "Occupancy", holder=[_id(text(o["person"]))], post=[_id(post)],
            status=[_STATUS.get(text(o["status"]), "unknown")], date=[text(o["as_of"])], proof=[_id(article)],
            description=[text(o["told"])],
        )  # fmt: skip


def _is_body(source: Source, iri: str) -> bool:
    return _SCHEMA.get(text(source.entity.get(iri, {}).get("type"))) in _BODIES


def _statements(source: Source) -> Iterator[Entity]:
    for s in source.statements:
        iri, article, content = text(s["statement"]), text(s["article"]), text(s["content"])
        speaker, about = text(s["speaker"]), source.about.get(text(s["statement"]), [])
        when = text(s["said_on"]) or source.published.get(article, "")
        who = ", ".join(x for x in (text(s["who"]), text(s["role"]), text(s["organisation"])) if x)
        manner, cue = text(s["manner"]), text(s["cue"]) if s["kind"] != Kind.AUTHOR else ""
        how = manner if cue in ("", manner.split(",", 1)[0]) else f"{manner} (“{cue}”)"
        concerned = [_id(e) for e in dict.fromkeys([speaker, *about]) if e]
        yield _entity(
            iri, "Note", name=[f"{who} ({manner}): {_short(content)}"], description=[content], entity=concerned, proof=[_id(article)],
            summary=[f"{how}, {when}".strip(", ")], keywords=[text(f["words"]) for f in source.figures.get(iri, ())],
        )  # fmt: skip
        for other in about if speaker else ():
            if other != speaker:
                yield _entity(
                    f"link {iri} {other}", "UnknownLink", subject=[_id(speaker)], object=[_id(other)], role=[how], date=[when],
                    description=[content], proof=[_id(article)],
                )  # fmt: skip
    for c in source.named("comparisons"):
        speakers = dict.fromkeys(e for side in ("left", "right") if (e := source.speakers.get(text(c[side]))))
        yield _entity(
            text(c["comparison"]), "Note", name=[f"{text(c['verdict']).replace('_', ' ')}: {_short(text(c['reason']))}"],
            description=[text(c["reason"])], entity=[_id(e) for e in speakers],
        )  # fmt: skip


def _entity(key: str, schema: str, **properties: list[str]) -> Entity:
    kept = {name: values for name, found in properties.items() if (values := [v for v in dict.fromkeys(found) if v])}
    return {"id": _id(key), "schema": schema, "properties": kept}


def _id(key: str) -> str:
    """FollowTheMoney ids are short strings without slashes."""
    return f"kg-{digest(key)}"


def _short(content: str) -> str:
    content = " ".join(content.split())
    return content if len(content) <= 90 else content[:89].rsplit(" ", 1)[0] + " …"


def dump(source: Source) -> Iterator[bytes]:
    """One entity a line."""
    for entity in entities(source):
        yield (json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n").encode()
