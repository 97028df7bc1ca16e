"""Scripts of others that a page carries, each named in ``manifest.json`` with version, licence and hash."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources

from kg.errors import ExportError


@cache
def script(name: str) -> str:
    """The text of a script of the manifest, read from the installed package that ships it.

    Raises :class:`ExportError` when it is missing or is not, byte for byte, the one that was checked.
    """
    entry = manifest()[name]
    file = resources.files(entry["package"]).joinpath(entry["file"])
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ExportError(
            f"The page needs {name} {entry['version']}, but {entry['taken_from']} does not hold it; "
            f"reinstall with `pip install --force-reinstall {entry['package']}`."
        ) from error
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ExportError(
            f"The {name} that {entry['package']} brings is not version {entry['version']} as kg was checked with; "
            f"install {entry['taken_from'].removeprefix('the installed package ')}."
        )
    return content.decode("utf-8")


@cache
def manifest() -> dict[str, dict[str, str]]:
    """The manifest: by name of the script, its version, licence, package, file and SHA-256."""
    text = resources.files(__name__).joinpath("manifest.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded
