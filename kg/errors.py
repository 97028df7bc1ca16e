"""The errors of kg: each is one sentence that a user can act on."""

from types import UnionType

_SHOWN = 60  # characters


class KgError(Exception):
    """Base of all errors that kg raises on purpose; ``str(error)`` is one clear sentence."""

    exit_code = 1


class UsageError(KgError):
    """The caller asked for something that cannot be meant: a wrong date, an unknown query, a missing folder."""

    exit_code = 2


class ReadError(KgError):
    """An input holds no article that kg can read."""


class LanguageError(ReadError):
    """A text is in a language that kg does not read."""


class ModelError(UsageError):
    """A spaCy pipeline is not installed or lacks a part that kg needs."""


class StoreError(KgError):
    """A store cannot be opened, read or written."""


class BusyError(StoreError):
    """Another process changes the store just now."""


class QueryError(UsageError):
    """A query is unknown, malformed, or its parameters do not fit."""


class RefusedError(QueryError):
    """A query that no engine is given: it would open a connection, or fill the stack."""


class TooLargeError(RefusedError):
    """A query that is too long, nested too deeply, or has too many parts."""


class StoppedError(QueryError):
    """A query took longer than it may."""


class TooMuchError(QueryError):
    """A query needed more memory, or gave more bytes, than it may."""


class TooManyRowsError(TooMuchError):
    """A query gave more rows than it may."""


class OntologyError(KgError):
    """An ontology, shapes or graph file does not parse or is inconsistent."""


class ExportError(KgError):
    """A graph cannot be written in the asked format or place."""


class ServeError(KgError):
    """An address cannot be listened on."""


class RemoteError(KgError):
    """A server that the user named refuses, or does not answer as it should."""


class UnreachableError(RemoteError):
    """No whole reply came from a server: it is not there, or the connection broke."""


def expect(value: object, kinds: type | UnionType | tuple[type, ...], what: str) -> None:
    """Raises ``TypeError``, one sentence, where ``value`` is of none of ``kinds``; ``what`` says what it should be.

    >>> expect(5, str | None, "The title of a page is a text")
    Traceback (most recent call last):
      ...
    TypeError: The title of a page is a text, not 5 (int).
    """
    if not isinstance(value, kinds):
        raise TypeError(f"{what}, not {shown(repr(value))} ({type(value).__name__}).")


def shown(text: object) -> str:
    """What somebody gave, for the sentence that refuses it: on one line, and not longer than 60 characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def fault(error: Exception) -> str:
    """A sentence for an exception that kg did not foresee: whose fault it is, and what to tell of it."""
    told = " ".join(str(error).split())[:200].rstrip(".")
    return f"kg failed on it ({type(error).__name__}{': ' if told else ''}{told}); that is a fault of kg, not of yours."
