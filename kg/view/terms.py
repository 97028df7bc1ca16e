"""The terms that the page needs to write what the reader has chosen as Turtle, from the one place that spells them."""

from __future__ import annotations

from kg import vocabulary as v
from kg.model import Certainty, Comparator, EntityType, Kind, Stance, Verdict

_PREFIXES = ("kg", "dc", "dcterms", "oa", "schema", "skos", "xsd")


def terms() -> dict[str, dict[str, str]]:
    """``prefixes`` by prefix; ``classes`` by the name in the ontology; ``properties`` by the name that they have in kg's own code;
    ``values`` by "list value".

    >>> terms()["values"]["kind indirect"]
    'kg:kind-indirect'
    """
    lists = (
        ("kind", Kind),
        ("certainty", Certainty),
        ("stance", Stance),
        ("comparator", Comparator),
        ("verdict", Verdict),
    )
    return {
        "prefixes": {prefix: v.PREFIXES[prefix] for prefix in _PREFIXES},
        "classes": {_name(term): _short(term) for term in v.Class},
        "properties": {
            _camel(name): _short(term)
            for names in (v.Property.__members__, v.Outside.__members__)
            for name, term in names.items()
            if term.startswith(tuple(v.PREFIXES[prefix] for prefix in _PREFIXES))
        },
        "values": {f"type {_class(kind)}": _short(v.concept(kind)) for kind in EntityType}
        | {f"{name} {value.value}": _short(v.concept(value)) for name, values in lists for value in values},
    }


def _class(kind: EntityType) -> str:
    """The name under which the page knows a type of entity."""
    return "".join(part.capitalize() for part in kind.value.split("_"))


def _camel(name: str) -> str:
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def _name(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]


def _short(iri: str) -> str:
    for prefix in _PREFIXES:
        if iri.startswith(v.PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(v.PREFIXES[prefix])}"
    return f"<{iri}>"
