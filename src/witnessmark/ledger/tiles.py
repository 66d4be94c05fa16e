"""Tiles: the hashes of a log as static files, from which anybody can compute any proof without reading the log.

A tile holds up to 256 hashes of 32 bytes, one after another: at level 0 the leaf hashes, at each level above the hash over one full tile
below. The last tile of a level may be narrower. An entry bundle holds the entries of one tile of level 0, each behind its length in two
bytes. Names and bytes are those of https://c2sp.org/tlog-tiles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from witnessmark.durable import write_durably
from witnessmark.errors import CustodyError
from witnessmark.ledger.log import Log
from witnessmark.ledger.merkle import leaf_hash, node_hash
from witnessmark.ledger.proofs import Perfect, Tree
from witnessmark.model.entry import Stream

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH_BYTES = 32
TILES = "tile"
"""Tiles lie in a folder of this name below that of their log."""

_NAME = re.compile(rf"{TILES}/(0|[1-9][0-9]?)/((?:x[0-9]{{3}}/){{0,5}}[0-9]{{3}})(?:\.p/([1-9][0-9]{{0,2}}))?")
_BUNDLES = "entries"
_LENGTH_BYTES = 2


class Tile(msgspec.Struct, frozen=True):
    """Number `number` of a level, holding `width` hashes, 256 where it is full."""

    level: int
    number: int
    width: int

    @property
    def name(self) -> str:
        """Where the tile lies, such as `tile/0/x001/234.p/17`."""
        return f"{TILES}/{self.level}/{self._place}"

    @property
    def bundle(self) -> str:
        """Where the entries of a tile of level 0 lie."""
        return f"{TILES}/{_BUNDLES}/{self._place}"

    @property
    def _place(self) -> str:
        digits = str(self.number)
        groups = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [groups[at : at + 3] for at in range(0, len(groups), 3)]
        return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]]) + (f".p/{self.width}" if self.width < WIDTH else "")


def tile_named(name: str) -> Tile | None:
    """The tile that a file of this name would be, None where that is no name of one."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    tile = Tile(int(match[1]), int(match[2].replace("x", "").replace("/", "")), int(match[3] or WIDTH))
    return tile if tile.name == name and tile.width <= WIDTH else None


def tiles_of(size: int) -> Iterator[Tile]:
    """The tiles of a log of `size` entries, level by level."""
    level, hashes = 0, size
    while hashes:
        full, rest = divmod(hashes, WIDTH)
        yield from (Tile(level, number, WIDTH) for number in range(full))
        if rest:
            yield Tile(level, full, rest)
        level, hashes = level + 1, full


def tile_content(perfect: Perfect, tile: Tile) -> bytes:
    """The bytes of a tile."""
    first = tile.number * WIDTH
    return b"".join(perfect(tile.level * HEIGHT, number) for number in range(first, first + tile.width))


def perfect_from_tiles(read: Callable[[Tile], bytes], size: int) -> Perfect:
    """The perfect subtrees of a log of `size` entries from its tiles, for the functions of `proofs`.

    Raises CustodyError where `read` gives a tile of another length than it must have.
    """
    widths = _widths(size)

    def perfect(height: int, number: int) -> bytes:
        level, rest = divmod(height, HEIGHT)
        first = number << rest
        place, offset = divmod(first, WIDTH)
        full, last = divmod(widths[level], WIDTH)
        tile = Tile(level, place, WIDTH if place < full else last)
        content = read(tile)
        if len(content) != tile.width * HASH_BYTES:
            raise CustodyError(f"The tile {tile.name} has {len(content)} bytes; it must have {tile.width * HASH_BYTES}.")
        hashes = [content[at * HASH_BYTES : (at + 1) * HASH_BYTES] for at in range(offset, offset + (1 << rest))]
        while len(hashes) > 1:
            hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
        return hashes[0]

    return perfect


def _widths(size: int) -> list[int]:
    """How many hashes each level of a log of `size` entries has."""
    widths = [size]
    while widths[-1] >= WIDTH:
        widths.append(widths[-1] // WIDTH)
    return widths


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """The entries of one tile, each behind its length."""
    return b"".join(len(entry).to_bytes(_LENGTH_BYTES, "big") + entry for entry in entries)


def entries_of_bundle(content: bytes) -> Iterator[bytes]:
    """The entries in a bundle. Raises CustodyError where it is cut off."""
    at = 0
    while at < len(content):
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(content[at:start], "big")
        if start > len(content) or at > len(content):
            raise CustodyError("The entry bundle is cut off.")
        yield content[start:at]


def write_tiles(case: Path, out: Path, stream: Stream, size: int, *, with_entries: bool = True) -> list[str]:
    """Write the tiles of the first `size` entries of a case's log below `out`, with entry bundles for who has no log; the names written, relative to `out`.

    A file that is there already as it must be is left alone. Raises CustodyError where the log is shorter, OSError.
    """
    lines = list(islice(Log(case, stream).lines(), size))
    if len(lines) < size:
        raise CustodyError(f"The {stream} log holds {len(lines)} entries; tiles of {size} cannot be made of it.")
    tree = Tree([leaf_hash(line) for line in lines])
    names: list[str] = []
    for tile in tiles_of(size):
        names.append(_write(out, tile.name, tile_content(tree.perfect, tile)))
        if with_entries and tile.level == 0:
            first = tile.number * WIDTH
            names.append(_write(out, tile.bundle, entry_bundle(lines[first : first + tile.width])))
    return names


def _write(out: Path, name: str, content: bytes) -> str:
    path = out / name
    if not (path.is_file() and path.read_bytes() == content):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, content)
    return name
