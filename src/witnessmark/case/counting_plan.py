"""Planning a question about a number of people: what is asked, of whom, from which lists and by which methods, recorded before any result shows.

A plan is never changed. Another takes its place with a reason, and says which results had been seen by then; all of them, with every run, stay in the log and in the dossier.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping as Given
from collections.abc import Sequence
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.counting_cost import Expected, expected
from witnessmark.case.counting_lists import original_of, read_planned
from witnessmark.case.labels import new_labels
from witnessmark.case.telling import typed
from witnessmark.count.estimate import METHODS
from witnessmark.errors import UsageError
from witnessmark.link.dimensions import DIMENSIONS
from witnessmark.link.mapping import Mapping, suggestion
from witnessmark.link.proposing import propose_mapping
from witnessmark.link.records import VictimList
from witnessmark.model.counting import CountedQuestion, Plan, PlannedList
from witnessmark.model.deed import CountPlanned
from witnessmark.store import queries
from witnessmark.store.counting import questions

QUESTION_BYTES = 16


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asks: `lists` are short numbers of items, each with the content of its mapping; without `strata_methods` strata are estimated by all methods."""

    question: str
    population: str
    lists: dict[str, bytes]
    methods: tuple[str, ...] = tuple(METHODS)
    once: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    strata_methods: tuple[str, ...] = ()
    draws: int = 20
    level: float = 0.95
    seed: int = 1
    instead_of: str | None = None
    why: str | None = None


class Planned(msgspec.Struct, frozen=True):
    """The question as recorded, its lists as they were read to see that their mappings fit, and what counting it is expected to take."""

    question: CountedQuestion
    lists: tuple[VictimList, ...]
    expected: Expected


def mapping_proposed(case: Case, number: str) -> str:
    """A mapping for a list the case holds, as TOML, guessed from its headings and the look of its dates. Raises UsageError."""
    item, name = _item(case, number)
    return propose_mapping(original_of(case, item, number.upper()), name).toml()


def plan_question(case: Case, asked: Asked) -> Planned:
    """Record a question. Nothing is linked or estimated yet.

    Raises:
        UsageError: something is missing or does not fit; nothing was recorded.
    """
    words = {name: " ".join((getattr(asked, name) or "").split()) for name in ("question", "population", "why")}
    for name in ("question", "population"):
        if not words[name]:
            raise UsageError(f"A plan states its {name} in words: add --{name} TEXT.")
    lists = tuple(_planned(case, number, content) for number, content in asked.lists.items())
    _check(asked, lists)
    read = read_planned(case, lists)
    earlier = questions_of(case)
    replaced = _replaced(earlier, asked.instead_of, words["why"])
    held = {one.item for one in lists}
    known = tuple(one.id for one in earlier if one.runs and held.intersection(each.item for each in one.plan.lists))
    plan = Plan(
        question=words["question"],
        population=words["population"],
        lists=lists,
        methods=asked.methods,
        once=asked.once,
        by=asked.by,
        strata_methods=(asked.strata_methods or asked.methods) if asked.by else (),
        draws=asked.draws,
        level=asked.level,
        seed=asked.seed,
        instead_of=replaced,
        why=words["why"] or None,
        known=known,
    )
    subject = f"q-{secrets.token_hex(QUESTION_BYTES)}"
    with case.asking() as connection:
        (label,) = new_labels(connection, "Q", [subject])
    case.record([CountPlanned(subject, label, plan)])
    return Planned(question_of(case, label.number), tuple(read), expected(plan, read))


def questions_of(case: Case) -> list[CountedQuestion]:
    """All questions in the order they were planned."""
    with case.asking() as connection:
        return questions(connection)


def question_of(case: Case, number: str) -> CountedQuestion:
    """The question with this short number. Raises UsageError."""
    found = next((one for one in questions_of(case) if one.number == number.upper()), None)
    if found is None:
        raise UsageError(
            f"There is no question {number} in this case. Plan one: witnessmark count plan {typed(case.folder.root)} --question TEXT --population TEXT --list I1=MAPPING.toml ..."
        )
    return found


def mappings_in(lists: Given[str, Path]) -> dict[str, bytes]:
    """The content of each mapping file. Raises UsageError."""
    found = {}
    for number, path in lists.items():
        try:
            found[number] = path.read_bytes()
        except OSError as error:
            raise UsageError(f"The mapping {path} of {number} cannot be read: {error.strerror or error}.") from error
    return found


def _planned(case: Case, number: str, content: bytes) -> PlannedList:
    item, _ = _item(case, number)
    mapping = Mapping.decode(content, f"The mapping of {number.upper()}")
    return PlannedList(item, number.upper(), mapping.name, content.decode("utf-8-sig"))


def _item(case: Case, number: str) -> tuple[str, str]:
    with case.asking() as connection:
        item = queries.subject_of(connection, number) if number.upper().startswith("I") else None
        received = queries.receipts(connection, item) if item else {}
    if item is None or item not in received:
        raise UsageError(f"There is no item {number} in this case. Add the list first: witnessmark add {typed(case.folder.root)} LIST.csv")
    return item, received[item][0].name


def _check(asked: Asked, lists: Sequence[PlannedList]) -> None:
    names = [one.name for one in lists]
    if len(lists) < 2:
        raise UsageError("A question takes two lists at the least, and an estimate three: add --list I1=MAPPING.toml for each.")
    again = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if again is not None:
        raise UsageError(f"Two lists are named {again!r}. Give one of them another name in its mapping.")
    for kind, said, there in (
        ("list", asked.once, names),
        ("method", asked.methods, METHODS),
        ("dimension of strata", asked.by, DIMENSIONS),
        ("method of this question", asked.strata_methods, asked.methods),
    ):
        unknown = next((one for one in said if one not in there), None)
        if unknown is not None:
            raise UsageError(f"There is no {kind} {unknown!r}. {suggestion(unknown, there)}")
    if asked.strata_methods and not asked.by:
        raise UsageError("Methods for strata are named, and no strata: add --by place, or another dimension.")
    if not asked.methods:
        raise UsageError(f"A question names its methods beforehand. There are: {', '.join(METHODS)}.")


def _replaced(earlier: Sequence[CountedQuestion], number: str | None, why: str) -> str | None:
    if number is None:
        return None
    found = next((one for one in earlier if one.number == number.upper()), None)
    if found is None:
        raise UsageError(f"There is no question {number} whose place this could take.")
    if not why:
        raise UsageError(f"Why does it take the place of {found.number}? Add --why TEXT: both are shown, and so is the reason.")
    return found.id
