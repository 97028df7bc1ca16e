"""What follows from the articles of a store, brought up to date after some came, some went, or all is to be made anew."""

from __future__ import annotations

from collections.abc import Iterable

from kg import rdf, reason
from kg.errors import UsageError
from kg.store import Store
from kg.store.upkeep.update import update
from kg.store.upkeep.versions import Versions, has_article, take_away


def integrate(store: Store, *, added: Iterable[str] = (), removed: Iterable[str] = ()) -> list[str]:
    """Bring all that follows from the articles up to date after some came into the store and some went out of it: entities,
    comparisons, and what was concluded where something was. One transaction, or a part of the one that is under way.
    Returns what a reader should know: judgements of persons that others overrule.
    """
    with store.transaction():
        notes = update(store, added=added, removed=removed)
        reason.refresh(store)
    return notes


def remove(articles: Iterable[str], *, store: Store) -> tuple[str, ...]:
    """Take articles out of ``store`` with all their traces: statements, figures, references, what was judged and compared
    with them. They are named by id or IRI. Returns what a reader should know. Raises ``UsageError`` for one that is not there, before anything changes.
    """
    gone = list(dict.fromkeys(rdf.article_id(a, store.base) for a in articles))
    with store.transaction():
        for article in gone:
            if not has_article(store, article):
                raise UsageError(f"There is no article {article} in the store; “kg query articles” lists them.")
        for article in gone:
            take_away(store, article)
            Versions(store).forget(article)
        return tuple(integrate(store, removed=gone))


def repair(*, store: Store) -> tuple[str, ...]:
    """Make anew all that follows from the stored articles and persons' judgements: entities, judgements of rules,
    comparisons, conclusions, and the index. Returns what a reader should know.
    """
    with store.transaction():
        store.forget_index()
        notes = tuple(integrate(store))
        store.pack()
    return notes


__all__ = ["integrate", "remove", "repair"]
