"""The commands in the docs work: each page's console blocks are run in order, in a folder that holds only the examples.

In a block fenced as `console` or `bash`, a line that starts with `$ ` is a command and `> ` continues it. Lines below it are the
output a reader should see, where `...` stands for anything left out. A command is expected to exit with 0, or with N where it ends in
`# exits with N`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]

NOT_RUN = {
    "scripts/setup": "installs from the package index; every CI run starts with it",
    "scripts/demo": "sets up and runs `witnessmark demo`; CI runs it as it stands",
    "scripts/test": "runs this very test",
}
"""Commands that CI runs itself, each with its reason."""

_BLOCK = re.compile(r"^```(?:console|bash)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exits with (\d+)$")


@dataclass
class Command:
    """One command of a page, the exit code it is said to end with, and the output shown below it."""

    text: str
    exit_code: int = 0
    shown: list[str] = field(default_factory=list)


def commands_of(page: str) -> list[Command]:
    """The commands of a page in the order a reader meets them."""
    commands: list[Command] = []
    for block in _BLOCK.findall(page):
        for line in block.splitlines():
            if line.startswith("$ "):
                stated = _EXIT.search(line)
                commands.append(Command(_EXIT.sub("", line[2:]), int(stated.group(1)) if stated else 0))
            elif line.startswith(">") and not commands[-1].shown:
                commands[-1].text += "\n" + line.removeprefix(">").removeprefix(" ")
            elif line.strip():
                commands[-1].shown.append(line)
    return commands


def matches(shown: list[str], output: str) -> bool:
    """Whether the output is what is shown: `...` inside a line stands for any characters, on a line of its own for any lines."""
    if not shown:
        return True
    pattern = ""
    for line in shown:
        pattern += "(?:.*\n)*" if line.strip() == "..." else "[^\n]*".join(re.escape(part) for part in line.split("...")) + "\n"
    return re.fullmatch(pattern, output.rstrip("\n") + "\n") is not None


PAGES_WITH_COMMANDS = [page for page in PAGES if any(c.text not in NOT_RUN for c in commands_of(page.read_text(encoding="utf-8")))]


@pytest.mark.skipif(shutil.which("bash") is None, reason="the pages are written for a POSIX shell")
@pytest.mark.parametrize("page", PAGES_WITH_COMMANDS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_commands_of_a_page_work_in_the_order_they_stand(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = os.environ | {"PATH": sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"], "PYTHONUTF8": "1"}
    for command in commands_of(page.read_text(encoding="utf-8")):
        if command.text in NOT_RUN:
            continue
        done = subprocess.run(
            ["bash", "-c", command.text], cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        said = f"$ {command.text}\n{done.stdout}\n{done.stderr}"
        assert done.returncode == command.exit_code, said
        assert matches(command.shown, done.stdout), said


def test_only_commands_that_a_page_shows_are_left_out() -> None:
    shown = {command.text for page in PAGES for command in commands_of(page.read_text(encoding="utf-8"))}
    assert set(NOT_RUN) <= shown


def test_shown_output_is_all_of_it_but_for_the_dots() -> None:
    output = "read 7 items\n1 could not be read\ndone\n"
    assert matches([], output)
    assert matches(["read ... items", "...", "done"], output)
    assert matches(["...", "read 7 items", "1 could not be read", "done", "..."], output)
    assert not matches(["read ... items", "done"], output)
    assert not matches(["...", "1 could not be read"], output)
    assert not matches(["read ... claims", "..."], output)


def test_a_command_carries_its_continuation_its_exit_code_and_its_output() -> None:
    page = "```console\n$ cat <<'END'\n> a\n>\n> b\n> END\na\n$ false  # exits with 1\n```\n"
    cat, failing = commands_of(page)
    assert (cat.text, cat.shown) == ("cat <<'END'\na\n\nb\nEND", ["a"])
    assert (failing.text, failing.exit_code) == ("false", 1)
