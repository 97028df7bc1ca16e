"""Why a store cannot be opened, read or written, in words: “damaged” is said of nothing else."""

from __future__ import annotations

import errno
import sqlite3

_BY_NUMBER = {
    errno.ENOSPC: "there is no space left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "this account has no right to it",
    errno.EPERM: "this account has no right to it",
    errno.EROFS: "it lies on a read-only medium",
    errno.EMFILE: "too many files are open; “ulimit -n” raises the limit",
    errno.ENFILE: "too many files are open on this machine",
    errno.EIO: "the disk reports an error",
}
# RocksDB and SQLite tell the same in words of their own.
_BY_WORDS = (
    ("no space left", _BY_NUMBER[errno.ENOSPC]),
    ("database or disk is full", _BY_NUMBER[errno.ENOSPC]),
    ("quota exceeded", _BY_NUMBER[errno.EDQUOT]),
    ("permission denied", _BY_NUMBER[errno.EACCES]),
    ("operation not permitted", _BY_NUMBER[errno.EPERM]),
    ("read-only file system", _BY_NUMBER[errno.EROFS]),
    ("attempt to write a readonly database", _BY_NUMBER[errno.EROFS]),
    ("too many open files", _BY_NUMBER[errno.EMFILE]),
    ("file descriptors", _BY_NUMBER[errno.EMFILE]),
    ("input/output error", _BY_NUMBER[errno.EIO]),
    ("disk i/o error", _BY_NUMBER[errno.EIO]),
    ("database is locked", "another process is using it"),
    ("lock file", "another process is using it"),
)
_DAMAGE = ("corrupt", "malformed", "not a database", "no such file", "checksum", "invalid", "missing", "truncated")


def reason(error: BaseException) -> str:
    """What stands in the way, as the end of a sentence: “there is no space left on the disk”.

    >>> reason(OSError(28, "No space left on device"))
    'there is no space left on the disk'
    >>> reason(RuntimeError("Corruption: bad block"))
    'it is damaged (Corruption: bad block)'
    """
    number = error.errno if isinstance(error, OSError) else None
    if number in _BY_NUMBER:
        return _BY_NUMBER[number]
    said = " ".join(str(error).split())
    found = next((words for mark, words in _BY_WORDS if mark in said.lower()), None)
    if found is not None:
        return found
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror[:1].lower()}{error.strerror[1:]}{f': {error.filename}' if error.filename else ''}"
    if any(mark in said.lower() for mark in _DAMAGE):
        return f"it is damaged ({_short(said)})"
    return _short(said) or type(error).__name__


def is_damage(error: BaseException) -> bool:
    """Whether an error of SQLite tells that its file is not what was written, rather than that the system is in the way."""
    return isinstance(error, sqlite3.DatabaseError) and reason(error) not in {words for _, words in _BY_WORDS}


def is_malformed(error: BaseException) -> bool:
    """Whether SQLite says in so many words that its file is damaged."""
    return isinstance(error, sqlite3.DatabaseError) and reason(error).startswith("it is damaged")


def _short(text: str, limit: int = 160) -> str:
    text = text.rstrip(".")
    return text if len(text) <= limit else f"{text[:limit]}…"
