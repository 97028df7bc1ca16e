"""Affairs by parts: the lanes of names, the ties of two articles, those that hold, and what hangs together by them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from kg import rdf
from kg.compare import affairs
from kg.compare.affairs import STEPS, Tie
from kg.model import Coverage, digest, record
from kg.pipeline.spread import components
from kg.pipeline.spread.tasks import Task
from kg.store.upkeep.encoding import restored

_FEW: Final = STEPS[0]  # of a name that fewer others have it says nothing how many they are


def node(article: str) -> str:
    """What an article is called where articles hang together, so that the least is the leader of its affair."""
    return f"{digest(article)} {article}"


def cover(task: Task, covers: Coverage) -> None:
    """Leave what an article covers for who compares it, and the article in its lanes."""
    own = node(covers.article)
    task.to("cover", own, [record(covers), task.piece])
    day, article = affairs.place(covers)
    names = set(covers.names)
    for lane in affairs.lanes(covers):
        task.to("lane", lane, [lane, day, article, lane in names])


def lanes(task: Task) -> None:
    """The articles that share a name, in order → which are held against which, and around which of them many have the name."""
    of: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for lane, *place in task.of("articles", "lane"):
        of[lane].append(tuple(place))
    pairs: set[tuple[str, str]] = set()
    for lane, found in sorted(of.items()):
        line = sorted(found)
        for i, (_, later, _) in enumerate(line):
            pairs.update((later, earlier) for _, earlier, _ in line[max(i - affairs.NEAREST, 0) : i])
        named = [
            Coverage(article, None if day == affairs.LATE else day, names=(lane,)) for day, article, own in line if own
        ]
        if len(named) > _FEW:
            common = affairs.Commonness(named)
            for one in named:
                if (others := common(lane, one)) >= _FEW:
                    own = node(one.article)
                    task.to("common", own, [own, lane, others])
    for later, earlier in sorted(pairs):
        task.to("pair", node(later), [later, earlier])


def ask(task: Task) -> None:
    """Who holds an article against earlier ones → asks for what those cover."""
    for earlier in sorted({earlier for _, earlier in task.of("lanes", "pair")}):
        task.to("ask", node(earlier), [earlier, task.piece])


def _known(task: Task) -> dict[str, tuple[Coverage, dict[str, int]]]:
    """What the articles of this piece cover, and how common their names are."""
    common: dict[str, dict[str, int]] = defaultdict(dict)
    for own, name, others in task.of("lanes", "common"):
        common[own][name] = others
    found = {}
    for told, _ in task.of("articles", "cover"):
        found[told["article"]] = restored(told, Coverage), common.get(node(told["article"]), {})
    return found


def answer(task: Task) -> None:
    """What articles cover → to those who asked."""
    known = _known(task)
    for earlier, piece in sorted(task.of("affairs-ask", "ask")):
        covers, common = known[earlier]
        task.at("cover", piece, [record(covers), common])


def tied(task: Task) -> None:
    """Articles held against earlier ones, as what those cover comes in → ties, told at both ends."""
    known = _known(task)
    later_than: dict[str, list[str]] = defaultdict(list)
    for later, earlier in sorted({(later, earlier) for later, earlier in task.of("lanes", "pair")}):
        later_than[earlier].append(later)
    for told, common in task.of("affairs-answer", "cover"):
        earlier = restored(told, Coverage)
        for later in later_than[earlier.article]:
            covers, own = known[later]
            counts = {earlier.article: common, later: own}
            tie = affairs.tied(earlier, covers, lambda name, one, counts=counts: counts[one.article].get(name, 0))  # type: ignore[misc]
            if tie is not Tie.NONE:
                task.to("tie", node(later), [later, earlier.article, int(tie), True])
                task.to("tie", node(earlier.article), [earlier.article, later, int(tie), False])


def beside(task: Task) -> None:
    """Of the earlier article of a weak tie, all that it is tied to → to the later one."""
    near = _beside(task)
    for article, other, tie, is_later in sorted(task.of("tied", "tie")):
        if Tie(tie) is Tie.WEAK and not is_later:
            task.to("beside", node(other), [other, article, sorted(near[article])])


def _beside(task: Task) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for article, other, _, _ in task.of("tied", "tie"):
        near[article].add(other)
    return near


def bonds(task: Task) -> None:
    """The ties that hold an affair together."""
    own = _beside(task)
    theirs = {(later, earlier): near for later, earlier, near in task.of("beside", "beside")}
    for later, earlier, tie, is_later in sorted(task.of("tied", "tie")):
        if is_later:
            near = {later: own[later], earlier: theirs.get((later, earlier), ())}
            if affairs.holds(later, earlier, Tie(tie), near):
                components.tie(task, node(later), node(earlier))


def members(task: Task) -> None:
    """Each article → to its affair; and its affair → to the article."""
    label: dict[str, str] = dict(task.of(task.given["labels"], "label"))
    for told, piece in task.of("articles", "cover"):
        article = told["article"]
        affair = label.get(node(article), node(article)).partition(" ")[2]
        task.at("affair", piece, [article, affair, told["happenings"], told["home"], told["land"]])
        task.to("member", affair, [affair, article, told["day"], told["happenings"][:1], told["title"]])


def described(task: Task) -> None:
    """Affairs as they are written."""
    of: dict[str, list[Any]] = defaultdict(list)
    for affair, article, day, happenings, title in task.of("members", "member"):
        of[affair].append(Coverage(article, day, title=title, happenings=tuple(happenings)))
    for _, found in sorted(of.items()):
        if len(found) > 1:
            task.write(rdf.affair_quads(affairs.described(found)))
