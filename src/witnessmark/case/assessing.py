"""The Berkeley self-assessment: what in this case supports each of six properties of a preserved digital item, what is missing, and what would mend it.

The Berkeley Protocol on Digital Open Source Investigations (OHCHR and UC Berkeley, HR/PUB/20/2) asks of preservation that a digital item keeps its
authenticity, availability, identity, persistence, renderability and understandability. Everything said here is counted from the case; what a case
cannot know of itself is said to be not known. There is no score: six numbers added up would claim more than any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from witnessmark.case.assessed import Gap, Property, first, gap, some
from witnessmark.case.assessing_custody import (
    Keeping,
    allowed,
    bound_to_time,
    keeping_of,
    may_be_lost,
    not_allowed,
    not_bound_to_time,
    opened_by,
    outside,
)
from witnessmark.case.case import Case, open_case
from witnessmark.case.next_steps import next_step
from witnessmark.case.register import kind_of, language_of
from witnessmark.case.telling import BYTES, Tell, amount, typed
from witnessmark.case.translating import standing_originals
from witnessmark.case.verifying import verify_case
from witnessmark.model.decision import Status
from witnessmark.model.preservation import Preserved
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import HeldItem
from witnessmark.read import tools
from witnessmark.store import queries


class Assessment(msgspec.Struct, frozen=True):
    """The six properties of one case, as of its newest entry (UTC)."""

    title: str
    as_of: str
    items: int
    properties: tuple[Property, ...]


class _Facts(msgspec.Struct, frozen=True):
    """What the properties are judged by, gathered once."""

    root: Path
    held: tuple[HeldItem, ...]
    checks: tuple[Check, ...]
    refused: int
    copies: int
    originals_translated: frozenset[str]
    translations: frozenset[str]
    statuses: Counter[Status]
    entries: int
    keeping: Keeping

    def having(self, test: Callable[[HeldItem], object]) -> list[str]:
        """The short numbers of the items that pass a test."""
        return [held.item.number for held in self.held if test(held)]

    def command(self, words: str) -> str:
        """A command on this case: `{}` is where its folder goes."""
        return f"witnessmark {words.format(typed(self.root))}"


def assess(root: Path, *, tell: Tell = lambda _: None) -> Assessment:
    """Assess the case at `root`; every original is hashed again on the way. Raises CaseError where it is no case."""
    checks = tuple(verify_case(root, tell=tell))
    with open_case(root) as case, case.asking() as connection:
        facts = _gathered(case, checks)
        title, as_of = queries.title(connection), queries.as_of(connection)
    judged = (_authenticity, _availability, _identity, _persistence, _renderability, _understandability)
    return Assessment(title, as_of, len(facts.held), tuple(judge(facts) for judge in judged))


def _gathered(case: Case, checks: tuple[Check, ...]) -> _Facts:
    from witnessmark.case.viewing import held_items

    with case.asking() as connection:
        originals, held = standing_originals(queries.decisions(connection)), held_items(connection)
        return _Facts(
            root=case.folder.root,
            held=held,
            checks=checks,
            refused=len(queries.refusals(connection)),
            copies=len(queries.redactions(connection)),
            originals_translated=frozenset(originals.values()),
            translations=frozenset(originals),
            statuses=Counter(row.status for row in queries.claim_rows(connection)),
            entries=sum(log.size for log in case.logs.values()),
            keeping=keeping_of(case, held),
        )


def _authenticity(facts: _Facts) -> Property:
    originals = [check for check in facts.checks if check.subject.startswith("vault")]
    sound = sum(check.verdict is Verdict.PASS for check in originals)
    failed = [check for check in facts.checks if check.verdict is Verdict.FAIL]
    unchecked = [check for check in facts.checks if check.verdict is Verdict.NOT_CHECKED and check.subject != "dossier"]
    return Property(
        Preserved.AUTHENTICITY,
        Preserved.AUTHENTICITY.asks,
        (
            f"{sound} of {len(facts.held)} originals were hashed again just now and have the bytes that were recorded when they came in.",
            f"{facts.entries} log entries were held against their chains: {sum(c.verdict is Verdict.PASS for c in facts.checks) - sound} checks besides the originals pass.",
            *bound_to_time(facts.keeping),
        ),
        (
            *(Gap(f"{check.subject}: {check.detail}", next=facts.command("verify {}")) for check in failed),
            *not_bound_to_time(facts.keeping, facts.command("checkpoint {} --out FILE")),
        ),
        (
            *(Gap(f"{check.subject}: {check.detail}") for check in unchecked),
            *outside(facts.keeping, facts.command("verify {} --against FILE")),
        ),
    )


def _availability(facts: _Facts) -> Property:
    missing = [check for check in facts.checks if check.subject.startswith("vault") and check.verdict is Verdict.FAIL]
    present = len(facts.held) - len(missing)
    gaps = [Gap(f"Originals missing or altered: {len(missing)}.", next=facts.command("verify {}"))] if missing else []
    if facts.refused:
        gaps.append(
            Gap(f"Files offered that could not be received: {facts.refused}; the log says why.", next=facts.command("status {} --all"))
        )
    return Property(
        Preserved.AVAILABILITY,
        Preserved.AVAILABILITY.asks,
        (
            f"{present} of {len(facts.held)} originals are in the vault, {amount(sum(held.item.size for held in facts.held), BYTES)} in all.",
            *some(facts.copies, "Redacted copies for publishing on record"),
            *allowed(facts.keeping),
        ),
        (*gaps, *not_allowed(facts.keeping, facts.command("consent {} "), facts.command("decide {} "), facts.command("receipt {} FILE"))),
        (Gap("Whether a backup exists, and whether it lies elsewhere, is not known to the case.", next=facts.command("backup {} OUT")),),
    )


def _identity(facts: _Facts) -> Property:
    parents = facts.having(lambda held: held.item.parent)
    sourced = facts.having(_source_of)
    said = facts.having(lambda held: any(receipt.received_from for receipt in held.receipts))
    again = sum(len(held.receipts) - 1 for held in facts.held)
    unsourced = [held.item.number for held in facts.held if not _source_of(held)]
    unsaid = [
        held.item.number for held in facts.held if not any(receipt.received_from for receipt in held.receipts) and not held.item.parent
    ]
    return Property(
        Preserved.IDENTITY,
        Preserved.IDENTITY.asks,
        (
            f"{len(facts.held)} of {len(facts.held)} items have a SHA-256, a short number and a random public id of their own; no bytes are held twice.",
            *some(again, "Further receipts of bytes held already, on record as such"),
            *some(len(sourced), "Items that name who speaks or publishes in them"),
            *some(len(said), "Items that say who handed them over"),
            *some(len(parents), "Items found inside another and linked to it"),
        ),
        (
            *gap(unsourced, "without a source", facts.command("decide {} ") + f"{first(unsourced)} source=NAME --why TEXT"),
            *gap(unsaid, "without word of who handed them over", facts.command("add {} FILE --received-from WHO")),
        ),
        (),
    )


def _persistence(facts: _Facts) -> Property:
    intact = sum(check.verdict is Verdict.PASS for check in facts.checks if check.subject.startswith("vault"))
    kinds = Counter(kind_of(held.item.media_type) for held in facts.held)
    sealed = facts.having(lambda held: any(word in failure.reason for failure in held.failures for word in ("encrypted", "password")))
    return Property(
        Preserved.PERSISTENCE,
        Preserved.PERSISTENCE.asks,
        (
            f"{intact} of {len(facts.held)} originals have whole bits, stored as they came in, unconverted.",
            f"Kinds of file: {', '.join(f'{kind} {number}' for kind, number in sorted(kinds.items())) or 'none'}.",
            *opened_by(facts.keeping),
        ),
        (
            *gap(sealed, "encrypted by their maker, so that their content lasts as long as somebody knows the password", None),
            *may_be_lost(
                facts.keeping,
                facts.command("recovery split {} --shares 5 --threshold 3 --out FOLDER"),
                facts.command("recovery drill {} SHARE..."),
            ),
        ),
        (
            Gap(
                "How long the disk lasts, and how many copies there are, is not known to the case. Keep three, one of them elsewhere.",
                next=facts.command("backup {} OUT"),
            ),
        ),
    )


def _renderability(facts: _Facts) -> Property:
    read = facts.having(lambda held: held.document)
    by_sight = facts.having(lambda held: held.document and any("read by OCR" in problem for problem in held.document.problems))
    wordless = facts.having(lambda held: held.document and not held.document.text.strip())
    unread = facts.having(lambda held: held.document is None and not held.failures)
    lacking = [tool for tool in tools() if tool.version is None]
    return Property(
        Preserved.RENDERABILITY,
        Preserved.RENDERABILITY.asks,
        (
            *some(len(read), f"Of {len(facts.held)} items, opened and read, each reading kept with the name and version of its reader"),
            *some(len(by_sight), "Of these, read at least in part by OCR, which misreads"),
        ),
        (
            *(_unreadable(held, facts.root) for held in facts.held if held.document is None and held.failures),
            *gap(unread, "not read yet", facts.command("read {}")),
            *gap(wordless, "opened, and no text found in them", facts.command("review {} --item ") + first(wordless)),
            *(Gap(f"{tool.name}, which {tool.purpose}, is not installed here.", next=tool.install) for tool in lacking),
        ),
        (),
    )


def _understandability(facts: _Facts) -> Property:
    documents = [held.document for held in facts.held if held.document]
    languages = Counter(language_of(document) for document in documents)
    foreign = facts.having(lambda held: _needs_translation(held, facts))
    dated = facts.having(lambda held: held.item.published or (held.document and held.document.published))
    undated = [held.item.number for held in facts.held if held.item.number not in set(dated)]
    checked = sum(facts.statuses.values()) - facts.statuses[Status.PROPOSED]
    return Property(
        Preserved.UNDERSTANDABILITY,
        Preserved.UNDERSTANDABILITY.asks,
        (
            f"Languages of what was read: {', '.join(f'{name} {number}' for name, number in sorted(languages.items())) or 'nothing read yet'}.",
            *some(len(facts.translations), "Items recorded as translations of others here"),
            *some(len(dated), f"Of {len(facts.held)} items, with a date of publication"),
            *some(checked, f"Of {sum(facts.statuses.values())} claims, looked at by a person"),
        ),
        (
            *gap(foreign, "not in English, and no translation here", facts.command("add {} FILE --translation-of ") + first(foreign)),
            *gap(undated, "without a date of publication", facts.command("add {} FILE --published DATE")),
            *(
                [Gap(f"Claims read by a machine alone: {facts.statuses[Status.PROPOSED]}.", next=facts.command("review {}"))]
                if facts.statuses[Status.PROPOSED]
                else []
            ),
        ),
        (
            Gap(
                "Whether readers know the background (idiom, units, local names) is for people to judge.",
            ),
        ),
    )


def _unreadable(held: HeldItem, root: Path) -> Gap:
    reason = held.failures[0].reason
    return Gap(f"{held.item.number} could not be read. {reason}", (held.item.number,), next_step(reason, held.item.number, root))


def _needs_translation(held: HeldItem, facts: _Facts) -> bool:
    language = held.document.language if held.document else None
    return language is not None and language.partition("-")[0] != "en" and held.item.id not in facts.originals_translated


def _source_of(held: HeldItem) -> str | None:
    publisher = held.document.publisher.value if held.document and held.document.publisher else None
    return held.item.source or publisher
