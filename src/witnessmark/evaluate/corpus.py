"""Measures the reading of claims on annotated documents: what was found, and which fields were read right.

A gold field that lists several readings is right with any of them, and a field its annotator was unsure of is not measured. Where a gold claim has
no counterpart, only recall suffers; the recall of denials counts those, too, since a missed denial is the costly error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.evaluate.annotated import Annotated, Marked
from witnessmark.evaluate.figures import Counts, Figure, f_score, figure, macro_f, share
from witnessmark.evaluate.pairing import WordPlaces, pairs
from witnessmark.model.claim import Certainty, Claim, Form, Kind, Stance

LITTLE = frozenset({"the", "a", "an", "of", "president", "mr", "ms", "mrs", "dr", "s"})
NAME_WORD = re.compile(r"\w+")
NOBODY = {"document", "unnamed"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold claim: its places and its fields."""

    id: str
    marked: Marked
    fields: dict[str, Any]

    def values(self, field: str) -> list[Any] | None:
        """The readings of a field that are right; None where it is not measured."""
        if field in as_list(self.fields.get("unsure")):
            return None
        return as_list(self.fields[field]) if field in self.fields else []


def as_list(value: object) -> list[Any]:
    """A field's values, where one may stand for itself."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def figures_of(counted: Sequence[Counts]) -> list[Figure]:
    """The figures of documents already counted, in the order they are shown."""
    return [figure(name, counted, measure, of) for name, measure, of in FIGURES]


def counts_of(document: Annotated, read: list[Claim]) -> Counts:
    """What one document adds to every figure."""
    counts: Counts = Counter()
    words = WordPlaces(document.text)
    gold = [Gold(id_, document.marked[id_], fields) for id_, fields in document.fields.items()]
    matched = pairs([words.of(g.marked.says) for g in gold], [words.of((s.start, s.end) for s in claim.content) for claim in read])
    counts.update({"gold": len(gold), "read": len(read), "found": len(matched), "spans": sum(1 for claim in read for _ in claim.content)})
    counts["wrong spans"] = sum(document.text[s.start : s.end] != s.text for claim in read for s in (*claim.content, *claim.cue))
    claim_of = {g.id: read[matched[i]] for i, g in enumerate(gold) if i in matched}
    for i, one in enumerate(gold):
        _count_denial(counts, one, read[matched[i]] if i in matched else None)
        if i in matched:
            _count_fields(counts, one, read[matched[i]], words)
            _count_answers(counts, one, read[matched[i]], claim_of)
    for j, claim in enumerate(read):
        if j not in matched.values() and claim.answers:
            counts["answers.unpaired"] += 1
    return counts


def _count_denial(counts: Counts, gold: Gold, claim: Claim | None) -> None:
    wanted = gold.values("stance")
    if wanted == ["denies"]:
        counts["denials.gold"] += 1
        counts["denials.hit"] += claim is not None and claim.stance is Stance.DENIES
    if wanted is not None and claim is not None and claim.stance is Stance.DENIES:
        counts["denials.read"] += 1
        counts["denials.right"] += "denies" in wanted


def _count_fields(counts: Counts, gold: Gold, claim: Claim, words: WordPlaces) -> None:
    _count_value(counts, gold, "stance", claim.stance)
    _count_value(counts, gold, "certainty", claim.certainty)
    _count_value(counts, gold, "kind", claim.kind)
    _count_value(counts, gold, "act", claim.act or "none")
    if claim.speaker is not None and gold.fields.get("form"):
        _count_value(counts, gold, "form", claim.form)
    if (wanted := gold.values("polarity")) and claim.polarity is not None:
        counts.update({"polarity.of": 1, "polarity.right": claim.polarity in wanted})
    _count_relay(counts, gold, claim)
    _count_speaker(counts, gold, claim)
    _count_victims(counts, gold, claim)
    _count_place_and_time(counts, gold, claim)
    _count_parties(counts, gold, claim)
    if gold.marked.cue:
        counts.update({"cue.of": 1, "cue.right": bool(words.of(gold.marked.cue) & words.of((s.start, s.end) for s in claim.cue))})


def _count_value(counts: Counts, gold: Gold, field: str, value: str) -> None:
    wanted = gold.values(field)
    if not wanted:
        return
    right = value in wanted
    counts.update({f"{field}.of": 1, f"{field}.right": right})
    label = value if right else wanted[0]
    counts.update({f"{field}.{label}.gold": 1, f"{field}.{value}.predicted": 1, f"{field}.{value}.hit": right})


def _count_relay(counts: Counts, gold: Gold, claim: Claim) -> None:
    wanted = gold.values("relay_certainty")
    if wanted is None:
        return
    hedged = claim.relay_certainty is not None
    counts.update({"relay.gold": bool(wanted), "relay.predicted": hedged, "relay.hit": bool(wanted) and hedged})
    if wanted and hedged:
        counts.update({"relay.valued": 1, "relay.right": claim.relay_certainty in wanted})


def name_words(name: str | None) -> frozenset[str]:
    """The words of a name that tell it from another."""
    return frozenset(NAME_WORD.findall((name or "").casefold().replace("’s", "").replace("'s", ""))) - LITTLE


def names_agree(one: str | None, other: str | None) -> bool:
    """Whether all words of the shorter name stand in the longer."""
    a, b = name_words(one), name_words(other)
    return bool(a and b) and (a <= b or b <= a)


def _count_speaker(counts: Counts, gold: Gold, claim: Claim) -> None:
    wanted = gold.values("speaker")
    if not wanted:
        return
    named = [name for name in wanted if name not in NOBODY]
    own = "document" in wanted
    counts["voice.of"] += 1
    counts["voice.right"] += (claim.speaker is None and own) or (claim.speaker is not None and (bool(named) or "unnamed" in wanted))
    if own or not named or claim.speaker is None:
        return
    counts["speaker.of"] += 1
    if claim.speaker.name is not None:
        counts["speaker.named"] += 1
        counts["speaker.right"] += any(names_agree(name, claim.speaker.name) for name in named)
    if (anonymous := gold.values("anonymous")) is not None:
        counts.update({"anonymous.of": 1, "anonymous.right": claim.speaker.anonymous == (anonymous == [True])})
    if via := gold.values("via"):
        counts.update({"via.of": 1, "via.right": any(names_agree(v, got) for v in via for got in claim.speaker.via)})


def _count_victims(counts: Counts, gold: Gold, claim: Claim) -> None:
    wanted = gold.values("victims")
    if wanted is None:
        return
    read = [(v.min, v.max, v.per.value if v.per else None) for v in claim.victims]
    keys = [(v.get("min"), v.get("max"), v.get("per")) for v in wanted]
    counts["victims.gold"] += len(keys)
    counts["victims.predicted"] += len(read)
    left = list(read)
    for key in keys:
        if key in left:
            left.remove(key)
            counts["victims.hit"] += 1
    vague = {k[0] or k[1] for k, v in zip(keys, wanted, strict=True) if k[0] != k[1] or v.get("approximate")}
    exact = [v for v in claim.victims if v.min == v.max and not v.approximate]
    counts["victims.exact"] += len(exact)
    counts["victims.too exact"] += sum(v.min in vague and (v.min, v.max, None) not in keys for v in exact)


def _count_place_and_time(counts: Counts, gold: Gold, claim: Claim) -> None:
    if place := gold.values("place"):
        got = [claim.where.name, claim.where.text] if claim.where is not None else []
        counts.update({"place.of": 1, "place.right": any(names_agree(p, g) for p in place for g in got)})
    when = gold.fields.get("when") if gold.values("when") is not None else None
    if when:
        stated = [i for i in (claim.when, claim.said, claim.due) if i is not None]
        counts.update({"when.of": 1, "when.right": any([i.earliest or "", i.latest or ""] == when for i in stated)})


def _count_parties(counts: Counts, gold: Gold, claim: Claim) -> None:
    if accused := gold.values("perpetrators"):
        got = [n for party in claim.parties if party.role == "perpetrator" for n in (party.name, party.text)]
        counts.update({"perpetrators.of": 1, "perpetrators.right": any(names_agree(a, g) for a in accused for g in got)})
    if basis := gold.values("basis"):
        counts["basis.of"] += 1
        counts["basis.right"] += any(name_words(b["text"]) & name_words(g.text) for b in basis for g in claim.basis)


def _count_answers(counts: Counts, gold: Gold, claim: Claim, claim_of: dict[str, Claim]) -> None:
    wanted = gold.values("answers")
    if wanted is None:
        return
    ids = {claim_of[a].id for a in wanted if a in claim_of}
    counts.update({"answers.gold": len(wanted), "answers.predicted": len(claim.answers), "answers.hit": len(ids & set(claim.answers))})


def _right(field: str) -> Callable[[Counts], float | None]:
    return lambda counts: share(counts[f"{field}.right"], counts[f"{field}.of"])


def _figures() -> Iterator[tuple[str, Callable[[Counts], float | None], str]]:
    yield "claims found", lambda c: share(c["found"], c["gold"]), "gold"
    yield "claims read per gold claim", lambda c: share(c["read"], c["gold"]), "gold"
    yield "spans equal to the text", lambda c: share(c["spans"] - c["wrong spans"], c["spans"]), "spans"
    yield "stance, macro F", lambda c: macro_f(c, list(Stance), "stance."), "stance.of"
    yield "stance, right", _right("stance"), "stance.of"
    yield "denials found as denials, of all", lambda c: share(c["denials.hit"], c["denials.gold"]), "denials.gold"
    yield "denials read that are denials", lambda c: share(c["denials.right"], c["denials.read"]), "denials.read"
    yield "certainty, macro F", lambda c: macro_f(c, list(Certainty), "certainty."), "certainty.of"
    yield "certainty, right", _right("certainty"), "certainty.of"
    yield "relay's hedge, F", lambda c: f_score(c, "relay."), "relay.gold"
    yield "form, right", _right("form"), "form.of"
    yield "form, macro F", lambda c: macro_f(c, list(Form), "form."), "form.of"
    yield "kind, right", _right("kind"), "kind.of"
    yield "kind, macro F", lambda c: macro_f(c, list(Kind), "kind."), "kind.of"
    yield "own voice or somebody's, right", _right("voice"), "voice.of"
    yield "speaker's name right, where given", lambda c: share(c["speaker.right"], c["speaker.named"]), "speaker.named"
    yield "speaker's name given", lambda c: share(c["speaker.named"], c["speaker.of"]), "speaker.of"
    yield "anonymous, right", _right("anonymous"), "anonymous.of"
    yield "relays named, right", _right("via"), "via.of"
    yield "victims, recall of (min, max, per)", lambda c: share(c["victims.hit"], c["victims.gold"]), "victims.gold"
    yield "victims, precision", lambda c: share(c["victims.hit"], c["victims.predicted"]), "victims.predicted"
    yield "victims too exact", lambda c: share(c["victims.too exact"], c["victims.exact"]), "victims.exact"
    yield "act, right", _right("act"), "act.of"
    yield "perpetrator, right", _right("perpetrators"), "perpetrators.of"
    yield "place, right", _right("place"), "place.of"
    yield "date, right", _right("when"), "when.of"
    yield "basis found", _right("basis"), "basis.of"
    yield "answers, F", lambda c: f_score(c, "answers."), "answers.gold"
    yield "polarity, right", _right("polarity"), "polarity.of"
    yield "cue found", _right("cue"), "cue.of"


FIGURES = tuple(_figures())
