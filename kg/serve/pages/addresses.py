"""IRIs of a store ↔ paths of the server: what lies under the base of the store lies at the same path here."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from kg import vocabulary as v

KINDS: Final = (
    "affair", "article", "article-graph", "comparison", "country", "entity", "extraction", "extractor", "graph", "inference",
    "judgement", "nanopub", "reasoner",
)  # fmt: skip
"""The first parts of paths under which things are told of."""
_SUFFIX: Final = re.compile(r"\.(html|ttl|nt|rdf|jsonld|json)$")
SUFFIXES: Final = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "json": "application/json",
}
"""The forms of a page by the ending of its address, first the one that is given where nothing else is wanted."""


def path(iri: str, base: str) -> str:
    """Where a thing of a store with this base is told of; empty for what belongs to none.

    >>> path("https://example.org/entity/port", "https://example.org/"), path("https://w3id.org/kg-said/country/KG", "https://example.org/")
    ('/entity/port', '/country/KG')
    >>> path("https://elsewhere.example/x", "https://example.org/")
    ''
    """
    for start in (base, v.DATA):
        rest = iri.removeprefix(start)
        if rest != iri and rest.partition("/")[0] in KINDS and (start == base or rest.startswith("country/")):
            return f"/{rest}"
    return ""


def iri(path: str, base: str) -> str:
    """The IRI at a path as it was asked for, whatever of it was escaped; empty for what can be none.

    >>> iri("/entity/a%2Db", "https://example.org/"), iri("/country/KG", "https://example.org/"), iri("/favicon.ico", "https://example.org/")
    ('https://example.org/entity/a-b', 'https://w3id.org/kg-said/country/KG', '')
    """
    parts = path.removeprefix("/").split("/")
    if len(parts) < 2 or parts[0] not in KINDS or not all(parts):
        return ""
    start = v.DATA if parts[0] == "country" else base
    return start + "/".join(quote(unquote_to_bytes(part), safe="") for part in parts)


def suffixed(path: str) -> tuple[str, str]:
    """A path without the ending that names a form, and that ending.

    >>> suffixed("/entity/port.ttl"), suffixed("/entity/port.gov")
    (('/entity/port', 'ttl'), ('/entity/port.gov', ''))
    """
    found = _SUFFIX.search(path)
    return (path[: found.start()], found[1]) if found else (path, "")
