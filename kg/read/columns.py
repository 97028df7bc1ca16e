"""Parquet files → one article a row, of which only the columns that kg knows are read, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO, Final

from kg.errors import ReadError
from kg.model import Article, Problem
from kg.read.metadata import FIELDS, Given
from kg.read.records import numbered

ENDING: Final = ".parquet"
_ROWS: Final = 32  # that are in memory at once
_BUFFER: Final = 1 << 20  # bytes of a column that are
_SWELLS, _FROM = 1_000, 1_000_000_000  # a column that repeats one word is small, and no text


def rows(stream: BinaryIO, given: Given, *, where: str) -> Iterator[Article | Problem]:
    """The articles of a Parquet file: ``text`` and the metadata in columns of their names, as in a table.

    Raises ``ReadError`` for what is none, where no column is ``text``, and where pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise ReadError(
            "Parquet files need pyarrow, which is not installed; install it with “pip install kg-said[parquet]”."
        ) from error
    try:
        file = ParquetFile(stream, buffer_size=_BUFFER)
        columns = _columns(file)
        yield from numbered(enumerate(_records(file, columns), 1), given, where)
    except (ArrowException, OSError, ValueError) as error:
        told = " ".join(str(error).split())[:120].rstrip(".")
        raise ReadError(f"It cannot be read as a Parquet file ({told}).") from error


def _columns(file: Any) -> dict[str, str]:
    """The columns that are read: their names in the file, and what they are called here."""
    schema = file.schema_arrow
    known = {name: name.strip().lower() for name in schema.names if name.strip().lower() in FIELDS}
    if "text" not in known.values():
        there = ", ".join(schema.names[:10]) or "none"
        raise ReadError(f"It is a table without a column “text”; its columns are {there[:200]}.")
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        for column in (group.column(i) for i in range(group.num_columns)):
            size = column.total_uncompressed_size
            if size > _FROM and size > _SWELLS * max(column.total_compressed_size, 1):
                raise ReadError(
                    f"It swells to more than {_SWELLS:,} times its bytes, as no articles do; it is not read."
                )
    return known


def _records(file: Any, columns: dict[str, str]) -> Iterator[dict[str, object]]:
    for batch in file.iter_batches(batch_size=_ROWS, columns=list(columns), use_threads=False):
        for row in batch.to_pylist():
            yield {columns[name]: _plain(value) for name, value in row.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


__all__ = ["ENDING", "rows"]
