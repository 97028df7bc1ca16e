"""The forms in which somebody corrects what was read, filled in with what holds now; what was changed in one that comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.errors import UsageError
from kg.model import Comparator, EntityType, Kind, Stance
from kg.rdf import minting
from kg.serve.changing.forms import Form
from kg.serve.pages import addresses
from kg.serve.pages.gathering import Page
from kg.serve.pages.looking import PLACES, TOPICS, WHOLE, Graph, placed
from kg.serve.pages.reading import lines
from kg.view.data import Figure, Statement
from kg.vocabulary import Property

NOBODY: Final = "nobody"
"""Who speaks where the text names nobody."""
_DECIDED: Final = 50  # references of an actor whose corrections are shown
_FIGURE: Final = re.compile(r"f(\d{1,3})\.(\w+)")
_MARKED: Final = re.compile(r"(\d{1,9})-(\d{1,9})")
_FIGURE_PARTS: Final = ("value", "bound", "unit", "population", "event", "place", "day", "role")


@dataclass(frozen=True, slots=True)
class Change:
    """One correction that a form asks for, as :func:`kg.corrections.correct` takes it."""

    thing: str
    kind: str
    value: str = ""
    part: str = ""
    span: tuple[int, int] | None = None
    quote: str = ""


# ── sheets ──


def statement(graph: Graph, iri: str) -> Page:
    """The sheet of a statement and its figures."""
    from kg.corrections import ROLES

    found = graph.told([iri], PLACES, TOPICS, WHOLE)
    if not found:
        raise UsageError("There is no such statement; it may have been corrected or taken out meanwhile.")
    one = found[0]
    article = graph.article(one.article)
    values = {
        "speaker": one.speaker or NOBODY, "cue": one.cue, "content": one.content, "kind": one.kind.value, "stance": one.stance or "",
        "day": one.said_on, "office": one.role, "body": one.organisation,
    }  # fmt: skip
    data = {"statement": one, "values": values, "figures": [_figure_values(figure) for figure in one.figures]}
    extra = {
        "article": article, "lines": lines(article.text, [one]), "actors": actors(graph, one.article, one.speaker), "kinds": _words(Kind),
        "stances": _words(Stance), "bounds": [bound.value for bound in Comparator], "roles": [("", "as it is"), ("plain", "a plain count"), *((role, role) for role in ROLES)],
    }  # fmt: skip
    return Page("correct-statement", "Correct a statement", data, extra, listed=False)


def addition(graph: Graph, iri: str, span: tuple[int, int] | None) -> Page:
    """The sheet of a statement that was missed, with what was marked of the article."""
    article = graph.article(iri)
    marked = article.text[slice(*span)] if span else ""
    data = {"content": marked, "span": f"{span[0]}-{span[1]}" if span and marked else ""}
    extra = {
        "article": article, "lines": lines(article.text, graph.said_in(iri)), "actors": actors(graph, iri, None),
        "kinds": [one for one in _words(Kind) if one[0] != Kind.AUTHOR.value],
    }  # fmt: skip
    return Page("correct-article", "Add a statement that was missed", data, extra, listed=False)


def entity(graph: Graph, iri: str) -> Page:
    """The sheet of an actor: what it is, its name, whom else it is, in which articles it is meant, and what was decided on it."""
    from kg import corrections, rdf, review

    node = graph.actor(iri)
    if node is None:
        raise UsageError("There is no such actor; it may have been put together with another meanwhile.")
    references = [
        (one, graph.store.told(one).get(Property.NAME, [""])[0], minting.article(minting.article_id(one), graph.store.base).value)
        for one in graph.store.subjects(Property.REFERS_TO, ox.NamedNode(iri))
    ]  # fmt: skip
    pairs = set(rdf.entity_seen(graph.store, iri).references)
    judged = [one for one in review.recorded(graph.store) if {one.judgement.left, one.judgement.right} & pairs]
    decided = [one for reference, _, _ in references[:_DECIDED] for one in corrections.of(graph.store, reference)]
    names = {
        pair: rdf.name_of(graph.store, pair) or pair[1]
        for one in judged
        for pair in (one.judgement.left, one.judgement.right)
    }
    extra = {
        "judged": judged[::-1],
        "decided": decided[::-1],
        "names": names,
        "types": _words(EntityType),
        "references": references,
        "titles": {article: graph.listed_article(article).title for _, _, article in references},
    }
    return Page("correct-entity", "Correct an actor", {"node": node}, extra, listed=False)


def actors(graph: Graph, article: str, speaker: str | None) -> list[tuple[str, str]]:
    """Whom an article names, by IRI and name, in the order of their names."""
    found: dict[str, str] = {}
    for iri in graph.references(article):
        for meant in graph.store.told(iri).get(Property.REFERS_TO, ()):
            found.setdefault(meant, graph.words.words(meant))
    if speaker and speaker not in found:
        found[speaker] = graph.words.words(speaker)
    return sorted(found.items(), key=lambda item: (item[1].lower(), item[0]))


def _words(kinds: Any) -> list[tuple[str, str]]:
    return [(kind.value, kind.value.replace("_", " ")) for kind in kinds]


def _figure_values(figure: Figure) -> dict[str, str]:
    return {
        "iri": figure.id, "text": figure.text, "value": _value(figure), "bound": str(figure.comparator.value), "unit": figure.unit,
        "population": figure.population, "event": figure.event, "place": figure.place, "day": figure.as_of or "", "role": "",
    }  # fmt: skip


def _value(figure: Figure) -> str:
    """The number as somebody would write it into a field."""
    if figure.value is not None:
        return _plain(figure.value)
    return "-".join(_plain(end) for end in (figure.low, figure.high) if end is not None)


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else f"{number:g}"


# ── what came back ──


def changes(form: Form, text: str, around: Statement | None) -> list[Change]:
    """What a sheet asks for: of each field that is another than the one it was sent with."""
    thing = form.one("thing")
    return [*_of_statement(form, text, thing, around), *_of_figures(form), *_added_figure(form, text, thing, around)]


def _of_statement(form: Form, text: str, thing: str, around: Statement | None) -> Iterator[Change]:
    for kind in ("kind", "stance", "day"):
        if _changed(form, kind):
            yield Change(thing, kind, form.one(kind).strip())
    span = marked(form, "speaker", text)
    if typed := form.one("speaker.words").strip():
        span = span or place(text, typed, around)
        yield Change(thing, "speaker", "" if span else typed, span=span, quote=_quote(text, span))
    elif _changed(form, "speaker"):
        yield Change(thing, "speaker", "" if form.one("speaker") == NOBODY else form.one("speaker"))
    for kind in ("cue", "content"):
        if _changed(form, kind):
            yield _words_of(form, kind, text, thing, around)
    if _changed(form, "office"):
        yield Change(thing, "office", form.one("office").strip())
    if _changed(form, "body"):
        yield Change(thing, "office", form.one("body").strip(), part="body")


def _words_of(form: Form, kind: str, text: str, thing: str, around: Statement | None) -> Change:
    """A cue or a content: characters that were marked, or words of the article that were typed."""
    words = form.one(kind).strip()
    span = marked(form, kind, text) or (place(text, words, around) if words else None)
    if words and span is None:
        raise UsageError(
            f"“{words[:60]}” is nowhere in the article; take the words as they stand in its text, or mark them there."
        )
    if not words and kind == "content":
        raise UsageError("A statement has a content; “It is no statement” takes it out.")
    return Change(thing, kind, span=span, quote=_quote(text, span))


def _of_figures(form: Form) -> Iterator[Change]:
    numbers = sorted({int(found[1]) for name in form.fields if (found := _FIGURE.fullmatch(name))})
    for number in numbers:
        own = f"f{number}"
        iri = form.one(f"{own}.iri")
        if form.one(f"{own}.remove"):
            yield Change(iri, "figure", part="remove")
            continue
        for part in _FIGURE_PARTS:
            name = f"{own}.{part}"
            if name in form.fields and _changed(form, name):
                given = form.one(name).strip()
                yield Change(iri, "figure", "" if (part, given) == ("role", "plain") else given, part)


def _added_figure(form: Form, text: str, thing: str, around: Statement | None) -> Iterator[Change]:
    words = form.one("number").strip()
    if not words:
        return
    span = marked(form, "number", text) or place(text, words, around)
    if span is None:
        raise UsageError(
            f"“{words[:60]}” is nowhere in the article; take the number as it stands in its text, or mark it there."
        )
    yield Change(thing, "figure", part="add", span=span, quote=_quote(text, span))


def missed(form: Form, text: str) -> tuple[tuple[int, int], dict[str, Any]]:
    """The characters of a statement that was missed, and who said it with which words."""
    words = form.one("content").strip()
    span = marked(form, "content", text) or (place(text, words, None) if words else None)
    if span is None:
        raise UsageError("Mark what was said in the text of the article, or give its words as they stand there.")
    told: dict[str, Any] = {"kind": form.one("kind") or Kind.INDIRECT.value}
    for name in ("speaker", "cue"):
        typed = form.one(f"{name}.words" if name == "speaker" else name).strip()
        found = marked(form, name, text) or (place(text, typed, None, near=span[0]) if typed else None)
        if typed and found is None:
            raise UsageError(
                f"“{typed[:60]}” is nowhere in the article; take the words as they stand in its text, or mark them there."
            )
        if found is not None:
            told[name] = list(found)
    if "speaker" not in told and form.one("speaker") not in ("", NOBODY):
        told["speaker"] = form.one("speaker")
    return span, told


def _changed(form: Form, name: str) -> bool:
    """Whether a field is another than the one that was sent; how a browser ends lines is no difference."""
    before, now = (" ".join(form.one(field).split()) for field in (f"was.{name}", name))
    return name in form.fields and (before != now or bool(form.one(f"{name}.span")))


def marked(form: Form, name: str, text: str) -> tuple[int, int] | None:
    """The characters that were marked for a field, as long as its words are still theirs."""
    found = _MARKED.fullmatch(form.one(f"{name}.span").strip())
    if found is None:
        return None
    start, end = int(found[1]), int(found[2])
    if not 0 <= start < end <= len(text):
        raise UsageError("What was marked is not in the article; its text may have changed. Load the page again.")
    typed = form.one("speaker.words" if name == "speaker" else name)
    return (start, end) if _same(text[start:end], typed) else None


def _same(left: str, right: str) -> bool:
    return left.split() == right.split()


def place(text: str, words: str, around: Statement | None, *, near: int = 0) -> tuple[int, int] | None:
    """Where words stand in a text, however its lines are broken; the place nearest to a statement where there are several.

    >>> place("He said so. She\\nsaid no.", "she said", None), place("a b a", "a", None, near=4), place("a", "b", None)
    ((12, 20), (4, 5), None)
    """
    parts = words.split()
    if not parts:
        return None
    near = around.start if around is not None and around.start is not None else near
    pattern = r"\s+".join(map(re.escape, parts))
    for flags in (re.NOFLAG, re.IGNORECASE):
        found = [match.span() for match in re.finditer(pattern, text, flags)]
        if found:
            return min(found, key=lambda span: abs(span[0] - near))
    return None


def _quote(text: str, span: tuple[int, int] | None) -> str:
    return text[slice(*span)] if span else ""


def somebody(graph: Graph, words: str, other_than: str) -> str:
    """The one actor that is meant by an IRI, by the address of its page, or by its name."""
    iri = words if words.startswith(graph.store.base) else addresses.iri(urlsplit(words).path, graph.store.base)
    if iri and graph.actor(graph.moved(iri) or iri):
        return graph.moved(iri) or iri
    found = [
        node
        for node in graph.named(words)
        if words.casefold() in {node.name.casefold(), *map(str.casefold, node.aliases)} and node.id != other_than
    ]
    if len(found) != 1:
        what = "Nobody else in the graph is" if not found else f"{len(found)} actors are"
        raise UsageError(f"{what} called “{words[:60]}”; give the address of their page.")
    return found[0].id


__all__ = [
    "NOBODY",
    "PLACES",
    "Change",
    "addition",
    "changes",
    "entity",
    "missed",
    "place",
    "placed",
    "somebody",
    "statement",
]
