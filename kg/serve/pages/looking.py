"""What a page shows of the graph. The only part of the server that asks the graph, by named queries and a few patterns.

A named query is asked of a few things at once, by a VALUES block in front of its pattern: pages cost what they show, not what
the store holds. What a list needs of all things is read once for each state of the store.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import pyoxigraph as ox

from kg import query
from kg import vocabulary as v
from kg.query import child
from kg.rdf import minting
from kg.rdf.describing import Words
from kg.store import Store
from kg.view.data import Article, Node, Statement
from kg.view.rows import from_rows
from kg.vocabulary import Class, Outside, Property

Row = Mapping[str, Any]
T = TypeVar("T")

_FOUND = 50  # of each kind of thing that a search finds
_TIES = 60  # actors that an actor is tied to, of each kind
_DETAIL = ("statement_detail", "statement_figures", "statement_spans", "statement_topics")
_WORDS = 20  # of a search
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """A part of a list: its items, the number of the page from 1, items a page, and how many items there are."""

    items: Sequence[T]
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def paged(items: Sequence[T], page: int, size: int) -> Paged[T]:
    """The page of that number, or the last one where there are fewer.

    >>> paged("abcde", 2, 2), paged("abcde", 99, 2).items
    (Paged(items='cd', page=2, size=2, total=5), 'e')
    """
    page = min(max(1, page), max(1, -(-len(items) // size)))
    return Paged(items[(page - 1) * size : page * size], page, size, len(items))


@dataclass(frozen=True, slots=True)
class Held:
    """An office as an article tells it; ``other`` is the body of a holder, or the holder in a body."""

    role: str
    tense: str
    other: str
    other_name: str
    article: str
    date: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two statements, by IRI, with their speakers and figures, what is between them, and why."""

    iri: str
    left: str
    right: str
    left_speaker: str
    right_speaker: str
    left_figure: str
    right_figure: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tie:
    """An actor that another is tied to, in which way, and in how many statements or comparisons."""

    iri: str
    name: str
    kind: str
    label: str
    times: int


class Graph:
    """One state of a store, looked at. Safe in several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.words = Words(store)
        self._kept: dict[str, Any] = {}
        self._keeping = threading.RLock()

    # ── lists ──

    def articles(self) -> tuple[Article, ...]:
        """All articles without their texts, the newest first."""
        return self._once("articles", self._all_articles)

    def _all_articles(self) -> tuple[Article, ...]:
        found = from_rows({"articles": self._plain("article", Class.ARTICLE, {
            "title": Property.TITLE, "published": Property.PUBLISHED, "publisher": Property.PUBLISHER_NAME, "url": Property.URL,
        })}).articles  # fmt: skip
        return tuple(sorted(sorted(found, key=lambda one: one.id), key=lambda one: one.published, reverse=True))

    def _plain(self, name: str, kind: str, columns: Mapping[str, str]) -> list[dict[str, str]]:
        """All things of a class with the first value of each of a few properties."""
        rows = []
        for subject in self.store.subjects_of_type(kind):
            iri = str(getattr(subject, "value", subject))
            row = {name: iri}
            for column, prop in columns.items():
                if values := self.store.objects(iri, prop):
                    row[column] = str(getattr(values[0], "value", values[0]))
            rows.append(row)
        return rows

    def actors(self) -> tuple[Node, ...]:
        """All actors by type and name."""
        return self._once("actors", lambda: from_rows({"entities": list(self._rows("entities"))}).nodes)

    def statements(self) -> list[str]:
        """The IRIs of all statements, in order."""
        return self._once("statements", lambda: self._iris(Class.STATEMENT))

    def comparisons(self) -> list[Compared]:
        """All comparisons, contradictions first."""
        return self._once("comparisons", lambda: _sorted(_compared(row) for row in self._rows("comparisons")))

    def _iris(self, kind: str) -> list[str]:
        return sorted({str(getattr(found, "value", found)) for found in self.store.subjects_of_type(kind)})

    def _once(self, name: str, make: Callable[[], T]) -> T:
        with self._keeping:
            if name not in self._kept:
                self._kept[name] = make()
            return cast("T", self._kept[name])

    # ── things ──

    def kind(self, iri: str) -> str:
        """What there is at an IRI: ``article``, ``statement``, ``entity``, ``thing``; empty where there is nothing."""
        types = {str(getattr(found, "value", found)) for found in self.store.objects(iri, v.TYPE)}
        for name, kind in (("article", Class.ARTICLE), ("statement", Class.STATEMENT), ("entity", Class.ENTITY)):
            if kind in types:
                return name
        return "thing" if types or self.about(iri, 1) else ""

    def moved(self, iri: str) -> str:
        """The IRI of the entity in the place of one that was replaced; empty where it was not."""
        now = self.store.current(iri)
        return "" if now == iri else now

    def article(self, iri: str) -> Article:
        rows = {name: self._rows(name, "article", [iri]) for name in ("articles", "article_texts")}
        return from_rows(rows).articles[0]

    def said_in(self, article: str) -> list[Statement]:
        """The statements of an article in the order of its text."""
        found = self.told(str(row["statement"]) for row in self._rows("statement_detail", "article", [article]))
        return sorted(found, key=lambda one: (one.start or 0, one.end or 0, one.id))

    def told(self, iris: Iterable[str]) -> list[Statement]:
        """Those of ``iris`` that are statements, in full, in their order."""
        wanted = list(iris)
        rows = {name: self._rows(name, "statement", wanted) for name in _DETAIL}
        by_iri = {one.id: one for one in from_rows(rows).statements}
        return [by_iri[iri] for iri in wanted if iri in by_iri]

    def statement(self, name: str) -> str:
        """The IRI of the statement that is named by its key, with that of its article before it where several have one key;
        empty where there is none.
        """
        article, _, key = name.rpartition("/")
        known = self._once("keys", self._by_key).get(key, [])
        found = [iri for iri in known if not article or minting.article(minting.article_id(iri)).value.endswith(f"/{article}")]
        return found[0] if len(found) == 1 else ""

    def _by_key(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for iri in self.statements():
            found.setdefault(iri.rsplit("/", 1)[-1], []).append(iri)
        return found

    def actor(self, iri: str) -> Node | None:
        nodes = from_rows({"entities": self._rows("entities", "entity", [iri])}).nodes
        return nodes[0] if nodes else None

    def same_elsewhere(self, iri: str) -> list[str]:
        """The same thing in other data sets."""
        return [str(getattr(found, "value", found)) for found in self.store.objects(iri, Outside.EXACT_MATCH)]

    def held_by(self, person: str) -> list[Held]:
        """The offices of a person by time: the date of the article that tells of each."""
        rows = self._rows("offices", "person", [person])
        return self._by_time(rows, "organisation", "organisation_name")

    def held_in(self, body: str) -> list[Held]:
        """The offices in a body by time, with who held them."""
        return self._by_time(self._rows("offices", "organisation", [body]), "person", "person_name")

    def _by_time(self, rows: Iterable[Row], other: str, name: str) -> list[Held]:
        dates = {article.id: article.published for article in self.articles()}
        found = {
            Held(_text(row, "role"), _text(row, "tense"), _text(row, other), _text(row, name), str(row["article"]),
                 dates.get(str(row["article"]), ""))
            for row in rows
        }  # fmt: skip
        return sorted(found, key=lambda held: (held.date, held.article, held.role, held.other_name))

    def spoken(self, actor: str) -> list[str]:
        """The IRIs of what an actor said."""
        return self.store.subjects(Property.SPEAKER, ox.NamedNode(actor))

    def concerned(self, actor: str) -> list[str]:
        """The IRIs of what was said about an actor."""
        return self.store.subjects(Property.ABOUT, ox.NamedNode(actor))

    def newest(self, statements: Iterable[str]) -> list[str]:
        """The IRIs of statements, those of the newest article first."""
        dates = self._once("dates", lambda: {minting.article_id(one.id): one.published for one in self.articles()})
        ordered = sorted(statements)
        return sorted(ordered, key=lambda iri: dates.get(minting.article_id(iri), ""), reverse=True)

    def ties(self, actor: str) -> list[Tie]:
        """To whom an actor is tied, the strongest ties of each kind first."""
        counted: Counter[tuple[str, str, str]] = Counter()
        for here, there in (("source", "target"), ("target", "source")):
            for row in self._rows("links", here, [actor]):
                direction = "" if here == "source" or row["kind"] == "disagrees_with" else "of_"
                counted[str(row[there]), direction + str(row["kind"]), _text(row, "label")] += 1
        found = [Tie(iri, self.words.words(iri), kind, label, times) for (iri, kind, label), times in counted.items()]
        found.sort(key=lambda tie: (tie.kind, -tie.times, tie.name, tie.iri))
        seen: Counter[str] = Counter()
        kept = []
        for tie in found:
            seen[tie.kind] += 1
            if tie.iri != actor and seen[tie.kind] <= _TIES:
                kept.append(tie)
        return kept

    def compared(self, statements: Iterable[str]) -> list[Compared]:
        """The comparisons of these statements."""
        wanted = list(statements)
        rows = [row for side in ("left", "right") for row in self._rows("comparisons", side, wanted)]
        return _sorted(_compared(row) for row in rows)

    def comparison(self, iri: str) -> Compared | None:
        rows = self._rows("comparisons", "comparison", [iri])
        return _compared(rows[0]) if rows else None

    def about(self, iri: str, most: int) -> list[ox.Quad]:
        """What the graph tells of a thing, without conclusions unless they are to be seen."""
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return []
        return self.store.some(subject=node, most=most)

    def leading_to(self, iri: str, most: int) -> list[ox.Quad]:
        """What leads to a thing."""
        return self.store.some(value=ox.NamedNode(iri), most=most)

    # ── search ──

    def named(self, words: str, most: int = _FOUND) -> list[Node]:
        """The actors of whose name or aliases each word of ``words`` begins one; those that begin with them first."""
        asked = _folded(words)
        if not asked:
            return []
        found = []
        for node in self.actors():
            for at, name in enumerate((node.name, *node.aliases)):
                own = _folded(name)
                if all(any(word.startswith(part) for word in own) for part in asked):
                    found.append((at > 0, own[: len(asked)] != asked, len(name), node.name, node))
                    break
        return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1])[:most]]

    def titled(self, words: str) -> list[Article]:
        """The articles whose titles have a word that begins with each of ``words``."""
        asked = _folded(words)
        hits = (one for one in self.articles() if all(any(w.startswith(part) for w in _folded(one.title)) for part in asked))
        return [one for _, one in zip(range(_FOUND), hits, strict=False)] if asked else []

    def containing(self, words: str) -> list[Statement]:
        """Statements whose content has all of these words."""
        asked = _folded(words)
        if not asked:
            return []
        tests = " && ".join(f"CONTAINS(LCASE(STR(?content)), {ox.Literal(word)})" for word in asked)
        text = f"SELECT ?s WHERE {{ ?s <{Property.CONTENT}> ?content FILTER({tests}) }} LIMIT {_FOUND}"
        return self.told(row[0].value for row in self.store.query(text))

    def _rows(self, name: str, column: str = "", things: Sequence[str] = ()) -> list[dict[str, Any]]:
        """The rows of a named query; of these things in that column alone where one is named."""
        if column and not things:
            return []
        text = query.find(name).sparql
        if column:
            listed = " ".join(str(ox.NamedNode(iri)) for iri in things)
            text = text.replace("WHERE {", f"WHERE {{ VALUES ?{column} {{ {listed} }}", 1)
        return list(query.rows_of(child.read(self.store.query(text), None)))


def _compared(row: Row) -> Compared:
    names = ("comparison", "left", "right", "left_speaker", "right_speaker", "left_figure", "right_figure", "verdict", "reason")
    return Compared(*(_text(row, name) for name in names))


def _sorted(found: Iterable[Compared]) -> list[Compared]:
    once = {one.iri: one for one in found}
    return sorted(once.values(), key=lambda one: (one.verdict != "contradicts", one.verdict, one.reason, one.iri))


def _folded(text: str) -> list[str]:
    return _WORD.findall(text.lower())[:_WORDS]


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value)
