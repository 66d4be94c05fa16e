"""Who made a translation: a machine, by its name, or a person, by the pseudonymous key under which the roster knows them.

On record it is one word or a few (`machine: Lingua 3.2`, `k-0f3a...`): a machine can never pass for a person, and a person's name gets into no
record, log or page. Whatever else stands on record is shown as a person without a name.
"""

from __future__ import annotations

import msgspec

from witnessmark.model.correction import NONE
from witnessmark.model.entry import ACTOR_KEY

MACHINE = "machine:"
"""What stands before the name of a machine, on record and as it is typed."""


class Translator(msgspec.Struct, frozen=True):
    """`machine` is its name and version; `key` is a person's. Both are None for a person who is on record without a key."""

    machine: str | None = None
    key: str | None = None


def translator_on_record(value: str | None) -> Translator | None:
    """Who the value of a decision names; None where nobody is named."""
    if value is None or value == NONE:
        return None
    if value.startswith(MACHINE):
        return Translator(machine=value.removeprefix(MACHINE).strip())
    return Translator(key=value if ACTOR_KEY.fullmatch(value) else None)


def by_whom(translator: Translator) -> tuple[str, str, str]:
    """By whom it was translated, without a person's name: our words, the machine or the key, and our words again."""
    if translator.machine is not None:
        return "translated by a machine (", translator.machine, "); no person has checked it"
    return ("translated by a person on record as ", translator.key, "") if translator.key else ("translated by a person on record", "", "")


def translated_by(translator: Translator, name: str | None = None) -> str:
    """The same as one line. `name` is the person's, to be given only where it stays inside the case."""
    return f"translated by {name}" if name else "".join(by_whom(translator))
