"""A quick look at shapes (SHACL): which things may violate one. Of most graphs none does, and pySHACL, which takes a hundred times
as long to say so, is asked only about the others.

Shapes become functions of a thing, each of which says whether it conforms; constraints of a property that say nothing of things
without it are not looked at for those. Where a value is not of the plain form that is written for its datatype, or a shape is made
of anything that is not known here, the answer is "it may violate": pySHACL has the last word.

Why not a library: pyrudof 0.3 (Rust) takes five times as long for the same triples, and pySHACL a hundred times.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection as List
from rdflib.namespace import RDF, SH

from kg import vocabulary as v
from kg.reason.parts import Facts, Thing, Value, node, plain, text

Check = Callable[["Told", Thing], bool]
"""Whether a thing conforms."""
_OfValues = Callable[["Told", Thing, Sequence[Value]], bool]
Path = Callable[["Told", Thing], Sequence[Value]]

_TYPE: Final = v.TYPE
_BELOW: Final = v.RDFS + "subClassOf"
_MOMENT: Final = v.XSD + "dateTime"
_FORMS: Final = {
    v.XSD + "integer": re.compile(r"-?[0-9]{1,18}"),
    v.XSD + "decimal": re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?"),
    v.XSD + "boolean": re.compile(r"true|false"),
    _MOMENT: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|\+00:00)?"),
}  # values of these forms are of their datatypes, whatever else is so
_ORDERED: Final = (v.XSD + "integer", v.XSD + "decimal")
_SAYS_NOTHING: Final = frozenset(
    {RDF.type, SH.message, SH.path, SH.property, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
)

_WITH_ANOTHER: Final = frozenset({SH.ignoredProperties, SH.qualifiedMinCount, SH.qualifiedMaxCount})
_NONE: Final[Facts] = {}
_TEXT: Final = str(RDF.langString)
_COMBINATIONS: Final = 10_000  # of classes of one thing, whose shapes are kept in mind


class Unknown(Exception):
    """A shape is made of something that is not known here."""


class Graph(Protocol):
    """What tells of things: a store, or some triples."""

    def facts(self, thing: Thing) -> Facts: ...

    def holders(self, thing: Thing, prop: str | None = None) -> Iterator[tuple[str, Thing]]: ...

    def answers(self, query: str, this: Thing) -> bool:
        """Whether a query has a row where ``$this`` is a thing."""
        ...


class Triples:
    """A graph of some triples."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.of: dict[Thing, Facts] = {}
        self._triples = list(triples)
        for triple in self._triples:
            values = self.of.setdefault(plain(triple.subject), {}).setdefault(triple.predicate.value, [])
            value = plain(triple.object)
            if value not in values:
                values.append(value)

    def facts(self, thing: Thing) -> Facts:
        return self.of.get(thing, _NONE)

    def holders(self, thing: Thing, prop: str | None = None) -> Iterator[tuple[str, Thing]]:
        for subject, told in self.of.items():
            for name in told if prop is None else (prop,):
                if thing in told.get(name, ()):
                    yield name, subject

    @cached_property
    def _store(self) -> ox.Store:
        made = ox.Store()
        made.extend(ox.Quad(t.subject, t.predicate, t.object) for t in self._triples)
        return made

    def answers(self, query: str, this: Thing) -> bool:
        return any(True for _ in self._store.query(query, substitutions={ox.Variable("this"): node(this)}))  # type: ignore[union-attr]


class Told:
    """What is told of the things that are looked at, and of what they are tied to, beside what the ontology tells."""

    def __init__(self, things: Mapping[Thing, Facts], graph: Graph, ontology: Mapping[Thing, Facts]) -> None:
        self._things, self.graph, self._ontology = things, graph, ontology
        self._above: dict[Value, frozenset[str]] = {}

    def facts(self, thing: Thing) -> Facts:
        found = self._things.get(thing)
        if found is None:
            found = self.graph.facts(thing)
        known = self._ontology.get(thing)
        if known is None:
            return found
        if not found:
            return known
        return {prop: list(dict.fromkeys((*found.get(prop, ()), *known.get(prop, ())))) for prop in {*found, *known}}

    def values(self, thing: Thing, prop: str) -> Sequence[Value]:
        return self.facts(thing).get(prop, ())

    def classes(self, facts: Facts) -> frozenset[str]:
        """The classes of a thing with these facts, with all above them."""
        kinds = facts.get(_TYPE, ())
        if len(kinds) == 1:
            return self._with_above(kinds[0])
        return frozenset[str]().union(*(self._with_above(kind) for kind in kinds))

    def _with_above(self, kind: Value) -> frozenset[str]:
        found = self._above.get(kind)
        if found is None:
            seen: set[Value] = set()
            todo = [kind]
            while todo:
                one = todo.pop()
                if one not in seen:
                    seen.add(one)
                    todo += self.values(one, _BELOW)
            found = self._above[kind] = frozenset(text(one) for one in seen)
        return found


class _Part(NamedTuple):
    """One constraint of a shape; ``idle`` where it says nothing when there are no values."""

    holds: _OfValues
    idle: bool = True


class _Property(NamedTuple):
    """The constraints of the values of one property."""

    name: str
    parts: tuple[_OfValues, ...]
    idle: bool


class Shapes:
    """The shapes of a graph, as functions."""

    def __init__(self, graph: rdflib.Graph, ontology: Iterable[ox.Triple]) -> None:
        self._graph, self._ontology = graph, Triples(ontology).of
        self._made: dict[Any, Check] = {}
        self._targets: dict[Any, dict[str, list[Check]]] = {
            prop: defaultdict(list) for prop in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        }
        self.known = True
        self.looked_back = {str(target) for target in graph.objects(None, SH.targetObjectsOf)}
        """Properties of which shapes look at what has a thing as one."""
        self._by_classes: dict[frozenset[str], tuple[Check, ...]] = {}
        try:
            for prop, of in self._targets.items():
                for shape, target in graph.subject_objects(prop):
                    of[str(target)].append(self._shape(shape))
        except Unknown:
            self.known = False

    def suspects(self, things: Mapping[Thing, Facts], graph: Graph) -> Iterator[Thing]:
        """Those of the things that may violate a shape, and what they are tied to by a property whose values are held to a
        shape of their own; by what ``graph``, their facts among it, and the ontology tell. The same one may come twice.
        """
        if not self.known:
            yield from things
            return
        told = Told(things, graph, self._ontology)
        _, by_subject, by_object = self._targets.values()
        seen: set[tuple[str, Value]] = set()
        for thing, own in things.items():
            facts = told.facts(thing) if thing in self._ontology else own
            checks = self._of_classes(told.classes(facts))
            if not all(check(told, thing) for check in checks):
                yield thing
            for prop, values in facts.items():
                if prop in by_subject and not all(check(told, thing) for check in by_subject[prop]):
                    yield thing
                if prop in by_object:
                    for value in values:
                        if (prop, value) not in seen:
                            seen.add((prop, value))
                            yield from self._object(told, value, by_object[prop])

    def _object(self, told: Told, value: Value, checks: Sequence[Check]) -> Iterator[Value]:
        """What is had as a property, where it may violate a shape that it is held to for that alone."""
        own = self._of_classes(told.classes(told.facts(value)))
        if not all(check in own or check(told, value) for check in checks):
            yield value

    def _of_classes(self, classes: frozenset[str]) -> tuple[Check, ...]:
        found = self._by_classes.get(classes)
        if found is None:
            by_class = self._targets[SH.targetClass]
            found = tuple(dict.fromkeys(check for kind in sorted(classes) for check in by_class.get(kind, ())))
            if len(self._by_classes) < _COMBINATIONS:
                self._by_classes[classes] = found
        return found

    # ── shapes as functions ──

    def _shape(self, shape: Any) -> Check:
        if shape not in self._made:
            path = self._graph.value(shape, SH.path)
            parts = self._parts(shape)
            if path is None:
                plains = [self._property(one) for one in self._graph.objects(shape, SH.property)]
                self._made[shape] = _of_node([p for p in plains if isinstance(p, _Property)], [
                    *(part.holds for part in parts), *(_each(p) for p in plains if not isinstance(p, _Property))
                ])  # fmt: skip
            else:
                inner = [_each(self._shape(one)) for one in self._graph.objects(shape, SH.property)]
                self._made[shape] = _all(self._path(path), [*(part.holds for part in parts), *inner])
        return self._made[shape]

    def _property(self, shape: Any) -> _Property | Check:
        """The shape of a property: plain where its path is one property and nothing else stands in it."""
        path = self._graph.value(shape, SH.path)
        if not isinstance(path, rdflib.URIRef) or self._graph.value(shape, SH.property) is not None:
            return self._shape(shape)
        parts = self._parts(shape)
        return _Property(str(path), tuple(part.holds for part in parts), all(part.idle for part in parts))

    def _parts(self, shape: Any) -> list[_Part]:
        found = sorted((prop, value) for prop, value in self._graph.predicate_objects(shape) if _tells(prop))
        return [self._part(shape, prop, value) for prop, value in found]

    def _part(self, shape: Any, prop: Any, value: Any) -> _Part:
        """One constraint of a shape."""
        name = str(prop).removeprefix(str(SH))
        if name in _SIMPLE:
            return _SIMPLE[name](_term(value))
        if name == "node":
            return _Part(_each(self._shape(value)))
        if name in ("or", "and", "xone"):
            shapes = [self._shape(one) for one in List(self._graph, value)]
            return _Part(_each(_JOINED[name](shapes)))
        if name == "not":
            wrong = self._shape(value)
            return _Part(_each(lambda told, thing: not wrong(told, thing)))
        if name == "in":
            allowed = {_term(one) for one in List(self._graph, value)}
            return _Part(lambda told, thing, values: allowed.issuperset(values))
        if name == "closed":
            return self._closed(shape)
        if name == "qualifiedValueShape":
            return self._qualified(shape, value)
        if name == "sparql":
            return self._sparql(value)
        raise Unknown(name)

    def _closed(self, shape: Any) -> _Part:
        """That a thing has no other property of kg; what it has of others is no matter of the shapes (:mod:`.validate`)."""
        ignored = self._graph.value(shape, SH.ignoredProperties)
        allowed = {str(one) for one in List(self._graph, ignored)} if ignored is not None else set()
        allowed |= {str(self._graph.value(one, SH.path)) for one in self._graph.objects(shape, SH.property)}

        def check(told: Told, thing: Thing) -> bool:
            more = told.facts(thing).keys() - allowed
            return not any(prop.startswith(v.KG) for prop in more)

        return _Part(_each(check))

    def _qualified(self, shape: Any, value: Any) -> _Part:
        least, most = (self._graph.value(shape, prop) for prop in (SH.qualifiedMinCount, SH.qualifiedMaxCount))
        if least is None or most is None:
            raise Unknown("qualifiedValueShape")
        low, high, one = int(least), int(most), self._shape(value)
        return _Part(lambda told, thing, values: low <= sum(one(told, x) for x in values) <= high, idle=low <= 0)

    def _sparql(self, value: Any) -> _Part:
        select = self._graph.value(value, SH.select)
        home = self._graph.value(value, SH.prefixes)
        declared = [
            (self._graph.value(d, SH.prefix), self._graph.value(d, SH.namespace))
            for d in self._graph.objects(home, SH.declare)
        ]
        query = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in declared) + str(select)
        return _Part(lambda told, thing, values: not told.graph.answers(query, thing), idle=False)

    def _path(self, path: Any) -> Path:
        if isinstance(path, rdflib.URIRef):
            name = str(path)
            return lambda told, thing: told.values(thing, name)
        inverse = self._graph.value(path, SH.inversePath)
        if isinstance(inverse, rdflib.URIRef):
            return self._inverse(str(inverse), path)
        steps = [self._path(step) for step in List(self._graph, path)]
        if not steps:
            raise Unknown("path")

        def along(told: Told, thing: Thing) -> list[Value]:
            found = [thing]
            for step in steps:
                found = list(dict.fromkeys(x for one in found for x in step(told, one)))
            return found

        return along

    def _inverse(self, name: str, path: Any) -> Path:
        """What has a thing as a property; where the shape only says how many it must be at least, no more than that."""
        self.looked_back.add(name)
        (shape,) = self._graph.subjects(SH.path, path)
        told_of = {prop: value for prop, value in self._graph.predicate_objects(shape) if _tells(prop)}
        most = int(str(told_of[SH.minCount])) if set(told_of) == {SH.minCount} else None
        return lambda told, thing: list(dict.fromkeys(x for _, x in islice(told.graph.holders(thing, name), most)))


def _tells(prop: Any) -> bool:
    """Whether a property of a shape is a constraint of its own."""
    return prop not in _SAYS_NOTHING and prop not in _WITH_ANOTHER


def _of_node(plains: Sequence[_Property], others: Sequence[_OfValues]) -> Check:
    def check(told: Told, thing: Thing) -> bool:
        facts = told.facts(thing)
        for name, parts, idle in plains:
            values = facts.get(name)
            if values is None:
                if idle:
                    continue
                values = []
            for part in parts:
                if not part(told, thing, values):
                    return False
        itself = (thing,)
        return all(other(told, thing, itself) for other in others)

    return check


def _all(along: Path, parts: Sequence[_OfValues]) -> Check:
    def check(told: Told, thing: Thing) -> bool:
        values = along(told, thing)
        return all(part(told, thing, values) for part in parts)

    return check


def _each(check: Check) -> _OfValues:
    def each(told: Told, thing: Thing, values: Sequence[Value]) -> bool:
        for one in values:  # noqa: SIM110 (a generator takes twice as long, millions of times)
            if not check(told, one):
                return False
        return True

    return each


_JOINED: Final[dict[str, Callable[[Sequence[Check]], Check]]] = {
    "or": lambda shapes: lambda told, thing: any(one(told, thing) for one in shapes),
    "and": lambda shapes: lambda told, thing: all(one(told, thing) for one in shapes),
    "xone": lambda shapes: lambda told, thing: sum(one(told, thing) for one in shapes) == 1,
}


# ── constraints of values ──────────────────────────────────────────────────────────────────────────────────────────


def _datatype(wanted: Value) -> _Part:
    return _Part(_each(lambda told, x: _of_datatype(x, wanted)))


def _of_datatype(x: Value, wanted: str) -> bool:
    """Whether a value is surely of a datatype."""
    if not isinstance(x, ox.Literal) or x.datatype.value != wanted:
        return False
    form = _FORMS.get(wanted)
    if form is None:
        return wanted in (v.XSD + "string", _TEXT)
    return form.fullmatch(x.value) is not None and (wanted != _MOMENT or _is_moment(x.value))


@lru_cache(maxsize=4096)
def _is_moment(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


def plainly(x: ox.Literal) -> bool:
    """Whether a value is of the plain form that is written for its datatype, and so surely of it."""
    return _of_datatype(x, x.datatype.value)


def _class(wanted: Value) -> _Part:
    return _Part(_each(lambda told, x: wanted in told.classes(told.facts(x))))


def _kind(wanted: Value) -> _Part:
    if wanted != str(SH.IRI):
        raise Unknown("nodeKind")
    return _Part(_each(lambda told, x: isinstance(x, str)))


def _pattern(wanted: Value) -> _Part:
    found = re.compile(text(wanted))
    return _Part(_each(lambda told, x: not isinstance(x, ox.BlankNode) and found.search(text(x)) is not None))


def _length(least: Value) -> _Part:
    n = int(least.value)
    return _Part(_each(lambda told, x: not isinstance(x, ox.BlankNode) and len(text(x)) >= n))


def _bound(good: Callable[[Decimal, Decimal], bool]) -> Callable[[Value], _Part]:
    def made(wanted: Value) -> _Part:
        limit = Decimal(wanted.value)
        return _Part(_each(lambda told, x: (n := _number(x)) is not None and good(n, limit)))

    return made


def _number(x: Value) -> Decimal | None:
    return Decimal(x.value) if any(_of_datatype(x, kind) for kind in _ORDERED) else None


def _ordered(good: Callable[[Any, Any], bool]) -> Callable[[Value], _Part]:
    def made(other: Value) -> _Part:
        def check(told: Told, thing: Thing, values: Sequence[Value]) -> bool:
            pairs = [(_order(x), _order(y)) for x in values for y in told.values(thing, other)]
            return all(a is not None and b is not None and a[0] == b[0] and good(a[1], b[1]) for a, b in pairs)

        return _Part(check)

    return made


def _order(x: Value) -> tuple[str, Any] | None:
    """The place of a value among others of its kind."""
    number = _number(x)
    if number is not None:
        return "number", number
    return (x.value[19:], x.value) if _of_datatype(x, _MOMENT) else None


def _count(good: Callable[[int, int], bool]) -> Callable[[Value], _Part]:
    def made(wanted: Value) -> _Part:
        n = int(wanted.value)
        return _Part(lambda told, thing, values: good(len(values), n), idle=good(0, n))

    return made


def _has(wanted: Value) -> _Part:
    return _Part(lambda told, thing, values: wanted in values, idle=False)


def _equals(other: Value) -> _Part:
    return _Part(lambda told, thing, values: set(values) == set(told.values(thing, other)), idle=False)


def _disjoint(other: Value) -> _Part:
    return _Part(lambda told, thing, values: set(values).isdisjoint(told.values(thing, other)))


_SIMPLE: Final[dict[str, Callable[[Value], _Part]]] = {
    "datatype": _datatype,
    "class": _class,
    "nodeKind": _kind,
    "pattern": _pattern,
    "minLength": _length,
    "minCount": _count(lambda found, n: found >= n),
    "maxCount": _count(lambda found, n: found <= n),
    "minInclusive": _bound(lambda found, n: found >= n),
    "maxInclusive": _bound(lambda found, n: found <= n),
    "lessThan": _ordered(lambda a, b: a < b),
    "lessThanOrEquals": _ordered(lambda a, b: a <= b),
    "hasValue": _has,
    "equals": _equals,
    "disjoint": _disjoint,
}


def _term(value: Any) -> Value:
    """A term of rdflib as a value of a thing."""
    if isinstance(value, rdflib.URIRef):
        return str(value)
    if isinstance(value, rdflib.Literal):
        return (
            ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype)))
            if value.datatype
            else ox.Literal(str(value))
        )
    raise Unknown("value")
