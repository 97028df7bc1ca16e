"""One article while it is corrected: what stands in it, looked up and changed by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.english.kinds import of_name
from kg.model import (
    EntityType,
    Form,
    Kind,
    Link,
    OfficeHeld,
    Passage,
    Reference,
    Resolved,
    Span,
    Spans,
    StatedFigure,
    cover,
    digest,
    text_of,
)
from kg.resolve.corrections import places, things


class Desk:
    """The things of an article by key. Statements hold their figures by key, so that one that is corrected is so in each."""

    def __init__(self, resolved: Resolved) -> None:
        self.read = resolved
        self.text = resolved.article.text
        self.stands = things.in_article(resolved)
        self.references = {r.key: r for r in resolved.references}
        self.offices = {o.key: o for o in resolved.offices}
        self.figures: dict[str, StatedFigure] = {f.key: f for s in resolved.statements for f in s.figures}
        self.gives = {s.key: [f.key for f in s.figures] for s in resolved.statements}
        self.statements = {s.key: replace(s, figures=()) for s in resolved.statements}
        self.added: set[str] = set()
        self.rejected: dict[str, str] = {}  # key of a statement → id of what took it away

    def key(self, what: str, passage: Passage, hint: str) -> str | None:
        """The key of a thing of one kind that stands where a passage was."""
        span = places.find(self.text, passage)
        return things.find(self.stands[what], span, hint.partition("/")[2]) if span is not None else None

    # ── references ──

    def named(self, name: str) -> str | None:
        """The key of the reference of this name, or of the one that has it as another name."""
        wanted = name.casefold().strip()
        for names in (lambda r: (r.name,), lambda r: r.aliases):
            found = [r.key for r in self.references.values() if wanted in {n.casefold() for n in names(r)}]
            if found:
                return min(found)
        return None

    def meant(self, span: Span, by: str) -> str:
        """The key of the reference that characters mean; a new one where nobody knew that they mean somebody."""
        best = max(
            (
                (span == m, min(span.end, m.end) - max(span.start, m.start), -(m.end - m.start), r.key)
                for r in self.references.values()
                for m in things.mentions(r)
                if span.overlaps(m)
            ),
            default=None,
        )
        if best is not None:
            return best[3]
        name = _bare(span.of(self.text))
        key = self.named(name)
        link = Link(span, Form.NAME, f"marked by {by}")
        if key is not None:
            known = self.references[key]
            self.references[key] = replace(
                known, mentions=tuple(sorted((*known.mentions, link), key=lambda one: one.span))
            )
            return key
        key = digest("marked", span.start, span.end)
        kind = of_name(name) or EntityType.PERSON
        self.references[key] = Reference(key, self.read.article.id, kind, name, mentions=(link,))
        return key

    def actors(self, spans: Iterable[Span], speaker: str | None) -> tuple[str, ...]:
        """The references that ``spans`` mention, without the speaker, in the order of their first mention."""
        inside = list(spans)
        found = sorted(
            (m, r.key)
            for r in self.references.values()
            if r.key != speaker
            for m in things.mentions(r)
            if any(s.contains(m) for s in inside)
        )
        return tuple(dict.fromkeys(key for _, key in found))

    def office(self, speaker: str | None, at: int) -> str | None:
        """The office that a speaker held, the one given nearest to ``at``; the byline is no office."""
        own = [o for o in self.offices.values() if o.person == speaker and o.title != "author"]
        return min(own, key=lambda o: (o.organisation is None, _distance(o, at), o.key)).key if own else None

    # ── statements ──

    def say(self, key: str, **changed: object) -> None:
        """Change a statement; what a person has changed is sure."""
        self.statements[key] = replace(self.statements[key], confidence=1.0, **changed)  # type: ignore[arg-type]

    def evidence(self, *parts: Spans) -> Span:
        """The sentences that show all of these characters."""
        return things.sentence(self.text, cover(tuple(s for part in parts for s in part)))

    def tell(self, key: str, spans: Spans, by: str) -> None:
        """Give a statement its content: the words, who is in them, the figures, and the sentences that show it. What the article
        seemed to say itself inside of it is no statement of its own any more.
        """
        told = self.statements[key]
        self.say(
            key,
            content=text_of(spans, self.text),
            content_spans=spans,
            evidence=self.evidence(spans, told.cue_spans, told.source_spans),
            about=self.actors(spans, told.speaker),
        )
        self.gives[key] = [
            f for f, one in sorted(self.figures.items()) if any(s.contains(things.number(one)) for s in spans)
        ]
        if told.kind is Kind.AUTHOR:
            return
        for other, one in self.statements.items():
            own = one.kind is Kind.AUTHOR and not one.cue_spans and not one.source_spans
            if other != key and own and all(any(s.contains(p) for s in spans) for p in one.content_spans):
                self.rejected.setdefault(other, by)


def _bare(words: str) -> str:
    """A name without what stands around it: “the Interior Ministry's” → “Interior Ministry”."""
    words = " ".join(words.split()).strip(' ,.;:“”"()')
    for ending in ("'s", "’s", "'", "’"):
        words = words.removesuffix(ending)
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else words


def _distance(office: OfficeHeld, at: int) -> int:
    return abs(office.evidence.start - at) if office.evidence is not None else 0


__all__ = ["Desk"]
