"""Type and space keep to the small scale that docs/page.md writes down."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STYLE = (ROOT / "kg/view/files/style.css").read_text(encoding="utf-8")
WRITTEN = (ROOT / "docs/page.md").read_text(encoding="utf-8")
PIXELS = re.compile(r"(?<![\w.])-?(\d+(?:\.\d+)?)px")


def _scale(name: str) -> set[float]:
    """The numbers of a line such as “Sizes of type: 11, 12 and 14 pixels.”"""
    line = re.search(rf"^\*\*{name}\*\*: ([\d, and]+) pixels", WRITTEN, re.MULTILINE)
    assert line, f"docs/page.md writes down no {name}"
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", line[1])}


def _used(properties: str) -> dict[float, list[str]]:
    found: dict[float, list[str]] = {}
    for whole, value in re.findall(rf"((?<![-\w])(?:{properties}): ?([^;}}]+))", STYLE):
        for number in PIXELS.findall(value):
            found.setdefault(float(number), []).append(whole)
    return found


def test_style_type_keeps_to_the_written_sizes() -> None:
    used = _used("font-size|font")
    assert len(used) >= 4
    assert {size: where for size, where in used.items() if size not in _scale("Sizes of type")} == {}


def test_style_space_keeps_to_the_written_steps() -> None:
    used = _used(r"padding[a-z-]*|margin[a-z-]*|gap|row-gap|column-gap")
    assert len(used) >= 4
    if used.get(1.0) == ["margin-left: -1px"]:  # two borders that are one
        del used[1.0]
    assert {step: where for step, where in used.items() if step not in _scale("Steps of space")} == {}


def test_style_corners_keep_to_the_written_radii() -> None:
    used = _used("border-radius")
    assert {radius: where for radius, where in used.items() if radius not in _scale("Corners")} == {}


def test_style_weights_and_families_are_few() -> None:
    weights = set(re.findall(r"font-weight: ?(\w+)", STYLE)) | set(re.findall(r"font: ?(\d{3})", STYLE))
    assert weights <= {"400", "600", "650"}
    families = re.findall(r"(?:font-family|font): ?[^;}]*?(system-ui|monospace|serif)", STYLE)
    assert set(families) <= {"system-ui"}


def test_style_letters_of_the_picture_are_of_the_scale() -> None:
    sizes = _scale("Sizes of type")
    text = (ROOT / "kg/view/files/layout/label_size.js").read_text(encoding="utf-8")
    assert {float(size) for size in re.findall(r"^const (?:FONT|SMALL) = ([\d.]+);", text, re.MULTILINE)} <= sizes
