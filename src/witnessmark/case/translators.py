"""Who translated, as a person types it: somebody's name, which goes into `members.db` and nowhere else, or `machine: NAME VERSION`.

Translators can be in as much danger as whoever works on the case, so they are known as colleagues are: records, logs and the dossier hold a
pseudonymous key, and only this computer's copy of the roster says whose it is. A machine is named in the open, since whoever relies on its work must know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.errors import CaseError, UsageError
from witnessmark.model.correction import NONE
from witnessmark.model.translator import MACHINE, Translator, translated_by, translator_on_record
from witnessmark.store.members import key_of, names_of

TRANSLATOR = "translator"

_MACHINE_LIKE = re.compile(
    r"\b(?:machine|google|deepl|systran|libretranslate|opus-?mt|nllb|chatgpt|gpt|translate)\b|\b(?:bing|microsoft) translator\b",
    re.IGNORECASE,
)
"""Words that a machine's name holds and a person's hardly ever. The price of a false alarm is typing a name alone; that of a miss, a machine that
passes for a person."""


class Named(msgspec.Struct, frozen=True):
    """Who was named: a machine, or a person by their own name."""

    name: str
    machine: bool


def named(typed: str) -> Named:
    """Who is meant by what was typed. Raises UsageError where nobody is, or a machine is named as if it were a person."""
    words = " ".join(typed.split())
    if words.casefold().startswith(MACHINE):
        name = words[len(MACHINE) :].strip()
        if not name:
            raise UsageError("The machine has no name. Type which it was and in what version, such as 'machine: Lingua 3.2'.")
        return Named(name, machine=True)
    if not words or words.casefold() == NONE:
        raise UsageError("Nobody is named. Type the translator's name, or 'machine: NAME VERSION' where a machine made the translation.")
    if _MACHINE_LIKE.search(words):
        raise UsageError(
            f"{words!r} reads like a machine. Type 'machine: NAME VERSION', so that it never passes for a person. Where a person made the "
            "translation or answers for every word of it, type that person's name and nothing else."
        )
    return Named(words, machine=False)


def refuse_name_in_reason(who: Named, why: str) -> None:
    """Raise UsageError where the reason, which the records keep, gives away the name that they do not."""
    if not who.machine and re.search(rf"(?<!\w){re.escape(who.name.casefold())}(?!\w)", " ".join(why.split()).casefold()):
        raise UsageError(
            "The reason names the translator. Names are kept in members.db only, and reasons in the records: say the reason without the name."
        )


def on_record(case: Case, who: Named) -> str:
    """The value of the decision: a machine's name, or the key of a person, which is drawn and entered in the roster where they have none yet."""
    return f"{MACHINE} {who.name}" if who.machine else key_of(case.folder.roster, who.name, at=now(), database_key=case.database_key)


def names_on_record(case: Case, translators: Iterable[Translator | None]) -> dict[str, str]:
    """The names behind the keys of translators, for a screen inside the case; a key that the roster does not know stands for itself."""
    keys = sorted({one.key for one in translators if one is not None and one.key is not None})
    try:
        return names_of(case.folder.roster, keys, database_key=case.database_key) if keys else {}
    except CaseError:
        return {}  # `verify` says what is wrong with a roster; a dashboard has to come up without it


def typed_words(case: Case, value: str) -> str:
    """The value of such a decision as a person would type it; the key where the roster does not know whose it is."""
    translator = translator_on_record(value)
    return names_on_record(case, [translator]).get((translator and translator.key) or "", value)


def shown_inside(translator: Translator | None, names: dict[str, str]) -> str | None:
    """By whom it was translated, in words with the name, for a screen inside the case; None where nobody is on record."""
    return None if translator is None else translated_by(translator, names.get(translator.key or ""))
