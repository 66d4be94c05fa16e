"""The places of a vault: `3f/9c0e...`, where originals lie for good once they are witnessed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from witnessmark.durable import sync_folder
from witnessmark.preserve.hashing import hash_file
from witnessmark.preserve.incoming import READ_ONLY, Incoming


class Places:
    """All places below the folder of a vault."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made until something is placed."""
        self.folder = folder
        self._touched: set[Path] = set()

    def path(self, address: str) -> Path:
        """The place of this address: a folder for its first two digits, a file for the rest."""
        return self.folder / address[:2] / address[2:]

    def is_whole(self, address: str) -> bool:
        """Whether the bytes in this place are those it is named for; reads them to be sure."""
        place = self.path(address)
        try:
            return stat.S_ISREG(place.lstat().st_mode) and hash_file(place) == address
        except (FileNotFoundError, NotADirectoryError):
            return False

    def take(self, addresses: Iterable[str], incoming: Incoming) -> None:
        """Move witnessed files from `incoming` to their places. Raises OSError."""
        for address in addresses:
            place = self.path(address)
            if place.parent not in self._touched:
                place.parent.mkdir(exist_ok=True)
                self._touched.add(place.parent)
            self._take_one(address, place, incoming)

    def sync(self) -> None:
        """Make the moves so far durable, each folder once. Raises OSError.

        Nothing that was acknowledged rests on it: until then a power cut leaves a file in `incoming`, from where it is moved again.
        """
        for folder in self._touched:
            sync_folder(folder)
        if self._touched:
            sync_folder(self.folder)
        self._touched.clear()

    def _take_one(self, address: str, place: Path, incoming: Incoming) -> None:
        staged = incoming.path(address)
        if os.path.lexists(place):
            if not staged.exists():
                return
            if self.is_whole(address):
                incoming.drop(address)
                return
            self.set_aside(place)
        staged.replace(place)
        mode = stat.S_IMODE(place.lstat().st_mode)
        if mode & ~READ_ONLY:  # left in `incoming` by an older version
            place.chmod(mode & READ_ONLY)

    def set_aside(self, place: Path) -> None:
        """Move what is not the original out of its place, beside it, where `verify` shows it until somebody has looked."""
        number = 1
        while (aside := place.with_name(f"{place.name}.altered-{number}")).exists():
            number += 1
        place.replace(aside)
