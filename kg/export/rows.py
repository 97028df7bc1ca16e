"""What the exports for other tools are made of: plain rows out of the store, in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from kg import query
from kg.query import Value
from kg.store import Store

Row = dict[str, Value]


@dataclass(frozen=True)
class Source:
    """The rows of a store that exports share; each is asked for once."""

    store: Store
    _rows: dict[str, list[Row]] = field(default_factory=dict)

    def named(self, name: str) -> list[Row]:
        """The rows of a named query."""
        if name not in self._rows:
            self._rows[name] = list(query.run(self.store, query.named()[name]))
        return self._rows[name]

    def ask(self, text: str) -> list[Row]:
        """The rows of a query of our own."""
        return list(query.run(self.store, query.parse(text)))

    @cached_property
    def entities(self) -> list[Row]:
        """``entity, name, type, country, part_of`` and ``aliases``, a list."""
        aliases: dict[str, list[str]] = defaultdict(list)
        for row in self.ask(
            "SELECT DISTINCT ?e ?alias WHERE { ?r kg:refersTo ?e . ?e skos:altLabel ?alias } ORDER BY ?e ?alias"
        ):
            aliases[str(row["e"])].append(str(row["alias"]))
        rows = self.ask(
            "SELECT ?entity ?name ?country ?part_of WHERE { { SELECT DISTINCT ?entity WHERE { ?r kg:refersTo ?entity } } ?entity skos:prefLabel ?name . "
            "OPTIONAL { ?entity kg:country ?country } OPTIONAL { ?entity kg:partOf ?part_of } } ORDER BY ?entity ?name ?part_of"
        )
        kinds = {str(r["entity"]): str(r["type"]) for r in self.named("entities")}
        out: dict[str, Row] = {}
        for row in rows:
            iri = str(row["entity"])
            out.setdefault(iri, {**row, "type": kinds.get(iri, "unnamed_source"), "aliases": "\n".join(aliases[iri])})
        return list(out.values())

    @cached_property
    def articles(self) -> list[Row]:
        """``article, title, published, url, publisher, language, text, authors`` (one a line)."""
        authors: dict[str, list[str]] = defaultdict(list)
        for row in self.ask("SELECT ?a ?n WHERE { ?a a kg:Article ; dc:creator ?n } ORDER BY ?a ?n"):
            authors[str(row["a"])].append(str(row["n"]))
        rows = self.ask(
            "SELECT ?article ?title ?published ?url ?publisher ?language ?text WHERE { ?article a kg:Article ; schema:articleBody ?text . "
            "OPTIONAL { ?article dcterms:title ?title } OPTIONAL { ?article dcterms:issued ?p . BIND(STR(?p) AS ?published) } "
            "OPTIONAL { ?article schema:url ?url } OPTIONAL { ?article dc:publisher ?publisher } "
            "OPTIONAL { ?article dc:language ?language } } ORDER BY ?article"
        )
        return [{**row, "authors": "\n".join(authors[str(row["article"])])} for row in rows]

    @cached_property
    def statements(self) -> list[Row]:
        """The rows of ``who_said_what``, each statement once."""
        out: dict[str, Row] = {}
        for row in self.named("who_said_what"):
            out.setdefault(str(row["statement"]), row)
        return list(out.values())

    @cached_property
    def about(self) -> dict[str, list[str]]:
        """The entities that each statement is about."""
        out: dict[str, list[str]] = defaultdict(list)
        for row in self.ask("SELECT DISTINCT ?s ?e WHERE { ?s a kg:Statement ; schema:about ?e } ORDER BY ?s ?e"):
            out[str(row["s"])].append(str(row["e"]))
        return out

    @cached_property
    def speakers(self) -> dict[str, str]:
        """The speaker of each statement that has one."""
        return {text(s["statement"]): text(s["speaker"]) for s in self.statements if s["speaker"]}

    @cached_property
    def published(self) -> dict[str, str]:
        """The date of each article that has one."""
        return {str(a["article"]): str(a["published"]) for a in self.articles if a["published"]}


def text(value: Value) -> str:
    return "" if value is None else str(value)


def lines(value: Value) -> list[str]:
    """The parts of a value that holds one a line."""
    return [part for part in text(value).split("\n") if part]
