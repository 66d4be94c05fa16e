"""Who says it, through whom it reached us, and on what basis: the lines that every showing of a claim must carry.

A field of a claim is always framed by its speaker ("said by X to have ...", "denied by X to have ..."), so that
nothing reads as established, and only a direct quote becomes `OwnWords`.
"""

from __future__ import annotations

from witnessmark.model.claim import Basis, BasisKind, Form, Stance
from witnessmark.model.document import Origin
from witnessmark.model.item import Item
from witnessmark.model.view import HeldItem, ReadClaim
from witnessmark.publish.block import Statement
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, Cites, of_item
from witnessmark.publish.prose import AsWritten, FileName, Given, Inline, Part, Ref, clip, some
from witnessmark.publish.words import BASIS_WORDS, FRAMES, ORIGIN_WORDS, STANCE_VERBS

LONGEST_STATEMENT = 1200
"""Characters of a statement shown on its card; the whole stands in the document."""

LONGEST_PHRASE = 240
"""Characters of a name or an expression shown on a card."""

PARAPHRASE = "as reported, not the speaker's words"


def speaker_name(read: ReadClaim) -> str | None:
    """The speaker's canonical name; None where the source is unnamed, not resolved, or the document itself."""
    return read.claim.speaker.name if read.claim.speaker else None


def who(read: ReadClaim) -> Inline:
    """The speaker in a few words."""
    speaker = read.claim.speaker
    if speaker is None:
        return ("the document itself",)
    if speaker.name is not None:
        return (Given(clip(speaker.name, LONGEST_PHRASE)),)
    return ("an unnamed source",) if speaker.anonymous else ("a speaker not identified",)


def lead(read: ReadClaim) -> Inline:
    """The headline of a claim: who does what with the statement."""
    return (*who(read), f" {STANCE_VERBS[read.claim.stance]}")


def headline(read: ReadClaim) -> Inline:
    """The lead as it opens a card."""
    first, *rest = lead(read)
    return (first[:1].upper() + first[1:] if isinstance(first, str) else first, *rest)


def framed(read: ReadClaim, *parts: Part, then: str = "") -> Inline:
    """`parts`, marked as what the speaker says, denies, demands ...; `then` follows the speaker ("to have ...")."""
    before, after = FRAMES[read.claim.stance]
    tail = f"{after} {then}" if then else after
    return (*parts, " — ", before, *who(read), tail.removesuffix(","))


def statement(read: ReadClaim, casebook: Casebook, longest: int = LONGEST_STATEMENT) -> Statement:
    """What was said, in the speaker's own words only where the document quotes them."""
    language = casebook.language_of(read)
    text = clip(casebook.quote(read), longest)
    if read.claim.speaker is None:
        return Statement(text, own_words=False, language=language, note="stated by the document itself")
    if read.claim.form is Form.DIRECT:
        return Statement(text, own_words=True, language=language, note="quoted in the document")
    return Statement(text, own_words=False, language=language, note=PARAPHRASE)


def speaker_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """The speaker with role and the words that name them here; for the document's own voice, its publisher and title."""
    speaker = read.claim.speaker
    if speaker is None:
        return ("stated by the document itself: ", *_document_words(casebook.item_of(read)))
    parts: list[Part] = list(who(read))
    if speaker.role:
        parts += [", ", Given(clip(speaker.role, LONGEST_PHRASE))]
    if speaker.mention and speaker.mention.text != speaker.name:
        parts += ["; named here as ", AsWritten(clip(speaker.mention.text, LONGEST_PHRASE), casebook.language_of(read))]
    return tuple(parts)


def relay_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """Through whom the words reached us, nearest the speaker first, ending with who published the item."""
    held = casebook.item_of(read)
    names: list[Inline] = [(Given(clip(name, LONGEST_PHRASE)),) for name in (read.claim.speaker.via if read.claim.speaker else ())]
    relays: Inline = ("relayed by ", *some(names, ", then by "), "; ") if names else ()
    return (*relays, *published_by(held), *((" in ", Ref(of_item(held))) if held else ()))


def published_by(held: HeldItem | None) -> Inline:
    """The words "published by X", or that the publisher is not known."""
    publisher = publisher_line(held)
    return ("published by ", *publisher) if publisher else ("publisher not known",)


def publisher_line(held: HeldItem | None) -> Inline:
    """Who published the item, and how we know; empty where nobody has said."""
    if held and held.document and held.document.publisher:
        stated = held.document.publisher
        return (Given(clip(stated.value, LONGEST_PHRASE)), f" ({ORIGIN_WORDS[stated.origin]})")
    if held and held.item.source:
        return (Given(clip(held.item.source, LONGEST_PHRASE)), f" ({ORIGIN_WORDS[Origin.GIVEN]})")
    return ()


def basis_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """What the speaker rests the claim on, and whether this case holds it."""
    lines = [_one_basis(basis, read, casebook) for basis in read.claim.basis if basis.kind is not BasisKind.UNSTATED]
    return some(lines) if lines else ("no basis given",)


def _one_basis(basis: Basis, read: ReadClaim, casebook: Casebook) -> Inline:
    words: Inline = (BASIS_WORDS[basis.kind], ": ", AsWritten(clip(basis.text, LONGEST_PHRASE), casebook.language_of(read)))
    if basis.held is not None and basis.held in casebook.items:
        return (*words, " (held as ", Ref(Citation(Cites.ITEM, basis.held)), ")")
    if basis.kind in {BasisKind.DOCUMENT, BasisKind.IMAGE, BasisKind.SENSOR}:
        return (*words, " (asserted, not held in this case)")
    return words


def answers_back(read: ReadClaim) -> bool:
    """Whether the claim denies, doubts or takes back: it can never be counted as support of what it is about."""
    return read.claim.stance in {Stance.DENIES, Stance.DOUBTS, Stance.RETRACTS}


def _document_words(held: HeldItem | None) -> Inline:
    if held is None:
        return ("a document not in this view",)
    title = held.document.title if held.document and held.document.title else held.item.name
    return (Given(clip(title, LONGEST_PHRASE)), ", ", *published_by(held))


def short_name(item: Item) -> FileName:
    """The file name, cut to a line."""
    return FileName(clip(item.name, LONGEST_PHRASE))
