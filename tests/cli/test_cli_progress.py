"""Progress: a bar on a terminal, lines in a pipe, nothing on standard output, nothing of what is quick."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.case.telling import BYTES, Standing, amount, told
from witnessmark.cli.progress import duration, worded

WORK = textwrap.dedent(
    """
    import sys, time
    from witnessmark.case.telling import Standing
    from witnessmark.cli.options import progress
    seconds, what = float(sys.argv[1]), sys.argv[2]
    with progress() as tell:
        steps = max(1, int(seconds * 50))
        for done in range(steps):
            tell(Standing(what, done, steps) if what != "words" else "Thinking about \\x1b[2J it")
            time.sleep(seconds / steps)
    print("the result")
    """
)


def in_a_pipe(seconds: float, what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", WORK, str(seconds), what], capture_output=True, text=True, check=True)


def on_a_terminal(seconds: float, what: str, *, columns: int = 80, term: str = "xterm") -> str:
    """What a terminal is sent, standard output and error alike."""
    import fcntl
    import os
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}} | {"TERM": term}
    with subprocess.Popen(
        [sys.executable, "-c", WORK, str(seconds), what], stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as work:
        os.close(slave)
        sent = b""
        while True:
            try:
                block = os.read(master, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not block:
                break
            sent += block
        work.wait()
    os.close(master)
    return sent.decode()


def test_quick_work_shows_nothing() -> None:
    done = in_a_pipe(0.05, "items read")
    assert (done.stdout, done.stderr) == ("the result\n", "")


def test_a_pipe_gets_plain_lines_on_standard_error_alone() -> None:
    done = in_a_pipe(1.8, "items read")
    assert done.stdout == "the result\n"
    lines = done.stderr.splitlines()
    assert lines
    assert all(re.match(r"\d+ of 90 items read", line) for line in lines)
    assert "\r" not in done.stderr


def test_foreign_text_never_reaches_the_terminal_raw() -> None:
    assert in_a_pipe(1.3, "words").stderr.startswith("Thinking about �[2J it (")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_terminal_gets_a_bar_that_is_gone_before_the_result() -> None:
    sent = on_a_terminal(2.0, "items read")
    assert "\x1b" not in sent
    drawn = [frame for frame in re.split(r"[\r\n]+", sent) if frame.strip()]
    assert re.fullmatch(r"\[#+\.*\] \d+ of 100 items read.*", drawn[0])
    assert drawn[-1] == "the result"
    assert re.search(r"\r +\rthe result", sent)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_bar_is_never_wider_than_the_terminal() -> None:
    sent = on_a_terminal(1.6, "items read and weighed and looked at from every side", columns=40)
    assert max(len(frame) for frame in re.split(r"[\r\n]+", sent)) < 40


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_terminal_that_cannot_go_back_gets_lines() -> None:
    sent = on_a_terminal(1.6, "items read", term="dumb")
    assert re.match(r"\d+ of 80 items read\r\n", sent)


def test_a_bar_says_how_much_how_fast_and_how_long_still() -> None:
    assert worded(Standing("items read", 250, 1000), 10, room=79) == "[######..................] 250 of 1,000 items read, 25/s, 30 s left"
    assert worded(Standing("copied", 1_500_000, 3_000_000, unit=BYTES), 3) == "1.5 MB of 3.0 MB copied, 500.0 kB/s, 3 s left"
    assert worded(Standing("items read", 1000, 1000), 10, room=79).endswith("] 1,000 of 1,000 items read, 100/s")
    assert worded(Standing("lines made", 12), 4, room=79) == "12 lines made (4 s so far)"
    assert worded("Grouping claims", 75, room=79) == "Grouping claims (1 min 15 s so far)"


def test_a_bar_gives_way_to_what_it_stands_for() -> None:
    standing = Standing("files of the dossier written", 500, 1000)
    whole = "500 of 1,000 files of the dossier written, 50/s, 10 s left"
    assert worded(standing, 10, room=79) == f"[{'#' * 9}{'.' * 9}] {whole}"
    assert worded(standing, 10, room=60) == whole


def test_a_rate_is_not_guessed_from_a_moment() -> None:
    assert worded(Standing("items read", 1, 1000), 0.1) == "1 of 1,000 items read"


@given(
    done=st.integers(0, 10**15),
    total=st.one_of(st.none(), st.integers(0, 10**15)),
    seconds=st.floats(0, 10**7),
    unit=st.sampled_from(["", BYTES]),
)
def test_any_numbers_make_one_line(done: int, total: int | None, seconds: float, unit: str) -> None:
    standing = Standing("done", done, total, unit=unit)
    line = worded(standing, seconds, room=79)
    assert "\n" not in line
    assert str(standing) in line


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (4_718_592_000, "4.7 GB"), (2e15, "2,000.0 TB")]
)
def test_bytes_are_shown_as_people_read_them(number: float, words: str) -> None:
    assert amount(number, BYTES) == words


def test_lengths_of_time_are_said_as_people_say_them() -> None:
    assert [duration(seconds) for seconds in (0.4, 59, 60, 3599, 7500)] == ["0 s", "59 s", "1 min 0 s", "59 min 59 s", "2 h 5 min"]


def test_results_are_handed_on_as_they_come_each_of_them_told() -> None:
    heard: list[str] = []
    assert list(told(iter("abc"), "letters read", 3, heard.append)) == ["a", "b", "c"]
    assert heard == ["1 of 3 letters read", "2 of 3 letters read", "3 of 3 letters read"]
