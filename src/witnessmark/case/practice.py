"""Practice for newcomers: readings whose right judgement is known, and how far somebody's judgements agree with it. Nothing of it is recorded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from witnessmark.case.second_reading import alpha_of
from witnessmark.model.decision import Status


class PracticeReading(msgspec.Struct, frozen=True):
    """One reading: the text, the words the claim is, what was read of each field, whether that is `right`, and `because` what."""

    text: str
    words: str
    read: dict[str, str]
    right: bool
    because: str

    @property
    def before(self) -> str:
        """The text before the words."""
        return self.text[: self.text.index(self.words)]

    @property
    def after(self) -> str:
        """The text after them."""
        return self.text[self.text.index(self.words) + len(self.words) :]


class Score(msgspec.Struct, frozen=True):
    """How somebody did: `judged` of `all`, `alike` with the known answer; `missed` misreadings were called right. `alpha` as in `second_reading`."""

    all: int
    judged: int
    alike: int
    missed: int
    alpha: float | None


@cache
def practice() -> tuple[PracticeReading, ...]:
    """The set, in the order to go through it."""
    content = tomllib.loads((files("witnessmark.case") / "data" / "practice.toml").read_text(encoding="utf-8"))
    return tuple(msgspec.convert(one, PracticeReading) for one in content["reading"])


def score(said: Mapping[int, str]) -> Score:
    """How judgements (by the place of the reading, from 0) agree with what is known."""
    known = {place: Status.ACCEPTED.value if one.right else Status.REJECTED.value for place, one in enumerate(practice())}
    judged = {place: value for place, value in said.items() if place in known}
    return Score(
        all=len(known),
        judged=len(judged),
        alike=sum(value == known[place] for place, value in judged.items()),
        missed=sum(value == Status.ACCEPTED and known[place] == Status.REJECTED for place, value in judged.items()),
        alpha=alpha_of([[value, known[place]] for place, value in judged.items()]),
    )
