"""One server over HTTP: logged in before anything large is sent, waited for so long, and each fault told as a sentence.

No other address is ever asked: redirections are told and not followed, and neither proxies nor passwords of the environment
(``HTTP_PROXY``, ``.netrc``) are taken.
"""

from __future__ import annotations

import email.utils
import math
import re
import time
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from kg.errors import RemoteError, StoppedError, TooMuchError, UnreachableError, UsageError, shown
from kg.query.remote.address import Login, address

MOST = 1 << 30
"""Bytes of an answer at most."""

_CONNECTING = 10.0  # seconds until somebody takes the call
_LONGEST = 200  # characters of what a server says
_TAGS = re.compile(r"<(?:script|style)\b[^<]*|<[^<>]*>", re.IGNORECASE)
_READ = 4_000  # characters of a page of HTML that are looked at for its words


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: its status, headers by small letters, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def fine(self) -> bool:
        return 200 <= self.status < 300

    @property
    def kind(self) -> str:
        """The media type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def again(self) -> bool:
        """Whether the same request may be answered later."""
        return self.status in (429, 502, 503, 504)

    def wait(self) -> float | None:
        """The seconds that the server asks for before the next try; ``None`` where it names none."""
        told = self.headers.get("retry-after", "").strip()
        if told.isdigit() and len(told) < 10:
            return float(told)
        try:
            when = email.utils.parsedate_to_datetime(told)
        except ValueError:
            return None
        now = datetime.now(UTC)
        return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds())


class _AsAsked(httpx.Auth):
    """Credentials in the form that the server asks for: found out with its first answer, sent ahead from then on."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._chosen: httpx.Auth | None = None
        if login.scheme == "basic":
            self._chosen = httpx.BasicAuth(login.user, login.password)
        elif login.scheme == "digest":
            self._chosen = httpx.DigestAuth(login.user, login.password)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._login.token:
            request.headers["Authorization"] = f"Bearer {self._login.token}"
            yield request
            return
        if self._chosen is None and self._login.user:
            response = yield request
            if response.status_code != 401:
                return
            asked = " ".join(response.headers.get_list("www-authenticate")).lower()
            if "digest " in asked:
                self._chosen = httpx.DigestAuth(self._login.user, self._login.password)
            elif "basic" in asked:
                self._chosen = httpx.BasicAuth(self._login.user, self._login.password)
        if self._chosen is None:
            yield request
            return
        yield from self._chosen.auth_flow(request)


class Client:
    """A connection to the server at ``url``; a context manager that ends it."""

    def __init__(self, url: str, login: Login | None = None) -> None:
        self.url = address(url)
        self.login = login or Login()
        self.host = shown(urlsplit(url).netloc)
        try:
            self._client = httpx.Client(auth=_AsAsked(self.login), trust_env=False, follow_redirects=False)
        except OSError as error:  # no certificates
            raise RemoteError(f"No connection can be made: {error.strerror or error}.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(
        self,
        method: str,
        *,
        timeout: float,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | Iterable[bytes] | None = None,
        fields: Mapping[str, str] | None = None,
        most: int = MOST,
    ) -> Reply:
        """The reply to one request, whatever its status, within ``timeout`` seconds (``inf`` is for ever).

        Raises :class:`kg.errors.UnreachableError` where no whole reply came, :class:`kg.errors.StoppedError` when the time was up, and
        :class:`kg.errors.TooMuchError` for a body of more than ``most`` bytes.
        """
        end = time.monotonic() + timeout
        seconds = timeout if math.isfinite(timeout) else None
        limits = httpx.Timeout(seconds, connect=min(timeout, _CONNECTING))
        url = httpx.URL(self.url).copy_merge_params(dict(params or {}))
        try:
            with self._client.stream(
                method, url, headers=dict(headers or {}), content=content, data=dict(fields) if fields else None, timeout=limits
            ) as response:  # fmt: skip
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > most:
                        raise TooMuchError(
                            f"{self.host} answers with more than {most:,} bytes; ask for less, as with a LIMIT."
                        )
                    if time.monotonic() > end:
                        raise self._late(timeout)
                return Reply(
                    response.status_code, {key.lower(): value for key, value in response.headers.items()}, bytes(body)
                )
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            raise self._fault(error, timeout) from None  # the request inside the error holds what is secret

    def _fault(self, error: Exception, timeout: float) -> RemoteError | StoppedError | UsageError:
        if isinstance(error, httpx.ConnectTimeout):
            return UnreachableError(f"No server takes the call at {self.host}.")
        if isinstance(error, httpx.TimeoutException):
            return self._late(timeout)
        if isinstance(error, httpx.ConnectError):
            return UnreachableError(f"No server answers at {self.host}: {self._told(str(error)) or 'the call failed'}.")
        if isinstance(error, httpx.RemoteProtocolError):
            return UnreachableError(f"{self.host} ended the connection before its answer was whole.")
        if isinstance(error, httpx.DecodingError):
            return UnreachableError(f"{self.host} sent an answer that cannot be unpacked.")
        if isinstance(error, httpx.NetworkError):
            return UnreachableError(f"The connection to {self.host} broke.")
        return RemoteError(f"{self.host} cannot be asked: {self._told(str(error)) or type(error).__name__}.")

    def _late(self, timeout: float) -> StoppedError:
        return StoppedError(
            f"{self.host} did not answer within {timeout:g} seconds; ask for less, or give it more time."
        )

    def _told(self, text: str) -> str:
        """What a server says, on one line, without markup and without what is secret."""
        line = " ".join(self.login.without_secrets(text).split()).rstrip(".")
        return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"

    def said(self, reply: Reply) -> str:
        """The words of a reply's body."""
        text = reply.body[: 4 * _READ].decode(errors="replace")[:_READ]
        return self._told(_TAGS.sub(" ", text))

    def refused(self, reply: Reply, what: str) -> RemoteError:
        """Why a reply is no answer, as one sentence; ``what`` says what should be at the address: “SPARQL endpoint”."""
        status = reply.status
        if status == 401:
            return RemoteError(
                f"{self.host} does not accept these credentials (401)." if self.login.known
                else f"{self.host} wants to know who asks (401); give --user and KG_PASSWORD, or KG_TOKEN."
            )  # fmt: skip
        if status == 403:
            return RemoteError(f"{self.host} does not allow it (403){self._because(reply)}")
        if 300 <= status < 400:
            place = self._told(reply.headers.get("location", "")) or "nowhere"
            return RemoteError(
                f"{self.host} sends on to {place} ({status}); name that address, if it is the right one."
            )
        if status in (404, 405, 410):
            return RemoteError(f"There is no {what} at {shown(self.url)} ({status}).")
        if reply.again:
            seconds = reply.wait()
            when = "later" if seconds is None else f"in {seconds:.0f} seconds"
            return RemoteError(f"{self.host} has no time ({status}); try again {when}.")
        return RemoteError(f"{self.host} failed ({status}){self._because(reply)}")

    def _because(self, reply: Reply) -> str:
        words = self.said(reply)
        return f": {words}." if words else "."


__all__ = ["MOST", "Client", "Reply"]
