"""A small case of an invented country, built by hand, and a way to make it large. Nothing here is about real people."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from witnessmark.model.claim import (
    Act,
    Basis,
    BasisKind,
    Certainty,
    Claim,
    ClaimParty,
    ClaimPlace,
    Form,
    Harm,
    Interval,
    Kind,
    PartyRole,
    Per,
    Polarity,
    Precision,
    Speaker,
    Stance,
    VictimCount,
    attribution_id,
    claim_id,
)
from witnessmark.model.decision import Decision, Status
from witnessmark.model.document import Anchor, AnchorKind, Document, Failure, Origin, Stated, document_id
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.incident import Answer, Incident, IncidentClaim, IncidentPlace, IncidentTime, Role
from witnessmark.model.item import Item, Receipt, Release
from witnessmark.model.span import Span
from witnessmark.model.view import CaseView, HeldItem, LogHead, Method, NumberedIncident, ReadClaim

sys.path.append(
    str(Path(__file__).parents[2])
)  # so that tests.publish.publish_places can be imported: the tests have no packages of their own

BRIEFING = """Ministry of External Affairs of Orvania
Briefing by Lena Marsk, special envoy for Kelmar

Tuesday, 4 March 2031

Good morning. Over the winter we have followed what happens at Darrow Mill, a former grain store east of the town of Tessel.

Ms Marsk said the guards had killed as many as 40 detainees a day at Darrow Mill since November. She added that, according to
newly released photographs, a furnace was built behind the store to get rid of the bodies. "We believe the crematory was finished
in January," Marsk said. "I have not seen the inside of it myself," she conceded.

A reporter asked who gave the orders. The envoy would not say.
"""

DENIAL = """TESSEL, 5 March 2031 (KNA) -- The Kelmar Ministry of Justice on Wednesday denied that detainees had been killed at Darrow Mill.

"There are no graves and no furnace," spokesman Ilya Brandt told the Kelmar News Agency. The ministry called the reports a fabrication
from beginning to end.
"""

ARABIC = """قالت لينا مارسك إن الحراس قتلوا ثلاثة عشر محتجزا على الأقل في طاحونة دارو يوم الاثنين.

ونفى متحدث باسم الوزارة ذلك.
"""

REPORT = """Field Note 12. The Tessel Monitoring Group spoke with three people who left the town in February.

A former cook said she saw eleven bodies carried out in one night. The group could not establish the date.

Two other people were interviewed by telephone.
"""

MANIFEST_NAME = "notes from <b>courier</b> \u202egnp.exe"


class Pile:
    """Evidence of an invented case: items, the claims read in them, and everything that hangs on both."""

    def __init__(self) -> None:
        self.items: list[HeldItem] = []
        self.claims: list[ReadClaim] = []

    def hold(
        self,
        content: bytes,
        name: str,
        *,
        media_type: str = "text/plain",
        text: str | None = None,
        already_public: bool = False,
        parent: str | None = None,
        failure: str | None = None,
        document: dict[str, object] | None = None,
    ) -> str:
        """Adds an item, with a document where there is a text; returns its sha256."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = len(self.items) + 1
        reading = None
        if text is not None:
            plain = Document(document_id(sha256, "plain-text"), sha256, "plain-text@1", media_type, text)
            reading = msgspec.structs.replace(plain, **(document or {}))
        entries = tuple(
            Entry(
                Stream.CUSTODY,
                place * 2 + step,
                f"2031-03-06T09:{place:02}:0{step}Z",
                "actor-7f3a",
                action,
                _digest(f"salted {place} {step}"),
            )
            for step, action in enumerate(("item.received", "item.checked"))
        )
        item = Item(sha256, f"I{place}", len(content), media_type, name, parent=parent, already_public=already_public, release=Release())
        receipt = Receipt(sha256, f"2031-03-06T09:{place:02}:00Z", name, "added from a folder", received_from="a courier", parent=parent)
        failures = (Failure(sha256, "read@1", failure),) if failure else ()
        self.items.append(HeldItem(item, _public("item", place), (receipt,), reading, failures, entries))
        return sha256

    def say(self, item: str, content: str, *, cue: str | None = None, status: Status = Status.PROPOSED, **fields: object) -> str:
        """Adds a claim whose content and cue stand in the item's text; returns its id."""
        text = self.text(item)
        spans = (span(text, content),)
        cues = (span(text, cue),) if cue else ()
        speaker = fields.get("speaker")
        mention = speaker.mention if isinstance(speaker, Speaker) else None
        name = claim_id(item, spans, cues, mention)
        base = Claim(
            id=name,
            attribution=attribution_id(item, spans, cues, mention),
            form=Form.INDIRECT,
            kind=Kind.FACTUAL,
            polarity=None,
            content=spans,
            cue=cues,
            speaker=None,
            stance=Stance.ASSERTS,
            certainty=Certainty.CERTAIN,
        )
        number = len(self.claims) + 1
        decisions: tuple[Decision, ...] = ()
        if status is not Status.PROPOSED:
            made = Decision(
                f"decision-{number}", name, "status", status.value, "compared with the recording", "actor-7f3a", "2031-03-07T10:00:00Z"
            )
            decisions = (made,)
        claim = msgspec.structs.replace(base, **fields)
        document = document_id(item, "plain-text")
        public = _public("claim", number)
        self.claims.append(ReadClaim(claim, f"C{number}", public, item, document, "rules@1", status, decisions, claim))
        return name

    def text(self, item: str) -> str:
        """The text read from an item."""
        document = next(held.document for held in self.items if held.item.id == item)
        assert document is not None
        return document.text

    def view(self, *, answers: tuple[Answer, ...] = (), incidents: tuple[NumberedIncident, ...] = ()) -> CaseView:
        """The pile as a case view."""
        return CaseView(
            title="Darrow Mill",
            format_version=1,
            opened="2031-03-06T09:00:00Z",
            as_of="2031-03-07T10:00:00Z",
            items=tuple(self.items),
            claims=tuple(self.claims),
            answers=answers,
            incidents=incidents,
            methods=(
                Method("read", "plain-text@1", "Decodes text files; guesses an encoding where none is stated."),
                Method("claims", "rules@1", "Finds statements by their cue words; misses what is implied."),
            ),
            heads=(LogHead(Stream.CUSTODY, 14, _digest("custody root")), LogHead(Stream.ANALYSIS, 9, _digest("analysis root"))),
            warnings=("tesseract is not installed: scanned pages were not read.",),
        )


def span(text: str, words: str) -> Span:
    """The first place where `words` stand in `text`."""
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _public(kind: str, number: int) -> str:
    """Stands for a random id: no part of it comes from any content."""
    return hashlib.blake2b(f"drawn {kind} {number}".encode(), digest_size=8).hexdigest()


def _victims(text: str, words: str, between: tuple[int | None, int | None], harm: Harm, per: Per | None = None) -> VictimCount:
    at = span(text, words)
    low, high = between
    return VictimCount(
        min=low, max=high, per=per, harm=harm, group="detainees", includes=None, approximate=False, derived=False,
        start=at.start, end=at.end, text=at.text,
    )  # fmt: skip


def _days(text: str, words: str, earliest: str | None, latest: str | None) -> Interval:
    at = span(text, words)
    return Interval(earliest, latest, at.start, at.end, at.text)


def _mill(text: str) -> ClaimPlace:
    at = span(text, "Darrow Mill")
    return ClaimPlace("Darrow Mill", "site:darrow-mill", 44.1, 31.2, Precision.FACILITY, at.start, at.end, at.text)


def darrow_mill() -> CaseView:
    """The case: a briefing, a denial through a state agency, an Arabic report, an NGO note, a mail with a child, one unreadable file."""
    pile = Pile()
    briefing = pile.hold(
        BRIEFING.encode(),
        "briefing.txt",
        text=BRIEFING,
        document={"language": "en", "title": "Briefing on Darrow Mill", "author": "Press Office"},
    )
    denial = pile.hold(
        DENIAL.encode(),
        "denial.html",
        text=DENIAL,
        already_public=True,
        document={
            "language": "en",
            "title": "Ministry rejects reports",
            "publisher": Stated("Kelmar News Agency", Origin.METADATA),
            "published": Stated("2031-03-05", Origin.DATELINE),
        },
    )
    arabic = pile.hold(ARABIC.encode(), "تقرير.txt", text=ARABIC, document={"language": "ar", "problems": ("The encoding was guessed.",)})
    pages = (
        Anchor(0, REPORT.index("Two other"), AnchorKind.PAGE, "1"),
        Anchor(REPORT.index("Two other"), len(REPORT), AnchorKind.PAGE, "2"),
    )
    report = pile.hold(REPORT.encode(), "field note.pdf", media_type="application/pdf", text=REPORT, document={"anchors": pages})
    mail = pile.hold(b"See attached.\n", "forwarded.eml", media_type="message/rfc822", text="See attached.\n")
    pile.hold(
        b"junk", MANIFEST_NAME, media_type="application/octet-stream", parent=mail, failure="The file is not a PDF: it begins with 'junk'."
    )
    marsk = Speaker("Lena Marsk", span(BRIEFING, "Ms Marsk"), role="special envoy for Kelmar")
    killed = pile.say(
        briefing,
        "the guards had killed as many as 40 detainees a day at Darrow Mill",
        cue="said",
        speaker=marsk,
        act=Act.KILLING,
        victims=(_victims(BRIEFING, "as many as 40 detainees a day", (None, 40), Harm.KILLED, Per.DAY),),
        parties=(_party(BRIEFING, "the guards", "Darrow Mill guards", PartyRole.PERPETRATOR),),
        when=_days(BRIEFING, "since November", "2030-11-01", None),
        said=_days(BRIEFING, "Tuesday, 4 March 2031", "2031-03-04", "2031-03-04"),
        where=_mill(BRIEFING),
    )
    furnace = pile.say(
        briefing,
        "a furnace was built behind the store",
        cue="added",
        speaker=Speaker("Lena Marsk", span(BRIEFING, "She")),
        act=Act.CONCEALMENT,
        basis=(Basis(BasisKind.IMAGE, None, *_at(BRIEFING, "newly released photographs")),),
        purpose=span(BRIEFING, "to get rid of the bodies"),
        certainty=Certainty.PROBABLE,
        status=Status.ACCEPTED,
    )
    pile.say(
        briefing,
        "We believe the crematory was finished\nin January,",
        cue="Marsk said",
        form=Form.DIRECT,
        speaker=Speaker("Lena Marsk", span(BRIEFING, "Marsk")),
        act=Act.CONCEALMENT,
        when=_days(BRIEFING, "in January", "2031-01-01", "2031-01-31"),
    )
    pile.say(
        briefing, "I have not seen the inside of it myself", form=Form.DIRECT, speaker=marsk, stance=Stance.CONCEDES, cue="she conceded"
    )
    ministry = Speaker("Kelmar Ministry of Justice", span(DENIAL, "The Kelmar Ministry of Justice"))
    denies = pile.say(
        denial, "that detainees had been killed at Darrow Mill", cue="denied", speaker=ministry, stance=Stance.DENIES, polarity=Polarity.REJECTED,
        act=Act.KILLING, said=_days(DENIAL, "on Wednesday", "2031-03-05", "2031-03-05"), where=_mill(DENIAL),
    )  # fmt: skip
    brandt = Speaker("Ilya Brandt", span(DENIAL, "spokesman Ilya Brandt"), role="spokesman", via=("Kelmar News Agency",))
    graves = pile.say(
        denial,
        "There are no graves and no furnace,",
        cue="told",
        form=Form.DIRECT,
        speaker=brandt,
        stance=Stance.DENIES,
        polarity=Polarity.NEGATED,
    )
    pile.say(
        denial,
        "a fabrication\nfrom beginning to end",
        cue="called",
        form=Form.MIXED,
        speaker=ministry,
        stance=Stance.DENIES,
        kind=Kind.OPINION,
    )
    thirteen = pile.say(
        arabic,
        "الحراس قتلوا ثلاثة عشر محتجزا على الأقل في طاحونة دارو",
        cue="قالت",
        speaker=Speaker("لينا مارسك", span(ARABIC, "لينا مارسك")),
        act=Act.KILLING,
        relay_certainty=Certainty.POSSIBLE,
        victims=(_victims(ARABIC, "ثلاثة عشر محتجزا على الأقل", (13, None), Harm.KILLED),),
        when=_days(ARABIC, "يوم الاثنين", "2031-03-03", "2031-03-03"),
    )
    pile.say(
        report,
        "eleven bodies carried out in one night",
        cue="saw",
        speaker=Speaker(None, span(REPORT, "A former cook"), anonymous=True),
        act=Act.KILLING,
        basis=(Basis(BasisKind.SAW, None, *_at(REPORT, "saw")),),
        victims=(_victims(REPORT, "eleven bodies", (11, 11), Harm.FOUND),),
    )
    pile.say(report, "Two other people were interviewed by telephone", act=Act.INVESTIGATION, status=Status.REJECTED)
    answers = (
        Answer(denies, killed, general=False, why="same act and place"),
        Answer(denies, thirteen, general=False, why="same act and place"),
        Answer(graves, furnace, general=True, why="same site"),
    )
    incident = Incident(
        id=killed,
        act=Act.KILLING,
        where=IncidentPlace("Darrow Mill", "site:darrow-mill"),
        when=IncidentTime("2030-11-01", None),
        claims=(IncidentClaim(killed, Role.SUPPORTS), IncidentClaim(thirteen, Role.SUPPORTS), IncidentClaim(denies, Role.SUPPORTS)),
        independent_lines=None,
        independent_lines_max=None,
        lines=(),
        victims=(),
        support=None,
        reasons=("How independent the two reports are has not been worked out.",),
        denied_by=("Kelmar Ministry of Justice",),
        disputed_by=(),
        asked_for=(),
    )
    return pile.view(answers=answers, incidents=(NumberedIncident(incident, "N1", _public("incident", 1)),))


def _party(text: str, words: str, name: str, role: PartyRole) -> ClaimParty:
    at = span(text, words)
    return ClaimParty(name, role, at.start, at.end, at.text)


def _at(text: str, words: str) -> tuple[int, int, str]:
    at = span(text, words)
    return at.start, at.end, at.text


def many_claims(number: int, *, an_item: int = 50) -> CaseView:
    """A case of `number` claims in documents of `an_item` statements each, a third of them denied by the next one."""
    pile = Pile()
    answers: list[Answer] = []
    for first in range(0, number, an_item):
        places = range(first, min(first + an_item, number))
        lines = [
            f"Officer {at} of the town council of Tessel told reporters that {at} people were taken from district {at}." for at in places
        ]
        text = "The council met on Monday to hear what its officers had seen. It was the second such meeting.\n\n".join(lines) + "\n"
        item = pile.hold(text.encode(), f"minutes {first}.txt", text=text, document={"language": "en", "title": f"Minutes from {first}"})
        before: str | None = None
        for at in places:
            speaker = Speaker(f"Officer {at % 97}", span(text, f"Officer {at} of the town council of Tessel"))
            day = f"2031-{at % 12 + 1:02}-{at % 28 + 1:02}"
            taken = _victims(text, f"{at} people were taken", (at, at), Harm.DETAINED)
            claim = pile.say(
                item,
                f"{at} people were taken from district {at}",
                speaker=speaker,
                act=list(Act)[at % 7],
                stance=Stance.DENIES if at % 3 == 2 else Stance.ASSERTS,
                victims=(taken,),
                when=Interval(day, day, taken.start, taken.end, taken.text) if at % 4 else None,
                said=Interval("2031-12-30", "2031-12-30", taken.start, taken.end, taken.text),
            )
            if at % 3 == 2 and before:
                answers.append(Answer(claim, before, general=False, why="the sentence before"))
            before = claim
    return pile.view(answers=tuple(answers))


@pytest.fixture(scope="session")
def case() -> CaseView:
    """The case of Darrow Mill."""
    return darrow_mill()


@pytest.fixture(scope="session")
def large_case() -> Callable[[int], CaseView]:
    """A case with as many claims as asked for."""
    return many_claims


@pytest.fixture
def pile() -> Pile:
    """An empty pile to put one's own evidence on."""
    return Pile()
