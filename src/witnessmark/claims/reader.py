"""The claim reader: who says what, read from a text by a small network and by rules over its parse.

The path reads as the work goes: passages are parsed; rules and network find attributions; quotations without a cue join their speaker; speakers are resolved in
the order of the text; contents are cut into propositions; what nobody else says is the document's own; claims are composed; answers are linked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from witnessmark.claims.answers import Stated, contested, link_answers
from witnessmark.claims.attributions import find_attributions
from witnessmark.claims.composing import Facts, compose
from witnessmark.claims.continuing import with_continuations
from witnessmark.claims.denial import may_deny
from witnessmark.claims.explaining import explain
from witnessmark.claims.learned.attributing import learned_attributions
from witnessmark.claims.learned.network import Network
from witnessmark.claims.parse import Parsed, Parser
from witnessmark.claims.propositions import Proposition
from witnessmark.claims.reasons import Reason
from witnessmark.claims.voices import Voiced, voices_of
from witnessmark.model.claim import Claim, Polarity, Stance
from witnessmark.text.segmentation import PassageKind

if TYPE_CHECKING:
    from spacy.tokens import Token

POINTERS = frozenset({"that", "this", "it"})
PROSE = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST})


class ClaimReader:
    """Reads claims from English text. Loading takes about half a second; `bench/claims.py speed` measures the reading."""

    def __init__(self, parser: Parser, network: Network | None) -> None:
        self.parser = parser
        self.network = network

    @classmethod
    def load(cls, *, rules_only: bool = False) -> ClaimReader:
        """Load the parser and, unless `rules_only`, the learned attributions. Reads only installed files; nothing is asked of any other machine."""
        return cls(Parser.load(), None if rules_only else Network.load())

    def read(self, text: str, published: str | None = None, item: str | None = None) -> list[Claim]:
        """The claims of one text, in the order of their content.

        `published` is the document's date (ISO), from which "Monday" counts; `item` the sha256 of the original's bytes, which claim ids are
        made of (the hash of the text's UTF-8 where None).
        """
        return next(self.read_all([(text, published, item)]))

    def explain(self, text: str, published: str | None = None, item: str | None = None) -> list[tuple[Claim, tuple[Reason, ...]]]:
        """The claims of one text, each with why every field has its value."""
        (parsed,) = self.parser.parse_all([text])
        facts = Facts.of(text, item or _item_of(text), published, parsed)
        composed = _composed(facts, parsed, self.network)
        claims = {claim.id: claim for claim in _with_answers(composed)}
        return [(claims[claim.id], tuple(explain(facts, voiced.voice, voiced.proposition, claims[claim.id]))) for voiced, claim in composed]

    def read_all(self, texts: Iterable[tuple[str, str | None, str | None]]) -> Iterator[list[Claim]]:
        """The claims of each (text, published, item), in order; the parser's batches run across texts."""
        waiting: list[tuple[str, str | None, str | None]] = []

        def only_texts() -> Iterator[str]:
            for entry in texts:
                waiting.append(entry)
                yield entry[0]

        for parsed in self.parser.parse_all(only_texts()):
            text, published, item = waiting.pop(0)
            yield _with_answers(_composed(Facts.of(text, item or _item_of(text), published, parsed), parsed, self.network))


def _item_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _composed(facts: Facts, parsed: list[Parsed], network: Network | None) -> list[tuple[Voiced, Claim]]:
    """The claims of a parsed text with what each was composed of; by rules alone where there is no network."""
    passages = [passage for passage in parsed if passage.kind in PROSE]
    found = find_attributions(facts.text, passages, facts.quotes)
    if network is not None:
        found = learned_attributions(facts.text, passages, facts.quotes, network, found)
    attributions = with_continuations(facts.text, passages, found, facts.quotes)
    return _once([(voiced, compose(facts, voiced.voice, voiced.proposition)) for voiced in voices_of(facts, passages, attributions)])


def _once(composed: list[tuple[Voiced, Claim]]) -> list[tuple[Voiced, Claim]]:
    by_id = {claim.id: (voiced, claim) for voiced, claim in reversed(composed)}
    return sorted(by_id.values(), key=lambda pair: (pair[1].content[0].start, pair[1].content[-1].end, pair[1].id))


def _with_answers(composed: list[tuple[Voiced, Claim]]) -> list[Claim]:
    stated = [
        Stated(
            claim,
            _content_words(voiced.proposition),
            _near_words(voiced.proposition),
            _points(voiced.proposition),
            may_deny(voiced.proposition),
        )
        for voiced, claim in composed
    ]
    stated = _with_contested(stated)
    answers = link_answers(stated)
    return [_answering(one.claim, answers.get(one.claim.id, ())) for one in stated]


def _with_contested(stated: list[Stated]) -> list[Stated]:
    denying = contested(stated)
    return [
        replace(one, claim=msgspec.structs.replace(one.claim, stance=Stance.DENIES, polarity=Polarity.NEGATED))
        if one.claim.id in denying
        else one
        for one in stated
    ]


def _answering(claim: Claim, answers: tuple[str, ...]) -> Claim:
    return msgspec.structs.replace(claim, answers=answers) if answers else claim


def _content_words(proposition: Proposition) -> frozenset[str]:
    return frozenset(
        token.lemma_.lower()
        for token in proposition.tokens
        if token.pos_ in {"NOUN", "PROPN"} or (token.pos_ in {"VERB", "NUM"} and not token.is_stop) or _is_thing(token)
    )


def _is_thing(token: Token) -> bool:
    """Whether a word that the tagger took for an adverb stands where a noun does: "no such *well*", "filled in a *well* with stones"."""
    if token.pos_ != "ADV":
        return False
    doc = token.doc
    before, after = doc[max(token.i - 1, 0)], doc[min(token.i + 1, len(doc) - 1)]
    return (before.dep_ == "det" or before.lower_ == "such") and after.pos_ in {"VERB", "PUNCT", "ADP"}


def _near_words(proposition: Proposition) -> frozenset[str]:
    """The lemmas of what the proposition is about: subjects and objects of its head, and what "of" and "about" lead to from there."""
    root = proposition.root
    tokens = [root] if root.pos_ not in {"VERB", "AUX"} else []
    for child in root.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "acomp", "prep"}:
            tokens.append(child)
            tokens += [grand for grand in child.subtree if grand.dep_ == "pobj" and grand.head.lower_ in {"of", "about", "on", "in", "to"}]
    return frozenset(token.lemma_.lower() for token in tokens)


def _points(proposition: Proposition) -> bool:
    """Whether the proposition takes up the last thing said by a mere pointer: "that is a lie", "I doubt that reporting"."""
    root = proposition.root
    if root.lower_ in POINTERS:
        return True
    for child in root.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "advmod", "pobj"}:
            itself = child.lower_ == "it" and child.dep_ == "nsubj" and root.lemma_ != "be"
            if (child.lower_ in POINTERS and child.dep_ != "advmod" and not itself) or child.lower_ == "so":
                return True
            if any(grand.dep_ == "det" and grand.lower_ in {"that", "this"} for grand in child.children):
                return True
        if child.dep_ == "prep" and any(grand.dep_ == "pobj" and grand.lower_ in POINTERS for grand in child.children):
            return True
    return False
