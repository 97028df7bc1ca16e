"""A quick look at consistency: which things may contradict an ontology, each by what is told of it alone.

The axioms become rules between marks of one thing: it is of a class, it has a property, it is had as one. What a thing is by what
it is tied to further away (chains of properties, restrictions) is taken for so, so that every thing on which the rules of OWL 2 RL
(:mod:`.rules`) find a clash is suspected, and they have to look only around the suspects. Marks are few and things many: what
follows from a set of marks is worked out once. The memory is that of a part of the store, whatever its size.

Why sound: a clash needs two classes of one thing, two values of one property, or a thing that is tied to itself. Each rule gives a
thing a class or a tie by its own ties and by one condition on the other end; without the condition the rule gives more. Where two
things may be one the first property that makes them so has two values, and that is suspected; those that somebody says are one
are looked at together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from kg import vocabulary as v
from kg.rdf.ontology import Triples
from kg.reason.facts import Needed
from kg.reason.parts import Asserted, Facts, Part, Thing, Value, plain, text

Tie = tuple[str, bool]
"""A property, and whether a thing has it (or is had as it)."""
Mark = tuple[Any, ...]
"""``("is", class)``, ``("tie", property, has)`` or ``("value", property, has, thing of the ontology)``."""
Suspect = frozenset[str]
"""A thing that may contradict the ontology, with what it may contradict it together with."""

_MOST: Final = 100_000  # sets of marks that are kept in mind
_TYPED: Final = frozenset(v.XSD + name for name in ("string", "boolean", "dateTime", "decimal", "integer"))
_WIDER: Final = {
    v.XSD + "decimal": ("integer", "nonNegativeInteger", "positiveInteger", "long", "int"),
    v.XSD + "integer": ("nonNegativeInteger", "positiveInteger", "long", "int"),
    v.XSD + "dateTime": ("dateTimeStamp",),
}
_NUMBERS: Final = frozenset(v.XSD + name for name in ("decimal", *_WIDER[v.XSD + "decimal"]))


class Axioms:
    """An ontology as rules between marks, and what cannot be."""

    def __init__(self, core: Triples) -> None:
        self._told: dict[str, list[tuple[Value, Value]]] = defaultdict(list)
        self._of: dict[Value, dict[str, list[Value]]] = {}
        for t in core:
            subject, value = plain(t.subject), plain(t.object)
            self._told[t.predicate.value].append((subject, value))
            self._of.setdefault(subject, {}).setdefault(t.predicate.value, []).append(value)
        self.terms = {one for one in self._of if isinstance(one, str)}
        """What the ontology itself tells of, values of closed lists among it."""
        self._from: dict[Mark, list[tuple[frozenset[Mark], Mark]]] = defaultdict(list)
        self._simple: dict[Tie, set[Tie]] = defaultdict(set)
        self.valued = {value for _, _, value in self._restrictions("hasValue")}
        self._properties()
        self._classes()
        self._apart = self._disjoint()
        self.different = [set(self._list(node)) for _, node in self._told[v.OWL + "distinctMembers"]]
        self.functional = self._with_ways("FunctionalProperty", "ObjectProperty", has=True) | self._with_ways(
            "InverseFunctionalProperty", has=False
        )
        self.functional_by = _by_property(self.functional)
        self.of_data_by = _by_property(self._with_ways("FunctionalProperty", "DatatypeProperty", has=True))
        self.ranges: dict[str, set[str]] = defaultdict(set)
        for prop, kind in self._told[v.RDFS + "range"]:
            if kind in _TYPED and v.OWL + "DatatypeProperty" in self._kinds(prop):
                for narrow, _ in self._ways((prop, True)):
                    self.ranges[narrow].add(kind)
        self.of_two = self._with_ways("IrreflexiveProperty", has=True) | self._with_ways("AsymmetricProperty", has=True)
        self.asymmetric = self._members("AsymmetricProperty")
        self._known: dict[frozenset[Mark], frozenset[Mark]] = {}

    # ── the axioms ──

    def _kinds(self, prop: Value) -> list[Value]:
        return self._of.get(prop, {}).get(v.TYPE, [])

    def _members(self, kind: str, *kinds: str) -> set[str]:
        wanted = {v.OWL + name for name in (kind, *kinds)}
        return {one for one, of in self._told[v.TYPE] if of in wanted and wanted <= set(self._kinds(one))}

    def _with_ways(self, kind: str, *kinds: str, has: bool) -> frozenset[tuple[Tie, frozenset[Tie]]]:
        """The ties of some kind, each with all ties that are the same or narrower."""
        ties = [(prop, has) for prop in self._members(kind, *kinds)]
        return frozenset((tie, frozenset(self._ways(tie))) for tie in ties)

    def _ways(self, wanted: Tie) -> set[Tie]:
        return {tie for tie in {*self._simple, wanted} if wanted in self._all(tie)}

    def _all(self, tie: Tie) -> set[Tie]:
        """All that a thing is tied by, to the same other one, where it is tied so."""
        seen, todo = set[Tie](), [tie]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo += self._simple.get(one, ())
        return seen

    def _list(self, node: Value) -> Iterator[Value]:
        while node in self._of and v.RDF + "first" in self._of[node]:
            yield self._of[node][v.RDF + "first"][0]
            node = self._of[node].get(v.RDF + "rest", [None])[0]

    def _restrictions(self, name: str) -> Iterator[tuple[Value, Value, Value]]:
        for node, value in self._told[v.OWL + name]:
            for prop in self._of[node].get(v.OWL + "onProperty", ()):
                yield node, prop, value

    def _rule(self, head: Mark, *body: Mark) -> None:
        for mark in body:
            self._from[mark].append((frozenset(body), head))

    def _properties(self) -> None:
        ways = [((p, has), (q, has)) for p, q in self._told[v.RDFS + "subPropertyOf"] for has in (True, False)]
        for p, q in self._told[v.OWL + "inverseOf"]:
            ways += [((a, has), (b, not has)) for a, b in ((p, q), (q, p)) for has in (True, False)]
        ways += [((p, has), (p, not has)) for p in self._members("SymmetricProperty") for has in (True, False)]
        for narrow, wide in ways:
            self._simple[narrow].add(wide)
            self._rule(("tie", *wide), ("tie", *narrow))
            for value in self.valued:
                self._rule(("value", *wide, value), ("value", *narrow, value))
        self.far = self._members("TransitiveProperty")  # properties that something has at a remove
        for prop, node in self._told[v.OWL + "propertyChainAxiom"]:
            links = list(self._list(node))
            if links:
                self.far.add(prop)
                self._rule(("tie", prop, True), ("tie", links[0], True))
                self._rule(("tie", prop, False), ("tie", links[-1], False))
        self.far = {prop for far in self.far for prop, _ in {*self._all((far, True)), *self._all((far, False))}}
        for prop, kind in self._told[v.RDFS + "domain"]:
            self._rule(("is", kind), ("tie", prop, True))
        for prop, kind in self._told[v.RDFS + "range"]:
            self._rule(("is", kind), ("tie", prop, False))

    def _classes(self) -> None:
        for below, above in self._told[v.RDFS + "subClassOf"]:
            self._rule(("is", above), ("is", below))
        for one, other in self._told[v.OWL + "equivalentClass"]:
            self._rule(("is", one), ("is", other))
            self._rule(("is", other), ("is", one))
        for whole, node in self._told[v.OWL + "intersectionOf"]:
            members = list(self._list(node))
            self._rule(("is", whole), *(("is", one) for one in members))
            for one in members:
                self._rule(("is", one), ("is", whole))
        for restriction, prop, _ in self._restrictions("someValuesFrom"):
            self._rule(("is", restriction), ("tie", prop, True))
        for restriction, prop, value in self._restrictions("hasValue"):
            self._rule(("is", restriction), ("value", prop, True, value))
            self._rule(("value", prop, True, value), ("is", restriction))
            self._rule(("tie", prop, True), ("value", prop, True, value))
            for name, has in self._ways((prop, True)):
                if not has or name in self.far:  # whose values are not looked at
                    self._rule(("is", restriction), ("tie", name, has))

    def _disjoint(self) -> dict[Value, set[Value]]:
        pairs = list(self._told[v.OWL + "disjointWith"])
        for node in self._members("AllDisjointClasses"):
            for members in self._of[node].get(v.OWL + "members", ()):
                pairs += combinations(self._list(members), 2)
        apart: dict[Value, set[Value]] = defaultdict(set)
        for one, other in pairs:
            apart[one].add(other)
            apart[other].add(one)
        return apart

    # ── what follows ──

    def follows(self, marks: frozenset[Mark]) -> frozenset[Mark]:
        """All marks that a thing with some marks may have."""
        found = self._known.get(marks)
        if found is None:
            known, todo = set(marks), list(marks)
            while todo:
                for body, head in self._from.get(todo.pop(), ()):
                    if head not in known and body <= known:
                        known.add(head)
                        todo.append(head)
            found = frozenset(known)
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[marks] = found
        return found

    def impossible(self, marks: frozenset[Mark]) -> bool:
        """Whether nothing can have all of some marks."""
        kinds = {mark[1] for mark in marks if mark[0] == "is"}
        return v.OWL + "Nothing" in kinds or any(not kinds.isdisjoint(self._apart.get(kind, ())) for kind in kinds)


class _Verdict(NamedTuple):
    """What follows from some marks: whether nothing can have them, which values a thing then has, and of which ties it must be
    looked whether they are one too many, or to itself.
    """

    impossible: bool
    follows: frozenset[Mark]
    valued: dict[Tie, set[Value]]
    several: list[tuple[Tie, frozenset[Tie]]]
    of_two: list[tuple[str, frozenset[Tie]]]


def _by_property(ties: Iterable[tuple[Tie, frozenset[Tie]]]) -> dict[str, list[tuple[Tie, frozenset[Tie]]]]:
    """The ties, with their ways, by each property that is one of the ways."""
    found: dict[str, list[tuple[Tie, frozenset[Tie]]]] = defaultdict(list)
    for tie, ways in ties:
        for prop in {name for name, has in ways if has}:
            found[prop].append((tie, ways))
    return found


class Look:
    """Looks at the things of a store, part by part."""

    def __init__(self, asserted: Asserted, core: Triples, needed: Needed) -> None:
        self._asserted, self._needed, self._axioms = asserted, needed, Axioms(core)
        self._own: dict[str, set[Mark]] = defaultdict(set)
        for t in core:
            self._mark_term(t)
        self._shown: dict[str, set[str]] = defaultdict(
            set
        )  # one for each property, of what has a thing of the ontology
        self._verdicts: dict[frozenset[Mark], _Verdict] = {}
        self._same: dict[Value, Value] = {}
        self._different: dict[Value, set[Value]] = defaultdict(set)
        self._identities()
        self._bare: set[Value] = set()
        self._done: set[Value] = set()
        self.facts = 0
        """How many facts the things have that were looked at."""

    def _mark_term(self, t: ox.Triple) -> None:
        if isinstance(t.subject, ox.NamedNode):
            prop, value = t.predicate.value, plain(t.object)
            self._own[t.subject.value].add(("is", value) if prop == v.TYPE else ("tie", prop, True))
            if isinstance(value, str) and prop != v.TYPE:
                self._own[value].add(("tie", prop, False))

    # ── who is the same ──

    def _identities(self) -> None:
        store = self._asserted.store
        for quad in store.pattern(None, ox.NamedNode(v.OWL + "sameAs"), None):
            one, other = self._root(plain(quad.subject)), self._root(plain(quad.object))
            if one != other:
                self._same[one] = other
        for quad in store.pattern(None, ox.NamedNode(v.OWL + "differentFrom"), None):
            one, other = plain(quad.subject), plain(quad.object)
            self._different[one].add(other)
            self._different[other].add(one)
        self._groups: dict[Value, list[Value]] = defaultdict(list)
        for one in list(self._same):
            self._groups[self._root(one)].append(one)
        for root, members in self._groups.items():
            members.append(root)

    def _root(self, thing: Value) -> Value:
        while thing in self._same:
            thing = self._same[thing]
        return thing

    # ── the look ──

    def suspects(self, things: Part) -> Iterator[Suspect]:
        """Those of the things of a part that may contradict the ontology, and those that they alone have as a property."""
        ties = self._asserted.ties(things)
        bare: set[Value] = set()
        for thing, facts in things.items():
            own = self._needed.of(thing, facts)
            self.facts += sum(len(values) for values in own.values())
            for prop, values in own.items():
                if prop != v.TYPE:
                    bare.update(x for x in values if x not in things and not isinstance(x, ox.Literal))
            yield from self._look(thing, own, ties.get(thing, ()))
        fresh = [x for x in bare - self._bare if x not in self._axioms.terms and not self._asserted.facts(x)]
        self._bare.update(fresh)
        ties = self._asserted.ties(fresh)
        for thing in fresh:
            yield from self._look(thing, {}, ties.get(thing, ()))

    def rest(self) -> Iterator[Suspect]:
        """What of the ontology itself may contradict it by what things have as a property, after all parts."""
        for term, marks in self._own.items():
            if term in self._axioms.terms and self._axioms.impossible(self._axioms.follows(frozenset(marks))):
                yield frozenset({term, *self._shown[term]})

    def _look(self, thing: Thing, own: Facts, ties: Iterable[str]) -> Iterator[Suspect]:
        root = self._root(thing)
        if root in self._groups:
            if root in self._done:
                return
            self._done.add(root)
            members = self._groups[root]
            own, ties = self._together(members)
            if self._told_apart(members):
                yield frozenset(x for x in members if isinstance(x, str))
        else:
            members = [thing]
        marks = self._marks(thing, own, ties)
        names = frozenset(one for one in members if isinstance(one, str))
        if not self._axioms.terms.isdisjoint(members):
            for one in members:
                self._own[one] |= marks  # with what the ontology tells of it, in the end
            if len(members) > 1:
                yield names
        verdict = self._verdicts.get(marks) or self._verdict(marks)
        if verdict.impossible:
            yield names
        for values in self._twice(members, own, verdict):
            yield names | values

    def _verdict(self, marks: frozenset[Mark]) -> _Verdict:
        axioms, follows = self._axioms, self._axioms.follows(marks)
        ties = {mark[1:] for mark in marks if mark[0] == "tie"}
        valued: dict[Tie, set[Value]] = defaultdict(set)
        for mark in follows:
            if mark[0] == "value":
                valued[mark[1], mark[2]].add(mark[3])
        several = []
        for tie, ways in axioms.functional:
            here = ways & ties
            far = tie[0] in axioms.far and ("tie", *tie) in follows
            if (
                far
                or len(here) > 1
                or any(not has for _, has in here)
                or valued.get(tie, set()) - {mark[3] for mark in marks if mark[0] == "value" and mark[1:3] == tie}
            ):
                several.append((tie, ways))
        of_two = [
            (prop, ways) for (prop, _), ways in axioms.of_two
            if ("tie", prop, True) in follows and ("tie", prop, False) in follows
        ]  # fmt: skip
        found = _Verdict(axioms.impossible(follows), follows, dict(valued), several, of_two)
        if len(self._verdicts) >= _MOST:
            self._verdicts.clear()
        self._verdicts[marks] = found
        return found

    def _together(self, members: list[Value]) -> tuple[Facts, set[str]]:
        """What is told of all things of a group, and what they are had as."""
        together: dict[str, list[Value]] = defaultdict(list)
        for one in members:
            for prop, values in self._needed.of(one, self._asserted.facts(one)).items():
                together[prop] += values
        ties = self._asserted.ties(members)
        return dict(together), {prop for of in ties.values() for prop in of}

    def _told_apart(self, members: list[Value]) -> bool:
        among = set(members)
        return any(self._different.get(one, set()) & among for one in members) or any(
            len(among & different) > 1 for different in self._axioms.different
        )

    def _marks(self, thing: Thing, own: Facts, ties: Iterable[str]) -> frozenset[Mark]:
        axioms = self._axioms
        marks: set[Mark] = {("tie", prop, False) for prop in ties if self._needed.property(prop)}
        for prop, values in own.items():
            if prop == v.TYPE:
                marks.update(("is", kind) for kind in values)
                continue
            marks.add(("tie", prop, True))
            for value in values:
                if isinstance(value, str) and value in axioms.terms:
                    if ("tie", prop, False) not in self._own[value]:
                        self._own[value].add(("tie", prop, False))
                        self._shown[value].add(text(thing))
                    if value in axioms.valued:
                        marks.add(("value", prop, True, value))
        return frozenset(marks)

    # ── what has two of what it has one of ──

    def _twice(self, members: list[Value], own: Facts, verdict: _Verdict) -> Iterator[frozenset[str]]:
        axioms = self._axioms
        several = dict(verdict.several)
        for prop, values in own.items():
            if len(values) > 1:
                several.update(axioms.functional_by.get(prop, ()))
            if any(self._differ(own, ways) for _, ways in axioms.of_data_by.get(prop, ())):
                yield frozenset()
            for kind in axioms.ranges.get(prop, ()):
                if any(self._is_value(x) and _misfit(x, kind) for x in values):
                    yield frozenset()
        for (prop, has), ways in several.items():
            found = self._values(members, own, ways, verdict) | verdict.valued.get((prop, has), set())
            if prop in axioms.far or len({self._root(x) for x in found}) > 1:
                yield frozenset(x for x in found if isinstance(x, str))
        yield from self._of_two(members, own, verdict)

    def _is_value(self, x: Value) -> bool:
        return isinstance(x, ox.Literal) and self._needed.value(x)

    def _differ(self, own: Facts, ways: Iterable[Tie]) -> bool:
        return _differ([x for prop, _ in ways for x in own.get(prop, ()) if isinstance(x, str) or self._is_value(x)])

    def _of_two(self, members: list[Value], own: Facts, verdict: _Verdict) -> Iterator[frozenset[str]]:
        """Ties of a thing to itself, and of two things to each other by the same property."""
        among = {self._root(one) for one in members}
        for prop, ways in verdict.of_two:
            there = {self._root(x) for x in self._values(members, own, ways, verdict)}
            turned = [(name, not has) for name, has in ways]
            back = {self._root(x) for x in self._values(members, own, turned, verdict)}
            both = there & back - among if prop in self._axioms.asymmetric else set()
            if prop in self._axioms.far or there & among or both:
                yield frozenset(x for x in both if isinstance(x, str))

    def _values(self, members: list[Value], own: Facts, ways: Iterable[Tie], verdict: _Verdict) -> set[Value]:
        """What the things of a group are tied to in one of some ways."""
        found: set[Value] = set()
        for prop, has in ways:
            if has:
                found.update(x for x in own.get(prop, ()) if not isinstance(x, ox.Literal))
            elif ("tie", prop, False) in verdict.follows:
                for one in members:
                    found.update(x for _, x in self._asserted.holders(one, prop))
        return found


def _differ(values: list[Value]) -> bool:
    """Whether some of the values are not the same value."""
    if len(values) < 2:
        return False
    if all(isinstance(x, ox.Literal) and x.datatype.value in _NUMBERS for x in values):
        try:
            return len({Decimal(x.value) for x in values}) > 1
        except ArithmeticError:
            return True
    return len({text(x) for x in values}) > 1


def _misfit(value: ox.Literal, wanted: str) -> bool:
    """Whether a value is of another datatype than its property takes."""
    kind = value.datatype.value
    return kind != wanted and kind not in {v.XSD + name for name in _WIDER.get(wanted, ())}
