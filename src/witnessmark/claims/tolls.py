"""Tolls: numbers of people that the parse alone does not tell, read by the words around them.

A toll is put at a number ("put the number of dead *at 57*"), corrected by a bare one ("*nine at most*"), logged in a telegram's shorthand ("First admissions:
*14*", "*3 pts* with burned eyes"), named by what was done ("*83 killings*"), or stands by people to whom a verb outside the act list does something ("*60
prisoners* were marched off"). Numbers of houses, of attackers and of the speaker's years are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from witnessmark.claims.counted import DOINGS, is_person
from witnessmark.claims.lexicon import nouns
from witnessmark.claims.phrases import child_of, subject_of
from witnessmark.claims.suffering import STATES
from witnessmark.model.claim import Harm
from witnessmark.text.numbers import Count

if TYPE_CHECKING:
    from spacy.tokens import Token

    from witnessmark.claims.propositions import Proposition

_PART_BEFORE = re.compile(
    r"\b(?:among(?:st)?\s+(?:them|whom|these|those)|of\s+(?:them|whom|these|those)|including)(?:,|\s+(?:the|also|only))?\s*\Z",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(r"\s+of\s+(?:them|whom|these|those)\b", re.IGNORECASE)
_TOLL = re.compile(
    r"\b(?:tolls?|dead|deaths?|died|dies|kill\w*|casualt\w+|victims?|wounded|injured|missing|bodies|murdered|executed|shot|fatalit\w+|disappeared|arrest\w*|detain\w*|prisoners?"
    r"|detainees|displaced|refugees|(?:number|count)\s+of\s+(?:people|persons|those|men|women|children|civilians|patients)|patients?|admissions|admitted|treated|drowned|buried|graves"
    r"|expelled|deported|moved|driven\s+out|evicted|people|children|boys|girls|inmates|held)\b",
    re.IGNORECASE,
)
_NO_PEOPLE_OF = re.compile(
    r"\b(?:number|count|total|figure|cost|price|speed|distance|strength|vote|share|rate|temperature)s?\s+(?:of|for)\s+(?:the\s+)?"
    r"(?!dead|those|people|persons|men|women|children|civil|kill|wound|injur|miss|death|dis|victim|casualt|pris|detain|arrest|refug|bod|patient|moved)\w+"
    r"|\b(?:houses|homes|vehicles|trucks|lorries|rounds|shells|rockets|villages|tons|votes|pages|cattle|sheep|rifles|losses\s+at|buildings)\b",
    re.IGNORECASE,
)
_PUT = re.compile(
    r"\b(?:(?:put|puts|putting|gave|gives|give|giving|revis\w+|estimat\w+|set|sets|lower\w*|rais\w+|cut|corrected|amend\w+|adjust\w+|plac\w+|count\w*|stood|stands|rose|risen|rises"
    r"|climb\w*|reach\w*|pass(?:es|ed)?|exceed\w*|is|was|were|are|be)\b[^.;:?!]{0,70}?\b)?(?:tolls?|deaths|arrests|number|count|figure|total|it|them|that|this|lower|higher|estimate|dead|out|killed|wounded|treated|missing)\b"
    r"[^.;?!\d]{0,40}?\b(?:at|as|to|of|is|was|were|be|reached|passed|exceeds?|pass|exceeded|stood\s+at|now)\s*(?:only\s+|now\s+|the\s+)?[\"“‘]?(?:maybe\s+|perhaps\s+|probably\s+|possibly\s+|somewhere\s+)?\s*\Z",
    re.IGNORECASE,
)
_BARE_AFTER = re.compile(
    r"[\"”’]?\s*(?:\Z|[.,;:!?)\]\"”’—–(]|(?:and|or|but|by|on|in|as|from|since|among|of\s+whom|including|not|dead|killed|people|persons|at\s+most|last|so|this|that|with|who|were|was|had|have)\b)",
    re.IGNORECASE,
)
_FRAGMENT_BEFORE = re.compile(
    r"(?:(?:only|just|now|no|not|yes|nearer|rather|perhaps|maybe|the|some|all|pass|passed|put\s+it\s+at|it\s+is|it\s+was|they\s+are|there\s+were)\s*,?\s*)*\Z",
    re.IGNORECASE,
)
_FRAGMENT_AFTER = re.compile(
    r"[\s,]*(?:(?:people|persons|names|dead|more|others|in\s+all|at\s+(?:the\s+)?most|at\s+least|not\s+\S+|i\s+should\s+think|so\s+far|already|together|altogether|among\s+them.*|of\s+whom.*"
    r"|including.*|all\s+\w+)[\s,]*)*\Z",
    re.IGNORECASE | re.DOTALL,
)
_LABELS: tuple[tuple[str, Harm], ...] = (
    (r"dead|deaths?|died|d\.?o\.?a|fatalities|killed|bodies|corpses|mortuary|morgue", Harm.KILLED),
    (r"wounded|injured|wounds|burns|injuries|admissions|admitted|admits|triaged?", Harm.INJURED),
    (r"missing|unaccounted", Harm.MISSING),
    (r"detained|arrested|arrests|prisoners|held", Harm.DETAINED),
    (r"evacuated|displaced|arrivals|deported|expelled", Harm.DISPLACED),
    (
        r"entry|transferred|transfers?|treated|seen|discharged|patients|pts|casualties|cases|count|total|referred|received|released",
        Harm.AFFECTED,
    ),
)
_LOG_LABEL = re.compile(r"(?:\A|[\n.;,(—–])\s*(?P<label>[^\n.;:,()]{0,50}):\s*(?:still\s+|now\s+)?\Z")
_LOG_AFTER = re.compile(
    r"\s+(?:more\s+|new\s+)?(?P<word>pts?|patients?|seen|treated|admitted|discharged|transferred|triaged|dead|cases|casualties|d\.?o\.?a|evacuated|referred|wounded|received)\b(?!\s+(?:by|the|a)\b)",
    re.IGNORECASE,
)
_DEEDS = {
    "killing": Harm.KILLED,
    "murder": Harm.KILLED,
    "death": Harm.KILLED,
    "execution": Harm.KILLED,
    "drowning": Harm.KILLED,
    "hanging": Harm.KILLED,
    "fatality": Harm.KILLED,
    "arrest": Harm.DETAINED,
    "detention": Harm.DETAINED,
    "disappearance": Harm.MISSING,
    "abduction": Harm.MISSING,
    "kidnapping": Harm.MISSING,
    "injury": Harm.INJURED,
    "wounding": Harm.INJURED,
    "maiming": Harm.INJURED,
    "rape": Harm.INJURED,
    "expulsion": Harm.DISPLACED,
    "deportation": Harm.DISPLACED,
    "admission": Harm.AFFECTED,
}
_MEDICAL = frozenset(
    [
        "gunshot",
        "cholera",
        "burn",
        "burns",
        "trauma",
        "wound",
        "shrapnel",
        "typhoid",
        "measles",
        "blast",
        "gas",
        "malnutrition",
        "fever",
        "stab",
        "hospital",
        "rape",
        "torture",
    ]
)
_WITH_WOUND = re.compile(
    r"\s+(?:\w+\s+)?(?:with|from)\s+(?:\w+\s+){0,2}(?:wounds?|burns?|injur\w+|fractures?|causes|eyes|cough)\b", re.IGNORECASE
)
_TRAPPED = re.compile(
    r"\s+(?:more\s+|people\s+|others\s+|men\s+|women\s+|children\s+)?(?:still\s+|are\s+|were\s+|remain\s+)*"
    r"(?:trapped|buried|stuck|unaccounted\s+for|(?:under|beneath)\s+(?:the\s+|that\s+)?(?:rubble|ruins|debris|arrest|guard)|in\s+(?:custody|cells|detention|intensive\s+care))\b"
    r"|\s+of\s+us\s+(?:in|inside)\b",
    re.IGNORECASE,
)
_HEADLINE = re.compile(r"\bkill(?:s|ed)\s[^.;:?!]{1,60}(?:,|\band)\s+(?:wounds|injures|hurts|wounded|injured)\s+\Z", re.IGNORECASE)
"""A headline's second verb, which the parser takes for a noun: "kills six, *wounds* 14"."""
_DOWN = re.compile(r"\s+(?:people|persons|men|women|children|civilians)\s+(?:are\s+|is\s+)?down\b", re.IGNORECASE)
_SUBJECT_UNDERGOES = frozenset(
    [
        "starve",
        "die",
        "burn",
        "drown",
        "perish",
        "suffocate",
        "freeze",
        "remain",
        "emigrate",
        "flee",
        "cross",
        "vanish",
        "disappear",
        "sleep",
        "succumb",
        "fall",
        "collapse",
        "lie",
        "lay",
    ]
)
_DONE_TO = {
    "take": Harm.DETAINED,
    "lead": Harm.DETAINED,
    "keep": Harm.DETAINED,
    "hold": Harm.DETAINED,
    "march": Harm.DETAINED,
    "invite": Harm.DETAINED,
    "pull": Harm.DETAINED,
    "round": Harm.DETAINED,
    "line": Harm.DETAINED,
    "bring": Harm.DETAINED,
    "load": Harm.AFFECTED,
    "burn": Harm.KILLED,
    "starve": Harm.KILLED,
    "move": Harm.DISPLACED,
    "drive": Harm.DISPLACED,
    "bury": Harm.FOUND,
    "liquidate": Harm.KILLED,
    "eliminate": Harm.KILLED,
    "tie": Harm.AFFECTED,
    "strip": Harm.AFFECTED,
    "put": Harm.AFFECTED,
    "vouch": Harm.AFFECTED,
}
"""Verbs of which a person in the object's place suffers, with what."""
_RECRUITING = frozenset(["recruit", "enlist", "conscript"])
_YOUNG = frozenset(["child", "boy", "girl", "minor", "youth", "teenager", "schoolboy", "schoolgirl", "adolescent"])
"""Whom to recruit is to harm."""
_NO_HARM_DONE = DOINGS - {"march", "invite", "lead"}
_SHUT_IN = frozenset(["in", "inside", "under", "behind", "at", "beneath"])
_PLACES_OF_HOLDING = re.compile(
    r"\b(?:arrest|custody|cells?|stables?|prison|jail|camp|cellar|basement|barracks|silo|stadium|detention|hall|store|rubble|ruins|siege|guard|compound|barn|sheds?|warehouse|hands|pit)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:(?:them|whom|these|those|children|boys|girls|youths|cadets|pupils|were|was|is|are|all|all\s+(?:well|far))\s+(?:well\s+|far\s+)?(?:under|over|below|above)"
    r"|(?:the\s+)?ages?\b[^.;]{0,20})\s+\Z",
    re.IGNORECASE,
)
_PEOPLE_AFTER = re.compile(r"\s+(?:people|persons|men|women|children|dead|others|prisoners|detainees)\b", re.IGNORECASE)
OLDEST = 110
_OF_THE_BODY = frozenset(
    [
        "eye",
        "face",
        "hand",
        "foot",
        "back",
        "head",
        "leg",
        "arm",
        "finger",
        "tongue",
        "throat",
        "hair",
        "sole",
        "ear",
        "mouth",
        "wrist",
        "beard",
    ]
)
_WHOLE_AFTER = re.compile(r"\s+\w+,\s+(?:among\s+(?:them|whom)|of\s+whom|including|\w+\s+of\s+(?:them|whom))\b", re.IGNORECASE)
_PASSING = re.compile(
    r"\b(?:tolls?|deaths|arrests|number|count|figures?|total|camp|dead|killed|wounded|missing)\b[^.;?!]{0,60}\b(?:pass\w*|exceed\w*|surpass\w*|top(?:s|ped)?)\s*\Z",
    re.IGNORECASE,
)
_RECEIVED = frozenset(["receive", "admit", "treat", "bury"])
_SOME_OF = re.compile(r"\s+(?:more\b|others?\b|of\s+(?:the|them|those|these|us|his|her|their|whom)\b)", re.IGNORECASE)
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
_SEEMING = frozenset({"appear", "seem", "continue", "begin"})
_LOOK = 160
_CONTEXT = 600
_SHORT = 90
"""Characters of a fragment that is nothing but a number."""


def is_part_by_words(text: str, count: Count) -> bool:
    """Whether the words at a number say that it is of those counted before."""
    return (
        _PART_BEFORE.search(text, max(0, count.start - 40), count.start) is not None
        or _PART_AFTER.match(text, count.number_end) is not None
    )


def toll_at(text: str, proposition: Proposition, count: Count, number: Token, counted: Token | None) -> Harm | None:
    """What befell the people a number counts, by the words around it; None where they do not tell that it counts any."""
    if _is_thing(counted) or is_age(text, count, number):
        return None
    return (
        _deed(count, counted)
        or _logged(text, count)
        or (
            _put_at(text, count, number, counted)
            if counted is None or not counted.is_alpha or _is_people(counted) or counted.like_num
            else None
        )
        or _alone(text, proposition, count, counted)
        or _suffering_people(text, count, number, counted)
        or (Harm.AFFECTED if _TRAPPED.match(text, count.end) else None)
        or (Harm.INJURED if counted is None and _HEADLINE.search(text, max(0, count.start - 90), count.start) else None)
        or (Harm.AFFECTED if _DOWN.match(text, count.end) else None)
        or (Harm.INJURED if counted is None and _WITH_WOUND.match(text, count.end) else None)
    )


def _is_people(counted: Token) -> bool:
    return is_person(counted.lemma_.lower()) or counted.lemma_.lower() in nouns("sufferer")


def _is_thing(counted: Token | None) -> bool:
    return counted is not None and counted.lemma_.lower() in nouns("thing") and counted.lemma_.lower() not in {*_DEEDS, "case"}


def is_age(text: str, count: Count, number: Token) -> bool:
    """Whether a number is somebody's years: "I was *eleven*", "seven of them under *five*", "cadets of *15*"."""
    if count.min is not None and count.min > OLDEST:
        return False
    before = text[max(0, count.number_start - 40) : count.number_start]
    if _YEARS.search(before) and not _PEOPLE_AFTER.match(text, count.end):
        return True
    verb = number.head
    if number.dep_ == "pobj" and verb.lower_ == "of" and verb.head.tag_ == "NNS" and is_person(verb.head.lemma_.lower()):
        return verb.head.i + 1 == verb.i
    if number.dep_ not in {"attr", "acomp"} or verb.lemma_ != "be":
        return False
    subject = subject_of(verb)
    return subject is not None and subject.lower_ in {"i", "he", "she", "who"}


def _deed(count: Count, counted: Token | None) -> Harm | None:
    """A deed counted by its name: "83 *killings*", "112 gunshot *cases*"."""
    if counted is None:
        return None
    lemma = counted.lemma_.lower()
    if lemma == "case":
        return Harm.INJURED if any(word.lower_ in _MEDICAL for word in _kind_of(counted)) else None
    return _DEEDS.get(lemma) if count.min != 1 or count.max != 1 or lemma in {"death", "killing"} else None


def _kind_of(counted: Token) -> list[Token]:
    """The words that tell what kind a thing is: "*gunshot* cases", "cases of *cholera*"."""
    of = next((child for child in counted.children if child.dep_ == "prep" and child.lower_ == "of"), None)
    thing = child_of(of, "pobj") if of is not None else None
    return [child for child in counted.children if child.dep_ in {"compound", "amod", "nmod"}] + ([thing] if thing is not None else [])


def _logged(text: str, count: Count) -> Harm | None:
    """A line of a log: "First admissions: *14*", "*46* seen"."""
    before = _LOG_LABEL.search(text, max(0, count.start - 70), count.start)
    people = _PEOPLE_AFTER.match(text, count.end)
    if before is not None and _BARE_AFTER.match(text, people.end() if people is not None else count.end):
        return _labelled(before["label"])
    after = _LOG_AFTER.match(text, count.end)
    return _labelled(after["word"]) if after is not None else None


def _labelled(label: str) -> Harm | None:
    return next((harm for words, harm in _LABELS if re.search(rf"\b(?:{words})\b", label, re.IGNORECASE)), None)


def _sentence_before(text: str, count: Count) -> str:
    """What stands before a number in its sentence, or the last of it."""
    before = text[max(0, count.start - _LOOK) : count.start]
    return re.split(r"(?<=[.!?])[\"”]?\s+(?=[A-Z“\"])|\n", before)[-1]


def _put_at(text: str, count: Count, number: Token, counted: Token | None) -> Harm | None:
    """A number that a toll is put at: "put the toll at *57*"; of a pronoun or a bare figure only where a toll was spoken of before."""
    before = _sentence_before(text, count)
    passing = _PASSING.search(before + text[count.start : count.number_start]) is not None
    received = counted is None and number.dep_ == "dobj" and number.head.lemma_ in _RECEIVED
    if (
        (_PUT.search(before) is None and not passing and not received)
        or not _BARE_AFTER.match(text, count.end)
        or _NO_PEOPLE_OF.search(before)
    ):
        return None
    if number.dep_ == "attr" and number.head.lower_ in {"were", "are"}:
        return None
    return _state_in(before) or _state_before(text, count)


def _state_before(text: str, count: Count) -> Harm | None:
    return _state_in(text[max(0, count.start - _CONTEXT) : count.start])


def _state_in(words: str) -> Harm | None:
    """The last toll that some words speak of."""
    found = list(_TOLL.finditer(words))
    if not found:
        return None
    return next((harm for one in reversed(found) if (harm := _labelled(one[0])) is not None), Harm.AFFECTED)


def _alone(text: str, proposition: Proposition, count: Count, counted: Token | None) -> Harm | None:
    """A number that is all that is said: "*nine at most*"."""
    if len(proposition.extents) != 1 or (counted is not None and counted.lemma_ != "name" and not _is_people(counted)):
        return None
    start, end = proposition.extents[0]
    if end - start > _SHORT or count.start < start:
        return None
    tail = count.end if counted is None else max(count.end, proposition.parsed.end(counted))
    if not _FRAGMENT_BEFORE.fullmatch(text, start, count.start) or not _FRAGMENT_AFTER.fullmatch(text, tail, end):
        return None
    return _state_in(text[start:end]) or _state_before(text, count)


def _suffering_people(text: str, count: Count, number: Token, counted: Token | None) -> Harm | None:
    """People to whom a verb outside the act list does something."""
    head = counted if counted is not None else number
    if counted is not None and counted.lower_ in STATES and counted.dep_ == "pobj":
        return STATES[counted.lower_]
    if not _may_be_people(text, count, counted):
        return None
    if counted is not None and head.head.lemma_ not in DOINGS and _WHOLE_AFTER.match(text, count.end):
        return Harm.AFFECTED
    return _beside_others(head) or _at_verb(text, count, *_with_verb(head))


def _may_be_people(text: str, count: Count, counted: Token | None) -> bool:
    if counted is not None:
        return _is_people(counted) or counted.lower_ in {"them", "these", "those"}
    return count.min != 1 or _SOME_OF.match(text, count.end) is not None


def _beside_others(head: Token) -> Harm | None:
    """The eyes "of *three boys*", held (or called out) "with *sixty others*", and "between 30 and 40 *men* were taken", in which the parser sees no subject."""
    above = head.head
    if head.dep_ != "pobj":
        return None
    if above.lower_ == "of" and above.head.lemma_ in _OF_THE_BODY:
        return Harm.INJURED
    if above.lower_ == "with" and head.lower_ == "others" and _is_done_to(above.head):
        return _DONE_TO.get(above.head.lemma_.lower(), Harm.AFFECTED)
    if above.lower_ == "between" and head.i + 1 < len(head.doc) and head.nbor().dep_ == "auxpass":
        return _DONE_TO.get(head.nbor().head.lemma_.lower())
    return None


def _is_done_to(verb: Token) -> bool:
    """Whether somebody suffers what the verb says: "he was held", "they called *him* out"."""
    thing = child_of(verb, "dobj")
    return child_of(verb, "auxpass") is not None or (thing is not None and thing.lower_ in {"him", "her", "them", "me", "us"})


def _with_verb(head: Token) -> tuple[Token, Token]:
    """Those counted, or what stands for them in the clause, with what is above it."""
    above = head.head
    if head.dep_ == "pobj" and above.lower_ == "of":
        head = above.head
    elif head.dep_ == "pobj" and above.dep_ in {"nsubj", "nsubjpass"}:
        head = above
    while head.dep_ in {"conj", "nummod"} and head.pos_ in _NOMINAL and head.head.pos_ in _NOMINAL:
        head = head.head
    return head, head.head


def _at_verb(text: str, count: Count, head: Token, verb: Token) -> Harm | None:
    """What a verb outside the act list does to those who stand at it as `head`."""
    if verb.pos_ not in {"VERB", "AUX"}:
        return None
    lemma = verb.lemma_.lower()
    if lemma in _RECRUITING and head.dep_ in {"nsubjpass", "dobj"} and head.lemma_.lower() in _YOUNG:
        return Harm.AFFECTED
    if head.dep_ == "nsubjpass" or (head.dep_ == "nsubj" and verb.tag_ == "VBN" and child_of(verb, "aux", "dobj") is None):
        return _DONE_TO.get(lemma) or (None if lemma in _NO_HARM_DONE else Harm.AFFECTED)
    if head.dep_ == "dobj" and lemma == "have":
        return Harm.DETAINED if _PLACES_OF_HOLDING.search(text, count.end, count.end + 50) else None
    if head.dep_ == "dobj":
        return _DONE_TO.get(lemma)
    return _at_own_verb(verb) if head.dep_ == "nsubj" else None


def _at_own_verb(verb: Token) -> Harm | None:
    """What befalls the subject of a verb: "nine *were in the stables*", "three *appear to have died*"."""
    further = child_of(verb, "xcomp") if verb.lemma_ in _SEEMING else None
    lemma = (further if further is not None else verb).lemma_.lower()
    if lemma == "be":
        place = child_of(verb, "prep")
        shut_in = place is not None and place.lower_ in _SHUT_IN
        held = shut_in and place is not None and any(_PLACES_OF_HOLDING.fullmatch(token.text) for token in place.subtree)
        return Harm.DETAINED if held else None
    undergone = lemma in _SUBJECT_UNDERGOES and (lemma == "cross" or child_of(verb, "dobj") is None)
    return Harm.AFFECTED if undergone else None
