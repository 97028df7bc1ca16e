"""What befell the counted, or what they did: whether the text is sure of it, in which voice, and by whom."""

from __future__ import annotations

import re
from functools import cache

from kg.compare.roles import whole
from kg.compare.wording.owners import owner
from kg.english.events import event, events, populations
from kg.english.inflection import singular
from kg.english.lists import alternation, listed, rows
from kg.english.stems import stem
from kg.model import Claim

PRONOUN = re.compile(rf"\b(?:{alternation(listed('comparison_words', 'pronoun'))})\b")
FINITE = alternation(listed("comparison_words", "finite"))
BE = rf"\b(?:{alternation(listed('comparison_words', 'be'))})\s+(?:\w+ly\s+)?"
ABBREVIATION = re.compile(r"(?<!\s)\s*\([A-Z][\w/-]{1,11}\)")
COUNTS = frozenset(listed("comparison_words", "count"))  # nouns that tell by themselves what befell the counted
_INCOMPLETE = frozenset(listed("comparison_words", "incomplete"))
_NEGATION = re.compile(rf"\b(?:{alternation(listed('comparison_words', 'negation'))})\b|n['’]t\b", re.IGNORECASE)
_PREPOSITION = re.compile(rf"\b(?:{alternation(listed('comparison_words', 'preposition'))})\b", re.IGNORECASE)
ENDS = re.compile(
    rf"[,;:.!?–—()“”\"]|\s(?:{alternation(listed('comparison_words', 'joint'))})\s(?=\S+\s+(?:\S+\s+)?(?:{FINITE})\b)"
)


def befell(claim: Claim) -> bool:
    """Whether the event is one that befalls people, by the table or since its participle stands right behind the figure."""
    at = claim.content.find(claim.text) if claim.text else -1
    if claim.event in events():
        return True
    participle, after = event(claim.event).participle, claim.content[at + len(claim.text) :]
    right = participle in after and re.match(rf"\s+{re.escape(participle)}\b", after)
    return at >= 0 and bool(right) and claim.event not in ("occur", "happen")


def class_of(noun: str) -> str:
    """The class of the event that a noun tells of, as far as the tables know."""
    low = noun.lower()
    verb = _event_nouns().get(low) or _event_nouns().get(singular(low)) or low
    return event(verb).group if verb in events() else ""


@cache
def _event_nouns() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("event_nouns")}


def done(claim: Claim) -> bool:
    """Whether the text has the verb before the figure and in the active: "Norway sent 300 soldiers"."""
    at = claim.content.find(claim.text) if claim.text else -1
    if at < 0 or not claim.event:
        return False
    stem = re.escape(claim.event.split()[0][:3])
    before = claim.content[:at]
    passive_ = re.search(rf"{BE}{stem}\w*", claim.content, re.IGNORECASE)
    known = re.search(rf"\b(?:{stem}\w*|{re.escape(event(claim.event).participle)})\b", before, re.IGNORECASE)
    return known is not None and passive_ is None


def deed(claim: Claim, noun: str, places: tuple[str, ...]) -> str:
    """What befell the counted or what they did, to follow the noun: "killed by a mine", "who had gone"; "" where nothing is sure,
    where the noun says it ("the dead"), or where the verb says nothing without what follows it.
    """
    if not claim.event or _says(noun, claim) or _denied(claim) or whole(claim):
        return ""
    happening = event(claim.event)
    incomplete = happening.lemma in _INCOMPLETE or (happening.preposition in ("to", "for") and not places)
    match voice(claim):
        case "active":
            complete = happening.voice and are_people(claim) and not incomplete
            return f"who had {happening.participle}" if complete else ""
        case "progressive":
            return "" if incomplete else ing(claim.event)
        case "passive" | "state":
            return "" if _parted(claim) else happening.participle
    return ""


_MOST_WORDS = 12
_STARTS = re.compile(rf"\s+(?:(?:{FINITE})\b\s+)?(?P<verb>[\w-]+)\s+\S")


def follows(claim: Claim, rest: str) -> str:
    """What the text says of the counted right behind them, ``rest`` being its words there: "spoiled their votes"; "" where that is no
    clause of the figure's own verb, or is long, or needs its sentence.
    """
    rest = ABBREVIATION.sub("", rest)
    end = ENDS.search(rest)
    clause_ = re.sub(r"\s+", " ", rest[: end.start()] if end else rest).rstrip()
    begins = _STARTS.match(f"{clause_} ")
    words = clause_.split()
    if not begins or not 2 <= len(words) <= _MOST_WORDS or "…" in clause_ or PRONOUN.search(clause_):
        return ""
    return clause_.strip() if any(_is_form(word, claim) for word in (begins["verb"], *words[:3])) else ""


def certain(claim: Claim) -> bool:
    """Whether the text itself has the counted suffer the event ("were lost")."""
    participle = event(claim.event).participle if claim.event else ""
    known = bool(participle) and participle in claim.content
    return known and bool(re.search(rf"{BE}{re.escape(participle)}\b", claim.content))


def agent(claim: Claim) -> str:
    """By whom it was done, as far as the text says so: "the security services"; else ""."""
    who = owner(claim)
    if not who or not passive(claim):
        return ""
    if f"by {claim.whose}".lower() in claim.content.lower():
        return who
    does = re.search(
        rf"\b{re.escape(claim.whose or '')}\s+(?:(?:{FINITE})\s+)?(?:been\s+)?(?P<verb>[\w-]+)",
        claim.content,
        re.IGNORECASE,
    )
    if does and _is_form(does["verb"], claim):
        return who
    before = claim.content[: max(claim.content.find(claim.text), 0)]
    verbs = [word for word in re.findall(r"(?<!\bto )\b[\w-]+", before) if _is_form(word, claim)]
    return who if done(claim) and verbs and not verbs[-1].endswith("ing") else ""


def _says(noun: str, claim: Claim) -> bool:
    """Whether the noun tells the event by itself: "the dead", "executions" that were executed."""
    last = noun.lower().rsplit(" ", 1)[-1]
    happening = event(claim.event)
    if last in COUNTS or last == happening.participle:
        return True
    return bool(last) and (stem(last) == stem(claim.event.lower()) or class_of(last) == happening.group)


def _denied(claim: Claim) -> bool:
    """Whether the text says that it did not happen to them, between the figure and its end: "34 have not come up"."""
    at = claim.content.find(claim.text) if claim.text else -1
    if at < 0:
        return False
    after = ENDS.split(claim.content[at + len(claim.text) :], maxsplit=1)[0]
    return _NEGATION.search(after) is not None


def passive(claim: Claim) -> bool:
    """Whether the counted suffer the event, so that its participle alone can stand for them."""
    return voice(claim) in ("passive", "state")


def are_people(claim: Claim) -> bool:
    return claim.unit.lower() in ("people", "person", "")


def voice(claim: Claim) -> str:
    """How the counted and the verb go together, by the text where it shows it and else by the table."""
    happening = event(claim.event)
    form = re.escape(happening.participle)
    if claim.content:
        at = claim.content.find(claim.text)
        behind = claim.content[max(at, 0) :]
        # A pattern is made for a verb only where the text has it: making it takes longer than all else.
        if happening.participle in behind and re.search(rf"{BE}{form}\b", behind):
            return "passive" if happening.voice != "state" else "state"
        if not happening.voice and at >= 0:
            if _suffers(claim, claim.content[:at]):
                return "passive"
            verb = re.search(rf"\b{form}\b", claim.content) if happening.participle in behind else None
            return "active" if verb and verb.start() > at else ""
    if happening.group == "lose":  # jobs and homes are lost, and so are the soldiers whom an army lost
        before = claim.content[: max(claim.content.find(claim.text), 0)]
        return "active" if _lose(claim) and not _suffers(claim, before) else "passive"
    return happening.voice


def _lose(claim: Claim) -> bool:
    """Whether the counted are people, who lose something, and not what is lost."""
    noun = claim.population.lower().rsplit(" ", 1)[-1]
    return are_people(claim) and (noun in ("", "people") or singular(noun) in populations())


def _suffers(claim: Claim, before: str) -> bool:
    """Whether the verb stands right before the figure, which it then is done to: "dropped two bombs"; not "signed by two"."""
    between = _between(claim, before)
    return between is not None and not _PREPOSITION.search(between) and not re.search(r"[,;:.–—]", between)


def _parted(claim: Claim) -> bool:
    """Whether a preposition parts the verb from the figure behind it, which then is not done to them: "built for 2,000"."""
    at = claim.content.find(claim.text) if claim.text else -1
    between = _between(claim, claim.content[:at]) if at >= 0 else None
    return between is not None and between.rsplit(" ", 1)[-1] in ("for", "by", "to", "on", "among")


def _between(claim: Claim, before: str) -> str | None:
    """What stands between the verb and the figure behind it, where that is close."""
    words = re.findall(r"[\w'’-]+|[,;:.–—]", before)[-3:]
    verb = next((i for i, word in enumerate(words) if _is_form(word, claim)), None)
    return None if verb is None else " ".join(words[verb + 1 :])


def _is_form(word: str, claim: Claim) -> bool:
    """Whether a word is a form of the figure's verb."""
    lemma, told = claim.event.lower().split(" ")[0], word.lower()
    forms = {lemma, event(claim.event).participle.split(" ")[0], ing(lemma), f"{lemma}s", f"{lemma}es"}
    return told in forms or stem(told) == stem(lemma)


def ing(lemma: str) -> str:
    verb = lemma.lower()
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + "ing"
