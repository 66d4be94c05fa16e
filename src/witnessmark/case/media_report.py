"""The checked media of a case, each with what its check shows, for whoever asks about some of them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.checking_media import media_of
from witnessmark.case.viewing import view_case
from witnessmark.model.media import CheckedMedia


class MediaReport(msgspec.Struct, frozen=True):
    """An item by its short number and name; `checked` is None where nobody checked it yet, `failure` says why a check failed."""

    number: str
    name: str
    media_type: str
    checked: CheckedMedia | None
    failure: str | None = None


def report_media(case: Case, numbers: Sequence[str] = ()) -> tuple[MediaReport, ...]:
    """Of these items, or of all photographs, films and recordings. Raises UsageError where one is not there or is none."""
    wanted = {item.id for item in media_of(case, numbers)}
    return tuple(
        MediaReport(
            held.item.number,
            held.item.name,
            held.item.media_type,
            held.media,
            next((failure.reason for failure in held.failures if failure.stage.startswith("check-media")), None),
        )
        for held in view_case(case).items
        if held.item.id in wanted
    )
