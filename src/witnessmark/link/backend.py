"""The one module that knows where Splink runs: DuckDB in memory, on one thread, so that the same rows give the same model.

With two threads the same seed was seen to give three different models: sums of floats depend on their order. Spark would be a sibling of `in_duckdb`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from witnessmark.errors import MissingPartError

MEMORY_LIMIT = "2000MB"
"""Enough for some 130,000 records. Beyond it linking stops; it never spills to disk, which would leave names of victims in the folder one happens to work in."""


def in_duckdb(columns: Mapping[str, Sequence[object]], kinds: Mapping[str, str], settings: dict[str, Any]) -> Any:  # noqa: ANN401 -- Splink's Linker, typed only where installed
    """A Splink linker over these columns.

    Raises:
        MissingPartError: Splink is not installed.
    """
    try:
        import duckdb
        import pyarrow as pa
        from splink import DuckDBAPI, Linker
    except ImportError as missing:
        raise MissingPartError("Lists are linked with Splink, which is not installed: pip install 'witnessmark[link]'") from missing
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    connection.execute("SET enable_external_access = false")  # last: it also forbids to say where nothing is spilled
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET enable_progress_bar = false")
    table = pa.table({name: pa.array(columns[name], type=pa.type_for_alias(kind)) for name, kind in kinds.items()})
    api = DuckDBAPI(connection)
    return Linker(api.register(table), settings, log_level=None)
