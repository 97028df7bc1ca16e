"""Statements of one article: attributions tied to speakers, offices, figures and places, and the author's own figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.english.lists import listed
from kg.english.paragraphs import transcripts
from kg.model import (
    Annotation,
    Attribution,
    Certainty,
    EntityType,
    Figure,
    Kind,
    OfficeHeld,
    Span,
    Spans,
    Stance,
    StatedFigure,
    Statement,
    cover,
    digest,
    measured,
    text_of,
)
from kg.nearby import Nearby
from kg.resolve.chains import Chain, Found, index
from kg.resolve.voice import clause

_OWN = frozenset(listed("function_words", "own"))
_HE_OR_SHE = frozenset("he his she her".split())
_THEY = frozenset("they them their".split())
_IT = frozenset("it its".split())
_OWN_VOICE = ("prose", "table")
_OTHER = _HE_OR_SHE | _THEY | _IT


class Statements:
    """Builds the statements of one article."""

    def __init__(self, annotation: Annotation, chains: Sequence[Chain], offices: Sequence[OfficeHeld]) -> None:
        self._annotation = annotation
        self._text = annotation.article.text
        self._by_span = index(chains)
        self._names = {chain.key: chain.name for chain in chains}
        self._offices: dict[str, list[OfficeHeld]] = {}
        for office in offices:
            self._offices.setdefault(office.person, []).append(office)
        self._sentences = Nearby(((s,), s) for s in annotation.sentences)
        self._mentions = Nearby(((m.span,), m) for m in sorted(annotation.mentions, key=lambda m: m.span))
        self._said = Nearby(((f.number,), f) for f in annotation.figures)

    def attributed(self, found: dict[int, Found | None]) -> tuple[Statement, ...]:
        keys = {i: self._key(self._annotation.attributions[i]) for i in found}
        out = []
        for i in sorted(found):
            a, who = self._annotation.attributions[i], found[i]
            speaker = who.chain if who is not None else None
            parent = a.parent
            while parent is not None and parent not in keys:
                parent = self._annotation.attributions[parent].parent
            out.append(
                Statement(
                    key=keys[i],
                    article=self._annotation.article.id,
                    speaker=speaker.key if speaker is not None else None,
                    office=self._office(speaker, a),
                    cue=text_of(a.cue, self._text),
                    stance=a.stance,
                    kind=a.kind,
                    certainty=a.certainty,
                    negated=a.negated,
                    content=text_of(a.content, self._text),
                    source_spans=a.source,
                    cue_spans=a.cue,
                    content_spans=a.content,
                    evidence=self._evidence((*a.source, *a.cue, *a.content)),
                    said_on=a.said_on,
                    venue=self._place(a.venue),
                    recipients=self._actors(a.recipient, None),
                    about=self._actors(a.content, speaker),
                    figures=self._figures(a.content, speaker if a.kind is not Kind.AUTHOR else None, told=a.kind),
                    within=keys[parent] if parent is not None else None,
                    reason=who.reason if who is not None else "the text names no source",
                    confidence=a.confidence,
                )
            )
        return tuple(out)

    def authored(self, author: Chain) -> tuple[Statement, ...]:
        """Figures that no source is given for: what the article says in its own voice, clause by clause."""
        taken = Nearby(((s,), s) for a in self._annotation.attributions for s in self._taken(a))
        others = self._not_told()
        own = [
            f
            for f in self._annotation.figures
            if f.salient
            and not any(s.overlaps(f.number) for s in taken.at(f.number))
            and not any(o.contains(f.span) for o in others.at(f.span))
        ]
        clauses: dict[Span, list[Figure]] = {}
        for figure in own:
            clauses.setdefault(self._clause(figure.span, taken), []).append(figure)
        out = []
        for span, figures in sorted(clauses.items()):
            content = (span,)
            out.append(
                Statement(
                    key=digest("author", span.start, span.end),
                    article=self._annotation.article.id,
                    speaker=author.key,
                    office=None,
                    cue="",
                    stance=Stance.SAID,
                    kind=Kind.AUTHOR,
                    certainty=Certainty.FIRM,
                    negated=False,
                    content=text_of(content, self._text),
                    source_spans=(),
                    cue_spans=(),
                    content_spans=content,
                    evidence=self._evidence(content),
                    about=self._actors(content, author),
                    figures=self._figures(content, None, only=figures),
                    reason="in the article's own voice",
                    confidence=0.7,
                )
            )
        return tuple(out)

    def _not_told(self) -> Nearby[Span]:
        """Headlines, captions and the questions of interviews: what stands there is not told by the article."""
        turns = transcripts.turns(self._text, self._annotation.blocks)
        asked = [s for t in turns if transcripts.asks(t.name.of(self._text)) for s in t.content]
        headlines = [b.span for b in self._annotation.blocks if b.kind.value not in _OWN_VOICE]
        return Nearby(((s,), s) for s in (*headlines, *asked))

    def _taken(self, a: Attribution) -> Spans:
        return (*a.content, *self._phrases(a.source), *a.cue)

    def _phrases(self, source: Spans) -> Spans:
        """Sources without what is told of them in passing, which is the author's: "Slawin Coal, which employs 2,300 people"."""
        ends = (self._text.find(",", s.start, s.end) for s in source)
        cut = (Span(s.start, end if end > s.start else s.end) for s, end in zip(source, ends, strict=True))
        return tuple(s for s in cut if not self._text.startswith("not ", s.start))  # "149, not 154, the minister said"

    def _key(self, a: Attribution) -> str:
        return digest(*(f"{s.start}-{s.end}" for part in (a.source, a.cue, a.content) for s in (*part, Span(0, 1))))

    def _clause(self, span: Span, taken: Nearby[Span]) -> Span:
        sentence = next((s for s in self._sentences.at(span) if s.contains(span)), None)
        return clause(self._text, sentence, span, taken.at(sentence)) if sentence is not None else span

    def _office(self, speaker: Chain | None, a: Attribution) -> str | None:
        """The office that the speaker held then: the one given nearest to this statement; the byline is no office."""
        if speaker is None:
            return None
        own = [o for o in self._offices.get(speaker.key, ()) if o.title != "author"]
        at = cover(a.source or a.cue).start
        best = min(own, key=lambda o: (o.organisation is None, _distance(o, at), o.key), default=None)
        return best.key if best is not None else None

    def _evidence(self, spans: Spans) -> Span:
        whole = cover(spans)
        touched = [s for t in spans for s in self._sentences.at(t) if s.overlaps(t)]
        return cover((*touched, whole)) if touched else whole

    def _place(self, span: Span | None) -> str | None:
        chain = self._by_span.get(span) if span is not None else None
        return chain.key if chain is not None else None

    def _actors(self, spans: Spans, speaker: Chain | None) -> tuple[str, ...]:
        """Keys of the actors that ``spans`` name, in order of appearance, without the speaker."""
        out: dict[str, None] = {}
        inside = {m.span: None for s in spans for m in self._mentions.at(s) if s.contains(m.span)}
        for span in sorted(inside):
            chain = self._by_span.get(span)
            if chain is not None and chain is not speaker:
                out[chain.key] = None
        return tuple(out)

    def _figures(
        self, spans: Spans, speaker: Chain | None, *, told: Kind | None = None, only: Sequence[Figure] | None = None
    ) -> tuple[StatedFigure, ...]:
        inside = {f.number: f for s in spans for f in self._said.at(s) if s.contains(f.number) and f.salient}
        return tuple(self._stated(f, speaker, told) for _, f in sorted(inside.items()) if only is None or f in only)

    def _stated(self, f: Figure, speaker: Chain | None, told: Kind | None) -> StatedFigure:
        total = self._annotation.figures[f.total] if f.total is not None else None
        places = (self._by_span[p].key for p in f.places if p in self._by_span)
        resolved = {
            "places": tuple(dict.fromkeys(places)),
            "whose": (self._whose(f.whose, speaker, told) or None) if f.whose is not None else None,
            "scenes": tuple(dict.fromkeys(s.of(self._text) for s in f.scenes)),
        }
        return StatedFigure(
            key=_figure_key(f),
            span=f.span,
            text=f.span.of(self._text),
            total=_figure_key(total) if total is not None else None,
            **measured(f) | resolved,
        )

    def _whose(self, span: Span, speaker: Chain | None, told: Kind | None) -> str:
        """Whose figure it is, in words: the name of what is mentioned there, the speaker's for its pronoun. In quotation
        marks "it" and "they" are others, whom we do not know.
        """
        text = " ".join(span.of(self._text).strip("“”\"'‘’ ").split())
        first, _, rest = text.partition(" ")
        own = _OWN if told is Kind.DIRECT else _OWN | _OTHER
        if first.lower() in own | _OTHER:
            name = self._meant(first.lower(), speaker) if speaker is not None and first.lower() in own else ""
            return f"{name}’s {rest}" if rest and name else name
        chain = self._by_span.get(span)
        return chain.name if chain is not None else text

    def _meant(self, word: str, speaker: Chain) -> str:
        """Whom a speaker means by a pronoun: "it" of a director or of a bank's spokesman is what they speak for."""
        if word in _OWN:
            return speaker.name
        family = speaker.type.family
        meant = _HE_OR_SHE if family is EntityType.PERSON else _THEY if family is EntityType.UNNAMED else _THEY | _IT
        if word in meant:
            return speaker.name
        if word in _HE_OR_SHE or family not in (EntityType.PERSON, EntityType.UNNAMED):
            return ""
        held = (o.organisation for o in self._offices.get(speaker.key, ()))
        bodies = [self._names[body] for body in held if body in self._names]
        owner = re.fullmatch(r"(.+)['’]s? [\w -]+", speaker.name)
        return bodies[0] if bodies else owner[1] if owner else ""


def _distance(office: OfficeHeld, at: int) -> int:
    """How far off an office stands; one that stands nowhere is as near as any other of these."""
    return abs(office.evidence.start - at) if office.evidence is not None else 0


def _figure_key(figure: Figure) -> str:
    return f"{figure.number.start}-{figure.number.end}"
