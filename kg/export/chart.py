"""Time lines of figures as an SVG chart: a dot a figure, bars for bounds, arrows for open ends, and a numbered list below.

Own code, since no light charting library draws open intervals; the file needs no script, font or network.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from kg.compare import dates
from kg.query.timelines import Point, TimeLine

WIDTH = 900
"""Width of the drawing in pixels; the height follows from the number of figures."""

_LEFT, _RIGHT, _TOP, _PLOT, _ROW, _GAP = 70, 30, 66, 250, 20, 34
_INK, _GREY, _LINE, _BLUE = "#1a1a1a", "#595959", "#d4d4d4", "#0b5cad"
_LETTER = 6.6  # the mean width of a letter at 12 pixels in the fonts named below
_FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def svg(lines: Sequence[TimeLine], *, title: str = "Figures over time") -> str:
    """The chart of ``lines``, one panel each, as the text of an SVG file."""
    panels: list[str] = []
    top = 20.0
    for line in lines:
        body, height = _panel(line)
        panels.append(f'<g transform="translate(0 {_n(top)})">{body}</g>')
        top += height + _GAP
    if not lines:
        panels.append(_text(WIDTH / 2, 60, "There are no figures to draw.", anchor="middle"))
        top = 120
    height = round(top)
    described = " ".join(line.story for line in lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="{_FONT}" font-size="12" fill="{_INK}"><title>{escape(title)}</title><desc>{_xml(described)}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(panels)}</svg>\n'
    )


def _panel(line: TimeLine) -> tuple[str, float]:
    """One time line drawn at the origin, and its height."""
    points = [p for p in line.points if p.at and _size(p) is not None]
    out: list[str] = []
    y = 14.0
    out.append(_text(_LEFT, y, _cut(line.title, 110), size=16, weight="600"))
    for part in _wrap(line.story, 122):
        y += 18
        out.append(_text(_LEFT, y, part, fill=_GREY))
    top = max(y + 34, _TOP)
    if not points:
        out.append(_text(_LEFT, top, "None of these figures has a date."))
        return "".join(out), top + 20
    scale_y, ticks = _numbers(points, top)
    scale_x, marks = _times(points)
    bottom = top + _PLOT
    out += _axes([(scale_y(value), value) for value in ticks], [(scale_x(day), label) for day, label in marks], bottom)
    placed = _spread([(scale_x(_day(p)), scale_y(_size(p) or 0.0)) for p in points])
    out += _plot(points, placed, scale_y, top, bottom)
    listed = bottom + 46
    for number, p in enumerate(points, 1):
        out.append(_row(number, p, listed))
        listed += _ROW
    return "".join(out), listed


def _axes(ticks: list[tuple[float, float]], marks: list[tuple[float, str]], bottom: float) -> list[str]:
    """The lines of the quantities (place and value) and the marks of the time (place and label)."""
    out: list[str] = []
    for at, value in ticks:
        out.append(
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{_n(at)}" y2="{_n(at)}" stroke="{_LINE}" stroke-width="1"/>'
        )
        out.append(_text(_LEFT - 8, at + 4, f"{value:,.10g}", anchor="end", fill=_GREY))
    for at, label in marks:
        out.append(f'<line x1="{_n(at)}" x2="{_n(at)}" y1="{_n(bottom)}" y2="{_n(bottom + 5)}" stroke="{_GREY}"/>')
        out.append(_text(at, bottom + 19, label, anchor="middle", fill=_GREY))
    return out


def _plot(
    points: list[Point], placed: list[tuple[float, float]], scale_y: _Scale, top: float, bottom: float
) -> list[str]:
    """The line through the official figures, each figure's mark where it is ``placed``, and the labels that have room."""
    path = " ".join(
        f"{'M' if i == 0 else 'L'}{_n(x)} {_n(y_)}"
        for i, (x, y_) in enumerate(q for q, p in zip(placed, points, strict=True) if not p.unofficial)
    )
    out = [f'<path d="{path}" fill="none" stroke="{_BLUE}" stroke-opacity=".3" stroke-width="2"/>']
    taken = [_Box(x - 6, y_ - 6, x + 6, y_ + 6) for x, y_ in placed]
    taken += [
        _Box(x - 4, min(y_, end), x + 4, max(y_, end))
        for p, (x, y_) in zip(points, placed, strict=True)
        for end in _ends(p, y_, scale_y, top)
    ]
    for number, (p, (x, y_)) in enumerate(zip(points, placed, strict=True), 1):
        out.append(_dot(p, x, y_, scale_y, top, number))
    for p, (x, y_) in zip(points, placed, strict=True):
        out.append(_label(p.text, x, y_, taken, top, bottom))
    return out


def _dot(p: Point, x: float, y: float, scale: _Scale, top: float, number: int) -> str:
    """The mark of one figure: filled, or hollow where it is unofficial; a bar for bounds, an arrow for an open end."""
    out = [f"<g><title>{_xml(f'{number}. {_sentence(p)}')}</title>"]
    stroke = f'fill="none" stroke="{_BLUE}" stroke-width="1.5"'
    ends = _ends(p, y, scale, top)
    for end in ends:
        out.append(
            f'<path d="M{_n(x)} {_n(y)} L{_n(x)} {_n(end)} {_tip(x, end, arrow=len(ends) == 1, up=end < y)}" {stroke}/>'
        )
    fill = "#ffffff" if p.unofficial else _BLUE
    out.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="5" fill="{fill}" stroke="{_BLUE}" stroke-width="1.5"/></g>')
    return "".join(out)


def _ends(p: Point, y: float, scale: _Scale, top: float) -> tuple[float, ...]:
    """Where the strokes from a dot end: one, an arrow, for an open figure; two for an approximate one or a range."""
    if p.comparator in (">", "≥"):
        return (max(y - 34, top - 14),)
    if p.comparator in ("<", "≤"):
        return (y + 34,)
    if p.low is not None and p.high is not None and p.low != p.high and (p.comparator == "~" or p.value is None):
        return scale(p.high), scale(p.low)
    return ()


def _tip(x: float, end: float, *, arrow: bool, up: bool) -> str:
    if not arrow:
        return f"M{_n(x - 4)} {_n(end)} h8"
    back = end + 6 if up else end - 6
    return f"M{_n(x - 4)} {_n(back)} L{_n(x)} {_n(end)} L{_n(x + 4)} {_n(back)}"


def _label(text: str, x: float, y: float, taken: list[_Box], top: float, bottom: float) -> str:
    """The figure beside its dot, at the first place where it covers nothing; further away with a thin line to the dot."""
    text = _cut(text, 28)
    wide = len(text) * _LETTER
    for reach in (0, 18, 36, 54, 72, 90):
        for dx, dy, anchor in ((10, 4, "start"), (-10, 4, "end"), (0, -12, "middle"), (0, 21, "middle"), (10, -12, "start"), (10, 20, "start"),
                               (-10, -12, "end"), (-10, 20, "end")):  # fmt: skip
            ax = x + dx + (math.copysign(reach * 0.6, dx) if dx else 0)
            ay = y + dy + (math.copysign(reach, dy - 4) if dy != 4 else 0)
            left = ax - (0 if anchor == "start" else wide if anchor == "end" else wide / 2)
            box = _Box(left - 2, ay - 11, left + wide + 2, ay + 3)
            if box.left < _LEFT or box.right > WIDTH - 4 or box.top < top - 30 or box.bottom > bottom - 2:
                continue
            if any(box.meets(other) for other in taken):
                continue
            taken.append(box)
            lead = (
                f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(ax)}" y2="{_n(ay - 4)}" stroke="{_GREY}" stroke-width=".6"/>'
                if reach
                else ""
            )
            return lead + _text(ax, ay, text, anchor=anchor, halo=True)
    return ""  # the list below tells it


def _row(number: int, p: Point, y: float) -> str:
    when = dates.words(p.at).removeprefix("on ").removeprefix("in ")
    note = "; ".join(n for n in ("unofficial" if p.unofficial else "", "date of the report" if p.reported else "") if n)
    return (
        _text(_LEFT, y, f"{number}.", anchor="end", fill=_GREY)
        + _text(_LEFT + 10, y, when)
        + _text(_LEFT + 140, y, _cut(p.text, 28))
        + _text(_LEFT + 330, y, _cut(p.speaker_name, 44))
        + (_text(WIDTH - _RIGHT, y, note, anchor="end", fill=_GREY) if note else "")
    )


def _sentence(p: Point) -> str:
    return f"{p.text}, {p.speaker_name}, {dates.words(p.at)}{' (unofficial)' if p.unofficial else ''}"


# ── scales ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Scale:
    """From a value to a pixel, on a line or, for figures of several magnitudes, on logarithms."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        low, high = self.low, self.high
        if self.log:
            value, low, high = (math.log10(max(v, self.low)) for v in (value, low, high))
        share = 0.5 if high == low else (value - low) / (high - low)
        return self.start + share * (self.end - self.start)


def _numbers(points: Sequence[Point], top: float) -> tuple[_Scale, list[float]]:
    sizes = [s for p in points if (s := _size(p)) is not None]
    most, least = max(sizes), min(sizes)
    if least > 0 and most / least > 60:
        a, b = math.floor(math.log10(least)), math.ceil(math.log10(most))
        b = b if b > a else a + 1
        return _Scale(10.0**a, 10.0**b, top + _PLOT, top, log=True), [10.0**k for k in range(a, b + 1)]
    low = min(0.0, least)
    step = _nice((most - low or 1) * 1.12 / 5)
    low = math.floor(low / step) * step
    high = math.ceil((most * 1.08 if most > 0 else step) / step) * step
    count = round((high - low) / step)
    return _Scale(low, high, top + _PLOT, top), [low + i * step for i in range(count + 1)]


def _nice(step: float) -> float:
    """The next step of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= step - 1e-12)


def _times(points: Sequence[Point]) -> tuple[_Scale, list[tuple[float, str]]]:
    days = [_day(p) for p in points]
    first, last = min(days), max(days)
    margin = max(10.0, 0.06 * (last - first))
    scale = _Scale(first - margin, last + margin, _LEFT + 20, WIDTH - _RIGHT - 20)
    return scale, _marks(first - margin, last + margin)


def _marks(start: float, end: float) -> list[tuple[float, str]]:
    """At most ten marks at the first of months or years, the year named where it is new."""
    months = (end - start) / 30.4
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000) if months / s <= 10 or s == 6000)
    first = date.fromordinal(max(1, int(start)))
    out: list[tuple[float, str]] = []
    at, told = first.year * 12 + (0 if step >= 12 else first.month - 1), ""
    at -= at % step if step <= 12 else at % 12
    while True:
        year, month = divmod(at, 12)
        if year < 1 or year > 9998:
            break
        day = date(year, month + 1, 1)
        if day.toordinal() > end:
            break
        if day.toordinal() >= start:
            name = str(year) if step >= 12 else f"{day:%b}" + (f" {year}" if told != str(year) else "")
            told = str(year)
            out.append((float(day.toordinal()), name))
        at += step
    if not out:
        middle = date.fromordinal(max(1, int((start + end) / 2)))
        out.append((float(middle.toordinal()), f"{middle.day} {middle:%b %Y}"))
    return out


def _spread(spots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same places with dots that would hide one another moved aside by as little as tells them apart."""
    out: list[tuple[float, float]] = []
    for x, y in spots:
        while any(abs(x - a) < 11 and abs(y - b) < 11 for a, b in out):
            x += 11
        out.append((x, y))
    return out


def _day(p: Point) -> float:
    return dates.middle(p.at or "")


def _size(p: Point) -> float | None:
    if p.value is not None:
        return p.value
    ends = [x for x in (p.low, p.high) if x is not None]
    return sum(ends) / len(ends) if ends else None


# ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", fill: str = _INK, size: int = 12, weight: str = "400", halo: bool = False
) -> str:  # fmt: skip
    more = f' font-size="{size}" font-weight="{weight}"' if size != 12 or weight != "400" else ""
    more += ' paint-order="stroke" stroke="#ffffff" stroke-width="3"' if halo else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" fill="{fill}"{more}>{_xml(text)}</text>'


def _xml(text: str) -> str:
    """Escaped for XML, without the characters that XML cannot hold."""
    return escape(
        "".join(
            ch
            if ch in "\t\n\r" or (ord(ch) >= 32 and not 0xD800 <= ord(ch) <= 0xDFFF and ord(ch) not in (0xFFFE, 0xFFFF))
            else "\ufffd"
            for ch in text
        )
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _wrap(text: str, limit: int) -> list[str]:
    out: list[str] = [""]
    for word in text.split():
        if len(out[-1]) + len(word) + 1 > limit and out[-1]:
            out.append("")
        out[-1] = f"{out[-1]} {word}".strip()
    return [_cut(line, limit) for line in out[:4]]


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
