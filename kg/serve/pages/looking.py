"""What a page shows of the graph. The only part of the server that asks the graph, by named queries and a few patterns.

A named query is asked of one thing at a time, whose IRI stands in the place of its column: the engine begins there, so that
pages cost what they show, not what the store holds. What a list needs of all things is read once for each state of the store.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar, cast

import pyoxigraph as ox

from kg import query
from kg import vocabulary as v
from kg.model import Comparator, EntityType, Kind, Verdict
from kg.query import articles, child, timelines
from kg.rdf import minting
from kg.rdf.describing import Words
from kg.rdf.reading import usual_reason
from kg.store import Store
from kg.view.data import Article, Node, Statement
from kg.view.rows import from_rows
from kg.vocabulary import Class, Outside, Property

Row = Mapping[str, Any]
T = TypeVar("T")

_FOUND = 50  # of each kind of thing that a search finds
_SAID = 20  # statements that a search finds, the newest
_TIES = 60  # actors that an actor is tied to, of each kind
_LOOKED = 2_000  # statements of an actor that are looked through for ties
_FIGURES = "statement_figures"
_COLUMNS = {
    "speaker": Property.SPEAKER, "content": Property.CONTENT, "article": Property.IN_ARTICLE, "cue": Property.CUE, "stance": Property.STANCE,
    "kind": Property.KIND, "certainty": Property.CERTAINTY, "negated": Property.NEGATED, "said_on": Property.SAID_ON,
    "within": Property.WITHIN, "reason": Property.REASON, "confidence": Property.CONFIDENCE,
}  # fmt: skip
_MEASURED = {
    "wording": Property.WORDING, "value": Property.VALUE, "low": Property.LOW, "high": Property.HIGH, "comparator": Property.COMPARATOR,
    "unit": Property.UNIT, "population": Property.POPULATION, "event": Property.EVENT, "as_of": Property.AS_OF, "whose": Property.WHOSE,
    "per": Property.PER,
}  # fmt: skip
_PAGED = (
    ("affair", Class.AFFAIR), ("article", Class.ARTICLE), ("statement", Class.STATEMENT), ("entity", Class.ENTITY)
)  # fmt: skip
_CONCEPTS = ("kind", "stance", "certainty")
_WORDS = 20  # of a search
_TYPE, _REFERENCE = ox.NamedNode(v.TYPE), ox.NamedNode(Class.REFERENCE.value)
_WORD = re.compile(r"\w+")

LISTS = ("articles", "actors", "contents", "statements", "comparisons", "affairs")
"""What is read of all things once for each state of the store, that which a search needs first."""

PLACES, TOPICS, WHOLE = "statement_spans", "statement_topics", "statement_detail"
"""Parts of statements that cards do without."""


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


@dataclass(frozen=True, slots=True)
class Affair:
    """An affair in a list: its name, from when to when, articles, publishers, and contradictions told in it."""

    id: str
    label: str
    happening: str
    articles: int
    publishers: int
    disagreements: int


class Graph:
    """One state of a store, looked at. Safe in several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.words = Words(store)
        self._kept: dict[str, Any] = {}
        self._keeping = threading.Lock()
        self._locks: dict[str, threading.RLock] = {}

    # ── lists ──

    def prepare(self, lists: Iterable[str]) -> None:
        """Read these of :data:`LISTS`, if they are not read yet."""
        makers = {
            "articles": self.articles, "actors": self.actors, "statements": self.statements, "comparisons": self.comparisons,
            "affairs": self.affairs, "contents": self.contents,
        }  # fmt: skip
        for name in LISTS:
            if name in lists:
                makers[name]()

    def prepared(self) -> list[str]:
        """Those of :data:`LISTS` that are read."""
        return [name for name in LISTS if name in self._kept]

    def articles(self) -> tuple[Article, ...]:
        """All articles without their texts, the newest first."""
        return self.kept("articles", self._all_articles)

    def titles(self) -> dict[str, str]:
        """The title of each article by its IRI."""
        return self.kept("titles", lambda: {article.id: article.title for article in self.articles()})

    def affairs(self) -> list[Affair]:
        """The affairs that several articles are about, those of most articles first."""
        return self.kept("affairs", self._all_affairs)

    def _all_affairs(self) -> list[Affair]:
        """What the named query “affairs” gives, from a few columns: of ten thousand articles in a second instead of minutes."""
        inside, publishers, days = map(
            self.store.column, (Property.IN_AFFAIR, Property.PUBLISHER_NAME, Property.PUBLISHED)
        )
        members: dict[str, list[str]] = {}
        for article, affairs in inside.items():
            for affair in affairs:
                members.setdefault(affair, []).append(article)
        against = Counter(
            affair for comparison in self._contradictions() for affair in self._affairs_of(comparison, inside)
        )
        found = []
        for affair, inside_it in members.items():
            told = self.store.told(affair)
            first = min((day for one in inside_it for day in days.get(one, ())), default="")
            named = {name for one in inside_it for name in publishers.get(one, ())}
            label, happening = _first(told, Property.NAME), _first(told, Property.HAPPENING)
            if label:
                found.append((first, Affair(affair, label, happening, len(inside_it), len(named), against[affair])))
        found.sort(key=lambda one: (-one[1].articles, one[0], one[1].label, one[1].id))
        return [one for _, one in found]

    def _contradictions(self) -> list[str]:
        return [iri for verdict, iri in self.comparisons() if verdict == Verdict.CONTRADICTS]

    def _affairs_of(self, comparison: str, inside: Mapping[str, list[str]]) -> set[str]:
        """The affairs that the article of the earlier one of two statements is about."""
        articles = {
            minting.article(minting.article_id(one), self.store.base).value
            for one in self._values(comparison, Property.LEFT_STATEMENT)
        }
        return {affair for article in articles for affair in inside.get(article, ())}

    def affair(self, iri: str) -> timelines.AffairLines:
        """An affair with its time lines."""
        return timelines.affairs(self.store, iri)[0]

    def _all_articles(self) -> tuple[Article, ...]:
        titles, dates, publishers, urls = map(
            self.store.column, (Property.TITLE, Property.PUBLISHED, Property.PUBLISHER_NAME, Property.URL)
        )
        rows = [
            {"article": iri, "title": _first(titles, iri), "published": _first(dates, iri),
             "publisher": _first(publishers, iri), "url": _first(urls, iri)}
            for iri in self._iris(Class.ARTICLE)
        ]  # fmt: skip
        return tuple(sorted(from_rows({"articles": rows}).articles, key=lambda one: one.published, reverse=True))

    def actors(self) -> tuple[Node, ...]:
        """All actors by name."""
        return self.kept("actors", self._all_actors)

    def _all_actors(self) -> tuple[Node, ...]:
        iris, told = self._iris(Class.ENTITY), self._all_entities()
        nodes = [node for iri in iris if (node := self._actor(iri) if told is None else _node(told, iri)) is not None]
        return tuple(sorted(nodes, key=lambda node: (node.name.lower(), node.id)))

    def _all_entities(self) -> dict[str, dict[str, list[str]]] | None:
        """What the graph of entities tells of each, in one go; ``None`` where other graphs may tell more."""
        if not articles.ordinary(self.store):
            return None
        wanted = (Property.ENTITY_TYPE, Property.NAME, Property.ALIAS, Property.COUNTRY, Property.PART_OF)
        return dict(self.store.told_in(self.store.graph_name(v.Graph.ENTITIES), wanted))

    def statements(self) -> list[str]:
        """The IRIs of all statements, in order."""
        return self.kept("statements", lambda: self._iris(Class.STATEMENT))

    def comparisons(self) -> list[tuple[str, str]]:
        """The verdict and the IRI of all comparisons, contradictions first."""
        return self.kept("comparisons", self._all_comparisons)

    def _all_comparisons(self) -> list[tuple[str, str]]:
        verdicts = self.store.column(Property.VERDICT)
        found = [
            (v.of_concept(verdicts[iri][0], Verdict), iri) for iri in self._iris(Class.COMPARISON) if iri in verdicts
        ]
        return sorted((verdict.value, iri) for verdict, iri in found if verdict is Verdict.CONTRADICTS) + sorted(
            (verdict.value, iri) for verdict, iri in found if verdict is not Verdict.CONTRADICTS
        )

    def number(self, kind: str) -> int:
        """How many things there are of a class."""
        return self.kept(f"number of {kind}", lambda: len(self._iris(kind)))

    def _iris(self, kind: str) -> list[str]:
        return sorted({str(getattr(found, "value", found)) for found in self.store.subjects_of_type(kind)})

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What is made once of this state."""
        with self._keeping:
            making = self._locks.setdefault(name, threading.RLock())  # one list that takes its time holds up no other
        with making:
            if name not in self._kept:
                self._kept[name] = make()
            return cast("T", self._kept[name])

    # ── things ──

    def kind(self, iri: str) -> str:
        """What there is at an IRI: ``affair``, ``article``, ``statement``, ``entity``, ``thing``; empty where there is nothing."""
        types = self._values(iri, v.TYPE)
        for name, kind in _PAGED:
            if kind in types:
                return name
        return "thing" if types or self.about(iri, 1) else ""

    def moved(self, iri: str) -> str:
        """The IRI of the entity in the place of one that was replaced, or of what a person made of what the machine read; empty
        where it was not.
        """
        now = self.store.current(iri)
        if now == iri and (revised := self.store.subjects(Outside.WAS_REVISION_OF, ox.NamedNode(iri))):
            return revised[0]
        return "" if now == iri else now

    def listed_article(self, iri: str) -> Article:
        """An article without its text."""
        told = self.store.told(iri)
        columns = {
            "title": Property.TITLE,
            "published": Property.PUBLISHED,
            "publisher": Property.PUBLISHER_NAME,
            "url": Property.URL,
        }
        row = {"article": iri, **{column: _first(told, prop) for column, prop in columns.items()}}
        return (
            from_rows({"articles": [row]}).articles[0] if Class.ARTICLE in told.get(v.TYPE, ()) else Article(iri, iri)
        )

    def article(self, iri: str) -> Article:
        texts = self._rows("article_texts", article=iri)
        return replace(self.listed_article(iri), text=_text(texts[0], "text") if texts else "")

    def said_in(self, article: str) -> list[Statement]:
        """The statements of an article in the order of its text."""
        kind = Class.STATEMENT.value
        within = self.store.subjects(Property.IN_ARTICLE, ox.NamedNode(article))
        inside = (iri for iri in within if self.store.holds(ox.NamedNode(iri), kind))
        found = [placed(one) for one in self.told(inside, PLACES)]
        return sorted(found, key=lambda one: (one.start or 0, one.end or 0, one.id))

    def told(self, iris: Iterable[str], *parts: str) -> list[Statement]:
        """Those of ``iris`` that are statements, in their order, with all that a card shows; with what the named queries
        ``parts`` tell as well: where they stand (``PLACES``), what they are about (``TOPICS``), their evidence (``WHOLE``).
        """
        tables: dict[str, list[Row]] = {name: [] for name in (WHOLE, PLACES, TOPICS, _FIGURES)}
        wanted = list(iris)
        for iri in wanted:
            told = self.store.told(iri)
            if WHOLE not in parts:
                tables[WHOLE] += self._card(iri, told)
            for name in parts:
                tables[name] += self._rows(name, statement=iri)
            for figure in told.get(Property.FIGURE, ()):
                tables[_FIGURES] += self._figure(iri, figure)
        by_iri = {one.id: one for one in from_rows(tables).statements}
        return [by_iri[iri] for iri in wanted if iri in by_iri]

    def _card(self, iri: str, told: Mapping[str, list[str]]) -> list[Row]:
        """The columns of ``WHOLE`` without evidence: a few look-ups take a tenth of the time of a query."""
        values = {column: told[prop][0] for column, prop in _COLUMNS.items() if told.get(prop)}
        if not {"article", "content", *_CONCEPTS} <= set(values):
            return []
        row: dict[str, Any] = {"statement": iri, "quote": "", "start": 0, "end": 0, **values}
        row |= {column: values[column].rpartition(f"#{column}-")[2].replace("-", "_") for column in _CONCEPTS}
        row["negated"] = values.get("negated") == "true"
        row["reason"] = values.get("reason") or usual_reason(Kind(row["kind"]))
        row["confidence"] = float(values["confidence"]) if "confidence" in values else None
        row["speaker_name"] = self._value(values["speaker"], Property.NAME) if "speaker" in values else ""
        for office in told.get(Property.SPEAKER_OFFICE, ()):
            row["role"] = self._value(office, Property.ROLE_TITLE)
            row["tense"] = self._value(office, Property.TENSE).rpartition("#tense-")[2]
            row["organisation"] = self.words.words(body) if (body := self._value(office, Property.OFFICE_IN)) else ""
        return [row]

    def _figure(self, statement: str, iri: str) -> list[Row]:
        """The columns of ``statement_figures`` of one figure, looked up as well."""
        told = self.store.told(iri)
        if Property.WORDING not in told or Property.COMPARATOR not in told:
            return []
        row: dict[str, Any] = {"statement": statement, "figure": iri}
        row |= {column: told[prop][0] for column, prop in _MEASURED.items() if told.get(prop)}
        row |= {column: Decimal(row[column]) for column in ("value", "low", "high") if column in row}
        row["comparator"] = v.of_concept(row["comparator"], Comparator)
        if row["comparator"] is Comparator.ABOUT and "value" in row:
            row |= {column: row["value"] for column in ("low", "high") if column in row}
        if places := sorted({self._value(place, Property.NAME) for place in told.get(Property.PLACE, ())} - {""}):
            row["place"] = ", ".join(places)
        return [row]

    def statement(self, name: str) -> str:
        """The IRI of the statement that is named by its key, with that of its article before it where several have one key;
        empty where there is none.
        """
        article, _, key = name.rpartition("/")
        known = self.kept("keys", self._by_key).get(key, [])
        found = [
            iri
            for iri in known
            if not article or minting.article(minting.article_id(iri)).value.endswith(f"/{article}")
        ]
        return found[0] if len(found) == 1 else ""

    def _by_key(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for iri in self.statements():
            found.setdefault(iri.rsplit("/", 1)[-1], []).append(iri)
        return found

    def references(self, article: str) -> list[str]:
        """The IRIs of those whom an article refers to."""
        inside = self.store.quads(minting.graph(minting.article_id(article), self.store.base).value)
        return [
            quad.subject.value
            for quad in inside
            if isinstance(quad.subject, ox.NamedNode) and quad.object == _REFERENCE and quad.predicate == _TYPE
        ]

    def owners(self, figure: str) -> list[str]:
        """The IRIs of the statements that give a figure."""
        return self.store.subjects(Property.FIGURE, ox.NamedNode(figure))

    def actor(self, iri: str) -> Node | None:
        return self._actor(iri) if self.store.holds(ox.NamedNode(iri), Class.ENTITY.value) else None

    def _actor(self, iri: str) -> Node | None:
        told = {iri: self.store.told(iri)}
        for prop in (Property.COUNTRY, Property.PART_OF):
            for other in told[iri].get(prop, ())[:1]:
                told.setdefault(other, {Property.NAME: self._values(other, Property.NAME)})
        return _node(told, iri)

    def same_elsewhere(self, iri: str) -> list[str]:
        """The same thing in other data sets."""
        return self._values(iri, Outside.EXACT_MATCH)

    def held_by(self, person: str) -> list[Held]:
        """The offices of a person by time: the date of the article that tells of each."""
        return self._by_time(Property.HOLDER, person, Property.OFFICE_IN)

    def held_in(self, body: str) -> list[Held]:
        """The offices in a body by time, with who held them."""
        return self._by_time(Property.OFFICE_IN, body, Property.HOLDER)

    def _by_time(self, own: str, iri: str, other: str) -> list[Held]:
        dates = self._dates()
        found = set()
        for office in self.store.subjects(own, ox.NamedNode(iri)):
            there = self._value(office, other)
            article = self._value(office, Property.IN_ARTICLE)
            tense = self._value(office, Property.TENSE).rpartition("#tense-")[2]
            role, name = self._value(office, Property.ROLE_TITLE), self.words.words(there) if there else ""
            found.add(Held(role, tense, there, name, article, dates.get(minting.article_id(article), "")))
        return sorted(found, key=lambda held: (held.date, held.article, held.role, held.other_name))

    def _dates(self) -> dict[str, str]:
        return self.kept("dates", lambda: {minting.article_id(one.id): one.published for one in self.articles()})

    def spoken(self, actor: str) -> list[str]:
        """The IRIs of what an actor said."""
        return self.store.subjects(Property.SPEAKER, ox.NamedNode(actor))

    def concerned(self, actor: str) -> list[str]:
        """The IRIs of what was said about an actor."""
        return self.store.subjects(Property.ABOUT, ox.NamedNode(actor))

    def newest(self, statements: Iterable[str]) -> list[str]:
        """The IRIs of statements, those of the newest article first."""
        dates, known = self._dates(), dict[str, str]()

        def day(iri: str) -> str:
            article = iri.rpartition("/statement/")[0]
            if article not in known:
                known[article] = dates.get(minting.article_id(iri), "")
            return known[article]

        return sorted(sorted(statements), key=day, reverse=True)

    def ties(self, actor: str) -> list[Tie]:
        """To whom an actor is tied, the strongest ties of each kind first; by its newest statements, where it has very many."""
        counted: Counter[tuple[str, str, str]] = Counter()
        spoken, concerned = self.newest(self.spoken(actor))[:_LOOKED], self.newest(self.concerned(actor))[:_LOOKED]
        for iri in spoken:
            counted.update((about, "said_about", "") for about in self._values(iri, Property.ABOUT))
            for outer in self._values(iri, Property.WITHIN):
                counted.update((other, "relayed_by", "") for other in self._values(outer, Property.SPEAKER))
            counted.update((other, "disagrees_with", "") for other in self._against(iri))
        for iri in concerned:
            counted.update((other, "of_said_about", "") for other in self._values(iri, Property.SPEAKER))
        counted.update((held.other, "holds_office_in", held.role) for held in self.held_by(actor))
        counted.update((held.other, "of_holds_office_in", held.role) for held in self.held_in(actor))
        counted.update((whole, "part_of", "") for whole in self._values(actor, Property.PART_OF))
        counted.update((part, "of_part_of", "") for part in self.store.subjects(Property.PART_OF, ox.NamedNode(actor)))
        return self._strongest(actor, counted)

    def _strongest(self, actor: str, counted: Counter[tuple[str, str, str]]) -> list[Tie]:
        seen: Counter[str] = Counter()
        kept = []
        for (iri, kind, label), times in sorted(counted.items(), key=lambda item: (item[0][1], -item[1], item[0])):
            if iri and iri != actor and seen[kind] < _TIES:
                seen[kind] += 1
                kept.append(Tie(iri, self.words.words(iri), kind, label, times))
        return kept

    def _against(self, statement: str) -> list[str]:
        """Who contradicts a statement."""
        contradicts = v.concept(Verdict.CONTRADICTS)
        sides = (Property.LEFT_STATEMENT, Property.RIGHT_STATEMENT)
        found = []
        for here, there in (sides, sides[::-1]):
            for comparison in self.store.subjects(here, ox.NamedNode(statement)):
                if contradicts in self._values(comparison, Property.VERDICT):
                    for other in self._values(comparison, there):
                        found += self._values(other, Property.SPEAKER)
        return found

    def compared(self, statements: Iterable[str]) -> list[Compared]:
        """The comparisons of these statements, contradictions first."""
        sides = (Property.LEFT_STATEMENT, Property.RIGHT_STATEMENT)
        found = {
            comparison
            for iri in statements
            for side in sides
            for comparison in self.store.subjects(side, ox.NamedNode(iri))
        }
        rows = [one for iri in sorted(found) if (one := self.comparison(iri)) is not None]
        return sorted(rows, key=lambda one: (one.verdict != Verdict.CONTRADICTS, one.verdict, one.reason, one.iri))

    def comparison(self, iri: str) -> Compared | None:
        rows = self._rows("comparisons", comparison=iri)
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
        hits = (
            one for one in self.articles() if all(any(w.startswith(part) for w in _folded(one.title)) for part in asked)
        )
        return [one for _, one in zip(range(_FOUND), hits, strict=False)] if asked else []

    def containing(self, words: str) -> list[Statement]:
        """Statements whose content has all of these words."""
        asked = _folded(words)
        if not asked:
            return []
        hits = (iri for iri, content in self.contents() if all(word in content for word in asked))
        return self.told(itertools.islice(hits, _SAID))

    def contents(self) -> list[tuple[str, str]]:
        """The IRI of each statement and its content in lower case, the newest first."""
        return self.kept("contents", self._contents)

    def _contents(self) -> list[tuple[str, str]]:
        column = self.store.column(Property.CONTENT)
        return [(iri, " ".join(column[iri]).lower()) for iri in self.newest(column)]

    def _rows(self, name: str, **things: str) -> list[Row]:
        """The rows of a named query that have these things in the columns of their names."""
        bound = {column: ox.NamedNode(iri) for column, iri in things.items()}
        answer = child.read(self.store.query(_sparql(name), substitutions=bound), None)
        return [{**row, **things} for row in query.rows_of(answer)]

    def _values(self, iri: str, prop: str) -> list[str]:
        return [str(getattr(found, "value", found)) for found in self.store.objects(iri, prop)]

    def _value(self, iri: str, prop: str) -> str:
        return next(iter(self._values(iri, prop)), "")


def _node(told: Mapping[str, Mapping[str, list[str]]], iri: str) -> Node | None:
    """The actor that ``told``, by IRI and property, tells of; ``None`` for what is of no type."""
    own = told.get(iri, {})
    if not own.get(Property.ENTITY_TYPE):
        return None
    country, whole = (told.get(_first(own, prop), {}) for prop in (Property.COUNTRY, Property.PART_OF))
    return Node(
        iri, _first(own, Property.NAME), v.of_concept(own[Property.ENTITY_TYPE][0], EntityType), tuple(sorted(own.get(Property.ALIAS, ()))),
        _first(country, Property.NAME), _first(whole, Property.NAME),
    )  # fmt: skip


def placed(statement: Statement) -> Statement:
    """A statement that stands where its parts do."""
    spans = [span for _, span in statement.spans]
    return replace(
        statement, start=min((s.start for s in spans), default=0), end=max((s.end for s in spans), default=0)
    )


@cache
def _sparql(name: str) -> str:
    return query.find(name).sparql


def _first(column: Mapping[str, list[str]], iri: str) -> str:
    return next(iter(column.get(iri, ())), "")


def _compared(row: Row) -> Compared:
    names = (
        "comparison",
        "left",
        "right",
        "left_speaker",
        "right_speaker",
        "left_figure",
        "right_figure",
        "verdict",
        "reason",
    )
    return Compared(*(_text(row, name) for name in names))


@lru_cache(maxsize=1 << 17)  # each name is looked at with each search
def _folded(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower())[:_WORDS])


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value)
