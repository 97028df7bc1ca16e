"""What identity has to remember, so that a new article costs what it holds and not what the store holds.

All of it follows from the stored articles and persons' judgements, and is made anew from them where it is missing. It is
kept in SQLite: keys, profiles, ties between profiles, and which entity each node belongs to. A *node* is a profile, or a
single reference that a person has judged.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from kg.identity.blocking import BROAD_LIMIT, WINDOW, Key
from kg.identity.profiles import Body, Office, Pair, Profile
from kg.identity.unlike import called
from kg.model import EntityType, Identity, Judgement, digest, record
from kg.store.upkeep.encoding import packed, unpacked

VERSION = 15
"""The version of the tables; an index of another version is made anew."""

# Rows of more than a thousand bytes are no keys of a tree (WITHOUT ROWID), which gives each a page of its own.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS article(id TEXT PRIMARY KEY, url TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS article_url ON article(url);
CREATE TABLE IF NOT EXISTS ref(article TEXT, key TEXT, hash TEXT, profile TEXT, whole TEXT, names TEXT, PRIMARY KEY(article, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ref_profile ON ref(profile, hash);
CREATE TABLE IF NOT EXISTS profile(id TEXT PRIMARY KEY, data TEXT, article TEXT, key TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line(key TEXT, place TEXT, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name(profile TEXT, name TEXT, n INTEGER, PRIMARY KEY(profile, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS name_name ON name(name);
CREATE TABLE IF NOT EXISTS called(name TEXT, other TEXT, profile TEXT, PRIMARY KEY(name, other, profile)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS body(body TEXT, profile TEXT, PRIMARY KEY(body, profile)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS support(a TEXT, b TEXT, one TEXT, two TEXT, PRIMARY KEY(a, b, one, two)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS support_one ON support(one, two);
CREATE TABLE IF NOT EXISTS tie(a TEXT, b TEXT, verdict TEXT, reason TEXT, confidence REAL, PRIMARY KEY(a, b)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tie_b ON tie(b);
CREATE TABLE IF NOT EXISTS node(article TEXT, key TEXT, grp INTEGER, PRIMARY KEY(article, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS node_grp ON node(grp);
CREATE TABLE IF NOT EXISTS entity(grp INTEGER PRIMARY KEY, mark TEXT, id TEXT, land TEXT, called TEXT, whole TEXT, core TEXT, data TEXT);
CREATE INDEX IF NOT EXISTS entity_id ON entity(id);
CREATE INDEX IF NOT EXISTS entity_land ON entity(land);
CREATE INDEX IF NOT EXISTS entity_called ON entity(called, mark);
CREATE INDEX IF NOT EXISTS entity_whole ON entity(whole);
CREATE TABLE IF NOT EXISTS replaced(id TEXT PRIMARY KEY, place TEXT, joined INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS replaced_place ON replaced(place);
CREATE TABLE IF NOT EXISTS anchor(id TEXT, article TEXT, key TEXT, profile TEXT, PRIMARY KEY(id, article, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS anchor_reference ON anchor(article, key);
CREATE TABLE IF NOT EXISTS told(slot TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claim(figure TEXT PRIMARY KEY, article TEXT, grp TEXT, speaker TEXT, data BLOB, said TEXT, at TEXT, val TEXT, author INTEGER, ord REAL, alive INTEGER);
CREATE INDEX IF NOT EXISTS claim_article ON claim(article);
CREATE INDEX IF NOT EXISTS claim_said ON claim(grp, said, at);
CREATE INDEX IF NOT EXISTS claim_val ON claim(grp, val, author, at);
CREATE INDEX IF NOT EXISTS claim_speaker ON claim(speaker);
CREATE TABLE IF NOT EXISTS lane(grp TEXT, place TEXT, ord REAL, figure TEXT, PRIMARY KEY(grp, place, ord, figure)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lane_figure ON lane(figure);
CREATE TABLE IF NOT EXISTS compared(later TEXT, iri TEXT, data TEXT, PRIMARY KEY(later, iri)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS doubt(later TEXT, a TEXT, b TEXT, verdict TEXT, reason TEXT, PRIMARY KEY(later, a, b)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS coverage(article TEXT PRIMARY KEY, day TEXT, happening TEXT, data BLOB);
CREATE TABLE IF NOT EXISTS covers(lane TEXT, day TEXT, article TEXT, PRIMARY KEY(lane, day, article)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS covers_article ON covers(article);
CREATE TABLE IF NOT EXISTS tied(later TEXT, earlier TEXT, tie INTEGER, bond INTEGER, PRIMARY KEY(later, earlier)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tied_earlier ON tied(earlier);
CREATE TABLE IF NOT EXISTS affair(article TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS affair_id ON affair(id);
CREATE TABLE IF NOT EXISTS assertion(id INTEGER PRIMARY KEY, statement TEXT UNIQUE, article TEXT, data BLOB);
CREATE INDEX IF NOT EXISTS assertion_article ON assertion(article);
CREATE TABLE IF NOT EXISTS asserted(key INTEGER, period INTEGER, sharp INTEGER, assertion INTEGER, PRIMARY KEY(key, period, sharp, assertion)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS word(key INTEGER, period INTEGER, n INTEGER, denies INTEGER DEFAULT 0, opposite INTEGER DEFAULT 0, innocent INTEGER DEFAULT 0, fact INTEGER DEFAULT 0, PRIMARY KEY(key, period)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS denial(iri TEXT PRIMARY KEY, a TEXT, b TEXT, data TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS denial_a ON denial(a);
CREATE INDEX IF NOT EXISTS denial_b ON denial(b);
"""
_TABLES = (
    "meta article ref profile line name called body support tie node entity replaced anchor told claim lane compared doubt assertion "
    "coverage covers tied affair asserted word denial"
).split()


_TIES = " UNION ALL ".join(f"SELECT a, b, verdict, reason, confidence FROM tie WHERE {side}=?" for side in "ab")
_FIRM_TIES = _TIES.replace("=?", f"=? AND verdict!='{Identity.UNSURE.value}'")


class Index:
    """The tables, and the small questions that are asked of them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        if db.isolation_level is not None:  # setting it ends a transaction, even where it is so already
            db.isolation_level = None
        self._make()

    def _make(self) -> None:
        # Statement by statement: executescript would end the transaction that this is a part of.
        for statement in _SCHEMA.split(";"):
            self.db.execute(statement)

    @property
    def usable(self) -> bool:
        """Whether the tables are of this version."""
        row = self.db.execute("SELECT value FROM meta WHERE key='version'").fetchone()
        return row is not None and row[0] == str(VERSION)

    def clear(self) -> None:
        """Empty tables of this version."""
        for table in _TABLES:
            self.db.execute(f"DROP TABLE IF EXISTS {table}")
        self._make()
        self.db.execute("INSERT INTO meta VALUES('version', ?)", (str(VERSION),))

    # ── references and profiles ──

    def profile_of(self, pair: Pair) -> str | None:
        row = self.db.execute("SELECT profile FROM ref WHERE article=? AND key=?", pair).fetchone()
        return row[0] if row else None

    def profile(self, pid: str) -> Profile:
        row = self.db.execute("SELECT data FROM profile WHERE id=?", (pid,)).fetchone()
        return decoded(row[0])

    def stand(self, pid: str) -> Pair:
        """The reference that stands for a profile."""
        article, key = self.db.execute("SELECT article, key FROM profile WHERE id=?", (pid,)).fetchone()
        return article, key

    def members(self, pid: str) -> list[Pair]:
        return list(self.db.execute("SELECT article, key FROM ref WHERE profile=?", (pid,)))

    def before(self, pid: str, pair: Pair) -> Pair | None:
        """The reference before one among those of a profile, in the order of their hashes, of which the first stands for it."""
        found: Pair | None = self.db.execute(
            "SELECT article, key FROM ref WHERE profile=? AND (hash, article, key) < (?, ?, ?) "
            "ORDER BY hash DESC, article DESC, key DESC LIMIT 1",
            (pid, hashed(pair), *pair),
        ).fetchone()
        return found

    def after(self, pid: str, pair: Pair) -> Pair | None:
        """The reference after one; see :meth:`before`."""
        found: Pair | None = self.db.execute(
            "SELECT article, key FROM ref WHERE profile=? AND (hash, article, key) > (?, ?, ?) "
            "ORDER BY hash, article, key LIMIT 1",
            (pid, hashed(pair), *pair),
        ).fetchone()
        return found

    def references_of(self, article: str) -> list[Pair]:
        return list(self.db.execute("SELECT article, key FROM ref WHERE article=?", (article,)))

    def names(self, pid: str) -> list[str]:
        return [n for (n,) in self.db.execute("SELECT name FROM name WHERE profile=?", (pid,))]

    def sharing(self, key: Key, n: int) -> list[str]:
        """The first ``n`` places in the line of a key."""
        rows = self.db.execute("SELECT place FROM line WHERE key=? ORDER BY place LIMIT ?", (_key(key), n))
        return [p for (p,) in rows]

    def beside(self, key: Key, place: str) -> tuple[list[str], list[str]]:
        """The places before and behind one in the line of a close key that are judged with it, the nearest first."""
        given = (_key(key), place, WINDOW)
        before = self.db.execute("SELECT place FROM line WHERE key=? AND place<? ORDER BY place DESC LIMIT ?", given)
        behind = self.db.execute("SELECT place FROM line WHERE key=? AND place>? ORDER BY place LIMIT ?", given)
        return [p for (p,) in before.fetchall()], [p for (p,) in behind.fetchall()]

    def put(self, key: Key, place: str) -> None:
        self.db.execute("INSERT OR IGNORE INTO line VALUES(?, ?)", (_key(key), place))

    def take(self, key: Key, place: str) -> None:
        self.db.execute("DELETE FROM line WHERE key=? AND place=?", (_key(key), place))

    def makes_pair(self, key: Key, a: str, b: str) -> bool:
        """Whether a key that both places are in the line of makes them a pair to judge."""
        broad, _ = key
        if broad:
            return len(self.sharing(key, BROAD_LIMIT + 1)) <= BROAD_LIMIT
        row = self.db.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM line WHERE key=? AND place>? AND place<? LIMIT ?)",
            (_key(key), min(a, b), max(a, b), WINDOW),
        ).fetchone()
        return bool(row[0] < WINDOW)

    # ── unlike names of one actor ──

    def call(self, pid: str, profile: Profile) -> None:
        """Note the pairs of unlike names that a profile gives to one actor."""
        for a, b in map(sorted, called(profile)):
            self.db.executemany("INSERT OR IGNORE INTO called VALUES(?, ?, ?)", [(a, b, pid), (b, a, pid)])

    def uncall(self, pid: str, profile: Profile) -> None:
        """Forget the pairs of a profile that no reference has any more."""
        for a, b in map(sorted, called(profile)):
            self.db.executemany("DELETE FROM called WHERE name=? AND other=? AND profile=?", [(a, b, pid), (b, a, pid)])

    def calling(self, names: Collection[str]) -> set[str]:
        """The profiles that give one actor two unlike names of ``names``, those of one article."""
        found: set[str] = set()
        for name in names:
            rows = self.db.execute("SELECT other, profile FROM called WHERE name=?", (name,))
            found.update(pid for other, pid in rows if other in names)
        return found

    def articles_of(self, pid: str) -> int:
        """How many articles a profile is from."""
        row = self.db.execute("SELECT COUNT(DISTINCT article) FROM ref WHERE profile=?", (pid,)).fetchone()
        return int(row[0])

    def standing_as_two(self, a: str, b: str, most: int) -> int:
        """How many articles have one actor called ``a`` and another called ``b``; counted as far as ``most``."""
        rarer = min((a, b), key=lambda n: (self._times(n), n))
        rows = self.db.execute(
            "SELECT DISTINCT r.article FROM name n JOIN ref r ON r.profile=n.profile WHERE n.name=?", (rarer,)
        )
        found = 0
        for (article,) in rows:
            names = [json.loads(n) for (n,) in self.db.execute("SELECT names FROM ref WHERE article=?", (article,))]
            found += any(a in n and b not in n for n in names) and any(b in n and a not in n for n in names)
            if found >= most:
                break
        return found

    def _times(self, name: str) -> int:
        row = self.db.execute("SELECT SUM(n) FROM name WHERE name=?", (name,)).fetchone()
        return int(row[0] or 0)

    # ── nodes and entities ──

    def grp(self, node: Pair) -> int | None:
        """The group of a node."""
        row = self.db.execute("SELECT grp FROM node WHERE article=? AND key=?", node).fetchone()
        return row[0] if row else None

    def together(self, nodes: Iterable[Pair]) -> set[Pair]:
        """All nodes that are in one group with any of ``nodes``."""
        groups = {g for n in nodes if (g := self.grp(n)) is not None}
        return {(a, k) for g in groups for a, k in self.db.execute("SELECT article, key FROM node WHERE grp=?", (g,))}

    def entity_of(self, pair: Pair) -> str | None:
        """The id of the entity that a reference means: by itself where a person has judged it, else by its profile."""
        grp = self.grp(pair)
        if grp is None:
            pid = self.profile_of(pair)
            grp = self.grp(("", pid)) if pid else None
        row = self.db.execute("SELECT id FROM entity WHERE grp=?", (grp,)).fetchone() if grp is not None else None
        return row[0] if row else None

    # ── ties ──

    def ties(self, pid: str, *, unsure: bool = True) -> list[tuple[str, str, Identity, str, float]]:
        """The ties of a profile: the two ids, smaller first, verdict, reason and confidence; without the unsure ones on demand."""
        rows = self.db.execute(_TIES if unsure else _FIRM_TIES, (pid, pid))
        return [(a, b, Identity(verdict), reason, confidence) for a, b, verdict, reason, confidence in rows]

    # ── bodies that one person holds the same office in ──

    def house(self, pid: str, profile: Profile) -> None:
        """Note a body by what an office says of it."""
        if profile.family is EntityType.ORGANISATION:
            self.db.execute("INSERT OR IGNORE INTO body VALUES(?, ?)", (mark(profile.body), pid))

    def unhouse(self, pid: str, profile: Profile) -> None:
        self.db.execute("DELETE FROM body WHERE body=? AND profile=?", (mark(profile.body), pid))

    def support(self, one: str, two: str, pairs: Iterable[tuple[Body, Body]]) -> list[tuple[str, str]]:
        """Note that two people who are one hold the same office in these bodies; the pairs that nobody supported before."""
        found = sorted({(min(p), max(p)) for x, y in pairs if (p := (mark(x), mark(y)))})
        fresh = [pair for pair in found if not self.supported(*pair)]
        self.db.executemany("INSERT OR IGNORE INTO support VALUES(?, ?, ?, ?)", [(*p, one, two) for p in found])
        return fresh

    def unsupport(self, one: str, two: str) -> list[tuple[str, str]]:
        """Forget what two people support; the pairs that nobody supports any more."""
        rows = self.db.execute("SELECT a, b FROM support WHERE one=? AND two=? ORDER BY a, b", (one, two)).fetchall()
        self.db.execute("DELETE FROM support WHERE one=? AND two=?", (one, two))
        return [(a, b) for a, b in rows if not self.supported(a, b)]

    def supported(self, a: str, b: str) -> bool:
        """Whether anybody holds the same office in both bodies."""
        pair = (min(a, b), max(a, b))
        return self.db.execute("SELECT 1 FROM support WHERE a=? AND b=? LIMIT 1", pair).fetchone() is not None

    def housed(self, body: str) -> list[str]:
        """The profiles of a body."""
        return [pid for (pid,) in self.db.execute("SELECT profile FROM body WHERE body=? ORDER BY profile", (body,))]

    # ── judgements as they were told ──

    def told(self, slot: str) -> Judgement | None:
        row = self.db.execute("SELECT data FROM told WHERE slot=?", (slot,)).fetchone()
        return judgement_of(unpacked(row[0], of=Judgement)) if row else None

    def tell(self, slot: str, judgement: Judgement | None) -> None:
        if judgement is None:
            self.db.execute("DELETE FROM told WHERE slot=?", (slot,))
        else:
            self.db.execute("INSERT OR REPLACE INTO told VALUES(?, ?)", (slot, packed(record(judgement), of=Judgement)))


def _key(key: Key) -> str:
    return f"{'~' if key[0] else '='}{key[1]}"


def mark(body: Body) -> str:
    """What a body is known by in the index."""
    return digest(*body.names, body.country, body.home, body.type)


def hashed(pair: Pair) -> str:
    return digest(*pair)


def encoded(profile: Profile) -> str:
    return json.dumps(asdict(profile), ensure_ascii=False)


@lru_cache(maxsize=65536)
def decoded(text: str) -> Profile:
    data: dict[str, Any] = json.loads(text)
    return Profile(
        EntityType(data["type"]),
        tuple(data["names"]),
        data["country"],
        data["home"],
        tuple(Office(o["title"], _body(o["body"]), o["former"]) for o in data["offices"]),
        _body(data["whole"]),
        data["described"],
        data["own"],
        data.get("listed", ""),
    )


def _body(data: dict[str, Any] | None) -> Body | None:
    if data is None:
        return None
    return Body(tuple(data["names"]), data["country"], data["home"], EntityType(data["type"]))


def judgement_of(data: dict[str, Any]) -> Judgement:
    return Judgement(
        (data["left"][0], data["left"][1]),
        (data["right"][0], data["right"][1]),
        Identity(data["verdict"]),
        data["by"],
        data["reason"],
        data["confidence"],
        data["at"],
    )


def concerning(decided: Iterable[Judgement]) -> dict[Pair, list[Judgement]]:
    """Persons' judgements by the references that they are about."""
    out: dict[Pair, list[Judgement]] = {}
    for judgement in decided:
        out.setdefault(judgement.left, []).append(judgement)
        out.setdefault(judgement.right, []).append(judgement)
    return out
