"""A system that lacks a safeguard: simulated by a filter around the whole program that refuses it, as an older kernel or a container would."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from witnessmark.engines.landlock import landlock_version

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these to take away"),
    pytest.mark.skipif(landlock_version() < 6, reason="this kernel lacks some of it already"),
]

NO_NAMESPACES = 'Rule("unshare"), Rule("clone", argument=0, bits=0x7E020080)'
NO_LANDLOCK = 'Rule("landlock_create_ruleset", errno.ENOSYS)'
NO_FILTER = 'Rule("seccomp", errno.EINVAL)'
NO_MOUNTS = 'Rule("mount")'
NO_HANDING_OVER = 'Rule("memfd_create", errno.ENOSYS)'


def read_without(tmp_path: Path, *rules: str) -> tuple[str, str, dict[str, str]]:
    """The text read, the sentences on what is not enforced, and how far a decoder that was taken over got; all on the system without."""
    original, secret = tmp_path / "a.txt", tmp_path / "secret"
    original.write_text("Korrin, words of a witness.", encoding="utf-8")
    secret.write_text("private key", encoding="utf-8")
    program = f"""
        import errno, json, pathlib, socket, sys
        from witnessmark.engines.seccomp import Rule, refuse_calls
        listener = socket.create_server(("127.0.0.1", 0))
        assert refuse_calls([{", ".join(rules)}]) is None
        from witnessmark.engines.child import ChildError, LimitedChild
        from witnessmark.read import ReadParams, ReadRequest, run, safeguards
        (result,) = run([ReadRequest("0" * 64, pathlib.Path({str(original)!r}), "a.txt", "text/plain")], ReadParams(), workers=1)
        tried = {{}}
        with LimitedChild("hostile_targets:act", modules=({str(Path(__file__).parent)!r},)) as child:
            for call in ("connect 127.0.0.1:" + str(listener.getsockname()[1]), "read {secret}", "write {tmp_path}/new", "ring"):
                try:
                    tried[call.split()[0]] = child.call(call.encode()).decode()
                except ChildError as error:
                    tried[call.split()[0]] = "refused"
        print(json.dumps([result.document.text, " ".join(safeguards().not_enforced), tried]))
    """
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.append({here!r})\n{textwrap.dedent(program)}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text, lacking, tried = json.loads(done.stdout)
    return text, lacking, tried


def test_with_nothing_taken_away_each_attempt_is_refused(tmp_path: Path) -> None:
    text, _, tried = read_without(tmp_path)
    assert text == "Korrin, words of a witness."
    assert set(tried.values()) == {"refused"}


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ((NO_NAMESPACES,), "no empty network of their own"),
        ((NO_FILTER,), "system calls of decoders are not filtered"),
        ((NO_MOUNTS,), "refused a folder in memory"),
        ((NO_LANDLOCK,), "not kept from reading the other files"),
        ((NO_LANDLOCK, NO_NAMESPACES, NO_FILTER), "not kept from the network"),
    ],
)
def test_what_a_system_lacks_is_said_and_files_are_read_all_the_same(tmp_path: Path, rules: tuple[str, ...], words: str) -> None:
    text, lacking, _ = read_without(tmp_path, *rules)
    assert text == "Korrin, words of a witness."
    assert words in lacking


@pytest.mark.parametrize("rules", [(NO_NAMESPACES,), (NO_FILTER,)])
def test_either_of_the_two_ways_keeps_a_decoder_from_the_network(tmp_path: Path, rules: tuple[str, ...]) -> None:
    assert read_without(tmp_path, *rules)[2]["connect"] == "refused"


def test_without_either_a_decoder_gets_through_so_that_the_canary_can_hear(tmp_path: Path) -> None:
    """Else its silence elsewhere would prove nothing."""
    tried = read_without(tmp_path, NO_NAMESPACES, NO_FILTER, NO_LANDLOCK)[2]
    assert tried["connect"] == "connected"
    assert tried["read"] == b"private key".hex()
    assert tried["write"] == "written"


def test_where_no_memory_can_be_handed_over_a_child_of_its_own_reads_the_file(tmp_path: Path) -> None:
    text, _, tried = read_without(tmp_path, NO_HANDING_OVER)
    assert text == "Korrin, words of a witness."
    assert tried["read"] == "refused"
