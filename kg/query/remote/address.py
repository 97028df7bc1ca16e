"""The address of a server and who asks there: neither stands in any sentence with what is secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import UsageError, expect, shown

SCHEMES = ("auto", "basic", "digest", "bearer")
"""How credentials are sent; ``auto`` is as the server asks for them."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks: a user with a password, a bearer token, or nobody. Raises ``UsageError`` for what does not fit together."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    scheme: str = "auto"

    def __post_init__(self) -> None:
        if self.scheme not in SCHEMES:
            raise UsageError(f"“{shown(self.scheme)}” is no way to log in; use {', '.join(SCHEMES)}.")
        if self.token and self.user:
            raise UsageError("Give a token, or a user with a password, not both.")
        if self.scheme == "bearer" and not self.token:
            raise UsageError("Logging in as bearer needs a token; give one in KG_TOKEN.")
        if self.scheme in ("basic", "digest") and not self.user:
            raise UsageError(f"Logging in by {self.scheme} needs a user and a password; give --user and KG_PASSWORD.")
        if not all(ord(sign) > 32 and ord(sign) != 127 for sign in self.token) or not self.token.isascii():
            raise UsageError("The token holds signs that no header can carry; give it without spaces and line ends.")

    @property
    def known(self) -> bool:
        """Whether there is anything to log in with."""
        return bool(self.user or self.token)

    def without_secrets(self, text: str) -> str:
        """``text`` with what is secret taken out, should a server repeat it."""
        for secret in (self.password, self.token):
            if len(secret) > 2:
                text = text.replace(secret, "…")
        return text


def is_address(text: str) -> bool:
    """Whether ``text`` means a server, and not a folder."""
    return text.lower().startswith(("http://", "https://"))


def address(url: str) -> str:
    """``url`` as it is asked. Raises ``UsageError`` for one that is none, or that holds a password.

    >>> address("http://localhost:8890/sparql")
    'http://localhost:8890/sparql'
    """
    expect(url, str, "The address of a server is a text")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        if parts.username is not None or parts.password is not None:
            raise UsageError(
                "The address holds a user or a password, which errors and lists of processes would show; give --user and "
                "KG_PASSWORD instead."
            )
        plain = all(ord(sign) > 32 and ord(sign) != 127 for sign in url)
        if parts.scheme not in ("http", "https") or not host or parts.fragment or not plain or len(url) > _LONGEST:
            raise ValueError(url)
    except ValueError as error:
        raise UsageError(
            f"“{shown(url)}” is no address of a server; write it as http://localhost:8890/sparql."
        ) from error
    return url


_LONGEST = 2_000  # characters
