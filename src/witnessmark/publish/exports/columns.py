"""The columns of the tables. They are relied on from outside: columns may be added at the end, never renamed, moved or taken out."""

from __future__ import annotations

import msgspec


class Column(msgspec.Struct, frozen=True):
    """A column: its name, its width on a sheet in characters, and the table whose row its public id names, where it names one."""

    name: str
    width: int = 14
    leads_to: str | None = None


PLACE = (
    Column("place", 24),
    Column("place_id", 20),
    Column("place_words", 24),
    Column("precision", 11),
    Column("latitude", 10),
    Column("longitude", 10),
    Column("coarse_because", 30),
)

CLAIMS = (
    Column("claim_id", 18),
    Column("claim", 8),
    Column("item_id", 18, "items"),
    Column("item", 8),
    Column("incidents", 10),
    Column("reading", 11),
    Column("reader", 16),
    Column("stance", 10),
    Column("polarity", 10),
    Column("words", 60),
    Column("start", 8),
    Column("end", 8),
    Column("speaker", 24),
    Column("speaker_role", 24),
    Column("speaker_kind", 14),
    Column("speaker_words", 24),
    Column("relayed_by", 24),
    Column("form", 10),
    Column("kind", 10),
    Column("certainty", 10),
    Column("relay_certainty", 10),
    Column("act", 18),
    Column("parties", 34),
    Column("victims", 34),
    Column("victims_min", 9),
    Column("victims_max", 9),
    Column("victims_per", 9),
    Column("victims_harm", 11),
    Column("victims_approximate", 9),
    Column("when_earliest", 12),
    Column("when_latest", 12),
    Column("when_words", 18),
    Column("said_earliest", 12),
    Column("said_latest", 12),
    Column("said_words", 18),
    Column("due_earliest", 12),
    Column("due_latest", 12),
    Column("due_words", 18),
    *PLACE,
    Column("basis", 34),
    Column("addressed_to", 20),
    Column("aim", 24),
    Column("answers", 12),
    Column("answered_by", 12),
    Column("language", 9),
    Column("from_translation", 9),
)

INCIDENTS = (
    Column("incident_id", 18),
    Column("incident", 8),
    Column("act", 18),
    *PLACE,
    Column("when_earliest", 12),
    Column("when_latest", 12),
    Column("how_well_supported", 24),
    Column("independent_lines", 10),
    Column("independent_lines_at_most", 10),
    Column("victims", 34),
    Column("claims_supporting", 18),
    Column("claims_contradicting", 18),
    Column("claims_denying", 18),
    Column("claims_around", 18),
    Column("denied_by", 30),
    Column("disputed_by", 30),
    Column("asked_for", 34),
    Column("reasons", 60),
)

ITEMS = (
    Column("item_id", 18),
    Column("item", 8),
    Column("name", 34),
    Column("media_type", 20),
    Column("title", 34),
    Column("language", 9),
    Column("publisher", 24),
    Column("publisher_known", 11),
    Column("published", 12),
    Column("published_known", 11),
    Column("source", 24),
    Column("received_utc", 21),
    Column("already_public", 9),
    Column("sha256", 66),
    Column("found_in", 18, "items"),
    Column("translates", 18, "items"),
    Column("release", 12),
    Column("protection", 12),
    Column("sensitivity", 12),
    Column("reader", 16),
    Column("claims", 8),
)

ANSWERS = (
    Column("claim_id", 18, "claims"),
    Column("claim", 8),
    Column("about_id", 18, "claims"),
    Column("about", 8),
    Column("stance", 10),
    Column("general", 9),
    Column("why", 60),
)

PLACES = (
    Column("place_file", 24),
    Column("names", 30),
    *PLACE,
    Column("claims", 8),
    Column("claims_answering", 8),
    Column("claims_which", 24),
    Column("incidents", 18),
    Column("items", 18),
    Column("sites", 12),
    Column("when_earliest", 12),
    Column("when_latest", 12),
)
