"""How much the page's own thread works: until it is ready, and for each frame while its map is dragged. Other work on the
machine lengthens neither, so that two states of the code can be compared anywhere.

    python tests/bench/view/work.py [--sizes 1000 5000 20000] [--turns 3] [--out FILE]
    python tests/bench/view/work.py --pages BEFORE.html AFTER.html     pages that are there already, in turn

Prints JSON: medians of processor seconds of the main thread (``threadTicks`` of Chromium), seconds to ready by the clock,
frames a second by the clock, bytes; and how many actors of the first answer and of “others” have a readable name.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

sys.path[:0] = [str(Path(__file__).resolve().parents[3]), str(Path(__file__).resolve().parent)]

from synthetic import graph  # noqa: E402 - the folder of this file is put on the path above

from kg.view import page as pages  # noqa: E402
from tests.bench.view.shaped import shaped  # noqa: E402

COUNT = """() => { if (window.frames_ !== undefined) return; window.frames_ = 0;
const tick = () => { window.frames_ += 1; requestAnimationFrame(tick); }; requestAnimationFrame(tick); }"""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20000])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--pages", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = chosen.pages or _made(chosen.sizes, Path(folder))
        found: dict[str, list[dict[str, float]]] = {str(path): [] for path in made}
        for _ in range(chosen.turns):
            for path in made:
                found[str(path)].append(measured(path))
    result = {
        "load": round(os.getloadavg()[0], 1),
        "turns": chosen.turns,
        "pages": [
            {"page": Path(name).stem, "bytes": Path(name).stat().st_size if chosen.pages else 0} | _medians(rows)
            for name, rows in found.items()
        ],
    }
    if not chosen.pages:
        for row, path in zip(result["pages"], made, strict=True):  # type: ignore[call-overload]
            row["bytes"] = SIZES[path.stem]
    text = json.dumps(result, indent=1) + "\n"
    print(text, end="")
    if chosen.out:
        chosen.out.write_text(text, encoding="utf-8")


SIZES: dict[str, int] = {}


def _made(sizes: list[int], folder: Path) -> list[Path]:
    made = []
    for count in sizes:
        for shape, data in (("even", graph(count, 4 * count)), ("stars", shaped(count))):
            path = pages.Page(data).write(folder / f"{shape}-{count}.html")
            SIZES[path.stem] = path.stat().st_size
            made.append(path)
    return made


def _medians(rows: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(row[name] for row in rows), 4) for name in rows[0]}


def measured(path: Path) -> dict[str, float]:
    """One opening of the page: work and time to ready, then of frames while the map of everything is dragged."""
    program = next(found for name in ("chromium", "google-chrome") if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(path.absolute().as_uri(), wait_until="commit")
        while not page.evaluate("document.documentElement?.dataset.ready === 'true'"):
            time.sleep(0.03)
        row = {
            "ready_work_s": _work(session),
            "ready_clock_s": page.evaluate("performance.getEntriesByName('kg-ready')[0].startTime") / 1000,
        }
        page.wait_for_timeout(600)
        row |= _readable(page, "start")
        row |= _dragged(page, session, "answer")
        if page.locator("#map").is_visible():
            page.click("#map")
            page.wait_for_timeout(1500)
            row |= _dragged(page, session, "map")
        browser.close()
    return row


def _work(session: CDPSession) -> float:
    metrics: dict[str, Any] = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def _readable(page: Page, name: str) -> dict[str, float]:
    return {f"{name}_named_share": page.evaluate("Shell.names().length / Math.max(1, Shell.state().nodes.length)")}


def _dragged(page: Page, session: CDPSession, name: str) -> dict[str, float]:
    """Frames while the mouse drags the empty picture to and fro for about three seconds."""
    page.evaluate(COUNT)
    page.mouse.move(600, 70)
    page.mouse.down()
    before, frames, start = _work(session), page.evaluate("window.frames_"), time.monotonic()
    step = 0
    while time.monotonic() - start < 3.0:
        step += 1
        page.mouse.move(600 + 120 * ((step // 40) % 2 * 2 - 1) * (step % 40) / 40, 70 + step % 40)
        page.wait_for_timeout(8)
    count = page.evaluate("window.frames_") - frames
    took, worked = time.monotonic() - start, _work(session) - before
    page.mouse.up()
    return {
        f"{name}_frames_per_clock_s": count / took,
        f"{name}_work_per_frame_ms": 1000 * worked / max(1, count),
    }


if __name__ == "__main__":
    main()
