"""The words of kg as frozen dataclasses: what every stage takes and gives, one file a stage. Standard library only.

Offsets are Python string indices into ``Article.text``; a span is half open, ``text[start:end]``.
Dates are EDTF level 1 strings (ISO 8601-2), partial where the text is: ``2015-04-21``, ``2015-02``, ``2015``,
``XXXX-04-21`` when no year is known.
"""

from kg.model.affair import Affair, Coverage, Covered
from kg.model.annotation import (
    Annotation,
    Attribution,
    Certainty,
    DateMention,
    EntityType,
    Figure,
    Form,
    Kind,
    Listed,
    ListedOffice,
    ListSource,
    Mention,
    Relation,
    RelationKind,
    Role,
    Stance,
    Tense,
)
from kg.model.article import Article, Block, BlockKind, Problem
from kg.model.comparison import Assertion, Claim, Comparison, Doubt, Verdict
from kg.model.correction import Correction, CorrectionKind, Passage, holding, instant, moment
from kg.model.identifiers import digest, slug
from kg.model.identity import ALIKE, ALIKE_REASON, ALIKE_RULE, CountJudgement, Entity, Identity, Judgement, LinkKind
from kg.model.measure import CARRIED, Comparator, Measure, Where, measured
from kg.model.spans import Span, Spans, cover, record, text_of
from kg.model.statement import Link, OfficeHeld, Reference, Resolved, StatedFigure, Statement

__all__ = [
    "ALIKE",
    "ALIKE_REASON",
    "ALIKE_RULE",
    "CARRIED",
    "Affair",
    "Annotation",
    "Article",
    "Assertion",
    "Attribution",
    "Block",
    "BlockKind",
    "Certainty",
    "Claim",
    "Comparator",
    "Comparison",
    "Correction",
    "CorrectionKind",
    "CountJudgement",
    "Coverage",
    "Covered",
    "DateMention",
    "Doubt",
    "Entity",
    "EntityType",
    "Figure",
    "Form",
    "Identity",
    "Judgement",
    "Kind",
    "Link",
    "LinkKind",
    "ListSource",
    "Listed",
    "ListedOffice",
    "Measure",
    "Mention",
    "OfficeHeld",
    "Passage",
    "Problem",
    "Reference",
    "Relation",
    "RelationKind",
    "Resolved",
    "Role",
    "Span",
    "Spans",
    "Stance",
    "StatedFigure",
    "Statement",
    "Tense",
    "Verdict",
    "Where",
    "cover",
    "digest",
    "holding",
    "instant",
    "measured",
    "moment",
    "record",
    "slug",
    "text_of",
]
