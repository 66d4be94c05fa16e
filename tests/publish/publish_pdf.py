"""Skipping tests of the PDF where WeasyPrint cannot be used, and loading it as the program does."""

from __future__ import annotations

import pytest

from witnessmark.errors import MissingPartError
from witnessmark.publish.pdf import printing


def needs_weasyprint() -> None:
    """Skip the test where it is not there."""
    try:
        printing()
    except MissingPartError as error:
        pytest.skip(str(error))
