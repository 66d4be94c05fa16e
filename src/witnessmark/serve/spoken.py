"""Messages that templates take from values (`{{ value | spoken }}`), not from their own words: names of rooms, roles, states and the like. Catalogues hold them, too."""

from __future__ import annotations

from witnessmark.case.correcting import CORRECTIONS
from witnessmark.case.marked_pages import NO_PLACES
from witnessmark.case.showing_originals import MASKED, SEALED_ITEM
from witnessmark.claims.doubts import DOUBT_WORDS
from witnessmark.model.claim import Act, Stance
from witnessmark.model.decision import STATUS_WORDS, Status
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
            + [field.replace("_", " ") for field in ("words", *CORRECTIONS)]
            + [value.value.replace("_", " ") for values in (Stance, Act) for value in values]
            + list(DOUBT_WORDS.values())
            + [MASKED, SEALED_ITEM, NO_PLACES]
        )
    )
