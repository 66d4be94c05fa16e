"""The lexicons as values: which words are cues in which constructions, and which words say what was done.

`data/cues.tsv` was counted on annotated American news (a word enters in a construction where at least three in ten of its uses
there carry somebody's view) and completed by hand with the words of testimony, accusation and denial. `data/acts.tsv` and `data/nouns.tsv` are by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from witnessmark.model.claim import Act, Harm


class CueClass(StrEnum):
    """What a cue does with its content."""

    SAY = "say"
    ALLEGE = "allege"
    REPORT = "report"
    ESTIMATE = "estimate"
    DENY = "deny"
    DOUBT = "doubt"
    CONCEDE = "concede"
    RETRACT = "retract"
    CORRECT = "correct"
    DEMAND = "demand"
    PLEDGE = "pledge"
    PREDICT = "predict"
    WARN = "warn"
    BELIEVE = "believe"
    KNOW = "know"
    WITNESS = "witness"
    JUDGE = "judge"
    CALL = "call"
    REFUSE = "refuse"
    WANT = "want"
    CITE = "cite"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that puts a proposition into somebody's mouth or mind, and the constructions in which it does."""

    lemma: str
    meaning: CueClass
    constructions: frozenset[str]


@dataclass(frozen=True, slots=True)
class ActWord:
    """A word that says what was done. `frame` tells whose places are filled: "agent-patient", "patient" (what dies), "agent", "mutual" (who meets), "lost", "none"."""

    lemma: str
    act: Act
    harm: Harm | None
    frame: str


def rows_of(name: str) -> list[list[str]]:
    """The rows of a table in `data/`, without its heading and comments."""
    lines = files("witnessmark.claims").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line and not line.startswith("#")]


@cache
def cues() -> dict[tuple[str, str], Cue]:
    """Cues by part of speech ("verb", "noun") and lemma."""
    return {
        (part, lemma): Cue(lemma, CueClass(meaning), frozenset(forms.split(","))) for part, lemma, meaning, forms in rows_of("cues.tsv")
    }


@cache
def act_words() -> dict[tuple[str, str], ActWord]:
    """Act words by part of speech and lemma."""
    return {
        (part, lemma): ActWord(lemma, Act(act), Harm(harm) if harm != "-" else None, frame)
        for part, lemma, act, harm, frame in rows_of("acts.tsv")
    }


@cache
def nouns(kind: str) -> frozenset[str]:
    """Nouns for counting whoever came to harm: "person", any human being that `people` does not list; "many", singular yet more than one, or nobody; "thing",
    what stands where people come to harm and is none; "sufferer", people who are victims by being called so.
    """
    return frozenset(noun for noun, is_kind in rows_of("nouns.tsv") if is_kind == kind)
