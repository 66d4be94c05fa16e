"""Attributing: what the network read, as attributions that the rest of the reader goes on with.

The network says where cue, source and content stand; the rules say what kind of cue it is and in which construction it stands. Of the attributions that
only the rules found those are kept that deny or take back, since a missed denial is the costliest error, and hearsay and the links of relays, which the
network's teachers seldom marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from witnessmark.claims.answers import GENERAL, VERSIONS
from witnessmark.claims.attributions import Attribution, Quotes, cue_of, is_refused
from witnessmark.claims.frames import Frame, frames_of
from witnessmark.claims.learned.decoding import Read
from witnessmark.claims.learned.features import Window, head_of, windows_of
from witnessmark.claims.learned.network import Network
from witnessmark.claims.lexicon import Cue, CueClass, cues
from witnessmark.claims.parse import Parsed
from witnessmark.claims.phrases import SUBJECTS, Extent, trimmed
from witnessmark.claims.speaker_words import UNNAMED
from witnessmark.claims.wordings import Wording, plain_words, wording_of

if TYPE_CHECKING:
    from spacy.tokens import Token

LEAST_SURE = 0.33
"""The probability of a reading below which it is dropped; chosen on the documents held out of training."""
LEAST_SURE_UNKNOWN = 0.45
"""The confidence (calibrated) that a cue which no lexicon holds has to have besides: it may be a deed. Chosen on the demo and on PolNeAR's development part, where speaker F is the same with and without it, and one false attribution in five is spared."""
ANSWERING = frozenset({CueClass.DENY, CueClass.RETRACT})
RELAYING = frozenset({CueClass.SAY, CueClass.REPORT, CueClass.ALLEGE})

HOLLOW = re.compile(
    r"\b(?:has|have|had|is|are|was|were) (?:no |without (?:any )?|not (?:any|the slightest) )(?:basis|foundation|truth|substance|merit)\b"
)
"""What is said of a claim that rests on nothing."""
GAINSAYING = frozenset(
    [
        "deny",
        "denial",
        "reject",
        "rejection",
        "refute",
        "rebut",
        "repudiate",
        "dispute",
        "disavow",
        "disown",
        "disclaim",
        "debunk",
        "gainsay",
        "rule out",
    ]
)
"""Cues that deny whatever their object is; the object of others ("dismiss", "withdraw", "contest") has to be something said."""
SAID = (
    GENERAL
    | VERSIONS
    | frozenset(
        [
            "notion",
            "suggestion",
            "idea",
            "criticism",
            "concern",
            "remark",
            "testimony",
            "confession",
            "figure",
            "number",
            "word",
            "evidence",
            "theory",
            "comparison",
            "comment",
            "complaint",
        ]
    )
)


def learned_attributions(
    text: str, passages: list[Parsed], quotes: Quotes, network: Network, by_rule: list[Attribution]
) -> list[Attribution]:
    """The attributions of a document as the network reads them, and those of the rules that it does not speak against."""
    ruled = {(a.parsed.base, a.anchor.i): a for a in by_rule}
    found: list[Attribution] = []
    for window in windows_of(passages):
        for read in network.read(window, quotes):
            if read.probability >= LEAST_SURE:
                found.extend(_attribution(text, window, read, network.confidence(read), ruled))
    return sorted([*found, *_unopposed(found, by_rule, quotes)], key=lambda a: (a.parsed.base, a.anchor.i))


def _attribution(text: str, window: Window, read: Read, sure: float, ruled: dict[tuple[int, int], Attribution]) -> Iterator[Attribution]:
    head = head_of(window, read.cue)
    anchor, parsed = window.tokens[head], window.passages[head]
    extents = tuple(e for run in read.content if (e := trimmed(text, *_stretch(window, run))) is not None)
    if not extents or is_refused(anchor) or _is_dismissed(anchor) or any(UNNAMED.search(text, *extent) for extent in extents):
        return
    cue_extent = (_stretch(window, read.cue),)
    known = next((ruled[key] for i in read.cue if (key := (window.passages[i].base, window.tokens[i].i)) in ruled), None)
    source, mention = _source(text, window, read, parsed, known.source if known is not None else None)
    if known is not None:
        yield replace(known, cue_extent=cue_extent, source=source, mention=mention, extents=extents, sure=sure)
        return
    frame = _frame(text, parsed, anchor, extents)
    cue = (cue_of(frame) if frame is not None else None) or _meaning(window, read.cue, anchor)
    if not cue.constructions and sure < LEAST_SURE_UNKNOWN:
        return
    yield Attribution(
        parsed=parsed,
        anchor=anchor,
        cue=cue,
        construction=frame.construction if frame is not None else "clause",
        cue_extent=cue_extent,
        source=source,
        extents=extents,
        contents=frame.contents if frame is not None else (),
        addressee=frame.addressee if frame is not None else None,
        mention=mention,
        sure=sure,
    )


def _is_dismissed(anchor: Token) -> bool:
    """Whether the sentence names what was said only to reject it: "the *claim* that it was bombed is a lie" is one denial, not two claims."""
    verb = anchor.head
    if anchor.pos_ != "NOUN" or anchor.dep_ not in SUBJECTS or verb.pos_ not in {"VERB", "AUX"}:
        return False
    words = plain_words(anchor.doc[anchor.left_edge.i : verb.right_edge.i + 1].text)
    return wording_of(words) is Wording.REJECTS or HOLLOW.search(words) is not None


def _stretch(window: Window, run: range) -> Extent:
    return window.extent(run[0], run[-1])


def _source(text: str, window: Window, read: Read, parsed: Parsed, by_rule: Token | None) -> tuple[Token | None, Extent | None]:
    """The head of the words that name who speaks (the rules' choice among them, if it is one), and where they stand; nothing where nobody is named, or not in this passage."""
    if read.source is None or any(window.passages[i] is not parsed for i in read.source):
        return None, None
    head = next((token for i in read.source if (token := window.tokens[i]) == by_rule), window.tokens[head_of(window, read.source)])
    return head, trimmed(text, *_stretch(window, read.source))


def _frame(text: str, parsed: Parsed, anchor: Token, extents: tuple[Extent, ...]) -> Frame | None:
    """The construction of the cue whose content agrees best with what was read."""
    frames = [frame for frame in frames_of(text, parsed, anchor.sent) if frame.anchor == anchor and frame.extents]
    return max(frames, key=lambda frame: _shared(frame.extents, extents), default=None)


def _shared(one: tuple[Extent, ...], other: tuple[Extent, ...]) -> float:
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return 2 * both / (sum(b - a for a, b in one) + sum(d - c for c, d in other))


def _meaning(window: Window, run: range, anchor: Token) -> Cue:
    """What kind of cue it is by its head, else by any of its words; saying, where the lexicon knows none of them. Only a head that it knows brings its constructions."""
    for token in (anchor, *(window.tokens[i] for i in run)):
        part = "noun" if token.pos_ in {"NOUN", "PROPN"} else "verb"
        cue = cues().get((part, token.lemma_.lower()))
        if cue is not None:
            return cue if token == anchor else replace(cue, constructions=frozenset())
    return Cue(anchor.lemma_.lower(), CueClass.SAY, frozenset())


def _unopposed(found: list[Attribution], by_rule: list[Attribution], quotes: Quotes) -> list[Attribution]:
    """What only the rules saw, where it is an answer or hearsay, or passes on what somebody else is read to say, or is passed on itself."""
    beside: dict[int, list[Attribution]] = {}
    for one in found:
        beside.setdefault(one.parsed.base, []).append(one)
    return [rule for rule in by_rule if _is_kept(rule, beside.get(rule.parsed.base, []), quotes)]


def _is_kept(rule: Attribution, found: list[Attribution], quotes: Quotes) -> bool:
    """Whether an attribution of the rules goes beside those that the network found in its passage."""
    if any(s < end and start < e for other in found for s, e in other.cue_extent for start, end in rule.cue_extent):
        return False
    wanted = (rule.cue.meaning in ANSWERING and _answers(rule)) or rule.construction in {"adverb", "according"}
    return wanted or _passes_on(rule, found) or _is_passed_on(rule, found, quotes)


def _answers(rule: Attribution) -> bool:
    """Whether somebody did deny or take back something said: not "could deny it", "to withdraw all forces" or "contesting the seat"."""
    said = rule.cue.lemma in GAINSAYING or any(word.lemma_.lower() in SAID for content in rule.contents for word in content.subtree)
    return not _is_supposed(rule) and (said or rule.construction != "object")


def _is_supposed(rule: Attribution) -> bool:
    """Whether it only may be said, or is to be: "could deny", "went on to discuss"."""
    return any(child.tag_ in {"MD", "TO"} for child in rule.anchor.children)


def _passes_on(rule: Attribution, found: list[Attribution]) -> bool:
    """Whether another's cue stands in what it says or reports: "the ministry *called* it a lie, according to the agency"."""
    return (
        rule.cue.meaning in RELAYING
        and not _is_supposed(rule)
        and any(start <= other.cue_extent[0][0] and other.cue_extent[0][1] <= end for other in found for start, end in rule.extents)
    )


def _is_passed_on(rule: Attribution, found: list[Attribution], quotes: Quotes) -> bool:
    """Whether it is just what another's cue puts forward ("according to the agency, the ministry *called* it a lie"): a relay, of which the network's teachers marked only the outer part."""
    return quotes.holding(rule.cue_extent[0][0]) is None and any(
        _heads(rule.anchor, other.parsed, extent) for other in found if other.construction == "according" for extent in other.extents
    )


def _heads(anchor: Token, parsed: Parsed, extent: Extent) -> bool:
    """Whether the word stands in the stretch and what it hangs from does not."""
    inside, above = parsed.start(anchor), parsed.start(anchor.head)
    return extent[0] <= inside < extent[1] and (anchor.head == anchor or not extent[0] <= above < extent[1])
