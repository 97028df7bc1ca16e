"""Articles that come and go, judgements of persons → what changes in identity: entities, references, judgements.

Who is who depends on the set of articles and of persons' judgements alone; what was there before saves work, and gives
entities the ids that they had (:mod:`kg.store.upkeep.names`).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from kg.identity import people, rules
from kg.identity.blocking import BROAD_LIMIT, WINDOW, Key, keys, place_in_line
from kg.identity.decision import Decision
from kg.identity.grouping import group
from kg.identity.naming import shared_names
from kg.identity.profiles import Pair, Profile, profiles
from kg.identity.unlike import Calling, NamePair, called
from kg.model import ALIKE, ALIKE_RULE, EntityType, Identity, Judgement, OfficeHeld, Reference
from kg.store.upkeep.index import Index, concerning, encoded, hashed, mark
from kg.store.upkeep.names import Told
from kg.store.upkeep.naming import Changes, Naming


class Change:
    """One change of the index; make one, tell it what came and went, and :meth:`finish` it."""

    def __init__(
        self,
        index: Index,
        decided: Sequence[Judgement] = (),
        before: Sequence[Judgement] = (),
        told: Told | None = None,
    ) -> None:
        """``decided`` are the judgements of persons that hold, ``before`` those that held at the last change. ``told`` is what the
        graph tells of ids, where the index held nothing.
        """
        self._index, self._graph_told = index, told
        self._decided = sorted(decided, key=lambda j: (j.left, j.right, j.by, j.at or ""))
        self._about = concerning(self._decided)
        self._judged = {pid for pair in self._about if (pid := index.profile_of(pair)) is not None}
        self._cache: dict[str, Profile] = {}
        self._keys: dict[str, frozenset[Key]] = {}
        self._touched: set[Pair] = set()  # nodes whose group may have changed
        self._ties: set[tuple[str, str]] = set()  # ties to tell anew
        self._refs: set[Pair] = set()  # references to tell anew
        self._new: set[Pair] = set()
        self._gone: set[Pair] = set()
        self._was: dict[Pair, str] = {}  # the entity of a reference that went, which may come back as another
        self._named: dict[str, set[str]] = {}  # by article that came or went: the names in it
        new, old = set(self._decided), set(before)
        for judgement in new ^ old:
            for pair in (judgement.left, judgement.right):
                self._touch_reference(pair)
            a, b = (index.profile_of(p) for p in (judgement.left, judgement.right))
            if a and b and a != b:
                self._ties.add((min(a, b), max(a, b)))

    # ── what came and went ──

    def add(self, references: Sequence[Reference], offices: Sequence[OfficeHeld]) -> None:
        """References and offices of new articles, whole articles at a time."""
        by_pair = {(r.article, r.key): r for r in references}
        for pair, profile in sorted(profiles(references, offices).items()):
            self._add(pair, by_pair[pair], profile)

    def _add(self, pair: Pair, reference: Reference, profile: Profile) -> None:
        db, pid = self._index.db, profile.id
        names = sorted(shared_names(reference, profile))
        known = db.execute("SELECT article, key FROM profile WHERE id=?", (pid,)).fetchone()
        db.execute(
            "INSERT INTO ref VALUES(?, ?, ?, ?, ?, ?)",
            (*pair, hashed(pair), pid, reference.part_of, json.dumps(names, ensure_ascii=False)),
        )
        for name in names:
            changed = db.execute("UPDATE name SET n=n+1 WHERE profile=? AND name=?", (pid, name)).rowcount
            if not changed:
                db.execute("INSERT INTO name VALUES(?, ?, 1)", (pid, name))
                self._touched.add(("", pid))
        if pair in self._about:
            self._judged.add(pid)
        self._new.add(pair)
        self._named.setdefault(pair[0], set()).update(names)
        self._touch_reference(pair)
        self._touch_next(pid, pair)
        if known is None:
            self._index.call(pid, profile)
            self._index.house(pid, profile)
            db.execute("INSERT INTO profile VALUES(?, ?, ?, ?)", (pid, encoded(profile), *pair))
            self._cache[pid] = profile
            self._touched.add(("", pid))
            self._enter(pid)
        elif (hashed(pair), pair) < (hashed(known), known):
            self._restand(pid, pair)

    def remove(self, article: str) -> None:
        """All that one article brought."""
        db = self._index.db
        for pair in self._index.references_of(article):
            pid = self._index.profile_of(pair)
            assert pid is not None
            (names,) = db.execute("SELECT names FROM ref WHERE article=? AND key=?", pair).fetchone()
            entity = self._index.entity_of(pair)
            self._was.update({pair: entity} if entity is not None else {})
            self._touch_reference(pair)
            self._touch_next(pid, pair)
            self._gone.add(pair)
            self._named.setdefault(article, set()).update(json.loads(names))
            db.execute("DELETE FROM ref WHERE article=? AND key=?", pair)
            for name in json.loads(names):
                db.execute("UPDATE name SET n=n-1 WHERE profile=? AND name=?", (pid, name))
                if db.execute("DELETE FROM name WHERE profile=? AND name=? AND n<1", (pid, name)).rowcount:
                    self._touched.add(("", pid))
            if self._index.stand(pid) != pair:
                continue
            row = db.execute(
                "SELECT article, key FROM ref WHERE profile=? ORDER BY hash, article, key LIMIT 1", (pid,)
            ).fetchone()
            if row is not None:
                self._restand(pid, row)
            else:
                self._leave(pid)

    def _touch_reference(self, pair: Pair) -> None:
        """A reference has come, gone, or been judged by a person: what it was and is joined to may change."""
        self._refs.add(pair)
        own = self._index.profile_of(pair)
        if own in self._judged:
            self._touched.add(("", str(own)))  # it may be the first, or the last, that nobody has judged
        if pair not in self._about and self._index.grp(pair) is None:
            return
        judged = self._about.get(pair, ())
        for p in {pair, *(j.left for j in judged), *(j.right for j in judged)}:
            pid = self._index.profile_of(p)
            self._touched.add(p)
            self._refs.add(p)
            if pid is not None:
                self._touched.add(("", pid))
                self._touch_next(pid, p)
        self._ties.update(t for j in judged if (t := self._between(j)) is not None)

    def _touch_next(self, pid: str, pair: Pair) -> None:
        """Those that are told to be like the one before them may be so of another: as far as the first unjudged one."""
        after = self._index.after(pid, pair)
        while after is not None:
            self._refs.add(after)
            after = self._index.after(pid, after) if after in self._about else None

    def _restand(self, pid: str, pair: Pair) -> None:
        """Another reference stands for a profile from now on."""
        self._index.db.execute("UPDATE profile SET article=?, key=? WHERE id=?", (*pair, pid))
        self._ties.update((a, b) for a, b, *_ in self._index.ties(pid))
        self._touched.add(("", pid))

    # ── which profiles are judged together ──

    def _enter(self, pid: str) -> None:
        """Put a new profile under its keys and judge the pairs that this makes and unmakes."""
        place = self._place(pid)
        made: set[str] = set()
        unmade: set[tuple[str, str]] = set()
        for key in self._keys_of(pid):
            if key[0]:
                others = self._index.sharing(key, BROAD_LIMIT + 1)
                if len(others) < BROAD_LIMIT:
                    made.update(others)
                elif len(others) == BROAD_LIMIT:  # one more, and the key says too little
                    unmade.update(combinations(others, 2))
            else:
                before, behind = self._index.beside(key, place)
                made.update(before, behind)
                unmade.update(_across(before, behind))
            self._index.put(key, place)
        for other in sorted(made):  # a new profile has no ties yet
            self._tie(*sorted((pid, _pid(other))))
        for a, b in sorted(unmade):
            self._part(*sorted((_pid(a), _pid(b))))

    def _leave(self, pid: str) -> None:
        """Take a profile that no reference has any more from under its keys."""
        place = self._place(pid)
        made: set[tuple[str, str]] = set()
        for key in self._keys_of(pid):
            self._index.take(key, place)
            if key[0]:
                others = self._index.sharing(key, BROAD_LIMIT + 1)
                if len(others) == BROAD_LIMIT:  # few enough again
                    made.update(combinations(others, 2))
            else:
                made.update(_across(*self._index.beside(key, place)))
        for a, b, verdict, *_ in list(self._index.ties(pid)):
            self._untie(a, b, verdict)
        for left, right in sorted(made):
            a, b = sorted((_pid(left), _pid(right)))
            if self._verdict(a, b) is None:
                self._tie(a, b)
        self._index.uncall(pid, self._profile(pid))
        self._index.unhouse(pid, self._profile(pid))
        self._index.db.execute("DELETE FROM profile WHERE id=?", (pid,))
        self._touched.add(("", pid))

    def _part(self, a: str, b: str) -> None:
        """Take the judgement on two profiles away where no key makes them a pair any more."""
        verdict = self._verdict(a, b)
        if verdict is None:
            return
        left, right = self._place(a), self._place(b)
        if not any(self._index.makes_pair(key, left, right) for key in self._keys_of(a) & self._keys_of(b)):
            self._untie(a, b, verdict)

    def _verdict(self, a: str, b: str) -> Identity | None:
        row = self._index.db.execute("SELECT verdict FROM tie WHERE a=? AND b=?", (a, b)).fetchone()
        return Identity(row[0]) if row else None

    def _untie(self, a: str, b: str, verdict: Identity) -> None:
        self._index.db.execute("DELETE FROM tie WHERE a=? AND b=?", (a, b))
        self._ties_changed(a, b, verdict)
        self._rejudge(self._index.unsupport(a, b))

    def _tie(self, a: str, b: str) -> None:
        """Judge two profiles that have no tie, the smaller id first."""
        found = self._decide(a, b)
        if found is not None:
            self._index.db.execute(
                "INSERT INTO tie VALUES(?, ?, ?, ?, ?)", (a, b, found.verdict.value, found.reason, found.confidence)
            )
            self._ties_changed(a, b, found.verdict)
            if found.same and self._profile(a).family is EntityType.PERSON:
                self._rejudge(self._index.support(a, b, people.supported(self._profile(a), self._profile(b))))

    def _decide(self, a: str, b: str) -> Decision | None:
        """What the rules say of two profiles. Two bodies that may be one are so where one person holds an office in both."""
        left, right = self._profile(a), self._profile(b)
        found = rules.decide(left, right)
        if found is None or found.verdict is not Identity.UNSURE or left.family is not EntityType.ORGANISATION:
            return found
        return rules.together(found) if self._index.supported(mark(left.body), mark(right.body)) else found

    def _rejudge(self, bodies: Iterable[tuple[str, str]]) -> None:
        """Judge pairs of bodies again about which people say something else than before."""
        pairs = {
            (min(x, y), max(x, y))
            for one, two in bodies
            for x in self._index.housed(one)
            for y in self._index.housed(two)
        }
        for a, b in sorted(pairs):
            verdict = self._verdict(a, b)
            found = self._decide(a, b) if verdict is not None else None
            if found is not None and found.verdict is not verdict:
                self._index.db.execute(
                    "UPDATE tie SET verdict=?, reason=?, confidence=? WHERE a=? AND b=?",
                    (found.verdict.value, found.reason, found.confidence, a, b),
                )
                self._ties_changed(a, b, Identity.SAME)

    def _ties_changed(self, a: str, b: str, verdict: Identity) -> None:
        self._ties.add((a, b))
        if verdict is not Identity.UNSURE:
            self._touched.update((("", a), ("", b)))

    def _profile(self, pid: str) -> Profile:
        if pid not in self._cache:
            self._cache[pid] = self._index.profile(pid)
        return self._cache[pid]

    def _keys_of(self, pid: str) -> frozenset[Key]:
        if pid not in self._keys:
            self._keys[pid] = keys(self._profile(pid))
        return self._keys[pid]

    def _place(self, pid: str) -> str:
        return place_in_line(self._profile(pid), pid)

    # ── groups ──

    def finish(self) -> Changes:
        """Form the groups anew that may have changed, name them, and say what is different from before."""
        changes = Changes()
        self._settled = {p for j in self._decided if (p := self._between(j)) is not None}
        self._away = {max(j.left, j.right) for j in self._decided if j.verdict is not Identity.SAME and self._alike(j)}
        for names in self._named.values():  # each says of some names that they are one actor's, or two actors'
            self._touched.update(("", pid) for pid in self._index.calling(names))
        nodes, judgements = self._reach()
        while left := {n for n in self._index.together(nodes | self._touched) if n not in nodes and self._exists(n)}:
            self._touched |= left
            nodes, judgements = self._reach()
        of = {node: self._profile(node[1] if not node[0] else str(self._index.profile_of(node))) for node in nodes}
        calling = self._calling({p for a, p in nodes if not a} | {p.id for (a, _), p in of.items() if a})
        grouping = group(of, judgements, calling, self._defied())
        changes.overruled = [(j, why) for j, why in grouping.overruled if j.person]
        naming = Naming(self._index, of, calling)
        groups = [members for members in grouping.groups if self._meant(members)]
        joined = self._joined(groups, of, judgements, calling)
        stayed = {pair: eid for pair, eid in self._was.items() if pair in self._new}
        told = self._graph_told or (Told(stayed, {}, ()) if stayed else None)
        naming.replace(groups, nodes | self._touched, joined, told)
        new = self._new if told is None else {p for p in self._new if p not in told.meant}
        naming.finish(changes, new=new, gone=self._gone, told=self._graph_told)
        for pair in self._new - self._gone | (self._new & {p for p in self._gone if self._index.profile_of(p)}):
            changes.references[pair] = self._index.entity_of(pair)
        changes.references.update((pair, None) for pair in self._gone if self._index.profile_of(pair) is None)
        self._tell(changes)
        return changes

    def _meant(self, members: Sequence[Pair]) -> bool:
        """Whether any reference means what these nodes are: of a profile, one that nobody has judged by itself."""
        return any(
            node[0] or node[1] not in self._judged or any(p not in self._about for p in self._index.members(node[1]))
            for node in members
        )

    def _joined(
        self,
        groups: Sequence[Sequence[Pair]],
        of: Mapping[Pair, Profile],
        judgements: Sequence[Judgement],
        calling: Calling,
    ) -> set[Pair]:
        """The first node of each group that would be several without persons' judgements."""
        joined = {p for j in self._decided if j.verdict is Identity.SAME for p in (j.left, j.right)}
        out: set[Pair] = set()
        rest = [j for j in judgements if not (j.person and j.verdict is Identity.SAME)]
        for members in groups:
            if joined.isdisjoint(members):
                continue
            inside = set(members)
            parts = group(
                {n: of[n] for n in members}, [j for j in rest if j.left in inside and j.right in inside], calling
            ).groups
            if len(parts) > 1:
                out.add(members[0])
        return out

    def _calling(self, pids: Iterable[str]) -> Calling:
        """What articles say of the pairs of unlike names that these profiles give to one actor."""
        one: Counter[NamePair] = Counter()
        for pid in pids:
            for pair in called(self._profile(pid)):
                one[pair] += self._index.articles_of(pid)
        two = {p: self._index.standing_as_two(min(p), max(p), n) for p, n in one.items()}
        return Calling(one, two)

    def _reach(self) -> tuple[set[Pair], list[Judgement]]:
        """All nodes that "same" ties to a touched one, and the judgements among them."""
        pinned: dict[str, list[Pair]] = defaultdict(list)
        for pair in self._about:
            pid = self._index.profile_of(pair)
            if pid is not None:
                pinned[pid].append(pair)
        queue = [n for n in sorted(self._touched) if self._exists(n)]
        seen = set(queue)
        judgements: dict[tuple[Pair, Pair, str], Judgement] = {}

        def join(judgement: Judgement, node: Pair) -> None:
            judgements[judgement.left, judgement.right, judgement.by] = judgement
            other = judgement.right if judgement.left == node else judgement.left
            if judgement.verdict is Identity.SAME and other not in seen and (not other[0] or self._exists(other)):
                seen.add(other)
                queue.append(other)

        while queue:
            node = queue.pop()
            hub = node[1] if not node[0] else str(self._index.profile_of(node))
            if node[0]:
                for judgement in self._about.get(node, ()):
                    join(judgement, node)
                if node not in self._away:
                    join(Judgement(("", hub), node, Identity.SAME, ALIKE_RULE, "", ALIKE), node)
                continue
            for pair in pinned.get(hub, ()):
                if pair not in self._away:
                    join(Judgement(node, pair, Identity.SAME, ALIKE_RULE, "", ALIKE), node)
            for a, b, verdict, reason, confidence in self._index.ties(hub, unsure=False):
                if (a, b) not in self._settled:
                    join(Judgement(("", a), ("", b), verdict, "rule: names", reason, confidence), node)
        return seen, list(judgements.values())

    def _exists(self, node: Pair) -> bool:
        """Whether a node is there: a profile, or a reference that a person has judged."""
        if node[0]:
            return node in self._about and self._index.profile_of(node) is not None
        return self._index.db.execute("SELECT 1 FROM profile WHERE id=?", (node[1],)).fetchone() is not None

    def _between(self, judgement: Judgement) -> tuple[str, str] | None:
        """The two profiles that a person's judgement settles, in place of the rules."""
        a, b = self._index.profile_of(judgement.left), self._index.profile_of(judgement.right)
        return (min(a, b), max(a, b)) if a and b and a != b else None

    def _defied(self) -> list[tuple[Pair, Pair]]:
        """The profiles that a person says are one and a rule says are two."""
        pairs = (p for j in self._decided if j.verdict is Identity.SAME and (p := self._between(j)) is not None)
        return [(("", a), ("", b)) for a, b in pairs if self._verdict(a, b) is Identity.NOT_SAME]

    def _alike(self, judgement: Judgement) -> bool:
        a = self._index.profile_of(judgement.left)
        return a is not None and a == self._index.profile_of(judgement.right)

    # ── judgements as others see them ──

    def _tell(self, changes: Changes) -> None:
        """Put the judgements of rules on the references that stand for profiles; note what differs from before."""
        for pair in sorted(self._refs | self._gone):
            pid = self._index.profile_of(pair)
            told = None
            if pid and pair not in self._away:
                before = self._index.before(pid, pair)
                while before in self._away:
                    before = self._index.before(pid, before)
                if before is not None:
                    told = rules.alike(before, pair)
            self._note(f"alike {pair[0]}/{pair[1]}", told, changes)
        for a, b in sorted(self._ties):
            row = self._index.db.execute(
                "SELECT verdict, reason, confidence FROM tie WHERE a=? AND b=?", (a, b)
            ).fetchone()
            told = None
            if row is not None:
                left, right = self._index.stand(a), self._index.stand(b)
                decision = Decision(Identity(row[0]), row[1], row[2])
                if (a, b) not in self._settled:
                    told = rules.between(left, right, self._profile(a), decision)
            self._note(f"tie {a} {b}", told, changes)

    def _note(self, slot: str, told: Judgement | None, changes: Changes) -> None:
        before = self._index.told(slot)
        if before != told:
            self._index.tell(slot, told)
            changes.judgements.append((before, told))


def _pid(place: str) -> str:
    """The profile that stands at a place in a line."""
    return place.rpartition("\t")[2]


def _across(before: Sequence[str], behind: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs that a place between these parts: with it between them they are one too far from each other."""
    for i, left in enumerate(before):
        j = WINDOW - 1 - i
        if j < len(behind):
            yield left, behind[j]
