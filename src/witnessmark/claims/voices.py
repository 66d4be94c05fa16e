"""Voices: for every proposition of a document, who puts it forward and through whom.

Attributions are gone through in the order of the text, so that a pronoun finds who was named before it. Words of a first person inside somebody's statement are
that somebody's; words of a third person inside it are that third person's, relayed. What is left is a transcript's labelled speech or the document's own voice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from witnessmark.claims.acts import find_act
from witnessmark.claims.attributions import Attribution
from witnessmark.claims.basis import cited_in, witnessed_by
from witnessmark.claims.circumstances import time_said
from witnessmark.claims.composing import Facts, Voice
from witnessmark.claims.lexicon import CueClass
from witnessmark.claims.own_voice import RELATIVE, Manner, is_reportable, manner_here, manner_of, own_sentences, states_something
from witnessmark.claims.parse import Parsed
from witnessmark.claims.phrases import Extent
from witnessmark.claims.propositions import Proposition, joined, propositions_in
from witnessmark.claims.relays import is_unnamed_behind, quoted_by, relays_of
from witnessmark.claims.speaker_words import NOT_SPEAKERS
from witnessmark.claims.speakers import Entity, Named
from witnessmark.claims.transcripts import Label
from witnessmark.claims.victims import find_victims
from witnessmark.model.claim import Basis, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST = frozenset({"i", "we", "me", "us"})
RELAYABLE = frozenset(
    {
        CueClass.SAY,
        CueClass.ALLEGE,
        CueClass.REPORT,
        CueClass.ESTIMATE,
        CueClass.DENY,
        CueClass.DOUBT,
        CueClass.CONCEDE,
        CueClass.RETRACT,
        CueClass.CORRECT,
        CueClass.WARN,
        CueClass.PREDICT,
    }
)
SHOWING = frozenset({"show", "depict", "reveal", "describe"})
ORDERING = frozenset({"order", "instruct", "command", "direct"})
JUDGING = frozenset(
    {
        CueClass.JUDGE,
        CueClass.CALL,
        CueClass.DENY,
        CueClass.DOUBT,
        CueClass.CONCEDE,
        CueClass.RETRACT,
        CueClass.CORRECT,
        CueClass.DEMAND,
        CueClass.PLEDGE,
    }
)
"""What these do to a thing is a stance in itself: "rejected the findings", "demanded an inquiry"."""
SILENT = frozenset({CueClass.CITE})
CLAUSAL = frozenset({"VERB", "AUX"})
"""What the head of a clause is. By a word that no lexicon takes for a cue, a thing alone is only pointed at."""
UNSAID = frozenset({CueClass.SAY, CueClass.REPORT, CueClass.KNOW, CueClass.ESTIMATE, CueClass.ALLEGE, CueClass.WARN, CueClass.WITNESS})


@dataclass(frozen=True, slots=True, eq=False)
class Voiced:
    """A proposition and the voice that puts it forward."""

    voice: Voice
    proposition: Proposition


@dataclass(slots=True, eq=False)
class _Said:
    """One attribution with its speaker resolved."""

    attribution: Attribution
    speaker: Speaker
    mention: Extent | None
    outer: _Said | None
    entity: Entity | None = None
    behind: bool = False
    through: list[Entity] = field(default_factory=list)

    def settle(self, facts: Facts) -> None:
        """Name the speaker by all that the whole document tells of whom the mention stands for."""
        if self.entity is None or self.mention is None:
            via = tuple(dict.fromkeys(name for entity in self.through if (name := entity.last().name)))
            self.speaker = Speaker(None, None, None, self.speaker.anonymous, via)
            return
        known = self.entity.last()
        via = tuple(dict.fromkeys(name for entity in self.through if (name := entity.last().name) and name != known.name))
        self.speaker = Speaker(known.name, facts.span(self.mention), known.role, known.is_unnamed or self.behind, via)


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """A passage with the label it stands under and its attributions; `follows` says that the first entry of a log came before."""

    place: int
    parsed: Parsed
    label: Label | None
    named: Named | None
    said: list[_Said]
    follows: bool


def voices_of(facts: Facts, passages: list[Parsed], attributions: list[Attribution]) -> Iterator[Voiced]:
    """Every proposition of the document that somebody puts forward.

    All passages are gone through before the first proposition is given, so that whoever is named only later has a name from the start.
    """
    manner = manner_of(facts.text, passages, facts.quotes)
    by_passage: dict[int, list[Attribution]] = {}
    for attribution in attributions:
        by_passage.setdefault(attribution.parsed.base, []).append(attribution)
    turns: list[_Turn] = []
    begun = False
    for place, parsed in enumerate(passages):
        label = parsed.label
        named = _labelled_name(facts, label) if label is not None else _station(facts, parsed.opened.station)
        facts.speakers.speaking = named.entity if named is not None and label is not None and not label.asks else None
        here = sorted(by_passage.get(parsed.base, []), key=lambda a: (a.anchor.i, a.construction))
        begun = begun or parsed.opened.logged
        turns.append(_Turn(place, parsed, label, named, _resolved(facts, parsed, here, named), begun))
    for turn in turns:
        for said in turn.said:
            said.settle(facts)
    cited: dict[str, list[Basis]] = {}
    for turn in turns:
        voiced = list(_attributed(facts, passages[max(0, turn.place - 1) : turn.place + 8], turn.said, cited))
        yield from voiced
        stating = _stating(turn.said, voiced)
        if turn.label is not None:
            yield from _labelled(facts, turn, stating)
        else:
            yield from _own(facts, turn, stating, manner)


def _stating(said: list[_Said], voiced: list[Voiced]) -> list[_Said]:
    """Those who put a proposition forward; who only points at a thing by a word no lexicon takes for a cue ("signed *a memorandum*") does what the document tells."""
    pointing = {
        id(one.voice.attribution)
        for one in voiced
        if one.voice.bare and one.voice.attribution is not None and not one.voice.attribution.cue.constructions
    }
    return [one for one in said if id(one.attribution) not in pointing]


def _station(facts: Facts, heading: Label | None) -> Named | None:
    """The station whose broadcast is given, which the text then calls "the station"."""
    if heading is None:
        return None
    named = facts.speakers.label(heading.name, (heading.start, heading.end), None, body=True)
    named.entity.heads |= {"station", "announcer"}
    return named


def _labelled_name(facts: Facts, label: Label) -> Named | None:
    """Whom a label names; of one who asks, the paper or station in brackets."""
    if label.asks:
        return facts.speakers.label(label.role, (label.start, label.end), None, body=True) if label.role is not None else None
    return facts.speakers.label(label.name, (label.start, label.end), label.role)


def _resolved(facts: Facts, parsed: Parsed, here: list[Attribution], label: Named | None) -> list[_Said]:
    """The attributions of one passage that are somebody's own, with their speakers, outer ones before those inside them."""
    found: list[_Said] = []
    relayed: dict[Entity, list[Entity]] = {}
    for attribution in sorted(here, key=lambda a: (-sum(e - s for s, e in a.extents), a.anchor.i)):
        outer = _enclosing(attribution, found)
        source = attribution.source
        if source is not None and (_is_writers_own(facts, attribution, source, label) or _is_nobody(source)):
            continue
        if (outer is not None and _is_only_wished(attribution)) or _is_performed(attribution):
            continue
        if source is None or (source.lower_ == "it" and attribution.construction.startswith("passive")):
            found.append(_Said(attribution, Speaker(anonymous=True), None, outer))
        else:
            found.append(_Said(attribution, Speaker(), (0, 0), outer))
    by_sentence: dict[int, list[_Said]] = {}
    for said in found:
        by_sentence.setdefault(said.attribution.anchor.sent.start, []).append(said)
    for sentence in parsed.doc.sents:
        for said in sorted(by_sentence.get(sentence.start, []), key=_reading_order):
            if said.mention is not None:
                _name(facts, said, here, label, relayed)
        if facts.quotes.holding(parsed.start(sentence[0])) is None:
            facts.speakers.meet_subject(parsed, sentence)
        facts.speakers.mean(parsed, sentence)
    return sorted(found, key=lambda s: s.attribution.anchor.i)


def _is_writers_own(facts: Facts, attribution: Attribution, source: Token, label: Named | None) -> bool:
    """Whether a first person says it within a statement of theirs; a body that writes "we asked" outside any quotation is named as who says so."""
    if source.lower_ not in FIRST:
        return False
    return (
        attribution.sure is None
        or label is not None
        or source.lower_ != "we"
        or facts.quotes.holding(attribution.cue_extent[0][0]) is not None
    )


def _is_nobody(source: Token) -> bool:
    """Whether the source is no one in particular: "anybody who said otherwise", "no official said"."""
    return source.lower_ in NOT_SPEAKERS or any(child.dep_ == "det" and child.lower_ in {"no", "any"} for child in source.children)


def _is_only_wished(attribution: Attribution) -> bool:
    """Whether what looks like a saying is what somebody else wants said or ordered done: "expects them *to withdraw* it"."""
    anchor = attribution.anchor
    return anchor.lemma_ in ORDERING or (
        anchor.tag_ == "VB" and any(child.dep_ == "aux" and child.lower_ == "to" for child in anchor.children)
    )


def _is_performed(attribution: Attribution) -> bool:
    """Whether the text itself does by saying so what no one else is named to do: "both assertions *are hereby refuted*"."""
    nameless = attribution.source is None and attribution.construction == "passive subject"
    now = any(child.dep_ == "auxpass" and child.lower_ in {"is", "are"} for child in attribution.anchor.children)
    return nameless and now and attribution.cue.meaning is CueClass.DENY


def _reading_order(said: _Said) -> tuple[int, int, int]:
    """Outer before inner, so that a pronoun outside is not taken for somebody named only in the words it introduces."""
    depth, outermost = 0, said
    while outermost.outer is not None:
        depth, outermost = depth + 1, outermost.outer
    return outermost.attribution.anchor.sent.start, outermost.attribution.anchor.i, depth


def _enclosing(attribution: Attribution, found: list[_Said]) -> _Said | None:
    cue = attribution.cue_extent[0]
    holders = [
        s
        for s in found
        if any(start <= cue[0] and cue[1] <= end for start, end in s.attribution.extents) and s.attribution.construction != "according"
    ]
    return min(holders, key=lambda s: sum(e - b for b, e in s.attribution.extents), default=None)


def _name(facts: Facts, said: _Said, here: list[Attribution], label: Named | None, relayed: dict[Entity, list[Entity]]) -> None:
    attribution = said.attribution
    source = attribution.source
    if source is None:
        said.through = [*_outside(said), *([label.entity] if label is not None else [])]
        return
    quoted = quoted_by(attribution)
    relay = facts.speakers.read(attribution.parsed, source).entity if quoted is not None else None
    named = facts.speakers.read(attribution.parsed, quoted or source)
    entity = named.entity
    via = relays_of(attribution, here, facts.speakers)
    if relay is not None:
        via.append(relay)
    via += [one for one in _outside(said) if one is not entity]
    if label is not None and label.entity is not entity:
        via.append(label.entity)
    if named.pronoun and not via and entity in relayed:
        via = list(relayed[entity])
    relayed[entity] = via
    outer = said.outer
    behind = outer is not None and is_unnamed_behind(outer.attribution.anchor)
    said.mention = attribution.mention if attribution.mention is not None and quoted is None else named.extent
    said.entity, said.behind, said.through = entity, behind or is_unnamed_behind(attribution.anchor), via


def _outside(said: _Said) -> list[Entity]:
    """Those in whose statements this one stands, nearest first."""
    outer = said.outer
    return [] if outer is None else [*([outer.entity] if outer.entity is not None else []), *outer.through]


MAIN_CLAUSE = frozenset({"ROOT", "conj"})
"""A speaker whose citing is a sentence of its own rests on it what follows; a "citing" beside one statement is the basis of that statement."""


def _attributed(facts: Facts, nearby: list[Parsed], said: list[_Said], cited: dict[str, list[Basis]]) -> Iterator[Voiced]:
    contents = [extent for s in said for extent in s.attribution.extents]
    relayed = {
        (s.attribution.parsed.base, s.attribution.anchor.i) for s in said if s.outer is not None and s.attribution.cue.meaning in RELAYABLE
    }
    anchors = {(s.attribution.parsed.base, s.attribution.anchor.i) for s in said}
    for one in said:
        attribution = one.attribution
        basis = cited_in(facts.text, attribution)
        name = one.speaker.name
        if attribution.cue.meaning in SILENT:
            if name is not None and attribution.anchor.dep_ in MAIN_CLAUSE:
                cited.setdefault(name, []).extend(basis)
            if attribution.sure is None or attribution.anchor.dep_ not in MAIN_CLAUSE:
                continue
        if attribution.negated and attribution.cue.meaning in UNSAID:
            continue
        known = cited.get(name, []) if name is not None else []
        voice = Voice(
            attribution=attribution,
            speaker=one.speaker,
            mention=one.mention,
            extents=attribution.extents,
            said=time_said(
                facts.text, attribution, _contents_beside(attribution, contents), facts.dates_in([_sentence_extent(attribution)])
            ),
            basis=tuple(dict.fromkeys((*basis, *known, *witnessed_by(facts.text, attribution)))),
        )
        pieces = propositions_in(facts.text, nearby, attribution.extents, whole=attribution.sure is not None)
        others = anchors if attribution.construction == "according" else relayed
        kept = [
            p
            for p in pieces
            if (p.parsed.base, p.root.i) not in others
            and p.root.tag_ not in RELATIVE
            and (_judges_thing(attribution) or states_something(p, counted=bool(facts.counts_in(p.extents))))
            and (attribution.cue.constructions or p.root.pos_ in CLAUSAL)
        ]
        if kept and attribution.sure is not None:
            kept = _with_the_rest(facts.text, kept, [p for p in pieces if p not in kept and (p.parsed.base, p.root.i) not in others])
        for proposition in kept:
            yield Voiced(voice, proposition)
        if not kept and attribution.sure is not None:
            yield from (Voiced(replace(voice, bare=True), p) for p in pieces if (p.parsed.base, p.root.i) not in others)


def _with_the_rest(text: str, kept: list[Proposition], rest: list[Proposition]) -> list[Proposition]:
    """The propositions, each piece of the content that states nothing by itself joined to the one before it, or to the first."""
    for piece in rest:
        place = max((i for i, p in enumerate(kept) if p.start < piece.start and p.parsed is piece.parsed), default=0)
        if kept[place].parsed is piece.parsed:
            kept[place] = joined(text, kept[place], piece)
    return kept


def _judges_thing(attribution: Attribution) -> bool:
    """Whether a thing alone is content enough: something is said of it ("called the report *a lie*"), or the cue is a stance or a showing."""
    judged = attribution.construction == "object" and attribution.cue.meaning in JUDGING
    return judged or len(attribution.contents) > 1 or attribution.anchor.lemma_ in SHOWING


def _sentence_extent(attribution: Attribution) -> Extent:
    sentence = attribution.anchor.sent
    return attribution.parsed.extent(sentence[0], sentence[-1])


def _contents_beside(attribution: Attribution, contents: list[Extent]) -> list[Extent]:
    """All contents but those that the attribution itself stands in: a date beside its cue there dates its saying."""
    cue = attribution.cue_extent[0]
    return [(start, end) for start, end in contents if not start <= cue[0] < end]


def _labelled(facts: Facts, turn: _Turn, stating: list[_Said]) -> Iterator[Voiced]:
    """A transcript's speech: every sentence that is no question and no third person's words."""
    label, named = turn.label, turn.named
    if named is None or label is None or label.asks:
        return
    entity = named.entity.last()
    speaker = Speaker(entity.name, facts.span(named.extent), entity.role, entity.is_unnamed)
    for proposition in own_sentences(facts.text, turn.parsed, [s.attribution for s in stating], facts.quotes):
        found = find_act(proposition)
        if is_reportable(proposition, found, manner=Manner.SPOKEN):
            yield Voiced(Voice(None, speaker, named.extent, proposition.extents, personal=True, spoken=True), proposition)


def _own(facts: Facts, turn: _Turn, stating: list[_Said], manner: Manner) -> Iterator[Voiced]:
    personal = manner is Manner.PERSONAL
    if turn.parsed.opened.aside or (manner is Manner.LOG and not turn.parsed.opened.logged and not turn.follows):
        return
    for proposition in own_sentences(facts.text, turn.parsed, [s.attribution for s in stating], facts.quotes):
        found = find_act(proposition)
        counted = bool(facts.counts_in(proposition.extents))
        harmed = counted and any(
            victims.harm is not None for victims in find_victims(facts.text, proposition, facts.counts_in(proposition.extents))
        )
        if is_reportable(proposition, found, manner=manner_here(turn.parsed, manner), counted=counted, harmed=harmed):
            yield Voiced(Voice(None, None, None, proposition.extents, personal=manner is not Manner.NEWS, spoken=personal), proposition)
