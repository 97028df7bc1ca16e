"""Named questions: ``.rq`` files with typed parameters, run on either engine, and their answers as rows or files."""

from kg.query.answers import Answer, Rows, Value, rows_of, value
from kg.query.binding import bindings
from kg.query.engines import TIMEOUT, execute, run
from kg.query.formats import FORMATS, markdown, plain, serialise, spreadsheet_plain, spreadsheet_safe
from kg.query.headers import GROUPS, Parameter, Query, find, grouped, load, named, parse
from kg.query.terms import check_names
from kg.store.limits import check

__all__ = [
    "FORMATS",
    "GROUPS",
    "TIMEOUT",
    "Answer",
    "Parameter",
    "Query",
    "Rows",
    "Value",
    "bindings",
    "check",
    "check_names",
    "execute",
    "find",
    "grouped",
    "load",
    "markdown",
    "named",
    "parse",
    "plain",
    "rows_of",
    "run",
    "serialise",
    "spreadsheet_plain",
    "spreadsheet_safe",
    "value",
]
