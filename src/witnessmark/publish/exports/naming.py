"""How an export names things and words: by random public ids, with hashes of what is not public covered and exact positions of sensitive places coarse.

Ids of the case itself are made of the hash of an original, so none of them ever stands in an export; short numbers (I3, C12, N4) stand beside the public ids.
"""

from __future__ import annotations

import re

from witnessmark.model.canonical import canonical_json
from witnessmark.model.view import HeldItem, NumberedIncident, ReadClaim
from witnessmark.publish.attribution import lead
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.prose import plain

URN = "urn:witnessmark:"
"""Begins the name of each thing where a standard asks for an IRI: `urn:witnessmark:claim:<public id>`."""

_SHOWN_AS_CODE = re.compile("[<>&\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def item_urn(held: HeldItem) -> str:
    """The name of an item."""
    return f"{URN}item:{held.public_id}"


def claim_urn(read: ReadClaim) -> str:
    """The name of a claim."""
    return f"{URN}claim:{read.public_id}"


def incident_urn(numbered: NumberedIncident) -> str:
    """The name of an incident."""
    return f"{URN}incident:{numbered.public_id}"


def given(text: str, book: Casebook) -> str:
    """A name or a note of the case as it may leave: hashes of what is not public covered, exact positions of sensitive places coarse."""
    return book.withheld.cover(book.discretion.cover(text))


def who_says(read: ReadClaim, book: Casebook) -> str:
    """What is done with the statement and by whom: "said by Ana Brecht", "denied by the ministry"."""
    return given(plain(lead(read, book)), book)


def named(names: tuple[str, ...], book: Casebook) -> list[str]:
    """Names as they are, and a claim that is named by its id by its short number."""
    return [book.claims[name].number if name in book.claims else given(name, book) for name in names]


def json_text(value: object, book: Casebook) -> str:
    """`value` as canonical JSON that does no harm where it is pasted into a page or printed: markup and characters that turn the direction are escaped.

    Escapes change nothing for who reads it as JSON: each string is still character for character what it was, Arabic stays as it is written.
    """
    covered = book.withheld.cover(canonical_json(value).decode())
    return _SHOWN_AS_CODE.sub(lambda found: f"\\u{ord(found.group()):04x}", covered)


def json_file(value: object, book: Casebook) -> bytes:
    """The same as a file of one value."""
    return json_text(value, book).encode() + b"\n"


def stated(**members: object) -> dict[str, object]:
    """A JSON object without the members that nobody stated; False and 0 stay. A trailing underscore keeps a name off Python's own words."""
    return {name.rstrip("_"): value for name, value in members.items() if value is not None and value not in ("", [], {}, ())}
