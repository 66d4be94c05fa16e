"""Parties in words: names as written, what stands for a name that is not published, and what somebody is said to have done, always as said."""

from __future__ import annotations

from witnessmark.model.claim import PartyRole
from witnessmark.model.responsibility import AllegedPart, PartyKind
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.prose import Given, Inline, clip, some
from witnessmark.publish.public_parties import public_name
from witnessmark.publish.words import act_words

LONGEST_NAME = 120
MOST_SPELLINGS = 4

PART_WORDS = {
    PartyRole.PERPETRATOR: "to have done it",
    PartyRole.COMMANDER: "to have ordered or commanded it",
    PartyRole.SUPPORTER: "to have supported ",
    PartyRole.ACQUIESCING: "to have let happen what is alleged of ",
    PartyRole.BENEFICIARY: "to have gained from what is alleged of ",
}


def party_name(key: str, casebook: Casebook) -> str:
    """The name in one form, as first written."""
    return clip(casebook.parties[key].names[0], LONGEST_NAME)


def party_line(key: str, casebook: Casebook) -> Inline:
    """The name with the other ways it is written and, in a draft, what a public dossier shows in its place."""
    party = casebook.parties[key]
    others = some([(Given(clip(name, LONGEST_NAME)),) for name in party.names[1:]], ", ", MOST_SPELLINGS)
    line: Inline = (Given(clip(party.names[0], LONGEST_NAME)), *((" (also ", *others, ")") if others else ()))
    if casebook.handed_out or party.may_be_named:
        return line
    unsettled = "it is not settled whether this is a body or a person; " if party.kind is PartyKind.UNSETTLED else ""
    return (
        *line,
        f" ({unsettled}in a public dossier: “",
        Given(clip(public_name(party), LONGEST_NAME)),
        "”, until people decide otherwise)",
    )


def part_line(part: AllegedPart, casebook: Casebook) -> Inline:
    """What the party is said to have done, after "said"."""
    words = PART_WORDS[part.role]
    if not words.endswith(" "):
        return (words if part.act is None else f"{words}: {act_words(part.act)}",)
    return (words, Given(party_name(part.of, casebook)) if part.of is not None else "it or its author, not named in the same claim")


def part_words(part: AllegedPart, casebook: Casebook) -> str:
    """The same for who cannot see a drawing: "Tolvaria is said to have supported ..."."""
    return f"{party_name(part.party, casebook)} is said {''.join(each if isinstance(each, str) else each.text for each in part_line(part, casebook) if isinstance(each, str | Given))}"
