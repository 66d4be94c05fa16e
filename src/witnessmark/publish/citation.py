"""A citation: the record of the case that a sentence rests on.

Keys are the case's own (a claim id, an item's sha256, "custody/14"); they never reach a page. `Casebook.target`
turns a citation into the short label and the random anchor that do.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from witnessmark.model.counting import CountedQuestion, Linked, Run
from witnessmark.model.decision import Status
from witnessmark.model.document import Failure
from witnessmark.model.entry import Entry
from witnessmark.model.sheet import Line, Sheet
from witnessmark.model.view import HeldItem, LogHead, Method, ReadClaim
from witnessmark.model.watching import WatchedSite


class Cites(StrEnum):
    """What kinds of record can carry a sentence."""

    CLAIM = "claim"
    ITEM = "item"
    ENTRY = "entry"
    HEAD = "head"
    DECISION = "decision"
    METHOD = "method"
    FAILURE = "failure"
    QUESTION = "question"
    LINKAGE = "linkage"
    RUN = "run"
    SITE = "site"
    OBSERVATION = "observation"
    LINE = "line"


class Citation(msgspec.Struct, frozen=True):
    """One record, by kind and the case's own key of it."""

    kind: Cites
    key: str


class Target(msgspec.Struct, frozen=True):
    """Where a citation leads: the words on the link and the anchor it opens."""

    label: str
    anchor: str


def of_claim(read: ReadClaim) -> Citation:
    """The claim, with the characters it was read from."""
    return Citation(Cites.CLAIM, read.claim.id)


def of_item(held: HeldItem) -> Citation:
    """The preserved original."""
    return Citation(Cites.ITEM, held.item.id)


def of_entry(entry: Entry) -> Citation:
    """One leaf of a log."""
    return Citation(Cites.ENTRY, f"{entry.stream}/{entry.seq}")


def of_head(head: LogHead) -> Citation:
    """A whole log as it stood."""
    return Citation(Cites.HEAD, head.stream)


def of_judgement(read: ReadClaim) -> Citation | None:
    """The decision by which the reading stands as checked: the last on its status or, of a claim added by hand, the last of any field; None where it is unchecked."""
    standing = [made for made in read.decisions if not made.undone]
    judging = [made for made in standing if made.field == "status"] or standing
    return Citation(Cites.DECISION, judging[-1].id) if judging and read.status is not Status.PROPOSED else None


def of_method(method: Method) -> Citation:
    """A stage at its version."""
    return Citation(Cites.METHOD, f"{method.stage}@{method.version}")


def of_failure(failure: Failure) -> Citation:
    """The record that something could not be done."""
    return Citation(Cites.FAILURE, f"{failure.item}/{failure.stage}/{failure.reason}")


def of_question(asked: CountedQuestion) -> Citation:
    """The entry of the analysis log that recorded a question about a number of people."""
    return Citation(Cites.QUESTION, asked.id)


def of_linkage(asked: CountedQuestion, linked: Linked) -> Citation:
    """The entry that recorded a linkage of its lists."""
    return Citation(Cites.LINKAGE, f"{asked.id}/{linked.seq}")


def of_run(asked: CountedQuestion, run: Run) -> Citation:
    """The entry that recorded a run."""
    return Citation(Cites.RUN, f"{asked.id}/{run.seq}")


def of_site(site: WatchedSite) -> Citation:
    """The entry of the analysis log that recorded a watched site."""
    return Citation(Cites.SITE, site.id)


def of_observation(site: WatchedSite, seq: int) -> Citation:
    """The entry that recorded a comparison or a test."""
    return Citation(Cites.OBSERVATION, f"{site.id}/{seq}")


def of_line(sheet: Sheet, line: Line) -> Citation:
    """A line of a verification sheet: the decision that wrote it."""
    return Citation(Cites.LINE, f"{sheet.item}/{line.id}")
