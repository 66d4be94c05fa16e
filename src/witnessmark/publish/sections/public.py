"""What only a public dossier says: what it is, the evidence it shows without what betrays holdings, what it holds back and by which rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.model.view import HeldItem, Method
from witnessmark.publish.attribution import LONGEST_PHRASE, publisher_line, short_name
from witnessmark.publish.block import Block, Card, Fact, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, document_anchor, item_anchor
from witnessmark.publish.citation import of_item, of_method
from witnessmark.publish.media_card import media_facts
from witnessmark.publish.pictures import sheet_fact
from witnessmark.publish.preserved import BERKELEY, self_assessment
from witnessmark.publish.prose import Code, Given, Inline, Jump, Ref, clip, sentence
from witnessmark.publish.translations import translation_line
from witnessmark.publish.words import ORIGIN_WORDS, counted, day_words

RELEASE = Method(
    "release",
    "1",
    "Shows an item where a person released it or it is public already, nobody called it sensitive or sealed, and its giver agreed to have it published;"
    " a claim where a person called its reading right; a name where no person's record forbids it. Consent is asked of the record alone.",
)
"""The rule by which everything in a public dossier was chosen; sentences about the whole rest on it."""

WHAT_IT_IS = (
    "This dossier is a part of a case. It shows what a person read, released and was free to publish, and nothing else; numbers such as I1 and C1 count what"
    " is shown here. Characters that must not be seen are covered with █████, which does not tell how many they were."
)
COARSE = (
    "Every position of a place known more exactly than a district is given to the nearest ~10 km, and degrees, grid references and plus codes in the text of"
    " documents are covered beyond that."
)
COMMITMENTS = (
    "Of an original that was not public already no hash is given: it would tell whoever has the same file that it is held. In its place stands a commitment,"
    " a salted hash that an entry of the custody log holds: whoever is given its opening can check that it is of just that original. `dossier.json` holds the"
    " entries, with the proof that each is in the log whose root the checkpoint gives; `witnessmark verify` checks them."
)
FROM_WITHHELD = (
    "The originals are not in this dossier. That a text shown here is what its original says can be checked only by who holds the original: of what was"
    " public already, by the hash that is given; of the rest, with an opening."
)


class About:
    """What a reader must know first."""

    slug = "about"
    title = "What this is"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """How much is shown, and what that means."""
        items, claims = casebook.view.items, casebook.view.claims
        yield Paragraph(
            (
                sentence(WHAT_IT_IS, cites=(of_method(RELEASE),)),
                sentence(
                    f"It shows {counted(len(items), 'item')} and {counted(len(claims), 'claim')} ({'what is held back and why' if items else 'why there is no more'}: ",
                    Jump("held back", "section-held-back"),
                    ").",
                    cites=(of_method(RELEASE),),
                ),
            )
        )

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """All of it."""
        return self.blocks(casebook)


class PublicEvidence:
    """A card for each item: what it is and where it comes from, never how or when it came to us."""

    slug = "evidence"
    title = "Evidence"
    noun = "page"

    def __init__(self, commitments: Mapping[str, str]) -> None:
        """`commitments` of items by their id."""
        self._commitments = commitments

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """The items in the order of their numbers."""
        yield Paragraph((sentence(COMMITMENTS, cites=(of_method(RELEASE),)), sentence(FROM_WITHHELD, cites=(of_method(RELEASE),))))
        for held in casebook.view.items:
            yield Card(
                title=(short_name(held.item),),
                citations=(of_item(held),),
                facts=tuple(self._facts(held, casebook)),
                anchor=item_anchor(held),
                level=3,
                tone="item",
            )

    def digest(self, casebook: Casebook) -> Iterator[Block]:  # noqa: ARG002 -- the section protocol
        """Nothing: its pages are listed."""
        return iter(())

    def _facts(self, held: HeldItem, casebook: Casebook) -> Iterator[Fact]:
        item, document = held.item, held.document
        yield Fact("Kind", (Given(item.media_type),))
        if document is not None:
            yield Fact("Read as", (Jump("document", document_anchor(held)), f"; {counted(len(casebook.claims_of(held)), 'claim')}"))
            if document.title:
                yield Fact("Title", (Given(clip(document.title, LONGEST_PHRASE)),))
            yield Fact("Language", (Given(document.language),) if document.language else ("not determined",))
        yield Fact("Source", publisher_line(held) or ("not given",))
        yield Fact("Published", _published(held))
        if (parent := casebook.items.get(item.parent or "")) is not None:
            yield Fact("Found in", (Ref(of_item(parent)), " ", short_name(parent.item)))
        if translated := translation_line(held, casebook):
            yield Fact("Translation", translated)
        yield from media_facts(held, casebook)
        yield from sheet_fact(held, casebook)
        if item.id in self._commitments:
            yield Fact("Commitment", (Code(self._commitments[item.id]),))
        yield Fact("sha256", (Code(item.id),) if item.already_public else ("not given: it was not public already",))


def _published(held: HeldItem) -> Inline:
    if held.document and held.document.published:
        stated = held.document.published
        return (Given(day_words(stated.value)), f" ({ORIGIN_WORDS[stated.origin]})")
    return (Given(day_words(held.item.published)),) if held.item.published else ("not given",)


class HeldBack:
    """What was held back and under which rule, in bands so wide that they betray nothing."""

    slug = "held-back"
    title = "What was held back, and by which rule"
    noun = "page"

    def __init__(self, banded: tuple[tuple[str, str], ...]) -> None:
        """What each rule holds back, and how many in a wide band."""
        self._banded = banded

    def blocks(self, casebook: Casebook) -> Iterator[Block]:  # noqa: ARG002 -- the section protocol
        """Every rule, whether it held anything back or not."""
        rows = tuple(Row(((words,), (band,)), (of_method(RELEASE),)) for words, band in self._banded)
        yield Table("Rules by which things are held back", ("What is held back", "How many"), rows)
        yield Paragraph(
            (
                sentence(
                    "Every rule is listed, whether it held anything back or not. What is held back includes what speaks against the allegations as well as what"
                    " supports them: the rules ask nothing of which side a thing is on.",
                    cites=(of_method(RELEASE),),
                ),
                sentence(
                    "Names of people who did not agree to be named are covered wherever they stand, file metadata and file names are left out, and so are the"
                    " people who work on the case.",
                    cites=(of_method(RELEASE),),
                ),
                sentence(COARSE, cites=(of_method(RELEASE),)),
            )
        )

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """All of it."""
        return self.blocks(casebook)


class PublicMethods:
    """How what is shown was made and is preserved, and what the methods cannot do."""

    slug = "limits"
    title = "Methods and limits"
    noun = "page"

    def __init__(self, whole: frozenset[str] = frozenset()) -> None:
        """`whole` are the items whose original was hashed again on publishing and has the bytes that were recorded."""
        self._whole = whole

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """The methods at their versions, and the self-assessment of preservation."""
        rows = tuple(
            Row(((Given(method.stage),), (Code(method.version),), (Given(method.note),)), (of_method(method),), f"method-{at + 1}")
            for at, method in enumerate(casebook.view.methods)
        )
        yield Table("Methods", ("Stage", "Version", "What it does and cannot do"), rows)
        if casebook.view.items and BERKELEY in casebook.view.methods:
            yield self_assessment(casebook, self._whole)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """All of it."""
        return self.blocks(casebook)
