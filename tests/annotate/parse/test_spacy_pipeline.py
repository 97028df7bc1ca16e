"""What kg changes in spaCy's pipeline for speed changes nothing that the pipeline says."""

from __future__ import annotations

import spacy
from spacy.pipeline import AttributeRuler
from thinc.api import NumpyOps

from kg.annotate.parse import multiplying, ruling
from kg.annotate.parse.parsing import DEFAULT_MODEL, load, parse
from kg.english.paragraphs.blocks import split

TEXT = (
    "There's no doubt that the ferry ain't safe, the harbour master said. He's gonna close it, y'know, and there are nothin' but "
    "delays.\n\nThe minister got 12 letters; she gets more.  Let's go, they'd said to 40,000 workers in Lagos on Monday."
)
RULES = [
    {"patterns": [[{"LOWER": {"IN": ["ferry", "lagos"]}}], [{"TAG": "CD"}]], "attrs": {"LEMMA": "one"}},
    {"patterns": [[{"LOWER": {"REGEX": "^work"}, "TAG": {"NOT_IN": ["VB"]}}]], "attrs": {"LEMMA": "two", "POS": "X"}},
    {"patterns": [[{"LOWER": "harbour"}, {"LOWER": "master"}]], "attrs": {"LEMMA": "three"}, "index": 1},
    {"patterns": [[{"TAG": "NN"}]], "attrs": {"LEMMA": "four"}},
]


def _layers(doc: spacy.tokens.Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, t.lemma_, str(t.morph), t.dep_, t.ent_type_) for t in doc]


def test_a_pipeline_that_looks_rules_up_says_the_same() -> None:
    plain = spacy.load(DEFAULT_MODEL)
    quick = spacy.load(DEFAULT_MODEL)
    ruling.look_up(quick)
    assert isinstance(quick.get_pipe("attribute_ruler"), ruling.LookedUp)
    assert quick.pipe_names == plain.pipe_names
    for paragraph in (*TEXT.split("\n\n"), *TEXT.split(". "), "", " "):
        assert _layers(quick(paragraph)) == _layers(plain(paragraph))
        assert _layers(quick(paragraph)) == _layers(plain(paragraph))  # what is remembered says it, too


def test_later_rules_and_rules_of_several_words_hold_as_before() -> None:
    nlp = load()
    plain, quick = AttributeRuler(nlp.vocab), ruling.LookedUp(nlp.vocab)
    plain.add_patterns(RULES)
    quick.add_patterns(RULES)
    found = set()
    for paragraph in TEXT.split("\n\n"):
        want, got = _layers(plain(nlp(paragraph))), _layers(quick(nlp(paragraph)))
        assert got == want
        found |= {lemma for _, _, _, lemma, *_ in got}
    assert {"one", "two", "three", "four"} <= found


def test_rules_that_ask_for_something_else_are_left_to_spacy() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add_patterns([{"patterns": [[{"SHAPE": "Xxxx"}]], "attrs": {"LEMMA": "one"}}])  # type: ignore[attr-defined]
    ruling.look_up(nlp)
    assert type(nlp.get_pipe("attribute_ruler")) is AttributeRuler


def test_what_is_multiplied_takes_one_thread_and_leaves_their_number_as_it_was() -> None:
    threads = multiplying._threads()
    before = threads[0]() if threads else 0
    with multiplying.one_thread():
        assert threads is None or threads[0]() == 1
    assert threads is None or threads[0]() == before


def test_the_pipeline_multiplies_by_numpy_where_it_can_and_without_it_says_the_same() -> None:
    nlp, plain = load(), spacy.load(DEFAULT_MODEL)
    ops = nlp.get_pipe("tagger").model.ops
    assert isinstance(ops, NumpyOps)
    assert ops.use_blis is (multiplying._threads() is None)
    for piece in parse(nlp, TEXT, split(TEXT)):
        assert piece.text == piece.doc.text
        got = [(t.tag_, t.dep_, t.head.i, t.ent_type_) for t in piece.doc]
        assert got == [(t.tag_, t.dep_, t.head.i, t.ent_type_) for t in plain(piece.text)]
