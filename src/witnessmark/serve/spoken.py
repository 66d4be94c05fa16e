"""Messages that templates take from values (`{{ value | spoken }}`), not from their own words: names of rooms, roles, states and the like. Catalogues hold them, too."""

from __future__ import annotations

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
        )
    )
