"""Questions with one answer at a time, as articles answer them: who is behind a deed, what an actor is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg import rdf
from kg.compare import dates
from kg.compare.facts import Deed, Fact, Status, facts_of, one_deed
from kg.model import Assertion, digest
from kg.query.timelines.rows import late, select
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Answer:
    """What one statement answers: ``at`` is EDTF, ``reported`` marks a date that is only the report's."""

    at: str | None
    reported: bool
    answer: str
    speaker: str | None
    speaker_name: str
    statement: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words, with its answers from early to late; ``disputed`` where they are more than one."""

    id: str
    title: str
    answers: tuple[Answer, ...]
    disputed: bool


def facts(store: Store, about: str | None = None) -> list[Question]:
    """The questions with at least two statements that answer them, those in dispute first. ``about`` keeps those whose
    title, answers or speakers hold each of its words.
    """
    told = sorted(rdf.assertions(store), key=lambda a: (late(dates.told(a)), a.statement))
    given = [(fact, a) for a in told for fact in facts_of(a)]
    groups: dict[str, list[tuple[Fact, Assertion]]] = defaultdict(list)
    for fact, a in given:
        if isinstance(fact, Status):
            groups[f"Is {fact.actor} {fact.question}?"].append((fact, a))
    rows = list(groups.items())
    rows += [(f"Who is behind {_named(members)}?", members) for members in _deeds(given)]
    spans = _spans(store)
    lines = [_question(title, members, spans) for title, members in rows if len({a.statement for _, a in members}) > 1]
    kept = [line for line in lines if about is None or _matches(line, about)]
    return sorted(kept, key=lambda line: (not line.disputed, -len(line.answers), line.title, line.id))


def _deeds(given: Sequence[tuple[Fact, Assertion]]) -> list[list[tuple[Fact, Assertion]]]:
    """The answers on each deed: a chain of statements of which each tells the deed that another tells."""
    by_word: dict[str, list[int]] = defaultdict(list)
    chains: list[list[tuple[Fact, Assertion]]] = []
    of: list[int] = []
    members: list[tuple[Deed, Assertion]] = [(f, a) for f, a in given if isinstance(f, Deed)]
    for i, (deed, a) in enumerate(members):
        near = sorted({j for word in deed.words for j in by_word[word][-_NEAREST:]})
        known = [j for j in near if one_deed(members[j], (deed, a))]
        of.append(of[known[-1]] if known else len(chains))
        if not known:
            chains.append([])
        chains[of[i]].append((deed, a))
        for word in deed.words:
            by_word[word].append(i)
    return chains


_NEAREST = 40  # earlier statements with a word of the deed, beyond which none is looked at


def _named(members: Sequence[tuple[Fact, Assertion]]) -> str:
    names = [fact.name for fact, _ in members if isinstance(fact, Deed)]
    return max(names, key=lambda name: (len(name), name))


def _question(title: str, members: Sequence[tuple[Fact, Assertion]], spans: dict[str, tuple[int, int]]) -> Question:
    answers = []
    for fact, a in members:
        start, end = spans.get(a.statement, (0, 0))
        answers.append(
            Answer(
                at=dates.told(a),
                reported=a.said_on is None,
                answer=fact.answer,
                speaker=a.speaker,
                speaker_name=a.speaker_name,
                statement=a.statement,
                article=a.article,
                start=start,
                end=end,
            )
        )
    sides = {fact.side for fact, _ in members}
    key = digest(title, *sorted(a.statement for _, a in members))
    return Question(key, title, tuple(dict.fromkeys(answers)), disputed=len(sides) > 1)


def _spans(store: Store) -> dict[str, tuple[int, int]]:
    asked = """SELECT ?s ?start ?end WHERE {
      ?s a kg:Statement ; kg:evidence/oa:hasSelector ?p . ?p oa:start ?start ; oa:end ?end }"""
    return {s: (int(start), int(end)) for s, start, end in select(store, asked)}


def _matches(line: Question, about: str) -> bool:
    hay = " ".join([line.title, *(f"{a.answer} {a.speaker_name}" for a in line.answers)]).lower()
    return all(word in hay for word in about.lower().split())
