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

from dataclasses import dataclass, field

from kg import query
from kg.english import schemes
from kg.errors import QueryError
from kg.query import Query
from kg.query.ask import matching
from kg.query.ask.matching import Match
from kg.query.ask.names import Found, Names, fold
from kg.store import Store

ENOUGH = 0.65
"""How near, from 0 to 1, an example must be to the question."""

__all__ = ["ENOUGH", "Asked", "understand"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The named query that a question in plain words is, and its parameters. ``score`` is between 0 and 1."""

    query: Query
    params: dict[str, str] = field(default_factory=dict)
    score: float = 1.0

    @property
    def sparql(self) -> str:
        """What is run, the values of the parameters in a comment above: they are bound, not pasted."""
        bound = "".join(f"# ?{name} = “{' '.join(value.split())}”\n" for name, value in self.params.items())
        return bound + self.query.sparql


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
    whole = names.find(question, reserved=reserved, parts=False)
    if whole != found:
        ranked = sorted([*ranked, *matching.rank(whole, patterns)], key=lambda match: -match.score)
    near = [match for match in ranked if match.score >= ENOUGH]
    uncounted = ""
    if near:
        best = near[0]
        uncounted = _uncounted(store, best)
        if not uncounted:
            return Asked(query.find(best.query), best.params, best.score)
    raise QueryError(_refusal(question, found, ranked, uncounted))


def _uncounted(store: Store, match: Match) -> str:
    """What the question counts and no figure of the graph does, or an empty string."""
    words = [match.params[name] for name, kind in match.slots if kind == "words"] + [match.params.get("also", "")]
    if not any(words):
        return ""
    rows = list(query.run(store, query.find("statement_figures")))
    texts = {f" {fold(str(row[name] or ''))}" for row in rows for name in ("population", "event", "wording")}
    events = {schemes.event_name(str(row["event"])) for row in rows if row["event"]} - {None}
    texts |= {f" {fold(word)}" for name in events for concept in schemes.event_line(str(name)) for word in concept.words}
    return next((word for word in words if word and not any(f" {word}" in text for text in texts)), "")


def _refusal(question: str, found: list[Found], ranked: list[Match], uncounted: str) -> str:
    shown = " ".join(question.split())
    if len(shown) > 80:
        shown = shown[:79] + "…"
    if not shown:
        return "Ask a question, as “who disagrees with whom”; “kg query --list” shows all that can be asked."
    strangers = matching.strangers(found)
    known = f"; the graph knows no “{strangers[0]}”" if strangers else ""
    known += f"; no figure of the graph counts “{uncounted}”" if uncounted else ""
    near = list(dict.fromkeys(match.example for match in ranked))[:2]
    hint = f" Nearest: {' or '.join(f'“{example}”' for example in near)}." if near else ""
    return f"No question that kg knows fits “{shown}”{known}.{hint} “kg query --list” shows all."
