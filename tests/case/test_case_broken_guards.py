"""The tests of roll-back, of what is published, of redaction and of verify's words can fail: each looks at a program broken on purpose, and finds it out.

Those of crashes, faults and flipped bits are in `test_case_broken_variants.py`; of archives, of hostile and of broken files beside the tests themselves; of the locked
case in `test_case_sealed.py`, where the same search finds every planted name in a plain case.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from witnessmark.case import comparing_checkpoints, publishing_public, redacting, verifying, verifying_vault
from witnessmark.case.case import open_case
from witnessmark.case.checkpointing import signed_checkpoint
from witnessmark.case.comparing_checkpoints import read_kept
from witnessmark.case.deciding import decide
from witnessmark.case.persons import add_person
from witnessmark.case.publishing_public import publish_public
from witnessmark.case.redacting import redact
from witnessmark.case.redaction_order import Order
from witnessmark.case.verifying import verify_case
from witnessmark.case.viewing import view_case
from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError
from witnessmark.ledger.untrusted import verdict_on
from witnessmark.model.verdict import Check, Verdict
from witnessmark.model.view import CaseView
from witnessmark.preserve.hashing import Digests
from witnessmark.protect.redaction import Target
from witnessmark.publish.public import public_pages
from witnessmark.publish.visibility import Selection, select
from witnessmark.publish.withheld import Withheld
from witnessmark.read import ReadParams

WITNESS = "Ana Brecht"


def decided(case: Path, why: str) -> str:
    """The checkpoint after one more decision."""
    with open_case(case, write="test") as opened:
        decide(opened, "C1", "status", "accepted", why=why)
        return signed_checkpoint(opened)


def test_a_comparison_that_looks_at_lengths_alone_does_not_see_a_fork(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, fork = tmp_path / "kept.note", tmp_path / "fork"
    decided(case, "before the fork")
    shutil.copytree(case, fork)
    kept.write_text(decided(case, "one branch"), encoding="utf-8")
    decided(fork, "the other branch")

    def exposed() -> bool:
        return any(check.verdict is Verdict.FAIL for check in verify_case(fork, outside=read_kept([kept], [], None)))

    assert exposed()
    monkeypatch.setattr(comparing_checkpoints, "covers", lambda *_: True)
    assert not exposed()


class NoCover:
    """A cover that covers nothing."""

    def cover(self, text: str) -> str:
        """The text as it is."""
        return text


def prints_hashes(*given: object, **named: object) -> dict[str, bytes]:
    """Pages with the SHA-256 of every item on one of them, as somebody might print them who means well."""
    items = given[0].items  # type: ignore[attr-defined]
    return {**public_pages(*given, **named), "list.html": "".join(f"<p>{held.item.id}</p>" for held in items).encode()}  # type: ignore[arg-type]


def covers_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publishing_public, "Covers", lambda *_: NoCover())


def has_a_page_of_hashes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(publishing_public, "public_pages", prints_hashes)
    patch.setattr(publishing_public, "HashCover", lambda *_: NoCover())
    patch.setattr(Withheld, "of_case", lambda *_: NoCover())


def asks_nobody(patch: pytest.MonkeyPatch) -> None:
    chosen = select

    def agreed(view: CaseView, day: str) -> Selection:
        consent = next(held.item.consent for held in view.items if held.item.name.endswith("briefing.txt"))
        items = (msgspec.structs.replace(held, item=msgspec.structs.replace(held.item, consent=consent)) for held in view.items)
        return chosen(msgspec.structs.replace(view, items=tuple(items)), day)

    patch.setattr(publishing_public, "select", agreed)


@pytest.mark.parametrize("break_it", [covers_nothing, has_a_page_of_hashes, asks_nobody])
def test_a_publisher_that_lets_something_out_is_found_out_by_the_search_in_what_it_wrote(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with open_case(case, write="test") as opened:
        for number in ("I1", "I2", "I3"):
            decide(opened, number, "release", "released", why="printed")
            decide(opened, number, "consent", "publish", why="form 7")
        withdrawn = next(held.item for held in view_case(opened).items if held.item.name.endswith("statement.txt"))
        decide(opened, withdrawn.number, "consent", "none", why="called to withdraw")
        add_person(opened, WITNESS, ("Brecht",))
        hashes = [hashlib.sha256(opened.vault.open_original(held.item.id).read()).hexdigest() for held in view_case(opened).items]
        secrets = ["Brecht", "fabrication", *(sha256[:10] for sha256 in hashes)]

        def found(out: Path) -> list[str]:
            publish_public(opened, out)
            published = "\n".join(path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file())
            return [secret for secret in secrets if secret in published]

        assert found(tmp_path / "whole") == []
        monkeypatch.setattr(publishing_public, "look_again", lambda *_: None)
        break_it(monkeypatch)
        assert found(tmp_path / "broken")


@pytest.mark.skipif(not ReadParams().can_ocr, reason="tesseract is not installed: nobody reads the words of a picture")
def test_a_redaction_that_cannot_read_pictures_is_found_out(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was for a while: the child that draws might start no program, and said so in a warning that no test read."""
    photograph = Path(__file__).with_name("order.heic")
    assert CliRunner().invoke(verbs, ["add", str(case), str(photograph)]).exit_code == 0
    monkeypatch.setattr(redacting, "LIMITS", msgspec.structs.replace(redacting.LIMITS, programs=()))
    with open_case(case, write="redact") as opened:
        number = next(held.item.number for held in view_case(opened).items if held.item.name == photograph.name)
        with pytest.raises(UsageError, match="Not found"):
            redact(opened, number, Order(terms=(Target(WITNESS),)), tmp_path / "copy.png", why="x")


def not_looked_at(checks: Iterable[Check], subject: str) -> bool:
    """Whether a thing that could not be looked at is called that, and no pass."""
    verdicts = {check.verdict for check in checks if check.subject == subject}
    return Verdict.NOT_CHECKED in verdicts and Verdict.PASS not in verdicts


def passes_what_it_may_not_open(error: Exception) -> tuple[Verdict, str]:
    return (Verdict.PASS, "It is there.") if isinstance(error, PermissionError) else verdict_on(error)


def test_a_verify_that_passes_what_it_skipped_is_found_out(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subject, whole = min(case.glob("vault/??/*")).relative_to(case).as_posix(), verifying_vault.Counted.hash

    def refused(counted: verifying_vault.Counted, root: Path, name: str, *, blake3: bool = False) -> Digests:
        if name == subject:
            raise PermissionError(13, "Permission denied")
        return whole(counted, root, name, blake3=blake3)

    monkeypatch.setattr(verifying_vault.Counted, "hash", refused)
    assert not_looked_at(verify_case(case), subject)
    assert not_looked_at(verify_case(case), "members.db")
    assert not_looked_at(verify_case(case), "roll-back")
    monkeypatch.setattr(verifying_vault, "verdict_on", passes_what_it_may_not_open)
    assert not not_looked_at(verify_case(case), subject)
    monkeypatch.setattr(verifying, "check_roster", lambda *_, **__: Check("members.db", Verdict.PASS, "It is there."))
    assert not not_looked_at(verify_case(case), "members.db")
