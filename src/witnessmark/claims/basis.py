"""Basis: on what the speaker says to rest the claim: what was suffered or seen, told, read in a document, shown by an image, inferred.

Only what the text names is put down, with its words; where it names nothing there is no entry. That a photograph is spoken of does not mean that this case
holds it, so `held` is left for the case to fill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.claims.attributions import Attribution
from witnessmark.claims.lexicon import CueClass
from witnessmark.claims.parse import Parsed
from witnessmark.claims.people import PEOPLE
from witnessmark.claims.phrases import Extent, child_of, in_list_with, subject_of, trimmed
from witnessmark.claims.propositions import Proposition
from witnessmark.model.claim import Basis, BasisKind

if TYPE_CHECKING:
    from spacy.tokens import Token

KINDS = {
    BasisKind.IMAGE: frozenset(
        [
            "photo",
            "photograph",
            "picture",
            "image",
            "imagery",
            "video",
            "footage",
            "film",
            "clip",
            "recording",
            "satellite",
            "drone",
            "telephone-video",
        ]
    ),
    BasisKind.SENSOR: frozenset(
        [
            "radar",
            "sonar",
            "seismic",
            "acoustic",
            "intercept",
            "detector",
            "meter",
            "sensor",
            "seismograph",
            "seismometer",
            "telemetry",
            "flight-data",
            "signal",
        ]
    ),
    BasisKind.WAS_TOLD: frozenset(
        [
            "account",
            "testimony",
            "interview",
            "witness",
            "survivor",
            "source",
            "statement",
            "word",
            "information",
            "informant",
            "relative",
            "driver",
        ]
    ),
    BasisKind.DOCUMENT: frozenset(
        [
            "report",
            "document",
            "list",
            "letter",
            "note",
            "book",
            "contract",
            "figure",
            "name",
            "roster",
            "record",
            "register",
            "file",
            "reporting",
            "assessment",
            "memo",
            "memorandum",
            "cable",
            "order",
            "log",
            "certificate",
            "diary",
            "ledger",
            "map",
            "paper",
            "autopsy",
            "dossier",
            "map",
            "study",
            "survey",
            "return",
        ]
    ),
}
SEEING = frozenset({"see", "watch", "witness", "count", "observe", "find"})
HEARING = frozenset({"hear"})
SHOWING = frozenset({"show", "indicate", "depict", "record", "list", "reveal", "register", "establish", "point", "confirm"})
FIRST = frozenset({"i", "we"})
SELF = frozenset({"i", "we", "he", "she", "they"})
"""Pronouns that inside somebody's statement mean whoever speaks, where the verb is one of seeing or suffering."""
SUFFERING = frozenset(
    [
        "beat",
        "torture",
        "shoot",
        "rape",
        "detain",
        "arrest",
        "hold",
        "suspend",
        "wound",
        "injure",
        "burn",
        "expel",
        "abduct",
        "kidnap",
        "threaten",
        "whip",
        "hang",
        "strip",
        "drag",
        "lock",
        "put",
        "keep",
        "hit",
        "strike",
        "turn",
        "bind",
        "tie",
        "blindfold",
        "starve",
        "drive",
        "take",
    ]
)
SPEAKING_THINGS = frozenset({CueClass.REPORT, CueClass.SAY, CueClass.ESTIMATE, CueClass.ALLEGE})


def kind_of(noun: Token) -> BasisKind | None:
    """The kind of basis a noun phrase names: people have told; otherwise by its head and then its other words."""
    if noun.lemma_.lower() in PEOPLE:
        return BasisKind.WAS_TOLD
    words = [noun, *sorted((t for t in noun.subtree if t.pos_ in {"NOUN", "PROPN"} and t != noun), key=lambda t: abs(t.i - noun.i))]
    for token in words[:6]:
        for kind, nouns in KINDS.items():
            if token.lemma_.lower() in nouns:
                return kind
    return None


def cited_in(text: str, attribution: Attribution) -> list[Basis]:
    """What the sentence of an attribution cites: "citing X", "based on X", "according to a list", a report that shows."""
    found: list[Basis] = []
    for token in attribution.anchor.sent:
        if token.lemma_ == "cite" and token.pos_ == "VERB":
            thing = child_of(token, "dobj")
            if thing is not None:
                found.extend(_each(text, attribution.parsed, thing))
        elif token.lower_ in {"on", "upon"} and token.dep_ == "prep" and token.head.lemma_ in {"base", "rely", "draw"}:
            thing = child_of(token, "pobj")
            if thing is not None:
                found.extend(_each(text, attribution.parsed, thing))
    source = attribution.source
    if source is not None and source.pos_ == "NOUN" and attribution.cue.meaning in SPEAKING_THINGS:
        kind = kind_of(source) if source.lemma_.lower() in {noun for nouns in KINDS.values() for noun in nouns} else None
        if kind is not None and kind is not BasisKind.WAS_TOLD:
            found.append(_basis(text, attribution.parsed, source, kind))
    return found


def _each(text: str, parsed: Parsed, thing: Token) -> list[Basis]:
    found = []
    for part in in_list_with(thing):
        kind = kind_of(part)
        if kind is not None:
            found.append(_basis(text, parsed, part, kind))
    return found


def _basis(text: str, parsed: Parsed, noun: Token, kind: BasisKind) -> Basis:
    partners = [
        child
        for child in noun.subtree
        if (child.dep_ in {"conj", "cc"} and child.head == noun)
        or (child.dep_ == "prep" and child.i > noun.i and child_of(child, "pcomp") is not None)
    ]
    last = noun.right_edge
    for child in partners:
        if child.left_edge.i > noun.i or child.dep_ == "prep":
            last = min(last, noun.doc[child.left_edge.i - 1], key=lambda token: token.i)
    start, end = parsed.extent(noun.left_edge, last)
    extent: Extent = trimmed(text, start, end) or (start, end)
    return Basis(kind, None, extent[0], extent[1], text[extent[0] : extent[1]])


def witnessed_by(text: str, attribution: Attribution) -> list[Basis]:
    """What is said of the source itself: "a crane driver *who watched from his cab*"."""
    source = attribution.source
    clause = child_of(source, "relcl") if source is not None else None
    if clause is None or clause.lemma_ not in SEEING | HEARING:
        return []
    start, end = attribution.parsed.extent(clause.left_edge, clause.right_edge)
    extent: Extent = trimmed(text, start, end) or (start, end)
    return [Basis(BasisKind.SAW, None, extent[0], extent[1], text[extent[0] : extent[1]])]


def own_basis(text: str, proposition: Proposition, *, first_person: bool, attributed: bool = False) -> list[Basis]:
    """What a proposition itself names as its ground: what the speaker saw or suffered, a thing that shows it, a reason from which it is inferred."""
    found = _lived(text, proposition, FIRST if not attributed else SELF) if first_person or attributed else []
    root, subject = proposition.root, subject_of(proposition.root)
    if root.lemma_ in SHOWING and subject is not None and subject.pos_ in {"NOUN", "PROPN"}:
        kind = kind_of(subject)
        if kind is not None and kind is not BasisKind.WAS_TOLD:
            found.append(_basis(text, proposition.parsed, subject, kind))
    for clause in root.children:
        if clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "because" for c in clause.children) and _is_inferred(root):
            start, end = proposition.parsed.extent(clause.left_edge, clause.right_edge)
            found.append(Basis(BasisKind.INFERENCE, None, start, end, text[start:end]))
    return found


def _is_inferred(root: Token) -> bool:
    """Whether a "because" gives the ground of a belief and not the cause of a happening."""
    believes = root.lemma_ in {"believe", "think", "conclude", "assume", "reckon", "know", "estimate"}
    return believes or any(child.dep_ == "aux" and child.lower_ in {"must", "could", "can", "may", "might"} for child in root.children)


def _lived(text: str, proposition: Proposition, persons: frozenset[str]) -> list[Basis]:
    root = proposition.root
    for verb in (root, *(child for child in root.children if child.dep_ in {"conj", "ccomp", "parataxis", "advcl"})):
        subject = subject_of(verb)
        if subject is None or subject.lower_ not in persons or any(child.dep_ == "neg" for child in verb.children):
            continue
        kind = BasisKind.SAW if verb.lemma_ in SEEING | HEARING and subject.dep_ == "nsubj" else None
        if kind is None and subject.dep_ == "nsubjpass" and verb.lemma_ in SUFFERING:
            kind = BasisKind.SUFFERED
        if kind is not None:
            start, end = proposition.parsed.extent(subject, verb) if subject.i < verb.i else proposition.parsed.extent(verb, verb)
            return [Basis(kind, None, start, end, text[start:end])]
    victim = child_of(root, "dobj")
    if victim is not None and victim.lower_ in {"me", "us"} and root.lemma_ in SUFFERING and "i" in persons:
        start, end = proposition.parsed.extent(root, victim)
        return [Basis(BasisKind.SUFFERED, None, start, end, text[start:end])]
    return []
