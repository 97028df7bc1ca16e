"""Writes into ontology.md how many terms the ontology has and where each is used: ``python tests/bench/ontology_use.py``.

A test holds the page to be what this makes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from kg import vocabulary as v

HOME = Path(__file__).resolve().parents[2]
PAGE = Path(__file__).with_name("ontology.md")
START, END = "<!-- use: generated -->", "<!-- use: end -->"
PARTS = (
    ("The core (`kg.ttl`)", v.ONTOLOGY),
    ("The detail (`detail.ttl`)", v.DETAIL),
)


def defined(home: str) -> list[str]:
    """The terms that a part of the ontology defines, without values of lists: classes first, in the order of their names."""
    found = []
    for name in ("kg.ttl", "detail.ttl"):
        for triple in ox.parse(path=v.ontology(name), format=ox.RdfFormat.TURTLE):
            if triple.predicate.value == v.RDFS + "isDefinedBy" and getattr(triple.object, "value", "") == home:
                found.append(str(getattr(triple.subject, "value", "")))
    return sorted(found, key=lambda iri: (iri.removeprefix(v.KG)[:1].islower(), iri))


def short(iri: str) -> str:
    """``kg:speaker``, ``schema:about``."""
    return next((f"{p}:{iri.removeprefix(space)}" for p, space in v.PREFIXES.items() if iri.startswith(space)), iri)


def names(iri: str) -> list[str]:
    """How a term is written in code and in queries: ``kg:speaker``, ``Property.SPEAKER``."""
    members = [
        f"{kind.__name__}.{name}"
        for kind in (v.Class, v.Property)
        for name, term in kind.__members__.items()
        if term == iri
    ]
    return [short(iri), *members]


def table(terms: list[str], texts: dict[str, str]) -> list[str]:
    """Rows: the term, in how many questions it stands, and in which rooms of kg and other files."""
    lines = ["| term | questions | rooms that name it | shapes |", "| --- | ---: | --- | --- |"]
    for iri in terms:
        pattern = re.compile("|".join(rf"(?<![\w:-]){re.escape(name)}(?![\w-])" for name in names(iri)))
        found = {path for path, text in texts.items() if pattern.search(text)}
        questions = sum(path.endswith(".rq") for path in found)
        rooms = sorted({path.split("/")[1].removesuffix(".py") for path in found if path.startswith("kg/")})
        shapes = "yes" if "ontology/shapes.ttl" in found else ""
        lines.append(f"| `{short(iri)}` | {questions or ''} | {', '.join(rooms)} | {shapes} |")
    return lines


def made() -> str:
    """What stands between the markers."""
    files = [
        *HOME.glob("queries/*.rq"), *HOME.glob("kg/**/*.py"), HOME / "ontology" / "shapes.ttl", *HOME.glob("kg/view/files/**/*.js"),
    ]  # fmt: skip
    texts = {path.relative_to(HOME).as_posix(): path.read_text(encoding="utf-8") for path in files}
    del texts["kg/vocabulary.py"]  # which names all
    out = []
    for title, home in PARTS:
        terms = defined(home)
        classes = sum(iri.removeprefix(v.KG)[:1].isupper() for iri in terms)
        out += [f"**{title}**: {len(terms)} terms, {classes} classes and {len(terms) - classes} properties.", ""]
        out += [*table(terms, texts), ""]
    outside = sorted({str(p.value) for p in v.Property if not p.startswith(v.KG)})
    out += [f"**Terms of Dublin Core, schema.org and SKOS** that stand where kg had its own: {len(outside)}.", ""]
    return "\n".join([*out, *table(outside, texts)])


def page() -> str:
    """The whole page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{made()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
