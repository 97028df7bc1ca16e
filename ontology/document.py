"""Makes what follows from other files: ``events.ttl`` from the lists of words, ``classes.svg``, the lists in ``README.md``, and ``kg.html``.

Run ``python ontology/document.py`` after a change of the ontology or of the questions; a test fails where the picture or the
lists are out of date. pyLODE is needed for the HTML only, which is not kept in the repository.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from importlib import metadata
from pathlib import Path
from types import ModuleType

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS
from rdflib.collection import Collection

from kg import vocabulary
from kg.english import schemes

HERE = Path(__file__).parent
KG = "https://w3id.org/kg-said/ns#"

# ── the picture ───────────────────────────────────────────────────────────────────────────────────────────────────

WIDTH, INDENT, LINE, GAP, TOP = 262, 18, 15, 12, 54
ARTICLE = ("Statement", "Figure", "OfficeHeld", "Reference", "Characters")
FAMILIES = (
    *((name, "#2f6f8f", "#e7f1f6") for name in ARTICLE),
    ("Entity", "#7a4a8c", "#f3ebf6"),
    ("Article", "#3d6b3d", "#eaf3ea"),
    ("Affair", "#9a5b1f", "#faf0e6"),
    ("Comparison", "#9a5b1f", "#faf0e6"),
    ("Judgement", "#9a5b1f", "#faf0e6"),
    ("Correction", "#9a5b1f", "#faf0e6"),
    ("ListedName", "#5a5a5a", "#efefef"),
    ("Extraction", "#5a5a5a", "#efefef"),
    ("Inference", "#5a5a5a", "#efefef"),
)
COLUMNS = (
    ("What one article says", ("Article", *ARTICLE)),
    ("Who and what is spoken of", ("Entity",)),
    (
        "Comparison, origin, closed lists",
        ("Affair", "Comparison", "Judgement", "Correction", "ListedName", "Extraction", "Inference", ""),
    ),
)


@dataclass
class Box:
    """A class with the ties that start at it."""

    name: str
    label: str
    ties: list[tuple[str, bool]] = field(default_factory=list)
    below: list[Box] = field(default_factory=list)

    @property
    def height(self) -> int:
        return 24 + LINE * len(self.ties) + (4 if self.ties else 0)


class Picture:
    """The classes as boxes, a subclass below its class and to the right, each with its object properties."""

    def __init__(self, core: rdflib.Graph) -> None:
        self.core = core
        self.out: list[str] = []

    def draw(self) -> str:
        version = self.core.value(rdflib.URIRef("https://w3id.org/kg-said/ns"), OWL.versionInfo)
        x, deepest = 20, 0
        for title, roots in COLUMNS:
            self.out.append(f'<text class="head" x="{x}" y="{TOP - 14}">{escape(title)}</text>')
            y = TOP
            width = WIDTH
            for root in roots:
                for box in self._tree(root) if root else self._lists():
                    y, right = self._place(box, x, y, 0)
                    width = max(width, right - x)
            deepest = max(deepest, y)
            x += width + 34
        size = f"{x} {deepest + 34}"
        note = f"kg {version}: classes, and the properties that lead from each to another; in italics what is concluded and never asserted"
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" aria-label="The classes of the ontology kg">',
                "<style>text{font:12px system-ui,sans-serif;fill:#222}.head{font-weight:600;font-size:14px}.name{font-weight:600}"
                ".tie{font-size:11px}.concluded{font-style:italic;fill:#555}.note{fill:#555;font-size:11px}"
                "path{fill:none;stroke:#888}rect{stroke-width:1.2}</style>",
                f'<rect x="0" y="0" width="{x}" height="{deepest + 34}" fill="#fff"/>',
                *self.out,
                f'<text class="note" x="20" y="{deepest + 20}">{escape(note)}</text>',
                "</svg>",
                "",
            ]
        )

    def _place(self, box: Box, x: int, y: int, depth: int) -> tuple[int, int]:
        """Draw a box and all below it; returns where the next one starts and the right edge."""
        _, stroke, fill = next((f for f in FAMILIES if self._under(box.name, f[0])), ("", "#5a5a5a", "#f6f6f6"))
        self.out.append(
            f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{box.height}" rx="4" fill="{fill}" stroke="{stroke}"/>'
        )
        self.out.append(f'<text class="name" x="{x + 8}" y="{y + 17}">{escape(box.label)}</text>')
        for number, (text, concluded) in enumerate(box.ties):
            style = "tie concluded" if concluded else "tie"
            self.out.append(
                f'<text class="{style}" x="{x + 8}" y="{y + 17 + LINE * (number + 1)}">{escape(text)}</text>'
            )
        right, bottom = x + WIDTH, y + box.height + GAP
        for low in box.below:
            self.out.append(f'<path d="M{x + 8} {y + box.height}V{bottom + 12}H{x + INDENT}"/>')
            bottom, edge = self._place(low, x + INDENT, bottom, depth + 1)
            right = max(right, edge)
        return bottom, right

    def _tree(self, name: str) -> Iterator[Box]:
        term = rdflib.URIRef(KG + name)
        box = Box(name, self._label(term), list(self._ties(term)))
        for low in sorted(self._subclasses(term), key=lambda t: str(t)):
            box.below.extend(self._tree(str(low).removeprefix(KG)))
        yield box

    def _lists(self) -> Iterator[Box]:
        for term in sorted(self.core.subjects(RDF.type, SKOS.ConceptScheme)):
            values = sorted(str(self.core.value(x, RDFS.label)) for x in self.core.subjects(SKOS.inScheme, term))
            yield Box(str(term), self._label(term), [(line, False) for line in _wrapped(values)])

    def _subclasses(self, term: rdflib.URIRef) -> set[rdflib.URIRef]:
        told = {s for s in self.core.subjects(RDFS.subClassOf, term) if isinstance(s, rdflib.URIRef)}
        defined = {
            s
            for s, expression in self.core.subject_objects(OWL.equivalentClass)
            if isinstance(s, rdflib.URIRef) and next(iter(self._intersection(expression)), None) == term
        }
        return told | defined

    def _intersection(self, node: object) -> list[object]:
        head = self.core.value(node, OWL.intersectionOf)  # type: ignore[arg-type]
        return list(Collection(self.core, head)) if head is not None else []

    def _ties(self, term: rdflib.URIRef) -> Iterator[tuple[str, bool]]:
        for prop in sorted(self.core.subjects(RDF.type, OWL.ObjectProperty)):
            if str(prop).startswith(KG) and term in self._classes(self.core.value(prop, RDFS.domain)):
                targets = [self._label(c) for c in self._classes(self.core.value(prop, RDFS.range))]
                concluded = (prop, OWL.inverseOf, None) in self.core or "Concluded" in str(
                    self.core.value(prop, SKOS.definition)
                )
                yield f"{self._label(prop)} → {' or '.join(targets) or 'class'}", concluded

    def _classes(self, node: object) -> list[object]:
        if isinstance(node, rdflib.URIRef):
            return [node]
        head = self.core.value(node, OWL.unionOf) if node is not None else None  # type: ignore[arg-type]
        return list(Collection(self.core, head)) if head is not None else []

    def _under(self, name: str, root: str) -> bool:
        start = rdflib.URIRef(KG + name)
        if name == root:
            return True
        higher = {str(x) for x in self.core.transitive_objects(start, RDFS.subClassOf)}
        expression = self.core.value(start, OWL.equivalentClass)
        for part in self._intersection(expression) if expression is not None else []:
            if isinstance(part, rdflib.URIRef):
                higher |= {str(x) for x in self.core.transitive_objects(part, RDFS.subClassOf)} | {str(part)}
        return KG + root in higher

    def _label(self, term: object) -> str:
        return str(self.core.value(term, RDFS.label) or str(term).rsplit("#", 1)[-1])  # type: ignore[arg-type]


def _wrapped(words: list[str], limit: int = 40) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + len(word) + 2 > limit:
            yield line + ","
            line = ""
        line = f"{line}, {word}" if line else word
    yield line


# ── events and units ──────────────────────────────────────────────────────────────────────────────────────────────

EVENTS = """@prefix kg: <https://w3id.org/kg-said/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

# What happened to the counted, and the units of figures, as SKOS concepts. Made by document.py from the word lists of kg; a part of
# the ontology, in the same namespace. The words of a concept are its other labels.

skos:broader a owl:ObjectProperty .
"""


def events() -> str:
    """The schemes of events and of units, in Turtle."""
    out = [EVENTS]
    for scheme, title, found in (
        ("event", "events", schemes.event_concepts()),
        ("unit", "units", schemes.unit_concepts()),
    ):
        shown = ", ".join(concept.label for concept in list(found.values())[:3])
        out.append(_concept(f"{scheme}-scheme", "skos:ConceptScheme", [], title, f"The list of {title}.", shown))
        out += [_member(scheme, concept) for concept in found.values()]
    return "\n".join(out)


def _member(scheme: str, concept: schemes.Concept) -> str:
    name = vocabulary.term(scheme, concept.name).removeprefix(KG)
    words = [word for word in concept.words if word != concept.label]
    above = (
        f"skos:broader kg:{scheme}-{concept.broader}" if concept.broader else f"skos:topConceptOf kg:{scheme}-scheme"
    )
    told = [f"skos:inScheme kg:{scheme}-scheme", above, f"skos:notation {_quoted(concept.name)}"]
    if words:
        told.append(f"skos:altLabel {' , '.join(f'{_quoted(word)}@en' for word in words)}")
    return _concept(name, "skos:Concept", told, concept.label, concept.definition, concept.example)


def _concept(name: str, kind: str, told: list[str], label: str, definition: str, example: str) -> str:
    texts = (
        ("rdfs:label", label),
        ("skos:prefLabel", label),
        ("skos:definition", definition),
        ("skos:example", example),
    )
    lines = [f"kg:{name} a owl:NamedIndividual , {kind}", *told]
    lines += [f"{prop} {_quoted(text)}@en" for prop, text in texts]
    return " ;\n    ".join([*lines, f"rdfs:isDefinedBy <{vocabulary.ONTOLOGY}>"]) + " .\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# ── the lists in README.md ────────────────────────────────────────────────────────────────────────────────────────


def questions(folder: Path) -> str:
    """The competency questions by group, each with a link to the query that answers it."""
    groups: dict[str, list[str]] = {}
    for file in sorted(folder.glob("*.rq")):
        header = dict(
            line.removeprefix("#+").strip().partition(": ")[::2]
            for line in file.read_text(encoding="utf-8").splitlines()
            if line.startswith("#+") and not line.startswith("#+ asks")
        )
        groups.setdefault(header.get("group", "Others"), []).append(
            f"- {header['question']} [`{file.stem}`](../queries/{file.name})"
        )
    return "\n\n".join(f"**{group}**\n\n" + "\n".join(lines) for group, lines in sorted(groups.items()))


def terms(core: rdflib.Graph) -> str:
    """How many terms the core and the detail have, each with its classes and properties and what they mean."""
    parts = []
    for home, title in ((vocabulary.ONTOLOGY, "The core, `kg.ttl`"), (vocabulary.DETAIL, "The detail, `detail.ttl`")):
        kinds = {
            kind: sorted(
                s
                for s in core.subjects(RDF.type, kind)
                if isinstance(s, rdflib.URIRef) and (s, RDFS.isDefinedBy, rdflib.URIRef(home)) in core
            )
            for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
        }
        found = [len(terms) for terms in kinds.values()]
        lines = [
            f"**{title}**: {found[0]} classes and {found[1] + found[2]} properties, {sum(found)} terms.",
            "",
            "| term | definition |",
            "| --- | --- |",
        ]
        lines += [
            f"| `{term.removeprefix(KG)}` | {core.value(term, SKOS.definition)} |"
            for kind in kinds.values()
            for term in kind
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def filled(text: str, parts: dict[str, str]) -> str:
    """``text`` with what stands between the markers of each part replaced."""
    for name, part in parts.items():
        start, end = f"<!-- {name}: generated -->", f"<!-- {name}: end -->"
        before, _, rest = text.partition(start)
        _, _, after = rest.partition(end)
        text = f"{before}{start}\n\n{part}\n\n{end}{after}"
    return text


# ── the HTML ──────────────────────────────────────────────────────────────────────────────────────────────────────


def html(core: rdflib.Graph, picture: str) -> str:
    """The documentation by pyLODE, with the picture in it. Nothing is fetched."""
    try:
        from pylode import OntPub
    except FileNotFoundError:
        # The wheel of pyLODE 3.4.1 lacks the file in which it looks up its own version.
        for name in [name for name in sys.modules if name.startswith("pylode")]:
            del sys.modules[name]
        version = ModuleType("pylode.version")
        version.__dict__["__version__"] = metadata.version("pylode")
        sys.modules["pylode.version"] = version
        from pylode import OntPub

    plain = rdflib.Graph()
    for triple in core:
        if triple[1:] != (RDF.type, SKOS.ConceptScheme):  # pyLODE would take a list of values for the ontology
            plain.add(triple)
    page = str(OntPub(ontology=plain).make_html())
    mark = page.index('id="classes"')
    at = page.rindex("<", 0, mark)
    return f'{page[:at]}<div class="section" id="picture"><h2>Picture</h2>{picture}</div>{page[at:]}'


def made() -> dict[Path, str]:
    """Events, the picture and the README as they should be, by file."""
    core = ontology()
    readme = HERE / "README.md"
    text = filled(
        readme.read_text(encoding="utf-8"), {"questions": questions(HERE.parent / "queries"), "terms": terms(core)}
    )
    return {HERE / "events.ttl": events(), HERE / "classes.svg": Picture(core).draw(), readme: text}


def ontology() -> rdflib.Graph:
    """The core, the closed lists and the detail, without events and units."""
    core = rdflib.Graph()
    for name in ("kg.ttl", "values.ttl", "detail.ttl"):
        core.parse(HERE / name)
    core.remove((rdflib.URIRef("https://w3id.org/kg-said/detail"), None, None))  # one document holds one ontology
    return core


def main() -> None:
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
    try:
        page = html(ontology(), (HERE / "classes.svg").read_text(encoding="utf-8"))
    except ModuleNotFoundError:
        sys.exit("The picture and README.md are made; for kg.html install pylode.")
    (HERE / "kg.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
