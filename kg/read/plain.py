"""Plain text, with or without a YAML head between two lines of three hyphens."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from kg import nesting
from kg.english.paragraphs.daylines import dateline, day_of
from kg.errors import ReadError
from kg.model import Article
from kg.read.metadata import Given, article

# Lists of authors and words in them: two levels. The parser of YAML takes seconds for hundreds.
_DEEPEST = 20
_HEAD = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIRST_LINES, _LAST_LINES = 8, 3
_LISTS_IN_LISTS = re.compile(rf"(?:[-?:][ \t]+){{{_DEEPEST}}}")


def plain_text(text: str, given: Given) -> Article:
    """The article of a text file. A byte order mark is stripped and line ends become ``\\n`` before offsets exist;
    nothing else is touched. The head may give title, date, url, publisher, authors, language and note.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head, body = _split(text)
    if not body.strip():
        raise ReadError("There is a head but no text below it." if head else "There is no text.")
    return dated(body, head, given)


def dated(body: str, head: Mapping[str, object], given: Given) -> Article:
    """The article of a text, with the date of a line in it where nothing else gives one."""
    read = article(body, head, given)
    line = date_line(body) if read.published is None else None
    if line is None:
        return read
    return article(
        body, {**head, "date": line[0]}, given, remarks=[f"The date is that of the line “{line[1]}” in the text."]
    )


def date_line(text: str) -> tuple[str, str] | None:
    """The day (EDTF) of a line that tells one and little else, or of a dateline with its year, among the first lines and the last, and
    the line; ``None`` where there is none, or where such lines tell different days.

    >>> date_line("Ferry Sinks\\n\\nPanaji, May 31, 2022\\n\\nA ferry sank off Goa, police said.")
    ('2022-05-31', 'Panaji, May 31, 2022')
    >>> date_line("Ferry Sinks\\n\\nPANAJI, May 31, 2022 (AP) - A ferry sank off Goa.")
    ('2022-05-31', 'PANAJI, May 31, 2022 (AP)')
    >>> date_line("A ferry sank off Goa on May 31, 2022, police said.") is None
    True
    """
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    near = dict.fromkeys([*lines[:_FIRST_LINES], *lines[-_LAST_LINES:]])
    told = ((day, line) if (day := day_of(line)) is not None else dateline(line) for line in near)
    found = [one for one in told if one is not None]
    return found[0] if found and len({day for day, _ in found}) == 1 else None


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
