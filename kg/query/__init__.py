"""Named questions: ``.rq`` files with typed parameters, run on either engine, and their answers as rows or files."""

from kg.query.answers import Answer, Rows, Value, rows_of, value
from kg.query.binding import bindings
from kg.query.engines import TIMEOUT, execute, run
from kg.query.federated import refuse as refuse_federated
from kg.query.formats import FORMATS, markdown, plain, serialise, spreadsheet_safe
from kg.query.headers import GROUPS, Parameter, Query, find, grouped, load, named, parse

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
    "execute",
    "find",
    "grouped",
    "load",
    "markdown",
    "named",
    "parse",
    "plain",
    "refuse_federated",
    "rows_of",
    "run",
    "serialise",
    "spreadsheet_safe",
    "value",
]
