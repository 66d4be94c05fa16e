"""Frames: every place where the parse could hold a source, a cue and a content, whatever the words are.

A frame is a candidate. Each says by which construction the cue takes its content ("clause", "infinitive", "object",
"prep:of", "quote", with "passive " before it where the source is no subject); the lexicon then says which words are cues in
which constructions. Keeping the two apart lets the lexicon be counted from annotated news and checked against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.parse import Parsed
from witnessmark.claims.phrases import Extent, child_of, extents_of, subject_of, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

RELATIVES = frozenset({"who", "which", "that", "whom"})
GIVING = frozenset(
    [
        "make",
        "issue",
        "give",
        "express",
        "voice",
        "raise",
        "have",
        "offer",
        "deliver",
        "release",
        "repeat",
        "file",
        "bring",
        "renew",
        "reiterate",
        "share",
        "level",
        "hold",
        "cast",
        "lodge",
        "submit",
        "take",
        "get",
        "reject",
        "deny",
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """`anchor` is the head of the cue, `source` the head of the noun phrase behind it (None: nobody is named)."""

    anchor: Token
    cue: tuple[Token, ...]
    construction: str
    source: Token | None
    contents: tuple[Token, ...]
    extents: tuple[Extent, ...]
    addressee: Token | None = None

    @property
    def key(self) -> str:
        """What the lexicon is asked for: the cue's lemma."""
        return self.anchor.lemma_.lower()


def frames_of(text: str, parsed: Parsed, sentence: Span) -> Iterator[Frame]:
    """All candidate frames of one sentence, in the order of their cues."""
    for token in sentence:
        if token.lower_ == "according":
            yield from _according_frames(text, parsed, token)
        elif token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            yield from _verb_frames(text, parsed, token)
        elif token.pos_ in {"NOUN", "PROPN"} and not token.is_stop:
            yield from _noun_frames(text, parsed, token)


def source_of(verb: Token) -> tuple[Token | None, bool]:
    """Who does what the verb says, and whether the verb is passive (then it is the agent, or None).

    A verb without a subject of its own takes it from the verb it is joined to, or from the noun it describes.
    """
    seen = 0
    while seen < 6:
        seen += 1
        subject = subject_of(verb)
        if subject is not None:
            if subject.dep_ == "nsubjpass":
                return _agent_of(verb), True
            return _antecedent(subject, verb), False
        if child_of(verb, "auxpass") is not None:
            return _agent_of(verb), True
        if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return (_agent_of(verb), True) if verb.tag_ == "VBN" else (verb.head, False)
        if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
            verb = _governing_verb(verb.head.head)
        elif (verb.dep_ in {"conj", "xcomp", "advcl", "parataxis"} and verb.head.pos_ in {"VERB", "AUX", "NOUN", "PROPN"}) or (
            verb.dep_ == "ccomp" and subject_of(verb) is None and verb.tag_ in {"VBG", "VB"}
        ):
            verb = verb.head
        else:
            return None, False
        if verb.pos_ in {"NOUN", "PROPN"}:
            return verb, False
    return None, False


def _governing_verb(token: Token) -> Token:
    """The verb that a noun hangs on; the token itself where it hangs on none."""
    current = token
    while current.pos_ not in {"VERB", "AUX"} and current.head != current:
        current = current.head
    return current if current.pos_ in {"VERB", "AUX"} else token


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower_ in RELATIVES and verb.dep_ == "relcl":
        return verb.head
    return subject


def _agent_of(verb: Token) -> Token | None:
    agent = child_of(verb, "agent")
    return child_of(agent, "pobj") if agent is not None else None


def _verb_frames(text: str, parsed: Parsed, verb: Token) -> Iterator[Frame]:
    source, passive = source_of(verb)
    source = _heard_from(verb) or source
    voice = "passive " if passive else ""
    cue = _cue_tokens(verb)
    frame_parts = [part for part in (_own_subject(verb),) if part is not None]
    host = verb.head if verb.dep_ == "parataxis" else None
    if host is not None and subject_of(verb) is not None:
        yield Frame(verb, cue, "clause", source, (host,), tuple(extents_of(text, parsed, host, [verb])), _addressee(verb))
        return
    for child in verb.children:
        construction = _complement(child, verb)
        if construction is None:
            continue
        heads = [child]
        extents = (
            _before_the_source(text, parsed, child, verb) or _after_the_cue(text, parsed, child, verb) or extents_of(text, parsed, child)
        )
        if construction == "infinitive":
            receiver = child_of(verb, "dobj") or (_own_subject(verb) if passive else None)
            if receiver is not None:
                heads = [receiver, child]
                extents = extents_of(text, parsed, receiver) + extents if passive else _joined(text, parsed, receiver, child)
        elif construction == "object":
            extents, heads = _object_extent(text, parsed, verb, child)
        elif construction.startswith("prep"):
            inner = child_of(child, "pobj", "pcomp")
            if inner is None:
                continue
            heads = [inner]
            extents = extents_of(text, parsed, inner)
        addressee = _addressee(verb) if construction in {"clause", "infinitive"} else None
        if extents:
            yield Frame(verb, cue, voice + construction, source, tuple(heads), tuple(extents), addressee)
    if passive and (own := _own_subject(verb)) is not None:
        yield Frame(verb, cue, "passive subject", source, (own,), tuple(extents_of(text, parsed, own)), None)
    del frame_parts


def _before_the_source(text: str, parsed: Parsed, child: Token, verb: Token) -> list[Extent]:
    """Content that comes first runs up to its source: "We will not leave," perhaps "by night," the mayor said."""
    subject = subject_of(verb)
    if child.dep_ != "ccomp" or subject is None or child.right_edge.i > min(subject.left_edge.i, verb.i) or child.i > verb.i:
        return []
    last = verb.doc[min(subject.left_edge.i, verb.i) - 1]
    extent = trimmed(text, *parsed.extent(child.left_edge, max(last, child.right_edge, key=lambda token: token.i)))
    return [extent] if extent is not None else []


def _after_the_cue(text: str, parsed: Parsed, child: Token, verb: Token) -> list[Extent]:
    """A finite clause whose subject the parser hung on the cue ("said *between ten and twelve* were taken") starts right after the cue."""
    if (
        child.dep_ != "ccomp"
        or child.tag_ == "VB"
        or child.i < verb.i
        or child.left_edge.i <= verb.i + 1
        or any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for c in child.children)
    ):
        return []
    between = [c for c in verb.children if verb.i < c.i < child.left_edge.i]
    if not between or any(
        c.dep_ in {"dobj", "dative", "npadvmod", "nsubj", "nsubjpass", "advcl", "prt", "ccomp"} or (c.dep_ == "prep" and not _has_number(c))
        for c in between
    ):
        return []
    extent = trimmed(text, *parsed.extent(verb.doc[verb.i + 1], child.right_edge))
    return [extent] if extent is not None else []


def _has_number(token: Token) -> bool:
    return any(inner.like_num for inner in token.subtree)


def _heard_from(verb: Token) -> Token | None:
    """Whose words they are that somebody heard: "the porter heard *from a driver* that ..."."""
    if verb.lemma_ not in {"hear", "learn", "understand"}:
        return None
    giver = next((child for child in verb.children if child.dep_ == "prep" and child.lower_ == "from"), None)
    return child_of(giver, "pobj") if giver is not None else None


def _own_subject(verb: Token) -> Token | None:
    return subject_of(verb)


def _complement(child: Token, verb: Token) -> str | None:
    if child.dep_ == "ccomp":
        if subject_of(child) is None and child.tag_ == "VB" and child_of(child, "aux") is not None:
            return "infinitive"
        if child.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
            return "infinitive"
        return "clause"
    if child.dep_ == "xcomp":
        return "gerund" if child.tag_ == "VBG" else "infinitive"
    if child.dep_ == "dobj" and verb.pos_ == "VERB":
        return "object"
    if child.dep_ == "prep" and child.lower_ != "according":
        return f"prep:{child.lower_}"
    return None


def _joined(text: str, parsed: Parsed, first: Token, second: Token) -> list[Extent]:
    start = min(parsed.start(first.left_edge), parsed.start(second.left_edge))
    end = max(parsed.end(first.right_edge), parsed.end(second.right_edge))
    extent = trimmed(text, start, end)
    return [extent] if extent else []


def _object_extent(text: str, parsed: Parsed, verb: Token, child: Token) -> tuple[list[Extent], list[Token]]:
    """The object with what is said of it: "called the report *a lie*", "accused soldiers *of burning homes*"."""
    heads = [child]
    for other in verb.children:
        if (
            other.i > child.i
            and other.dep_ in {"oprd", "xcomp", "prep"}
            and (other.dep_ != "prep" or other.lower_ in {"of", "as", "for", "with", "from"})
        ):
            heads.append(other)
    extents = _joined(text, parsed, heads[0], heads[-1])
    return extents, heads


def _addressee(verb: Token) -> Token | None:
    person = child_of(verb, "dative", "dobj")
    if person is None:
        return None
    return child_of(person, "pobj") if person.dep_ == "dative" and person.pos_ == "ADP" else person


def _cue_tokens(verb: Token) -> tuple[Token, ...]:
    particle = child_of(verb, "prt")
    return (verb,) if particle is None or particle.i != verb.i + 1 else (verb, particle)


def _according_frames(text: str, parsed: Parsed, token: Token) -> Iterator[Frame]:
    to = child_of(token, "prep")
    source = child_of(to, "pobj") if to is not None else None
    if to is None or source is None or token.head == token:
        return
    host = token.head
    while host.pos_ not in {"VERB", "AUX"} and host.head != host and host.dep_ not in {"ccomp", "advcl", "relcl"}:
        host = host.head
    yield Frame(token, (token, to), "according", source, (host,), tuple(extents_of(text, parsed, host, [token])))


def _noun_frames(text: str, parsed: Parsed, noun: Token) -> Iterator[Frame]:
    source = child_of(noun, "poss")
    by = next((child for child in noun.children if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"}), None)
    if source is None and by is not None:
        source = child_of(by, "pobj")
    verb = noun.head if noun.dep_ in {"dobj", "nsubjpass"} else None
    if source is None and verb is not None and verb.lemma_ in GIVING:
        source, _ = source_of(verb)
    for child in noun.children:
        if child.dep_ in {"acl", "relcl", "ccomp"} and child.i > noun.i:
            that = child.left_edge.lower_ == "that" or child.tag_ != "VBG"
            if child.dep_ == "relcl" and not (
                child.left_edge.lower_ == "that" and subject_of(child) is not None and subject_of(child).lower_ != "that"
            ):  # type: ignore[union-attr]
                continue
            name = "infinitive" if child.tag_ == "VB" and any(c.lower_ == "to" for c in child.children) else "clause"
            if that:
                yield Frame(noun, (noun,), "noun " + name, source, (child,), tuple(extents_of(text, parsed, child)))
        elif child.dep_ == "prep" and child != by:
            inner = child_of(child, "pobj", "pcomp")
            if inner is not None:
                yield Frame(noun, (noun, child), f"noun prep:{child.lower_}", source, (inner,), tuple(extents_of(text, parsed, inner)))
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        clause = child_of(noun.head, "ccomp")
        if clause is not None:
            yield Frame(noun, (noun,), "noun is", source, (clause,), tuple(extents_of(text, parsed, clause)))
