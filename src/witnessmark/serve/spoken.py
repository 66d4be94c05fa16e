"""Messages that templates take from values (`{{ value | spoken }}`), not from their own words: names of rooms, roles, states and the like. Catalogues hold them, too."""

from __future__ import annotations

from witnessmark.case.arriving import Kind, State
from witnessmark.case.correcting import CORRECTIONS
from witnessmark.case.deciding import FIELDS
from witnessmark.case.dossier_desk import WHAT_TO_DO
from witnessmark.case.handling_items import ACT_WORDS, CHOICES
from witnessmark.case.marked_pages import NO_PLACES
from witnessmark.case.people_pages import STATUS_STANDARDS
from witnessmark.case.search_question import NONE
from witnessmark.case.showing_originals import MASKED, SEALED_ITEM
from witnessmark.case.voices import OWN_VOICE, UNNAMED
from witnessmark.claims.doubts import DOUBT_WORDS
from witnessmark.model.account import REFERRAL_WORDS
from witnessmark.model.assessment import Confidence, Likelihood, LinkKind
from witnessmark.model.claim import Act, Stance
from witnessmark.model.consent import PURPOSE_WORDS
from witnessmark.model.decision import SAME_PERSON, STATUS_WORDS, Status
from witnessmark.model.item import Sensitivity
from witnessmark.model.office import Role
from witnessmark.model.person import PersonStatus
from witnessmark.model.verdict import Verdict
from witnessmark.model.work import WORK, WORK_WORDS
from witnessmark.serve.pages.people import SECTIONS, VERDICTS
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
            + [each.value for kind in (Likelihood, Confidence, LinkKind, Verdict) for each in kind]
            + [each.value.replace("_", " ") for kind in (Act, PersonStatus) for each in kind]
            + [field.replace("_", " ") for of in FIELDS.values() for field in of]
            + [field.replace("_", " ") for field in (SAME_PERSON, WORK, "answers")]
            + list(WHAT_TO_DO.values())
            + list(STATUS_STANDARDS.values())
            + list(VERDICTS.values())
            + list(SECTIONS.values())
            + [*Kind, *State, *ACT_WORDS.values()]
            + [value for values in CHOICES.values() for value in values]
            + [*PURPOSE_WORDS.values(), *REFERRAL_WORDS.values()]
            + [each.value.replace("_", " ") for kind in (Act, Stance, Sensitivity) for each in kind]
            + [OWN_VOICE, UNNAMED, NONE]
        )
    )
