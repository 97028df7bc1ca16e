"""The notebooks run from top to bottom; they hold their own assertions about what they show."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.export import FORMATS

jupytext = pytest.importorskip("jupytext")
nbclient = pytest.importorskip("nbclient")

HERE = Path(__file__).resolve().parent
NOTEBOOKS = sorted((HERE.parent / "notebooks").glob("*.py"))
NEEDS = {"owlready": "owl"}  # formats that a notebook writes


SHOWN = {"tour": "text/html", "figures_over_time": "image/svg+xml", "network": "text/plain", "owlready": "text/html"}
"""What the outputs of a notebook must hold."""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_and_its_assertions_hold(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel is another process: it must find this very tree.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")]))
    if NEEDS.get(path.stem, "turtle") not in FORMATS:
        pytest.skip("its format is not there")
    notebook = jupytext.read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert any("assert " in cell.source for cell in code), "a notebook without assertions shows nothing"
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}
    ).execute()
    assert all(cell.execution_count for cell in code)
    kinds = {kind for cell in code for output in cell.outputs for kind in output.get("data", {})}
    assert SHOWN[path.stem] in kinds | {"text/plain" for cell in code for output in cell.outputs if output.get("text")}
