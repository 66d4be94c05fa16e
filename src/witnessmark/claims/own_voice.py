"""The document's own voice: which sentences nobody else is made to say are claims.

In the news only happenings of the act list count, so that background stays out. A document that speaks for somebody (a testimony in the first person, a
statement by a ministry, a report with findings) is a claimant itself, and its plain sentences of fact count too.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from witnessmark.claims.acts import PEACEFUL, Found, find_act
from witnessmark.claims.attributions import Attribution, Quotes
from witnessmark.claims.parse import Parsed
from witnessmark.claims.people import PEOPLE
from witnessmark.claims.phrases import SUBJECTS, Extent, child_of, trimmed
from witnessmark.claims.propositions import Proposition, propositions_in
from witnessmark.claims.speaker_words import BODIES
from witnessmark.claims.wordings import takes_a_stance, words_of
from witnessmark.model.claim import Act
from witnessmark.text.segmentation import find_dateline

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

FIRST = frozenset({"i", "we"})
LONGEST_LEAD = 160
"""A first paragraph up to this length may say what the document is; in a longer one "a statement" is one that the news is about."""
RELATIVE = frozenset({"WP", "WDT", "WP$"})
ATTRIBUTIVE = frozenset({"amod", "compound", "relcl", "acl"})
MANY = 3
GENRE = re.compile(
    r"\b(?:statement|communiqu[eé]|testimony|affidavit|declaration|account of|findings|methodology|log|judgment|judgement|register|bulletin|thread"
    r"|(?:infirmary|ward|day|duty) book|field note|monitoring|digest|memorandum|note verbale|aide-memoire|summary|chapter|about this report|report of|report on"
    r"|(?:update|statement|report|circular|order|appeal|case) no|press (?:release|information|note)|for immediate (?:use|release)|circular to|urgent action|final resolution|minutes? of the|inquest|certificate"
    r"|leaflet|to (?:our|all) (?:shareholders|members|customers|clients|staff|households))\b",
    re.IGNORECASE,
)
SHARE = 0.012
"""A document whose own words hold at least `MANY` first persons, and this share of all its words, is a personal account."""
CORRECTING = re.compile(r"(?:a )?(?:correction|corrigend|erratum|clarification|for the record)", re.IGNORECASE)
SELF = frozenset({"live", "bear", "work", "remember", "speak", "study", "marry", "recall"})
METHOD = frozenset(
    {"interview", "visit", "compare", "review", "gather", "collect", "meet", "consult", "analyse", "analyze", "examine", "document"}
)
LONGEST_COURTESY = 7
COURTEOUS = frozenset({"thank", "thanks", "good", "next", "let", "please", "sorry", "welcome", "lol", "hello", "hi", "maam", "sir", "okay"})
WEAK = frozenset({Act.SUPPORT, Act.AGREEMENT, Act.INVESTIGATION, Act.THREAT, Act.ATROCITY})


def own_sentences(text: str, parsed: Parsed, attributions: list[Attribution], quotes: Quotes) -> list[Proposition]:
    """The propositions of a passage that stand in nobody's mouth."""
    found: list[Proposition] = []
    anchors = {a.anchor.i for a in attributions}
    contents = [extent for a in attributions for extent in a.extents]
    for sentence in parsed.doc.sents:
        extent = _extent(parsed, sentence)
        if extent is None or _is_question(text, extent):
            continue
        free = [p for p in propositions_in(text, [parsed], (extent,)) if _is_free(p, anchors, contents, quotes)]
        found.extend(part for p in free for part in (_counts_apart(text, p) if parsed.opened.logged else [p]))
    return found


def _counts_apart(text: str, proposition: Proposition) -> list[Proposition]:
    """A log's "61 treated, 17 dead" as two; what has a verb of its own or a single number stays whole."""
    if proposition.root.pos_ in {"VERB", "AUX"} and proposition.subject() is not None:
        return [proposition]
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in proposition.tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.text in {",", ";"} and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    if len(parts) == 1 or not all(part and part[0].like_num and len(part) > 1 for part in parts[1:]):
        return [proposition]
    found = []
    for part in parts:
        inside = {token.i for token in part}
        head = next((token for token in part if token.head.i not in inside or token.head == token), part[0])
        extent = trimmed(text, *proposition.parsed.extent(part[0], part[-1]))
        if extent is not None:
            found.append(Proposition(proposition.parsed, head, tuple(part), (extent,)))
    return found


def _extent(parsed: Parsed, sentence: Sentence) -> Extent | None:
    words = [token for token in sentence if not token.is_space]
    return parsed.extent(words[0], words[-1]) if words else None


def _is_question(text: str, extent: Extent) -> bool:
    return text[extent[0] : extent[1]].rstrip("\"”’' ").endswith("?")


def _is_free(proposition: Proposition, anchors: set[int], contents: list[Extent], quotes: Quotes) -> bool:
    if proposition.root.i in anchors or any(
        token.i in anchors and token.dep_ in {"prep", "advmod", "parataxis"} for token in proposition.tokens
    ):
        return False
    whole = sum(end - start for start, end in proposition.extents)
    taken = sum(max(0, min(end, e) - max(start, s)) for start, end in proposition.extents for s, e in contents)
    return taken < 0.5 * whole and quotes.holding(proposition.start) is None


def is_personal(passages: list[Parsed], quotes: Quotes) -> bool:
    """Whether the document speaks in the first person outside quotations: a testimony, a log, a statement."""
    words = firsts = 0
    for parsed in passages:
        for token in parsed.doc:
            words += token.is_alpha
            if token.lower_ in FIRST and token.dep_ in {"nsubj", "nsubjpass"} and quotes.holding(parsed.start(token)) is None:
                firsts += 1
    return firsts >= MANY and firsts >= SHARE * words


DECLARING = frozenset(
    [
        *(
            "reject",
            "deny",
            "regret",
            "reiterate",
            "affirm",
            "reaffirm",
            "condemn",
            "demand",
            "reserve",
            "remind",
            "stress",
            "emphasise",
            "emphasize",
        ),
        *(
            "express",
            "consider",
            "state",
            "declare",
            "acknowledge",
            "accept",
            "underline",
            "recall",
            "deplore",
            "assure",
            "confirm",
            "note",
            "extend",
        ),
        *(
            "call",
            "urge",
            "refute",
            "dispute",
            "dismiss",
            "wish",
            "draw",
            "hold",
            "maintain",
            "repeat",
            "take",
            "stand",
            "remain",
            "invite",
        ),
    ]
)
"""What a body does in the present tense in a statement of its own."""
FEWEST_DECLARED = 2
LETTERHEAD = 5
"""Lines among which a letterhead stands."""
LETTERHEADED = re.compile(
    r"(?:the\s+)?(?:(?:general|high|supreme|armed|national|public|press|joint|federal|state|royal|central|permanent)\s+)*"
    r"(?:ministry|government|presidency|office|command|headquarters|embassy|mission|directorate|department|secretariat|council|staff|commission|prosecutor|forces|army|police|bureau|information)\b(?:['’]s)?"
    r"(?:\s+\w+)*\s+(?:of|for)\b",
    re.IGNORECASE,
)
BODY_NAME = re.compile(
    r"\b(?:ministry|municipality|governorate|prefecture|town hall|hospital|clinic|court|tribunal|parish|diocese|vicariate|congregation|union|party|front|movement|association|society|foundation"
    r"|committee|council|commission|company|holding|works|foods|industries|mining|ltd|limited|inc|plc|p\.l\.c|s\.a|mission|office|surgeons|doctors|physicians|lawyers|centre|center|institute|university"
    r"|school|brigade|battalion|command|directorate|federation|league|alliance|organi[sz]ation|fund|authority)\b",
    re.IGNORECASE,
)
"""What the name of a body holds that writes for itself, whatever else its letterhead says."""
PRESS_NAME = re.compile(
    r"\b(?:news|agency|wire|herald|times|courier|gazette|radio|tv|television|broadcasting|voice|dispatch|daily|weekly|post|tribune|journal|chronicle|mirror|echo|star|sun|today|online|monitor(?:ed|ing)?|desk|digest|bulletin)\b",
    re.IGNORECASE,
)
"""What the name of one holds who carries what others say."""
SMALL = frozenset({"of", "the", "and", "for", "to", "in", "on", "at"})
THIS_BODY = re.compile(
    r"\b(?:this\s+(?:ministry|government|office|command|embassy|mission|directorate|department|commission|secretariat|company|force|court|tribunal)|the\s+undersigned)\b",
    re.IGNORECASE,
)


class Manner(StrEnum):
    """How a document speaks where it speaks itself: what of it is put forward as fact."""

    NEWS = "news"
    """Others' words and happenings; what stands between them is background."""
    CLAIMANT = "claimant"
    """A statement, a report with findings, a judgment: it answers for its sentences."""
    PERSONAL = "personal"
    """A first person tells."""
    LOG = "log"
    """Entries by the hour, mostly without verbs."""
    SPOKEN = "spoken"
    """A transcript's or a thread's speaker; any words may put something forward."""


def manner_of(text: str, passages: list[Parsed], quotes: Quotes) -> Manner:
    """How the document speaks, told by its shape before its words: hours, numbered paragraphs, first persons, then what its opening calls it."""
    if sum(parsed.opened.logged for parsed in passages) >= MANY:
        return Manner.LOG
    if is_personal(passages, quotes):
        return Manner.PERSONAL
    if _declares(passages, quotes) or _is_headed_by_body(text, passages) or _is_of_this_body(text, quotes):
        return Manner.CLAIMANT
    if find_dateline(text) is not None:
        return Manner.CLAIMANT if passages and GENRE.search(_opening(text, passages)) and not _is_headed_by_dateline(text) else Manner.NEWS
    numbered = sum(parsed.opened.numbered for parsed in passages) >= MANY
    broadcast = any(parsed.opened.station is not None for parsed in passages)
    return Manner.CLAIMANT if numbered or broadcast or is_claimant(text, passages) or _says_we(passages, quotes) else Manner.NEWS


def manner_here(parsed: Parsed, manner: Manner) -> Manner:
    """How one passage speaks: where a newspaper corrects itself, it speaks for itself."""
    corrects = manner is Manner.NEWS and CORRECTING.match(parsed.doc.text) is not None
    return Manner.CLAIMANT if corrects else manner


def _is_headed_by_dateline(text: str) -> bool:
    """Whether a dateline opens the first long paragraph, as in a newspaper."""
    found = find_dateline(text)
    return found is not None and len(text[found.end :].split("\n", 1)[0]) > LONGEST_LEAD


def _is_headed_by_body(text: str, passages: list[Parsed]) -> bool:
    """Whether a line above the first long paragraph is the name of a body, as on its letterhead: "Ministry of the Interior, Republic of Marn", or "WEST TOWN HOSPITAL - SURGERY" as the first line."""
    if not passages:
        return False
    lines = [line.strip() for line in _opening(text, passages).splitlines()[:LETTERHEAD]]
    first = next((line for line in lines if line), "")
    if first.isupper() and BODY_NAME.search(first) and not PRESS_NAME.search(first):
        return True
    return any(
        LETTERHEADED.match(line) is not None and all(w[0].isupper() or w in SMALL for w in re.findall(r"[^\W\d_]+", line)) for line in lines
    )


def _is_of_this_body(text: str, quotes: Quotes) -> bool:
    """Whether the text speaks of the body that writes it: "this Ministry", "the undersigned"."""
    return any(quotes.holding(match.start()) is None for match in THIS_BODY.finditer(text))


def _declares(passages: list[Parsed], quotes: Quotes) -> bool:
    """Whether a body declares in the present and of itself, as in a statement of its own: "The Ministry rejects ... The Ministry regrets ..."."""
    found = [
        subject.lemma_.lower()
        for parsed in passages
        for token in parsed.doc
        if token.tag_ in {"VBZ", "VBP"} and token.lemma_ in DECLARING and quotes.holding(parsed.start(token)) is None
        for subject in token.children
        if subject.dep_ == "nsubj" and (subject.lower_ == "we" or subject.lemma_.lower() in BODIES)
    ]
    return any(found.count(body) >= FEWEST_DECLARED for body in set(found))


def _says_we(passages: list[Parsed], quotes: Quotes) -> bool:
    """Whether the authors speak of themselves as "we" outside quotations."""
    found = sum(
        token.lower_ == "we" and token.dep_ in SUBJECTS and quotes.holding(parsed.start(token)) is None
        for parsed in passages
        for token in parsed.doc
    )
    return found >= MANY


def is_claimant(text: str, passages: list[Parsed]) -> bool:
    """Whether the opening says that this document puts facts forward itself: a statement, a report with findings, a log, a judgment."""
    return bool(passages) and GENRE.search(_opening(text, passages)) is not None


def _opening(text: str, passages: list[Parsed]) -> str:
    """The headings and short paragraphs before the first long one."""
    first = next((parsed for parsed in passages if len(parsed.doc.text) > LONGEST_LEAD), passages[-1])
    return text[: first.base]


def states_something(proposition: Proposition, *, counted: bool) -> bool:
    """Whether words put anything forward: they hold a verb, or name a deed or a number of people; "the deliveries" alone does not."""
    root = proposition.root
    if takes_a_stance(words_of(proposition)):
        return True
    if (
        root.lemma_ in {"name", "identify"}
        and any(child.lower_ == "to" for child in root.children)
        and child_of(root, "auxpass") is not None
    ):
        return False
    if any(token.pos_ in {"VERB", "AUX"} and (token == root or token.dep_ not in ATTRIBUTIVE) for token in proposition.tokens):
        return True
    if counted and any(token.lemma_.lower() in PEOPLE for token in proposition.tokens):
        return True
    found = find_act(proposition)
    return found is not None and found.act not in PEACEFUL


def _counts_dead(proposition: Proposition) -> bool:
    """Whether the sentence says of some that they are among those who suffered: "two of them *were among* those killed"."""
    verb = proposition.root
    among = next((child for child in verb.children if child.lower_ == "among"), None)
    return verb.lemma_ in {"be", "include"} and among is not None


def _is_reduced(proposition: Proposition) -> bool:
    """Whether a sentence leaves out its auxiliary, or the parser sees none: "Five *killed* in the square.", "Ten people starved to death."."""
    root = proposition.root
    ended = proposition.tokens[-1].text in {".", "!"} or (
        proposition.tokens[-1].i + 1 < len(root.doc) and proposition.tokens[-1].nbor().text == "."
    )
    return (
        ended
        and root.dep_ == "ROOT"
        and (root.tag_ in {"NNS", "CD", "VBN"})
        and (root.tag_ == "VBN" or any(c.tag_ in {"VBN", "VBD"} and c.dep_ == "acl" for c in root.children))
    )


def is_reportable(proposition: Proposition, found: Found | None, *, manner: Manner, counted: bool = False, harmed: bool = False) -> bool:
    """Whether a sentence in the document's own voice is a claim; whether it counts anything, and people come to harm."""
    root = proposition.root
    if takes_a_stance(words_of(proposition)):
        return True
    clause = root.pos_ in {"VERB", "AUX"} and (proposition.subject() is not None or any(child.dep_ in SUBJECTS for child in root.children))
    clause = clause or (harmed and (_counts_dead(proposition) or _is_reduced(proposition)))
    if manner is Manner.SPOKEN:
        return not _is_courtesy(proposition) and (clause or sum(t.is_alpha for t in proposition.tokens) > 1)
    if manner is Manner.LOG:
        return clause or counted or found is not None or _is_elliptic(proposition)
    if harmed and clause and manner is Manner.NEWS:
        return True
    return clause and _puts_forward(proposition, found, manner)


def _puts_forward(proposition: Proposition, found: Found | None, manner: Manner) -> bool:
    """Whether a whole sentence is more than background, in a document that speaks in this manner."""
    if manner is Manner.PERSONAL:
        return not _is_about_self(proposition, found)
    if manner is Manner.CLAIMANT:
        return not _is_method(proposition)
    if _is_unsettled(proposition):
        return True
    if found is None:
        return False
    near = proposition.root in (found.token, found.token.head, found.token.head.head) or _counts_dead(proposition)
    return near and (found.act not in WEAK or found.token.pos_ == "VERB" or found.act is Act.AGREEMENT)


def _is_unsettled(proposition: Proposition) -> bool:
    """Whether a newspaper says what it could not find out: "It is unclear whether ...", "the claim could not be verified"."""
    root = proposition.root
    if root.lemma_ == "be":
        return any(child.dep_ == "acomp" and child.lower_ in {"unclear", "unknown"} for child in root.children)
    return root.lemma_ in {"verify", "confirm", "establish", "corroborate"} and any(child.dep_ == "neg" for child in root.children)


def _is_courtesy(proposition: Proposition) -> bool:
    """Whether the words only open, close or steer the talk."""
    words = [t.lower_ for t in proposition.tokens if t.is_alpha]
    return not words or (len(words) <= LONGEST_COURTESY and words[0] in COURTEOUS)


def _is_elliptic(proposition: Proposition) -> bool:
    """Whether an entry leaves out who did it or that something is: "Transferred to the city", "No burns on anyone"."""
    return proposition.root.tag_ == "VBN" or any(t.lower_ in {"no", "none", "not", "nil"} for t in proposition.tokens)


def _is_about_self(proposition: Proposition, found: Found | None) -> bool:
    """Whether a witness only says who he is: "I was nineteen", "I drove for the dairy", "I was born in ..."."""
    root, subject = proposition.root, proposition.subject()
    if subject is None or subject.lower_ not in FIRST or found is not None or any(c.dep_ == "neg" for c in root.children):
        return False
    thing = child_of(root, "dobj")
    if root.lemma_ in {"make", "give", "sign", "read"} and thing is not None and thing.lemma_ in {"statement", "this", "declaration"}:
        return True
    named = child_of(root, "attr") is not None or any(c.dep_ == "acomp" and c.pos_ in {"NUM", "NOUN"} for c in root.children)
    return root.lemma_ in SELF or (root.lemma_ == "be" and named)


def _is_method(proposition: Proposition) -> bool:
    """Whether authors say how they worked: "We interviewed 40 relatives"."""
    root, subject = proposition.root, proposition.subject()
    return (
        root.lemma_ in METHOD
        and subject is not None
        and (subject.lower_ == "we" or subject.pos_ == "PROPN" or subject.lemma_ == "researcher")
    )
