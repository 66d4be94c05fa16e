"""What of the check of a photograph or film leaves the case: the state of its content credentials, and the list by which a signer is trusted. Nothing else.

Positions, times, serial numbers, captions and the signer's name point at whoever made the file; a difference says what is held.
"""

from __future__ import annotations

from witnessmark.model.media import CheckedMedia, Credentials, MediaCheck
from witnessmark.text.masking import Cover


def public_media(checked: CheckedMedia | None, cover: Cover) -> CheckedMedia | None:
    """The same built anew from what may be shown; None where nothing was checked, or nothing could be said of its credentials."""
    if checked is None or (state := checked.check.credentials.state) is None:
        return None
    lists = tuple(cover.cover(name) for name in checked.check.credentials.trusted_by)
    return CheckedMedia(0, "", checked.version, MediaCheck(checked.check.item, credentials=Credentials(state, trusted_by=lists)))
