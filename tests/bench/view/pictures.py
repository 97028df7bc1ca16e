"""The pictures of the page in the documentation, from the sample articles: python tests/bench/view/pictures.py"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kg.pipeline import build
from kg.read import samples
from kg.store import Store
from kg.view import from_store, write

FOLDER = Path(__file__).parents[3] / "docs" / "pictures"
LARGEST = 300_000
"""Bytes of a picture at most."""

PICTURES = {
    "graph": "",
    "evidence": """
        const said = (node) => node.said.length;
        const most = [...Shell.graph().nodes].filter((node) => node.family === 'person').sort((a, b) => said(b) - said(a))[0];
        Shell.open({ view: 'node', node: most.index });
        [...document.querySelectorAll('#panel .jump')].find((one) => one.textContent.startsWith('Said '))?.click();
    """,
    "disagreement": """
        document.getElementById('conflicts').click();
        document.querySelector('#panel .pair button.wide').click();
    """,
    "figures": "document.getElementById('open_chart').click()",
}


def main() -> None:
    """Writes each picture and says how large it is."""
    program = next(found for name in ("chromium", "google-chrome") if (found := shutil.which(name)))
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Store.open() as store, sync_playwright() as playwright:
        build(list(samples()), store=store)
        page = write(from_store(store), Path(folder) / "graph.html")
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        for name, action in PICTURES.items():
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-ready=true]")
            tab.evaluate(f"() => {{ document.activeElement.blur(); {action} }}")
            tab.wait_for_timeout(700)
            path = FOLDER / f"{name}.png"
            tab.screenshot(path=path)
            tab.close()
            size = path.stat().st_size
            print(f"{path.name}: {size:,} bytes")
            if size > LARGEST:
                sys.exit(f"{path} is larger than {LARGEST:,} bytes.")


if __name__ == "__main__":
    main()
