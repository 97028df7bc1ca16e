"""The index that the page's search is given."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.identity import sounds
from kg.view.data import Statement, ViewData
from kg.view.lexicon import concept, lexicon

FILES = Path(__file__).parents[2] / "kg" / "view" / "files"


def test_words_of_one_meaning_stand_together() -> None:
    data = ViewData(statements=(Statement("s", None, "", "Twelve soldiers perished and schools were burning", "a"),))
    groups = [set(words.split()) for words in lexicon(data)["concepts"]]
    (killed,) = [words for words in groups if "killed" in words]
    assert {"death", "toll", "perished", "dead", "died"} <= killed
    assert any({"schools", "school"} <= words for words in groups)
    assert concept("wounded") == concept("injuries")


def test_page_hears_names_as_the_identity_of_actors_does(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node is installed")
    words = ["Sulaymanov", "Сулайманов", "Abykayev", "Mohammed", "Khrushchev", "Łukasz", "Zelenskyy", "Meyer", "王小明"]

    script = tmp_path / "hear.mjs"
    script.write_text(
        f"import {{ hearing }} from {json.dumps((FILES / 'data' / 'sounds.js').as_uri())};\n"
        f"const key = hearing({json.dumps(sounds.tables())});\n"
        f"console.log(JSON.stringify({json.dumps(words)}.map(key)));\n",
        encoding="utf-8",
    )
    heard = json.loads(subprocess.run([node, script], capture_output=True, check=True, text=True).stdout)
    assert heard == [sounds.key(word) for word in words]
