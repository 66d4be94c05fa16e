"""Stance: what the speaker does with a proposition, from the class of the cue and the wording of the proposition itself.

A flat denial inside plain reported speech ("said nobody was killed") is a denial with a negated content (see `denial`); a cue that rejects ("denied that",
"called it a lie") is a denial whose content is the rejected statement. What is owed or wished is a demand, what one's own side will do a pledge,
what is to come a prediction.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from witnessmark.claims.acts import Found
from witnessmark.claims.denial import EPISTEMIC, is_denial, is_hardship, is_negated
from witnessmark.claims.lexicon import CueClass, cues
from witnessmark.claims.people import PEOPLE
from witnessmark.claims.phrases import child_of, subject_of
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.wordings import STANCES, Wording, wording_of, words_of
from witnessmark.model.claim import Act, Kind, Polarity, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token


NAMING = frozenset(
    [
        "brand",
        "call",
        "characterise",
        "characterize",
        "condemn",
        "consider",
        "decry",
        "denounce",
        "depict",
        "deride",
        "describe",
        "dub",
        "label",
        "portray",
        "regard",
        "ridicule",
        "slam",
        "style",
        "term",
    ]
)
"""Cues that give a thing a name or a quality."""
STATEMENT = re.compile(
    r"\b(?:claims?|reports?|allegations?|accusations?|charges?|suggestions?|assertions?|contentions?|stor(?:y|ies)|articles?|rumou?rs?|statements?"
    r"|remarks?|comments?|versions?|accounts?|insinuations?|findings|conclusions|talk of|footage|videos?|broadcasts?|testimon(?:y|ies)|communiqu[eé]s?)\b"
)
"""What others said, named."""
UPHELD = re.compile(
    r"\b(?:true|credible|accurate|correct|reliable|consistent|convincing|compelling|detailed|thorough|balanced|fair|honest|truthful|serious|grave|alarming|shocking|troubling"
    r"|disturbing|harrowing|horrifying|damning|important|welcome|useful|valuable|significant|historic|step|milestone|warning|plausible|too low|conservative|incomplete|preliminary)\b"
)
"""Words that do not dismiss what was said."""
DISBELIEF = re.compile(
    r"^(?:that|this|it|all this|them|these|those) (?:an? |the |pure |plain |sheer |mere )*(?:\w+ly )?(?:impossible|absurd|nonsens\w+|lies?|ridiculous|preposterous|laughable|untrue|false|baseless|fantasy|fiction|invention|fabricat\w+|gossip|slander|propaganda|rubbish|theatre)\b"
)
"""A pointer at what was said, and a name for it that nobody gives what they believe."""
QUOTED = re.compile(r"\b(?:is|are|was|were|be|been|as) (?:\w+ ){0,2}[“\"‘']\w")
"""A predicate in the words of whoever says it."""
OPEN_CUES = frozenset({"exclude", "rule out", "rule"})
"""Not to exclude a thing is to leave it open, which concedes nothing."""
SOFTENED = re.compile(
    r"\b(?:for (?:reasons of|their own|his own|her own)|at (?:their|his|her) own (?:request|wish|risk)|as a precaution(?:ary)?|of (?:their|his|her) own (?:free )?will|voluntarily"
    r"|warning shots|in self-defen[cs]e|by accident|by mistake|accidentally|inadvertently|(?:may|might|could) have strayed|isolated (?:case|incident)s?|illness of long standing)\b"
)
"""What makes light of a thing that is not disputed."""
AGENTIVE = frozenset(
    {"commit", "do", "carry", "make", "order", "give", "set", "fire", "throw", "drop", "lay", "launch", "start", "deliver", "hold", "use"}
)
"""Verbs whose object is what their subject did."""
ASSURING = frozenset({"assure", "promise", "guarantee", "vow", "swear"})
OFFERING = frozenset({"swear", "offer"})
"""Cues that promise where an infinitive follows."""
CUE_PHRASES = (
    (CueClass.DENY, re.compile(r"\bplead(?:s|ed)? not\b|\b(?:refuse[sd]?|declined?) to (?:accept|recogni[sz]e)\b")),
    (CueClass.CONCEDE, re.compile(r"\bplead(?:s|ed)? guilty\b|\btook responsibility\b")),
    (
        CueClass.DOUBT,
        re.compile(
            r"^(?!.*\b(?:no|not|any|without)\b).*\b(?:doubts?|sc?k?epticism|unconvinced|into question|hard to believe|difficult to believe)\b"
        ),
    ),
)
"""Cues of several words whose class is not that of their verb."""
EARLIER = re.compile(r"\b(?:we|i) (?:\w+ )?(?:wrote|reported|said|told|stated|printed|gave|posted)\b(?!.*;)")
"""What the speaker says to have said before."""
CONTRAST = re.compile(
    r"^(?:it|this|that|they|these|those|the)\b[^,]{1,80}\b(?:is|are|was|were)\b[^,]{0,80}, not (?!\d|only|least|even|just|yet|in\b|for\b|long)[\w' -]{1,40}$"
)
"""What is set against what it is not: "the fire was theirs, not ours"."""


class Reading(NamedTuple):
    """How a proposition is put forward, and by what it was read so; `by_cue` where that was the cue."""

    stance: Stance
    polarity: Polarity | None
    kind: Kind
    by: str = "nothing says otherwise"
    by_cue: bool = False


OF_CUE = {
    CueClass.DENY: Stance.DENIES,
    CueClass.DOUBT: Stance.DOUBTS,
    CueClass.CONCEDE: Stance.CONCEDES,
    CueClass.RETRACT: Stance.RETRACTS,
    CueClass.CORRECT: Stance.CORRECTS,
    CueClass.DEMAND: Stance.DEMANDS,
    CueClass.PLEDGE: Stance.PLEDGES,
    CueClass.PREDICT: Stance.PREDICTS,
}
SEMI_MODAL = frozenset({"go", "have", "want", "wish", "need", "try", "like"})
FALSEHOOD = frozenset(
    [
        "false",
        "untrue",
        "unfounded",
        "baseless",
        "groundless",
        "fabricate",
        "fabricated",
        "fabrication",
        "lie",
        "fake",
        "hoax",
        "slander",
        "libel",
        "propaganda",
        "fiction",
        "nonsense",
        "invention",
        "myth",
        "falsehood",
        "falsification",
        "absurd",
        "ridiculous",
        "concocted",
        "disinformation",
        "misinformation",
        "smear",
        "calumny",
        "defamation",
        "fantasy",
        "unsubstantiated",
        "fairytale",
    ]
)
TRUTH = frozenset({"truth", "reality", "fact", "basis", "foundation", "substance", "merit"})
DOUBTFUL = frozenset(["skeptical", "sceptical", "doubtful", "doubt", "skepticism", "scepticism", "unconvinced", "dubious", "questionable"])
WRONG = frozenset({"wrong", "mistaken", "mistake", "error", "incorrect", "inaccurate"})
OBLIGATION = frozenset({"must", "should", "ought", "shall"})
FUTURE = frozenset({"will", "shall", "’ll", "'ll", "wo", "would", "’d", "'d"})
EVIDENCE = frozenset({"evidence", "proof", "information", "sign", "indication", "doubt"})
BEFALLING = frozenset(
    {
        "displace",
        "kill",
        "starve",
        "flee",
        "injure",
        "have",
        "happen",
        "die",
        "rise",
        "fall",
        "become",
        "know",
        "see",
        "grow",
        "collapse",
        "last",
        "lose",
        "pass",
        "reach",
        "be",
    }
)
HARMFUL = frozenset({Act.KILLING, Act.TORTURE, Act.ATTACK, Act.DESTRUCTION, Act.PILLAGE, Act.SEXUAL_VIOLENCE, Act.CHEMICAL_ATTACK})
REFUSAL = re.compile(
    r"\b(?:not|n't) accept\b|\b(?:reject|rejects|rejected|repudiate|repudiates|refuse|refused|withdraw|withdraws|withdrew)\b|\bno need\b|\bnot be dignified\b|\bnot (?:in a position|prepared|willing) to\b"
)
"""Words that refuse to accept something rather than say how it was."""
CREDENCE = re.compile(
    r"\b(?:credible|plausible|persuaded|convinced|believed?|hard to|too (?:slow|late|few|little|poor)|astonished|surprised|sorry|wrong|should (?:not|never))\b"
)
JUDGEMENT = re.compile(
    r"\b(?:should|ought|appalled|shocked|shocking|horrified|outraged|concerned|worried|unacceptable|shameful|disgraceful|disgrace|outrageous|cowardly|barbaric|cruel|brutal|unworthy"
    r"|proud|sorry|important|necessary|worst|best|insult|mockery|farce|tragedy|betrayal|courage|hero|heroic|i think|we think|in (?:my|our) (?:view|opinion)|rather different|too (?:few|little|late|slow|low|high))\b"
)
"""Words that judge rather than tell."""
NEVER = re.compile(r"(?!)")
WORDED_KINDS = {
    Stance.DENIES: (Kind.POSITION, REFUSAL),
    Stance.RETRACTS: (Kind.POSITION, REFUSAL),
    Stance.DOUBTS: (Kind.OPINION, CREDENCE),
    Stance.CONCEDES: (Kind.OPINION, CREDENCE),
    Stance.ASSERTS: (Kind.OPINION, JUDGEMENT),
}
"""Which words make of each stance something else than a fact that could be checked."""
FIRST = frozenset({"i", "we"})
SELF = frozenset({"i", "we", "he", "she", "it", "they"})


def inner_cue(root: Token) -> CueClass | None:
    """The class of a first person's own cue: "we *believe* ...", "I am not going to *dispute* ...", "we *call* on you to ..."."""
    subject = subject_of(root)
    if subject is None or subject.lower_ not in FIRST:
        return None
    verb = root
    if root.lemma_ in SEMI_MODAL:
        verb = child_of(root, "xcomp") or root
    cue = cues().get(("verb", verb.lemma_.lower()))
    if cue is None or (cue.meaning is CueClass.DOUBT and _of_people(verb)):
        return None
    if cue.meaning is CueClass.CALL:
        return CueClass.DEMAND if any(child.lower_ in {"on", "for", "upon"} for child in verb.children) else CueClass.JUDGE
    return cue.meaning


def class_of_phrase(cue: str) -> CueClass | None:
    """The class of a cue of several words ("cast doubt on", "pleaded not guilty"); None where it is that of its verb."""
    words = " ".join(cue.lower().split())
    return next((meaning for meaning, pattern in CUE_PHRASES if pattern.search(words)), None)


def _of_people(verb: Token) -> bool:
    """Whether somebody is questioned or challenged rather than something."""
    thing = child_of(verb, "dobj")
    return thing is not None and any(token.lemma_.lower() in PEOPLE for token in thing.subtree)


def read_stance(  # noqa: PLR0913 -- what is known of who says it, each by its name
    proposition: Proposition,
    cue: CueClass | None,
    found: Found | None,
    *,
    cue_negated: bool,
    attributed: bool,
    answering: bool,
    cue_lemma: str | None = None,
) -> Reading:
    """The stance, polarity and kind of a proposition under a cue of this class (None: no cue); `found` is the act it speaks of.

    `attributed` where somebody in particular puts it forward, `answering` where that is an official, a party or a witness in their own statement.
    """
    inner = inner_cue(proposition.root)
    stance = None if cue_negated and cue_lemma in OPEN_CUES else _answering(proposition, cue, inner, cue_negated=cue_negated)
    by_cue = stance is not None and cue is not None and OF_CUE.get(cue) is not None
    by = "the cue" if by_cue else "the speaker's own verb" if stance is not None else "nothing says otherwise"
    polarity = None
    if stance is None and (worded := _by_words(proposition, cue_lemma, attributed=attributed, answering=answering)) is not None:
        stance, polarity, by = worded
    if stance is None and (forward := _forward(proposition, cue, inner, cue_lemma)) is not None:
        stance, by = forward, "its modal verb, mood or tense, or a cue of demanding, pledging or predicting"
    if stance is Stance.PREDICTS and _is_promised(proposition, cue, cue_lemma, answering=answering):
        stance, by = Stance.PLEDGES, "what somebody says of their own doing to come"
    if stance is None and attributed and is_denial(proposition, found) and (answering or not is_hardship(proposition)):
        stance, polarity, by = Stance.DENIES, Polarity.NEGATED, "a deed, an existence or an occurrence that it negates"
    if stance is Stance.DENIES and polarity is None:
        polarity = Polarity.REJECTED if not is_negated(proposition) or cue is CueClass.DENY else Polarity.NEGATED
    if stance in {None, Stance.ASSERTS} and _announced_correction(proposition):
        stance, by = Stance.CORRECTS, "a correction that the speaker just announced"
    if stance is None and (conceded := _conceded_by(proposition, found, answering=answering)) is not None:
        stance, by = Stance.CONCEDES, conceded
    stance = stance or Stance.ASSERTS
    return Reading(stance, polarity, _kind(proposition, cue, stance), by, by_cue)


def _by_words(
    proposition: Proposition, cue_lemma: str | None, *, attributed: bool, answering: bool
) -> tuple[Stance, Polarity | None, str] | None:
    """The stance and polarity that the words alone give, and what in them."""
    words = words_of(proposition)
    wording = wording_of(words)
    if (cue_lemma in NAMING and _dismisses(words)) or (attributed and _belittles(proposition)):
        return Stance.DENIES, None, "a name that it gives to what was said"
    if answering and CONTRAST.search(words):
        return Stance.DENIES, Polarity.NEGATED, "what it sets against what is not so"
    if wording is not None and not (wording is Wording.NEGATES and not attributed):
        polarity = Polarity.NEGATED if wording is Wording.NEGATES else None
        return STANCES[wording], polarity, f"list of wordings: its words {wording}"
    answer = _worded_answer(proposition)
    return (answer, None, "words of falsehood, doubt or error at its head") if answer is not None else None


def _is_promised(proposition: Proposition, cue: CueClass | None, cue_lemma: str | None, *, answering: bool) -> bool:
    """Whether what is to come is assured, or is for whoever answers for it to do."""
    if cue is CueClass.PREDICT:
        return False
    return cue_lemma in ASSURING or (answering and _is_undertaken(proposition))


def _conceded_by(proposition: Proposition, found: Found | None, *, answering: bool) -> str | None:
    """What makes of a plain statement an admission; None where nothing does."""
    if _is_confessed(proposition, found):
        return "a harm that the speaker says to have done"
    if answering and (_is_emphatic(proposition) or SOFTENED.search(words_of(proposition))):
        return "what it allows to have been so"
    return None


def _dismisses(words: str) -> bool:
    """Whether what was said is given a name or quality that does not uphold it: "the report “a tale told in a hotel”"."""
    return DISBELIEF.search(words) is not None or (STATEMENT.search(words) is not None and UPHELD.search(words) is None)


def _belittles(proposition: Proposition) -> bool:
    """Whether what was said is said to be something in quotation marks that does not uphold it: "the reports were “the wind in the reeds”"."""
    subject = subject_of(proposition.root)
    vague = subject is not None and any(child.dep_ == "det" and child.lower_ in {"a", "an", "one"} for child in subject.children)
    if proposition.root.lemma_ != "be" or subject is None or vague or STATEMENT.fullmatch(subject.lower_) is None:
        return False
    parsed = proposition.parsed
    raw = " ".join(parsed.doc.text[start - parsed.base : end - parsed.base] for start, end in proposition.extents).lower()
    return QUOTED.search(raw) is not None and UPHELD.search(raw) is None


def _announced_correction(proposition: Proposition) -> bool:
    """Whether the speaker just announced to correct something: "One correction: ..."."""
    doc = proposition.parsed.doc
    if EARLIER.search(words_of(proposition)) is not None:
        return False
    before = doc[max(0, proposition.tokens[0].i - 30) : proposition.root.i]
    return any(token.lower_ in {"correction", "erratum"} for token in before)


def _answering(proposition: Proposition, cue: CueClass | None, inner: CueClass | None, *, cue_negated: bool) -> Stance | None:
    negated = cue_negated or (inner is not None and any(child.dep_ == "neg" for child in _verb_chain(proposition.root)))
    for meaning in (cue, inner):
        stance = OF_CUE.get(meaning) if meaning is not None else None
        if meaning is CueClass.CONCEDE and cue_negated and meaning is cue:
            return Stance.DENIES
        if stance in {Stance.DENIES, Stance.DOUBTS}:
            return Stance.CONCEDES if negated else stance
        if stance in {Stance.CONCEDES, Stance.RETRACTS, Stance.CORRECTS} and not negated:
            return stance
        if meaning is CueClass.BELIEVE and negated and not _is_sight(proposition.root):
            return Stance.DOUBTS
    if cue_negated and cue in {CueClass.DEMAND, CueClass.PLEDGE}:
        return Stance.DENIES
    return None


def _is_confessed(proposition: Proposition, found: Found | None) -> bool:
    """Whether somebody says of themselves that they did what harms others: "I set fire to the barn"."""
    subject = subject_of(proposition.root)
    if found is None or subject is None or subject.dep_ != "nsubj" or subject.lower_ not in FIRST or is_negated(proposition):
        return False
    done = found.token == proposition.root or (found.token == child_of(proposition.root, "dobj") and proposition.root.lemma_ in AGENTIVE)
    return found.act in HARMFUL and done


def _is_emphatic(proposition: Proposition) -> bool:
    """Whether it is stressed that something was so: "we did hold them"."""
    root = proposition.root
    did = any(child.dep_ == "aux" and child.lower_ in {"did", "do", "does"} and child.i < root.i for child in root.children)
    subject = subject_of(root)
    return (
        did
        and not is_negated(proposition)
        and subject is not None
        and all(child.dep_ != "neg" for child in root.children)
        and subject.tag_ not in {"WP", "WDT"}
    )


def _is_sight(root: Token) -> bool:
    return root.lemma_ in {"see", "hear", "watch"}


def _is_undertaken(proposition: Proposition) -> bool:
    """Whether whoever answers for it says what shall be done rather than what will befall: "the families will be informed"."""
    root = proposition.root
    return root.pos_ == "VERB" and root.lemma_ not in BEFALLING


def _verb_chain(root: Token) -> list[Token]:
    return list(root.children) + [child for head in (root.head,) if root.dep_ == "xcomp" for child in head.children]


def _worded_answer(proposition: Proposition) -> Stance | None:
    near = _near(proposition.root) if proposition.root.pos_ in {"VERB", "AUX"} else list(proposition.tokens)
    words = {token.lemma_.lower() for token in near if token.pos_ != "VERB" or token.lemma_ != "lie"} | {token.lower_ for token in near}
    negated = is_negated(proposition)
    if words & DOUBTFUL and not negated:
        return Stance.DOUBTS
    if words & FALSEHOOD:
        return None if negated else Stance.DENIES
    if words & TRUTH and any(token.lower_ == "no" for token in proposition.tokens):
        return Stance.DENIES
    if words & WRONG and not negated and proposition.root.lemma_ == "be":
        subject = proposition.subject()
        return Stance.RETRACTS if subject is not None and subject.lower_ in {"i", "we", "that", "this", "it"} else None
    if negated and words & (EVIDENCE | EPISTEMIC) - {"doubt"}:
        return Stance.DOUBTS if words & {"evidence", "proof", "information", "verify", "confirm"} else None
    return None


def _near(root: Token) -> list[Token]:
    """The head word, its complements and theirs: where a proposition's verdict stands, not in its adjuncts."""
    near = [root]
    for child in root.children:
        if child.dep_ in {"acl", "relcl"} and child.head == root:
            continue
        if child.dep_ in {"acomp", "attr", "oprd", "dobj", "xcomp", "ccomp", "prep"} and not (
            child.dep_ == "ccomp" and subject_of(child) is not None
        ):
            near.append(child)
            near.extend(
                grand
                for grand in child.children
                if grand.dep_ in {"acomp", "attr", "oprd", "amod", "pobj", "dobj", "compound", "prep", "conj"}
            )
            near.extend(great for grand in child.children if grand.dep_ in {"acl", "relcl", "prep"} for great in grand.subtree)
    return near


def _is_subjunctive(root: Token) -> bool:
    """Whether a clause says what is to be: "that the army *withdraw*"."""
    return (
        root.tag_ in {"VB", "VBP"}
        and (thing := subject_of(root)) is not None
        and thing.tag_ in {"NN", "NNP"}
        and not any(c.dep_ == "aux" for c in root.children)
    )


def _forward(proposition: Proposition, cue: CueClass | None, inner: CueClass | None, cue_lemma: str | None) -> Stance | None:
    """Demands, pledges and predictions."""
    if CueClass.DEMAND in {cue, inner} or (cue_lemma == "insist" and _is_subjunctive(proposition.root)):
        return Stance.DEMANDS
    if cue is CueClass.WANT and proposition.root.tag_ == "VB" and proposition.subject() is not None and cue_lemma == "want":
        return Stance.DEMANDS
    if cue_lemma in OFFERING and proposition.root.tag_ == "VB" and words_of(proposition).startswith("to "):
        return Stance.PLEDGES
    if CueClass.PLEDGE in {cue, inner}:
        return Stance.PLEDGES
    if (_expected(proposition.root) and not is_negated(proposition)) or _may_grow(proposition.root):
        return Stance.PREDICTS
    return _by_modal(proposition, cue) or (Stance.PREDICTS if CueClass.PREDICT in {cue, inner} else None)


def _by_modal(proposition: Proposition, cue: CueClass | None) -> Stance | None:
    """What "must", "will" and the bare imperative make of a proposition; "should have" and "would have" look back and make nothing of it."""
    root = proposition.root
    bearer = root.head if root.dep_ == "conj" and root.tag_ == "VB" and subject_of(root) is None else root
    modals = {child.lower_ for child in bearer.children if child.dep_ in {"aux", "auxpass"}}
    if modals & {"have", "’ve", "'ve"} or root.lemma_ in {
        "think",
        "say",
        "guess",
        "imagine",
        "suppose",
        "swear",
        "add",
        "point",
        "note",
        "stress",
        "remind",
    }:
        return None
    ordained = "shall" in modals and cue is None and (subject := proposition.subject()) is not None and subject.lower_ not in FIRST
    if ordained or modals & (OBLIGATION - {"shall"}) or _has_to(root) or _is_imperative(proposition, cue, modals):
        return Stance.DEMANDS
    if not modals & FUTURE:
        return None
    own = _is_own_doing(proposition.subject(), cue) and root.lemma_ not in {"be", "have", "know", "see"}
    return Stance.PLEDGES if own else Stance.PREDICTS


def _is_imperative(proposition: Proposition, cue: CueClass | None, modals: set[str]) -> bool:
    root = proposition.root
    quoted = root.tag_ == "VB" and root.i > 0 and root.nbor(-1).text in {"“", '"', "‘", "``"}
    bare = root.tag_ in {"VB", "VBP"} and subject_of(root) is None and (quoted or root.dep_ in {"ROOT", "ccomp"}) and not modals
    bare = bare and (quoted or proposition.subject() is None)
    first = next((token for token in proposition.tokens if not token.is_punct), root)
    return bare and cue is not CueClass.REFUSE and root.lemma_ != "let" and root == first


def _is_own_doing(subject: Token | None, cue: CueClass | None) -> bool:
    """Whether the speaker says what the speaker will do: "we will", or in reported speech "it would"."""
    if subject is None:
        return False
    reported = cue not in {None, CueClass.BELIEVE, CueClass.PREDICT, CueClass.WARN}
    return subject.lower_ in FIRST or (reported and subject.lower_ in SELF)


def _has_to(root: Token) -> bool:
    return root.dep_ == "xcomp" and root.head.lemma_ in {"have", "need"} and child_of(root, "aux") is not None


def _may_grow(root: Token) -> bool:
    """Whether a number is said to be able to grow: "the toll could rise"."""
    return root.lemma_ in {"rise", "grow", "increase", "climb", "reach", "run", "worsen"} and any(
        child.dep_ == "aux" and child.lower_ in {"could", "may", "might"} for child in root.children
    )


def _expected(root: Token) -> bool:
    verbs = [root, root.head] if root.dep_ == "xcomp" else [root]
    return any(verb.lemma_ in {"expect", "schedule", "plan", "slate", "due"} and child_of(verb, "auxpass") is not None for verb in verbs)


def _kind(proposition: Proposition, cue: CueClass | None, stance: Stance) -> Kind:
    if stance in {Stance.DEMANDS, Stance.PLEDGES} or (cue in {CueClass.WANT, CueClass.REFUSE} and stance is not Stance.PREDICTS):
        return Kind.POSITION
    if stance is Stance.ASSERTS and cue is CueClass.JUDGE:
        return Kind.OPINION if _is_called(proposition) else Kind.POSITION
    kind, pattern = WORDED_KINDS.get(stance, (Kind.FACTUAL, NEVER))
    return kind if pattern.search(words_of(proposition)) else Kind.FACTUAL


def _is_called(proposition: Proposition) -> bool:
    """Whether something is called a name: what is judged is followed by a name for it, and no clause."""
    return proposition.root.pos_ not in {"VERB", "AUX"}
