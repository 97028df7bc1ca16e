"""A program that works for kg and reaches nothing: no network, no other program, a bounded time and memory, no file of its own.

It imports nothing of kg. It is started by its path, with ``-I -S``, and imports nothing but the standard library and, by its path, pyoxigraph: nothing
that lies in the working folder, on ``PYTHONPATH`` or in a user's site can take part. Two ways to start it:

``sealed.py FOLDER`` answers one query. ``FOLDER`` is that of the package pyoxigraph; the job is one line of JSON on standard
input, followed by the quads where they are in no folder. The answer goes to standard output, a line of JSON each: what
comes, the rows, and how it ended, of solutions without a limit as a table (SPARQL 1.1 TSV); or, of a job that has ``file``, a line with its media type, then pieces of the file while
the engine finds them, each behind a line that tells its bytes, and how it ended.

``sealed.py --run SECONDS PARENT COMMAND…`` becomes the program ``COMMAND`` (Java), sealed in the same way.

What holds where:

- Linux on x86-64 and aarch64: the kernel itself (seccomp) refuses sockets, io_uring, other programs, signals to other
  processes and looking into them; ``EPERM`` comes back.
- macOS: the sandbox ``no-network``. Elsewhere nothing stands between the engine and the network but :mod:`kg.store.limits`.
- Linux: the process ends with its parent, at once; other POSIX: within a second, while the engine lets Python run.
- POSIX: a clock of its own that no parent is needed for, processor time, memory (not on macOS, where the kernel does
  not keep to it), no core file, no byte written to any file by a query.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

GRACE = 2.0
"""Seconds that the clock of the child gives beyond the parent's, which has the better sentence."""

_PIECE = 1 << 16  # bytes of a file that are sent together
_MOMENT = 0.5  # seconds after which fewer are sent
_STACK = 256 << 20
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_FOREVER = 10 * 365 * 86_400.0

# The numbers of the system calls that are refused, on x86-64 and on aarch64.
_NETWORK = {
    "x86_64": (41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 288, 299, 307, 425, 426, 427),
    "aarch64": (198, 199, 200, 201, 202, 203, 206, 207, 211, 212, 242, 243, 269, 425, 426, 427),
}
# ptrace, process_vm_readv and _writev, kill, tkill, bpf, perf_event_open, unshare, setns, mount, open_by_handle_at, keyctl,
# userfaultfd, pidfd_send_signal, pidfd_getfd.
_OTHERS = {
    "x86_64": (101, 310, 311, 62, 200, 321, 298, 272, 308, 165, 304, 250, 323, 424, 438),
    "aarch64": (117, 270, 271, 129, 130, 280, 241, 97, 268, 40, 265, 219, 282, 424, 438),
}
_PROGRAMS = {"x86_64": (57, 58, 59, 322), "aarch64": (221, 281)}
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def command(*words: str) -> list[str]:
    """How this program is started."""
    return [sys.executable, "-I", "-S", __file__, *words]


def program(words: list[str], seconds: float | None) -> list[str]:
    """How the program ``words`` is started sealed, for ``seconds`` at most; as it is where there is no POSIX."""
    if os.name != "posix":
        return words
    return command("--run", str(_FOREVER if seconds is None else seconds), str(os.getpid()), *words)


def seal(parent: int, seconds: float | None, *, programs: bool = False) -> None:
    """Shut this process off: see the module. ``programs`` lets it become another program, which is shut off as well."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the parent, who ends this process
    try:
        import resource
    except ImportError:  # no POSIX: the parent's clock alone
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if seconds is not None and seconds < _FOREVER:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        busiest = int(seconds + GRACE) * 8 + 8  # of all threads together; the clock above is the one that counts
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        if hard == resource.RLIM_INFINITY or hard > busiest:
            resource.setrlimit(resource.RLIMIT_CPU, (busiest, busiest))
    if not programs:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # pipes are no files
    if sys.platform == "linux":
        _linux(programs)
    elif sys.platform == "darwin":
        _mac()
    if os.getppid() != parent:  # it was gone before it could be watched
        os._exit(1)
    if sys.platform != "linux" and not programs:
        _watch(parent)


def _linux(programs: bool) -> None:
    import ctypes

    class Instruction(ctypes.Structure):
        _fields_ = (("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(Instruction)))

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(1, 9, 0, 0, 0)  # PR_SET_PDEATHSIG: SIGKILL
    machine = os.uname().machine
    if machine not in _AUDIT or sys.maxsize < 2**32:
        return
    refused = [*_NETWORK[machine], *_OTHERS[machine], *(() if programs else _PROGRAMS[machine])]
    load, equal, least, give = 0x20, 0x15, 0x35, 0x06
    allow, refuse = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
    end = len(refused) + 5  # where the refusal stands
    code = [(load, 0, 0, 4), (equal, 0, end - 2, _AUDIT[machine]), (load, 0, 0, 0), (least, end - 4, 0, 0x40000000)]
    code += [(equal, end - at - 1, 0, number) for at, number in enumerate(refused, len(code))]
    code += [(give, 0, 0, allow), (give, 0, 0, refuse)]
    filters = (Instruction * len(code))(*(Instruction(*one) for one in code))
    prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    prctl(22, 2, ctypes.byref(Program(len(code), filters)), 0, 0)  # PR_SET_SECCOMP, of this and all later threads


def _mac() -> None:
    import ctypes

    library, problem = ctypes.CDLL(None), ctypes.c_char_p()
    if hasattr(library, "sandbox_init"):
        library.sandbox_init(b"no-network", ctypes.c_uint64(1), ctypes.byref(problem))


def _watch(parent: int) -> None:
    import threading
    import time

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


def confine(memory: int) -> None:
    """From here on, this process may take ``memory`` bytes more than it has."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        most, hard = now + memory, resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, OSError, ValueError):  # no Linux
        return


def engine(folder: str) -> Any:
    """pyoxigraph from its folder: nothing else that lies beside it can be imported."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(
        "pyoxigraph", os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["pyoxigraph"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def encode(ox: Any, term: Any) -> Any:
    """A term as JSON; :func:`decode` reads it."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return ["iri", term.value]
    if isinstance(term, ox.BlankNode):
        return ["blank", term.value]
    if isinstance(term, ox.Literal):
        return ["literal", term.value, term.datatype.value, term.language]
    return ["triple", *(encode(ox, part) for part in (term.subject, term.predicate, term.object))]


def decode(ox: Any, code: Any) -> Any:
    """The term that :func:`encode` wrote."""
    if code is None:
        return None
    if code[0] == "iri":
        return ox.NamedNode(code[1])
    if code[0] == "blank":
        return ox.BlankNode(code[1])
    if code[0] == "literal":
        if code[3]:
            return ox.Literal(code[1], language=code[3])
        return ox.Literal(code[1], datatype=ox.NamedNode(code[2]))
    return ox.Triple(*(decode(ox, part) for part in code[1:]))


class Overfull(Exception):
    """The answer is not as the job lets it be: more ``rows`` or ``bytes``, or of a ``type`` that nobody asked for."""


class _Out:
    """Standard output, which counts."""

    def __init__(self, most: int) -> None:
        self._left = most

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise Overfull("bytes")
        return sys.stdout.buffer.write(data)

    def flush(self) -> None:
        sys.stdout.buffer.flush()

    def line(self, what: Any) -> None:
        self.write(json.dumps(what).encode() + b"\n")


class _File:
    """A file on standard output, in pieces: it counts, and keeps no more than a piece."""

    def __init__(self, kind: str, most: int) -> None:
        self._left, self._piece, self._sent = most, bytearray(), time.monotonic()
        sys.stdout.buffer.write(json.dumps({"type": kind}).encode() + b"\n")

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise Overfull("bytes")
        self._piece += data
        if len(self._piece) >= _PIECE or time.monotonic() - self._sent > _MOMENT:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._piece:
            sys.stdout.buffer.write(json.dumps({"bytes": len(self._piece)}).encode() + b"\n" + self._piece)
            sys.stdout.buffer.flush()
        self._piece, self._sent = bytearray(), time.monotonic()


def _query(ox: Any, job: Mapping[str, Any]) -> Any:
    """What the engine gives over the data set of the job: that which it names, or the query's own, or the union of all graphs,
    but that which the job leaves out.
    """
    if "store" in job:
        inner = ox.Store.read_only(job["store"])
    else:
        inner = ox.Store()
        inner.bulk_load(input=sys.stdin.buffer, format=ox.RdfFormat.N_QUADS)
    confine(job["memory"])
    bound = {ox.Variable(name): decode(ox, code) for name, code in job["bound"].items()}
    return inner.query(job["query"], **_over(ox, inner, job), substitutions=bound or None)


def _over(ox: Any, inner: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    """The data set of a job, in the engine's words."""
    named = job.get("dataset")
    if named == "own":
        return {}
    if named is not None:
        default, others = ([ox.NamedNode(iri) for iri in named[part]] for part in ("default", "named"))
        return {"default_graph": default, "named_graphs": others}
    without = ox.NamedNode(job["without"]) if job["without"] else None
    if without is None or not inner.contains_named_graph(without):
        return {"use_default_graph_as_union": True}
    return {"default_graph": [ox.DefaultGraph(), *(graph for graph in inner.named_graphs() if graph != without)]}


def _first(found: Iterable[Any], limit: int | None) -> Iterator[Any]:
    """The items up to the limit; ``Overfull`` when there is one more."""
    for at, one in enumerate(found):
        if at == limit:
            raise Overfull("rows")
        yield one


def _terms(ox: Any, job: Mapping[str, Any], out: _Out) -> None:
    result = _query(ox, job)
    if isinstance(result, ox.QueryBoolean):
        out.line({"truth": bool(result)})
        out.line({"complete": True})
        return
    graph = isinstance(result, ox.QueryTriples)
    if (
        not graph and job["limit"] is None and result.variables
    ):  # the engine writes all rows faster than Python can one by one
        out.line({"solutions": True})
        result.serialize(out, ox.QueryResultsFormat.TSV)
        out.write(b"\n")
        out.line({"complete": True})
        return
    out.line({"graph": True} if graph else {"columns": [variable.value for variable in result.variables]})
    complete = True
    try:
        for one in _first(result, job["limit"]):
            row = (one.subject, one.predicate, one.object) if graph else one
            out.line([encode(ox, term) for term in row])
    except Overfull as full:
        if str(full) != "rows":
            raise
        complete = False
    out.line({"complete": complete})


def _file(ox: Any, job: Mapping[str, Any]) -> None:
    """The answer as a file of the media type that the job has for it, written while it is found."""
    result = _query(ox, job)
    graph = isinstance(result, ox.QueryTriples)
    kind = job["graph"] if graph else job["solutions"]
    if not kind:
        raise Overfull("type")
    out = _File(kind, job["most"])
    if graph:
        triples = _first(result, job["limit"])
        ox.serialize(triples, out, ox.RdfFormat.from_media_type(kind), prefixes=job["prefixes"])
    elif isinstance(result, ox.QueryBoolean):
        result.serialize(out, ox.QueryResultsFormat.from_media_type(kind))
    else:
        names = [variable.value for variable in result.variables]
        for text in _FORMS[kind](ox, names, _first(result, job["limit"])):
            out.write(text.encode("utf-8", "replace"))
    out.flush()
    sys.stdout.buffer.write(b'{"complete": true}\n')


# The engine writes a whole answer or none, and tells nobody how many rows it has written; so they are written here.


def _as_json(ox: Any, names: list[str], rows: Iterator[Any]) -> Iterator[str]:
    """SPARQL 1.1 Query Results JSON."""
    yield f'{{"head":{json.dumps({"vars": names})[:-1]}}},"results":{{"bindings":['
    for at, row in enumerate(rows):
        found = {name: _json(ox, term) for name, term in zip(names, row, strict=True) if term is not None}
        yield ("," if at else "") + json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    yield "]}}"


def _as_xml(ox: Any, names: list[str], rows: Iterator[Any]) -> Iterator[str]:
    """SPARQL Query Results XML."""
    head = "".join(f'<variable name="{name}"/>' for name in names)
    yield '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    yield f"<head>{head}</head><results>"
    for row in rows:
        found = ((name, term) for name, term in zip(names, row, strict=True) if term is not None)
        inside = "".join(f'<binding name="{name}">{_xml(ox, term)}</binding>' for name, term in found)
        yield f"<result>{inside}</result>"
    yield "</results></sparql>"


def _as_csv(ox: Any, names: list[str], rows: Iterator[Any]) -> Iterator[str]:
    """SPARQL 1.1 Query Results CSV."""
    yield ",".join(names) + "\r\n"
    for row in rows:
        yield ",".join("" if term is None else _quoted(_plain(ox, term)) for term in row) + "\r\n"


def _as_tsv(ox: Any, names: list[str], rows: Iterator[Any]) -> Iterator[str]:
    """SPARQL 1.1 Query Results TSV: terms as Turtle writes them."""
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


_FORMS: dict[str, Callable[[Any, list[str], Iterator[Any]], Iterator[str]]] = {
    "application/sparql-results+json": _as_json,
    "application/sparql-results+xml": _as_xml,
    "text/csv": _as_csv,
    "text/tab-separated-values": _as_tsv,
}


def _plain(ox: Any, term: Any) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _quoted(text: str) -> str:
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
# What XML 1.0 cannot hold becomes U+FFFD.
_IN_XML = str.maketrans(
    _ESCAPED | {chr(code): "\ufffd" for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)}
)


def _xml(ox: Any, term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{term.value.translate(_IN_XML)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{term.value}</bnode>"
    if isinstance(term, ox.Literal):
        told = f' xml:lang="{term.language}"' if term.language else ""
        if not told and term.datatype.value != _STRING:
            told = f' datatype="{term.datatype.value.translate(_IN_XML)}"'
        return f"<literal{told}>{term.value.translate(_IN_XML)}</literal>"
    parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
    return "<triple>" + "".join(f"<{name}>{_xml(ox, part)}</{name}>" for name, part in parts) + "</triple>"


def _json(ox: Any, term: Any) -> dict[str, Any]:
    """A term in the SPARQL 1.1 results format."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, ox.Literal):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(ox, part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _answer(folder: str, job: Mapping[str, Any]) -> None:
    ox = engine(folder)
    problem: dict[str, str] | None = None
    try:
        if job.get("file"):
            _file(ox, job)
        else:
            _terms(ox, job, _Out(job["most"]))
    except Overfull as error:
        problem = {"problem": str(error)}
    except MemoryError:
        problem = {"problem": "memory"}
    # A panic of the engine is no Exception; all of it is for the parent to word.
    except BaseException as error:  # noqa: BLE001
        problem = {"problem": type(error).__name__, "text": str(error)}
    if problem is not None:
        if not job.get("file"):
            sys.stdout.buffer.write(b"\n")  # it may have been in the middle of a line
        sys.stdout.buffer.write(json.dumps(problem).encode() + b"\n")
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing to tidy up, and the engine's threads take their time


def _main() -> None:
    if sys.argv[1] == "--run":
        seal(int(sys.argv[3]), float(sys.argv[2]), programs=True)
        os.execv(sys.argv[4], sys.argv[4:])
    import threading

    job = json.loads(sys.stdin.buffer.readline())
    seal(job["parent"], job["seconds"])  # here, in the only thread there is: the others inherit it
    threading.stack_size(_STACK)  # engines work recursively
    worker = threading.Thread(target=_answer, args=(sys.argv[1], job))
    worker.start()
    worker.join()


if __name__ == "__main__":
    _main()
