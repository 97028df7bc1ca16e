"""The words of questions: which of them mean the same, which say nothing, and how a word is brought to its plain form.

General English about asking; no name of anybody. What is not here is matched as it is.
"""

from __future__ import annotations

import re
from functools import cache

_SAME = {
    "say": "say says said saying tell tells told telling claim claims claimed claiming state stated assert asserted announce announced",
    "speak": "speak speaks spoke spoken talk talks talked speaking",
    "think": "think thinks thought opinion",
    "figure": "figure figures number numbers count counts estimate estimates statistic statistics",
    "list": "list show display print see",
    "all": "all every everything each",
    "disagree": "disagree disagrees disagreed disagreement disagreements contradict contradicts contradicted contradiction contradictions"
    " dispute disputes disputed conflict conflicts contradicting disagreeing",
    "agree": "agree agrees agreed agreement agreements confirm confirms confirmed",
    "unnamed": "unnamed anonymous nameless",
    "quote": "quote quotes quoted quoting quotation quotations verbatim",
    "paraphrase": "paraphrase paraphrases paraphrased indirect",
    "hedge": "hedge hedges hedged hedging uncertain unsure alleged allegedly",
    "firm": "firm firmly certain sure",
    "deny": "deny denies denied denial denials refuse refuses refused refusal",
    "article": "article articles report reports dispatch dispatches story stories",
    "source": "source sources",
    "statement": "statement statements comment comments remark remarks",
    "about": "about regarding concerning on",
    "change": "change changes changed develop develops developed evolve evolved move moved",
    "revise": "revise revised revises revision revisions correct corrected correction update updated",
    "office": "office offices position positions post posts role roles job jobs function",
    "hold": "hold holds held have has had",
    "mention": "mention mentions mentioned named occur occurs",
    "body": "body bodies organisation organisations organization organizations institution institutions",
    "part": "part parts department departments belong belongs",
    "publisher": "publisher publishers outlet outlets newspaper newspapers media",
    "coverage": "coverage cover covers covered",
    "link": "link links linked tie ties tied connect connects connected connection connections",
    "reach": "reach reached reachable",
    "rely": "rely relies relied use uses used",
    "relay": "relay relays relayed secondhand hearsay pass passes passed",
    "date": "date dates dated day",
    "new": "new news",
    "since": "since after",
    "compare": "compare compares compared comparison comparisons",
    "actor": "actor actors people person persons everybody everyone",
    "name": "name names called spelling spellings spelled spelt",
    "represent": "represent represents voice spokesperson spokespeople spokesmen spokeswomen",
    "give": "give gives gave given giving provide provides provided make makes made publish publishes cite cites cited",
    "most": "most mostly often",
    "without": "without no lacking",
    "somebody": "somebody someone anybody anyone else others other another",
    "be": "is are was were be been being s re",
    "do": "do does did",
    "go": "go goes went gone going",
}  # fmt: skip
_CANON = {form: word for word, forms in _SAME.items() for form in forms.split()}

FILLERS = frozenset(
    "please me us i we you can could would want know the a an and or so then also now it they she he him himself herself there that this these those his her"
    " their its some any just really exactly ever far by out up off away".split()
)
"""Words that say nothing of what is asked."""

LIGHT = frozenset(
    "be do of in on to for at from with about what which who whom whose when where how much go hold".split()
)
"""Words that say little: they weigh a tenth."""

GENERIC = frozenset("people person persons citizen individual human man".split()) - {"citizen"}
"""What is counted in any question of how many people: no search word where there is another."""

_IRREGULAR = {
    "died": "die", "dead": "dead", "dying": "die", "left": "leave", "fled": "flee", "fought": "fight", "lost": "lose", "sent": "send",
    "went": "go", "gone": "go", "slain": "slay", "shot": "shoot", "taken": "take", "hurt": "hurt", "women": "women", "children": "child",
    "men": "men", "tied": "tie", "moved": "move", "evacuated": "evacuate", "displaced": "displace", "convicted": "convict",
}  # fmt: skip


def canonical(word: str) -> str:
    """The word that stands for all that mean the same in a question.

    >>> canonical("contradicts"), canonical("told"), canonical("salmon")
    ('disagree', 'say', 'salmon')
    """
    if word in _CANON:
        return _CANON[word]
    for ending in ("s", "es", "ed", "d", "ing"):  # a form that nobody listed
        if word.endswith(ending) and word.removesuffix(ending) in _CANON:
            return _CANON[word.removesuffix(ending)]
    return word


@cache
def known() -> frozenset[str]:
    """All forms of the words of this module: they are no names."""
    return frozenset(_CANON) | FILLERS | LIGHT


def plain_form(word: str) -> str:
    """What to look for in the words of a figure: the beginning that the forms of a word share.

    >>> [plain_form(word) for word in ("killed", "died", "fighters", "women", "detained", "families")]
    ['kill', 'die', 'fighter', 'women', 'detain', 'famil']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 5:
        return word[:-3]
    if word.endswith("ed") and len(word) > 4:
        stem = word[:-2]
        return stem[:-1] if re.search(r"([^aeiouls])\1$", stem) else stem
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
