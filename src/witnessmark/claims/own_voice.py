"""The document's own voice: which sentences nobody else is made to say are claims.

In the news only happenings of the act list count, so that background stays out. A document that speaks for somebody (a testimony in the first person, a
statement by a ministry, a report with findings) is a claimant itself, and its plain sentences of fact count too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from witnessmark.claims.acts import PEACEFUL, Found, find_act
from witnessmark.claims.attributions import Attribution, Quotes
from witnessmark.claims.parse import Parsed
from witnessmark.claims.people import PEOPLE
from witnessmark.claims.phrases import SUBJECTS, Extent, child_of
from witnessmark.claims.propositions import Proposition, propositions_in
from witnessmark.model.claim import Act

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

FIRST = frozenset({"i", "we"})
LONGEST_LEAD = 160
"""A first paragraph up to this length may say what the document is; in a longer one "a statement" is one that the news is about."""
RELATIVE = frozenset({"WP", "WDT", "WP$"})
ATTRIBUTIVE = frozenset({"amod", "compound", "relcl", "acl"})
MANY = 3
GENRE = re.compile(
    r"\b(?:statement|communiqu[eé]|testimony|affidavit|declaration|account of|findings|methodology|log|judgment|judgement|register|bulletin|thread)\b",
    re.IGNORECASE,
)
SHARE = 0.012
"""A document whose own words hold at least `MANY` first persons, and this share of all its words, is a personal account."""
WEAK = frozenset({Act.SUPPORT, Act.AGREEMENT, Act.INVESTIGATION, Act.THREAT, Act.ATROCITY})


def own_sentences(text: str, parsed: Parsed, attributions: list[Attribution], quotes: Quotes, first: int) -> list[Proposition]:
    """The propositions of a passage, from the character `first` on, that stand in nobody's mouth."""
    found: list[Proposition] = []
    anchors = {a.anchor.i for a in attributions}
    contents = [extent for a in attributions for extent in a.extents]
    for sentence in parsed.doc.sents:
        extent = _extent(parsed, sentence)
        if extent is not None and extent[0] < first < extent[1]:
            extent = (first, extent[1])
        if extent is None or extent[1] <= first or _is_question(text, extent):
            continue
        found.extend(p for p in propositions_in(text, [parsed], (extent,)) if _is_free(p, anchors, contents, quotes))
    return found


def _extent(parsed: Parsed, sentence: Sentence) -> Extent | None:
    words = [token for token in sentence if not token.is_space]
    return parsed.extent(words[0], words[-1]) if words else None


def _is_question(text: str, extent: Extent) -> bool:
    return text[extent[0] : extent[1]].rstrip("\"”’' ").endswith("?")


def _is_free(proposition: Proposition, anchors: set[int], contents: list[Extent], quotes: Quotes) -> bool:
    if proposition.root.i in anchors or any(
        token.i in anchors and token.dep_ in {"prep", "advmod", "parataxis"} for token in proposition.tokens
    ):
        return False
    whole = sum(end - start for start, end in proposition.extents)
    taken = sum(max(0, min(end, e) - max(start, s)) for start, end in proposition.extents for s, e in contents)
    return taken < 0.5 * whole and quotes.holding(proposition.start) is None


def is_personal(passages: list[Parsed], quotes: Quotes) -> bool:
    """Whether the document speaks in the first person outside quotations: a testimony, a log, a statement."""
    words = firsts = 0
    for parsed in passages:
        for token in parsed.doc:
            words += token.is_alpha
            if token.lower_ in FIRST and token.dep_ in {"nsubj", "nsubjpass"} and quotes.holding(parsed.start(token)) is None:
                firsts += 1
    return firsts >= MANY and firsts >= SHARE * words


def is_claimant(text: str, passages: list[Parsed]) -> bool:
    """Whether the opening says that this document puts facts forward itself: a statement, a report with findings, a log, a judgment."""
    if not passages:
        return False
    first = passages[0]
    opening = text[: first.base]
    if len(first.doc.text) <= LONGEST_LEAD:
        opening += first.doc.text
    return GENRE.search(opening) is not None


def states_something(proposition: Proposition, *, counted: bool) -> bool:
    """Whether words put anything forward: they hold a verb, or name a deed or a number of people; "the deliveries" alone does not."""
    root = proposition.root
    if (
        root.lemma_ in {"name", "identify"}
        and any(child.lower_ == "to" for child in root.children)
        and child_of(root, "auxpass") is not None
    ):
        return False
    if any(token.pos_ in {"VERB", "AUX"} and (token == root or token.dep_ not in ATTRIBUTIVE) for token in proposition.tokens):
        return True
    if counted and any(token.lemma_.lower() in PEOPLE for token in proposition.tokens):
        return True
    found = find_act(proposition)
    return found is not None and found.act not in PEACEFUL


def _counts_dead(proposition: Proposition) -> bool:
    """Whether the sentence says of some that they are among those who suffered: "two of them *were among* those killed"."""
    verb = proposition.root
    among = next((child for child in verb.children if child.lower_ == "among"), None)
    return verb.lemma_ in {"be", "include"} and among is not None


def is_reportable(proposition: Proposition, found: Found | None, *, claimant: bool, counted: bool) -> bool:
    """Whether a sentence in the document's own voice is a claim."""
    root = proposition.root
    if root.pos_ not in {"VERB", "AUX"} or (proposition.subject() is None and not any(child.dep_ in SUBJECTS for child in root.children)):
        return False
    if claimant:
        return True
    if found is None:
        return counted
    near = root in (found.token, found.token.head, found.token.head.head) or _counts_dead(proposition)
    return near and (found.act not in WEAK or found.token.pos_ == "VERB" or found.act is Act.AGREEMENT)
