"""Attributions: who puts what forward, found by letting the lexicon choose among the frames of the parse.

A cue takes one content: a clause before an infinitive, an infinitive before an object. Content that reaches into a quotation
takes the whole quotation, since a parser cuts speech at its full stops and a reader does not. What a speaker says of others'
words inside a quotation ("we believe that ...") belongs to that speaker's statement and is no attribution of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.frames import Frame, frames_of
from witnessmark.claims.lexicon import Cue, CueClass, cues
from witnessmark.claims.parse import Parsed
from witnessmark.claims.people import PEOPLE
from witnessmark.claims.phrases import Extent, extents_of
from witnessmark.text.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

ACCORDING = Cue("according", CueClass.SAY, frozenset({"according"}))
HEARSAY = Cue("reportedly", CueClass.SAY, frozenset({"adverb"}))
HEARSAY_WORDS = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})
ORDER = ("according", "clause", "infinitive", "gerund", "object", "noun clause", "noun infinitive", "passive clause", "passive infinitive")
FIRST_PERSON = frozenset({"i", "we", "me", "us", "myself", "ourselves"})
SPEECH = frozenset(
    {CueClass.SAY, CueClass.ALLEGE, CueClass.WARN, CueClass.CONCEDE, CueClass.DENY, CueClass.PLEDGE, CueClass.DEMAND, CueClass.PREDICT}
)
KEPT = frozenset(
    [
        "access",
        "entry",
        "bail",
        "aid",
        "water",
        "food",
        "care",
        "treatment",
        "visa",
        "passage",
        "permission",
        "appeal",
        "petition",
        "motion",
        "application",
    ]
)
"""What is denied to people rather than denied to be so."""
REFUSING = frozenset({"refuse", "decline"})
SAYING_SO = frozenset(
    {"confirm", "deny", "say", "comment", "answer", "discuss", "disclose", "elaborate", "speculate", "reveal", "identify"}
)
MOST_CUES = 16
"""Cues read in one sentence: three times what any sentence of 84 news articles holds, and a bound on contents within contents."""
FEWEST_WORDS = 4
"""A quotation of fewer words is a term or a scare quote, and stays part of its sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """A source, a cue and a content in one passage. `extents` are the content's pieces; `sure` how sure the network is of it, None for a rule's."""

    parsed: Parsed
    anchor: Token
    cue: Cue
    construction: str
    cue_extent: tuple[Extent, ...]
    source: Token | None
    extents: tuple[Extent, ...]
    contents: tuple[Token, ...] = ()
    addressee: Token | None = None
    mention: Extent | None = None
    sure: float | None = None

    @property
    def negated(self) -> bool:
        """Whether the cue itself is denied: "did not say", "never confirmed"."""
        return any(child.dep_ == "neg" for child in self.anchor.children)


class Quotes:
    """The quotations of a document that are speech rather than terms."""

    def __init__(self, text: str, quotations: tuple[Quotation, ...]) -> None:
        self.all = quotations
        self.speech = [q for q in quotations if len(text[q.inner_start : q.inner_end].split()) >= FEWEST_WORDS]
        self.long = frozenset(self.speech)

    def touching(self, start: int, end: int) -> list[Quotation]:
        """The quotations that share a character with `start` to `end`."""
        low = bisect_right(self.all, start, key=lambda q: q.end)
        found = []
        for q in self.all[low:]:
            if q.start >= end:
                break
            found.append(q)
        return found

    def holding(self, position: int) -> Quotation | None:
        """The quotation that a position stands in."""
        return next(iter(self.touching(position, position + 1)), None)

    def widened(self, extents: tuple[Extent, ...], outside: int) -> tuple[Extent, ...]:
        """The extents, each taking in the whole of every quotation it reaches into, where the cue at `outside` is not in it too."""
        grown = []
        for start, end in extents:
            reached = [q for q in self.touching(start, end) if q in self.long and not q.start <= outside < q.end]
            starts, ends = [q.inner_start for q in reached if q.inner_start < end], [q.inner_end for q in reached if start < q.inner_end]
            grown.append((min([start, *starts]), max([end, *ends])))
        return _merged(grown)


def _merged(extents: list[Extent]) -> tuple[Extent, ...]:
    found: list[Extent] = []
    for start, end in sorted(extents):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def find_attributions(text: str, passages: list[Parsed], quotes: Quotes) -> list[Attribution]:
    """The attributions of a document, in the order of their cues; quotations without a cue follow their speaker."""
    found: list[Attribution] = []
    for parsed in passages:
        for sentence in parsed.doc.sents:
            found.extend(_of_sentence(text, parsed, sentence, quotes))
    return found


def _of_sentence(text: str, parsed: Parsed, sentence: Sentence, quotes: Quotes) -> list[Attribution]:
    admitted: dict[int, list[tuple[Frame, Cue]]] = {}
    for frame in frames_of(text, parsed, sentence):
        if len(admitted) == MOST_CUES:
            break
        cue = cue_of(frame)
        if cue is not None and frame.extents:
            admitted.setdefault(frame.anchor.i, []).append((frame, cue))
    found = []
    for choices in admitted.values():
        frame, cue = min(choices, key=lambda choice: _rank(choice[0]))
        found.append(_attribution(parsed, frame, cue, quotes))
    found.extend(_hearsay(text, parsed, token) for token in sentence if token.i not in admitted and token.lower_ in HEARSAY_WORDS)
    return [a for a in found if a.extents]


def _rank(frame: Frame) -> int:
    return ORDER.index(frame.construction) if frame.construction in ORDER else len(ORDER)


def cue_of(frame: Frame) -> Cue | None:
    """The cue of a frame, if the lexicon knows its word in its construction."""
    if frame.construction == "according":
        return ACCORDING
    part, _, construction = (
        ("noun", "", frame.construction[5:]) if frame.construction.startswith("noun ") else ("verb", "", frame.construction)
    )
    cue = next((known for key in frame.keys if (known := cues().get((part, key))) is not None), None)
    if (
        cue is None
        or _is_withheld(frame)
        or _is_kept_from(frame)
        or (part == "noun" and cue.meaning is CueClass.DOUBT and _is_doubtless(frame.anchor))
    ):
        return None
    voiced = construction.removeprefix("passive ") if frame.source is not None else construction
    if construction not in cue.constructions and voiced not in cue.constructions:
        return None
    if cue.meaning is CueClass.DOUBT and construction == "object" and any(t.lemma_.lower() in PEOPLE for t in frame.contents[0].subtree):
        return None
    if frame.source is None and part == "verb" and not construction.startswith("passive"):
        return None
    return cue


def _is_kept_from(frame: Frame) -> bool:
    """Whether a thing is kept from somebody or sent back, and nothing is gainsaid: "denied *them* water", "rejected the appeal"."""
    verb = frame.anchor
    if verb.lemma_ not in {"deny", "refuse", "reject"} or verb.pos_ != "VERB":
        return False
    things = [child for child in verb.children if child.dep_ in {"dobj", "dative", "nsubjpass", "iobj"}]
    if any(thing.lemma_.lower() in KEPT for thing in things):
        return True
    people = [t for t in things if t.lower_ in {"them", "us", "him", "her", "me"} or t.lemma_.lower() in PEOPLE]
    return verb.lemma_ == "deny" and bool(people)


def _is_withheld(frame: Frame) -> bool:
    """Whether somebody only refuses to say it: "refused to confirm that ..." puts nothing forward, and neither does the refusal."""
    verb = frame.contents[0] if frame.construction == "infinitive" and frame.anchor.lemma_ in REFUSING else frame.anchor
    return verb.lemma_ in SAYING_SO and (verb != frame.anchor or (verb.dep_ == "xcomp" and verb.head.lemma_ in REFUSING))


def is_refused(verb: Token) -> bool:
    """Whether a verb of saying, or the refusal before it, says that it is not said: "*declined to say* whether"."""
    if verb.lemma_ in REFUSING:
        return any(child.dep_ == "xcomp" and child.lemma_ in SAYING_SO for child in verb.children)
    return verb.lemma_ in SAYING_SO and verb.dep_ == "xcomp" and verb.head.lemma_ in REFUSING


def _is_doubtless(noun: Token) -> bool:
    """Whether the doubt is only named to be excluded: "beyond reasonable doubt", "no doubt"."""
    excluded = noun.dep_ == "pobj" and noun.head.lower_ in {"beyond", "without"}
    return excluded or any(child.dep_ == "det" and child.lower_ == "no" for child in noun.children)


def _attribution(parsed: Parsed, frame: Frame, cue: Cue, quotes: Quotes) -> Attribution:
    where = parsed.start(frame.anchor)
    extents = quotes.widened(frame.extents, where)
    source = _outside_the_words(parsed, frame, quotes)
    return Attribution(
        parsed=parsed,
        anchor=frame.anchor,
        cue=cue,
        construction=frame.construction,
        cue_extent=tuple(parsed.extent(token, token) for token in frame.cue),
        source=source,
        extents=extents,
        contents=frame.contents,
        addressee=frame.addressee,
    )


def _outside_the_words(parsed: Parsed, frame: Frame, quotes: Quotes) -> Token | None:
    """The source; never a word from inside the quotation that the cue introduces."""
    source = frame.source
    if source is None or quotes.holding(parsed.start(source)) is None or quotes.holding(parsed.start(frame.anchor)) is not None:
        return source
    others = [child for child in frame.anchor.children if child.dep_ == "nsubj" and quotes.holding(parsed.start(child)) is None]
    return others[-1] if others else source


def _hearsay(text: str, parsed: Parsed, adverb: Token) -> Attribution:
    host = adverb.head
    return Attribution(
        parsed, adverb, HEARSAY, "adverb", (parsed.extent(adverb, adverb),), None, tuple(extents_of(text, parsed, host, [adverb])), (host,)
    )
