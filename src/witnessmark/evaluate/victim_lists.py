"""Synthetic victim lists with known truth, to measure linkage and estimates on.

`generate` draws people, whom each list holds, and what each list says of them. What every list is like stands in `victim_settings`; why this is kept apart
from whatever normalises names, and what it leaves out, in decision 28.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from witnessmark.errors import UsageError
from witnessmark.evaluate.victim_capture import Capture
from witnessmark.evaluate.victim_dice import Dice
from witnessmark.evaluate.victim_names import governorates
from witnessmark.evaluate.victim_people import Person, people_of
from witnessmark.evaluate.victim_rows import Record, laid_out, nobody, written_down
from witnessmark.evaluate.victim_settings import Copying, Dependence, ListSettings, Settings

PEOPLE, CLASSES, CAPTURE, ROWS, ORDER, COPIES = range(1, 7)
"""The parts of the work, each with chance of its own, so that one list more changes nobody's name, and no list before it."""


class Population(msgspec.Struct, frozen=True):
    """All who were killed, listed or not, by person id; and the rows of all lists, list by list in the order they stand there."""

    settings: Settings
    seed: int
    people: tuple[Person, ...]
    records: tuple[Record, ...]


def generate(settings: Settings, seed: int) -> Population:
    """The people and their lists. The same settings and seed give the same, wherever they are run.

    Raises:
        UsageError: a setting is out of its range, or two of them contradict each other; the message names them.
    """
    check(settings, seed)
    people = people_of(settings, Dice(seed, PEOPLE))
    capture = Capture(settings, Dice(seed, CLASSES), [Dice(seed, CAPTURE, j + 1) for j in range(len(settings.lists))])
    drawn = [capture.draw(person) for person in people]
    lists = [
        _rows(settings, j, [p for p, (_, held) in zip(people, drawn, strict=True) if held[j]], seed) for j in range(len(settings.lists))
    ]
    _copy(settings, lists, Dice(seed, COPIES))
    finished = [row for j, rows in enumerate(lists) for row in _in_order(rows, settings, j, seed)]
    on = {(row.source, row.pid) for row in finished}
    names = [one.name for one in settings.lists]
    truth = tuple(
        msgspec.structs.replace(p, reach=reach, captured=_bits(held), pattern=_bits([(name, p.pid) in on for name in names]))
        for p, (reach, held) in zip(people, drawn, strict=True)
    )
    return Population(settings, seed, truth, tuple(finished))


def _bits(held: list[bool]) -> str:
    return "".join("01"[one] for one in held)


def _rows(settings: Settings, j: int, people: list[Person], seed: int) -> list[Record]:
    """What list `j` says of those it holds, repeats and garbage included."""
    habits, dice = settings.lists[j], Dice(seed, ROWS, j + 1)
    rows: list[Record] = []
    for person in people:
        first = written_down(person, habits, dice)
        rows.append(first)
        for _ in range(2):
            if not dice.chance(habits.duplicated):
                break
            again = first if dice.chance(habits.duplicated_exactly) else written_down(person, habits, dice)
            rows.append(msgspec.structs.replace(again, repeats=True))
    return rows


def _copy(settings: Settings, lists: list[list[Record]], dice: Dice) -> None:
    """Adds to the list that copies its rows from the other, of people it does not hold yet."""
    if not settings.copying:
        return
    names = [one.name for one in settings.lists]
    source, taker = names.index(settings.copying.source), names.index(settings.copying.taker)
    held = {row.pid for row in lists[taker]}
    free = [row for row in lists[source] if row.pid not in held and not row.repeats]
    share, habits = settings.copying.share, settings.lists[taker]
    wanted = min(len(free), round(len(lists[taker]) * share / (1.0 - share)))
    for row in dice.shuffled(free)[:wanted]:
        lists[taker].append(msgspec.structs.replace(laid_out(row, habits), source=habits.name, copied_from=row.source))


def _in_order(rows: list[Record], settings: Settings, j: int, seed: int) -> list[Record]:
    """The rows with garbage among them, in an order that says nothing, numbered by the list."""
    habits, dice = settings.lists[j], Dice(seed, ORDER, j + 1)
    odds = habits.garbage / (1.0 - habits.garbage)
    spoilt = [nobody(habits, dice) for _ in rows for _ in range(int(odds) + dice.chance(odds - int(odds)))]
    return [msgspec.structs.replace(row, number=n) for n, row in enumerate(dice.shuffled([*rows, *spoilt]), start=1)]


def check(settings: Settings, seed: int) -> None:
    """Whether every setting keeps its range and they agree.

    Raises:
        UsageError: they do not.
    """
    try:
        msgspec.convert(msgspec.to_builtins(settings), Settings)
        dt.date.fromisoformat(settings.first_day)
    except ValueError as error:
        raise UsageError(f"These settings make no lists: {error}.") from error
    for wrong in _contradictions(settings, seed):
        raise UsageError(f"These settings make no lists: {wrong}.")


def _contradictions(settings: Settings, seed: int) -> list[str]:
    names = [one.name for one in settings.lists]
    kin = settings.siblings + settings.children + settings.cousins + settings.namesakes
    found = {
        f"the seed {seed} is negative": seed < 0,
        f"two lists have one name among {', '.join(names)}": len(set(names)) != len(names),
        "a name of a list has a character that a file's name should not": any(
            not name.replace("-", "").replace("_", "").isalnum() for name in names
        ),
        f"a class gives a coverage for other than {len(names)} lists": any(len(one.coverage) != len(names) for one in settings.classes),
        "the shares of the classes do not add up to 1": abs(sum(one.share for one in settings.classes) - 1.0) > 1e-9,
        f"siblings, children, cousins and namesakes add up to {kin:g}": kin > 1.0,
        "the second of two dependent lists must come after the first": not _tie_stands(settings.dependence, names),
        "a list copies from one that is not there, or from itself": not _copying_stands(settings.copying, names),
    }
    return [text for text, wrong in found.items() if wrong] + [f"{text} in {one.name}" for one in settings.lists for text in _wrong_in(one)]


def _tie_stands(tie: Dependence | None, names: list[str]) -> bool:
    return tie is None or ({tie.first, tie.second} <= set(names) and names.index(tie.first) < names.index(tie.second))


def _copying_stands(copying: Copying | None, names: list[str]) -> bool:
    return copying is None or (copying.source != copying.taker and {copying.source, copying.taker} <= set(names))


def _wrong_in(habits: ListSettings) -> list[str]:
    unknown = sorted(set(habits.home) - governorates().keys())
    found = {
        "the columns lack full_name, or given and family,": "full_name" not in habits.columns
        and not {"given", "family"} <= set(habits.columns),
        "a column stands twice": len(set(habits.columns)) != len(habits.columns),
        f"there is no governorate {', '.join(unknown)}": bool(unknown),
    }
    return [text for text, wrong in found.items() if wrong]
