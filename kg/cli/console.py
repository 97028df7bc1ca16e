"""What the commands share: the two streams, options, the store, and errors as one sentence with an exit code."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click
from rich.console import Console

from kg.errors import KgError
from kg.model import Problem
from kg.store import Store

OUT = "kg-out"
STORE = f"{OUT}/store"

out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


class Group(click.Group):
    """Turns every error of kg into one sentence and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            err.print(f"kg: {error}")
            ctx.exit(error.exit_code)
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
        self.exit_code = 128 + number


def heed_signals() -> None:
    """Have Ctrl+C, the end of the session and a request to end undo what is half done, and say so in one sentence."""

    def stop(number: int, frame: object) -> None:
        raise Stopped(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)


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


def open_store(path: str, *, create: bool = False) -> Store:
    """A store to change."""
    return Store.open(path, create=create)


def read_store(path: str) -> Store:
    """A store to read, also while another process changes it and on a medium that cannot be written."""
    return Store.open(path, read_only=True)


def fail(problems: Sequence[Problem]) -> None:
    """List what was left out, with its reason, and end with exit code 1 where there is anything."""
    for problem in problems:
        err.print(f"left out: {problem.where}: {problem.reason}")
    if problems:
        raise SystemExit(1)


def short(text: str, limit: int = 150) -> str:
    """``text`` on one line, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + " …"
