"""An answer as a file: CSV, JSON and XML (the SPARQL results formats), an Excel workbook, Markdown, and Turtle for a graph."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import QueryError
from kg.query.answers import Answer, Rows, Value, rows_of

RESULTS = "http://www.w3.org/2005/sparql-results#"
MAX_CELL = 32_767
"""Characters that a cell of an Excel sheet can hold."""

# What a spreadsheet would compute (CWE-1236): all that follows a =, and after + - @ a call, a link, arithmetic or another
# cell. A number, a telephone number with spaces and a name (@harbour, -ist, +972 Magazine) are none.
FORMULA = re.compile(
    r"\A[\t\r\n]*(?:[=＝]\s*\S|[-+@＋－＠](?:[^\n]*[(|!]|\s*[\d.,]+%?\s*[-+*/^<>=]|\s*\$?[A-Za-z]{1,3}\$?\d+\b))"
)
# What XML 1.0, and with it a workbook, cannot hold.
_FORBIDDEN = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def serialise(answer: Answer, format: str) -> bytes:
    """``answer`` in ``format``, one of :data:`FORMATS`; ``QueryError`` where an answer of its kind has no such form."""
    if format not in FORMATS:
        raise QueryError(f"“{format}” is no format of an answer; use {', '.join(FORMATS)}.")
    return FORMATS[format](answer)


def spreadsheet_safe(cell: Value) -> str:
    r"""A cell of a CSV file as text. Text that a spreadsheet would compute is led by an apostrophe, which it takes as text (and
    may show); all else, numbers and names among it, stays as it is.

    >>> spreadsheet_safe('=HYPERLINK("http://example.org")'), spreadsheet_safe("-1+1|cmd"), spreadsheet_safe("@harbour")
    ('\'=HYPERLINK("http://example.org")', "'-1+1|cmd", '@harbour')
    """
    text = "" if cell is None else plain(cell)
    return f"'{text}" if isinstance(cell, str) and FORMULA.match(text) else text


def spreadsheet_plain(text: str) -> str:
    """A cell that :func:`spreadsheet_safe` wrote, without the apostrophe that it may have put there.

    >>> spreadsheet_plain("'=1+1"), spreadsheet_plain("'tis"), spreadsheet_plain("'-ist")
    ('=1+1', "'tis", "'-ist")
    """
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def plain(cell: Value) -> str:
    """A value as text: ``true`` and ``false`` as SPARQL writes them, decimals without an exponent."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _csv(answer: Answer) -> bytes:
    rows = rows_of(answer)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows.columns)
    writer.writerows([[spreadsheet_safe(cell) for cell in row] for row in rows.rows])
    return out.getvalue().encode("utf-8", "replace")


def _json(answer: Answer) -> bytes:
    _check_rows(answer, "JSON")
    if answer.truth is not None:
        document: dict[str, Any] = {"head": {}, "boolean": answer.truth}
    else:
        named = (zip(answer.columns, row, strict=True) for row in answer.rows)
        bindings = [{name: _json_term(term) for name, term in row if term is not None} for row in named]
        document = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _check_rows(answer: Answer, kind: str) -> None:
    if answer.triples is not None:
        raise QueryError(f"A CONSTRUCT query gives a graph, which is no {kind} table; ask for turtle.")


def _json_term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, ox.Literal):
        return {"type": "literal", "value": str(term)}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != v.XSD + "string":
        found["datatype"] = term.datatype.value
    return found


def _xml(answer: Answer) -> bytes:
    _check_rows(answer, "XML")
    root = ElementTree.Element("sparql", xmlns=RESULTS)
    head = ElementTree.SubElement(root, "head")
    if answer.truth is not None:
        ElementTree.SubElement(root, "boolean").text = "true" if answer.truth else "false"
    else:
        for name in answer.columns:
            ElementTree.SubElement(head, "variable", name=name)
        results = ElementTree.SubElement(root, "results")
        for row in answer.rows:
            result = ElementTree.SubElement(results, "result")
            for name, term in zip(answer.columns, row, strict=True):
                if term is not None:
                    _xml_term(ElementTree.SubElement(result, "binding", name=name), term)
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _xml_term(parent: ElementTree.Element, term: Any) -> None:
    found = _json_term(term)
    kind = {"uri": "uri", "bnode": "bnode", "literal": "literal"}[found["type"]]
    element = ElementTree.SubElement(parent, kind)
    element.text = str(found["value"]).translate(_FORBIDDEN)
    if "datatype" in found:
        element.set("datatype", found["datatype"])
    if "xml:lang" in found:
        element.set("xml:lang", found["xml:lang"])


def _xlsx(answer: Answer) -> bytes:
    """A workbook with one sheet. Text is stored as text, which Excel never runs as a formula; numbers as numbers."""
    openpyxl: Any = import_module("openpyxl")  # slow to import, and without types
    styles: Any = import_module("openpyxl.styles")

    rows = rows_of(answer)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "answer"
    sheet.freeze_panes = "A2"
    for down, row in enumerate([rows.columns, *rows.rows], 1):
        for across, content in enumerate(row, 1):
            cell = sheet.cell(down, across)
            if isinstance(content, bool | int | float | Decimal | date):
                cell.value = content
            elif content is not None:
                cell.value = content.translate(_FORBIDDEN)[:MAX_CELL]
                cell.data_type = "s"
            if down == 1:
                cell.font = styles.Font(bold=True)
            elif isinstance(content, str) and len(content) > 40:
                cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
    for across, name in enumerate(rows.columns):
        longest = max([len(name), *(len(plain(row[across])) for row in rows.rows)])
        sheet.column_dimensions[sheet.cell(1, across + 1).column_letter].width = min(60, longest + 2)
    if rows.rows:
        sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _markdown(answer: Answer) -> bytes:
    return markdown(rows_of(answer)).encode("utf-8", "replace")


def markdown(rows: Rows) -> str:
    """A pipe table; what would end a cell or start markup is escaped."""
    lines = [f"| {' | '.join(rows.columns)} |", f"|{'---|' * len(rows.columns)}"]
    lines += [f"| {' | '.join(_markdown_cell(cell) for cell in row)} |" for row in rows.rows]
    return "\n".join(lines) + "\n"


def _markdown_cell(cell: Value) -> str:
    text = " ".join(plain(cell).split())
    for mark in "\\|<>*_`[]":
        text = text.replace(mark, f"\\{mark}")
    return text


def _turtle(answer: Answer) -> bytes:
    if answer.triples is None:
        raise QueryError("Only a CONSTRUCT or DESCRIBE query gives a graph; use csv, json, xml or xlsx.")
    triples = sorted(answer.triples, key=str)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=v.PREFIXES) or b""


FORMATS: dict[str, Callable[[Answer], bytes]] = {
    "csv": _csv,
    "json": _json,
    "xml": _xml,
    "xlsx": _xlsx,
    "markdown": _markdown,
    "turtle": _turtle,
}
"""The forms of an answer as a file, and what writes them: a new one is a function and a row. The command line reads this list."""
