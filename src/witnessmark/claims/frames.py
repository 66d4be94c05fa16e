"""Frames: every place where the parse could hold a source, a cue and a content, whatever the words are.

A frame is a candidate. Each says by which construction the cue takes its content ("clause", "infinitive", "object",
"prep:of", "quote", with "passive " before it where the source is no subject); the lexicon then says which words are cues in
which constructions. Keeping the two apart lets the lexicon be counted from annotated news and checked against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.lexicon import CueClass, cues
from witnessmark.claims.parse import Parsed
from witnessmark.claims.phrases import Extent, child_of, extents_of, subject_of, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

LONGEST_CHAIN = 6
FINITE = frozenset({"VBD", "VBZ", "VBP"})
TEMPORAL = frozenset({"after", "before", "since", "until"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
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
    def keys(self) -> tuple[str, ...]:
        """What the lexicon is asked for: the cue's lemma with its particle ("rule out"), then alone."""
        lemma = self.anchor.lemma_.lower()
        particle = child_of(self.anchor, "prt")
        return (f"{lemma} {particle.lower_}", lemma) if particle is not None else (lemma,)


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
    torn = torn_subject(verb)
    if torn is not None:
        return torn, False
    current = verb
    for _ in range(LONGEST_CHAIN):
        subject = subject_of(current)
        if child_of(current, "auxpass") is not None or (subject is not None and subject.dep_ == "nsubjpass"):
            return _agent_of(current), True
        if subject is not None:
            return _antecedent(subject, current), False
        if current.dep_ in {"acl", "relcl"} and current.head.pos_ in NOMINAL and not _is_bare(current):
            return (_agent_of(current), True) if current.tag_ == "VBN" else (current.head, False)
        above = _above(current)
        if above is None or above.pos_ in {"NOUN", "PROPN"}:
            return above, False
        current = above
    return None, False


def torn_subject(verb: Token) -> Token | None:
    """The subject of a clause that the parser tore from its conjunction: "two days after *a diplomat* alleged that ..."."""
    if verb.dep_ not in {"conj", "ccomp", "ROOT", "parataxis"} or verb.tag_ not in FINITE or verb.i == 0 or subject_of(verb) is not None:
        return None
    current = verb.nbor(-1)
    for _ in range(LONGEST_CHAIN):
        if current.dep_ == "pobj" and current.head.lower_ in TEMPORAL and current.right_edge.i == verb.i - 1:
            return current
        current = current.head
    return None


def _before_torn(text: str, parsed: Parsed, verb: Token, extents: tuple[Extent, ...]) -> tuple[Extent, ...]:
    """The extents up to where a torn clause joined to the verb begins: its words are somebody else's."""
    for child in verb.children:
        subject = torn_subject(child) if child.dep_ == "conj" else None
        if subject is not None:
            end = parsed.start(subject.head.left_edge)
            cut = [trimmed(text, low, min(high, end)) for low, high in extents if low < end]
            return tuple(extent for extent in cut if extent is not None)
    return extents


def _is_bare(verb: Token) -> bool:
    """Whether this is the "to believe" of "finds grounds to believe": whoever finds the grounds believes."""
    return verb.tag_ == "VB" and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _above(verb: Token) -> Token | None:
    """Where a verb without a subject takes one from: the verb it is joined to or stands under."""
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        return _governing_verb(verb.head.head)
    if verb.dep_ in {"acl", "relcl"} and _is_bare(verb):
        return _governing_verb(verb.head)
    joined = verb.dep_ in {"conj", "xcomp", "advcl", "parataxis"} and verb.head.pos_ in {"VERB", "AUX", "NOUN", "PROPN"}
    bare = verb.dep_ == "ccomp" and verb.tag_ in {"VBG", "VB"}
    return verb.head if joined or bare else None


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
    own = subject_of(verb)
    if verb.dep_ == "parataxis" and own is not None:
        yield Frame(verb, cue, "clause", source, (verb.head,), tuple(extents_of(text, parsed, verb.head, [verb])), _addressee(verb))
        return
    for child in verb.children:
        construction = _complement(child, verb)
        if construction is None:
            continue
        heads, extents = _content(text, parsed, verb, child, construction, own if passive else None)
        addressee = _addressee(verb) if construction in {"clause", "infinitive"} else None
        if extents:
            kept = _before_torn(text, parsed, verb, tuple(extents))
            yield Frame(verb, cue, voice + construction, source, tuple(heads), kept, addressee)
    if passive and own is not None:
        yield Frame(verb, cue, "passive subject", source, (own,), tuple(extents_of(text, parsed, own)), None)


def _content(  # noqa: PLR0913, PLR0917 -- the places a construction's words may stand in
    text: str, parsed: Parsed, verb: Token, child: Token, construction: str, passive_subject: Token | None
) -> tuple[list[Token], list[Extent]]:
    """The heads and the extents of what a cue takes by this construction."""
    if construction == "object":
        return _object_extent(text, parsed, verb, child)
    if construction.startswith("prep"):
        inner = child_of(child, "pobj", "pcomp")
        return ([inner], extents_of(text, parsed, inner)) if inner is not None else ([], [])
    extents = _before_the_source(text, parsed, child, verb) or _after_the_cue(text, parsed, child, verb)
    extents = extents or extents_of(text, parsed, child, _relays_below(child))
    receiver = (child_of(verb, "dobj") or passive_subject) if construction == "infinitive" else None
    if receiver is None:
        return [child], extents
    if receiver == passive_subject:
        return [receiver, child], extents_of(text, parsed, receiver) + extents
    return [receiver, child], _joined(text, parsed, receiver, child)


def _before_the_source(text: str, parsed: Parsed, child: Token, verb: Token) -> list[Extent]:
    """Content that comes first runs up to its source: "We will not leave," perhaps "by night," the mayor said."""
    subject = subject_of(verb)
    if child.dep_ != "ccomp" or subject is None or child.right_edge.i > min(subject.left_edge.i, verb.i) or child.i > verb.i:
        return []
    last = verb.doc[min(subject.left_edge.i, verb.i) - 1]
    extent = trimmed(text, *parsed.extent(child.left_edge, max(last, child.right_edge, key=lambda token: token.i)))
    return [extent] if extent is not None else []


def _relays_below(clause: Token) -> list[Token]:
    """An "..., according to X" that the parser hung below a content it closes: it tells through whom the whole statement came."""
    return [token for token in clause.subtree if token.lower_ == "according" and _closes_statement(token)]


def _closes_statement(according: Token) -> bool:
    return according.i > according.sent.start and according.nbor(-1).text == "," and according.i > according.head.i


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


def _complement(child: Token, verb: Token) -> str | None:
    """By which construction a child of the verb can be its content, None where it cannot."""
    if child.dep_ == "ccomp":
        to = child.tag_ == "VB" and (subject_of(child) is None or any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children))
        return "infinitive" if to and child_of(child, "aux") is not None else "clause"
    if child.dep_ == "xcomp":
        return "gerund" if child.tag_ == "VBG" else "infinitive"
    if child.dep_ == "dobj":
        return "object" if verb.pos_ == "VERB" else None
    return f"prep:{child.lower_}" if child.dep_ == "prep" and child.lower_ != "according" else None


def _joined(text: str, parsed: Parsed, first: Token, second: Token) -> list[Extent]:
    start = min(parsed.start(first.left_edge), parsed.start(second.left_edge))
    end = max(parsed.end(first.right_edge), parsed.end(second.right_edge))
    extent = trimmed(text, start, end)
    return [extent] if extent else []


def _object_extent(text: str, parsed: Parsed, verb: Token, child: Token) -> tuple[list[Token], list[Extent]]:
    """The object with what is said of it: "called the report *a lie*", "accused soldiers *of burning homes*"."""
    said_of = [other for other in verb.children if other.i > child.i and (other.dep_ in {"oprd", "xcomp"} or _is_said_of(other))]
    heads = [child, *said_of]
    return heads, _joined(text, parsed, heads[0], heads[-1])


def _is_said_of(token: Token) -> bool:
    return token.dep_ == "prep" and token.lower_ in {"of", "as", "for", "with", "from"}


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
    while host.dep_ in {"ccomp", "conj"} and host.head.i < host.i and _closes_statement(token):
        host = host.head
    yield Frame(token, (token, to), "according", source, (host,), tuple(extents_of(text, parsed, host, [token])))


def _noun_frames(text: str, parsed: Parsed, noun: Token) -> Iterator[Frame]:
    source = _source_of_noun(noun)
    denied = _denied_in(noun)
    for child in noun.children:
        if child.dep_ in {"acl", "relcl", "ccomp"} and child.i > noun.i and _is_content_clause(child):
            if denied is not None:
                yield Frame(denied, _cue_tokens(denied), "clause", source_of(denied)[0], (child,), tuple(extents_of(text, parsed, child)))
                continue
            name = "infinitive" if child.tag_ == "VB" and any(c.lower_ == "to" for c in child.children) else "clause"
            yield Frame(noun, (noun,), "noun " + name, source, (child,), tuple(extents_of(text, parsed, child)))
        elif child.dep_ == "prep" and child.lower_ not in {"by", "from"}:
            inner = child_of(child, "pobj", "pcomp")
            if inner is not None:
                yield Frame(noun, (noun, child), f"noun prep:{child.lower_}", source, (inner,), tuple(extents_of(text, parsed, inner)))


def _denied_in(noun: Token) -> Token | None:
    """The verb that denies what a noun says was alleged ("rejected the allegations *that ...*"): the clause is denied, and nobody puts it forward here."""
    verb = noun.head if noun.dep_ == "dobj" else None
    if verb is None or verb.pos_ != "VERB" or child_of(noun, "poss") is not None:
        return None
    cue = cues().get(("verb", verb.lemma_.lower()))
    return verb if cue is not None and cue.meaning is CueClass.DENY and "clause" in cue.constructions else None


def _source_of_noun(noun: Token) -> Token | None:
    """Whose denial, claim or warning it is: its owner, whom it is "by" or "from", or who makes or repeats it."""
    owner = child_of(noun, "poss")
    if owner is not None:
        return owner
    by = next((child for child in noun.children if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"}), None)
    if by is not None:
        return child_of(by, "pobj")
    verb = noun.head if noun.dep_ in {"dobj", "nsubjpass"} else None
    return source_of(verb)[0] if verb is not None and verb.lemma_ in GIVING else None


def _is_content_clause(clause: Token) -> bool:
    """Whether a clause after a noun says what is claimed ("the claim *that troops fired*") rather than which one is meant."""
    introduced = clause.left_edge.lower_ == "that"
    if clause.dep_ == "relcl":
        subject = subject_of(clause)
        return introduced and subject is not None and subject.lower_ != "that"
    return introduced or clause.tag_ != "VBG"
