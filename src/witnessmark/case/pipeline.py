"""The main path, from a folder of evidence to a dossier: preserve, read, find claims, set them beside each other, publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from witnessmark.case.case import Case, create_case, open_case
from witnessmark.case.claiming import read_claims
from witnessmark.case.folder import CaseFolder
from witnessmark.case.intake import Given, Received, add, refuse_unfit_list
from witnessmark.case.publishing import Published, publish_draft
from witnessmark.case.reading import Tally, Writing, as_open, read_items
from witnessmark.case.received_list import ReceivedList
from witnessmark.case.summary import Summary, summarise
from witnessmark.case.telling import Tell
from witnessmark.case.translating import align_translations
from witnessmark.case.weighing import Weighed, weigh


class Built(msgspec.Struct, frozen=True):
    """What each stage of one run did, and what stands afterwards."""

    received: Received
    documents: Tally
    claims: Tally
    weighed: Weighed
    published: Published
    summary: Summary

    @property
    def nothing_to_do(self) -> bool:
        """Whether the whole run changed nothing."""
        work = self.received.new + self.received.repeated + self.received.decided + self.documents.done + self.claims.done
        return not (work or self.documents.failed or self.claims.failed or self.weighed.changed or self.published.changed)


def build(  # noqa: PLR0913 -- what a build may be told, each by its name
    folder: Path,
    case_root: Path,
    given: Given,
    *,
    listed: ReceivedList | None = None,
    title: str | None = None,
    member: str | None = None,
    openers: Sequence[tuple[str, str]] = (),
    on_disk: bool = False,
    tell: Tell = lambda _: None,
    announce: Tell = lambda _: None,
) -> Built:
    """Make a case of a folder of evidence, or bring one up to date with it. What is done already is not done again.

    A case to be made is encrypted where there are `openers` (see `create_case`).
    """
    if not CaseFolder(case_root).settings_file.exists():
        if listed is not None:
            refuse_unfit_list(case_root, [folder], listed)
        create_case(case_root, title=title, member=member, openers=openers, on_disk=on_disk)
    with open_case(case_root, write="build", member=member, tell=announce) as case:
        received = add(case, [folder], given, listed=listed, again=False, tell=tell)
        documents, claims = read(case, tell=tell)
        weighed = weigh(case, tell=tell)
        published = publish_draft(case, tell=tell)
        return Built(received, documents, claims, weighed, published, summarise(case))


def read(
    case: Case, *, again: bool = False, rules_only: bool = False, writing: Writing | None = None, tell: Tell = lambda _: None
) -> tuple[Tally, Tally]:
    """Read items into documents, set translations beside their originals, and read documents into claims.

    `writing` opens the case for each record, where it is not open for writing already.
    """
    documents = read_items(case, again=again, writing=writing, tell=tell)
    with (writing or as_open(case))() as writer:
        align_translations(writer, tell=tell)
    return documents, read_claims(case, again=again, rules_only=rules_only, writing=writing, tell=tell)
