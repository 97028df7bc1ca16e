"""Precision, recall and F1 of identity on the gold pairs, beside other matchers where they are installed.

python -m tests.bench.identity              all pairs, one table
python -m tests.bench.identity --errors     the errors of the development pairs
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from kg.model import EntityType, Identity
from tests.identity_pairs import Actor, Pair, read, score, verdict


def kg(pair: Pair) -> bool:
    return verdict(pair) is Identity.SAME


def token_sort(pair: Pair) -> bool:
    """The plainest matcher: rapidfuzz's token_sort_ratio of the best names, 90 of 100."""
    from rapidfuzz import fuzz, utils

    ratios = (
        fuzz.token_sort_ratio(a, b, processor=utils.default_process) for a in pair.left.names for b in pair.right.names
    )
    return max(ratios) >= 90


def nomenklatura(name: str, threshold: float) -> Callable[[Pair], bool]:
    """A matcher of nomenklatura on FollowTheMoney entities that say the same as the pair."""
    from followthemoney import model
    from nomenklatura.matching import ScoringConfig, get_algorithm

    algorithm = get_algorithm(name)
    config = ScoringConfig.defaults()
    schemata = {EntityType.PERSON: "Person", EntityType.GOVERNMENT: "PublicBody", EntityType.MINISTRY: "PublicBody"}

    def entity(actor: Actor, key: str) -> object:
        schema = schemata.get(actor.type, "Organization")
        made = model.make_entity(schema)
        made.id = key
        made.add("name", actor.names[0])
        made.add("alias", list(actor.names[1:]))
        made.add("country", actor.country)
        for title, body, country in actor.offices:
            made.add("country", country)
            if schema == "Person":
                made.add("position", f"{title}, {body}" if body else title)
        return made

    def same(pair: Pair) -> bool:
        return bool(
            algorithm.compare(entity(pair.left, "left"), entity(pair.right, "right"), config).score >= threshold
        )

    return same


def rigour(pair: Pair) -> bool:
    """rigour's comparison of names alone: all parts of the one align with the other's."""
    from rigour.names import NameTypeTag, analyze_names, compare

    tag = NameTypeTag.PER if pair.left.type is EntityType.PERSON else NameTypeTag.ORG
    left, right = (analyze_names(tag, list(a.names)) for a in (pair.left, pair.right))
    return any(compare(a, b).score >= 0.85 for a in left for b in right) if left and right else False


def matchers() -> Iterator[tuple[str, Callable[[Pair], bool]]]:
    yield "kg", kg
    yield "rapidfuzz token_sort_ratio ≥ 90", token_sort
    try:
        for name in ("logic-v1", "logic-v2", "name-based", "regression-v1"):
            for threshold in (0.7, 0.85):
                yield f"nomenklatura {name} ≥ {threshold}", nomenklatura(name, threshold)
    except ImportError:
        print("(nomenklatura is not installed here)")


def main() -> None:
    pairs = read()
    if "--errors" in sys.argv:
        for pair in pairs:
            found = verdict(pair)
            if not pair.is_test and found is not pair.label:
                print(f"{pair.label.value:9} {found.value:9} {pair.left.names} {pair.right.names}  {pair.why}")
        return
    groups = (("dev", [p for p in pairs if not p.is_test]), ("test", [p for p in pairs if p.is_test]), ("all", pairs))
    print(", ".join(f"{name} {len(members)}" for name, members in groups))
    print(f"{'matcher':36}" + "".join(f"{f'{name} P/R/F1':>24}" for name, _ in groups))
    for name, same in matchers():
        cells = []
        for _, members in groups:
            s = score((p, same(p)) for p in members)
            cells.append(f"{s.precision:.3f} {s.recall:.3f} {s.f1:.3f}")
        print(f"{name:36}" + "".join(f"{cell:>24}" for cell in cells))
    for name, members in groups:
        right = sum(verdict(p) is p.label for p in members)
        print(f"kg, same / not same / unsure on {name}: {right / len(members):.3f}")


if __name__ == "__main__":
    main()
