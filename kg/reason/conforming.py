"""A quick look at shapes (SHACL): which things may violate one. Of most graphs none does, and pySHACL, which takes a hundred times
as long to say so, is asked only about the others.

Shapes become functions of a thing, each of which says whether it conforms. Where a value is not of the plain form that is written
for its datatype, or a shape is made of anything that is not known here, the answer is "it may violate": pySHACL has the last word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Final

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection as List
from rdflib.namespace import RDF, SH

from kg import vocabulary as v

Term = Any
Check = Callable[["Told", Term], bool]
"""Whether a thing conforms."""
_OfValues = Callable[["Told", Term, Sequence[Term]], bool]
Path = Callable[["Told", Term], list[Term]]

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
    {RDF.type, SH.message, SH.path, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
)

_WITH_ANOTHER: Final = frozenset({SH.ignoredProperties, SH.qualifiedMinCount, SH.qualifiedMaxCount})


class Unknown(Exception):
    """A shape is made of something that is not known here."""


class Told:
    """What triples tell, by thing and property, beside what the ontology tells."""

    def __init__(self, triples: Iterable[ox.Triple], ontology: Told | None = None) -> None:
        self._of: dict[Term, dict[str, list[Term]]] = {}
        self._back: dict[str, dict[Term, list[Term]]] = defaultdict(dict)
        self._ontology = ontology
        self.triples = triples if isinstance(triples, Collection) else list(triples)
        names: dict[Term, str] = {}
        for triple in self.triples:
            prop = names.get(triple.predicate) or names.setdefault(triple.predicate, triple.predicate.value)
            told = self._of.setdefault(triple.subject, {})
            values = told.get(prop)
            if values is None:
                told[prop] = [triple.object]
            elif triple.object not in values:
                values.append(triple.object)
        self._above: dict[Term, frozenset[str]] = {}

    def values(self, thing: Term, prop: str) -> list[Term]:
        own = self._of.get(thing, {}).get(prop, [])
        more = self._ontology.values(thing, prop) if self._ontology is not None else None
        return [*own, *(x for x in more if x not in own)] if more else own

    def properties(self, thing: Term) -> Collection[str]:
        return self._of.get(thing, {}).keys()

    def holders(self, thing: Term, prop: str) -> list[Term]:
        """What has ``thing`` as this property."""
        if prop not in self._back:
            back = self._back[prop]
            for subject, told in self._of.items():
                for value in told.get(prop, ()):
                    back.setdefault(value, []).append(subject)
        return self._back[prop].get(thing, [])

    def classes(self, thing: Term) -> Iterator[str]:
        """The classes of a thing, with all above them."""
        for kind in self.values(thing, _TYPE):
            if kind not in self._above:
                seen: set[Term] = set()
                todo = [kind]
                while todo:
                    one = todo.pop()
                    if one not in seen:
                        seen.add(one)
                        todo += self.values(one, _BELOW)
                self._above[kind] = frozenset(str(getattr(one, "value", one)) for one in seen)
            yield from self._above[kind]

    @cached_property
    def store(self) -> ox.Store:
        """The same, for a query."""
        made = ox.Store()
        made.extend(ox.Quad(t.subject, t.predicate, t.object) for t in self.triples)
        return made


class Shapes:
    """The shapes of a graph, as functions."""

    def __init__(self, graph: rdflib.Graph, ontology: Iterable[ox.Triple]) -> None:
        self._graph, self._ontology = graph, Told(ontology)
        self._made: dict[Any, Check] = {}
        self._targets: dict[Any, dict[str, list[Check]]] = {
            prop: defaultdict(list) for prop in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        }
        self.known = True
        try:
            for prop, of in self._targets.items():
                for shape, target in graph.subject_objects(prop):
                    of[str(target)].append(self._shape(shape))
        except Unknown:
            self.known = False

    def suspects(self, things: Iterable[Term], triples: Iterable[ox.Triple]) -> Iterator[Term]:
        """Those of the things that may violate a shape, by what ``triples`` and the ontology tell."""
        if not self.known:
            yield from things
            return
        told = Told(triples, self._ontology)
        yield from (one for one in things if not all(check(told, one) for check in self._of(told, one)))

    def _of(self, told: Told, thing: Term) -> set[Check]:
        """The shapes that a thing is held to."""
        by_class, by_subject, by_object = self._targets.values()
        found = {check for kind in told.classes(thing) for check in by_class.get(kind, ())}
        found.update(check for prop in told.properties(thing) for check in by_subject.get(prop, ()))
        found.update(check for prop, checks in by_object.items() if told.holders(thing, prop) for check in checks)
        return found

    # ── shapes as functions ──

    def _shape(self, shape: Any) -> Check:
        if shape not in self._made:
            path = self._graph.value(shape, SH.path)
            along = _path(self._graph, path) if path is not None else lambda told, thing: [thing]
            parts = [
                self._part(shape, prop, value) for prop, value in self._graph.predicate_objects(shape) if _tells(prop)
            ]
            self._made[shape] = _all(along, parts)
        return self._made[shape]

    def _part(self, shape: Any, prop: Any, value: Any) -> _OfValues:
        """One constraint of a shape."""
        name = str(prop).removeprefix(str(SH))
        if name in _SIMPLE:
            return _SIMPLE[name](_term(value))
        if name in ("property", "node"):
            return _each(self._shape(value))
        if name in ("or", "and", "xone"):
            shapes = [self._shape(one) for one in List(self._graph, value)]
            return _each(_JOINED[name](shapes))
        if name == "not":
            wrong = self._shape(value)
            return _each(lambda told, thing: not wrong(told, thing))
        if name == "in":
            allowed = {_term(one) for one in List(self._graph, value)}
            return _each(lambda told, thing: thing in allowed)
        if name == "closed":
            return self._closed(shape)
        if name == "qualifiedValueShape":
            return self._qualified(shape, value)
        if name == "sparql":
            return self._sparql(value)
        raise Unknown(name)

    def _closed(self, shape: Any) -> _OfValues:
        """That a thing has no other property of kg; what it has of others is no matter of the shapes (:mod:`.validate`)."""
        ignored = self._graph.value(shape, SH.ignoredProperties)
        allowed = {str(one) for one in List(self._graph, ignored)} if ignored is not None else set()
        allowed |= {str(self._graph.value(one, SH.path)) for one in self._graph.objects(shape, SH.property)}
        return _each(
            lambda told, thing: all(p in allowed or not p.startswith(v.KG) for p in told.properties(thing)),
        )

    def _qualified(self, shape: Any, value: Any) -> _OfValues:
        least, most = (self._graph.value(shape, prop) for prop in (SH.qualifiedMinCount, SH.qualifiedMaxCount))
        if least is None or most is None:
            raise Unknown("qualifiedValueShape")
        low, high, one = int(least), int(most), self._shape(value)
        return lambda told, thing, values: low <= sum(one(told, x) for x in values) <= high

    def _sparql(self, value: Any) -> _OfValues:
        select = self._graph.value(value, SH.select)
        home = self._graph.value(value, SH.prefixes)
        declared = [
            (self._graph.value(d, SH.prefix), self._graph.value(d, SH.namespace))
            for d in self._graph.objects(home, SH.declare)
        ]
        query = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in declared) + str(select)
        this = ox.Variable("this")
        return lambda told, thing, values: not any(told.store.query(query, substitutions={this: thing}))  # type: ignore[arg-type]


def _tells(prop: Any) -> bool:
    """Whether a property of a shape is a constraint of its own."""
    return prop not in _SAYS_NOTHING and prop not in _WITH_ANOTHER


def _path(graph: rdflib.Graph, path: Any) -> Path:
    if isinstance(path, rdflib.URIRef):
        name = str(path)
        return lambda told, thing: told.values(thing, name)
    inverse = graph.value(path, SH.inversePath)
    if isinstance(inverse, rdflib.URIRef):
        name = str(inverse)
        return lambda told, thing: told.holders(thing, name)
    steps = [_path(graph, step) for step in List(graph, path)]
    if not steps:
        raise Unknown("path")

    def along(told: Told, thing: Term) -> list[Term]:
        found = [thing]
        for step in steps:
            found = list(dict.fromkeys(x for one in found for x in step(told, one)))
        return found

    return along


def _all(along: Path, parts: Sequence[_OfValues]) -> Check:
    def check(told: Told, thing: Term) -> bool:
        values = along(told, thing)
        return all(part(told, thing, values) for part in parts)

    return check


def _each(check: Check) -> _OfValues:
    return lambda told, thing, values: all(check(told, one) for one in values)


_JOINED: Final[dict[str, Callable[[Sequence[Check]], Check]]] = {
    "or": lambda shapes: lambda told, thing: any(one(told, thing) for one in shapes),
    "and": lambda shapes: lambda told, thing: all(one(told, thing) for one in shapes),
    "xone": lambda shapes: lambda told, thing: sum(one(told, thing) for one in shapes) == 1,
}


# ── constraints of values ──────────────────────────────────────────────────────────────────────────────────────────


def _datatype(wanted: Term) -> _OfValues:
    return _each(lambda told, x: _of_datatype(x, wanted.value))


def _of_datatype(x: Term, wanted: str) -> bool:
    """Whether a value is surely of a datatype."""
    if not isinstance(x, ox.Literal) or x.datatype.value != wanted:
        return False
    form = _FORMS.get(wanted)
    if form is None:
        return wanted in (v.XSD + "string", str(RDF.langString))
    return form.fullmatch(x.value) is not None and (wanted != _MOMENT or _is_moment(x.value))


@lru_cache(maxsize=4096)
def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _class(wanted: Term) -> _OfValues:
    return _each(lambda told, x: wanted.value in told.classes(x))


def _kind(wanted: Term) -> _OfValues:
    if wanted.value != str(SH.IRI):
        raise Unknown("nodeKind")
    return _each(lambda told, x: isinstance(x, ox.NamedNode))


def _pattern(wanted: Term) -> _OfValues:
    found = re.compile(wanted.value)
    return _each(lambda told, x: not isinstance(x, ox.BlankNode) and found.search(_text(x)) is not None)


def _length(least: Term) -> _OfValues:
    n = int(least.value)
    return _each(lambda told, x: not isinstance(x, ox.BlankNode) and len(_text(x)) >= n)


def _text(x: Term) -> str:
    return str(getattr(x, "value", x))


def _bound(good: Callable[[Decimal, Decimal], bool]) -> Callable[[Term], _OfValues]:
    def made(wanted: Term) -> _OfValues:
        limit = Decimal(wanted.value)
        return _each(lambda told, x: (n := _number(x)) is not None and good(n, limit))

    return made


def _number(x: Term) -> Decimal | None:
    return Decimal(x.value) if any(_of_datatype(x, kind) for kind in _ORDERED) else None


def _ordered(good: Callable[[Any, Any], bool]) -> Callable[[Term], _OfValues]:
    def made(other: Term) -> _OfValues:
        def check(told: Told, thing: Term, values: Sequence[Term]) -> bool:
            pairs = [(_order(x), _order(y)) for x in values for y in told.values(thing, other.value)]
            return all(a is not None and b is not None and a[0] == b[0] and good(a[1], b[1]) for a, b in pairs)

        return check

    return made


def _order(x: Term) -> tuple[str, Any] | None:
    """The place of a value among others of its kind."""
    number = _number(x)
    if number is not None:
        return "number", number
    return (x.value[19:], x.value) if _of_datatype(x, _MOMENT) else None


def _count(good: Callable[[int, int], bool]) -> Callable[[Term], _OfValues]:
    def made(wanted: Term) -> _OfValues:
        n = int(wanted.value)
        return lambda told, thing, values: good(len(values), n)

    return made


def _has(wanted: Term) -> _OfValues:
    return lambda told, thing, values: wanted in values


def _equals(other: Term) -> _OfValues:
    return lambda told, thing, values: set(values) == set(told.values(thing, other.value))


def _disjoint(other: Term) -> _OfValues:
    return lambda told, thing, values: set(values).isdisjoint(told.values(thing, other.value))


_SIMPLE: Final[dict[str, Callable[[Term], _OfValues]]] = {
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


def _term(value: Any) -> Term:
    """A term of rdflib as one of pyoxigraph."""
    if isinstance(value, rdflib.URIRef):
        return ox.NamedNode(str(value))
    if isinstance(value, rdflib.Literal):
        return (
            ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype)))
            if value.datatype
            else ox.Literal(str(value))
        )
    raise Unknown("value")
