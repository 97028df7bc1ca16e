"""How fast kg annotates, beside the bare spaCy pipeline and textacy's quotation extractor.

    python tests/bench/speed.py [--model NAME] [--rounds 5] TEXT…       articles as .txt, or .jsonl with a "text" a line
    python tests/bench/speed.py --growth [--model NAME]                 time by length of one made-up article

The three take turns on the same articles in one process, so that a busy machine slows all alike; processor time is
counted, not the clock. textacy is optional (``pip install textacy``).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import spacy

from kg.annotate import Annotator
from kg.annotate.parse.parsing import DEFAULT_MODEL, load, parse
from kg.english.paragraphs.blocks import split
from kg.model import Article

_SENTENCES = (
    "Ann Lee, the head of the Kenyan Harbour Board (KHB), said on Monday that 12 ships had sunk off Mombasa since 2019.",
    "“We have lost more than 40 people,” the minister told the Daily Herald, according to a spokesman for the KHB.",
    "The Interior Ministry denied that the port of Dakar would stay closed until May 4.",
)


def texts(paths: list[str]) -> Iterator[str]:
    """The articles of the files."""
    for path in map(Path, paths):
        body = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in body.splitlines() if line.strip())
        else:
            yield body


def textacy_quotations(model: str) -> Callable[[str], object] | None:
    """textacy's direct quotations over a parsed article, or ``None`` where textacy is not installed."""
    try:
        from textacy import extract
    except ImportError:
        return None
    nlp = spacy.load(model)  # as its users load it, without what kg changes in a pipeline

    def quotations(text: str) -> object:
        try:
            return list(extract.direct_quotations(nlp(text)))
        except ValueError:  # it refuses a text with an odd number of quotation marks
            return []

    return quotations


def compare(model: str, paths: list[str], rounds: int) -> None:
    articles = list(texts(paths))
    words = sum(len(text.split()) for text in articles)
    nlp, annotator = load(model), Annotator(model)
    ways: dict[str, Callable[[str], object]] = {
        "spaCy pipeline": lambda text: parse(nlp, text, split(text)),
        "kg annotate": lambda text: annotator.annotate(Article("a", text)),
    }
    peer = textacy_quotations(model)
    if peer is None:
        print("textacy is not installed: its quotation extractor is left out.")
    else:
        ways["textacy quotations"] = peer
    for way in ways.values():
        way(articles[0])
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.process_time()
            for text in articles:
                way(text)
            seconds[name].append(time.process_time() - start)
    print(f"{len(articles)} articles, {words:,} words, {model}, {rounds} rounds, one core")
    base = seconds["spaCy pipeline"]
    for name, spent in seconds.items():
        ratio = median(mine / bare for mine, bare in zip(spent, base, strict=True))
        print(f"{name:20} {words / median(spent):8,.0f} words/s   {ratio:5.2f} x the pipeline (median of {rounds})")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"most memory of the process: {memory:,} MB")


def growth(model: str) -> None:
    annotator = Annotator(model)
    for joint, name in (("\n\n", "paragraphs"), (" ", "one line")):
        before = 0.0
        for copies in (50, 100, 200, 400, 800):
            text = joint.join(_SENTENCES * copies)
            start = time.process_time()
            annotator.annotate(Article("a", text))
            spent = time.process_time() - start
            more = f"{spent / before:4.2f} x the time for 2 x the text" if before else ""
            print(f"{name:11} {len(text):9,} characters {spent:7.2f} s   {more}")
            before = spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true")
    given = parser.parse_args()
    if given.growth:
        growth(given.model)
    elif given.texts:
        compare(given.model, given.texts, given.rounds)
    else:
        sys.exit(parser.format_usage())


if __name__ == "__main__":
    main()
