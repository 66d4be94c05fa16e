"""Deeds: the bodies of log entries, one struct for each action. The logs and these are the case; the database is drawn from them.

An action's name is its struct's tag. Custody deeds say what happened to the evidence, analysis deeds what was read in
it, decided about it and made of it.
"""

from __future__ import annotations

import msgspec

from witnessmark.model.claim import Claim
from witnessmark.model.counting import CountResult, LinkedCount, Plan
from witnessmark.model.decision import Decision
from witnessmark.model.document import Document, Failure
from witnessmark.model.entry import Stream
from witnessmark.model.item import NotKept, Receipt
from witnessmark.model.matching import Looks
from witnessmark.model.meaning import Meaning
from witnessmark.model.media import FrameSheet, MediaCheck
from witnessmark.model.watching import Compared, SceneFound, Site, Tested


class Label(msgspec.Struct, frozen=True, gc=False):
    """The short number (I12, C143, N4) and the random public id of a subject, allotted once."""

    subject: str
    number: str
    public_id: str


INCIDENT_MARK = "#incident"
"""Put behind an incident's id where it is a label's subject: the id is that of its oldest claim, which has a label of its own."""


class Step(msgspec.Struct, frozen=True):
    """Which stage at which version with which parameters (hash) worked on which input."""

    stage: str
    version: str
    parameters: str
    input: str


class CaseOpened(msgspec.Struct, frozen=True, tag="case.opened"):
    """The first entry of a case."""

    title: str
    format_version: int


class CaseUpgraded(msgspec.Struct, frozen=True, tag="case.upgraded"):
    """The case was brought from one format to a newer one. What was recorded before it stands as it was written."""

    before: int
    after: int


class ItemReceived(msgspec.Struct, frozen=True, gc=False, tag="item.received"):
    """Bytes were received and stored; `label` only the first time these bytes come in.

    `blake3` (64 hex digits) is a second digest of the original, where one was asked for. `address` is the sha256 of the bytes as stored, where
    that is not the original's own (an encrypted vault) and they were stored by this act.
    """

    receipt: Receipt
    size: int
    media_type: str
    label: Label | None
    blake3: str | None = None
    address: str | None = None


class KeysChanged(msgspec.Struct, frozen=True, tag="keys.changed"):
    """What opens an encrypted case was `added` or `removed`; `opener` is its name ("passphrase-1")."""

    opener: str
    change: str


class RecoveryDrilled(msgspec.Struct, frozen=True, tag="recovery.drilled"):
    """So many recovery `shares` were held together, and opened the case."""

    opener: str
    shares: int


class IntakeRefused(msgspec.Struct, frozen=True, tag="intake.refused"):
    """Something offered was not received: `name` as offered, `reason` a sentence."""

    name: str
    reason: str


class SigningBegan(msgspec.Struct, frozen=True, tag="signing.began"):
    """The case signs its checkpoints with this key from here on: `origin` is the public name of the case, `key` the verifier key as a line."""

    origin: str
    key: str


class CheckpointMade(msgspec.Struct, frozen=True, tag="checkpoint.made"):
    """A checkpoint was made: the sha256 of its file in `ledger/checkpoints/`, and how many entries of each log it covers."""

    sha256: str
    custody: int
    analysis: int


class ItemRedacted(msgspec.Struct, frozen=True, tag="item.redacted"):
    """A redacted copy of an item was made: the sha256 of the copy's bytes, how it was made, how much was taken out, and why. Never what was.

    `boxes` counts the places taken out, `by_hand` those of them that a person gave as rectangles; `limits` are sentences on what was not looked at.
    """

    item: str
    sha256: str
    size: int
    media_type: str
    method: str
    terms: int
    spans: int
    boxes: int
    by_hand: int
    pseudonyms: int
    limits: tuple[str, ...]
    why: str


class ItemsHandedOver(msgspec.Struct, frozen=True, tag="items.handed_over"):
    """Items left the case for a recipient. `items` are their sha256, `held_back` counts what stayed by rule, `root` stands for every file handed over.

    `analysis` and `sealed` are the reasons for letting readings, and what is withheld or sealed, leave too; each None where they stayed.
    """

    handover: str
    recipient: str
    form: str
    items: tuple[str, ...]
    held_back: dict[str, int]
    root: str
    analysis: str | None
    sealed: str | None


class LinesExported(msgspec.Struct, frozen=True, tag="lines.exported"):
    """Claims or incidents left the case, with what is sealed or withheld among them; `form` is the form they have, `sealed` the reason.

    `held_back` counts the items that were left out all the same, by rule; `sha256` is that of the file or, where there are several, of the list of
    their names and hashes as `sha256sum` prints it.
    """

    form: str
    recipient: str
    lines: int
    held_back: dict[str, int]
    sha256: str
    sealed: str


class ReceiptReturned(msgspec.Struct, frozen=True, tag="receipt.returned"):
    """The recipient's receipt for a hand-over came back; it is kept as the item `receipt` (sha256). `root` as it states it, None where it could not be read."""

    handover: str
    receipt: str
    root: str | None


class ItemCommitted(msgspec.Struct, frozen=True, tag="item.committed"):
    """An item is bound by this entry's own commitment, a salted hash, which a public dossier shows in the place of the item's hash."""

    item: str


class SealingKeyNamed(msgspec.Struct, frozen=True, tag="sealing.key"):
    """Sealed fields are from now on encrypted to this age recipient, a public key. The key that opens them is kept outside the case."""

    recipient: str


class FieldSealed(msgspec.Struct, frozen=True, tag="field.sealed"):
    """A field of a subject was stored encrypted: `sealed` is an age file, base64. `id` is random, and what other records name it by."""

    id: str
    subject: str
    field: str
    sealed: str


class SealOpened(msgspec.Struct, frozen=True, tag="seal.opened"):
    """Somebody was shown sealed fields, or the names of a sealed person, for a reason, until a time (UTC); None is this once."""

    subject: str
    fields: tuple[str, ...]
    why: str
    until: str | None = None


class PersonErased(msgspec.Struct, frozen=True, tag="person.erased"):
    """What identified a person was destroyed. `rewritten` names, by log and number, each record whose body was replaced by one without it, with the new commitment.

    The entries stay as they are, so the log stays provable; `verify` holds such a body against the commitment given here. `drafts` is the length the
    analysis log had: dossiers published before it may show the person. `segments` are those that were written anew: "analysis/12=<sha256 as stored>" each.
    """

    person: str
    authority: str
    why: str
    rewritten: dict[Stream, dict[str, str]]
    drafts: int
    disposed: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


class PersonAdded(msgspec.Struct, frozen=True, tag="person.added"):
    """Somebody was entered as a person; `person` is a random id, `forms` how documents name them besides `name`."""

    person: str
    name: str
    forms: tuple[str, ...]
    label: Label


class FormsConfirmed(msgspec.Struct, frozen=True, tag="person.forms"):
    """A person said by which words documents name somebody; they take the place of all said before."""

    person: str
    forms: tuple[str, ...]


class PseudonymDrawn(msgspec.Struct, frozen=True, tag="person.pseudonym"):
    """A pseudonym was drawn at random; `person` is the random id of whom it stands for, empty where nobody entered is meant. Never a name."""

    person: str
    shown: str


class ItemsNotKept(msgspec.Struct, frozen=True, tag="intake.not_kept"):
    """Files that were received and looked at, and not kept: what they were, and why. Their bytes are not in the case."""

    files: tuple[NotKept, ...]
    reason: str
    received_from: str | None = None


class ItemDisposed(msgspec.Struct, frozen=True, tag="item.disposed"):
    """An item's content was destroyed by decision: the original, and the bodies of these entries of each log.

    `item` is its sha256; `labels` are the numbers and public ids that stay taken, its own first. `drafts` is the length the analysis log had: dossiers
    published before it may show the item.
    """

    item: str
    at: str
    why: str
    authority: str
    custody: tuple[int, ...]
    analysis: tuple[int, ...]
    labels: tuple[Label, ...]
    drafts: int


class SegmentsRenewed(msgspec.Struct, frozen=True, tag="segments.renewed"):
    """Segments of an encrypted case are sealed anew, without bodies that were disposed of: "analysis/12=<sha256 as stored>" each."""

    segments: tuple[str, ...]


class DocumentRead(msgspec.Struct, frozen=True, tag="document.read"):
    """An item was read into a document, which takes the place of any earlier one of that item."""

    step: Step
    document: Document


class ClaimsRead(msgspec.Struct, frozen=True, tag="claims.read"):
    """A document's claims were read; they take the place of any read in it before. Labels of new claims only."""

    step: Step
    item: str
    document: str
    claims: tuple[Claim, ...]
    labels: tuple[Label, ...]
    problems: tuple[str, ...]
    meanings: tuple[Meaning, ...] = ()


class StageFailed(msgspec.Struct, frozen=True, tag="stage.failed"):
    """A stage could not handle an item."""

    step: Step
    failure: Failure


class DecisionMade(msgspec.Struct, frozen=True, tag="decision.made"):
    """A person decided. `labels` only where the decision adds a claim."""

    decision: Decision
    labels: tuple[Label, ...] = ()


class DecisionUndone(msgspec.Struct, frozen=True, tag="decision.undone"):
    """A person took a decision back."""

    decision: str


class CaseWeighed(msgspec.Struct, frozen=True, tag="case.weighed"):
    """Answers and incidents were derived from all that was read and decided before this entry. Labels of new incidents only."""

    step: Step
    labels: tuple[Label, ...]


class DossierPublished(msgspec.Struct, frozen=True, tag="dossier.published"):
    """A dossier was written: its files with the sha256 of each, so that `verify` can see a changed one."""

    step: Step
    files: dict[str, str]


class DossierReleased(msgspec.Struct, frozen=True, tag="dossier.released"):
    """A public dossier was written: its pages with the sha256 of each, and how many entries the custody log held that its proofs are of."""

    step: Step
    files: dict[str, str]
    custody: int


class SourceAdded(msgspec.Struct, frozen=True, tag="source.added"):
    """A body or person that speaks or acts in claims was entered; `source` is a random id."""

    source: str
    name: str
    label: Label


class CountPlanned(msgspec.Struct, frozen=True, tag="count.planned"):
    """A question about a number of people was recorded, with all that decides how it will be answered, before any result. `question` is its random id."""

    question: str
    label: Label
    plan: Plan


class ListsLinked(msgspec.Struct, frozen=True, tag="lists.linked"):
    """The lists of a question were linked."""

    step: Step
    question: str
    linkage: LinkedCount


class CountRun(msgspec.Struct, frozen=True, tag="count.run"):
    """A question was counted from the linkage of entry `linked`: every run, whatever it gave."""

    step: Step
    question: str
    linked: int
    result: CountResult


class SiteAdded(msgspec.Struct, frozen=True, tag="site.added"):
    """A site was drawn, before anything of it was compared. `site` is its random id."""

    site: str
    label: Label
    drawn: Site


class SceneRead(msgspec.Struct, frozen=True, tag="scene.read"):
    """An item was read as a scene of a site; it takes the place of any earlier reading of that item for that site."""

    step: Step
    site: str
    item: str
    found: SceneFound


class ScenesCompared(msgspec.Struct, frozen=True, tag="scenes.compared"):
    """Two scenes of a site were compared: every run, whatever it gave, refusals too."""

    step: Step
    site: str
    compared: Compared


class FootprintTested(msgspec.Struct, frozen=True, tag="footprint.tested"):
    """A footprint of a site was put to the placebo test: every run, whatever it gave, refusals too."""

    step: Step
    site: str
    tested: Tested


class MediaChecked(msgspec.Struct, frozen=True, tag="media.checked"):
    """A photograph, film or recording was checked: all that programs print of it, its content credentials, and the words OCR proposes.

    `trusted` are the lists of certificates that counted, by name, each with the sha256 of its file.
    """

    step: Step
    check: MediaCheck
    trusted: dict[str, str] = {}


class FramesDrawn(msgspec.Struct, frozen=True, tag="frames.drawn"):
    """A sheet of key frames of a film was drawn and given out; it is kept outside the case and can be drawn again."""

    sheet: FrameSheet


class PictureLookedAt(msgspec.Struct, frozen=True, tag="picture.looked_at"):
    """How the pictures of an item look was worked out: hashes and keypoints, so that it is found again where it was printed cropped, turned or mirrored."""

    step: Step
    looks: Looks


CustodyDeed = (
    CaseOpened
    | CaseUpgraded
    | ItemReceived
    | IntakeRefused
    | SigningBegan
    | CheckpointMade
    | ItemRedacted
    | KeysChanged
    | RecoveryDrilled
    | ItemsHandedOver
    | LinesExported
    | ReceiptReturned
    | ItemsNotKept
    | ItemDisposed
    | SegmentsRenewed
    | ItemCommitted
    | SealingKeyNamed
    | FieldSealed
    | SealOpened
    | PersonErased
)
AnalysisDeed = (
    DocumentRead
    | ClaimsRead
    | StageFailed
    | DecisionMade
    | DecisionUndone
    | CaseWeighed
    | DossierPublished
    | DossierReleased
    | PersonAdded
    | FormsConfirmed
    | PseudonymDrawn
    | SourceAdded
    | CountPlanned
    | ListsLinked
    | CountRun
    | SiteAdded
    | SceneRead
    | ScenesCompared
    | FootprintTested
    | MediaChecked
    | FramesDrawn
    | PictureLookedAt
)
Deed = CustodyDeed | AnalysisDeed

WORDED = (
    DocumentRead,
    ClaimsRead,
    StageFailed,
    DecisionMade,
    ItemReceived,
    IntakeRefused,
    ItemsNotKept,
    SealOpened,
    CountPlanned,
    ListsLinked,
    SiteAdded,
    SceneRead,
    ScenesCompared,
    FootprintTested,
    MediaChecked,
)
"""Deeds that may hold a name in the words of evidence or of those who work on the case."""
NAMED = {
    CaseOpened: ("title",),
    SourceAdded: ("name",),
    ItemRedacted: ("why",),
    ItemsHandedOver: ("recipient", "analysis", "sealed"),
    LinesExported: ("recipient", "sealed"),
}
"""Deeds of which only these fields are words of people, the rest being hashes, numbers and random ids."""
REWRITABLE = frozenset(str(deed.__struct_config__.tag) for deed in (*WORDED, *NAMED, PersonAdded, FormsConfirmed, FieldSealed))
"""The actions whose bodies erasing a person may replace; no other ever is."""


def action_of(deed: Deed) -> str:
    """The name under which a deed stands in its log."""
    return str(deed.__struct_config__.tag)


def stream_of(deed: Deed) -> Stream:
    """The log a deed belongs to."""
    return Stream.CUSTODY if isinstance(deed, CustodyDeed) else Stream.ANALYSIS
