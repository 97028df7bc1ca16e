"""What stands on each page: its template, title and values, gathered from the graph; HTML and JSON show the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.model import EntityType, Verdict
from kg.rdf.ontology import label
from kg.serve.answers import Refusal
from kg.serve.pages import addresses
from kg.serve.pages.looking import PLACES, TOPICS, WHOLE, Graph, Paged, paged
from kg.serve.pages.reading import lines
from kg.serve.pages.wording import date, number
from kg.view.data import Statement
from kg.vocabulary import Class

SIZES: Final = (1, 500)
"""Items that a page of a list may have, from and to."""
_SIZE: Final = 25  # where nothing is asked for
_FEW: Final = 10  # statements of each kind on an actor's page
_PAIRS: Final = 20  # comparisons on an actor's page
_TOLD: Final = 500  # triples of a thing
_LEADING: Final = 100
_FIGURE_PARTS: Final = (
    "value",
    "comparator",
    "unit",
    "population",
    "event",
    "places",
    "as_of",
)  # that a person may have changed
_NEWEST: Final = 10  # articles and affairs on the first page


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows. ``data`` is what JSON gives of it, ``values`` what the template needs besides."""

    template: str
    title: str
    data: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    iri: str = ""
    listed: bool = True

    @property
    def values(self) -> dict[str, Any]:
        return {**self.data, **self.extra}


class Query(dict[str, str]):
    """The fields of an address, read with their bounds."""

    def number(self, name: str, default: int, least: int, most: int) -> int:
        text = self.get(name, "")
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not least <= int(text[:12]) <= most:
            raise Refusal(400, f"“{name}” is a number from {least} to {most:,}; “{text[:20]}” is none.")
        return int(text)

    @property
    def page(self) -> int:
        return self.number("page", 1, 1, 1_000_000_000)

    def size(self, default: int = _SIZE) -> int:
        return self.number("size", default, *SIZES)

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        text = self.get(name, "")
        if text and text not in known:
            raise Refusal(400, f"“{name}” is one of {', '.join(known)}; “{text[:40]}” is none.")
        return text


# ── things ──


def thing(graph: Graph, iri: str, kind: str, query: Query) -> Page:
    """The page of a thing that is there."""
    if kind == "thing" and graph.comparison(iri) is not None:
        kind = "comparison"
    return _THINGS[kind](graph, iri, query)


def _article(graph: Graph, iri: str, _: Query) -> Page:
    from kg import corrections  # slow to import: it can build

    article, statements = graph.article(iri), graph.said_in(iri)
    extra = {
        "lines": lines(article.text, statements),
        "speakers": {one.id: one.speaker_name or "no source named" for one in statements},
        "decisions": corrections.recorded(graph.store, iri)[::-1],
    }
    return Page("article", article.title, {"article": article, "statements": statements}, extra, iri)


def _statement(graph: Graph, iri: str, _: Query) -> Page:
    from kg import corrections

    found = graph.told([iri], PLACES, TOPICS, WHOLE)
    if not found:  # a statement of a strange graph, which has not all that one of kg has
        return _other(graph, iri, _)
    statement = found[0]
    article = graph.article(statement.article)
    relayed = graph.told([statement.within])[:1] if statement.within else []
    data = {"statement": statement, "article": article, "compared": graph.compared([iri])}
    extra = {
        "about": [(about, graph.words.words(about)) for about in statement.about],
        "facts": _facts(statement),
        "decisions": (decisions := corrections.of(graph.store, iri)[::-1]),
        "machine": _machine(graph, statement) if decisions else [],
        "relayed": relayed[0] if relayed else None,
    }
    return Page("statement", f"{statement.speaker_name or 'Statement'}: {statement.content[:80]}", data, extra, iri)


def _machine(graph: Graph, statement: Statement) -> list[tuple[str, str, str]]:
    """What the machine read where something else holds now: what it is, then, now."""
    from kg import corrections

    before = corrections.machine(graph.store, statement.id)
    if before is None:
        return []
    now = {
        "speaker": statement.speaker_name, "office": statement.role, "cue": statement.cue, "content": statement.content,
        "kind": statement.kind.value, "stance": statement.stance, "said_on": statement.said_on,
    }  # fmt: skip
    told = [(name.replace("_", " "), _plain(before.get(name)), value) for name, value in now.items()]
    for figure in statement.figures:
        read = corrections.machine(graph.store, figure.id) or {}
        for name in _FIGURE_PARTS if read else ():
            then = ", ".join(read.get(name, ())) if name == "places" else _plain(read.get(name))
            told.append(
                (
                    f"“{figure.text}”: {name.replace('_', ' ')}",
                    then,
                    figure.place if name == "places" else _plain(getattr(figure, name)),
                )
            )
    return [one for one in told if one[1] != one[2]]


def _plain(value: Any) -> str:
    """A value as a table shows it."""
    return (
        number(value)
        if isinstance(value, int | float)
        else str(getattr(value, "value", "" if value is None else value))
    )


def _facts(statement: Statement) -> list[tuple[str, str]]:
    told = [
        ("Kind", statement.kind.value),
        ("Stance", statement.stance),
        ("Certainty", statement.certainty.value),
        ("Negated", "yes" if statement.negated else "no"),
        ("Said on", date(statement.said_on)),
        ("Speaker found by", statement.reason),
        ("Confidence", "" if statement.confidence is None else f"{statement.confidence:.2f}"),
    ]
    return [(name, value.replace("_", " ")) for name, value in told if value]


def _entity(graph: Graph, iri: str, query: Query) -> Page:
    node = graph.actor(iri)
    if node is None:
        return _other(graph, iri, query)
    size = query.size(_FEW)
    spoken = _told(graph, paged(graph.newest(graph.spoken(iri)), query.page, size))
    about = query.number("about", 1, 1, 1_000_000_000)
    concerned = _told(graph, paged(graph.newest(graph.concerned(iri)), about, size))
    data = {
        "node": node,
        "same": graph.same_elsewhere(iri),
        "held_by": graph.held_by(iri) if node.type is EntityType.PERSON else [],
        "held_in": graph.held_in(iri) if node.type is not EntityType.PERSON else [],
        "spoken": spoken,
        "concerned": concerned,
        "compared": graph.compared(one.id for one in spoken.items)[:_PAIRS],
        "ties": graph.ties(iri),
    }
    return Page("entity", node.name, data, {"titles": _titles(graph)}, iri)


def _told(graph: Graph, found: Paged[str]) -> Paged[Statement]:
    return Paged(graph.told(found.items), found.page, found.size, found.total)


def _titles(graph: Graph) -> dict[str, str]:
    return graph.titles()


def _affair(graph: Graph, iri: str, _: Query) -> Page:
    affair = graph.affair(iri)
    titles = _titles(graph)
    told = {"affair": affair}
    articles = [graph.listed_article(article) for article in affair.articles]
    return Page("affair", affair.label, told, {"titles": titles, "articles": articles}, iri)


def _comparison(graph: Graph, iri: str, query: Query) -> Page:
    one = graph.comparison(iri)
    if one is None:
        return _other(graph, iri, query)
    statements = sorted(graph.told([one.left, one.right]), key=lambda statement: statement.id != one.left)
    title = f"{one.verdict.replace('_', ' ')}: {one.reason[:80]}"
    return Page("comparison", title, {"comparison": one, "statements": statements}, {"titles": _titles(graph)}, iri)


def _other(graph: Graph, iri: str, _: Query) -> Page:
    """Whatever else there is: what the graph tells of it, term by term."""
    told: dict[str, list[tuple[str, str, str]]] = {}
    for quad in graph.about(iri, _TOLD):
        told.setdefault(quad.predicate.value, []).append(_shown(graph, quad.object))
    names = [(_term(name), sorted(set(values))) for name, values in sorted(told.items())]
    quads = graph.leading_to(iri, _LEADING)
    leading = sorted({(_term(quad.predicate.value), *_shown(graph, quad.subject)[1:]) for quad in quads})
    title = graph.words.words(iri) or iri.removeprefix(graph.store.base)
    return Page("thing", title[:200], {"told": names, "leading": leading}, {"what": graph.words.kind(iri)}, iri)


def _shown(graph: Graph, term: object) -> tuple[str, str, str]:
    """A term by its text, in the words that a reader knows, and with the path of its page where it has one."""
    if not isinstance(term, ox.NamedNode):
        text = str(getattr(term, "value", term))
        return text, text, ""
    iri = term.value
    if iri.startswith(v.KG):
        return iri, label(iri), ""
    return (
        iri,
        graph.words.words(iri)[:200] or iri.removeprefix(graph.store.base),
        addresses.path(iri, graph.store.base),
    )


def _term(iri: str) -> str:
    prefix = next((name for name, space in v.PREFIXES.items() if iri.startswith(space)), "")
    return f"{prefix}:{iri.removeprefix(v.PREFIXES[prefix])}" if prefix else iri


_THINGS: Final[Mapping[str, Callable[[Graph, str, Query], Page]]] = {
    "affair": _affair,
    "article": _article,
    "statement": _statement,
    "entity": _entity,
    "comparison": _comparison,
    "thing": _other,
}
"""What makes the page of each kind of thing; a new kind is a function and a row here, and a word in ``Graph.kind``."""


# ── lists ──


def articles(graph: Graph, query: Query) -> Page:
    found = paged(graph.articles(), query.page, query.size())
    return Page("list", "Articles", {"found": found}, _unchosen("articles"))


def affairs(graph: Graph, query: Query) -> Page:
    found = paged(graph.affairs(), query.page, query.size())
    return Page("list", "Affairs", {"found": found}, _unchosen("affairs"))


def actors(graph: Graph, query: Query) -> Page:
    kinds = tuple(kind.value for kind in EntityType)
    chosen = query.choice("type", kinds)
    nodes = [node for node in graph.actors() if not chosen or node.type == chosen]
    extra = {"kind": "actors", "choices": _choices(kinds), "name_of_choice": "type", "chosen": chosen}
    return Page("list", "Actors", {"found": paged(nodes, query.page, query.size())}, extra)


def statements(graph: Graph, query: Query) -> Page:
    found = _told(graph, paged(graph.statements(), query.page, query.size()))
    return Page("list", "Statements", {"found": found}, {**_unchosen("statements"), "titles": _titles(graph)})


def comparisons(graph: Graph, query: Query) -> Page:
    kinds = tuple(verdict.value for verdict in Verdict)
    chosen = query.choice("verdict", kinds)
    iris = [iri for verdict, iri in graph.comparisons() if not chosen or verdict == chosen]
    part = paged(iris, query.page, query.size())
    found = Paged([one for iri in part.items if (one := graph.comparison(iri))], part.page, part.size, part.total)
    extra = {"kind": "comparisons", "choices": _choices(kinds), "name_of_choice": "verdict", "chosen": chosen}
    return Page("list", "Comparisons", {"found": found}, extra)


def _unchosen(kind: str) -> dict[str, Any]:
    return {"kind": kind, "choices": (), "name_of_choice": "", "chosen": ""}


def _choices(kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", "all"), *((kind, kind.replace("_", " ")) for kind in kinds)]


LISTS: Final[Mapping[str, Callable[[Graph, Query], Page]]] = {
    "/affair/": affairs,
    "/article/": articles,
    "/entity/": actors,
    "/statement/": statements,
    "/comparison/": comparisons,
}
"""The lists by their paths."""


def start(graph: Graph) -> Page:
    """The first page: what is new, what is told of most, and where to search, ask and add."""
    counts = [
        ("/article/", len(graph.articles()), "article"), ("/statement/", len(graph.statements()), "statement"),
        ("/entity/", graph.number(Class.ENTITY), "actor"), ("/affair/", len(graph.affairs()), "affair"),
    ]  # fmt: skip
    data = {"counts": counts, "newest": graph.articles()[:_NEWEST], "affairs": graph.affairs()[:_NEWEST]}
    return Page("start", "The desk", data, listed=False)


def search(graph: Graph, query: Query) -> Page:
    """All that has the words that are searched for."""
    asked = " ".join(query.get("q", "").split())[:200]
    data = {
        "q": asked, "actors": graph.named(asked), "articles": graph.titled(asked), "statements": graph.containing(asked)
    }  # fmt: skip
    return Page("search", "Search", data, {"titles": _titles(graph)}, listed=False)


def missing(status: int, sentence: str, guess: str = "") -> Page:
    """The page that says what is wrong, with a search where something was not found."""
    title = "Not found" if status == 404 else "That cannot be done"
    return Page("missing", title, {"sentence": sentence, "status": status, "guess": guess}, listed=False)
