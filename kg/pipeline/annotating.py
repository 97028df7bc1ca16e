"""Articles → the lines of ``kg annotate``, by as many processes as there are to be."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import closing

from kg.annotate import Annotator
from kg.annotate.gazetteer import Gazetteer
from kg.annotate.records import to_record
from kg.errors import KgError, LanguageError, fault
from kg.model import Article, Problem
from kg.pipeline.crews import Lost, Processes, few, pieces
from kg.pipeline.reading import Reading


class _Lines(Reading):
    """How the line of an article is made."""

    def line(self, article: Article) -> bytes | Problem:
        annotator = self.ready()
        try:
            return json.dumps(to_record(annotator.annotate(article)), ensure_ascii=False).encode()
        except LanguageError as error:
            return Problem(article.id, str(error))
        except KgError:
            raise
        except Exception as error:  # noqa: BLE001 - one article that kg stumbles over must not take the others with it
            return Problem(article.id, fault(error))


def annotated(
    articles: Iterator[Article], annotator: Annotator | None, known: Gazetteer | None, *, jobs: int = 1
) -> Generator[bytes | Problem]:
    """The annotation of each article as JSON in UTF-8, or why there is none, in the order of the articles."""
    lines = _Lines(annotator, known)
    articles, are_few = few(articles)
    if jobs == 1 or are_few:
        yield from (lines.line(article) for article in articles)
        return
    crew: Processes[Article, bytes | Problem] = Processes(lines.line, jobs)
    with closing(crew.results(pieces(((a, True) for a in articles), lambda article: len(article.text)))) as found:
        for article, line in found:
            if line is not None:
                yield Problem(article.id, line.reason) if isinstance(line, Lost) else line


__all__ = ["annotated"]
