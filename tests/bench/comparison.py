"""Measure comparison on the gold set of ours: verdicts on claims, and end to end from two one-sentence articles.

Run: ``python tests/bench/comparison.py`` (about a minute for the second part; ``--claims`` leaves it out).
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from compare.gold import VERDICTS, Pair, accuracy, judged, pairs

from kg import query
from kg.annotate import Annotator
from kg.model import Article
from kg.pipeline import build
from kg.store import Store


def end_to_end(found: list[Pair]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """The verdicts in the graph that is built of the two sentences; what is not compared counts as not comparable."""
    annotator = Annotator()
    counts: Counter[tuple[str, str]] = Counter()
    wrong = []
    for pair in found:
        store = Store.open()
        articles = [
            Article(id=f"{side}", text=f"{sentence}\n", published=claim.said_on)
            for side, sentence, claim in zip("ab", pair.sentences, (pair.left, pair.right), strict=True)
        ]
        build(articles, store=store, annotator=annotator)
        rows = list(query.run(store, query.named()["comparisons"]))
        verdict = str(rows[0]["verdict"]) if rows else "not_comparable"
        counts[pair.verdict, verdict] += 1
        if verdict != pair.verdict:
            wrong.append(f"{pair.id}: {pair.verdict}, found {verdict}")
    return counts, wrong


def table(counts: Counter[tuple[str, str]]) -> str:
    """The confusion matrix as Markdown, a row a verdict of the reader."""
    lines = ["| reader \\ kg | " + " | ".join(VERDICTS) + " |", "|---" * (len(VERDICTS) + 1) + "|"]
    lines += ["| " + " | ".join([gold, *(str(counts[gold, mine]) for mine in VERDICTS)]) + " |" for gold in VERDICTS]
    return "\n".join(lines)


def main() -> None:
    found = pairs()
    for split in ("dev", "test"):
        counts = judged([p for p in found if p.split == split])
        print(f"\n{split}: {sum(counts.values())} pairs, accuracy {accuracy(counts):.3f}\n\n{table(counts)}")
    if "--claims" in sys.argv:
        return
    counts, wrong = end_to_end(found)
    print(f"\nend to end: {sum(counts.values())} pairs, accuracy {accuracy(counts):.3f}\n\n{table(counts)}\n")
    print("\n".join(wrong))


if __name__ == "__main__":
    main()
