"""Figures: every quantity of the text with its comparator, unit, what is counted, place, event and as-of date.

The layers follow CQE (Almasian, Kazakova, Göldner and Gertz 2023): value, change, unit, concept; place, event, as-of date,
total and officialness are ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.annotate.lexicon import words
from kg.annotate.numbers import Number, comparator, read
from kg.annotate.parsing import Parsed
from kg.model import BlockKind, Comparator, DateMention, EntityType, Figure, Form, Mention, Span

_MONEY = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CURRENCY_WORDS = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "ruble": "RUB",
    "rouble": "RUB",
    "som": "KGS",
    "yuan": "CNY",
    "rupee": "INR",
}
_PERCENT = frozenset({"%", "percent", "per cent", "pct"})
_SKIP_ENTITIES = frozenset({"DATE", "TIME", "ORDINAL"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "PRODUCT", "FAC", "EVENT", "LAW", "WORK_OF_ART", "NORP", "LOC"})
_UP = frozenset({"rise", "increase", "grow", "climb", "jump", "gain", "surge", "soar", "up", "higher", "expand"})
_DOWN = frozenset(
    {
        "fall",
        "decrease",
        "drop",
        "decline",
        "lose",
        "shrink",
        "plunge",
        "slip",
        "slide",
        "tumble",
        "down",
        "lower",
        "cut",
        "reduce",
    }
)
_LIGHT = frozenset(
    {
        "be",
        "have",
        "include",
        "say",
        "do",
        "number",
        "total",
        "reach",
        "stand",
        "give",
        "suggest",
        "estimate",
        "know",
        "become",
        "make",
    }
)
# A stretch of time is a quantity, but none that speakers disagree on.
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "time"})
_EMPTY = frozenset({"one", "number", "figure", "total", "lot", "rest", "other"})


def find(
    parsed: Sequence[Parsed],
    *,
    mentions: Sequence[Mention] = (),
    dates: Sequence[DateMention] = (),
    published: str | None = None,
) -> list[Figure]:
    """All figures of prose and headlines in order; ``total`` indexes into the list that is returned."""
    out: list[Figure] = []
    for piece in parsed:
        if piece.block.kind not in (BlockKind.PROSE, BlockKind.HEADLINE):
            continue
        for number in read(piece.doc):
            if _is_figure(piece, number, dates):
                out.append(_figure(piece, number, mentions, dates))
    return _with_totals(out, parsed)


def to_record(figure: Figure) -> dict[str, object]:
    """A figure as ``kg annotate --jsonl`` prints it: value (or [low, high]), change, unit, concepts, span."""
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
    change = figure.change or {"≥": ">", "≤": "<"}.get(figure.comparator.value, figure.comparator.value)
    return {
        "value": value, "change": change, "unit": figure.unit, "concepts": list(figure.concepts), "population": figure.population,
        "event": figure.event, "as_of": figure.as_of, "span": [figure.span.start, figure.span.end],
    }  # fmt: skip


def _is_figure(piece: Parsed, number: Number, dates: Sequence[DateMention]) -> bool:
    doc = piece.doc
    tokens = doc[number.first : number.last + 1]
    span = piece.of(tokens)
    if any(d.span.overlaps(span) for d in dates):
        return False
    entity = next((e for e in doc.ents if e.start <= number.first < e.end), None)
    if entity is not None and entity.label_ in _NAMES and entity.start < number.first and entity[0].pos_ == "PROPN":
        return False
    following = doc[number.last + 1] if number.last + 1 < len(doc) else None
    before = doc[number.first - 1] if number.first else None
    if (
        following is not None
        and following.text in (":", "/")
        and number.last + 2 < len(doc)
        and doc[number.last + 2].like_num
    ):
        return False  # a clock time, a score, a date in figures
    if (
        before is not None
        and before.text in (":", "/", "#", "No.")
        and before.idx + len(before) == doc[number.first].idx
    ):
        return False
    if (
        before is not None
        and before.pos_ == "PROPN"
        and before.dep_ in ("compound", "nmod", "appos", "nummod", "ROOT", "pobj", "dobj", "nsubj")
        and tokens.text.isdigit()
        and (following is None or following.pos_ not in ("NOUN", "ADJ"))
    ):
        return False  # a number behind a name: a model, a channel, a motorway
    year = number.value is not None and 1800 <= number.value <= 2100 and tokens.text.isdigit() and len(tokens.text) == 4
    if year and (
        following is None or following.pos_ not in ("NOUN", "ADJ") or (entity is not None and entity.label_ == "DATE")
    ):
        return False
    if following is not None and following.lower_ in ("a.m.", "p.m.", "am", "pm", "o'clock", "gmt"):
        return False
    if (
        before is not None
        and before.text in (",",)
        and following is not None
        and following.text == ","
        and number.first > 1
        and doc[number.first - 2].pos_ == "PROPN"
        and number.value is not None
        and 10 < number.value < 110
    ):
        return False  # an age between commas behind a name
    if tokens.text.lower() == "one" and (
        tokens[0].dep_ not in ("nummod",) or (following is not None and following.lower_ in ("of", "another", "day"))
    ):
        return False
    return True


def _figure(piece: Parsed, number: Number, mentions: Sequence[Mention], dates: Sequence[DateMention]) -> Figure:
    doc = piece.doc
    comp, first = comparator(doc, number)
    unit, last = _unit(doc, number)
    noun = _counted(doc, number, last)
    low, high, value = _bounds(number, comp)
    verb = _event(doc, number, noun)
    population = _population(noun)
    concepts = _concepts(doc, number, noun, verb)
    if not unit and noun is not None:
        unit = (
            "people"
            if noun.lemma_.lower() in words("people.tsv", "noun") or noun.ent_type_ == "NORP" or noun.lower_ == "dead"
            else noun.lemma_.lower()
        )
    elif not unit and verb is not None and verb.lemma_.lower() in words("people.tsv", "verb"):
        unit = "people"  # an elided head: "the 22 said to have been killed", "eight have been convicted"
    sentence = doc[number.first].sent
    return Figure(
        span=piece.of(doc[first : max(last, number.last) + 1]),
        number=piece.of(doc[number.first : number.last + 1]),
        value=value, low=low, high=high,
        comparator=comp, unit=unit, concepts=concepts, population=population,
        event=verb.lemma_.lower() if verb is not None else "",
        places=_places(piece, sentence, mentions, number),
        as_of=_as_of(piece, number, sentence, dates),
        change=_change(doc, number),
        unofficial=any(t.lower_ in ("unofficial", "unconfirmed") for t in sentence if t.i < number.first),
        salient=not (noun is None and verb is None and not unit) and unit not in _TIMES,
        block=piece.index,
    )  # fmt: skip


def _bounds(number: Number, comp: Comparator) -> tuple[float | None, float | None, float | None]:
    if number.value is None:
        return number.low, number.high, None
    value = number.value
    if comp in (Comparator.MORE, Comparator.AT_LEAST):
        return value, None, value
    if comp in (Comparator.LESS, Comparator.AT_MOST):
        return None, value, value
    return value, value, value


def _unit(doc: Doc, number: Number) -> tuple[str, int]:
    """The measure that belongs to the number itself: money, percent; and the last token that it takes."""
    before = doc[number.first - 1] if number.first else None
    after = doc[number.last + 1] if number.last + 1 < len(doc) else None
    if before is not None and before.text.lstrip("US") in _MONEY:
        return _MONEY[before.text.lstrip("US")], number.last
    text = doc[number.first].text
    if text[0] in _MONEY:
        return _MONEY[text[0]], number.last
    if text.endswith("%"):
        return "percent", number.last
    glued = re.fullmatch(r"[\d,.]+([a-zA-Z]{1,4})", text)
    if glued and glued[1].lower() not in ("k", "m", "bn", "mn", "b", "tn"):
        return ("percent" if glued[1].lower() in ("pc", "pct") else glued[1]), number.last
    if after is not None and after.lower_ in _PERCENT:
        return "percent", after.i
    if after is not None and after.lower_ == "per" and after.i + 1 < len(doc) and doc[after.i + 1].lower_ == "cent":
        return "percent", after.i + 1
    if after is not None and after.lemma_.lower() in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[after.lemma_.lower()], after.i
    return "", number.last


def _counted(doc: Doc, number: Number, last: int) -> Token | None:
    """The noun that is counted: the head of the number, what stands after "of", or what it is said to be."""
    token = doc[number.last]
    head = token.head
    if (
        token.dep_ in ("nummod", "compound", "amod", "quantmod", "nmod", "det", "predet")
        and head.pos_ in ("NOUN", "PROPN")
        and head.i > number.last
    ):
        return head
    nxt = doc[last + 1] if last + 1 < len(doc) else None
    if nxt is not None and nxt.lower_ == "of":
        for t in doc[nxt.i + 1 : nxt.i + 12]:
            if (
                t.pos_ in ("NOUN", "PROPN")
                and t.dep_ != "compound"
                and not (t.i + 1 < len(doc) and doc[t.i + 1].lower_ in ("'s", "’s"))
            ):
                return t
            if t.pos_ in ("VERB", "AUX", "PUNCT"):
                break
    if nxt is not None and nxt.lower_ in ("dead", "missing", "injured", "wounded"):
        return nxt
    for t in doc[last + 1 : last + 5]:
        if t.pos_ in ("NOUN", "PROPN"):
            if t.i + 1 < len(doc) and doc[t.i + 1].pos_ in ("NOUN", "PROPN") and t.dep_ in ("compound", "nmod"):
                continue
            return t
        if t.pos_ not in ("ADJ", "ADV", "DET", "NUM", "PUNCT") or t.text in ",.;":
            break
    # "of whom 50 were women": the predicate says what is counted
    if head.lemma_ == "be" or head.dep_ == "ROOT":
        for child in head.children:
            if child.dep_ == "attr" and child.i > number.last and child.pos_ in ("NOUN", "ADJ"):
                return child
    verb = next((t for t in doc[last + 1 : last + 4] if t.lemma_ == "be"), None)
    if verb is not None and verb.i + 1 < len(doc) and doc[verb.i + 1].pos_ == "NOUN":
        return doc[verb.i + 1]
    return None


def _population(noun: Token | None) -> str:
    """The counted noun with its adjectives and nationality words, without the number."""
    if noun is None:
        return ""
    words = [
        t
        for t in noun.lefts
        if t.dep_ in ("amod", "compound", "nmod")
        and not t.like_num
        and t.lower_ not in ("more", "many", "fewer", "other", "less", "some", "such")
    ]
    words = [
        w
        for w in words
        if w.pos_ in ("ADJ", "NOUN", "PROPN", "VERB") and w.lower_ not in ("estimated", "official", "unofficial")
    ]
    return " ".join([*(w.text for w in words), noun.text]).strip()


def _event(doc: Doc, number: Number, noun: Token | None) -> Token | None:
    """What the counted did or suffered: the nearest contentful verb that they are the subject or object of."""
    node = noun if noun is not None else doc[number.last]
    head = node.head
    if node.dep_ in ("dobj", "nsubj", "nsubjpass") and head.pos_ == "VERB" and head.lemma_.lower() not in _LIGHT:
        return head
    for follow in doc[
        node.i + 1 : node.i + 12
    ]:  # a clause on the noun: "the 22 said to have been killed", "citizens who joined"
        if follow.text in ",;.":
            break
        if follow.pos_ == "VERB" and follow.lemma_.lower() not in _LIGHT:
            return follow
    for _ in range(6):
        if node.head.i == node.i:
            break
        node = node.head
        if node.pos_ == "VERB" and node.lemma_.lower() not in _LIGHT:
            return node
    if noun is not None and noun.lower_ in ("dead", "killed", "death", "deaths"):
        return noun
    return None


def _concepts(doc: Doc, number: Number, noun: Token | None, verb: Token | None) -> tuple[str, ...]:
    out: dict[str, None] = {}
    if noun is not None:
        for t in [*noun.lefts, noun]:
            if t.pos_ in ("NOUN", "PROPN", "ADJ") and not t.like_num and t.lower_ not in ("many", "more", "much"):
                out[t.text] = None
        for t in noun.rights:
            if t.dep_ == "prep" and t.lower_ == "of":
                for g in t.children:
                    if g.dep_ == "pobj":
                        out[g.text] = None
    head = doc[number.last].head
    for node in (head, head.head):
        for child in node.children:
            if (
                child.dep_ in ("nsubj", "nsubjpass")
                and child.pos_ in ("NOUN", "PROPN")
                and child.i != number.first
                and node.pos_ in ("VERB", "AUX")
            ):
                for t in [*(x for x in child.lefts if x.pos_ in ("NOUN", "PROPN", "ADJ")), child]:
                    if not t.like_num:
                        out[t.text] = None
        if out:
            break
    return tuple(w for w in out if w.lower() not in _EMPTY)[:8]


def _places(piece: Parsed, sentence: TokenSpan, mentions: Sequence[Mention], number: Number) -> tuple[Span, ...]:
    """Place names behind "in", "to", "at" in the same clause, or joined to one by a comma or "and"."""
    text, start = piece.doc.text, piece.offset
    limit = next(
        (
            t.idx
            for t in piece.doc[number.last + 1 : sentence.end]
            if t.text in ";"
            or (
                t.text == ","
                and t.i + 1 < len(piece.doc)
                and piece.doc[t.i + 1].lower_ in ("according", "the", "of", "while", "but")
            )
        ),
        sentence.end_char,
    )
    out: list[Span] = []
    for m in sorted(mentions, key=lambda m: m.span):
        if (
            m.type.family is not EntityType.PLACE
            or m.form is not Form.NAME
            or not start <= m.span.start < start + len(text)
        ):
            continue
        at = m.span.start - start
        if not piece.doc[number.last].idx < at < limit:
            continue
        before = text[max(0, at - 12) : at].lower().split()
        if before[-1:] in (["in"], ["to"], ["at"], ["inside"], ["across"]) or (
            (before[-1:] in (["and"], ["or"]) or text[max(0, at - 2) : at] == ", ")
            and out
            and at - (out[-1].end - start) < 6
        ):
            out.append(m.span)
    return tuple(out)


def _as_of(piece: Parsed, number: Number, sentence: TokenSpan, dates: Sequence[DateMention]) -> str | None:
    """A date that the clause gives with "in", "by", "since", "as of", or "this year"."""
    text = piece.doc.text
    own = [d for d in dates if sentence.start_char <= d.span.start - piece.offset < sentence.end_char]
    for d in own:
        lead = text[max(0, d.span.start - piece.offset - 9) : d.span.start - piece.offset].lower().split()
        at = d.span.start - piece.offset
        # A date behind a later number belongs to that one.
        other = any(t.like_num and t.i > number.last and t.idx < at and t.ent_type_ != "DATE" for t in sentence)
        if lead[-1:] in (["in"], ["by"], ["since"], ["of"], ["during"], ["until"]) and not other:
            return d.edtf
    return None


def _change(doc: Doc, number: Number) -> str | None:
    """ "rose by 5 percent", "a drop of 20", "down 3%": a movement, and which way."""
    token = doc[number.first]
    node = token
    for _ in range(4):
        lemma = node.lemma_.lower()
        if node.i != token.i and lemma in _UP | _DOWN:
            direct = (
                any(t.lower_ in ("by", "of", "up", "down") for t in doc[max(0, number.first - 3) : number.first])
                or node.i >= number.first - 2
            )
            if direct and not any(t.lower_ in ("to", "from") for t in doc[max(0, number.first - 1) : number.first]):
                return "up" if lemma in _UP else "down"
        if node.head.i == node.i:
            break
        node = node.head
    before = doc[number.first - 1].lower_ if number.first else ""
    return "up" if before == "up" else "down" if before == "down" else None


def _with_totals(figures: list[Figure], parsed: Sequence[Parsed]) -> list[Figure]:
    """Sub-totals point to their total and inherit its event and places: "339 people, of whom 50 were women", "44 …; eight …"."""
    out: list[Figure] = []
    pieces = {p.index: p for p in parsed}
    for i, figure in enumerate(figures):
        total = _total(figures, i, pieces.get(figure.block))
        if total is not None:
            whole = out[total]
            figure = replace(
                figure, total=total, event=figure.event or whole.event, places=figure.places or whole.places, salient=True,
                unit=figure.unit or whole.unit, population=figure.population or whole.population, as_of=figure.as_of or whole.as_of,
            )  # fmt: skip
        out.append(figure)
    return out


def _total(figures: Sequence[Figure], i: int, piece: Parsed | None) -> int | None:
    if piece is None or i == 0:
        return None
    own, text = figures[i], piece.doc.text
    for j in range(i - 1, -1, -1):
        whole = figures[j]
        if whole.block != own.block:
            break
        between = text[whole.span.end - piece.offset : own.span.start - piece.offset].lower()
        if any(w in between for w in (", of whom", "of which", "of them", "including", "among them", "; ")) and (
            whole.value or 0
        ) > (own.value or 0):
            if "; " in between and own.population:
                continue  # another population: no part of the one before
            return j if whole.total is None or "; " in between else whole.total
        if whole.total is not None and " and " in between and len(between) < 40:
            return whole.total
    return None
