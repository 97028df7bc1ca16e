"""ViewData → the JSON that the page reads: plain lists and dictionaries, references by position, nothing of drawing."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from kg.model import EntityType, Measure
from kg.view import wording
from kg.view.data import Affair, Comparison, Figure, Link, Node, Statement, ViewData
from kg.view.drawing import Drawing, style
from kg.view.drawing.lanes import Lane, lanes
from kg.view.lexicon import lexicon
from kg.view.terms import terms

Json = dict[str, Any]

_DATES = re.compile(r" \(\d{4}[\d –-]*\)$")  # the days in an affair's label: the page tells them by themselves

_BOUNDS = ("value", "low", "high")
_NAMED = ("comparator", "unit", "population", "event", "place", "as_of", "id")
# What no page shows of a figure; every other field of a measure follows those above in its data by itself.
_ASIDE = frozenset({"places", "change", "unofficial", "concepts", "scenes"})
_WORDS = (*_NAMED, *(f.name for f in fields(Measure) if f.name not in {*_BOUNDS, *_NAMED, *_ASIDE}))


_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def payload(data: ViewData, drawing: Drawing) -> Json:
    """What the scripts of the page work on. Ids stay on their owners; every reference is a position in a list."""
    nodes = {node.id: at for at, node in enumerate(data.nodes)}
    statements = {statement.id: at for at, statement in enumerate(data.statements)}
    articles = {article.id: at for at, article in enumerate(data.articles)}
    shown = [pair for pair in data.comparisons if pair.left in statements and pair.right in statements]
    comparisons = {pair.id: at for at, pair in enumerate(shown)}
    lines = lanes(data)
    return {
        **_looks(),
        "places": {
            "x": [drawing.placed.positions[node.id][0] for node in data.nodes],
            "y": [drawing.placed.positions[node.id][1] for node in data.nodes],
            "r": [drawing.radii[node.id] for node in data.nodes],
        },
        "nodes": [_node(node, nodes, drawing.placed.communities[node.id]) for node in data.nodes],
        "links": [
            {**_link(link, nodes, statements, comparisons), "width": drawing.widths[at], "bend": drawing.bends[at]}
            for at, link in enumerate(data.links)
        ],
        "statements": [_statement(statement, nodes, statements, articles) for statement in data.statements],
        "comparisons": [_comparison(pair, statements, data.statements) for pair in shown],
        "lanes": [
            {
                "label": lane.label,
                "story": lane.story,
                "points": [[statements[statement], at, lane.dates[n]] for n, (statement, at) in enumerate(lane.points)],
                "pairs": [comparisons[pair] for pair in lane.pairs if pair in comparisons],
            }
            for lane in lines
        ],
        "affairs": [_affair(affair, articles, lines) for affair in data.affairs],
        "terms": terms(),
        "lexicon": lexicon(data),
        "articles": [
            {name: getattr(article, name) for name in ("id", "title", "published", "publisher", "url", "text")}
            for article in data.articles
        ],
    }


def _affair(affair: Affair, articles: Mapping[str, int], lines: Sequence[Lane]) -> Json:
    return {
        "id": affair.id,
        "label": _DATES.sub("", affair.label),
        "happening": affair.happening,
        "articles": _positions(affair.articles, articles),
        "lanes": [at for at, lane in enumerate(lines) if lane.affair == affair.id],
    }


def _looks() -> Json:
    """What things are called and how they look, the same for every page."""
    return {
        "families": {
            family: {"label": look.label, "plural": look.plural, "shape": look.shape, "colour": look.colour}
            for family, look in style.FAMILIES.items()
        },
        "kinds": {
            kind: {
                "label": tie.label,
                "verb": tie.verb,
                "inverse": tie.inverse,
                "arrow": tie.arrow,
                "light": tie.light,
                "dark": tie.dark,
                "dashes": list(tie.dashes),
            }
            for kind, tie in style.TIES.items()
        },
        "voices": dict(style.VOICES),
        "certainties": dict(style.FIRMNESS),
        "verdicts": {
            verdict: {"label": label, "disagreement": disagreement, "order": order}
            for order, (verdict, (label, disagreement)) in enumerate(style.VERDICTS.items())
        },
    }


def type_label(kind: EntityType) -> str:
    """A type as people say it.

    >>> type_label(EntityType.SECURITY_SERVICE)
    'security service'
    """
    return kind.value.replace("_", " ")


def _positions(ids: Sequence[str], positions: Mapping[str, int]) -> list[int]:
    return [positions[one] for one in ids if one in positions]


def _link(link: Link, nodes: Mapping[str, int], statements: Mapping[str, int], comparisons: Mapping[str, int]) -> Json:
    return {
        "source": nodes[link.source],
        "target": nodes[link.target],
        "kind": link.kind,
        "label": link.label,
        "statements": _positions(link.statements, statements),
        "comparisons": _positions(link.comparisons, comparisons),
    }


def _node(node: Node, nodes: Mapping[str, int], community: int) -> Json:
    return {
        "id": node.id,
        "name": node.name,
        "type": "".join(part.capitalize() for part in node.type.split("_")),
        "family": node.type.family,
        "typeLabel": type_label(node.type),
        "aliases": list(node.aliases),
        "country": node.country,
        "partOf": node.part_of,
        "community": community,
        "offices": [
            {
                "title": office.title,
                "organisation": nodes.get(office.organisation or ""),
                "organisationName": office.organisation_name,
                "tense": office.tense,
            }
            for office in node.offices
        ],
    }


def _statement(
    statement: Statement, nodes: Mapping[str, int], statements: Mapping[str, int], articles: Mapping[str, int]
) -> Json:
    return {
        "id": statement.id,
        "speaker": nodes.get(statement.speaker or ""),
        "speakerName": statement.speaker_name,
        "role": statement.role,
        "organisation": statement.organisation,
        "tense": statement.tense,
        "cue": statement.cue,
        "stance": statement.stance,
        "kind": statement.kind,
        "certainty": statement.certainty,
        "negated": statement.negated,
        "content": statement.content,
        "saidOn": statement.said_on,
        "about": _positions(statement.about, nodes),
        "figures": [_figure(figure, statement) for figure in statement.figures],
        "evidence": [[piece.text, piece.mark] for piece in statement.evidence],
        "article": articles.get(statement.article),
        "spans": [[mark, span.start, span.end] for mark, span in statement.spans],
        "start": statement.start or 0,
        "end": statement.end or 0,
        "within": statements.get(statement.within or ""),
        "reason": statement.reason,
        "confidence": _finite(statement.confidence),
    }


def _figure(figure: Figure, statement: Statement) -> Json:
    bounds = {name: _finite(getattr(figure, name)) for name in _BOUNDS}
    told = wording.claim(figure, statement)
    told_of = figure.text or any(value is not None for value in bounds.values())
    said = wording.words(told) if told_of else ""  # a comparison of facts has no figures
    happened = wording.happened(told, said) if said else ""
    read = {
        "words": said,
        "happened": happened,
        "whose": wording.whose(told, f"{said} {happened}"),
        "near": wording.near(told),
    }
    return {"text": figure.text} | bounds | {_camel(name): getattr(figure, name) or "" for name in _WORDS} | read


def _camel(name: str) -> str:
    """A name as scripts write it.

    >>> _camel("as_of"), _camel("event")
    ('asOf', 'event')
    """
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _comparison(pair: Comparison, positions: Mapping[str, int], statements: Sequence[Statement]) -> Json:
    def side(statement: str, speaker: str, figure: Figure) -> Json:
        at = positions[statement]
        return {"statement": at, "speaker": speaker, "figure": _figure(figure, statements[at])}

    return {
        "id": pair.id,
        "verdict": pair.verdict,
        "reason": pair.reason,
        "left": side(pair.left, pair.left_speaker, pair.left_figure),
        "right": side(pair.right, pair.right_speaker, pair.right_figure),
    }


def _finite(number: float | None) -> float | None:
    """JSON knows neither infinity nor NaN: they are unknown bounds."""
    return number if number is not None and math.isfinite(number) else None


def dumps(data: Json) -> str:
    """JSON that no string in it can break out of, in HTML or in script; lone surrogates become question marks.

    >>> dumps({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.encode("utf-8", "replace").decode("utf-8")
    for letter, escape in _ESCAPES:  # one after the other, in a tenth of the time of a table
        text = text.replace(letter, escape)
    return text
