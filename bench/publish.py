"""Measures the dossier of a large invented case: seconds, files, bytes, the largest page, and that the same case gives the same bytes.

python bench/publish.py [CLAIMS] [RUNS]
"""

from __future__ import annotations

import hashlib
import resource
import statistics
import sys
import time

from witnessmark.model.claim import (
    Act,
    BasisKind,
    Certainty,
    Claim,
    ClaimPlace,
    Form,
    Harm,
    Interval,
    Kind,
    Precision,
    Speaker,
    Stance,
    VictimCount,
    attribution_id,
    claim_id,
)
from witnessmark.model.decision import Decision, Status
from witnessmark.model.document import Document, document_id
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.incident import (
    Answer,
    Change,
    Drift,
    Incident,
    IncidentClaim,
    IncidentPlace,
    IncidentTime,
    Line,
    Pivot,
    Role,
    Tie,
    TieKind,
    Use,
    VictimRange,
)
from witnessmark.model.incident import Stated as StatedValue
from witnessmark.model.item import Item, Receipt
from witnessmark.model.span import Span
from witnessmark.model.view import CaseView, HeldItem, LogHead, Method, NumberedIncident, ReadClaim
from witnessmark.publish import draft

A_DOCUMENT = 50
ACTS = (Act.KILLING, Act.DETENTION, Act.ATTACK, Act.TORTURE, Act.DESTRUCTION, None)
PRECISIONS = (Precision.LOCALITY, Precision.FACILITY, Precision.DISTRICT)
PLACES = 60
AN_INCIDENT = 8


def digest(words: str) -> str:
    """64 hex digits that stand for a hash."""
    return hashlib.sha256(words.encode()).hexdigest()


def sentence(number: int) -> str:
    """What one officer says, with the words that the fields of its claim are cut from."""
    return (
        f"Officer {number} told the council that {number + 2} people were taken from Quarter {number % PLACES} of Tessel on that day.\n\n"
    )


def counted(number: int, words: Span) -> VictimCount:
    """So many detained, as these words say."""
    return VictimCount(
        min=number, max=number, per=None, harm=Harm.DETAINED, group=None, includes=None, approximate=False, derived=False,
        start=words.start, end=words.end, text=words.text,
    )  # fmt: skip


def claim(item: str, text: str, start: int, number: int) -> Claim:
    """The claim of the sentence at `start`."""

    def cut(words: str) -> Span:
        at = text.index(words, start)
        return Span.of(text, at, at + len(words))

    content, cue, mention = (cut(f"{number + 2} people were taken"),), (cut("told"),), cut(f"Officer {number}")
    people, quarter, day = cut(f"{number + 2} people"), cut(f"Quarter {number % PLACES}"), cut("on that day")
    iso = f"20{20 + number % 9}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    place = number % PLACES
    return Claim(
        id=claim_id(item, content, cue, mention),
        attribution=attribution_id(item, content, cue, mention),
        form=Form.INDIRECT,
        kind=Kind.FACTUAL,
        polarity=None,
        content=content,
        cue=cue,
        speaker=Speaker(f"Officer {number % 97}", mention),
        stance=Stance.DENIES if number % 3 == 2 else Stance.ASSERTS,
        certainty=Certainty.CERTAIN,
        act=ACTS[number % len(ACTS)],
        victims=(counted(number + 2, people),),
        when=Interval(iso, iso if number % 5 else None, day.start, day.end, day.text) if number % 4 else None,
        said=Interval("2029-12-30", "2029-12-30", day.start, day.end, day.text),
        where=ClaimPlace(
            quarter.text, f"site:quarter-{place}", 34 + place * 0.031, 37 + place % 9 * 0.17, PRECISIONS[place % 3],
            quarter.start, quarter.end, quarter.text,
        )
        if number % 2
        else None,
    )  # fmt: skip


def case_of(claims: int) -> CaseView:
    """A case of so many claims, a third of them denials of the one before, in incidents of eight, a tenth of them checked."""
    items: list[HeldItem] = []
    reads: list[ReadClaim] = []
    for first in range(0, claims, A_DOCUMENT):
        numbers = range(first, min(first + A_DOCUMENT, claims))
        text = "The council met to hear its officers.\n\n" + "".join(map(sentence, numbers))
        item = digest(text)
        document = Document(
            document_id(item, "plain-text"), item, "plain-text@1", "text/plain", text, language="en", title=f"Minutes {first}"
        )
        entry = Entry(Stream.CUSTODY, first, "2030-01-01T09:00:00Z", "actor-7f3a", "item.received", digest(f"salt {first}"))
        receipt = Receipt(item, "2030-01-01T09:00:00Z", f"minutes-{first}.txt", "added from a folder")
        kept = Item(item, f"I{len(items) + 1}", len(text), "text/plain", f"minutes-{first}.txt")
        items.append(HeldItem(kept, digest(f"public item {first}")[:12], (receipt,), document, (), (entry,)))
        start = 0
        for number in numbers:
            start = text.index(f"Officer {number} told", start)
            read = claim(item, text, start, number)
            made = (
                (Decision(f"d-{number}", read.id, "status", "accepted", "Compared.", "actor-90bc", "2030-02-01T09:00:00Z"),)
                if not number % 10
                else ()
            )
            status = Status.ACCEPTED if made else Status.PROPOSED
            public = digest(f"public claim {number}")[:12]
            reads.append(ReadClaim(read, f"C{number + 1}", public, item, document.id, "rules@1", status, made, as_read=read))
    answers = tuple(
        Answer(reads[at].claim.id, reads[at - 1].claim.id, general=False, why="the sentence before") for at in range(2, claims, 3)
    )
    return CaseView(
        title="An invented council",
        format_version=2,
        opened="2030-01-01T09:00:00Z",
        as_of="2030-02-01T09:00:00Z",
        items=tuple(items),
        claims=tuple(reads),
        answers=answers,
        incidents=tuple(incident(reads[at : at + AN_INCIDENT], at) for at in range(0, claims, AN_INCIDENT)),
        methods=(
            Method("claims", "rules@1", "Finds statements by rules."),
            Method("weigh", "weigh@1", "Weighs."),
        ),
        heads=(LogHead(Stream.CUSTODY, len(items), digest("custody")), LogHead(Stream.ANALYSIS, claims, digest("analysis"))),
        warnings=(),
    )


def incident(reads: list[ReadClaim], at: int) -> NumberedIncident:
    """A weighed incident of these claims: every second one is an origin, the one after it repeats it in other figures, and denials stand beside."""
    alleging = [read for read in reads if read.claim.stance is not Stance.DENIES]
    members = tuple(IncidentClaim(read.claim.id, Role.DENIES if read.claim.stance is Stance.DENIES else Role.SUPPORTS) for read in reads)
    lines = tuple(line(*alleging[place : place + 2]) for place in range(0, len(alleging), 2))
    found = Incident(
        id=reads[0].claim.id,
        act=reads[0].claim.act,
        where=IncidentPlace(f"Quarter {at % PLACES}", None),
        when=IncidentTime("2021-01-01", None),
        claims=members,
        independent_lines=len(lines),
        independent_lines_max=len(lines),
        lines=lines,
        victims=(VictimRange(at + 2, at + 9, None, Harm.DETAINED, "min-max"),),
        support="supported at first hand",
        reasons=tuple(f"{each.name} saw or heard it." for each in lines),
        denied_by=tuple(dict.fromkeys(speaker_of(read) for read in reads if read.claim.stance is Stance.DENIES)),
        disputed_by=(),
        asked_for=tuple(f"asserted, not held here: ask {each.name} for “a record”" for each in lines),
        rule="weigh/1",
        level=4,
        stated=tuple(
            StatedValue("victims", count.text, read.claim.id, read.claim.id, Use.COUNTED)
            for read in alleging[::2]
            for count in read.claim.victims
        ),
        pivots=(Pivot(reads[0].item, 1, "of unknown origin"),),
    )
    return NumberedIncident(found, f"N{at // AN_INCIDENT + 1}", digest(f"public incident {at}")[:12])


def speaker_of(read: ReadClaim) -> str:
    """Who says it."""
    return (read.claim.speaker and read.claim.speaker.name) or "somebody"


def line(root: ReadClaim, *repeats: ReadClaim) -> Line:
    """An origin that others repeat in the words of the same document."""
    own = root.claim.content[0]
    ties = tuple(
        Tie(f"e-{read.claim.id}", TieKind.PASSAGE, read.claim.id, root.claim.id, None, read.item, read.claim.content[0], root.item, own, "They share a passage.")
        for read in repeats
    )  # fmt: skip
    changes = tuple(
        Drift(read.claim.id, root.claim.id, Change.FIGURE, root.claim.victims[0].text, read.claim.victims[0].text) for read in repeats
    )
    return Line(
        root=root.claim.id, members=tuple(read.claim.id for read in repeats), drift=tuple(read.claim.id for read in repeats), name=speaker_of(root),
        identified=True, access=BasisKind.SAW, established=True, ties=ties, changes=changes,
    )  # fmt: skip


def main() -> None:
    """Prints what was measured."""
    claims, runs = (int(each) for each in [*sys.argv[1:], *("2000", "3")[len(sys.argv) - 1 :]])
    view = case_of(claims)
    spent: list[float] = []
    seen: set[str] = set()
    for _ in range(runs):
        began = time.perf_counter()
        files = draft(view)
        spent.append(time.perf_counter() - began)
        seen.add(digest("".join(f"{path} {hashlib.sha256(content).hexdigest()}\n" for path, content in sorted(files.items()))))
    pages = {path: len(content) for path, content in files.items() if path.endswith(".html")}
    largest = max(pages, key=lambda path: pages[path])
    print(f"{claims:,} claims: median {statistics.median(spent):.1f} s ({min(spent):.1f}-{max(spent):.1f} over {runs} runs)")
    print(
        f"{len(pages):,} pages, {sum(pages.values()) / 1e6:.1f} MB; front page {pages['index.html'] / 1e3:.0f} kB, largest {largest} {pages[largest] / 1e3:.0f} kB"
    )
    print(f"sha256 of it all {min(seen)[:16]}")
    print(
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB; {'the same bytes every time' if len(seen) == 1 else 'DIFFERENT BYTES'}"
    )


if __name__ == "__main__":
    main()
