"""A case of an invented country with hostile words in every field, for the tests of exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from witnessmark.model.claim import Act, Basis, BasisKind, ClaimParty, ClaimPlace, PartyRole, Precision, Speaker, Stance
from witnessmark.model.document import Origin, Stated
from witnessmark.model.incident import Answer, Incident, IncidentClaim, IncidentPlace, Role
from witnessmark.model.span import Span
from witnessmark.model.view import CaseView, NumberedIncident
from witnessmark.publish.casebook import Casebook

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

HOSTILE = (
    '=HYPERLINK("http://example.invalid","open")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "'quoted",
    "\t=1",
    " =1",
    "</script><script>alert(1)</script>",
    "\u202egnp.exe",
    "line one\r\nline two\x0b\x0c",
    'a "quoted", with; separators|here',
    "＝1+1",
)
"""Words that do harm in a spreadsheet, a page or a terminal."""

WORDS = "the guards of سجن كورين killed ten"


def hostile_case(pile: Pile) -> CaseView:
    """A claim a hostile word, which stands in every field that takes words; an incident of them all; Arabic besides."""
    ids = []
    for number, words in enumerate(HOSTILE):
        text = f"{number}: {words} said {WORDS} {number}.\n"
        item = pile.hold(text.encode(), words, text=text, document={"title": words, "publisher": Stated(words, Origin.METADATA)})
        at = Span.of(text, 3, 3 + len(words))
        pile.items[-1] = msgspec.structs.replace(pile.items[-1], item=msgspec.structs.replace(pile.items[-1].item, source=words))
        ids.append(
            pile.say(
                item,
                WORDS,
                cue="said",
                speaker=Speaker(words, at, role=words, via=(words,)),
                act=Act.KILLING,
                stance=Stance.DENIES if number == 1 else Stance.ASSERTS,
                parties=(ClaimParty(words, PartyRole.PERPETRATOR, at.start, at.end, words),),
                where=ClaimPlace(words, f"site:{number}", -33.25, 44.5, Precision.LOCALITY, at.start, at.end, words),
                basis=(Basis(BasisKind.DOCUMENT, None, at.start, at.end, words),),
            )
        )
    incident = Incident(
        id=ids[0],
        act=Act.KILLING,
        where=IncidentPlace(HOSTILE[0], "site:0"),
        when=None,
        claims=tuple(IncidentClaim(each, Role.SUPPORTS) for each in ids),
        independent_lines=1,
        independent_lines_max=3,
        lines=(),
        victims=(),
        support=HOSTILE[0],
        reasons=HOSTILE,
        denied_by=HOSTILE,
        disputed_by=HOSTILE,
        asked_for=HOSTILE,
    )
    answers = (Answer(ids[1], ids[0], general=False, why=HOSTILE[0]),)
    return pile.view(answers=answers, incidents=(NumberedIncident(incident, "N1", "00aa11bb22cc33dd"),))


def weighed(view: CaseView, support: str | None) -> Casebook:
    """The case with every incident found to be so well supported."""
    incidents = tuple(
        msgspec.structs.replace(
            each, incident=msgspec.structs.replace(each.incident, support=support, reasons=("One line is established.",))
        )
        for each in view.incidents
    )
    return Casebook(msgspec.structs.replace(view, incidents=incidents))
