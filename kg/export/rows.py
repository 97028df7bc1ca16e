"""What the exports for other tools are made of: plain rows out of the store, in a fixed order, with what each means.

A statement is what somebody is reported to say. Whether they say that it is so, deny it, or only hope it, whether somebody
else relays it, and whether an office is still held: that is told here once, so that no format tells something else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property

from kg import query
from kg import vocabulary as v
from kg.english import places
from kg.model import EntityType, Kind, Stance, Tense
from kg.query import Value
from kg.store import Store
from kg.vocabulary import Property

Row = dict[str, Value]

HOLDS = frozenset(
    {
        Stance.SAID, Stance.CLAIMED, Stance.ESTIMATED, Stance.WARNED, Stance.BELIEVED, Stance.BLAMED, Stance.ASSESSED, Stance.KNOWN,
        Stance.DECIDED,
    }
)  # fmt: skip
"""The stances of somebody who holds the content to be so; who denies, refuses, hopes, asks or plans something does not."""

_P = Property
_MANNERS = f"""SELECT ?statement ?stance ?certainty ?negated ?within WHERE {{ ?statement a kg:Statement .
  OPTIONAL {{ ?statement <{_P.STANCE}> ?s . BIND(STRAFTER(STR(?s), "#stance-") AS ?stance) }}
  OPTIONAL {{ ?statement <{_P.CERTAINTY}> ?c . BIND(STRAFTER(STR(?c), "#certainty-") AS ?certainty) }}
  OPTIONAL {{ ?statement <{_P.NEGATED}> ?negated }} OPTIONAL {{ ?statement <{_P.WITHIN}> ?within }} }} ORDER BY ?statement ?within"""
_OF_FIGURE: dict[str, str] = {
    "value": _P.VALUE, "low": _P.LOW, "high": _P.HIGH, "unit": _P.UNIT, "population": _P.POPULATION, "event": _P.EVENT, "as_of": _P.AS_OF,
    "unofficial": _P.UNOFFICIAL, "change": _P.CHANGE, "per": _P.PER,
}  # fmt: skip
_FIGURES = f"""SELECT ?statement ?figure ?wording ?comparator {" ".join(f"?{name}" for name in _OF_FIGURE)} WHERE {{
  ?statement <{_P.FIGURE}> ?figure . ?figure <{_P.WORDING}> ?wording .
  OPTIONAL {{ ?figure <{_P.COMPARATOR}> ?c . BIND(STRAFTER(STR(?c), "#comparator-") AS ?comparator) }}
  {" ".join(f"OPTIONAL {{ ?figure <{prop}> ?{name} }}" for name, prop in _OF_FIGURE.items())} }} ORDER BY ?statement ?figure"""


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
        """The rows of ``who_said_what``, each statement once, and what they mean: ``stance, certainty, negated``; ``within``, the
        statement that relays it, and ``relayed_by``, the name of who does; ``speaker_type``; ``manner``, all of that in words;
        ``uttered``, whether the speaker is told to say it at all, and ``held``, to say that it is so; ``who``, the speaker in words, also where there is none.
        """
        out: dict[str, Row] = {}
        for row in self.named("who_said_what"):
            out.setdefault(str(row["statement"]), row)
        manners = {str(row["statement"]): row for row in reversed(self.ask(_MANNERS))}
        kinds = {text(e["entity"]): e["type"] for e in self.entities}
        for iri, row in out.items():
            told = manners.get(iri, {})
            outer = out.get(text(told.get("within")), {})
            row |= {
                "stance": told.get("stance") or Stance.SAID.value, "certainty": told.get("certainty") or "firm",
                "negated": told.get("negated") is True, "within": told.get("within"),
                "relayed_by": (outer["speaker_name"] or "the article") if outer else None,
                "speaker_type": kinds.get(text(row["speaker"])),
                "who": row["speaker_name"] or ("the article" if row["kind"] == Kind.AUTHOR else "an unnamed source"),
            }  # fmt: skip
        for row in out.values():
            uttered = _uttered(row, out)
            row |= {
                "manner": _manner(row, out.get(text(row["within"]), {})),
                "uttered": uttered,
                "held": uttered and row["stance"] in HOLDS,
            }
        return list(out.values())

    @cached_property
    def figures(self) -> dict[str, list[Row]]:
        """The figures of each statement that has some: ``figure, wording, value, low, high, comparator`` (equal, about, more …),
        ``unit, population, event, as_of, unofficial, change, per`` and ``words``: the wording, with what it leaves out.
        """
        out: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in self.ask(_FIGURES):
            row["unofficial"] = row["unofficial"] is True
            row["as_of"] = text(row["as_of"]) or None
            row["words"] = f"{row['wording']} (unofficial)" if row["unofficial"] else row["wording"]
            out[str(row["statement"])].setdefault(str(row["figure"]), row)
        return {statement: list(found.values()) for statement, found in out.items()}

    @cached_property
    def offices(self) -> list[Row]:
        """The rows of ``offices``, and ``as_of``, the date of the article; ``status``, the tense, and ``former`` also where an
        article of that day or later calls the same office a former one; ``title``, the role with its status; ``told``, both in
        words with the date.
        """
        rows: list[Row] = [
            {**row, "as_of": self.published.get(text(row["article"]), "")} for row in self.named("offices")
        ]
        parts = {text(e["entity"]): {text(e["country"]), text(e["part_of"])} - {""} for e in self.entities}
        left: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            if row["tense"] == Tense.FORMER:
                left[text(row["person"]), text(row["role"]).lower()].append(row)
        for row in rows:
            later = (
                end
                for end in left[text(row["person"]), text(row["role"]).lower()]
                if text(row["as_of"]) and text(end["as_of"]) >= text(row["as_of"]) and _one_body(row, end, parts)
            )
            status = text(row["tense"]) if not any(later) else Tense.FORMER.value
            row["status"] = status
            row["title"] = _title(status, row)
            row["told"] = _title(text(row["tense"]), row) + (f", as of {row['as_of']}" if row["as_of"] else "")
            if status != row["tense"]:
                row["told"] = f"{row['told']}; former later"
        return rows

    def country_code(self, iri: str) -> str:
        """The ISO 3166-1 alpha-2 code (``no``) of a country or of the country of what lies in one; empty where none is known."""
        row = self.entity.get(iri, {})
        country = row if row.get("type") == EntityType.COUNTRY else self.entity.get(text(row.get("country")), {})
        own = text(country.get("entity"))
        if own.startswith(v.COUNTRIES):
            return own.removeprefix(v.COUNTRIES).lower()
        return _codes().get(text(country.get("name")), "")

    @cached_property
    def entity(self) -> dict[str, Row]:
        """The row of each entity, by its IRI."""
        return {text(e["entity"]): e for e in self.entities}

    @cached_property
    def statement(self) -> dict[str, Row]:
        """The row of each statement, by its IRI."""
        return {text(s["statement"]): s for s in self.statements}

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


@cache
def _codes() -> dict[str, str]:
    return {name: code.lower() for code, name in places.country_codes().items()}


def _title(status: str, row: Row) -> str:
    return text(row["role"]) if status == Tense.CURRENT else f"{status} {row['role']}"


def _manner(row: Row, outer: Row) -> str:
    """How it is said, in words: “denied”, “said, hedged, relayed by Kari Moen”."""
    verb = text(row["stance"]).replace("_", " ")
    parts = [f"not {verb}" if row["negated"] else verb]
    if row["certainty"] == "hedged":
        parts.append("hedged")
    if row["relayed_by"]:
        denied = outer["stance"] == Stance.DENIED and not outer["negated"]
        parts.append(f"which {row['relayed_by']} denies" if denied else f"relayed by {row['relayed_by']}")
    return ", ".join(parts)


def _uttered(row: Row, all_: dict[str, Row]) -> bool:
    """Whether the speaker is told to say this: not where it, or what relays it, is denied or not said."""
    seen: set[str] = set()
    inner, outer = row, text(row["within"])
    while not inner["negated"] and outer in all_ and outer not in seen:
        seen.add(outer)
        inner = all_[outer]
        if inner["stance"] in (Stance.DENIED, Stance.REFUSED):
            return False
        outer = text(inner["within"])
    return not inner["negated"]


def _one_body(a: Row, b: Row, parts: dict[str, set[str]]) -> bool:
    """Whether two offices of one title can be the same: in one body, in a body and its country, or in one that is not named."""
    left, right = text(a["organisation"]), text(b["organisation"])
    return not left or not right or left == right or left in parts.get(right, ()) or right in parts.get(left, ())
