"""The options that say who asks a server: a name on the command line, what is secret in the environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click

from kg.query.remote import Login
from kg.query.remote.address import SCHEMES

PASSWORD = "KG_PASSWORD"
TOKEN = "KG_TOKEN"


def login_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--user`` and ``--login``; password and token come from the environment, since every user of a machine sees a command."""
    for option in (
        click.option(
            "--login", "scheme", default="auto", show_default=True, type=click.Choice(SCHEMES),
            help="How to log in to a server; auto: as it asks.",
        ),
        click.option("--user", metavar="NAME", help=f"User of a server, with the password in {PASSWORD}; a token goes into {TOKEN}."),
    ):  # fmt: skip
        function = option(function)
    return function


def login(user: str | None, scheme: str) -> Login:
    """Who asks, from the options and the environment."""
    if user:
        return Login(user, os.environ.get(PASSWORD, ""), scheme=scheme)
    return Login(token=os.environ.get(TOKEN, ""), scheme=scheme)
