"""Seconds to interactive, frames a second while panning, file size and memory of kg's page, beside pyvis as it comes.

    python tests/bench/view/measure.py [--sizes 40 1000 5000 20000 100000] [--pyvis 1000] [--renderers]

Chromium is headless with software rendering. One run prints one table; numbers of other runs are of other moments.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network
from synthetic import graph

from kg.view import page as pages
from kg.view.data import ViewData
from kg.view.drawing import Drawing, prepare

LIMIT = 240.0
"""Seconds after which pyvis is said not to have finished."""

COUNT_FRAMES = """() => { window.frames_ = 0; const tick = () => { window.frames_ += 1; requestAnimationFrame(tick); };
requestAnimationFrame(tick); }"""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 1000, 5000, 20000, 100000])
    parser.add_argument("--pyvis", type=int, default=1000, help="the largest size that pyvis is tried at")
    parser.add_argument("--renderers", action="store_true", help="both renderers up to 5,000 nodes, for the switch")
    chosen = parser.parse_args()
    program = next(found for name in ("chromium", "google-chrome") if (found := shutil.which(name)))
    flags = ["--enable-precise-memory-info", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
    print("| nodes | links | page | layout, CPU s | file kB | interactive s | of it work s | frames/s | heap MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    taken: list[float] = []

    def timed(data: ViewData) -> Drawing:
        start = time.process_time()
        drawn = prepare(data)
        taken.append(time.process_time() - start)
        return drawn

    pages.prepare = timed  # type: ignore[assignment]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for count in chosen.sizes:
            data = graph(count, 80 if count == 40 else 4 * count)
            for renderer in ("vis", "canvas") if chosen.renderers and count <= 5000 else (None,):
                view = pages.Page(data, renderer=renderer)
                path = view.write(Path(folder) / "page.html")
                layout = taken.pop()
                browser = playwright.chromium.launch(executable_path=program, args=flags)
                row = _kg(browser, path)
                browser.close()
                print(_row(count, data, f"kg, {view.renderer}", f"{layout:.1f}", path, row), flush=True)
            if count <= chosen.pyvis:
                path = _pyvis_page(data, Path(folder) / "pyvis.html")
                browser = playwright.chromium.launch(executable_path=program, args=flags)
                row = _pyvis(browser, path)
                browser.close()
                print(_row(count, data, "pyvis as it comes", "in the page", path, row), flush=True)


def _row(count: int, data: ViewData, name: str, layout: str, path: Path, row: dict[str, Any]) -> str:
    size = path.stat().st_size / 1000
    cells = (
        f"{count:,}",
        f"{len(data.links):,}",
        name,
        layout,
        f"{size:,.0f}",
        row["ready"],
        row.get("work", "–"),
        row["frames"],
        row["heap"],
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _kg(browser: Browser, path: Path) -> dict[str, Any]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    # Time that the page's thread worked, which other work on the machine does not lengthen.
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="commit")
    while not page.evaluate("document.documentElement?.dataset.ready === 'true'"):
        time.sleep(0.05)
    # The time at which the page itself said so, since navigation started.
    ready = page.evaluate("performance.getEntriesByName('kg-ready')[0].startTime") / 1000
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    page.wait_for_timeout(500)
    return {
        "ready": f"{ready:.2f}",
        "work": f"{metrics['TaskDuration']:.2f}",
        "frames": _frames(page),
        "heap": _heap(page),
    }


def _pyvis_page(data: ViewData, path: Path) -> Path:
    """pyvis with its defaults: physics on, evidence as titles. Its scripts are inlined, since there is no network."""
    network = Network(directed=True, cdn_resources="in_line")
    position = {node.id: at for at, node in enumerate(data.nodes)}
    for node in data.nodes:
        network.add_node(position[node.id], label=node.name)
    said = {one.id: "".join(piece.text for piece in one.evidence) for one in data.statements}
    for link in data.links:
        title = " ".join(said[key] for key in link.statements)
        network.add_edge(position[link.source], position[link.target], title=title)
    text = network.generate_html()
    told = "network.once('stabilizationIterationsDone', () => { window.settled_ = performance.now(); });"
    path.write_text(text.replace("drawGraph();", f"drawGraph(); {told}"), encoding="utf-8")
    return path


def _pyvis(browser: Browser, path: Path) -> dict[str, Any]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri(), wait_until="commit")
    start = time.monotonic()
    while time.monotonic() - start < LIMIT:
        try:
            settled = page.evaluate("window.settled_ ?? null")
        except Exception:  # noqa: BLE001 - the page does not answer while it computes
            settled = None
        if settled:
            frames = _frames(page)
            return {"ready": f"{settled / 1000:.2f}", "frames": frames, "heap": _heap(page)}
        time.sleep(0.25)
    return {"ready": f"> {LIMIT:.0f}", "frames": "–", "heap": _heap(page)}


def _frames(page: Page) -> str:
    """Frames a second while the mouse drags the empty picture to and fro for about three seconds."""
    page.evaluate(COUNT_FRAMES)
    page.mouse.move(600, 70)
    page.mouse.down()
    start, before = time.monotonic(), page.evaluate("window.frames_")
    step = 0
    while time.monotonic() - start < 3.0:
        step += 1
        page.mouse.move(600 + 120 * ((step // 40) % 2 * 2 - 1) * (step % 40) / 40, 70 + step % 40)
        page.wait_for_timeout(8)
    rate = (page.evaluate("window.frames_") - before) / (time.monotonic() - start)
    page.mouse.up()
    return f"{rate:.0f}"


def _heap(page: Page) -> str:
    return f"{page.evaluate('performance.memory.usedJSHeapSize') / 1e6:.0f}"


if __name__ == "__main__":
    main()
