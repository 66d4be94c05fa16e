"""One loaded reader for all tests of the claims, since loading the model takes half a second."""

from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader


@pytest.fixture(scope="session")
def reader() -> ClaimReader:
    return ClaimReader.load()
