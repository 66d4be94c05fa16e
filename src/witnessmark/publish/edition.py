"""An edition: what a dossier calls itself on every page, so that a draft never passes for a public one."""

from __future__ import annotations

import msgspec

from witnessmark.publish.words import WATERMARK


class Edition(msgspec.Struct, frozen=True):
    """The words around the content. `stamp` is laid across every page of a draft; `dated` says what its date is the date of; `handed_out` is whether it leaves the case."""

    kind: str
    watermark: str
    dated: str
    footer: str
    stamp: bool
    handed_out: bool


DRAFT = Edition(
    kind="working draft",
    watermark=WATERMARK,
    dated="the time of the newest entry in the logs",
    footer="A claim shown here is what somebody is reported to have said, as a machine read it; it says nothing of what happened.",
    stamp=True,
    handed_out=False,
)

PUBLIC = Edition(
    kind="public",
    watermark="Public dossier — only what a person read, released, and was free to publish",
    dated="when the newest reading shown here was checked",
    footer="A claim shown here is what somebody is reported to have said, and that a person compared with the original; it says nothing of what happened.",
    stamp=False,
    handed_out=True,
)
