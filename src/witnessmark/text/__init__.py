"""What can be read off the characters of a text alone: passages, quotations, dates, counts, places, names.

Everything here is a function of its arguments. The names below are loaded when first used, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from witnessmark.text.dates import find_dates as find_dates
    from witnessmark.text.numbers import find_counts as find_counts
    from witnessmark.text.places import find_places as find_places
    from witnessmark.text.quotations import find_quotations as find_quotations
    from witnessmark.text.segmentation import find_dateline as find_dateline
    from witnessmark.text.segmentation import segment as segment
    from witnessmark.text.segmentation import stated_date as stated_date

_HOMES = {
    "find_counts": "numbers",
    "find_dates": "dates",
    "find_dateline": "segmentation",
    "find_places": "places",
    "find_quotations": "quotations",
    "segment": "segmentation",
    "stated_date": "segmentation",
}

__all__ = ["find_counts", "find_dateline", "find_dates", "find_places", "find_quotations", "segment", "stated_date"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
