"""Who says it, through whom it reached us, and on what basis: the lines that every showing of a claim must carry.

A field of a claim is always framed by its speaker ("said by X to have ...", "denied by X to have ..."), so that
nothing reads as established, and only a direct quote becomes `OwnWords`. A denial has two forms, and its headline tells them apart: over the
statement that is rejected it says "denied by", over words that already say no "said in denial by".
"""

from __future__ import annotations

import re

from witnessmark.model.claim import Basis, BasisKind, Certainty, Form, Stance
from witnessmark.model.document import Origin
from witnessmark.model.item import Item
from witnessmark.model.view import HeldItem, ReadClaim
from witnessmark.publish.block import Statement
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, Cites, of_item
from witnessmark.publish.prose import AsWritten, FileName, Given, Inline, Part, Ref, clip, some
from witnessmark.publish.quotation import without_lone_marks
from witnessmark.publish.words import BASIS_WORDS, CERTAINTY_WORDS, ORIGIN_WORDS, POLARITY_WORDS, frame_of, is_negated, stance_words

LONGEST_STATEMENT = 1200
"""Characters of a statement shown on its card; the whole stands in the document."""

LONGEST_PHRASE = 240
"""Characters of a name or an expression shown on a card."""

_MAIL_ADDRESS = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")
"""What mail puts behind a name; a headline shows the name, and the list of evidence both."""

OWN_VOICE = "stated by the document itself"

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


def whose(read: ReadClaim, casebook: Casebook) -> Inline:
    """The speaker in a few words; for the document's own voice, whose document it is."""
    by = _answerable_for(casebook.item_of(read)) if read.claim.speaker is None else ()
    return ("a document of ", *by) if by else who(read)


def lead(read: ReadClaim, casebook: Casebook) -> Inline:
    """The headline of a claim: what is done with the statement, and by whom; the document's own voice has its author's name."""
    if read.claim.speaker is None:
        by = _answerable_for(casebook.item_of(read))
        return (_own_voice(read), *((", by ", *by) if by else ()))
    return (f"{stance_words(read.claim)} by ", *who(read))


def headline(read: ReadClaim, casebook: Casebook) -> Inline:
    """The lead as it opens a card. It opens with words of ours, so no name ever changes its letters."""
    first, *rest = lead(read, casebook)
    return (first[:1].upper() + first[1:] if isinstance(first, str) else first, *rest)


def _own_voice(read: ReadClaim) -> str:
    if read.claim.stance is Stance.ASSERTS:
        return OWN_VOICE
    if is_negated(read.claim):
        return "stated in denial by the document itself"
    return f"{stance_words(read.claim)} in the document itself"


def _answerable_for(held: HeldItem | None) -> Inline:
    """The publisher of the item or, where none is stated, the author the document names; empty where there is neither."""
    publisher = _publisher(held)
    if publisher is not None:
        return (Given(clip(publisher[0], LONGEST_PHRASE)),)
    author = _MAIL_ADDRESS.sub("", _author(held) or "").strip() or _author(held)
    return (Given(clip(author, LONGEST_PHRASE)),) if author else ()


def framed(read: ReadClaim, *parts: Part, then: str = "") -> Inline:
    """`parts`, marked as what the speaker says, denies, demands ...; `then` follows the speaker ("to have ...")."""
    before, after = frame_of(read.claim)
    tail = f"{after} {then}" if then else after
    return (*parts, " — ", before, *who(read), tail.removesuffix(","))


def statement(read: ReadClaim, casebook: Casebook, longest: int = LONGEST_STATEMENT) -> Statement:
    """What was said, in the speaker's own words only where the document quotes them.

    Where it is not all quoted, a quotation mark that lost its partner at the edge of the span is left out: alone it would
    make a paraphrase look like speech.
    """
    language = casebook.language_of(read)
    quote = casebook.quote(read)
    text = clip(quote if read.claim.form is Form.DIRECT else without_lone_marks(quote), longest)
    own_words = read.claim.speaker is not None and read.claim.form is Form.DIRECT
    return Statement(text, own_words=own_words, language=language, note=_whose_words(read, casebook))


def _whose_words(read: ReadClaim, casebook: Casebook) -> str:
    """Whose words a statement is in, whether through a translator, and, of a denial that says so, whether they are what is denied or the denial."""
    claim = read.claim
    whose = OWN_VOICE if claim.speaker is None else "quoted in the document" if claim.form is Form.DIRECT else PARAPHRASE
    held = casebook.item_of(read)
    if held is not None and held.document is not None and held.document.translates is not None:
        whose += ", in translation"
    return f"{whose}; {POLARITY_WORDS[claim.polarity]}" if claim.stance is Stance.DENIES and claim.polarity is not None else whose


def speaker_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """The speaker with role and the words that name them here; for the document's own voice, its publisher and title."""
    speaker = read.claim.speaker
    if speaker is None:
        return (f"{_own_voice(read)}: ", *_document_words(casebook.item_of(read)))
    parts: list[Part] = list(who(read))
    if speaker.role:
        parts += [", ", Given(clip(speaker.role, LONGEST_PHRASE))]
    if speaker.mention and speaker.mention.text != speaker.name:
        parts += ["; named here as ", AsWritten(clip(speaker.mention.text, LONGEST_PHRASE), casebook.language_of(read))]
    return tuple(parts)


def relay_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """Through whom the words reached us, nearest the speaker first, ending with who published the item."""
    held = casebook.item_of(read)
    relays = _relays(read)
    return (*relays, *(("; ",) if relays else ()), *published_by(held), *_in_item(held))


def stated_relay(read: ReadClaim, casebook: Casebook) -> Inline:
    """The relays and the publisher or author as far as they are stated; empty where none is."""
    held = casebook.item_of(read)
    relays, published = _relays(read), _stated_publishing(held)
    known = (*relays, *(("; ",) if relays and published else ()), *published)
    return (*known, *_in_item(held)) if known else ()


def _relays(read: ReadClaim) -> Inline:
    names: list[Inline] = [(Given(clip(name, LONGEST_PHRASE)),) for name in (read.claim.speaker.via if read.claim.speaker else ())]
    return ("relayed by ", *some(names, ", then by ")) if names else ()


def _in_item(held: HeldItem | None) -> Inline:
    return (" in ", Ref(of_item(held))) if held else ()


def published_by(held: HeldItem | None) -> Inline:
    """The words "published by X"; else "by" the author the document names; else that the publisher is not known."""
    return _stated_publishing(held) or ("publisher not known",)


def _stated_publishing(held: HeldItem | None) -> Inline:
    publisher = publisher_line(held)
    if publisher:
        return ("published by ", *publisher)
    author = _author(held)
    return ("by ", Given(clip(author, LONGEST_PHRASE)), " (the document's own statement)") if author else ()


def publisher_line(held: HeldItem | None) -> Inline:
    """Who published the item, and how we know; empty where nobody has said."""
    publisher = _publisher(held)
    return (Given(clip(publisher[0], LONGEST_PHRASE)), f" ({ORIGIN_WORDS[publisher[1]]})") if publisher else ()


def _publisher(held: HeldItem | None) -> tuple[str, Origin] | None:
    if held and held.document and held.document.publisher:
        return held.document.publisher.value, held.document.publisher.origin
    return (held.item.source, Origin.GIVEN) if held and held.item.source else None


def _author(held: HeldItem | None) -> str | None:
    return held.document.author if held and held.document else None


def certainty_line(read: ReadClaim) -> Inline:
    """How sure the speaker is as worded, and the hedge of whoever relays it."""
    return (CERTAINTY_WORDS[read.claim.certainty], *_hedge(read, "; "))


def stated_certainty(read: ReadClaim) -> Inline:
    """A doubt the speaker or a relay puts into words; empty where neither does."""
    if read.claim.certainty in {Certainty.PROBABLE, Certainty.POSSIBLE}:
        return certainty_line(read)
    return _hedge(read, "")


def _hedge(read: ReadClaim, before: str) -> Inline:
    hedge = read.claim.relay_certainty
    return () if hedge is None else (f"{before}hedged by whoever relays it ({hedge.value})",)


def basis_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """What the speaker rests the claim on, and whether this case holds it."""
    return stated_basis(read, casebook) or ("no basis given",)


def stated_basis(read: ReadClaim, casebook: Casebook) -> Inline:
    """The same, empty where the speaker gives no basis."""
    return some([_one_basis(basis, read, casebook) for basis in read.claim.basis if basis.kind is not BasisKind.UNSTATED])


def _one_basis(basis: Basis, read: ReadClaim, casebook: Casebook) -> Inline:
    words: Inline = (BASIS_WORDS[basis.kind], ": ", AsWritten(clip(basis.text, LONGEST_PHRASE), casebook.language_of(read)))
    if basis.held is not None and basis.held in casebook.items:
        return (*words, " (held as ", Ref(Citation(Cites.ITEM, basis.held)), ")")
    if basis.kind in {BasisKind.DOCUMENT, BasisKind.IMAGE, BasisKind.SENSOR}:
        return (*words, " (asserted, not shown in this dossier)" if casebook.handed_out else " (asserted, not held in this case)")
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
