"""Pages as HTML: templates that escape all that comes from the graph, and the words in which they put its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.serve.pages import addresses, wording
from kg.serve.pages.gathering import Page

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""What a browser may load for a page."""

PLACES: Final = (
    ("/", "Desk"),
    ("/article/", "Articles"),
    ("/affair/", "Affairs"),
    ("/entity/", "Actors"),
    ("/statement/", "Statements"),
    ("/comparison/", "Comparisons"),
    ("/graph", "Graph"),
    ("/query", "Ask"),
    ("/add", "Add"),
    ("/review", "Review"),
    ("/corrections", "Corrections"),
)
"""The parts of the desk; a new one is a row."""

_ALTERNATES: Final = tuple((ending, kind) for ending, kind in addresses.SUFFIXES.items() if ending != "html")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks at a page, empty where nobody knows; the token of its forms; whether people are to say who they are; why
    nobody may change anything, empty where somebody may; whether the graph is shown as it was extracted.
    """

    who: str
    token: str
    known: bool
    closed: str
    extracted: bool = False

    @property
    def writes(self) -> bool:
        return bool(self.who) and not self.closed and not self.extracted

    @property
    def key(self) -> str:
        """What is another where the same page has other forms in it."""
        return f"{self.who} {self.token} {self.closed} {self.extracted}"


def render(page: Page, base: str, here: str, query: Mapping[str, str], desk: Desk) -> bytes:
    """A page of a store with this base; ``here`` is its path without an ending."""
    template = _environment(base).get_template(f"{page.template}.html")
    section = "/" if here == "/" else next((target for target, _ in PLACES[1:] if f"{here}/".startswith(target)), "")
    text = template.render(
        **{"q": "", **page.values}, title=page.title, iri=page.iri, here=here, query=dict(query), places=PLACES, section=section, desk=desk,
        alternates=[one for one in _ALTERNATES if page.iri or one[0] == "json"] if page.listed else (),
    )  # fmt: skip
    return text.encode("utf-8", "replace")


@cache
def _environment(base: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.serve", "files/templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(
        **wording.FILTERS, path=lambda iri: addresses.path(str(iri), base), anchor=_anchor, revised=_revised, web=_web, site=_site, turned=_turned
    )  # fmt: skip
    return environment


def _anchor(iri: object) -> str:
    return f"s-{str(iri).rsplit('/', 1)[-1]}"


def _revised(iri: object) -> bool:
    """Whether a person corrected it: what they made of it has an IRI of its own."""
    return str(iri).endswith("-r")


def _web(address: str) -> bool:
    """Whether an address may be followed from a page: a text can name any, and ``javascript:`` is one."""
    try:
        return urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).netloc)
    except ValueError:
        return False


def _site(address: str) -> str:
    found = urlsplit(address)
    return found.netloc + (found.path if found.netloc.endswith("wikidata.org") else "")


def _turned(query: Mapping[str, str], name: str, page: int) -> str:
    return urlencode({**query, name: str(page)})


def plain(value: Any) -> Any:
    """A value of a page as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value if isinstance(value, str | int | float | bool | None) else str(value)
