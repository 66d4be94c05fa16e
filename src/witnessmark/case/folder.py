"""The case folder: which file is where, and `case.toml`, the only configuration there is.

An unknown key is an error with a suggestion: a misspelt setting that is silently ignored would be believed.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from witnessmark.case.telling import typed
from witnessmark.durable import destroy_file, write_durably
from witnessmark.errors import CaseError

FORMAT_VERSION = 3
"""The format of a case folder (docs/internals/formats.md). Raised only together with its upgrading and a frozen case of the format before."""

_ID = re.compile(r"[0-9a-f]{32}")
_FORMAT_LINE = re.compile(r"^(\s*format_version\s*=\s*)\d+", re.MULTILINE)


class CaseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in `case.toml`. An encrypted case has no title here (that is in its records) and a random `id`, a plain one a title and no `id`.

    `second_reader` asks that two people call a claim read correctly before it may be published.
    """

    format_version: int
    title: str = ""
    language: str = "en"
    encrypted: bool = False
    id: str = ""
    second_reader: bool = False


class CaseFolder:
    """Paths inside one case."""

    def __init__(self, root: Path) -> None:
        """`root` need not exist yet."""
        self.root = root
        self.settings_file = root / "case.toml"
        self.vault = root / "vault"
        self.database = root / "case.db"
        self.roster = root / "members.db"
        self.lock = root / "write.lock"
        self.dossier = root / "dossier"
        self.keys = root / "keys"

    def lay_out(self, title: str, *, encrypted_as: str | None = None) -> None:
        """Make the folders and `case.toml`; only this user may look inside. `encrypted_as` is the id of a case to be encrypted. Raises OSError."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        self.root.mkdir(mode=0o700)
        for folder in (self.vault, self.root / "ledger", self.root / "records", self.dossier):
            folder.mkdir()
        about = f"title = {_toml_string(title)}" if encrypted_as is None else f'encrypted = true\nid = "{encrypted_as}"'
        write_durably(self.settings_file, f"format_version = {FORMAT_VERSION}\n{about}\n".encode())

    def settings(self) -> CaseFile:
        """Read `case.toml`. Raises CaseError where this is no case, a newer one, or a key is unknown."""
        try:
            content = tomllib.loads(self.settings_file.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise CaseError(
                f"{self.root} is not a case (it has no case.toml). Make one with `witnessmark new {typed(self.root)}`."
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CaseError(f"{self.settings_file} cannot be read: {error}.") from error
        _refuse_unknown_keys(self.settings_file, content)
        try:
            settings = msgspec.convert(content, CaseFile)
        except msgspec.ValidationError as error:
            raise CaseError(f"{self.settings_file} does not fit: {error}.") from error
        _refuse_unfit(self.settings_file, settings)
        if settings.format_version > FORMAT_VERSION:
            raise CaseError(
                f"{self.root} was written in format {settings.format_version}; this program knows {FORMAT_VERSION}. Install a newer witnessmark to open it."
            )
        return settings

    def current_settings(self) -> CaseFile:
        """The settings of a case that this program may work on. Raises CaseError where it has to be upgraded first."""
        settings = self.settings()
        if settings.format_version < FORMAT_VERSION:
            case = typed(self.root)
            raise CaseError(
                f"{self.root} was written in format {settings.format_version}; this program writes {FORMAT_VERSION}. "
                f"Run `witnessmark upgrade {case}`; make a backup first with `witnessmark backup {case} OUT`."
            )
        return settings

    def destroy_database(self) -> None:
        """Overwrite and remove `case.db` and what SQLite keeps beside it. Raises OSError."""
        for path in (self.database, *self.root.glob(self.database.name + "-*")):
            destroy_file(path)

    def drop_database(self) -> None:
        """Remove `case.db` and what SQLite keeps beside it; it holds nothing that the records do not. Raises OSError."""
        for path in (self.database, *self.root.glob(self.database.name + "-*")):
            path.unlink(missing_ok=True)

    def state_format(self, version: int) -> None:
        """Set the format in `case.toml` and leave all else in it as it is. Raises CaseError where that line is not found, OSError."""
        before = self.settings_file.read_text(encoding="utf-8")
        text, found = _FORMAT_LINE.subn(rf"\g<1>{version}", before)
        if found != 1 or tomllib.loads(text) != tomllib.loads(before) | {"format_version": version}:
            raise CaseError(f"{self.settings_file} has no line of its own for format_version. Set it to {version} by hand.")
        write_durably(self.settings_file, text.encode())


CASE_FILE = "case.toml"


def refuse_occupied(root: Path) -> None:
    """Raise CaseError unless a new case can be made at `root`: nothing is there, or an empty folder, and no case around it."""
    around = next((parent for parent in root.resolve().parents if (parent / CASE_FILE).exists() and (parent / "ledger").is_dir()), None)
    if around is not None:
        raise CaseError(f"{root} lies inside the case {around}. Choose a folder outside it.")
    if (root / CASE_FILE).exists():
        raise CaseError(f"{root} is a case already. Add to it with `witnessmark add {typed(root)} PATH`, or choose another folder.")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise CaseError(f"{root} exists and is not empty. Choose a folder that does not exist yet.")


def _refuse_unknown_keys(path: Path, content: dict[str, Any]) -> None:
    known = [field.name for field in msgspec.structs.fields(CaseFile)]
    for key in content:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            raise CaseError(
                f"{path} has an unknown key {key!r}." + (f" Did you mean {near[0]!r}?" if near else f" Known keys: {', '.join(known)}.")
            )


def _refuse_unfit(path: Path, settings: CaseFile) -> None:
    if settings.encrypted and (settings.title or not _ID.fullmatch(settings.id)):
        raise CaseError(f"{path} does not fit: an encrypted case has an id of 32 hex digits and no title.")
    if not settings.encrypted and (settings.id or not settings.title):
        raise CaseError(f"{path} does not fit: a case that is not encrypted has a title and no id.")


def _toml_string(value: str) -> str:
    """A TOML basic string is a JSON string but for DEL, which JSON leaves as it is."""
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
