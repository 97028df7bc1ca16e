"""How the time of a regular expression grows: every pattern of the package, hostile texts made of its own parts, a clock."""

from __future__ import annotations

import ast
import gc
import importlib
import itertools
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from re import Pattern
from types import FrameType, ModuleType
from typing import Any

import kg

_Cached = type(cache(len))
METHODS = ("fullmatch", "match", "search", "split", "sub", "subn", "findall", "finditer")
# Patterns in tables, and such as are called by another name.
_BY_HAND = {"kg.annotate.figures.bounds._AFTER": ("match",), "kg.english.paragraphs.blocks._MOMENT": ("match",), "kg.english.paragraphs.blocks._ASKS": ("match",),
            "kg.english.paragraphs.blocks._BEGS": ("match",), "kg.annotate.parse.units._measures": ("match",)}  # fmt: skip
_FEWEST = 30  # two ways at each of thirty places are more than any clock here waits for
_SAMPLES = {"category_digit": "1", "category_space": " ", "category_word": "a", "category_not_digit": "a",
            "category_not_space": "a", "category_not_word": "-"}  # fmt: skip
_ENDS = ("\x01", "\n\x01", "!\x01")


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands, and the method that is called on it."""

    where: str
    pattern: Pattern[Any]
    method: str

    def run(self, text: str) -> None:
        subject: Any = text.encode("utf-8") if isinstance(self.pattern.pattern, bytes) else text
        empty: Any = b"" if isinstance(subject, bytes) else ""
        if self.method in ("sub", "subn"):
            self.pattern.sub(empty, subject)
        elif self.method == "finditer":
            for _ in self.pattern.finditer(subject):
                pass
        else:
            getattr(self.pattern, self.method)(subject)


@cache
def used() -> tuple[Used, ...]:
    """Every pattern of kg, compiled at the top of a module or written where it is used, with the methods it is used by."""
    found: dict[tuple[Any, int, str], Used] = {}
    for info in pkgutil.walk_packages(kg.__path__, "kg."):
        if info.name.rsplit(".", 1)[-1] in ("__main__", "child"):
            continue
        module = importlib.import_module(info.name)
        source = Path(module.__file__ or "").read_text(encoding="utf-8")
        for one in itertools.chain(_compiled(module, source), _inline(module, source)):
            found.setdefault((one.pattern.pattern, one.pattern.flags, one.method), one)
    return tuple(found.values())


def _compiled(module: ModuleType, source: str) -> Iterator[Used]:
    for name, value in list(vars(module).items()):
        held = (
            vars(value)
            if isinstance(value, type) and value.__module__ == module.__name__
            else {"": _made(value, module)}
        )
        for inner, thing in held.items():
            alone = isinstance(thing, Pattern)
            for pattern in _inside(thing):
                methods = (
                    set(re.findall(rf"\b{re.escape(inner or name)}\.({'|'.join(METHODS)})\(", source))
                    if alone
                    else set()
                )
                methods = methods or set(_BY_HAND.get(f"{module.__name__}.{name}", ()))
                # Of one in a table, or in another module's hands, the methods that this module calls on any name.
                methods = methods or set(re.findall(rf"\b[a-z_]+\.({'|'.join(METHODS)})\(", source)) or {"search"}
                for method in methods:
                    yield Used(f"{module.__name__}.{name}{'.' if inner else ''}{inner}", pattern, method)


def _made(value: object, module: ModuleType) -> object:
    """What a function gives that makes its patterns once, when it is first called; other things as they are."""
    if not isinstance(value, _Cached) or value.__module__ != module.__name__:
        return value
    try:
        return value()
    except TypeError:  # it needs to be told something
        return None


def _inside(thing: object, depth: int = 4) -> Iterator[Pattern[Any]]:
    if isinstance(thing, Pattern):
        yield thing
    elif depth and isinstance(thing, dict):
        for pair in thing.items():
            yield from _inside(pair, depth - 1)
    elif depth and isinstance(thing, list | tuple | set | frozenset):
        for item in thing:
            yield from _inside(item, depth - 1)
    elif depth and is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from _inside(getattr(thing, field.name, None), depth - 1)


def _inline(module: ModuleType, source: str) -> Iterator[Used]:
    """Calls as ``re.search(r"…", text)``; a pattern put together from what only the function knows is left out."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        flags = [a for a in node.args[2:] if isinstance(a, ast.Attribute)] + [
            k.value for k in node.keywords if k.arg == "flags"
        ]
        try:
            text = eval(compile(ast.Expression(node.args[0]), "pattern", "eval"), dict(vars(module)))
            flag = 0
            for part in flags:
                flag |= eval(compile(ast.Expression(part), "flags", "eval"), dict(vars(module)))
            yield Used(f"{module.__name__}:{node.lineno}", re.compile(text, flag), node.func.attr)
        except (NameError, AttributeError, TypeError):
            continue


# ── hostile texts ──────────────────────────────────────────────────────────────────────────────────────────────────


def units(pattern: Pattern[Any]) -> list[str]:
    """What to repeat: characters of the pattern's classes, its words, and two of them side by side."""
    raw = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    words, singles = set[str](), {" ", "a", "1", "A"}
    tree = re._parser.parse(raw, pattern.flags & ~re.DEBUG)  # type: ignore[attr-defined]
    _walk(tree, words, singles)
    short = sorted(singles)[:24]
    longer = sorted(words, key=lambda w: (len(w), w))[:12]
    repeated = list(dict.fromkeys(_repeated(tree)))[:8]
    parts = [*short, *longer, *repeated, *(f"{piece} " for piece in repeated)]
    spaced = [f"{a}{b}" for a in parts for b in (" ", "a", "1", "A", ",", ".", "'") if a != b]
    spaced = spaced[:100]
    return list(dict.fromkeys(part for part in [*parts, *spaced, *(f"{w} A" for w in longer), "Aa ", "aa 11 "] if part))


def _repeated(tree: Any) -> Iterator[str]:
    """The shortest text of everything that a pattern repeats, and of the whole."""
    yield _shortest(tree)
    for code, value in tree:
        name = str(code).lower()
        if name in ("max_repeat", "min_repeat", "possessive_repeat"):
            yield from _repeated(value[2])
        elif name == "subpattern":
            yield from _repeated(value[3])
        elif name == "branch":
            for branch in value[1]:
                yield from _repeated(branch)


def _walk(tree: Any, words: set[str], singles: set[str]) -> None:
    run = ""
    for code, value in tree:
        name = str(code).lower()
        if name == "literal":
            run += chr(value)
            singles.add(chr(value))
            continue
        if len(run) > 1:
            words.add(run)
        run = ""
        if name == "in":
            singles |= {_sample(str(inner).lower(), what) for inner, what in value} - {""}
        elif name in ("max_repeat", "min_repeat", "possessive_repeat"):
            _walk(value[2], words, singles)
        elif name == "subpattern":
            _walk(value[3], words, singles)
        elif name == "branch":
            for branch in value[1]:
                _walk(branch, words, singles)
        elif name in ("assert", "assert_not"):
            _walk(value[1], words, singles)
        elif name == "atomic_group":
            _walk(value, words, singles)
    if len(run) > 1:
        words.add(run)


def _sample(kind: str, what: Any) -> str:
    """A character of a part of a class, or nothing for what is no character: the sign that turns a class round."""
    if kind == "literal":
        return chr(what)
    if kind == "range":
        return chr(what[0])
    return _SAMPLES.get(str(what).lower(), "a") if kind == "category" else ""


def starts(pattern: Pattern[Any]) -> list[str]:
    """What to put before: nothing, and the shortest text that brings the pattern under way."""
    raw = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    lead = _shortest(re._parser.parse(raw, pattern.flags & ~re.DEBUG))  # type: ignore[attr-defined]
    return list(dict.fromkeys(["", *(lead[:end] for end in range(1, min(len(lead), 4) + 1)), lead]))


def _shortest(tree: Any) -> str:
    out = ""
    for code, value in tree:
        name = str(code).lower()
        if name == "literal":
            out += chr(value)
        elif name in ("any", "not_literal"):
            out += "a"
        elif name == "in":
            inner, what = value[0]
            kind = str(inner).lower()
            if kind == "literal":
                out += chr(what)
            elif kind == "range":
                out += chr(what[0])
            elif kind == "category":
                out += _SAMPLES.get(str(what).lower(), "a")
            else:
                out += "a"
        elif name in ("max_repeat", "min_repeat", "possessive_repeat"):
            out += _shortest(value[2]) * value[0]
        elif name == "subpattern":
            out += _shortest(value[3])
        elif name == "branch":
            out += _shortest(value[1][0])
        elif name == "atomic_group":
            out += _shortest(value)
    return out


# ── the clock ──────────────────────────────────────────────────────────────────────────────────────────────────────


class _TooLong(Exception):
    pass


_ARMED = False


def _stop(number: int, frame: FrameType | None) -> None:
    if _ARMED:
        raise _TooLong


def seconds(work: Callable[[], None], *, most: float) -> float:
    """Processor time of ``work`` (of this thread: that of the process comes in ticks while its alarm is set); ``inf`` where it takes more than ``most`` (the engine looks for signals as it goes)."""
    global _ARMED
    signal.signal(signal.SIGVTALRM, _stop)
    gc.disable()  # its time is nobody's
    try:
        _ARMED = True
        signal.setitimer(signal.ITIMER_VIRTUAL, most)
        start = time.thread_time()
        work()
        return time.thread_time() - start
    except _TooLong:
        return float("inf")
    finally:
        _ARMED = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        gc.enable()


def texts(one: Used, length: int) -> Iterator[tuple[str, str, str]]:
    """Beginning, unit and end of each hostile text of about ``length`` characters."""
    for start in starts(one.pattern):
        for unit in units(one.pattern):
            for end in _ENDS[:1] if start else _ENDS:
                yield start, unit, end


def took(one: Used, recipe: tuple[str, str, str], length: int, *, most: float) -> float:
    """Seconds for a text of ``length`` characters, and at least of so many repetitions that doubling each shows."""
    start, unit, end = recipe
    text = start + unit * max(_FEWEST, length // len(unit)) + end
    return seconds(lambda: one.run(text), most=most)


def worst(one: Used, length: int, *, most: float, count: int) -> list[tuple[float, tuple[str, str, str]]]:
    """The ``count`` hostile texts of about ``length`` characters that take longest, with their times."""
    found = []
    for recipe in texts(one, length):
        time_ = took(one, recipe, length, most=most)
        found.append((time_, recipe))
        if time_ == float("inf"):
            break
    found.sort(reverse=True)
    # Once more those that seemed slow: of a short text the time is that of chance as well.
    again = [(min(time_, took(one, recipe, length, most=most)), recipe) for time_, recipe in found[: 5 * count]]
    return sorted(again, reverse=True)[:count]
