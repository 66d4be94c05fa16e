"""What a case holds at one moment, as plain values: the input of everything that publishes or exports.

`case` builds it from the database; no publisher opens a database, a log or an original. `public_id` is random, drawn
once and kept: it betrays neither the content's hash nor the order in which things came in.
"""

from __future__ import annotations

import msgspec

from witnessmark.model.assessment import Assessment
from witnessmark.model.claim import Claim
from witnessmark.model.counting import CountedQuestion
from witnessmark.model.decision import Decision, Status
from witnessmark.model.document import Document, Failure
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.incident import Answer, Incident
from witnessmark.model.item import Item, Receipt
from witnessmark.model.matching import PicturesCompared
from witnessmark.model.media import CheckedMedia
from witnessmark.model.notice import NoticeTimeline
from witnessmark.model.pledge import Pledge
from witnessmark.model.responsibility import Responsibility
from witnessmark.model.sheet import Sheet
from witnessmark.model.watching import WatchedSite


class HeldItem(msgspec.Struct, frozen=True):
    """An item with all that is known of it: `document` is None where nothing could be read (then `failures` says why), `media` where it was not checked as a photograph, film or recording."""

    item: Item
    public_id: str
    receipts: tuple[Receipt, ...]
    document: Document | None
    failures: tuple[Failure, ...]
    custody: tuple[Entry, ...]
    media: CheckedMedia | None = None


class ReadClaim(msgspec.Struct, frozen=True):
    """A claim in its case: short number (C12), the item and document it stands in, and what people said of the reading.

    `claim` is as it stands, corrections in place; `as_read` is what the machine read, None where a person added the claim.
    """

    claim: Claim
    number: str
    public_id: str
    item: str
    document: str
    reader: str
    status: Status
    decisions: tuple[Decision, ...]
    as_read: Claim | None


class NumberedIncident(msgspec.Struct, frozen=True):
    """An incident with its short number (N4), and what people decided of it besides what was computed."""

    incident: Incident
    number: str
    public_id: str
    assessment: Assessment = Assessment()


class LogHead(msgspec.Struct, frozen=True):
    """How long a log is and its RFC 6962 root (64 hex digits)."""

    stream: Stream
    size: int
    root: str


class Method(msgspec.Struct, frozen=True):
    """A stage at the version that was used, and one sentence on what it does and cannot do."""

    stage: str
    version: str
    note: str


class AsOf(msgspec.Struct, frozen=True):
    """A question about an earlier day (ISO): what was public or delivered by then or, with `known_to_us`, what we had received."""

    day: str
    known_to_us: bool = False


class Cut(msgspec.Struct, frozen=True):
    """That a view shows a case as of an earlier day, and how many items are left out of it: those of a later day, and those of no known day."""

    asked: AsOf
    later: int
    undated: int


class CaseView(msgspec.Struct, frozen=True):
    """A whole case at one moment. `as_of` is the time of the newest entry (UTC), never the time of publishing.

    `warnings` are sentences about this machine or run that a reader of the dossier should know (a missing program, a limit not enforced).
    `cut` is None where it is shown as it stands now. `readers` is how many people have to call a claim read correctly before it may be published.
    """

    title: str
    format_version: int
    opened: str
    as_of: str
    items: tuple[HeldItem, ...]
    claims: tuple[ReadClaim, ...]
    answers: tuple[Answer, ...]
    incidents: tuple[NumberedIncident, ...]
    methods: tuple[Method, ...]
    heads: tuple[LogHead, ...]
    warnings: tuple[str, ...]
    counting: tuple[CountedQuestion, ...] = ()
    sites: tuple[WatchedSite, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    responsibility: Responsibility = Responsibility()
    notices: tuple[NoticeTimeline, ...] = ()
    cut: Cut | None = None
    pictures: PicturesCompared = PicturesCompared()
    sheets: tuple[Sheet, ...] = ()
    readers: int = 1
