"""Through which every change passes: it comes from a form of this server, sent by somebody who may."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from kg.serve.answers import Refusal
from kg.serve.changing import forms
from kg.serve.changing.people import People

SMALL: Final = 4_000_000
"""Bytes of a form that holds no files: words of an article, each twice, with all that is written out in an address."""


class Gate:
    """That of one server. That a request comes from no other site's page is seen before (:mod:`kg.serve.guard`)."""

    def __init__(self, people: People) -> None:
        self.people = people

    async def form(self, request: Request, most: int = SMALL) -> forms.Form:
        """The form of somebody who may change the graph. Who they are is looked at before anything is read."""
        if self.people.closed:
            raise Refusal(403, self.people.closed)
        if not self.people.who(request):
            raise Refusal(
                401, "Sign in first: who changes something is to be known by name.", {"WWW-Authenticate": "Bearer"}
            )
        return self.own(request, await forms.read(request, most))

    def own(self, request: Request, form: forms.Form) -> forms.Form:
        """A form, where it is one of this server."""
        if not self.people.made_here(request, form.one("token")):
            raise Refusal(
                403, "The form is not of this server as it runs now; load the page again and send it once more."
            )
        return form
