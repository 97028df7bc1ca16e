"""A question in plain words → the named query that answers it, with its parameters: by words and names alone.

Each query's header holds examples of how it is asked (``#+ asks: what did {by:speaker} say about {about:actor}``). The examples
are compared with the question word by word; slots take the names, offices, dates and counted words that the question
holds. The best example wins if it is near enough; otherwise the question is refused. Nothing is learnt and nothing is guessed.

>>> from kg.store import Store
>>> asked = understand(Store.open(), "Which sources are unnamed?")
>>> asked.query.name, asked.params
('unnamed_sources', {})
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, replace

from kg import query
from kg.english import schemes
from kg.errors import QueryError
from kg.query import Query, bindings
from kg.query.ask import matching
from kg.query.ask.matching import Match
from kg.query.ask.names import Found, Names, fold
from kg.query.filling import filled
from kg.store import Store

ENOUGH = 0.65
"""How near, from 0 to 1, an example must be to the question."""

_WORDS = re.compile(r"[^\W_]+")
_CANDIDATES = 6
_IN_WORDS = ("statements_mentioning", "first_said", "disagreements")
"""The questions that look for words in what was said, too."""

__all__ = ["ENOUGH", "Asked", "understand"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The named query that a question in plain words is, and its parameters. ``score`` is between 0 and 1."""

    query: Query
    params: dict[str, str | list[str]] = field(default_factory=dict)
    score: float = 1.0

    @property
    def sparql(self) -> str:
        """The text that is run, to the letter: whole, so that any engine runs it."""
        return filled(self.query.sparql, bindings(self.query, self.params))[0]

    @property
    def command(self) -> str:
        """How the command line is asked the same by name."""
        given = [
            f" --param {shlex.quote(f'{name}={one}')}"
            for name, value in self.params.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        return f"kg query {self.query.name}{''.join(given)}"

    @property
    def asked(self) -> Query:
        """The query of that text, which takes no parameters any more."""
        return replace(self.query, text=self.sparql, parameters=())


def understand(store: Store, question: str) -> Asked:
    """The query and parameters that answer ``question`` on ``store``; :class:`kg.errors.QueryError` when none does.

    The sentence of the error names what is unknown, or the questions that come nearest.
    """
    entities = list(query.run(store, query.find("entities")))
    titles = {str(row["role"]) for row in query.run(store, query.find("offices"))}
    patterns = matching.patterns()
    reserved = matching.vocabulary(patterns)
    names = Names(entities, titles, reserved)
    found = names.find(question, reserved=reserved)
    ranked = matching.rank(found, patterns)
    readings = [found]
    for strict in ({"parts": False}, {"counted": True}, {"parts": False, "counted": True}):
        other = names.find(question, reserved=reserved, **strict)
        if other not in readings:
            readings.append(other)
            ranked = sorted([*ranked, *matching.rank(other, patterns)], key=lambda match: -match.score)
    near = [match for match in ranked if match.score >= ENOUGH]
    uncounted = ""
    if near:
        best = near[0]
        if best.doubtful:
            raise QueryError(_doubt(best.doubtful[0]))
        uncounted = _uncounted(store, best)
        if not uncounted:
            return Asked(query.find(best.query), best.params, best.score)
    raise QueryError(_refusal(question, found, ranked, uncounted))


def _doubt(item: Found) -> str:
    """That a name may be one of several actors, and which."""
    shown = [f"{a.name}{f' ({a.country})' if a.country else ''} <{a.iri}>" for a in item.actors[:_CANDIDATES]]
    more = len(item.actors) - len(shown)
    listed = ", ".join(shown) + (f" and {more} more" if more else "")
    return (
        f"“{item.text}” may be any of {listed}; ask for one by its whole name or with its country, "
        "or give its IRI to “kg query --param”."
    )


def _uncounted(store: Store, match: Match) -> str:
    """What the question looks for in figures or statements and none of the graph has, or an empty string."""
    given = [match.params[name] for name, kind in match.slots if kind == "words"] + [match.params.get("also", "")]
    wanted = [word if isinstance(word, list) else [word] for word in given if word]
    if not wanted:
        return ""
    where = "statements" if match.query in _IN_WORDS else "figures"
    texts = [" " + " ".join(_WORDS.findall(fold(text))) for text in _texts(store, where)]
    return next((words[0] for words in wanted if not any(f" {w}" in text for text in texts for w in words)), "")


def _texts(store: Store, where: str) -> list[str]:
    rows = list(query.run(store, query.find("statement_figures")))
    found = [" ".join(str(row[name] or "") for name in ("population", "event", "wording")) for row in rows]
    events = {schemes.event_name(str(row["event"])) for row in rows if row["event"]} - {None}
    found += [" ".join(concept.words) for name in events for concept in schemes.event_line(str(name))]
    if where == "statements":
        found += [str(row["content"]) for row in query.run(store, query.find("statement_detail"))]
    return found


def _refusal(question: str, found: list[Found], ranked: list[Match], uncounted: str) -> str:
    shown = " ".join(question.split())
    if len(shown) > 80:
        shown = shown[:79] + "…"
    if not shown:
        return "Ask a question, as “who disagrees with whom”; “kg query --list” shows all that can be asked."
    strangers = matching.strangers(found)
    known = f"; the graph knows no “{strangers[0]}”" if strangers else ""
    known += f"; no figure or statement of the graph has “{uncounted}”" if uncounted else ""
    near = list(dict.fromkeys(match.example for match in ranked))[:2]
    hint = f" Nearest: {' or '.join(f'“{example}”' for example in near)}." if near else ""
    return f"No question that kg knows fits “{shown}”{known}.{hint} “kg query --list” shows all."
