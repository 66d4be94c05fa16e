"""The places of a vault: `3f/9c0e...`, where originals lie for good once they are witnessed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from witnessmark.durable import can_sync_whole, sync_folder, sync_whole
from witnessmark.preserve.hashing import hash_file
from witnessmark.preserve.incoming import Incoming

MANY_FOLDERS = 64
"""Folders from which one call for the whole file system is quicker than one for each."""


class Places:
    """All places below the folder of a vault."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made until something is placed."""
        self.folder = folder
        self._prefix = f"{folder}{os.sep}"  # a Path made for each of thousands of files costs more than asking the system about it
        self._touched: set[Path] = set()

    def path(self, address: str) -> Path:
        """The place of this address: a folder for its first two digits, a file for the rest."""
        return self.folder / address[:2] / address[2:]

    def is_whole(self, address: str) -> bool:
        """Whether the bytes in this place are those it is named for; reads them to be sure."""
        place = f"{self._prefix}{address[:2]}{os.sep}{address[2:]}"
        try:
            return stat.S_ISREG(os.lstat(place).st_mode) and hash_file(Path(place)) == address
        except (FileNotFoundError, NotADirectoryError):
            return False

    def take(self, addresses: Iterable[str], incoming: Incoming) -> None:
        """Move witnessed files from `incoming` to their places. Raises OSError."""
        ready = {folder.name for folder in self._touched}
        for address in addresses:
            if address[:2] not in ready:
                folder = self.folder / address[:2]
                folder.mkdir(exist_ok=True)
                self._touched.add(folder)
                ready.add(address[:2])
            self._take_one(address, f"{self._prefix}{address[:2]}{os.sep}{address[2:]}", incoming)

    def sync(self) -> None:
        """Make the moves so far durable, each folder once. Raises OSError.

        Nothing that was acknowledged rests on it: until then a power cut leaves a file in `incoming`, from where it is moved again.
        """
        if len(self._touched) >= MANY_FOLDERS and can_sync_whole():
            sync_whole(self.folder)
        else:
            for folder in self._touched:
                sync_folder(folder)
            if self._touched:
                sync_folder(self.folder)
        self._touched.clear()

    def _take_one(self, address: str, place: str, incoming: Incoming) -> None:
        staged = incoming.name_of(address)
        if os.path.lexists(place):
            if not incoming.path(address).exists():
                return
            if self.is_whole(address):
                incoming.drop(address)
                return
            self.set_aside(Path(place))
        os.replace(staged, place)  # noqa: PTH105 -- for each of thousands of files

    def set_aside(self, place: Path) -> None:
        """Move what is not the original out of its place, beside it, where `verify` shows it until somebody has looked."""
        number = 1
        while (aside := place.with_name(f"{place.name}.altered-{number}")).exists():
            number += 1
        place.replace(aside)
