"""A forger who holds the case folder, its signing key included, against a checkpoint kept elsewhere.

Each forgery is made as well as it can be: bodies, entries, heads, tiles and checkpoints are all written anew and signed with the case's key, so that
`verify` finds nothing wrong from inside.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from witnessmark.case.case import Case, create_case, open_case, rebuild_case
from witnessmark.case.checkpoint_page import page_of, parse_page
from witnessmark.case.checkpointing import add_cosignature, signed_checkpoint
from witnessmark.case.comparing_checkpoints import read_kept
from witnessmark.case.deciding import decide
from witnessmark.case.intake import Given, add
from witnessmark.case.keys import make_key, trusted_key
from witnessmark.case.verifying import verify_case
from witnessmark.errors import CaseError, CustodyError
from witnessmark.ledger.checkpoint import parse_checkpoint
from witnessmark.ledger.heads import write_heads
from witnessmark.ledger.log import Log
from witnessmark.ledger.notes import new_key
from witnessmark.ledger.records import Record
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.verdict import Check, Verdict

Pairs = list[tuple[Entry, Record]]
Forgery = Callable[[Pairs], Pairs]


def checkpoint_of(case: Path) -> str:
    with open_case(case, write="test") as opened:
        return signed_checkpoint(opened)


def decide_often(case: Path, *whys: str) -> None:
    with open_case(case, write="test") as opened:
        for why in whys:
            decide(opened, "C1", "status", "accepted", why=why)


def failures(case: Path, *kept: Path, trust: tuple[str, ...] = ()) -> list[Check]:
    outside = read_kept(kept, [trusted_key(key) for key in trust], None) if kept else None
    return [check for check in verify_case(case, outside=outside) if check.verdict is Verdict.FAIL]


def forge(case: Path, stream: Stream, change: Forgery) -> None:
    """Rewrite one log as if it had always been so, and whatever inside the folder could give that away."""
    custody = [pair for pair in Log(case, Stream.CUSTODY).entries_with_records() if pair[0].action != "checkpoint.made"]
    logs = {Stream.CUSTODY: custody, Stream.ANALYSIS: list(Log(case, Stream.ANALYSIS).entries_with_records())}
    logs[stream] = change(logs[stream])
    for gone in (*case.glob("ledger/*"), *case.glob("records/*"), *case.glob("case.db*")):
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    written = tuple(Log(case, of) for of in Stream)
    for log in written:
        log.append(renumbered(logs[log.stream]))
    write_heads(case, written)
    rebuild_case(case)
    checkpoint_of(case)


def renumbered(pairs: Pairs) -> Pairs:
    anew = [(entry, Record(record.body, record.salt, seq)) for seq, (entry, record) in enumerate(pairs)]
    return [(msgspec.structs.replace(e, seq=r.seq, commitment=r.commitment), r) for e, r in anew]


def truncated(pairs: Pairs) -> Pairs:
    return pairs[:-3]


def last_dropped(pairs: Pairs) -> Pairs:
    return pairs[:-1]


def edited(pairs: Pairs) -> Pairs:
    entry, record = pairs[-2]
    body = msgspec.Raw(bytes(record.body).replace(b"second", b"other!"))
    return [*pairs[:-2], (entry, Record(body, record.salt, record.seq)), pairs[-1]]


def backdated(pairs: Pairs) -> Pairs:
    return [(msgspec.structs.replace(pairs[0][0], at="2020-01-01T00:00:00Z"), pairs[0][1]), *pairs[1:]]


def reordered(pairs: Pairs) -> Pairs:
    return [*pairs[:-2], pairs[-1], pairs[-2]]


@pytest.fixture
def kept(case: Path, tmp_path: Path) -> Path:
    """A checkpoint kept outside, made after three decisions."""
    decide_often(case, "first", "second", "third")
    path = tmp_path / "kept.note"
    path.write_text(checkpoint_of(case), encoding="utf-8")
    return path


def test_an_untouched_case_agrees_with_every_checkpoint_ever_made(case: Path, tmp_path: Path) -> None:
    files = []
    for number in range(4):
        decide_often(case, f"decision {number}")
        files.append(tmp_path / f"{number}.note")
        files[-1].write_text(checkpoint_of(case), encoding="utf-8")
    decide_often(case, "after all of them")
    assert failures(case, *files) == []
    said = [c for c in verify_case(case, outside=read_kept(files, [], None)) if c.subject == "roll-back"]
    assert [check.verdict for check in said] == [Verdict.NOT_CHECKED]
    assert "1 of custody and 1 of analysis" in said[0].detail


@pytest.mark.parametrize(
    ("stream", "change", "named"),
    [
        (Stream.ANALYSIS, truncated, "Truncated or rolled back"),
        (Stream.ANALYSIS, last_dropped, "Truncated or rolled back"),
        (Stream.ANALYSIS, edited, "Rewritten or forked"),
        (Stream.ANALYSIS, reordered, "Rewritten or forked"),
        (Stream.ANALYSIS, backdated, "Rewritten or forked"),
        (Stream.CUSTODY, backdated, "Rewritten or forked"),
    ],
)
def test_a_perfect_forgery_passes_from_inside_and_is_exposed_by_a_checkpoint_kept_outside(
    case: Path, kept: Path, stream: Stream, change: Forgery, named: str
) -> None:
    forge(case, stream, change)
    assert failures(case) == []
    found = failures(case, kept)
    assert [check.subject for check in found] == [f"{kept} {stream}"]
    assert found[0].detail.startswith(named)


def test_a_case_put_back_to_an_earlier_state_is_exposed_in_both_logs(case: Path, tmp_path: Path) -> None:
    checkpoint_of(case)
    shutil.copytree(case, tmp_path / "earlier")
    decide_often(case, "afterwards")
    (tmp_path / "late.txt").write_text("It came in late.", encoding="utf-8")
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "late.txt"], Given())
    path = tmp_path / "kept.note"
    path.write_text(checkpoint_of(case), encoding="utf-8")
    shutil.rmtree(case)
    (tmp_path / "earlier").rename(case)
    assert failures(case) == []
    assert [check.subject for check in failures(case, path)] == [f"{path} custody", f"{path} analysis"]
    assert all("Truncated or rolled back" in check.detail for check in failures(case, path))


def test_one_log_put_back_alone_is_exposed_because_one_signature_covers_both(case: Path, kept: Path) -> None:
    forge(case, Stream.ANALYSIS, lambda pairs: pairs[:-3])
    decide_often(case, "one", "two", "three", "four")  # longer than the checkpoint again
    found = failures(case, kept)
    assert [check.subject for check in found] == [f"{kept} analysis"]
    assert "Rewritten or forked" in found[0].detail


def test_a_fork_is_exposed_and_an_older_checkpoint_says_from_where(case: Path, tmp_path: Path) -> None:
    older, newer = tmp_path / "older.note", tmp_path / "newer.note"
    older.write_text(checkpoint_of(case), encoding="utf-8")
    fork = tmp_path / "fork"
    shutil.copytree(case, fork)
    decide_often(case, "on the one branch")
    newer.write_text(checkpoint_of(case), encoding="utf-8")
    decide_often(fork, "on the other branch", "and further")
    checkpoint_of(fork)
    assert failures(fork) == []
    assert failures(fork, older) == []
    (analysis,) = failures(fork, older, newer)
    assert analysis.subject == f"{newer} analysis"
    assert "Rewritten or forked" in analysis.detail
    agreed = parse_checkpoint(older.read_bytes()).analysis.size
    assert f"Up to entry {agreed - 1} it agrees with an older checkpoint" in analysis.detail


def test_a_case_put_back_to_before_its_first_checkpoint_is_exposed(built_case: Path, case: Path, kept: Path) -> None:
    assert failures(case, kept) == []
    assert [check.subject for check in failures(built_case, kept)] == [str(kept), f"{kept} custody", f"{kept} analysis"]


def test_a_checkpoint_of_another_case_is_said_to_be_that(case: Path, kept: Path, tmp_path: Path) -> None:
    create_case(tmp_path / "other")
    checkpoint_of(tmp_path / "other")
    found = failures(tmp_path / "other", kept)
    assert found[0].subject == str(kept)
    assert "of another case" in found[0].detail


def test_without_a_checkpoint_it_is_said_that_rollback_cannot_be_seen_and_what_to_do(case: Path) -> None:
    (said,) = [check for check in verify_case(case) if check.subject == "roll-back"]
    assert said.verdict is Verdict.NOT_CHECKED
    assert "witnessmark checkpoint" in said.detail
    assert "--against" in said.detail


def verdicts(case: Path, kept: Path, *trust: str) -> list[tuple[Verdict, str]]:
    outside = read_kept([kept], [trusted_key(key) for key in trust], None)
    return [(check.verdict, check.detail) for check in verify_case(case, outside=outside) if check.subject == f"{kept} signature"]


def test_a_signature_counts_only_where_its_key_is_trusted(case: Path, kept: Path, tmp_path: Path) -> None:
    mine, other = tmp_path / "my.key", tmp_path / "other.key"
    make_key(mine)
    make_key(other)
    kept.write_text(add_cosignature(kept.read_text(encoding="utf-8"), mine, at=1_795_939_200), encoding="utf-8")
    assert [verdict for verdict, _ in verdicts(case, kept)] == [Verdict.NOT_CHECKED]
    ((verdict, detail),) = verdicts(case, kept, str(mine))
    assert verdict is Verdict.PASS
    assert "2026-11-29" in detail
    assert [verdict for verdict, _ in verdicts(case, kept, str(other))] == [Verdict.FAIL]


def test_a_forged_checkpoint_fails_where_it_is_known_who_has_to_have_signed(case: Path, kept: Path, tmp_path: Path) -> None:
    """A forger without the second person's key can make the heads agree, and cannot make that signature."""
    mine = tmp_path / "my.key"
    make_key(mine)
    forge(case, Stream.ANALYSIS, edited)
    kept.write_text(checkpoint_of(case), encoding="utf-8")
    assert failures(case, kept) == []
    assert [check.subject for check in failures(case, kept, trust=(str(mine),))] == [f"{kept} signature"]


def test_a_signature_moved_from_another_checkpoint_fails(case: Path, kept: Path, tmp_path: Path) -> None:
    before = parse_checkpoint(kept.read_bytes())
    decide_often(case, "more")
    after = parse_checkpoint(checkpoint_of(case).encode())
    kept.write_text(msgspec.structs.replace(after, signatures=before.signatures).form, encoding="utf-8")
    assert [check.subject for check in failures(case, kept)] == [f"{kept} signature"]


def test_a_signature_of_an_unknown_key_proves_nothing_and_spoils_nothing(case: Path, kept: Path) -> None:
    checkpoint = parse_checkpoint(kept.read_bytes())
    kept.write_text(checkpoint.with_signature(new_key("w-ffff").cosign(checkpoint.text, 0)).form, encoding="utf-8")
    assert failures(case, kept) == []


def test_a_printed_page_typed_in_again_exposes_the_same(case: Path, kept: Path, tmp_path: Path) -> None:
    typed = tmp_path / "typed.txt"
    page = page_of(parse_checkpoint(kept.read_bytes()))
    typed.write_text(page.upper().replace("    ", " "), encoding="utf-8")
    assert failures(case, typed) == []
    forge(case, Stream.ANALYSIS, edited)
    assert [check.subject for check in failures(case, typed)] == [f"{typed} analysis"]


def test_a_slip_in_typing_a_page_is_named_and_never_taken_for_a_forgery(kept: Path) -> None:
    checkpoint = parse_checkpoint(kept.read_bytes())
    page = page_of(checkpoint)
    assert parse_page(page.encode()) == msgspec.structs.replace(checkpoint, signatures=())
    head = checkpoint.custody.root[:4]
    with pytest.raises(CustodyError, match="mistyped"):
        parse_page(page.replace(head, head[::-1] if head != head[::-1] else "0f1e").encode())
    with pytest.raises(CustodyError, match="no line that begins with 'analysis'"):
        parse_page(page.replace("analysis ", "analyses ").encode())


def test_any_flipped_bit_of_a_kept_checkpoint_is_found(case: Path, kept: Path, tmp_path: Path) -> None:
    """One bit of every byte, judged by the same comparison over a case that is checked once."""
    good = kept.read_bytes()
    spoiled = tmp_path / "spoiled.note"
    with open_case(case) as opened:
        for position in range(len(good)):
            spoiled.write_bytes(good[:position] + bytes([good[position] ^ 1 << position % 8]) + good[position + 1 :])
            assert _is_found(opened, spoiled), position


def _is_found(case: Case, spoiled: Path) -> bool:
    """Whether reading or comparing finds the fault; the whole of `verify` for each bit would take minutes."""
    from witnessmark.case.comparing_checkpoints import compare
    from witnessmark.case.verifying_deeds import Recorded
    from witnessmark.ledger.survey import Survey
    from witnessmark.model.deed import SigningBegan

    try:
        outside = read_kept([spoiled], [], None)
    except (CustodyError, CaseError):
        return True
    recorded, surveys = Recorded(), {}
    for stream, log in case.logs.items():
        pairs = list(log.entries_with_records())
        surveys[stream] = Survey(stream, leaves=[_leaf(line) for line in log.lines()])
        recorded.signing += [msgspec.json.decode(r.body, type=SigningBegan) for e, r in pairs if e.action == "signing.began"]
    return any(check.verdict is Verdict.FAIL for check in compare(outside, recorded, surveys))


def _leaf(line: bytes) -> bytes:
    from witnessmark.ledger.merkle import leaf_hash

    return leaf_hash(line)
