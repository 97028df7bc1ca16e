"""One article resolved within itself; annotations are built by hand, so no model of language is needed."""

from __future__ import annotations

import pytest

from kg.model import (
    Annotation,
    Article,
    Attribution,
    Block,
    BlockKind,
    EntityType,
    Figure,
    Form,
    Kind,
    Mention,
    Relation,
    RelationKind,
    Resolved,
    Role,
    Span,
    Stance,
    Tense,
)
from kg.resolve.coreference import resolve

TEXT = (
    "Ana Ruiz, the deputy head of the Coastal Police (CP), said 12 boats were lost. "
    "The police official also noted that sailors have information that two more sank. "
    "Ruiz added that she was sad. Some analysts claimed that it was more. "
    "A group called the Net, which says it is peaceful, was blamed. "
    "In all, 30 people were detained; nine have been convicted."
)


def at(words: str, nth: int = 0, text: str = TEXT) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def person(words: str, nth: int = 0) -> Mention:
    return Mention(at(words, nth), EntityType.PERSON, Form.NAME, words)


def body(words: str, nth: int = 0, kind: EntityType = EntityType.ORGANISATION) -> Mention:
    return Mention(at(words, nth), kind, Form.NAME, words)


def said(source: Span, cue: str, content: str, nth: int = 0, parent: int | None = None) -> Attribution:
    return Attribution((source,), (at(cue, nth),), (at(content),), Kind.INDIRECT, Stance.SAID, cue, parent=parent)


def figure(number: str, span: str, value: float, total: int | None = None) -> Figure:
    return Figure(at(span), at(number), value=value, low=value, high=value, population=span, total=total)


def sentences() -> tuple[Span, ...]:
    out, start = [], 0
    for part in TEXT.split(". "):
        out.append(Span(start, min(len(TEXT), start + len(part) + 1)))
        start += len(part) + 2
    return tuple(out)


def annotation() -> Annotation:
    return Annotation(
        article=Article("a1", TEXT, published="2020-05-02", publisher="The Daily"),
        blocks=(Block(Span(0, len(TEXT)), BlockKind.PROSE),),
        sentences=sentences(),
        mentions=(
            person("Ana Ruiz"),
            person("Ruiz", 1),
            body("Coastal Police", kind=EntityType.SECURITY_SERVICE),
            body("CP"),
            body("the Net", kind=EntityType.MOVEMENT),
        ),
        roles=(
            Role(
                at("Ana Ruiz"),
                "deputy head",
                at("deputy head"),
                at("Coastal Police"),
                Tense.CURRENT,
                at("Ana Ruiz, the deputy head of the Coastal Police"),
            ),
        ),
        relations=(Relation(RelationKind.ALIAS, at("Coastal Police"), at("CP"), at("Coastal Police (CP)")),),
        figures=(
            figure("12", "12 boats", 12),
            figure("two", "two more", 2),
            figure("30", "30 people", 30),
            figure("nine", "nine", 9, total=2),
        ),
        attributions=(
            said(at("Ana Ruiz, the deputy head of the Coastal Police (CP)"), "said", "12 boats were lost"),
            said(at("The police official"), "noted", "that sailors have information that two more sank"),
            said(at("sailors"), "have information", "that two more sank", parent=1),
            said(at("Ruiz", 1), "added", "that she was sad"),
            said(at("Some analysts"), "claimed", "that it was more"),
            said(at("which"), "says", "it is peaceful"),
        ),
    )


def done() -> Resolved:
    return resolve(annotation())


def speakers(resolved: Resolved) -> list[tuple[str, str]]:
    names = {r.key: r.name for r in resolved.references}
    return [(names[s.speaker], s.content) for s in resolved.statements if s.speaker]


def test_coreference_short_name_and_alias_join_their_chains() -> None:
    refs = {r.name: r for r in done().references}
    assert [link.span for link in refs["Ana Ruiz"].mentions][:2] == [at("Ana Ruiz"), at("Ruiz", 1)]
    assert refs["Coastal Police"].aliases == ("CP",)
    assert refs["Coastal Police"].type is EntityType.SECURITY_SERVICE


def test_coreference_speakers() -> None:
    assert speakers(done()) == [
        ("Ana Ruiz", "12 boats were lost"),
        ("Ana Ruiz", "that sailors have information that two more sank"),
        ("sailors", "that two more sank"),
        ("Ana Ruiz", "that she was sad"),
        ("Some analysts", "that it was more"),
        ("the Net", "it is peaceful"),
        ("The Daily", "In all, 30 people were detained"),
        ("The Daily", "nine have been convicted"),
    ]


def test_coreference_role_reference_states_its_reason() -> None:
    statement = done().statements[1]
    assert statement.reason == "role reference: “The police official” is Ana Ruiz, deputy head"
    assert statement.office == "ana-ruiz-deputy-head"


def test_coreference_relay_is_tied_to_the_statement_around_it() -> None:
    resolved = done()
    assert resolved.statements[2].within == resolved.statements[1].key
    assert resolved.statements[0].within is None


def test_coreference_unnamed_sources_keep_the_words_of_the_text() -> None:
    types = {r.name: r.type for r in done().references}
    assert types["Some analysts"] is EntityType.UNNAMED


def test_coreference_figures_go_to_the_statements_that_hold_them() -> None:
    resolved = done()
    assert [[f.value for f in s.figures] for s in resolved.statements] == [[12], [2], [2], [], [], [], [30], [9]]
    assert resolved.statements[7].figures[0].total == resolved.statements[6].figures[0].key


def test_coreference_evidence_is_the_whole_sentence() -> None:
    first = done().statements[0]
    assert first.evidence.of(TEXT) == TEXT.split(". ", 1)[0] + "."


def test_coreference_pronoun_of_a_quoted_speaker() -> None:
    text = "“We saw that we were late,” Ana Ruiz said."
    mentions = (Mention(at("Ana Ruiz", text=text), EntityType.PERSON, Form.NAME, "Ana Ruiz"),)
    outer = Attribution(
        (at("Ana Ruiz", text=text),),
        (at("said", text=text),),
        (at("“We saw that we were late,”", text=text),),
        Kind.DIRECT,
        Stance.SAID,
        "say",
    )
    inner = Attribution(
        (at("We", text=text),),
        (at("saw", text=text),),
        (at("that we were late", text=text),),
        Kind.INDIRECT,
        Stance.KNOWN,
        "see",
        parent=1,
    )
    resolved = resolve(Annotation(Article("a", text), mentions=mentions, attributions=(inner, outer)))
    assert {s.speaker for s in resolved.statements} == {"ana-ruiz"}


def test_coreference_same_input_gives_the_same_keys() -> None:
    assert done() == done()


@pytest.mark.parametrize("words", ["Nobody", "No one at the port", "none of the sailors"])
def test_coreference_nobody_makes_no_statement(words: str) -> None:
    text = f"{words} said that it was open."
    source = Span(0, len(words))
    cue = Span(source.end + 1, source.end + 5)
    denied = Attribution(
        (source,), (cue,), (Span(cue.end + 1, len(text) - 1),), kind=Kind.INDIRECT, stance=Stance.SAID, cue_lemma="say"
    )
    assert resolve(Annotation(Article("a", text), attributions=(denied,))).statements == ()
