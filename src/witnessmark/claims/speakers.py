"""Speakers: the noun phrase that names who speaks, whom it stands for in this document, and whether nobody is named.

Every source mentioned is an entity of the document: a later surname, pronoun or description ("Brandt", "he", "the ministry") is the last
earlier entity it fits. What fits nothing stays as written: a pronoun without an antecedent has no name. No list of persons is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from witnessmark.claims.parse import Parsed
from witnessmark.claims.people import PEOPLE, ROLES
from witnessmark.claims.phrases import Extent, child_of, noun_phrase, starts_inside_word, subject_of, trimmed
from witnessmark.claims.speaker_words import (
    ABSTRACT_ENDINGS,
    BODIES,
    CODED,
    FARTHEST,
    FEMALE,
    FORCES,
    GOES_BY,
    HE,
    HEAD,
    IN_COURT,
    INDEFINITE,
    INSIDE,
    IT,
    LEADING,
    LONGEST_NAME,
    MALE,
    MOST_IN_OFFICE,
    NOT_SPEAKERS,
    NUMBERED,
    OFFICES,
    PAPERS,
    PERSON_ENDINGS,
    PLURAL_TAGS,
    PRONOUNS,
    SHE,
    THEY,
    TITLE_TAGS,
    UNNAMED,
)
from witnessmark.text.gregorian import MONTHS, WEEKDAYS
from witnessmark.text.names import acronym, strip_titles, surname

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody who speaks in this document, as far as its words tell."""

    name: str | None
    role: str | None = None
    anonymous: bool = False
    gender: str | None = None
    body: bool = False
    plural: bool = False
    heads: set[str] = field(default_factory=set)
    named: bool = False
    state: bool = False
    same: Entity | None = None

    def last(self) -> Entity:
        """Whom this one turned out to be, by a name that the text gave later; itself where it gave none."""
        return self if self.same is None else self.same.last()

    @property
    def is_unnamed(self) -> bool:
        """Whether this is a person, or a few, whom the document does not name."""
        return self.anonymous and not self.named

    @property
    def may_be_he(self) -> bool:
        """Whether one person may be meant."""
        account = (self.name or "").startswith("@")
        return (
            not account
            and not self.body
            and not self.plural
            and not self.state
            and (self.named or self.anonymous or self.gender is not None)
        )


@dataclass(frozen=True, slots=True)
class Named:
    """One mention read: where it stands and whom it stands for."""

    extent: Extent
    entity: Entity
    pronoun: bool


class Speakers:
    """The entities of one document, in the order they were met."""

    def __init__(self, text: str, states: frozenset[int] = frozenset()) -> None:
        self.text = text
        self.states = states
        self.entities: list[Entity] = []
        self.speaking: Entity | None = None
        """Whoever holds the floor in a transcript: "he" in that mouth is somebody else."""
        self.heard: Entity | None = None
        """Whoever spoke last under a label: the "you" of the next question."""
        self.meant: dict[tuple[int, int], Entity] = {}

    @cached_property
    def _capitalised(self) -> frozenset[str]:
        """The words that have a capital within a sentence of the document."""
        return frozenset(match[1] for match in INSIDE.finditer(self.text))

    def read(self, parsed: Parsed, head: Token) -> Named:
        """The mention headed by `head`, resolved to an entity met before or a new one."""
        extent = mention_extent(self.text, parsed, head)
        if head.lower_ in PRONOUNS and head.pos_ in {"PRON", "DET", "NUM"} and child_of(head, "prep", "appos") is None:
            entity = (self.heard if head.lower_ == "you" else self._of_pronoun(head)) or Entity(None)
            if head.lower_ in HE | SHE and entity.gender is None:
                entity.gender = "male" if head.lower_ in HE else "female"
            self._met(entity)
            return Named(extent, entity, pronoun=True)
        entity = self._of_phrase(parsed, head, extent)
        self._met(entity)
        return Named(extent, entity, pronoun=False)

    def mean(self, parsed: Parsed, sentence: Sentence) -> None:
        """Keep whom the pronouns of a sentence mean at this point of the text."""
        for token in sentence:
            if token.pos_ == "PRON" and token.lower_ in HE | SHE | IT | THEY and (entity := self._of_pronoun(token)) is not None:
                self.meant[parsed.base, token.i] = entity

    def meaning(self, parsed: Parsed, pronoun: Token) -> str | None:
        """The name of whom a pronoun of the document means, None where that is not known."""
        entity = self.meant.get((parsed.base, pronoun.i))
        return entity.last().name if entity is not None else None

    def meet_subject(self, parsed: Parsed, sentence: Sentence) -> None:
        """Take note of whom a sentence is about, so that a pronoun in the next one may mean them."""
        subject = subject_of(sentence.root)
        if subject is None and sentence.root.lemma_.lower() in PEOPLE | ROLES | OFFICES and sentence.root.pos_ in {"NOUN", "PROPN"}:
            subject = sentence.root
        if subject is None or subject.lower_ in NOT_SPEAKERS or subject.lower_.strip(".") in {*MONTHS, *WEEKDAYS}:
            return
        lemma = subject.lemma_.lower()
        known = lemma in PEOPLE | ROLES | FORCES | OFFICES | IN_COURT or lemma.endswith(PERSON_ENDINGS) or subject.lower_ in BODIES
        if subject.pos_ == "PROPN" or known or (subject.pos_ == "PRON" and subject.lower_ in HE | SHE | IT | THEY):
            self.read(parsed, subject)

    def label(self, name: str, extent: Extent, role: str | None = None, *, body: bool = False) -> Named:
        """The speaker a transcript's label names ("MR. BRANDT:"), or the paper of one who asks."""
        written = strip_titles(name.title() if name.isupper() else name)
        entity = self._known(written, surname(written).lower()) or self._in_office(written)
        if entity is None:
            whole = written if written.startswith("@") else self._full_name(written, extent[0])
            body = body or any(word.lower() in BODIES for word in written.split())
            entity = Entity(whole, role, named=True, body=body)
        self.heard = self.heard if body else entity
        self._met(entity)
        return Named(extent, entity, pronoun=False)

    def _in_office(self, written: str) -> Entity | None:
        """Whoever was met in the office that a label names: "Spokesman:" after "Spokesman (Anna Lind):"."""
        wanted = written.lower()
        return next((e for e in reversed(self.entities) if e.named and e.role is not None and wanted == e.role.lower()), None)

    def _full_name(self, name: str, before: int) -> str:
        """The full name that the head of a transcript gives the bearer of a single name ("Speaker: Ilse Marrant, director"); else the name."""
        if len(name.split()) != 1:
            return name
        for match in re.finditer(rf"(?:[^\W\d_a-z][\w'’-]+ ){{1,3}}{re.escape(name)}(?=\s*[,;.(\n])", self.text[: min(before, HEAD)]):
            full = strip_titles(match[0])
            if len(full.split()) > 1:
                return full
        return name

    def known_name(self, parsed: Parsed, head: Token) -> str | None:
        """The name of an entity met before that this phrase names, or the proper name within the phrase; None where it has none."""
        proper = _proper_name(self.text, parsed, head)
        if proper is None:
            return None
        known = self._known(proper[0], surname(proper[0]).lower())
        return known.name if known is not None else proper[0]

    def _met(self, entity: Entity) -> None:
        if entity.name is None:
            return
        if entity in self.entities:
            self.entities.remove(entity)
        self.entities.append(entity)

    def _of_pronoun(self, head: Token) -> Entity | None:
        word = head.lower_
        for entity in islice(reversed(self.entities), FARTHEST):
            if entity is self.speaking:
                continue
            if word in HE | SHE and entity.may_be_he and entity.gender != ("female" if word in HE else "male"):
                return entity
            if word in IT and not entity.plural and (entity.body or entity.state or _is_thing(entity)):
                return entity
            if word in THEY and (entity.plural or entity.body):
                return entity
        return None

    def _of_phrase(self, parsed: Parsed, head: Token, extent: Extent) -> Entity:
        addressed = child_of(head, "appos")
        if addressed is not None and head.i == head.sent.start and addressed.pos_ == "NOUN" and self._is_addressed(head):
            return self._of_phrase(parsed, addressed, mention_extent(self.text, parsed, addressed))
        proper = _proper_name(self.text, parsed, head) or self._capital_name(parsed, head)
        if proper is not None and _is_office(proper[0]):
            proper = None
        words = {t.lower_ for t in head.subtree if t.i <= head.i} | {c.lower_ for c in head.children}
        gender = "male" if words & MALE else "female" if words & FEMALE else None
        whole = one_line(self.text, *extent)
        if proper is not None:
            name, role = proper
            known = self._known(name, surname(name).lower())
            if known is not None:
                known.role = known.role or role
                known.gender = known.gender or gender
                if len(name) > len(known.name or "") and not known.body:
                    known.name = name
                return known
            state = parsed.start(head) in self.states
            body = head.pos_ == "PROPN" and (head.lower_ in BODIES or any(w.lower() in BODIES for w in name.split()))
            coded = CODED.match(name) is not None
            found = Entity(name, role, coded, gender, body, _is_plural(head), {head.lower_}, named=not coded, state=state)
            self._unite(found)
            return found
        definite = not _is_indefinite(head)
        possessed = child_of(head, "poss")
        if definite:
            known = self._described(head, office_only=possessed is not None)
            if known is not None:
                return known
        called = _called(self.text, parsed, head)
        if called is not None:
            return Entity(called, LEADING.sub("", whole), gender=gender, plural=_is_plural(head), heads={head.lower_}, named=True)
        hidden = UNNAMED.search(_with_relative(self.text, parsed, head)) is not None
        thing = head.lower_ in BODIES or head.lemma_.lower() in BODIES | PAPERS
        anonymous = hidden or (not thing and (not definite or _is_person(head)))
        return Entity(
            LEADING.sub("", whole).strip() or None, None, anonymous, gender, head.lower_ in BODIES, _is_plural(head), {head.lower_}
        )

    def _capital_name(self, parsed: Parsed, head: Token) -> tuple[str, str | None] | None:
        """A name that its letters do not tell: in a text of capitals, or at a sentence's start where the tagger took it for a noun.

        In capitals it is what is left of a phrase without article after its titles and offices; at a start, a word that has a capital elsewhere too.
        """
        lemma = head.lemma_.lower()
        if lemma in PEOPLE | ROLES | FORCES | BODIES | PAPERS or head.lower_ in PEOPLE | ROLES | BODIES or head.pos_ == "PRON":
            return None
        first, _ = noun_phrase(head)
        before = one_line(self.text, parsed.start(first), parsed.end(head))
        if not before.isupper():
            alone = first == head and before[:1].isupper() and before.isalpha()
            return (before, None) if alone and before in self._capitalised else None
        words, office = before.split(), []
        while words and (words[0].lower() in ROLES | PEOPLE | {"the"} or strip_titles(f"{words[0]} x") == "x"):
            office.append(words.pop(0))
        name = " ".join(words)
        if not words or len(words) > LONGEST_NAME or head.tag_ in PLURAL_TAGS:
            return None
        if len(words) == 1 and not office and self._known(name, name.lower()) is None:
            return None
        return name, " ".join(office) or None

    def _is_addressed(self, head: Token) -> bool:
        """Whether a name that opens a question is that of whoever is asked: "Anna, the ambassador says ..."."""
        return any(
            e.named and (e.name or "").lower().split()[:1] == [head.lower_] and len((e.name or "").split()) > 1 for e in self.entities
        )

    def _unite(self, found: Entity) -> None:
        """Let whoever was so far only "the commander" be the bearer of the name that now comes with that office."""
        if found.role is None or found.body:
            return
        words = set(found.role.lower().split())
        for entity in islice(reversed(self.entities), FARTHEST):
            if not entity.named and not entity.plural and not entity.body and entity.same is None and entity.heads & words & ROLES:
                entity.same = found
                return

    def _known(self, name: str, last: str) -> Entity | None:
        words = set(name.lower().split())
        for entity in reversed(self.entities):
            if not entity.named or entity.name is None:
                continue
            other = strip_titles(entity.name)
            theirs = set(other.lower().split())
            if (
                words <= theirs
                or theirs <= words
                or (not entity.body and surname(other).lower() == last and (len(words) == 1 or len(theirs) == 1))
            ):
                return entity
            if acronym(other) == name or acronym(name) == other:
                return entity
        return None

    def _described(self, head: Token, *, office_only: bool = False) -> Entity | None:
        """The entity a description takes up: "the ministry" is the last body met whose name holds that word; "the spokesman" the last so described."""
        for entity in reversed(self.entities):
            if entity.role is not None and head.lower_ in entity.role.lower().split():
                return entity
            if office_only:
                continue
            words = (entity.name or "").lower().split()
            if head.lower_ in entity.heads or [head.lower_] == words[-1:] or (entity.body and head.lower_ in words):
                return entity
        return None


def _is_office(name: str) -> bool:
    """Whether a capitalised phrase names an office and nobody in it: "Deputy", "Night Porter"."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    return (
        len(name.split()) <= MOST_IN_OFFICE
        and (last in OFFICES or last in ROLES)
        and name.split(maxsplit=1)[0].lower() in OFFICES | ROLES | {last}
    )


def _is_thing(entity: Entity) -> bool:
    """Whether a name with nothing personal about it may be an "it": one word, no title, no office."""
    return entity.named and entity.gender is None and not entity.role and len((entity.name or "").split()) == 1


def _is_person(head: Token) -> bool:
    """Whether what speaks is a person or several: what is neither a body, nor a paper, nor an abstract noun."""
    lemma = head.lemma_.lower()
    return lemma in PEOPLE | ROLES or not lemma.endswith(ABSTRACT_ENDINGS)


def _called(text: str, parsed: Parsed, head: Token) -> str | None:
    """The name that a clause gives to somebody described: "a colonel called Brandt", "who gave her name only as Ana"."""
    for verb in head.children:
        if verb.dep_ not in {"acl", "relcl"} or verb.lemma_ not in GOES_BY:
            continue
        for token in verb.subtree:
            if token.pos_ == "PROPN" and token.i > verb.i and token.dep_ in {"oprd", "pobj", "attr", "appos", "dobj", "xcomp"}:
                return _named_by_head(text, parsed, token)[0]
    return None


def one_line(text: str, start: int, end: int) -> str:
    """The words from `start` to `end` with single spaces: a name is no longer for being broken over two lines."""
    return " ".join(text[start:end].split())


def mention_extent(text: str, parsed: Parsed, head: Token) -> Extent:
    """The whole noun phrase with titles and apposition; of a "they and he" list, the whole list."""
    first, last = noun_phrase(head)
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            last = max(last, noun_phrase(child)[1], key=lambda token: token.i)
    start, end = parsed.extent(first, last)
    return trimmed(text, start, end) or (start, end)


def _proper_name(text: str, parsed: Parsed, head: Token) -> tuple[str, str | None] | None:
    """The proper name within a noun phrase and what the rest says of its bearer."""
    bearer = child_of(head, "appos")
    office = head.lower_ in ROLES | OFFICES and bearer is not None and bearer.pos_ == "PROPN" and bearer.i > head.i
    if head.pos_ == "PROPN" and text[parsed.start(head)].islower():
        return None
    if head.pos_ == "PROPN" and not office:
        return _named_by_head(text, parsed, head)
    for child in head.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and child.i > head.i:
            name, _ = _named_by_head(text, parsed, child)
            first, _last = noun_phrase(head)
            role = one_line(text, parsed.start(first), parsed.start(child.left_edge)).strip(" ,")
            return name, LEADING.sub("", role) or None
        if (
            child.dep_ in {"compound", "nmod"}
            and child.pos_ == "PROPN"
            and child.i < head.i
            and head.pos_ == "NOUN"
            and head.lower_ in BODIES
            and child.text[:1].isupper()
        ):
            first = min((t for t in head.subtree if t.i <= head.i and t.dep_ != "det"), key=lambda t: t.i)
            return one_line(text, parsed.start(first), parsed.end(head)), None
    return None


def _named_by_head(text: str, parsed: Parsed, head: Token) -> tuple[str, str | None]:
    start = head
    while (
        start.i > 0 and start.nbor(-1).head.i in range(start.i, head.i + 1) and start.nbor(-1).dep_ in {"compound", "nmod", "amod", "punct"}
    ):
        if start.nbor(-1).text in {",", "“", '"'}:
            break
        start = start.nbor(-1)
    while start.i < head.i and starts_inside_word(start):
        start = start.nbor(1)
    possessor = child_of(head, "poss")
    before = one_line(text, parsed.start(start), parsed.end(head))
    if head.lower_ in BODIES or before.split()[-1].lower() in BODIES:
        last = head
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "for"} and any(t.pos_ == "PROPN" for t in child.subtree):
                last = child.right_edge if child.right_edge.i - child.i < 6 else head
        first = possessor.left_edge if possessor is not None and possessor.pos_ == "PROPN" else start
        return one_line(text, parsed.start(first), parsed.end(last)), None
    numbered = NUMBERED.match(text, parsed.start(start))
    if numbered is not None:
        return numbered[0], None
    name = strip_titles(_without_lower_head(before))
    role = before[: len(before) - len(name)].strip(" ,") or None
    apposition = child_of(head, "appos")
    if apposition is not None and apposition.i > head.i and apposition.pos_ in TITLE_TAGS and not apposition.ent_type_:
        first, last = noun_phrase(apposition)
        role = LEADING.sub("", one_line(text, parsed.start(first), parsed.end(last))) or role
    return name, role


def _without_lower_head(before: str) -> str:
    words = before.split()
    while len(words) > 1 and words[0][:1].islower() and not words[0].lower().startswith(("al-", "el-", "bin", "ibn", "van", "von", "de")):
        words = words[1:]
    return " ".join(words)


def _is_plural(head: Token) -> bool:
    bare = head.lower_.removesuffix("s")
    named_so = head.lower_.endswith("s") and (bare in PEOPLE or bare in ROLES or bare in FORCES)
    return head.tag_ in PLURAL_TAGS or named_so or child_of(head, "conj") is not None


def _is_indefinite(head: Token) -> bool:
    determiner = child_of(head, "det", "nummod", "poss", "predet")
    if head.lower_ in INDEFINITE:
        return True
    if determiner is None:
        return head.pos_ == "NOUN"
    if determiner.dep_ == "poss":
        return False
    return determiner.dep_ == "nummod" or determiner.lower_ in INDEFINITE


def _with_relative(text: str, parsed: Parsed, head: Token) -> str:
    return text[parsed.start(head.left_edge) : parsed.end(head.right_edge)]
