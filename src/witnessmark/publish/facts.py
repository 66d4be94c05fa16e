"""A claim field by field: each with the words it was read from, framed by its speaker, and every unknown shown as unknown.

Where a person corrected a field, what the machine had read stands beneath it, with who, when and why.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from witnessmark.model.claim import ClaimParty, ClaimPlace, Form, Interval, Stance, VictimCount
from witnessmark.model.correction import ADDED, CORRECTABLE, standing_corrections
from witnessmark.model.decision import STATUS_WORDS, Decision, Status
from witnessmark.model.ocr_names import names_by_ocr
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import (
    LONGEST_PHRASE,
    basis_line,
    certainty_line,
    framed,
    lead,
    relay_line,
    speaker_line,
)
from witnessmark.publish.block import Fact
from witnessmark.publish.casebook import Answering, Casebook, decision_anchor, document_anchor, stands
from witnessmark.publish.citation import Citation, Cites, of_claim
from witnessmark.publish.prose import AsWritten, Flag, Given, Inline, Jump, Part, Ref, clip, some
from witnessmark.publish.translations import read_in_translation
from witnessmark.publish.words import POLARITY_WORDS, ROLE_WORDS, act_words, count_words, interval_words, moment_words, stance_words

NOTHING = "nothing"
NOT_COMPARED = "not compared with the picture yet"

FIELDS = {
    "Stance": ("stance", "polarity"),
    "Speaker": ("speaker",),
    "Certainty": ("certainty", "relay_certainty"),
    "Basis": ("basis",),
    "Act": ("act",),
    "Parties": ("parties",),
    "Victims": ("victims",),
    "When": ("when",),
    "Said on": ("said",),
    "Due": ("due",),
    "Where": ("where",),
    "Addressed to": ("addressee",),
    "Aim": ("purpose",),
    "Kind": ("kind", "form"),
}
"""The labels of lines that show a field a person may correct, and the fields each shows."""


def reading(read: ReadClaim, casebook: Casebook) -> Iterator[Fact]:
    """Every field that is stated, then what is not; a corrected one with what the machine had read."""
    machine = machine_reading(read)
    before = {} if machine is None else {fact.label: fact.value for fact in _fields(machine, casebook)}
    shown = {fact.label: fact for fact in _fields(read, casebook)}
    standing = _standing(read, casebook)
    made = {label: decision for label, fields in FIELDS.items() if (decision := _latest(standing, fields)) is not None}
    yield from by_ocr(read, casebook)
    for label in (*shown, *(label for label in made if label not in shown)):
        fact = shown.get(label, Fact(label, (f"{NOTHING}: taken out by a person",)))
        if label in made and machine is not None:
            fact = msgspec.structs.replace(fact, was=_was(made[label], before.get(label, (NOTHING,))))
        yield fact
    for decision in read.decisions:
        if decision.field in CORRECTABLE and not decision.undone and decision.field not in standing:
            why = f"a correction of {decision.field} made in another reading of the original: its words do not stand at their place in this one "
            yield Fact("Left out", (why, Ref(Citation(Cites.DECISION, decision.id))))
    if missing := _not_stated(read):
        yield Fact("Not stated", (missing,))


def by_ocr(read: ReadClaim, casebook: Casebook) -> Iterator[Fact]:
    """That names in the claim are a machine's guess at a picture, with how sure it was, and whether a person has compared them."""
    held = casebook.item_of(read)
    names = names_by_ocr(read.claim, held.document) if held and held.document else ()
    if names:
        listed = some(
            [(AsWritten(clip(name.text, LONGEST_PHRASE), casebook.language_of(read)), f" ({name.confidence:.0f} of 100)") for name in names]
        )
        said: Part = "; a person has since called the reading right" if read.status is Status.ACCEPTED else Flag(NOT_COMPARED, "ocr")
        yield Fact("Names by OCR", ("OCR read these names in a picture, so sure of each: ", *listed, " ", said))


def machine_reading(read: ReadClaim) -> ReadClaim | None:
    """The claim as the machine read it; None where a person added it."""
    return None if read.as_read is None else msgspec.structs.replace(read, claim=read.as_read)


def _standing(read: ReadClaim, casebook: Casebook) -> dict[str, Decision]:
    """The corrections in force, by field."""
    held = casebook.item_of(read)
    return standing_corrections(read.decisions, held.document.text if held and held.document else "")


def _latest(standing: dict[str, Decision], fields: tuple[str, ...]) -> Decision | None:
    """The correction of one of these fields that was made last."""
    return max((standing[field] for field in fields if field in standing), key=lambda made: made.at, default=None)


def _was(made: Decision, before: Inline) -> Inline:
    stated = (Given(clip(made.why, LONGEST_PHRASE)), " ", Ref(Citation(Cites.DECISION, made.id)))
    return ("The machine read: ", *before, f". Corrected on {moment_words(made.at)} by ", Given(made.by), ", because: ", *stated)


def _fields(read: ReadClaim, casebook: Casebook) -> Iterator[Fact]:
    claim = read.claim
    yield Fact("Stance", _stance(read, casebook))
    yield Fact("Speaker", speaker_line(read, casebook))
    yield Fact("Reached us", relay_line(read, casebook))
    if translated := read_in_translation(read, casebook):
        yield Fact("Translated", translated)
    yield Fact("Certainty", certainty_line(read))
    yield Fact("Basis", basis_line(read, casebook))
    if claim.act:
        yield Fact("Act", framed(read, act_words(claim.act)))
    if claim.parties:
        yield Fact("Parties", some([_party(read, party, casebook) for party in claim.parties]))
    if claim.victims:
        yield Fact("Victims", victims_line(read, casebook))
    yield from _times_and_places(read, casebook)
    yield Fact("Kind", (f"{claim.kind.value}, {_form(read)}",))


def _stance(read: ReadClaim, casebook: Casebook) -> Inline:
    """What the speaker does with the words, and the words that say so."""
    claim = read.claim
    cue = some([(AsWritten(clip(span.text, LONGEST_PHRASE), casebook.language_of(read)),) for span in claim.cue], ", ")
    says: Inline = (stance_words(claim), *((", as written: ", *cue) if cue else ()))
    return (*says, f"; {POLARITY_WORDS[claim.polarity]}") if claim.stance is Stance.DENIES else says


def _party(read: ReadClaim, party: ClaimParty, casebook: Casebook) -> Inline:
    words = AsWritten(clip(party.text, LONGEST_PHRASE), casebook.language_of(read))
    named: Inline = (Given(clip(party.name, LONGEST_PHRASE)), " (", words, ")") if party.name and party.name != party.text else (words,)
    return framed(read, *named, then=ROLE_WORDS[party.role])


def victims_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """The stated numbers with the words they were read from; never combined."""
    if not read.claim.victims:
        return ("no number stated",)
    return framed(read, *some([_count(count, read, casebook) for count in read.claim.victims]))


def _count(count: VictimCount, read: ReadClaim, casebook: Casebook) -> Inline:
    part_of = "of these, " if count.includes is not None else ""
    group: Inline = (" (", Given(clip(count.group, LONGEST_PHRASE)), ")") if count.group else ()
    written = AsWritten(clip(count.text, LONGEST_PHRASE), casebook.language_of(read))
    return (f"{part_of}{count_words(count)}", *group, ", as written: ", written)


def _dated(interval: Interval, read: ReadClaim, casebook: Casebook) -> Inline:
    return (f"{interval_words(interval)}, as written: ", AsWritten(clip(interval.text, LONGEST_PHRASE), casebook.language_of(read)))


def _times_and_places(read: ReadClaim, casebook: Casebook) -> Iterator[Fact]:
    claim = read.claim
    for label, interval in (("When", claim.when), ("Said on", claim.said), ("Due", claim.due)):
        if interval is not None:
            yield Fact(label, _dated(interval, read, casebook))
    if claim.where is not None:
        yield Fact("Where", _where(claim.where, read, casebook))
    yield from _further(read, casebook)


def _where(place: ClaimPlace, read: ReadClaim, casebook: Casebook) -> Inline:
    named: Part = Given(clip(place.name, LONGEST_PHRASE)) if place.name else "place not identified"
    precision = f" (known as a {place.precision.value})" if place.precision else ""
    return (named, precision, ", as written: ", AsWritten(clip(place.text, LONGEST_PHRASE), casebook.language_of(read)))


def _not_stated(read: ReadClaim) -> str:
    """What the text does not settle, so that a gap is seen as one."""
    claim = read.claim
    parties = "parties" if claim.victims else "who did it or suffered it"
    gaps = {"act": claim.act, parties: claim.parties, "number of victims": claim.victims, "date of the event": claim.when,
            "place": claim.where, "date of the statement": claim.said}  # fmt: skip
    return ", ".join(name for name, value in gaps.items() if not value)


def _further(read: ReadClaim, casebook: Casebook) -> Iterator[Fact]:
    claim = read.claim
    language = casebook.language_of(read)
    if claim.addressee:
        yield Fact("Addressed to", (AsWritten(clip(claim.addressee.text, LONGEST_PHRASE), language),))
    if claim.purpose:
        yield Fact("Aim", framed(read, AsWritten(clip(claim.purpose.text, LONGEST_PHRASE), language)))


def answer_facts(read: ReadClaim, casebook: Casebook, answers: list[Answering]) -> Iterator[Fact]:
    """Which claims it answers, and which answer it."""
    about = [casebook.claims[each.about] for each in answers if each.claim == read.claim.id and each.about in casebook.claims]
    by = [casebook.claims[each.claim] for each in answers if each.about == read.claim.id and each.claim in casebook.claims]
    if about:
        yield Fact("Answers", _who_and_which(about, casebook))
    if by:
        yield Fact("Answered by", _who_and_which(by, casebook))


def _who_and_which(reads: list[ReadClaim], casebook: Casebook) -> Inline:
    lines: list[Inline] = [(Ref(of_claim(read)), " (", *lead(read, casebook), ")") for read in reads]
    return some(lines, ", ")


def reader_line(read: ReadClaim, casebook: Casebook) -> Inline:
    """What people said of the reading, and by which reader it was made in which document."""
    held = casebook.item_of(read)
    words: list[Part] = [f"{STATUS_WORDS[read.status]}; read by ", Given("a person" if read.as_read is None else read.reader)]
    if held is None or held.document is None:
        words.append("; the document is not in this view")
    elif not stands(read, held.document.text):
        words.append("; the quoted characters are not what the document holds there: do not rely on this claim")
    else:
        words += [" in ", Jump("the document", document_anchor(held))]
    return tuple(words)


def _form(read: ReadClaim) -> str:
    if read.claim.speaker is None:
        return "the document's own voice"
    return {Form.DIRECT: "direct quotation", Form.INDIRECT: "paraphrase", Form.MIXED: "part quotation, part paraphrase"}[read.claim.form]


def decision_fact(read: ReadClaim, place: int, decision: Decision) -> Fact:
    """What was decided of a reading, by whom, when and why."""
    undone = " (undone since)" if decision.undone else ""
    return Fact(
        "Decided",
        (
            *decided(decision),
            f"{undone}, on {moment_words(decision.at)}, by ",
            Given(decision.by),
            ", because: ",
            Given(clip(decision.why, LONGEST_PHRASE)),
            " ",
            Ref(Citation(Cites.DECISION, decision.id)),
        ),
        anchor=decision_anchor(read, place),
    )


def decided(decision: Decision) -> Inline:
    """What a decision says, in words; the new value of a corrected field stands in its line."""
    if decision.field == "status" and decision.value in set(Status):
        return (f"the reading is called {STATUS_WORDS[Status(decision.value)]}",)
    if decision.field == ADDED:
        return ("the claim was added by hand",)
    if decision.field in CORRECTABLE:
        return (f"{decision.field.replace('_', ' ')} corrected",)
    return (f"{decision.field}: ", Given(clip(decision.value, LONGEST_PHRASE)))
