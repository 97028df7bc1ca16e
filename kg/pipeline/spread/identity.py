"""Who may be one actor, by parts: profiles, the lines of their keys, the judgements on pairs, and what people say of bodies."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from kg import rdf
from kg.identity import people, rules
from kg.identity.blocking import keys, pairs, place_in_line
from kg.identity.decision import Decision
from kg.identity.profiles import Pair
from kg.identity.unlike import called
from kg.model import EntityType, Identity
from kg.pipeline.spread import components
from kg.pipeline.spread.tasks import Task
from kg.store.upkeep.index import decoded, hashed, mark


def profiles(task: Task) -> None:
    """References by their profile → the profile under its keys, and that each of its references is the same as the one before it."""
    known = dict(task.of("read", "profile"))
    of: dict[str, list[tuple[str, str, list[str], str | None, int]]] = defaultdict(list)
    for pid, *reference in task.of("read", "reference"):
        of[pid].append(tuple(reference))
    for pid, found in sorted(of.items()):
        line = sorted(found, key=lambda r: (hashed(r[:2]), r[:2]))
        for before, after in pairwise(line):
            task.write(rdf.judgement_quads(rules.alike(before[:2], after[:2])))
        profile, stand = decoded(known[pid]), line[0]
        place = place_in_line(profile, pid)
        for broad, text in sorted(keys(profile)):
            key = f"{'~' if broad else '='}{text}"
            task.to("line", key, [key, place, pid, known[pid], stand[:2]])
        articles = len({article for article, *_ in line})
        for a, b in sorted(sorted(pair) for pair in called(profile)):
            task.to("called", a, [a, b, articles])
        names = sorted({name for _, _, names, _, _ in line for name in names})
        task.mine(
            "node", [pid, known[pid], stand[:2], names, stand[3], [[a, key, piece] for a, key, _, _, piece in line]]
        )


def lines(task: Task) -> None:
    """The profiles that share a key, in order → the pairs to judge, and for who judges them the profiles that it does not have."""
    of: dict[str, list[list[object]]] = defaultdict(list)
    for key, *one in task.of("profiles", "line"):
        of[key].append(one)
    asked: set[tuple[str, str]] = set()
    sent: set[tuple[int, str]] = set()
    for key, found in sorted(of.items()):
        line = sorted(found, key=lambda one: str(one[0]))
        for i, j in pairs(key.startswith("~"), len(line)):
            (_, a, *_), (_, b, *other) = sorted((line[i], line[j]), key=lambda one: str(one[1]))
            pair, there = (str(a), str(b)), (task.has(str(a)), str(b))
            if pair in asked:
                continue
            asked.add(pair)
            task.to("pair", str(a), pair)
            if there not in sent:
                sent.add(there)
                task.to("other", str(a), [b, *other])


def judge(task: Task) -> None:
    """Pairs of profiles → what the rules say of them; on bodies that may be one, people are asked first."""
    known: dict[str, tuple[str, Pair]] = {}
    for pid, data, stand, *_ in task.of("profiles", "node"):
        known[pid] = data, tuple(stand)
    for pid, data, stand in task.of("lines", "other"):
        known[pid] = data, tuple(stand)
    for a, b in sorted({(a, b) for a, b in task.of("lines", "pair")}):
        left, right = decoded(known[a][0]), decoded(known[b][0])
        found = rules.decide(left, right)
        if found is None:
            continue
        if found.verdict is Identity.UNSURE and left.family is EntityType.ORGANISATION:
            both = " ".join(sorted((mark(left.body), mark(right.body))))
            task.to("unsure", both, [both, a, b, known[a][0], known[a][1], known[b][1], found.reason, found.confidence])
            continue
        _tell(task, (a, known[a][1]), (b, known[b][1]), known[a][0], found)
        if found.same and left.family is EntityType.PERSON:
            for x, y in people.supported(left, right):
                both = " ".join(sorted((mark(x), mark(y))))
                task.to("supported", both, both)


def support(task: Task) -> None:
    """Bodies that may be one: they are where one person holds the same office in both."""
    supported = set(task.of("judgements", "supported"))
    for both, a, b, data, left, right, reason, confidence in sorted(task.of("judgements", "unsure")):
        found = Decision(Identity.UNSURE, reason, confidence)
        _tell(task, (a, tuple(left)), (b, tuple(right)), data, rules.together(found) if both in supported else found)


def _tell(task: Task, a: tuple[str, Pair], b: tuple[str, Pair], data: str, found: Decision) -> None:
    """Write a judgement on the references that stand for two profiles, and leave it for who groups them."""
    task.write(rdf.judgement_quads(rules.between(a[1], b[1], decoded(data), found)))
    if found.verdict is not Identity.UNSURE:
        task.to("tie", a[0], [a[0], b[0], found.verdict.value, found.reason, found.confidence])
    if found.same:
        components.tie(task, a[0], b[0])


def gather(task: Task) -> None:
    """The profiles and ties of what hangs together → one place for each of these."""
    label: dict[str, str] = dict(task.of(task.given["labels"], "label"))
    for pid, data, _, names, whole, _ in task.of("profiles", "node"):
        component = label.get(pid, pid)
        task.to("member", component, [component, pid, data, names, whole])
        for name in names:
            task.to("name", name, [name, component])
    for stage in ("judgements", "bodies"):
        for a, *rest in task.of(stage, "tie"):
            component = label.get(a, a)
            task.to("tie", component, [component, a, *rest])


# ── what articles say of two unlike names ──


def asked(task: Task) -> None:
    """Pairs of unlike names that articles give to one actor → a question to the pieces in which the first of them stands."""
    one: dict[tuple[str, str], int] = defaultdict(int)
    for a, b, articles in task.of("profiles", "called"):
        one[a, b] += articles
    first = {a for a, _ in one}
    pieces: dict[str, set[int]] = defaultdict(set)
    for name, piece in task.of("read", "spelled"):
        if name in first:
            pieces[name].add(piece)
    for (a, b), articles in sorted(one.items()):
        task.mine("one", [a, b, articles])
        for piece in sorted(pieces[a]):
            task.at("asked", piece, [a, b])


def counted(task: Task) -> None:
    """How many articles of a piece have one actor called by the first of two names and another by the second."""
    asked: dict[str, list[str]] = defaultdict(list)
    for a, b in task.of("asked", "asked"):
        asked[a].append(b)
    two: dict[tuple[str, str], int] = defaultdict(int)
    for article in task.of("read", "names"):
        names = [set(one) for one in article]
        all_names = set().union(*names)
        for a in sorted(all_names & asked.keys()):
            for b in asked[a]:
                if b in all_names:
                    two[a, b] += any(a in n and b not in n for n in names) and any(b in n and a not in n for n in names)
    for (a, b), articles in sorted(two.items()):
        if articles:
            task.to("two", a, [a, b, articles])


def calling(task: Task) -> None:
    """What articles say of two names → to all that has the first of them."""
    two: dict[tuple[str, str], int] = defaultdict(int)
    for a, b, articles in task.of("counted", "two"):
        two[a, b] += articles
    one = {(a, b): articles for a, b, articles in task.of("asked", "one")}
    first = {a for a, _ in one}
    having: dict[str, set[str]] = defaultdict(set)
    for name, component in task.of("gather", "name"):
        if name in first:
            having[name].add(component)
    for (a, b), articles in sorted(one.items()):
        for component in sorted(having[a]):
            task.to("calling", component, [component, a, b, articles, two[a, b]])
