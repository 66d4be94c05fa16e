"""Questions about a number of people, cut down to what a public dossier may hold: those that a person released, with every run of each.

A list is named where its item is released; any other is a letter, wherever a name of it stands in a sentence, with nothing of where it comes from. Which rows belong together, what was asked of
people, mappings and the warnings that name rows stay behind; entries of the log are numbered anew, since gaps would count what is withheld, and times are days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from witnessmark.model.counting import CountedQuestion, CountResult, LinkedCount, Plan
from witnessmark.text.masking import Cover, Covers, covered

UNRELEASED = "a question that is not released"


class ListNames:
    """Puts a letter in place of each list that is not released, in a name or in a sentence."""

    def __init__(self, names: Iterable[str], letters: Mapping[str, str]) -> None:
        """`names` are all lists', so that one whose name is part of another's is not taken for it."""
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        self._letters = letters
        self._pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first)) if letters else None

    def cover(self, text: str) -> str:
        """The text with letters; its length may change, as no span is cut from what it is used on."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self._letters.get(found.group(), found.group()), text)


def public_questions(questions: tuple[CountedQuestion, ...], items: frozenset[str], cover: Cover) -> tuple[CountedQuestion, ...]:
    """What may be shown of these questions, in their order; `items` are those that are shown, `cover` covers what must not be seen."""
    released = [asked for asked in questions if asked.released]
    numbers = {asked.number: f"Q{number}" for number, asked in enumerate(released, 1)}
    letters = _letters(released, items, cover)
    return tuple(_question(asked, numbers, letters, items, cover) for asked in released)


def _letters(released: list[CountedQuestion], items: frozenset[str], cover: Cover) -> dict[str, str]:
    """A letter for each item that is not shown, or whose list's name has something in it that must not be seen; the same in all questions."""
    lists = [each for asked in released for each in asked.plan.lists]
    unseen = dict.fromkeys(each.item for each in lists if each.item not in items or cover.cover(each.name) != each.name)
    return {item: f"list {letter(place)}" for place, item in enumerate(unseen)}


def letter(place: int) -> str:
    """A, B, ... Z, AA, ...: a name that says nothing, for the thing at this place."""
    before, own = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + own)


def _question(
    asked: CountedQuestion, numbers: Mapping[str, str], letters: Mapping[str, str], items: frozenset[str], cover: Cover
) -> CountedQuestion:
    plan = asked.plan
    names = ListNames([each.name for each in plan.lists], {each.name: letters[each.item] for each in plan.lists if each.item in letters})
    lists_and_words = Covers(names, cover)
    order = {seq: place for place, seq in enumerate(sorted(_entries(asked)), 1)}
    return msgspec.structs.replace(
        asked,
        number=numbers[asked.number],
        seq=0,
        at=asked.at[:10],
        plan=_plan(plan, items, lists_and_words),
        linkages=tuple(
            msgspec.structs.replace(each, seq=order[each.seq], at=each.at[:10], linkage=_linkage(each.linkage, items, lists_and_words))
            for each in asked.linkages
        ),
        runs=tuple(
            msgspec.structs.replace(
                each, seq=order[each.seq], at=each.at[:10], linked=order.get(each.linked, 0), result=_result(each.result, lists_and_words)
            )
            for each in asked.runs
        ),
        takes_place_of=numbers.get(asked.takes_place_of, UNRELEASED) if asked.takes_place_of is not None else None,
        known=tuple(dict.fromkeys(numbers.get(number, UNRELEASED) for number in asked.known)),
    )


def _entries(asked: CountedQuestion) -> Iterator[int]:
    yield from (each.seq for each in asked.linkages)
    yield from (each.seq for each in asked.runs)


def _plan(plan: Plan, items: frozenset[str], cover: Cover) -> Plan:
    lists = tuple(
        msgspec.structs.replace(each, item=each.item if each.item in items else "", number="", name=cover.cover(each.name), mapping="")
        for each in plan.lists
    )
    return msgspec.structs.replace(
        plan,
        question=cover.cover(plan.question),
        population=cover.cover(plan.population),
        lists=lists,
        once=tuple(map(cover.cover, plan.once)),
        instead_of=None,
        why=cover.cover(plan.why) if plan.why is not None else None,
        known=(),
    )


def _linkage(linkage: LinkedCount, items: frozenset[str], cover: Cover) -> LinkedCount:
    return msgspec.structs.replace(
        linkage,
        lists=tuple(covered(each, cover) for each in linkage.lists if each.item in items),
        warnings=(),
        groups=(),
        to_judge=(),
        chosen=(),
        drawn=(),
        at_thresholds={},
        chosen_labelled=(),
        drawn_labelled=(),
    )


def _result(result: CountResult, cover: Cover) -> CountResult:
    """Every sentence covered; methods keep their names, which are no words of anybody."""
    shown = covered(result, cover)
    return msgspec.structs.replace(
        shown,
        estimates={method: covered(found, cover) for method, found in result.estimates.items()},
        comparisons=tuple(msgspec.structs.replace(each, detail=cover.cover(each.detail)) for each in result.comparisons),
        at_thresholds=tuple(
            msgspec.structs.replace(each, estimates={method: covered(found, cover) for method, found in each.estimates.items()})
            for each in result.at_thresholds
        ),
        strata={method: covered(found, cover) for method, found in result.strata.items()},
    )
