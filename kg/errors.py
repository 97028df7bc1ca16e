"""The errors of kg: each is one sentence that a user can act on."""


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


class LeftError(QueryError):
    """Whoever asked a query is gone."""


class OntologyError(KgError):
    """An ontology, shapes or graph file does not parse or is inconsistent."""


class ExportError(KgError):
    """A graph cannot be written in the asked format or place."""


class ServeError(KgError):
    """An address cannot be listened on."""


def fault(error: Exception) -> str:
    """A sentence for an exception that kg did not foresee: whose fault it is, and what to tell of it."""
    told = " ".join(str(error).split())[:200].rstrip(".")
    return f"kg failed on it ({type(error).__name__}{': ' if told else ''}{told}); that is a fault of kg, not of yours."
