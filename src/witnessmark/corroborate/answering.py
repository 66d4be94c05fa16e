"""What an answer is about, where neither its reader nor a written rule could say: the tellings of its own incident it comes closest to.

How likely a claim answers at all (`replying`) times how likely it is about a telling, if it does: a score over what both share (`pairing`), fitted by `scripts/fit-answers` on the worlds of `corpus/incidents/dev` alone
(`data/answering.json` says how). It is asked only about what others told before in the same incident, so an answer is never tied to anything later, nor to its own speaker's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from witnessmark.corroborate.compared import TAKING_BACK
from witnessmark.corroborate.grouping import Grouping
from witnessmark.corroborate.pairing import FEATURES, Pairs
from witnessmark.corroborate.particular import is_same_speaker
from witnessmark.corroborate.replying import Reply, replies_in
from witnessmark.corroborate.telling import Telling
from witnessmark.corroborate.trees import Trees
from witnessmark.model.claim import ANSWERING, Stance
from witnessmark.model.incident import Answer

MOST_BESIDE = 8
"""Tellings one answer is set beside: gold denials answer one or two, seldom more than four."""
MOST_WEIGHED = 60
"""Tellings, the most alike, that an answer is held against."""
OF_BEST = 0.7
"""Share of the best score that another telling must reach beside it."""
ANSWERED = ANSWERING | {Stance.ASSERTS}
"""What can be answered: what somebody puts forward, and what somebody answered to it."""

WORDED = "It stands closest, among what was told before of the same happening, to what this says."
NOT_WORDED = "No word of it denies. Who says it, where and after what makes it a likely answer ({likely:.0%}), and among what was told before of the same happening this stands closest to it."


@cache
def model() -> Trees:
    """The model shipped with the package; its threshold is the least score at which an answer is tied."""
    return Trees.load("answering.json", FEATURES)


def answers_in(group: Sequence[Telling], grouping: Grouping, answered: frozenset[str]) -> Iterator[Answer]:
    """The answers found in one group, of claims that are not `answered` across documents already; decided ones are left as people decided."""
    oldest, pairs = oldest_in(group), Pairs(grouping)
    for reply in replies_in(group, grouping):
        claim = reply.telling.placed.claim
        if claim.id not in answered and not reply.telling.placed.answers_decided:
            why = WORDED if claim.stance in ANSWERING else NOT_WORDED.format(likely=reply.likely)
            for about in _closest(reply, candidates(reply.telling, oldest, grouping), pairs):
                yield Answer(claim.id, about.id, general=False, why=why)


def oldest_in(group: Sequence[Telling]) -> list[Telling]:
    """What can be answered; of tellings in the same words the oldest: a thousand copies of one article are answered at its first."""
    found: dict[frozenset[str], Telling] = {}
    for telling in group:
        if telling.placed.claim.stance in ANSWERED:
            found.setdefault(frozenset(telling.words), telling)
    return list(found.values())


def candidates(answering: Telling, group: Sequence[Telling], grouping: Grouping) -> list[Telling]:
    """The older tellings of a group, which comes oldest first, that it may answer, those in the same words once, the most alike: of other speakers, or of its own speaker in other documents where it takes back."""
    takes_back = answering.placed.claim.stance in TAKING_BACK
    until = answering.age
    found: dict[frozenset[str], Telling] = {}
    for telling in takewhile(lambda one: one.age < until, group):
        if (telling.item != answering.item or not takes_back) and is_own(telling, answering) is takes_back:
            found.setdefault(frozenset(telling.words), telling)
    others = list(found.values())
    if len(others) <= MOST_WEIGHED:
        return others
    return sorted(others, key=lambda other: (-grouping.likeness(answering, other), other.age))[:MOST_WEIGHED]


def is_own(telling: Telling, answering: Telling) -> bool:
    """Whether both are words of one speaker, or of one publisher where the documents speak."""
    if is_same_speaker(telling.compared, answering.compared):
        return True
    publishers = [one.document.publisher for one in (telling, answering) if one.document and not one.compared.speaker]
    return len(publishers) == 2 and publishers[0] is not None and publishers[0] == publishers[1]


def _closest(reply: Reply, others: Sequence[Telling], pairs: Pairs) -> list[Telling]:
    """What a claim is most likely about."""
    if not others:
        return []
    rows = pairs.features(reply.telling, others)
    scores = [round(reply.likely * float(score), 6) for score in model().likely(list(rows.T), (len(others),))]
    least = max(model().threshold, OF_BEST * max(scores))
    likely = [(score, other) for score, other in zip(scores, others, strict=True) if score >= least]
    return [other for _, other in sorted(likely, key=lambda each: (-each[0], each[1].age))[:MOST_BESIDE]]
