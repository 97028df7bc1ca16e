"""What the commands share: the two streams, options, the store, and errors as one sentence with an exit code.

Names, titles and texts of strangers reach the terminal only through here, where nothing in them can move the cursor, colour
or turn around what stands beside them. Files and data for other programs (CSV, JSON) do not pass here.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import click
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from kg.errors import KgError, UsageError
from kg.model import Problem
from kg.store import Store

OUT = "kg-out"
STORE = f"{OUT}/store"

# What a terminal obeys (C0, C1), what turns the direction of writing, what ends a line unseen, and halves of characters.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """``text`` with every character that a terminal would obey written out; line ends and tabs stay.

    >>> visible("red: \x1b[31m, turned: \u202e")
    'red: \\\\x1b[31m, turned: \\\\u202e'
    """
    return _OBEYED.sub(_written, text)


def line(text: object) -> str:
    """The same, on one line whatever stands in it: for sentences that quote the names of files and articles."""
    return visible(str(text)).replace("\n", "\\n").replace("\t", "\\t")


def _written(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class _Console(Console):
    """A stream of which only kg moves the cursor, and which can write any text, whatever its encoding."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=self._safe(segment.text))

    def _safe(self, text: str) -> str:
        text = visible(text)
        if self.encoding.startswith("utf"):
            return text
        return text.encode(self.encoding, "backslashreplace").decode(self.encoding)


out = _Console(highlight=False, soft_wrap=True, markup=False)
err = _Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


class Group(click.Group):
    """Turns every error of kg into one sentence and its exit code."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*args, **more)
        except click.UsageError as error:
            raise click.UsageError(line(error.format_message()), error.ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            err.print(f"kg: {line(error)}")
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            raise click.UsageError(line(error.format_message()), error.ctx) from None
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except KeyboardInterrupt as stopped:
            name = str(stopped) or signal.SIGINT.name
            err.print(f"kg: stopped by {name}. What was finished before is kept; the same command goes on from there.")
            ctx.exit(getattr(stopped, "exit_code", 128 + signal.SIGINT))


class Stopped(KeyboardInterrupt):
    """A signal that asks the process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number
        self.exit_code = 128 + number


def heed_signals() -> None:
    """Have Ctrl+C, the end of the session and a request to end undo what is half done, and say so in one sentence."""

    def stop(number: int, frame: object) -> None:
        raise Stopped(number)

    def unraisable(lost: sys.UnraisableHookArgs) -> None:
        # Where Python runs a finaliser it swallows what is raised, with a traceback: the signal comes once more, a moment later.
        if isinstance(lost.exc_value, Stopped):
            again = threading.Timer(0.02, os.kill, (os.getpid(), lost.exc_value.number))
            again.daemon = True
            again.start()
        else:
            sys.__unraisablehook__(lost)

    sys.unraisablehook = unraisable

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)


_YEAR = 31_536_000  # seconds; a clock that is set to more than the system can count fails


class Seconds(click.ParamType):  # type: ignore[type-arg]  # generic in some versions of click only
    """A number of seconds from 0 to a year: a number that is none, or has no end, is no time."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seconds = float(value)
        except (ValueError, OverflowError):
            seconds = math.nan
        if not 0 <= seconds <= _YEAR:
            raise UsageError(f"A time-out is a number of seconds from 0 to {_YEAR:,}; “{str(value)[:40]}” is none.")
        return seconds


class Share(click.FloatRange):
    """A number from 0 to 1; unlike click's own range it lets no NaN pass."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        share = float(super().convert(value, param, ctx))
        if math.isnan(share):
            raise UsageError(f"“{value}” is no number from 0 to 1.")
        return share


MOST = click.IntRange(1, 1_000_000_000)
"""A number of rows or actors at most."""


def store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--store", default=STORE, show_default=True, help="Directory of the store.")(function)


def metadata(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say of articles what they do not say themselves."""
    for option in (
        click.option("--publisher", help="Publisher of the articles, where they do not say."),
        click.option("--url", help="Address of the article, where it does not say."),
        click.option("--date", help="Date of publication, as 2015-04-21, 2015-04 or 2015."),
    ):
        function = option(function)
    return function


def pipeline(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how articles are annotated."""
    for option in (
        click.option("--any-language", is_flag=True, help="Try texts that are not in English too."),
        click.option("--model", help="spaCy pipeline to annotate with."),
    ):
        function = option(function)
    return function


def known_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the user's own list of names."""
    told = "File of names to read with: CSV (name,aliases,type,office,body,from,until,wikidata), JSON Lines, FollowTheMoney."
    return click.option("--known", metavar="FILE", help=told)(function)


def jobs_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says how many processes read."""
    told = "Processes that read articles at once; the default is one for each core. The result is the same."
    return click.option("--jobs", type=click.IntRange(1, 1_000), metavar="N", help=told)(function)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_store(path: str, *, create: bool = False, base: str | None = None) -> Store:
    """A store to change, with the base IRI that it has or is to have."""
    return Store.open(path, create=create, base=base)


def read_store(path: str) -> Store:
    """A store to read, also while another process changes it and on a medium that cannot be written."""
    return Store.open(path, read_only=True)


def extracted_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that leaves out what persons decided."""
    told = "As the machine read it, without what persons corrected and judged."
    return click.option("--as-extracted", is_flag=True, help=told)(function)


@contextlib.contextmanager
def seen(path: str, *, as_extracted: bool) -> Iterator[Store]:
    """A store to read, with what persons decided or without."""
    with read_store(path) as opened:
        if not as_extracted:
            yield opened
            return
        from kg import corrections

        with corrections.as_extracted(opened) as other:
            yield other


def fail(problems: Sequence[Problem]) -> None:
    """List what was left out, with its reason, and end with exit code 1 where there is anything."""
    for problem in problems:
        err.print(f"left out: {line(problem.where)}: {line(problem.reason)}")
    if problems:
        raise SystemExit(1)


def short(text: str, limit: int = 150) -> str:
    """``text`` on one line, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + " …"


def count(n: int, what: str) -> str:
    """
    >>> count(1, "row"), count(2, "row")
    ('1 row', '2 rows')
    """
    return f"{n} {what}{'s' if n != 1 else ''}"


def notes(told: Iterable[str]) -> None:
    """Say what a reader should know, a line each."""
    for note in told:
        err.print(f"note: {line(note)}")
