"""Figures: every quantity of the text with its comparator, unit, what is counted, place, event and as-of date.

The layers follow CQE (Almasian, Kazakova, Göldner and Gertz 2023): value, change, unit, concept; place, event, as-of date,
total and officialness are ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.annotate.figures import (
    bounds,
    concepts,
    counted,
    events,
    movements,
    placed,
    ranges,
    tallies,
    totals,
    uncounted,
    whose,
)
from kg.annotate.parse import headings, quantities, units
from kg.annotate.parse import tallies as frames
from kg.annotate.parse.parsing import Parsed
from kg.annotate.parse.quantities import Quantity, sentence, text_of
from kg.annotate.parse.tallies import Frame
from kg.english import events as english
from kg.english import places
from kg.english.inflection import singular
from kg.english.lists import alternation, classed, listed
from kg.model import BlockKind, Comparator, DateMention, Figure, Mention
from kg.nearby import Nearby

_LATER = re.compile(rf"\s+(?:{alternation(listed('figure_words', 'moment'))})\b", re.IGNORECASE)
_CROWDS = frozenset(listed("tally_words", "crowd"))
_DEFINITE = frozenset(listed("figure_words", "definite"))
_MILLIONS = 1e6
_BARGAINING = frozenset(listed("figure_words", "bargaining"))
_SPAN = 120  # characters between a measure and the one that it is held against
_IDLE = frozenset(listed("figure_words", "idle"))


def find(
    parsed: Sequence[Parsed],
    *,
    mentions: Sequence[Mention] = (),
    dates: Sequence[DateMention] = (),
    published: str | None = None,
) -> list[Figure]:
    """All figures of prose and headlines in order; ``total`` indexes into the list that is returned."""
    out: list[Figure] = []
    leans: list[tallies.Lean | None] = []
    stood: list[placed.Counted] = []
    days, actors = Nearby(((d.span,), d) for d in dates), Nearby(((m.span,), m) for m in mentions)
    for piece in parsed:
        if piece.block.kind not in (BlockKind.PROSE, BlockKind.HEADLINE):
            continue
        end = piece.offset + len(piece.text)
        own = [_stretched(piece, d) for d in days.at(piece.whole) if piece.offset <= d.span.start < end]
        near = [m for m in actors.at(piece.whole) if piece.offset <= m.span.start < end]
        found = _quantities(piece, own)
        first = len(out)
        for at, quantity in enumerate(found):
            frame = frames.around(piece.doc, quantity.first) if quantity.unit is None else None
            others = found[max(0, at - 8) : at + 9]
            figure = _figure(piece, quantity, others, near, own, frame, published)
            stood.append(placed.Counted(piece, quantity, others))
            bare = quantity.unit is None
            if at and len(out) > first:
                figure = _like_before(piece.doc, quantity, figure, found[at - 1], out[-1])
            leans.append(tallies.leaning(piece.doc, quantity, frame) if bare and not figure.unit_text else None)
            if quantity.repeats and at:
                figure = _repeated(figure, out[-1])
            if quantity.moved and len(out) > first:
                out[-1], figure = _moved(out[-1], figure, len(out) - 1)
            out.append(figure)
    carrier = placed.Carrier(parsed, mentions, published)
    linked = tallies.inherit(totals.link(out, parsed, leans), leans)
    return [carrier.place(figure, at) for figure, at in zip(linked, stood, strict=True)]


def to_records(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """Figures as ``kg annotate --jsonl`` prints them. The two ends of a movement ("from 20 in May to 30") are one record with
    both values, as in NewsQuant; a unit is given as it is written, ``"-"`` where there is none, and by its name beside it."""
    out: list[dict[str, object]] = []
    for i, figure in enumerate(figures):
        if i + 1 < len(figures) and figures[i + 1].moved_from == i:
            continue
        record = to_record(figure)
        if (
            figure.moved_from is not None
            and (start := figures[figure.moved_from]).value is not None
            and figure.value is not None
        ):
            record["value"] = [start.value, figure.value]
            record["concepts"] = list(dict.fromkeys((*start.concepts, *figure.concepts)))
            record["span"] = [start.span.start, figure.span.end]
        elif figure.moved_from is not None:
            out.append(to_record(figures[figure.moved_from]))
        out.append(record)
    return out


def to_record(figure: Figure) -> dict[str, object]:
    """One figure: value (or [low, high]), change, unit, concepts, span."""
    value: object = figure.value
    if figure.value is None:
        ends = (figure.low, figure.high)
        value = (
            list(ends)
            if None not in ends and ends[0] != ends[1]
            else figure.low
            if figure.low is not None
            else figure.high
        )
    bound = {"≥": ">", "≤": "<"}.get(figure.comparator.value, figure.comparator.value)
    return {
        "value": value, "change": bound if bound in ("~", ">") else figure.change or bound,
        "unit": figure.unit_text or figure.population or figure.unit or "-", "normalized_unit": figure.unit,
        "concepts": list(figure.concepts), "population": figure.population, "event": figure.event, "as_of": figure.as_of,
        "span": [figure.span.start, figure.span.end], "per": figure.per, **({} if figure.salient else {"salient": False}),
    }  # fmt: skip


def _quantities(piece: Parsed, dates: Sequence[DateMention]) -> list[Quantity]:
    joined = ranges.join(piece.doc, quantities.read(piece.doc, dates=_taken(piece, dates)))
    told = (q for q in joined if not headings.leads_elsewhere(sentence(piece.doc, q.first)[0]))
    return ranges.with_conversions(piece.text, [q for q in told if uncounted.counts_something(piece.doc, q)])


_TO_YEAR = re.compile(r"[–-](?P<year>\d\d)(?!\d|[.,]\d)")


def _stretched(piece: Parsed, date: DateMention) -> DateMention:
    """ "2012–13" as a stretch of two years."""
    if not re.fullmatch(r"\d{4}", date.edtf):
        return date
    match = _TO_YEAR.match(piece.text, date.span.end - piece.offset)
    if match is None or int(match["year"]) != (int(date.edtf) + 1) % 100:
        return date
    return replace(
        date, edtf=f"{date.edtf}/{int(date.edtf) + 1}", span=replace(date.span, end=piece.offset + match.end())
    )


def _taken(piece: Parsed, dates: Sequence[DateMention]) -> list[tuple[int, int]]:
    """The characters that dates take up: their numbers are no figures."""
    return [(d.span.start - piece.offset, d.span.end - piece.offset) for d in dates]


def _figure(
    piece: Parsed,
    q: Quantity,
    others: Sequence[Quantity],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    frame: Frame | None,
    published: str | None,
) -> Figure:
    doc, text = piece.doc, piece.text
    comparator, start, end = bounds.of(text, q.whole_start, q.whole_end)
    if q.kind == "time" and start < q.whole_start and _is_period(doc, start):
        comparator, start = Comparator.EQUAL, q.whole_start
    noun, verb, event, bound = _counted(doc, q, frame)
    if comparator is Comparator.EQUAL and bound is not None:
        comparator = bound
    elif comparator is Comparator.EQUAL and noun is not None and noun.i > q.last:
        comparator = bounds.behind(text, noun.idx + len(noun))
    change = movements.of(doc, q)
    low, high = (abs(q.low), abs(q.high)) if change and q.kind == "percent" else (q.low, q.high)
    unit, wording = _unit(text, q, noun, event)
    told_besides = bounds.marks(doc, q, noun, verb)
    if noun is None and q.unit is None and bounds.CAPACITY in told_besides:
        unit = unit or "people"  # "room for 150"
    value = low if low == high else None
    return Figure(  # long: a line a field
        span=piece.span(start, end),
        number=piece.span(q.start, q.end),
        value=value,
        low=None if value is not None and comparator in (Comparator.LESS, Comparator.AT_MOST) else low,
        high=None if value is not None and comparator in (Comparator.MORE, Comparator.AT_LEAST) else high,
        comparator=comparator,
        unit=unit,
        unit_text=wording,
        concepts=concepts.find(doc, q, noun),
        population=counted.population(noun if noun is not None or q.unit is None else movements.measured(doc, q), q),
        event=event,
        places=placed.places(piece, q, mentions, verb, others),
        as_of=events.as_of(piece, q, dates, others, verb, published),
        change=change,
        unofficial=any(t.lower_ in ("unofficial", "unconfirmed") for t in sentence(doc, q.first) if t.i < q.first),
        salient=_salient(doc, q, unit, noun, verb, comparator),
        block=piece.index,
        whose=piece.span(*own) if (own := whose.whose(doc, q, noun, verb)) is not None else None,
        scenes=tuple(piece.span(*at) for at in whose.scenes_of(doc, q, noun, verb)),
        per=_per(text, q, noun, verb),
        marks=told_besides,
    )


def _counted(doc: Doc, q: Quantity, frame: Frame | None) -> tuple[Token | None, Token | None, str, Comparator | None]:
    """What is counted, what befell it, that as it is stored, and the bound that the frame of a tally tells."""
    noun = counted.noun(doc, q) or _nation(doc, q)
    told = tallies.matter(frame) if frame is not None else tallies.Matter()
    if noun is None and frame is not None and not tallies.suffers(doc, q, frame):
        return told.noun, told.verb, told.event or events.lemma(told.verb), told.bound
    verb = events.event(doc, q, noun)
    return noun, verb, events.light(doc, q, noun, verb) or events.lemma(verb), told.bound


def _is_period(doc: Doc, start: int) -> bool:
    """ "3 billion [over five years]": the stretch in which it happens, and no more than five; "lasted over five years" bounds."""
    token = next((t for t in doc if t.idx >= start), None)
    if token is None or token.lower_ != "over" or token.i == 0:
        return False
    before = doc[token.i - 1]
    return before.pos_ in ("NOUN", "PROPN", "NUM", "SYM", "PUNCT", "PRON") or before.lower_ in (
        "billion",
        "million",
        "bn",
    )


def _unit(text: str, q: Quantity, noun: Token | None, event: str) -> tuple[str, str]:
    """The unit by its name, and as it is written where it is a measure."""
    if q.unit is not None:
        per = f" per {q.per}" if q.per else ""
        if q.unit.kind == "money":
            return q.unit.name + per, q.unit.wording.replace(" $", "$") + per
        return q.unit.name + per, text[q.end : q.whole_end].strip(" -)")
    if noun is not None and noun.i and noun.nbor(-1).lower_ == "strong":
        return "people", ""  # "a 22-strong team" counts its people
    if noun is not None and (counted.is_people(noun) or places.nationality(noun.text) is not None):
        return "people", ""
    if noun is not None and (noun.lemma_.lower() in events.event_nouns() or noun.lemma_.lower() in _CROWDS):
        return "people", ""
    if noun is not None:
        rate = units.rate(text, noun.idx + len(noun))
        per = f" per {rate[0]}" if rate is not None else ""
        return _lemma(noun) + per, f"{counted.population(noun, q)}{per}" if per else ""
    if noun is None and not q.fraction and event in classed("people", "verb"):
        return "people", ""  # an elided head: "the 22 said to have been killed", "eight have been convicted"
    return "", ""


def _lemma(noun: Token) -> str:
    """The counted noun in the singular; "corpses" are no corps."""
    lemma, word = noun.lemma_.lower(), noun.lower_
    return singular(word) if lemma.endswith("s") and word == f"{lemma}es" else lemma


def _per(text: str, q: Quantity, noun: Token | None, verb: Token | None) -> str:
    """What a rate is counted per: as its unit has it, behind the number or what is counted, or behind what befell it where
    "every" or "per" says so. "40 people a day later" and "died a week into the siege" are no rates.
    """
    if q.unit is not None:
        return "" if _LATER.match(text, q.whole_end) else q.per or q.unit.name.partition(" per ")[2]
    ends = [q.whole_end]
    if noun is not None and noun.i > q.last:
        ends.append(noun.idx + len(noun))
    if verb is not None and verb.i > q.last and not text.startswith((" a ", " an "), verb.idx + len(verb)):
        ends.append(verb.idx + len(verb))
    rates = (rate for end in ends if (rate := units.rate(text, end)) is not None)
    return next((per for per, end in rates if not _LATER.match(text, end)), "")


def _nation(doc: Doc, q: Quantity) -> Token | None:
    """The nationality word that stands for its people: "more than 330 Kenyans", "40 French"."""
    if q.unit is not None or q.last + 1 >= len(doc):
        return None
    token: Token = doc[q.last + 1]
    return token if places.nationality(token.text) is not None else None


def _salient(doc: Doc, q: Quantity, unit: str, noun: Token | None, verb: Token | None, comparator: Comparator) -> bool:
    """Whether anybody would look the figure up: no stretch of time, no bare number, no "one of the best", no "the two sides"."""
    if q.kind == "time" or (noun is None and not unit) or (noun is not None and noun.lemma_.lower() in _IDLE):
        return False
    befell = verb is not None and verb.lemma_.lower() in english.events()
    if _is_one(text_of(doc), q):
        after = doc[q.last + 1].lower_ if q.last + 1 < len(doc) else ""
        if after == "of":
            return comparator is not Comparator.EQUAL or (
                befell and verb is not None and counted.anchor_of(doc, q).head == verb
            )
        return unit == "people" or comparator is not Comparator.EQUAL
    if (
        q.unit is None
        and q.words
        and 1 < q.low <= 3
        and unit != "people"
        and q.first
        and doc[q.first - 1].lower_ in _DEFINITE
    ):
        return befell
    return True


def _is_one(text: str, q: Quantity) -> bool:
    return text[q.start : q.end].lower() == "one"


_STEP = re.compile(rf"\b(?:{alternation(listed('figure_words', 'step'))})\s+$", re.IGNORECASE)


def _same_deed(doc: Doc, q: Quantity, earlier: Quantity) -> bool:
    """Whether a bare number is the object of the verb, or of its opposite, that the share or sum before is the object of: "demands 25
    per cent; the Treasury offered 8".
    """
    token, last = doc[q.last], doc[q.last + 1] if q.last + 1 < len(doc) else None
    if token.dep_ != "dobj" or not (last is None or last.is_punct):
        return False
    verbs = {t.lemma_.lower() for t in doc[max(0, earlier.first - 6) : earlier.first] if t.pos_ == "VERB"}
    deed = token.head.lemma_.lower()
    return deed in verbs or (deed in _BARGAINING and bool(verbs & _BARGAINING))


def _like_before(doc: Doc, q: Quantity, figure: Figure, earlier: Quantity, before: Figure) -> Figure:
    """A sum or share with what the one before it measures where it is only held against that: "profit rose 45% to 26 million in the
    third quarter from 18 million"; a bare number of millions with the currency told before.
    """
    between = text_of(doc)[earlier.whole_end : q.whole_start]
    if len(between) > _SPAN:
        return figure
    if q.unit is None and earlier.kind in ("percent", "money") and _same_deed(doc, q, earlier):
        return replace(figure, unit=before.unit, unit_text=before.unit_text, population=before.population, salient=True)
    if (
        not figure.unit
        and not figure.population
        and q.scale >= _MILLIONS
        and earlier.kind == "money"
        and earlier.scale >= _MILLIONS
    ):
        return replace(figure, unit=before.unit, unit_text=before.unit_text, salient=True)
    sums = {q.kind, earlier.kind} <= {"money", "percent"}
    stepped = _STEP.search(between) is not None and not re.search(r"[.;!?]\s", between)
    if sums and stepped and not figure.population and before.population:
        return replace(figure, population=before.population)
    return figure


def _repeated(figure: Figure, before: Figure) -> Figure:
    """A figure given again in another unit: bound, change and events are those of the first."""
    own = figure.comparator is not Comparator.EQUAL
    return replace(
        figure, comparator=figure.comparator if own else before.comparator, change=before.change, concepts=before.concepts, population=before.population,
        event=before.event, places=before.places, as_of=before.as_of, per=figure.per or before.per,
        low=None if before.low is None else figure.low, high=None if before.high is None else figure.high,
    )  # fmt: skip


def _moved(start: Figure, end: Figure, index: int) -> tuple[Figure, Figure]:
    """The two ends of a movement share unit, population, event and place; each has its own date."""
    noun = end if end.population or not start.population else start
    shared = {
        "population": noun.population,
        "event": end.event or start.event,
        "places": end.places or start.places,
        "per": end.per or start.per,
    }
    unit = end.unit if end.unit and end.population else start.unit or end.unit
    wording = end.unit_text or start.unit_text
    words_ = tuple(dict.fromkeys((*start.concepts, *end.concepts)))[:12]
    a = replace(start, unit=unit, unit_text=wording, concepts=words_, change=None, **shared)  # type: ignore[arg-type]
    b = replace(end, unit=unit, unit_text=wording, concepts=words_, change=None, moved_from=index, **shared)  # type: ignore[arg-type]
    return a, b
