"""Messages that templates take from values (`{{ value | spoken }}`), not from their own words: names of rooms, roles, states and the like. Catalogues hold them, too."""

from __future__ import annotations

from witnessmark.case.arriving import Kind, State
from witnessmark.case.handling_items import ACT_WORDS, CHOICES
from witnessmark.case.search_question import NONE
from witnessmark.case.voices import OWN_VOICE, UNNAMED
from witnessmark.model.account import REFERRAL_WORDS
from witnessmark.model.claim import Act, Stance
from witnessmark.model.consent import PURPOSE_WORDS
from witnessmark.model.decision import STATUS_WORDS, Status
from witnessmark.model.item import Sensitivity
from witnessmark.model.office import Role
from witnessmark.model.work import WORK_WORDS
from witnessmark.serve.rooms import ROOMS


def spoken() -> list[str]:
    """Every such message, once, in a settled order."""
    return list(
        dict.fromkeys(
            [room.name for room in ROOMS]
            + [role.value for role in Role]
            + list(WORK_WORDS.values())
            + list(STATUS_WORDS.values())
            + [status.value for status in Status]
            + [*Kind, *State, *ACT_WORDS.values()]
            + [value for values in CHOICES.values() for value in values]
            + [*PURPOSE_WORDS.values(), *REFERRAL_WORDS.values()]
            + [each.value.replace("_", " ") for kind in (Act, Stance, Sensitivity) for each in kind]
            + [OWN_VOICE, UNNAMED, NONE]
        )
    )
