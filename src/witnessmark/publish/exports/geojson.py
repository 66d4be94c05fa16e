"""Claims and incidents on the map as GeoJSON (RFC 7946): what is known as a point is a point, anything vaguer the area it stands for.

Positions are those of the dossier: coarse where an exact one could bring an attack on people, with the reason. What has no position here, or none whose precision
is on record, is a feature without geometry: named, and never drawn where nobody put it.
"""

from __future__ import annotations

from witnessmark.model.claim import ClaimPlace, Interval, Precision
from witnessmark.model.incident import IncidentTime
from witnessmark.model.view import NumberedIncident, ReadClaim
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.coarse import GRID_KM, Position
from witnessmark.publish.exports.areas import Geometry, circle, country, place_of, point
from witnessmark.publish.exports.naming import claim_urn, given, incident_urn, json_file, stated, who_says
from witnessmark.publish.spots import RADIUS_KM
from witnessmark.publish.words import STANCE_PASSIVES, count_words

_GEONAMES = "geonames:"

NO_POSITION = "its position is not known"
NO_SHAPE = "a country of which there is no shape here"
NO_PRECISION = "how exactly its position is known is not on record"


def geojson(book: Casebook) -> bytes:
    """A FeatureCollection: incidents that state a place, then claims that do, in the order of their numbers."""
    incidents = [(numbered, place) for numbered in book.view.incidents if (place := place_of(numbered, book)) is not None]
    claims = [(read, place) for read in book.view.claims if (place := read.claim.where) is not None]
    features = [
        *(_incident(numbered, place, book) for numbered, place in incidents),
        *(_claim(read, place, book) for read, place in claims),
    ]
    return json_file({"type": "FeatureCollection", "features": features}, book)


def _incident(numbered: NumberedIncident, place: ClaimPlace, book: Casebook) -> dict[str, object]:
    incident = numbered.incident
    properties = stated(
        kind="incident",
        number=numbered.number,
        alleged_act=incident.act,
        claims=[book.claims[member.id].number for member in incident.claims if member.id in book.claims],
        denied_by=[given(name, book) for name in incident.denied_by],
        how_well_supported=incident.support or "not weighed yet",
        **_when(incident.when),
    )
    return _feature(incident_urn(numbered), place, properties, book)


def _claim(read: ReadClaim, place: ClaimPlace, book: Casebook) -> dict[str, object]:
    claim = read.claim
    properties = stated(
        kind="claim",
        number=read.number,
        said=who_says(read, book),
        stance=STANCE_PASSIVES[claim.stance],
        polarity=claim.polarity,
        reading=read.status,
        alleged_act=claim.act,
        words=book.quote(read),
        victims=[count_words(count) for count in claim.victims],
        incidents=[numbered.number for numbered in book.incidents_of(read)],
        **_when(claim.when),
    )
    return _feature(claim_urn(read), place, properties, book)


def _when(when: Interval | IncidentTime | None) -> dict[str, str | None]:
    return {"earliest": when.earliest, "latest": when.latest} if when else {}


def _feature(name: str, place: ClaimPlace, properties: dict[str, object], book: Casebook) -> dict[str, object]:
    geometry, about = _geometry(place, book)
    named = stated(place=given(place.name or place.text, book), place_id=place.id, precision=place.precision, **about)
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": {**properties, **named}}


def _geometry(place: ClaimPlace, book: Casebook) -> tuple[Geometry | None, dict[str, object]]:
    """Where a place is drawn, and what is to be known of that: how wide it is, why it is coarse, or why it is not drawn."""
    if place.precision is Precision.COUNTRY:
        number = (place.id or "").removeprefix(_GEONAMES)
        shape = country(int(number)) if number.isascii() and number.isdigit() else None
        return (shape, {"area": "the country"}) if shape else (None, {"not_drawn": NO_SHAPE})
    position = book.discretion.position(place)
    if position is None:
        return None, {"not_drawn": NO_POSITION}
    return _drawn(position, place.precision) if place.precision else (None, {"not_drawn": NO_PRECISION})


def _drawn(position: Position, precision: Precision) -> tuple[Geometry, dict[str, object]]:
    radius = RADIUS_KM[precision] + (GRID_KM if position.reason else 0.0)
    if not radius:
        return point(position.longitude, position.latitude), {}
    about = {"area": f"within {radius:g} km", "radius_km": radius, "coarse_because": position.reason}
    return circle(position.longitude, position.latitude, radius), about
