"""Which claims a denial, doubt, concession, correction or retraction is about.

Where a person has said what a claim answers, that is all it answers. Inside a document the claim reader has said so. Across documents an answer that names an act is particular (`particular`), one that names none is
general (`general`) and answers the briefing or report it names and what that says, never anything later or another report. Either way it answers
each distinct allegation once, at its oldest telling: repeats of it share its incident, so nothing is lost by not repeating the answer.

At most `BESIDE` allegations of other documents are set beside one answer, the latest; where more fit, each reason says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from witnessmark.corroborate.compared import TAKING_BACK, Compared, fold_repeats
from witnessmark.corroborate.general import GeneralAnswers
from witnessmark.corroborate.particular import ParticularAnswers
from witnessmark.corroborate.placed import PlacedClaim
from witnessmark.model.claim import ANSWERING
from witnessmark.model.incident import Answer

BY_THE_DOCUMENT = "The document sets them beside each other."
BY_A_PERSON = "A person decided that it answers this."

BESIDE = 50
"""What a person can still read beside one denial; it also keeps the answers of a case in proportion to its claims."""

MORE = f" More allegations fit; the {BESIDE} latest are set beside it."


def find_answers(claims: Sequence[PlacedClaim]) -> list[Answer]:
    """All answers among `claims`, each pair once, in the order of the answering claims. A claim given twice counts once."""
    known = {placed.claim.id: Compared.of(placed) for placed in reversed(claims)}
    compared = [known[claim_id] for claim_id in dict.fromkeys(placed.claim.id for placed in claims)]
    allegations = [one for one in compared if one.placed.is_allegation]
    particular, general = ParticularAnswers(fold_repeats(allegations)), GeneralAnswers(allegations)
    found: list[Answer] = []
    for answering in compared:
        if answering.placed.claim.stance in ANSWERING:
            inside = [
                known[about]
                for about in dict.fromkeys(answering.placed.claim.answers)
                if about in known and _can_answer(answering, known[about])
            ]
            across = general.about(answering, inside) if _is_general(answering) else particular.about(answering)
            found += _answers(answering, inside, across)
    return found


def _answers(answering: Compared, inside: Sequence[Compared], across: Iterator[tuple[Compared, str]]) -> Iterator[Answer]:
    general = _is_general(answering)
    for about in inside:
        yield Answer(answering.id, about.id, general=general, why=BY_A_PERSON if answering.placed.answers_decided else BY_THE_DOCUMENT)
    if answering.placed.answers_decided:
        return
    set_beside = {about.id for about in inside}
    others = {told.id: why for told, why in islice(across, BESIDE + 1) if told.id not in set_beside}
    more = MORE if len(others) > BESIDE else ""
    for about_id, why in islice(others.items(), BESIDE):
        yield Answer(answering.id, about_id, general=general, why=why + more)


def _can_answer(answering: Compared, about: Compared) -> bool:
    """Whether it is not what the same document says in its own voice, which it takes back but never denies; what a person decided stands."""
    if answering.placed.answers_decided or answering.placed.claim.stance in TAKING_BACK or answering.item != about.item:
        return True
    return answering.placed.claim.speaker is not None or about.placed.claim.speaker is not None


def _is_general(answering: Compared) -> bool:
    """A denial that names no act speaks of allegations as a whole."""
    return answering.placed.claim.act is None
