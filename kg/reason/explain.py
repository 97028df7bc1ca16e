"""Why a graph is inconsistent: the fewest facts and axioms that cannot be true together, in words."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf.describing import Words
from kg.rdf.ontology import Triples
from kg.reason import hermit, rules, words
from kg.reason.pinpoint import OutOfTime, around, smallest

MOST: Final = 10
"""So many inconsistencies are explained; the others are counted."""
SECONDS: Final = 60.0
"""So long is looked for the fewest facts where only HermiT sees what is wrong."""

_AT_ONCE: Final = 2_000  # suspects
_FAR: Final = 20_000  # facts around suspects with which nothing is wrong yet

_DECLARATIONS: Final = frozenset(
    v.OWL + name
    for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual", "Ontology")
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One inconsistency: what cannot be, the facts (with their triples) and the axioms that make it so.

    ``minimal`` is false where the time was up: one of the facts might then be needless.
    """

    summary: str
    facts: tuple[str, ...]
    axioms: tuple[str, ...]
    triples: Triples
    minimal: bool = True


def by_rules(core: Triples, facts: Triples, describe: Words) -> tuple[list[Explanation], int]:
    """Explanations of the clashes that the rules find, and how many clashes there are beyond those explained."""
    return _explained(core, facts, rules.clashes(core + facts), describe, MOST)


def _explained(
    core: Triples, facts: Triples, found: Sequence[rules.Clash], describe: Words, most: int
) -> tuple[list[Explanation], int]:
    out: dict[Triples, Explanation] = {}
    left = 0
    for clash in found:
        if len(out) == most:
            left += 1
            continue
        explained = _of_clash(core, facts, clash, describe)
        out.setdefault(explained.triples, explained)
    return list(out.values()), left


def around_suspects(
    core: Triples, suspects: Collection[frozenset[str]], near: Callable[[Collection[str]], Triples], describe: Words
) -> tuple[list[Explanation], int, bool]:
    """The same of things that may contradict the ontology, by the facts ``near`` them; and whether each of them does, so that there
    is nothing else.

    A clash that is found is one, since more facts take none away. Where nothing is found near a thing it is looked further from
    it, until there are too many facts to be looked at at once.
    """
    out: list[Explanation] = []
    more = 0
    known: set[rules.Clash] = set()
    settled = True
    todo = sorted(suspects, key=sorted)
    for start in range(0, len(todo), _AT_ONCE):
        left = todo[start : start + _AT_ONCE]
        things: set[str] = set()
        while left:
            wider = {x for one in left for x in one} | things
            facts = near(wider)
            new = [clash for clash in rules.clashes(core + facts) if clash not in known]
            known.update(new)
            told, beyond = _explained(core, facts, new, describe, MOST - len(out))
            out, more = out + told, more + beyond
            named = {name for clash in known for name in (clash.node, clash.left, clash.right)}
            left = [one for one in left if named.isdisjoint(one)]
            things = {t.value for fact in facts for t in (fact.subject, fact.object) if isinstance(t, ox.NamedNode)}
            if left and (things <= wider or len(facts) > _FAR):
                settled = False
                break
    return out, more, settled


def _of_clash(core: Triples, facts: Triples, clash: rules.Clash, describe: Words) -> Explanation:
    def bad(part: Sequence[ox.Triple]) -> bool:
        return clash in rules.clashes(core + tuple(part))

    near = around(facts, {clash.node, clash.left, clash.right}, bad)
    plainest = sorted(
        near, key=lambda t: t.predicate.value != v.TYPE
    )  # what a thing is given as, rather than what follows
    few = tuple(smallest(plainest, bad))
    declared = tuple(t for t in core if _declaration(t))

    def needed(part: Sequence[Triples]) -> bool:
        return clash in rules.clashes(declared + tuple(t for axiom in part for t in axiom) + few)

    laws = smallest(grouped(core), needed)
    return Explanation(
        summary=words.clash(clash, describe),
        facts=words.sentences([words.fact(t, describe) for t in few]),
        axioms=words.sentences([words.axiom(axiom, clash) for axiom in laws]),
        triples=few,
    )


def by_hermit(core: Triples, facts: Triples, describe: Words, *, seconds: float = SECONDS) -> Explanation:
    """An explanation of an inconsistency that HermiT finds and the rules do not: slower, and bounded in time."""
    until = time.monotonic() + seconds
    kept: list[Triples] = [facts]

    def bad(part: Sequence[ox.Triple]) -> bool:
        wrong = not hermit.consistent(core + tuple(part), seconds=max(1.0, until - time.monotonic()))
        if wrong and len(part) < len(kept[0]):
            kept[0] = tuple(part)
        return wrong

    try:
        few, minimal = tuple(smallest(facts, bad, until=until)), True
    except (OutOfTime, TimeoutError):
        few, minimal = kept[0], False
    return Explanation(
        summary="These facts cannot all be true by the ontology."
        if minimal
        else f"Among these {len(few)} facts are some that cannot all be true by the ontology.",
        facts=words.sentences([words.fact(t, describe) for t in few[:20]]),
        axioms=(),
        triples=few,
        minimal=minimal,
    )


def grouped(core: Triples) -> list[Triples]:
    """The axioms of an ontology, each with the triples of its unnamed classes and lists; declarations are left out."""
    inner: dict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    for triple in core:
        if isinstance(triple.subject, ox.BlankNode):
            inner[triple.subject].append(triple)
    used = {t.object for t in core if isinstance(t.object, ox.BlankNode)}

    def below(term: object) -> list[ox.Triple]:
        if not isinstance(term, ox.BlankNode):
            return []
        return [x for triple in inner[term] for x in (triple, *below(triple.object))]

    out = [
        (t, *below(t.object)) for t in core if not isinstance(t.subject, ox.BlankNode) and not _declaration(t)
    ]  # fmt: skip
    return out + [tuple(below(node)) for node in inner if node not in used]


def _declaration(triple: ox.Triple) -> bool:
    return triple.predicate.value == v.TYPE and getattr(triple.object, "value", "") in _DECLARATIONS
