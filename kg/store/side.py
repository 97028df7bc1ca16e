"""The database beside the quads, for what can be made anew from them: indexes that no query and no export shows.

It is changed in the same transaction as the quads and names the state of the quads that it belongs to, so that one that
was restored from elsewhere, or damaged, is noticed and made anew.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

FILE = "index.sqlite"
_STEP = "CREATE TABLE IF NOT EXISTS step(state TEXT, follows TEXT)"
_PATIENCE = 30.0  # seconds that a writer waits for one who looks at the file
_CACHE = 32_000  # kB of pages held: of an index of a gigabyte, SQLite's own 2,000 are read again and again


class Side:
    """The database of a store in ``folder``, or one in memory for ``None``."""

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / FILE
        self._db: sqlite3.Connection | None = None

    @property
    def db(self) -> sqlite3.Connection:
        """The connection; a file that is no database is replaced by an empty one."""
        if self._db is None:
            try:
                self._db = self._connect()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self.forget()
                self._db = self._connect()
        return self._db

    def _connect(self) -> sqlite3.Connection:
        where = ":memory:" if self._path is None else str(self._path)
        db = sqlite3.connect(where, timeout=_PATIENCE, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous=FULL")
            db.execute(f"PRAGMA cache_size=-{_CACHE}")
            db.execute("PRAGMA schema_version").fetchone()
        except BaseException:
            db.close()
            raise
        return db

    def begin(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")

    def step(self) -> tuple[str | None, str | None]:
        """The state of the quads that this belongs to, and the one before; nothing where it belongs to none."""
        try:
            if not self.db.execute("SELECT 1 FROM sqlite_master WHERE name='step'").fetchone():
                return None, None
            row = self.db.execute("SELECT state, follows FROM step").fetchone()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            return None, None
        return (row[0], row[1]) if row else (None, None)

    def belong(self, state: str, *, follows: str | None) -> None:
        """Note to which state this belongs from now on."""
        self.db.execute(_STEP)
        self.db.execute("DELETE FROM step")
        self.db.execute("INSERT INTO step VALUES(?, ?)", (state, follows))

    def commit(self) -> None:
        if self.db.in_transaction:
            self.db.execute("COMMIT")

    def roll_back(self) -> None:
        """Undo what was begun; a database that cannot do that is left for the next one who opens it."""
        if self._db is None:
            return
        try:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
        except sqlite3.Error:
            self.close()

    def close(self) -> None:
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None

    def forget(self) -> None:
        """Have an empty database, whatever state the file is in."""
        self.close()
        if self._path is not None:
            for end in ("", "-journal", "-wal", "-shm"):
                Path(f"{self._path}{end}").unlink(missing_ok=True)


def belongs_to(folder: Path) -> tuple[str | None, str | None]:
    """The state that the index in ``folder`` belongs to and the one before, without changing it; ``None`` where there is none
    or it is damaged.

    Raises ``BlockingIOError`` while a writer is at work on it, or was and could not finish.
    """
    path = folder / FILE
    if not path.is_file():
        return None, None
    try:
        db = sqlite3.connect(path.resolve().as_uri() + "?mode=ro", uri=True, timeout=0.5)
        try:
            row = db.execute("SELECT state, follows FROM step").fetchone()
        finally:
            db.close()
    except sqlite3.OperationalError as error:
        # Also where a writer was killed in its commit: the next one rolls back what the journal holds.
        if "locked" in str(error) or Path(f"{path}-journal").exists():
            raise BlockingIOError(str(error)) from error
        return None, None
    except sqlite3.DatabaseError:
        return None, None
    return (row[0], row[1]) if row else (None, None)
