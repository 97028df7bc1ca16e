"""What a thing is called where only its label is shown: by Protégé, by a browser of triples, by who reads the Turtle."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal

from kg.model import Affair, Article, Comparison, Judgement, Kind, OfficeHeld, StatedFigure, Statement, Tense
from kg.rdf import minting as m

_MOST = 60


def article(of: Article) -> Literal:
    """The title of an article, or its id."""
    return m.words(of.title, of.language) if of.title else m.string(of.id)


def affair(of: Affair) -> Literal:
    """The title of its first article and its days: "A mine in Norvik collapses (2020-03-02 – 2020-03-09)"."""
    days = " – ".join(dict.fromkeys(day for day in (of.first, of.last) if day))
    title = _cut(of.title or of.id)
    return m.string(f"{title} ({days})" if days else title)


def office(of: OfficeHeld, names: Mapping[str, str], language: str | None) -> Literal:
    """ "Ana Tormes: former minister of ports, Freedonia". ``names`` are those of the references by key."""
    tense = "" if of.tense is Tense.CURRENT else f"{of.tense.value} "
    body = f", {names[of.organisation]}" if of.organisation and of.organisation in names else ""
    return m.words(f"{names.get(of.person, of.person)}: {tense}{of.title}{body}", language)


def statement(of: Statement, names: Mapping[str, str], language: str | None) -> Literal:
    """ "Ana Tormes: more than 40 boats were lost"."""
    nobody = "The article" if of.kind is Kind.AUTHOR else "Somebody"
    return m.words(f"{names.get(of.speaker or '', nobody)}: {_cut(of.content)}", language)


def figure(of: StatedFigure, language: str | None) -> Literal:
    """ "more than 40 boats (lose)"."""
    counted = "" if of.population.lower() in of.text.lower() else f" {of.population}"
    event = f" ({of.event})" if of.event else ""
    return m.words(f"{_cut(of.text + counted)}{event}", language)


def comparison(of: Comparison) -> Literal:
    """The verdict and the beginning of its reason."""
    return m.string(f"{of.verdict.value.replace('_', ' ')}: {_cut(of.reason)}")


def judgement(of: Judgement) -> Literal:
    """The verdict, and on whom."""
    return m.string(f"{of.verdict.value.replace('_', ' ')}: {of.left[1]}, {of.right[1]}")


def _cut(text: str) -> str:
    """``text`` on one line, and not longer than a label is."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[:_MOST].rsplit(' ', 1)[0]} …"


__all__ = ["affair", "article", "comparison", "figure", "judgement", "office", "statement"]
