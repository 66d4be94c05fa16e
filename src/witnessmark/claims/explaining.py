"""Explaining: for each field of a claim the words it was read from, and the rule, list or network that read it so.

Whoever disputes a reading is owed more than its result. The reasons are drawn from the very decisions that composed the claim, made once more: they are
pure, so they come out the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.claims.acts import find_act
from witnessmark.claims.certainty import certainty_by
from witnessmark.claims.composing import Facts, Voice, stance_of
from witnessmark.claims.phrases import Extent
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.reasons import Reason
from witnessmark.model.claim import Claim
from witnessmark.model.span import Span

CONSTRUCTIONS = {
    "label": "the label of a turn of speech",
    "quote": "the verb of saying beside a quotation",
    "colon": "the name and colon before a quotation",
    "adverb": "a word for hearsay",
    "according": "“according to”",
}


def explain(facts: Facts, voice: Voice, proposition: Proposition, claim: Claim) -> Iterator[Reason]:
    """The reasons of a composed claim, field by field in the order of the contract; fields that are empty have none."""
    yield from _who(voice, claim)
    yield from _how(facts, voice, proposition, claim)
    yield from _what(facts, proposition, claim)
    for name in ("when", "said", "due"):
        interval = getattr(claim, name)
        if interval is not None:
            yield _of(
                name,
                f"{interval.earliest or '…'} to {interval.latest or '…'}",
                interval,
                "the calendar of dates, counted from the document's own",
            )
    if claim.where is not None:
        known = f"the gazetteer ({claim.where.id})" if claim.where.id else "the words for a place; no gazetteer here holds it"
        yield _of("where", claim.where.name or claim.where.text, claim.where, known)
    for basis in claim.basis:
        yield _of("basis", basis.kind, basis, "words that say what it rests on")
    if claim.answers:
        yield Reason(
            "answers", f"{len(claim.answers)} claims of this document", None, "shared words, names and places, and the order of the text"
        )


def _of(field: str, value: str, part: object, by: str) -> Reason:
    start, end, text = (getattr(part, name) for name in ("start", "end", "text"))
    return Reason(field, str(value), Span(start, end, text), by)


def _who(voice: Voice, claim: Claim) -> Iterator[Reason]:
    if claim.speaker is None:
        yield Reason("speaker", "the document itself", None, "no cue: nobody else is read to say it")
        return
    yield Reason("speaker", claim.speaker.name or "not known", claim.speaker.mention, _named(claim))
    if voice.attribution is None:
        yield Reason("content", claim.quote, claim.content[0], CONSTRUCTIONS["label"])
        return
    found = voice.attribution.construction
    by = (
        f"the learned reader; right {100 * (claim.confidence or 0):.0f} times in 100 where it is as sure as here"
        if claim.confidence is not None
        else f"rule: {CONSTRUCTIONS.get(found, f'a cue that takes its content as {found}')}"
    )
    yield Reason("content", claim.quote, claim.content[0], by)
    cue = voice.attribution.cue
    known = (
        f"list of cues: “{cue.lemma}” is a word to {cue.meaning}"
        if cue.constructions
        else "no list holds this cue; taken for a word to say"
    )
    yield Reason("cue", " ".join(span.text for span in claim.cue), claim.cue[0] if claim.cue else None, known)


def _named(claim: Claim) -> str:
    mention = claim.speaker.mention.text if claim.speaker is not None and claim.speaker.mention is not None else ""
    name = claim.speaker.name if claim.speaker is not None else None
    if name is None:
        return "nobody in the text fits these words" if mention else "the cue names nobody"
    return "named here" if name in mention else "the last one named in the text whom these words fit"


def _how(facts: Facts, voice: Voice, proposition: Proposition, claim: Claim) -> Iterator[Reason]:
    reading = stance_of(voice, proposition)
    by = reading.by if reading.stance is claim.stance else "it negates what somebody else in this document asserts"
    yield Reason("stance", claim.stance, claim.cue[0] if reading.by_cue and claim.cue else _head(facts, proposition), by)
    certainty, hedge = certainty_by(proposition, voice.cue, facts.quotes, voice.cue_lemma)
    yield Reason("certainty", certainty, None, hedge)
    if claim.relay_certainty is not None:
        yield Reason("relay_certainty", claim.relay_certainty, None, "a hedge outside the speaker's own words")
    if claim.speaker is not None:
        yield Reason("form", claim.form, claim.content[0], "how much of it stands between quotation marks")
    yield Reason(
        "kind",
        claim.kind,
        _head(facts, proposition),
        "only a thing is pointed to" if voice.bare else "the verb, the stance and words of judgement",
    )


def _what(facts: Facts, proposition: Proposition, claim: Claim) -> Iterator[Reason]:
    found = find_act(proposition)
    if claim.act is not None and found is not None:
        words = facts.span(proposition.parsed.extent(found.token, found.token))
        yield Reason("act", claim.act, words, f"list of acts: “{found.word.lemma}”")
    for party in claim.parties:
        yield _of(f"parties, {party.role}", party.name or party.text, party, "its place beside the word for the act")
    for count in claim.victims:
        bounds = f"{count.min if count.min is not None else '…'} to {count.max if count.max is not None else '…'} {count.harm}"
        yield _of("victims", f"{bounds} a {count.per}" if count.per else bounds, count, "a number of people bound to the word for the harm")


def _head(facts: Facts, proposition: Proposition) -> Span | None:
    extent: Extent = proposition.parsed.extent(proposition.root, proposition.root)
    return facts.span(extent)
