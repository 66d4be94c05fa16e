"""What stands against an incident: denials, each source's once and beside what it denies; doubts and concessions; and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import ANSWERING, Stance
from witnessmark.model.incident import Role
from witnessmark.publish.attribution import headline, speaker_name
from witnessmark.publish.beside import Reply, laid_out
from witnessmark.publish.block import Block, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.finding import MOST_CITED, Finding
from witnessmark.publish.prose import AsWritten, clip, sentence
from witnessmark.publish.words import counted, interval_words

MOST_LAID_OUT = 12
"""Sources whose denials are laid out beside what they deny; of more, all are in the table of claims."""

MOST_BESIDE = 2
MOST_LINKED = 50
LONGEST_WORDS = 400

DENIED = "Denied"

HOW = (
    "Each source is shown once, with its first words and links to the rest. A denial without a basis moves nothing either way; one that names a basis is"
    " called disputed on evidence. No answer is ever an admission."
)


def answers(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """Denials, then doubts, concessions and corrections, then what likely answers without a word for it, then what else says otherwise."""
    by_source = _by_source(found, casebook)
    denying = {key: each for key, each in by_source.items() if key[1] is Stance.DENIES}
    others = {key: each for key, each in by_source.items() if key[1] in ANSWERING - {Stance.DENIES}}
    unworded = {key: each for key, each in by_source.items() if key[1] not in ANSWERING}
    yield from _beside(DENIED, denying, casebook)
    yield from _beside("Doubted, conceded or corrected", others, casebook)
    yield from _beside("Likely said in answer, in no words of denial", unworded, casebook)
    yield from _otherwise(found, casebook)


def _by_source(found: Finding, casebook: Casebook) -> dict[tuple[str, Stance], list[Reply]]:
    """The replies of each source; one without a name counts once an item."""
    standing = casebook.standing_by_id
    by_source: dict[tuple[str, Stance], list[Reply]] = {}
    for reply in sorted(found.answers, key=lambda each: each.breadth):
        read = standing[reply.claim]
        by_source.setdefault((speaker_name(read) or f"in {read.item}", read.claim.stance), []).append(reply)
    return by_source


def _beside(words: str, by_source: dict[tuple[str, Stance], list[Reply]], casebook: Casebook) -> Iterator[Block]:
    if not by_source:
        return
    standing = casebook.standing_by_id
    first = tuple(of_claim(standing[each[0].claim]) for each in list(by_source.values())[:MOST_CITED])
    yield Heading(sentence(words, cites=first[:1]))
    if words == DENIED:
        yield Paragraph((sentence(HOW, cites=first),))
    for own in list(by_source.values())[:MOST_LAID_OUT]:
        about = dict.fromkeys(answer.about for reply in own for answer in reply.answers)
        yield laid_out([standing[each] for each in about], own, casebook, MOST_BESIDE, most_replies=1)
    left = list(by_source.values())[MOST_LAID_OUT:]
    if left:
        cites = tuple(of_claim(standing[reply.claim]) for own in left for reply in own[:1])
        words = f"{counted(len(left), 'further source answers', 'further sources answer')} it so; the table of all claims has them."
        yield Paragraph((sentence(words, cites=cites[:MOST_LINKED]),))


def _otherwise(found: Finding, casebook: Casebook) -> Iterator[Block]:
    """Claims that contradict it without denying it."""
    reads = [read for role, read in found.members if role is Role.CONTRADICTS]
    if not reads:
        return
    yield Heading(sentence("Said otherwise", cites=(of_claim(reads[0]),)))
    rows = tuple(
        Row(
            (
                headline(read, casebook),
                (AsWritten(clip(casebook.quote(read), LONGEST_WORDS), casebook.language_of(read)),),
                (interval_words(read.claim.said),),
            ),
            (of_claim(read),),
        )
        for read in reads
    )
    yield Table("Claims that say otherwise", ("Who", "What", "Said on", "Claim"), rows)
