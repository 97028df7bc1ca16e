"""Who may change the graph, and under which name: whoever is alone with the server, or who knows one of its secrets."""

from __future__ import annotations

import asyncio
import getpass
import hmac
import secrets
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request

from kg import untrusted
from kg.errors import ReadError, UsageError

SHORTEST: Final = 8
"""Characters of a secret at least."""
_LONGEST: Final = 200  # characters of a name, and of a secret
_SESSIONS: Final = 10_000  # at a time; the oldest gives way
CLOSED: Final = (
    "This server shows the graph and changes nothing: it was started at an address that others can reach. Name who may change it "
    "with --token NAME:SECRET."
)


class People:
    """The people of one server, by their secrets; without any, ``alone`` signs what whoever reaches the server decides.

    ``closed`` says why nobody may change anything; empty where somebody may.
    """

    def __init__(self, tokens: Mapping[str, str] | None = None, *, alone: str = "") -> None:
        """``tokens`` are names by secret."""
        self._names = {_digest(secret): name for secret, name in (tokens or {}).items()}
        self._alone = alone
        self._key = secrets.token_bytes(32)
        self._sessions: dict[str, str] = {}
        self._guessing = asyncio.Lock()
        self.cookie = (
            f"kg-{secrets.token_hex(4)}"  # a browser sends the cookies of all servers of a machine to each of them
        )
        self.closed = "" if self._names or alone else CLOSED

    @property
    def known(self) -> bool:
        """Whether people have to say who they are."""
        return bool(self._names)

    def close(self) -> None:
        """Let nobody change anything, unless they can say who they are."""
        if not self._names:
            self._alone, self.closed = "", CLOSED

    def who(self, request: Request) -> str:
        """The name of whoever asks; empty where nothing tells it."""
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self.named(secret.strip())
        return self._sessions.get(request.cookies.get(self.cookie, ""), "") or self._alone

    def named(self, secret: str) -> str:
        """Whose secret it is; empty where it is nobody's. All are compared, in a time that tells nothing of them."""
        given, found = _digest(secret), ""
        for own, name in self._names.items():
            if hmac.compare_digest(own, given):
                found = name
        return found

    async def slow(self, seconds: float) -> None:
        """What a wrong secret costs: all who guess wait for one another."""
        async with self._guessing:
            await asyncio.sleep(seconds)

    def enter(self, name: str) -> str:
        """A new session of a person, as the value of a cookie."""
        session = secrets.token_urlsafe(32)
        while len(self._sessions) >= _SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        self._sessions[session] = name
        return session

    def leave(self, request: Request) -> None:
        """End the session of whoever asks."""
        self._sessions.pop(request.cookies.get(self.cookie, ""), None)

    def form_token(self, request: Request) -> str:
        """What a form of this server holds and no page of another site can know: another for each session and each server."""
        session = request.cookies.get(self.cookie, "") if self._names else ""
        return hmac.new(self._key, session.encode(), sha256).hexdigest()

    def made_here(self, request: Request, token: str) -> bool:
        """Whether a form came from a page of this server. Who sends a secret with the request itself is no browser."""
        if request.headers.get("authorization", "").lower().startswith("bearer ") and self.who(request):
            return True
        return hmac.compare_digest(self.form_token(request).encode(), token.encode("utf-8", "replace"))


def account() -> str:
    """The name of the account that runs the server."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no account has this number
        return "somebody"


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def read(given: Iterable[str]) -> dict[str, str]:
    """Names by secret, from ``NAME:SECRET`` and from ``@FILE``, a file with one such a line; what begins with ``#`` is none.

    >>> read(["Ana Ruiz:correct horse"])
    {'correct horse': 'Ana Ruiz'}
    """
    found: dict[str, str] = {}
    for one in given:
        lines = _lines(one[1:]) if one.startswith("@") else [one]
        for line in lines:
            name, _, secret = (part.strip() for part in line.partition(":"))
            _check(name, secret)
            if secret in found:
                raise UsageError(
                    f"{found[secret]} and {name} have the same secret; it would not tell who of them decides."
                )
            found[secret] = name
    return found


def _lines(file: str) -> list[str]:
    try:
        text = untrusted.text(file)
    except ReadError as error:
        raise UsageError(f"The names and secrets cannot be read from {file}: {error}") from error
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise UsageError(f"{Path(file).name} names nobody; write a line NAME:SECRET for each person.")
    return lines


def _check(name: str, secret: str) -> None:
    if not name or not secret:
        raise UsageError("A person and their secret are given as NAME:SECRET.")
    if not name.isprintable() or len(name) > _LONGEST:
        raise UsageError(f"“{name[:60]}” is no name of a person.")
    if not SHORTEST <= len(secret) <= _LONGEST:
        raise UsageError(
            f"The secret of {name} has {len(secret)} characters; it needs at least {SHORTEST}, at most {_LONGEST}."
        )
