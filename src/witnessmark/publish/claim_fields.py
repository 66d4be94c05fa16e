"""The fields of a claim in words: what a person compares with the text, on a terminal and on a page alike."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.claim import Claim, ClaimPlace, Speaker
from witnessmark.model.correction import ADDED, CORRECTABLE, value_in_words
from witnessmark.model.decision import Decision
from witnessmark.publish.words import BASIS_WORDS, CERTAINTY_WORDS, act_words, count_words, interval_words


def field_values(claim: Claim) -> Iterator[tuple[str, str]]:
    """Each field that says something, with its name."""
    yield "words", f"“{' '.join(claim.quote.split())}”"
    yield "speaker", _speaker(claim.speaker)
    polarity = f", and the words are what is {claim.polarity}" if claim.polarity else ""
    relay = f"; hedged by the relay: {claim.relay_certainty}" if claim.relay_certainty else ""
    yield "stance", f"{claim.stance}{polarity}; {claim.kind}, {claim.form}; certainty {CERTAINTY_WORDS[claim.certainty]}{relay}"
    yield "act", act_words(claim.act)
    if claim.parties:
        yield "parties", "; ".join(f"{party.name or party.text} ({party.role})" for party in claim.parties)
    if claim.victims:
        yield "victims", "; ".join(f"{count_words(each)} [“{each.text}”]" for each in claim.victims)
    for label, interval in (("when", claim.when), ("said", claim.said), ("due", claim.due)):
        if interval is not None:
            yield label, f"{interval_words(interval)} [“{interval.text}”]"
    if claim.where is not None:
        yield "where", _place(claim.where)
    if claim.basis:
        yield "basis", "; ".join(f"{BASIS_WORDS[each.kind]} [“{each.text}”]{', held here' if each.held else ''}" for each in claim.basis)
    if claim.addressee is not None:
        yield "addressee", claim.addressee.name or claim.addressee.text
    if claim.purpose is not None:
        yield "purpose", claim.purpose.text


def _speaker(speaker: Speaker | None) -> str:
    if speaker is None:
        return "the document itself"
    name = speaker.name or ("anonymous" if speaker.anonymous else "not known who")
    mention = f" [“{speaker.mention.text}”]" if speaker.mention else ""
    role = f", {speaker.role}" if speaker.role else ""
    via = f", by way of {', '.join(speaker.via)}" if speaker.via else ""
    return f"{name}{role}{mention}{via}"


def _place(place: ClaimPlace) -> str:
    known = f", {place.id}, known as a {place.precision}" if place.id and place.precision else ", not in the gazetteer"
    return f"{place.name or place.text}{known} [“{place.text}”]"


def decided_words(decision: Decision) -> str:
    """What a decision put in the place of what was there, in short words; nothing where it added the claim."""
    if decision.field == ADDED:
        return ""
    return value_in_words(decision.field, decision.value) if decision.field in CORRECTABLE else decision.value
