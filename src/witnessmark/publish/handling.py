"""What people decided of how an item is to be handled: whom it could endanger, how hard it is to look at, and what its giver agreed to.

Only what a person decided is said; what nobody has decided is left out here and counted in the limits.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.consent import Consent, consent_words
from witnessmark.model.item import Item, Protection, Sensitivity
from witnessmark.publish.attribution import LONGEST_PHRASE
from witnessmark.publish.block import Fact
from witnessmark.publish.prose import Given, Inline, clip
from witnessmark.publish.words import moment_words

PROTECTION_WORDS = {
    Protection.NONE: "none needed: a person decided that it endangers nobody if it becomes known that we hold this",
    Protection.SENSITIVE: "sensitive: it could endanger somebody if it became known that we hold this",
    Protection.SEALED: "sealed, the strictest: it would endanger somebody if it became known that we hold this",
}
"""What a person said of whom the item could endanger; nothing is said where nobody has."""

SENSITIVITY_WORDS = {Sensitivity.ORDINARY: "ordinary to look at", Sensitivity.GRAPHIC: "graphic: it can harm who looks at it"}


def decided_handling(item: Item) -> Iterator[Fact]:
    """Protection, sensitivity, release and consent, each where a person decided it."""
    if item.protection in PROTECTION_WORDS:
        yield Fact("Protection", (PROTECTION_WORDS[item.protection],))
    if item.sensitivity in SENSITIVITY_WORDS:
        yield Fact("Sensitivity", (SENSITIVITY_WORDS[item.sensitivity],))
    if item.release.by is not None:
        yield Fact("Release", release_line(item))
    if item.consent.recorded is not None or item.consent.purposes:
        yield Fact("Consent", _consent(item.consent))


def release_line(item: Item) -> Inline:
    """Whether the item is public already and may leave the case, by whose decision, on what authority, until when."""
    release = item.release
    public = "already public; " if item.already_public else "not marked as already public; "
    by: Inline = (" by ", Given(release.by)) if release.by else (" (nobody has decided otherwise)",)
    authority: Inline = (", on the authority of ", Given(clip(release.authority, LONGEST_PHRASE))) if release.authority else ()
    until: Inline = (", until ", Given(release.until)) if release.until else ()
    return (f"{public}{release.state.value}", *by, *authority, *until)


def _consent(consent: Consent) -> Inline:
    if consent.withdrawn is not None:
        return (f"withdrawn on {consent.withdrawn}",)
    purposes = consent_words(consent).replace("_", " ")
    agreed: Inline = (
        ("the giver agreed to: ", Given(purposes), "; to nothing else") if consent.purposes else ("the giver agreed to nothing",)
    )
    form: Inline = ("; form: ", Given(clip(consent.form, LONGEST_PHRASE))) if consent.form else ("; form not recorded",)
    given = f"; given on {consent.given}" if consent.given else ""
    when = f"; recorded on {moment_words(consent.recorded)}" if consent.recorded else "; when is not recorded"
    return (*agreed, *form, given + when)
