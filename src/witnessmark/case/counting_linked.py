"""Estimates from linked lists in a folder: every method once for each plausible linkage, pooled, so that not knowing who is who widens the interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from witnessmark.case.estimating import estimating
from witnessmark.case.linked_lists import RECORD, TABLES, LinkedLists
from witnessmark.count import CaptureTable
from witnessmark.count.linkages import count_linkages
from witnessmark.errors import UsageError
from witnessmark.link.draws import DRAWS
from witnessmark.model.counting import CountResult

Tell = Callable[[str], None]


def count_linked(  # noqa: PLR0913 -- what it may be told, each by its name
    folder: Path, methods: Sequence[str], *, seed: int, level: float, sensitivity: bool = False, tell: Tell = lambda _: None
) -> CountResult:
    """Estimate from the tables that linking wrote into `folder`; with `sensitivity` by other settings, too, on the linkage chosen.

    Raises:
        UsageError: the folder holds no linkage.
        MissingPartError: the libraries for counting are not installed.
    """
    record = _record(folder)
    names = tuple(one.name for one in record.lists)
    tables = folder / TABLES
    drawn = sorted(tables.glob("draw-[0-9][0-9][0-9]*.csv"))
    if len(drawn) < DRAWS:
        raise UsageError(f"{tables} holds {len(drawn)} plausible linkages; there were {DRAWS} at the least. Link again.")
    at = {float(path.stem.removeprefix("threshold-")): _table(path, names) for path in tables.glob("threshold-[0-9].[0-9][0-9].csv")}
    return count_linkages(
        _table(tables / "chosen.csv", names),
        [_table(path, names) for path in drawn],
        at,
        methods,
        seed=seed,
        level=level,
        sensitivity=sensitivity,
        over=estimating(tell),
        tell=tell,
    )


def _record(folder: Path) -> LinkedLists:
    path = folder / RECORD
    try:
        return msgspec.json.decode(path.read_bytes(), type=LinkedLists)
    except FileNotFoundError:
        raise UsageError(f"{folder} holds no linkage. Make one: witnessmark count link LIST LIST LIST --out {folder}") from None
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"{path} does not say how the lists were linked ({error}). Link again, into a new folder.") from error


def _table(path: Path, names: tuple[str, ...]) -> CaptureTable:
    if not path.exists():
        raise UsageError(f"{path} is missing. Link again, into a new folder.")
    table = CaptureTable.read_csv(path)
    if table.lists != names:
        raise UsageError(
            f"{path} is of other lists ({', '.join(table.lists)}) than were linked ({', '.join(names)}). Link again, into a new folder."
        )
    return table
