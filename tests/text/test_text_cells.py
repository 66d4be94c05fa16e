import datetime as dt

import pytest

from witnessmark.text.cells import cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (0, "0"),
        (dt.datetime(2013, 5, 1), "2013-05-01"),  # noqa: DTZ001 -- a workbook knows no zones
        (dt.datetime(2013, 5, 1, 4, 30), "2013-05-01 04:30:00"),  # noqa: DTZ001
        (3.5, "3.5"),
        ("Layla", "Layla"),
    ],
    ids=str,
)
def test_a_cell_is_the_text_a_person_sees_in_it(value: object, text: str) -> None:
    assert cell_text(value) == text
