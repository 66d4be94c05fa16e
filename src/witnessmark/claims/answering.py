"""Who answers for what is alleged: the state, its forces and offices, a party, a company, an accused, and whoever speaks for one of them.

A plain negation in their mouth ("the ministry employs no such person") answers an accusation even where none of its words is a deed; in a
bystander's it is how things were. The words are those that name offices and bodies in general, never names.
"""

from __future__ import annotations

import re

from witnessmark.model.claim import Speaker

WORD = re.compile(r"[^\W\d_]+")
ANSWERABLE = frozenset(
    [
        "accused",
        "administration",
        "administrator",
        "admiral",
        "agency",
        "ambassador",
        "appellant",
        "army",
        "authorities",
        "authority",
        "battalion",
        "brig",
        "brigade",
        "brigadier",
        "bureau",
        "cabinet",
        "captain",
        "chief",
        "colonel",
        "col",
        "command",
        "commandant",
        "commander",
        "commissariat",
        "commissioner",
        "committee",
        "company",
        "constable",
        "consul",
        "corporation",
        "council",
        "counsel",
        "corps",
        "court",
        "defence",
        "defendant",
        "defense",
        "department",
        "deputy",
        "detachment",
        "director",
        "directorate",
        "division",
        "embassy",
        "fighters",
        "firm",
        "front",
        "gen",
        "gendarmerie",
        "gendarmes",
        "general",
        "government",
        "governor",
        "group",
        "guard",
        "guards",
        "headquarters",
        "inspector",
        "interior",
        "junta",
        "legion",
        "liaison",
        "lieutenant",
        "major",
        "management",
        "manager",
        "maj",
        "mayor",
        "militia",
        "minister",
        "ministry",
        "movement",
        "navy",
        "office",
        "officer",
        "official",
        "officials",
        "operator",
        "owner",
        "party",
        "police",
        "premier",
        "president",
        "press",
        "prison",
        "prosecutor",
        "radio",
        "rebels",
        "regiment",
        "representative",
        "sergeant",
        "secretary",
        "security",
        "service",
        "side",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "staff",
        "state",
        "station",
        "superintendent",
        "television",
        "tribunal",
        "troops",
        "union",
        "unit",
        "warden",
        "warder",
    ]
)
"""Bodies and offices, one word each, in lower case."""


def answers_for(speaker: Speaker | None) -> bool:
    """Whether a speaker is, or speaks for, a body that can be accused."""
    if speaker is None:
        return False
    mention = speaker.mention.text if speaker.mention is not None else ""
    named = " ".join(filter(None, (speaker.name, speaker.role, mention)))
    return not ANSWERABLE.isdisjoint(word.lower() for word in WORD.findall(named))
