"""The files that come with the server: its style, its scripts and those of others, each with its media type."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import metadata, resources
from typing import Final

NAMES: Final = {
    "desk.css": "text/css",
    "query.css": "text/css",
    "adding.js": "text/javascript",
    "marking.js": "text/javascript",
    **{
        f"asking/{name}.js": "text/javascript" for name in ("answers", "editor", "elements", "fields", "page", "shared")
    },
    "vendored/yasqe.min.css": "text/css",
    "vendored/yasqe.min.js": "text/javascript",
}
"""Media types by path."""


@cache
def read(name: str) -> tuple[bytes, str, str]:
    """Content, media type and ETag of a file."""
    path = resources.files(__name__)
    for part in name.split("/"):
        path = path.joinpath(part)
    content = path.read_bytes()
    return content, NAMES[name], f'"{sha256(content).hexdigest()[:24]}"'


def _version() -> str:
    try:
        return metadata.version("kg-said")
    except metadata.PackageNotFoundError:  # a checkout that is not installed
        return ""


VERSION: Final = _version()
"""The version of kg: another one makes other pages of the same store."""
