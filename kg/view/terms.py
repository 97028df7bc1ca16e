"""The terms that the page needs to write what the reader has chosen as Turtle, from the one place that spells them."""

from __future__ import annotations

from kg import vocabulary as v
from kg.model import Certainty, Comparator, Kind, Stance, Verdict

_PREFIXES = ("kg", "oa", "xsd", "edtf")


def terms() -> dict[str, dict[str, str]]:
    """``prefixes`` by prefix; ``classes``, ``properties`` by the name in the ontology; ``values`` by "list value".

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
        "properties": {_name(term): _short(term) for term in (*v.Property, *v.Outside) if _known(term)},
        "values": {f"{name} {value.value}": _short(v.concept(value)) for name, values in lists for value in values},
    }


def _known(iri: str) -> bool:
    return iri.startswith((v.KG, v.OA))


def _name(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]


def _short(iri: str) -> str:
    for prefix in _PREFIXES:
        if iri.startswith(v.PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(v.PREFIXES[prefix])}"
    return f"<{iri}>"
