"""What two references or statements share is told of once, and only what is there is told of."""

from __future__ import annotations

from dataclasses import replace

import story
from pyoxigraph import NamedNode

from kg import rdf
from kg.model import Form
from kg.vocabulary import Property


def test_characters_that_two_references_share_have_one_form() -> None:
    resolved = story.articles()[0]
    first = resolved.references[0]
    link = replace(first.mentions[0], form=Form.NOMINAL)
    other = replace(first, key="other", mentions=(link,))
    quads = list(rdf.article_quads(replace(resolved, references=(*resolved.references, other))))
    [mention] = {
        q.object
        for q in quads
        if q.subject.value.endswith("/reference/other") and q.predicate.value == Property.MENTION
    }
    forms = [q for q in quads if q.subject == mention and q.predicate == NamedNode(Property.FORM.value)]
    assert len(forms) <= 1
    assert forms == [
        q for q in rdf.article_quads(resolved) if q.subject == mention and q.predicate == NamedNode(Property.FORM.value)
    ]


def test_a_part_whose_whole_no_statement_gives_is_told_without_it() -> None:
    resolved = story.articles()[0]
    statement = next(s for s in resolved.statements if s.figures)
    figures = (replace(statement.figures[0], total="nowhere"), *statement.figures[1:])
    statements = tuple(replace(s, figures=figures) if s is statement else s for s in resolved.statements)
    quads = rdf.article_quads(replace(resolved, statements=statements))
    assert not [q for q in quads if q.predicate.value == Property.PART_OF_FIGURE]
