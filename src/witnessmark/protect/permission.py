"""Whether the record allows a use: what a consent covers, whom consent binds, and what to do where nobody has said.

Consent binds an account, what a witness gave, and whatever a consent was recorded of; it does not bind what is public already. Of everything else a
person can say so with `bound_by_consent`. Until one does, it may be worked on and shared, and is not published: what lacks consent for publishing is not published.
"""

from __future__ import annotations

from witnessmark.model.consent import PURPOSE_WORDS, Allowed, Consent, Purpose, Refused
from witnessmark.model.item import Item, Protection, SourceKind
from witnessmark.model.person import Person

GUARDED = frozenset({Protection.SENSITIVE, Protection.SEALED})
PUBLISHING = frozenset({Purpose.PUBLISH, Purpose.PUBLISH_WITH_NAME})


def is_bound(item: Item) -> bool | None:
    """Whether the use of an item needs consent; None where neither a person nor the record says."""
    if item.bound is not None:
        return item.bound
    if item.consent.recorded is not None:
        return True
    if item.already_public:
        return False
    if item.account is not None or item.source_kind is SourceKind.WITNESS or item.protection in GUARDED:
        return True
    return None


def permission(item: Item, purpose: Purpose, body: str | None = None) -> Allowed | Refused:
    """Whether the record allows an item's use for this purpose; `body` is whom it is to be shared with."""
    if item.consent.allows(purpose, body):
        return Allowed(f"{item.number}: its giver agreed to {_of(purpose, body)}.")
    bound = is_bound(item)
    if bound is False:
        return Allowed(f"{item.number} is {'already public' if item.already_public else 'not bound by consent'}.")
    if bound is None and purpose not in PUBLISHING:
        return Allowed(f"Nobody has said whether consent binds {item.number}, which is no account and no witness's.")
    return Refused(f"{item.number}: {_lacking(item.consent, purpose, body, unsaid=bound is None)}")


def naming(person: Person) -> Allowed | Refused:
    """Whether a person may be named in public. A sealed person never is, whatever was agreed to."""
    if person.is_sealed:
        return Refused(f"{person.number} is sealed.")
    if person.consent.allows(Purpose.PUBLISH_WITH_NAME):
        return Allowed(f"{person.number} agreed to {PURPOSE_WORDS[Purpose.PUBLISH_WITH_NAME]}.")
    if person.bound is False:
        return Allowed(f"{person.number} is not bound by consent.")
    return Refused(f"{person.number}: {_lacking(person.consent, Purpose.PUBLISH_WITH_NAME, None, unsaid=False)}")


def sharing(person: Person, body: str | None) -> Allowed | Refused:
    """Whether a person may be named to a body. It is asked of those of whom a consent was recorded, or taken back, and of whom somebody said that consent binds them.

    What may be published with the name may be shared.
    """
    bound = person.bound if person.bound is not None else person.consent.recorded is not None
    if not bound or person.consent.allows(Purpose.SHARE, body) or person.consent.allows(Purpose.PUBLISH_WITH_NAME):
        return Allowed(f"{person.number} may be named to {body or 'others'}.")
    return Refused(f"{person.number}: {_lacking(person.consent, Purpose.SHARE, body, unsaid=False)}")


def _of(purpose: Purpose, body: str | None) -> str:
    return PURPOSE_WORDS[purpose] + (f" with {body}" if body and purpose is Purpose.SHARE else "")


def _lacking(consent: Consent, purpose: Purpose, body: str | None, *, unsaid: bool) -> str:
    if consent.withdrawn is not None:
        return f"consent was withdrawn on {consent.withdrawn}."
    if unsaid:
        return f"nobody has said whether consent binds it, and none to {_of(purpose, body)} is on record."
    return f"no consent to {_of(purpose, body)} is on record."
