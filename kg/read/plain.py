"""Plain text, with or without a YAML head between two lines of three hyphens."""

from __future__ import annotations

import re

import yaml

from kg import nesting
from kg.errors import ReadError
from kg.model import Article
from kg.read.metadata import Given, article

# Lists of authors and words in them: two levels. The parser of YAML takes seconds for hundreds.
_DEEPEST = 20
_HEAD = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_LISTS_IN_LISTS = re.compile(rf"(?:[-?:][ \t]+){{{_DEEPEST}}}")


def plain_text(text: str, given: Given) -> Article:
    """The article of a text file. A byte order mark is stripped and line ends become ``\\n`` before offsets exist;
    nothing else is touched. The head may give title, date, url, publisher, authors, language and note.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head, body = _split(text)
    if not body.strip():
        raise ReadError("There is a head but no text below it." if head else "There is no text.")
    return article(body, head, given)


def _split(text: str) -> tuple[dict[str, object], str]:
    match = _HEAD.match(text)
    if match is None:
        return {}, text
    if _is_nested(match[1]):
        raise ReadError("The head between the --- lines is nested too deeply.")
    try:
        loaded = yaml.load(match[1], Loader=yaml.BaseLoader)  # strings only: a date stays what was typed
    except (ValueError, OverflowError, RecursionError) as error:  # an escape of no character, a version of no number
        raise ReadError("The head between the --- lines is not valid YAML.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 2})" if mark is not None else ""
        raise ReadError(f"The head between the --- lines is not valid YAML{where}.") from error
    if not isinstance(loaded, dict):
        return {}, text  # two rulers around a sentence are no head
    return loaded, text[match.end() :].lstrip("\n")


def _is_nested(head: str) -> bool:
    """Whether a head opens more brackets than it closes, or more lists in a line, than any that a person writes."""
    return (
        nesting.too_deep(head.encode("utf-8", "replace"), nesting.PLAIN, most=_DEEPEST) is not None
        or _LISTS_IN_LISTS.search(head) is not None
    )
