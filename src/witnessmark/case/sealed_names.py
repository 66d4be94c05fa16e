"""Who is sealed by the end of a log, found before any of it is drawn: a name must not enter the database to be taken out of it later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from witnessmark.ledger.log import Log
from witnessmark.ledger.records import Record
from witnessmark.model.decision import Decision
from witnessmark.model.deed import DecisionMade, DecisionUndone, FormsConfirmed, PersonAdded
from witnessmark.model.entry import Entry
from witnessmark.model.item import Protection

_OF_PERSONS = PersonAdded | FormsConfirmed | DecisionMade | DecisionUndone
_ACTIONS = frozenset(str(deed.__struct_config__.tag) for deed in (PersonAdded, FormsConfirmed, DecisionMade, DecisionUndone))
_DEED = msgspec.json.Decoder(_OF_PERSONS)


def standing_forms(log: Log) -> list[str]:
    """The names and forms of all who are sealed by the end of the analysis log; its records are read only where it enters anybody."""
    if not any(entry.action == PersonAdded.__struct_config__.tag for entry in log.entries()):
        return []
    return forms_in(log.entries_with_records())


def forms_in(pairs: Iterable[tuple[Entry, Record]]) -> list[str]:
    """The same, from entries with their bodies in the order of the log."""
    named: dict[str, tuple[str, ...]] = {}
    decisions: dict[str, Decision] = {}
    for deed in _deeds(pairs):
        match deed:
            case PersonAdded():
                named[deed.person] = (deed.name, *deed.forms)
            case FormsConfirmed():
                named[deed.person] = (named[deed.person][0], *deed.forms)
            case DecisionMade():
                decisions[deed.decision.id] = deed.decision
            case DecisionUndone():
                decisions.pop(deed.decision, None)
    standing = {made.subject: made.value for made in decisions.values() if made.field == "protection"}
    return [form for person, forms in named.items() if standing.get(person) == Protection.SEALED for form in forms if form]


def _deeds(pairs: Iterable[tuple[Entry, Record]]) -> Iterator[PersonAdded | FormsConfirmed | DecisionMade | DecisionUndone]:
    return (_DEED.decode(record.body) for entry, record in pairs if entry.action in _ACTIONS)
