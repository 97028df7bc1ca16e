from __future__ import annotations

import hashlib
import json
from importlib import metadata, resources
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.view import vendored


def test_vendored_every_entry_names_version_licence_and_the_hash_of_the_installed_file() -> None:
    assert "vis-network" in vendored.manifest()
    for name, entry in vendored.manifest().items():
        content = resources.files(entry["package"]).joinpath(entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], name
        assert len(content) == int(entry["bytes"]), name
        head = content[:2000].decode()
        assert f"@version {entry['version']}" in head, name
        assert "Apache 2.0" in head, "the licence text must travel with the script"
        assert "MIT" in head
        assert entry["licence"] == "Apache-2.0 OR MIT"
        assert entry["taken_from"].endswith(f"{entry['package']} {metadata.version(entry['package'])}")


def test_vendored_scripts_cannot_end_the_tag_that_holds_them_and_name_no_other_address_to_load() -> None:
    text = vendored.script("vis-network").lower()
    assert "</script" not in text
    assert "<!--" not in text
    assert "importscripts(" not in text


def test_vendored_refuses_a_file_that_was_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "changed.js").write_text("alert(1)")
    entry = {**vendored.manifest()["vis-network"], "file": "changed.js"}
    monkeypatch.setattr(vendored, "manifest", lambda: {"changed": entry, "gone": {**entry, "file": "gone.js"}})
    monkeypatch.setattr(vendored.resources, "files", lambda _package: tmp_path)
    vendored.script.cache_clear()
    with pytest.raises(ExportError, match=r"is not version 9\.1\.2"):
        vendored.script("changed")
    with pytest.raises(ExportError, match="does not hold it"):
        vendored.script("gone")
    vendored.script.cache_clear()


def test_vendored_manifest_is_shipped_as_plain_json() -> None:
    text = resources.files("kg.view.vendored").joinpath("manifest.json").read_text(encoding="utf-8")
    assert json.loads(text) == vendored.manifest()
