"""Who decided what of a thing, when and why, for a screen: names from the roster where the reader may know them, and nobody's key."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.deciding import OF_CLAIMS, subject_words, value_words
from witnessmark.case.judged_incidents import BETWEEN
from witnessmark.errors import CaseError
from witnessmark.model.assessment import LINKED, MERGED, NOT, REPLY
from witnessmark.model.decision import STATUS_WORDS, Decision, Status
from witnessmark.model.deed import INCIDENT_MARK
from witnessmark.store import parts, queries
from witnessmark.store.database import Connection
from witnessmark.store.members import names_of


class Decided(msgspec.Struct, frozen=True):
    """A decision as a screen tells it: of what (a short number), which field became what, why, when (UTC), and by whom where that may be told. `mine` where whoever reads made it."""

    id: str
    of: str
    field: str
    value: str
    why: str
    at: str
    by: str | None
    mine: bool
    undone: bool


_KEY = re.compile(r"\bk-[0-9a-f]{16}\b")
COLLEAGUE = "a person of this case"


def without_keys(text: str) -> str:
    """The text with words in the place of every key by which the logs know a colleague."""
    return _KEY.sub(COLLEAGUE, text)


def told(case: Case, made: Sequence[Decision], *, reader: str, names: bool) -> tuple[Decided, ...]:
    """Decisions in words, the newest first. `reader` is the key of whoever reads; `names` says whether they may know who decided."""
    known = _names(case, made) if names else {}
    with case.asking() as connection:
        numbers = queries.numbers_of(connection, sorted({one.subject for one in made}))
        return tuple(
            Decided(
                id=one.id,
                of=subject_words(one.subject, numbers) if one.subject in numbers or " " in one.subject else "",
                field=one.field,
                value=_value(case, connection, one),
                why=one.why,
                at=one.at,
                by=known.get(one.by),
                mine=one.by == reader,
                undone=one.undone,
            )
            for one in reversed(made)
        )


def _names(case: Case, made: Sequence[Decision]) -> dict[str, str]:
    try:
        return names_of(case.folder.roster, sorted({one.by for one in made}), database_key=case.database_key) if made else {}
    except CaseError:
        return {}  # `verify` says what is wrong with a roster; a page has to come up without it


def _value(case: Case, connection: Connection, made: Decision) -> str:
    if made.field == "status" and made.value in set(Status):
        return STATUS_WORDS[Status(made.value)]
    return _of_claims(connection, made) if made.field in OF_CLAIMS else value_words(case, made)


def _of_claims(connection: Connection, made: Decision) -> str:
    """What was decided of an incident in short numbers, asking for no more than it names."""
    if made.field == REPLY:
        return made.value
    kind, _, named = made.value.rpartition(BETWEEN) if made.field == LINKED else ("", "", made.value)
    if made.field in {MERGED, LINKED}:
        found = parts.incident_at(connection, named)
        named = found.id + INCIDENT_MARK if found is not None else named
    numbers = queries.numbers_of(connection, named.split(BETWEEN) if made.field not in {MERGED, LINKED} else [named])
    words = ", ".join(numbers.values()) or "how one telling comes from another"
    return f"{'no longer ' if kind.startswith(NOT) else ''}{kind.removeprefix(NOT)} {words}".strip()
