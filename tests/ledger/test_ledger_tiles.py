from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from witnessmark.errors import CustodyError
from witnessmark.ledger.log import Log
from witnessmark.ledger.merkle import leaf_hash
from witnessmark.ledger.proofs import Tree, prove_consistency, prove_inclusion, root_of, verify_consistency, verify_inclusion
from witnessmark.ledger.tiles import Tile, entries_of_bundle, perfect_from_tiles, tile_content, tiles_of, write_tiles
from witnessmark.model.entry import Stream

LEAVES = [leaf_hash(str(n).encode()) for n in range(66_000)]
TREE = Tree(LEAVES)


def test_tiles_have_the_names_the_specification_gives_as_examples() -> None:
    assert Tile(0, 1234067, 256).name == "tile/0/x001/x234/067"
    assert Tile(2, 0, 1).name == "tile/2/000.p/1"
    assert Tile(0, 273, 112).bundle == "tile/entries/273.p/112"
    assert Tile(0, 999, 256).name == "tile/0/999"
    assert Tile(0, 1000, 256).name == "tile/0/x001/000"


def test_a_log_of_70_000_has_the_tiles_the_specification_counts() -> None:
    tiles = list(tiles_of(70_000))
    assert [tile for tile in tiles if tile.width < 256] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert sum(tile.level == 0 for tile in tiles) == 274
    assert sum(tile.level == 1 for tile in tiles) == 2
    assert list(tiles_of(256)) == [Tile(0, 0, 256), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 700, 65_536, 65_537, 66_000])
def test_proofs_computed_from_tiles_are_those_of_the_whole_log(size: int) -> None:
    tree = Tree(LEAVES[:size])

    @cache
    def read(tile: Tile) -> bytes:
        assert tile in set(tiles_of(size))
        return tile_content(tree.perfect, tile)

    perfect = perfect_from_tiles(read, size)
    root = root_of(TREE.perfect, size)
    assert root_of(perfect, size) == root
    for index in {0, size // 3, size // 2, size - 1}:
        proof = prove_inclusion(perfect, index, size)
        assert verify_inclusion(LEAVES[index], index, size, proof, root)
    for first in {1, size // 3, size // 2, size - 1} - {0}:
        assert verify_consistency(first, size, prove_consistency(perfect, first, size), root_of(TREE.perfect, first), root)


def test_a_tile_of_another_length_is_no_ground_for_a_proof() -> None:
    perfect = perfect_from_tiles(lambda tile: tile_content(TREE.perfect, tile)[:-1], 300)
    with pytest.raises(CustodyError, match="31 bytes; it must have 32"):
        prove_inclusion(perfect, 299, 300)


def test_written_tiles_and_bundles_hold_the_log(tmp_path: Path) -> None:
    log = Log(tmp_path, Stream.CUSTODY)
    log.append(log.prepare([("note", {"n": n}) for n in range(300)], at="2026-11-22T08:00:00Z", actor="k-0011223344556677"))
    out = tmp_path / "out"
    names = write_tiles(tmp_path, out, Stream.CUSTODY, 290)
    assert sorted(names) == sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert set(names) == {"tile/0/000", "tile/0/001.p/34", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/34"}
    entries = [
        *entries_of_bundle((out / "tile/entries/000").read_bytes()),
        *entries_of_bundle((out / "tile/entries/001.p/34").read_bytes()),
    ]
    assert entries == list(log.lines())[:290]
    perfect = perfect_from_tiles(lambda tile: (out / tile.name).read_bytes(), 290)
    assert root_of(perfect, 290).hex() == log.root_at(290)
    with pytest.raises(CustodyError, match="cut off"):
        list(entries_of_bundle((out / "tile/entries/000").read_bytes()[:-1]))
    with pytest.raises(CustodyError, match="300"):
        write_tiles(tmp_path, out, Stream.CUSTODY, 301)
