"""Decides which positions must not be exact in anything that may leave the case, and how coarse they become.

Where people are held, hidden, buried or cared for, and where somebody stood who filmed, an exact position can bring an attack on them
(law 5; the Berkeley Protocol on open source investigations asks the same of published locations). Such a position is moved to the nearest
point of a grid of a tenth of a degree. It is never shifted at random: the mean of many random shifts is the place itself. A draft is held
to this too, since drafts are mailed. Positions are known by their degrees; a grid reference or a code in a note is not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from witnessmark.model.claim import Act, Claim, ClaimPlace, Precision
from witnessmark.model.sheet import Placed, Shows
from witnessmark.model.view import CaseView
from witnessmark.text.fold import folded

GRID = 10
"""Steps in a degree that a coarse position is moved to."""

GRID_KM = 8.0
"""How far a place can be from its coarse position: half the diagonal of a cell at the equator, less elsewhere."""

SAME_PLACE = 0.01
"""Degrees within which two positions are taken for one place: what makes one of them coarse makes the other."""

ACTS = {
    Act.DETENTION: "detention",
    Act.ENFORCED_DISAPPEARANCE: "enforced disappearance",
    Act.DEATH_IN_CUSTODY: "death in custody",
    Act.TORTURE: "torture",
    Act.SEXUAL_VIOLENCE: "sexual violence",
    Act.CONCEALMENT: "concealment (of bodies or of evidence)",
}
"""Acts whose places are places of detention, graves, or shelters of who survived."""

KINDS = {
    "a place of detention": "prison|jail|gaol|detention|detenus?|detenidos|penitentiar(?:y|ies)|cell ?block|interrogation|carcel|centre penitentiaire|тюрьма|тюрьмы|сизо|колония|вязниця|zindan|hapishane|زندان|سجن|سجون|معتقل|احتجاز",
    "a grave": "graves?|mass ?graves?|burial|cemeter(?:y|ies)|graveyard|crematory|crematorium|morgue|mortuary|fosas?|charnier|кладбище|могила|могилы|цвинтар|گور|گورستان|مقبره|مقابر|قبر|مشرحه",
    "a shelter": "shelters?|safe ?houses?|refuges?|refugees?|camps?|displaced|orphanages?|bunkers?|убежище|укрытие|лагерь|پناهگاه|اردوگاه|ملجا|ملاجي|مخيم|مخيمات|نازحين",
    "a hospital": "hospitals?|clinics?|infirmary|medical|dispensary|health (?:centre|center|post)|ambulance|hopital|больница|госпиталь|лікарня|hastane|بيمارستان|مستشفي|مشفي|عياده|مستوصف",
}
"""Words in a place's name, in its words in the text or in its gazetteer id that say what it is; folded, whole words."""

WIDER_THAN_A_CELL = frozenset({Precision.REGION, Precision.COUNTRY})
"""Places whose position is the middle of an area so wide that it gives nothing away, unless they are named as something sensitive."""

FILMED = "a position from which something was filmed"

MORE_EXACT_THAN_A_DISTRICT = frozenset({Precision.POINT, Precision.FACILITY, Precision.LOCALITY, None})

IN_PUBLIC = "a public dossier gives no position more exactly"

_WORDS = {kind: re.compile(rf"(?<!\w)(?:ال)?(?:{words})(?!\w)") for kind, words in KINDS.items()}
_GPS_KEY = re.compile(r"gps|latitude|longitude|iso ?6709|geo ?tag|coordinates|location", re.IGNORECASE)
_POSITION_KEY = re.compile(r"gps|latitude|longitude|iso ?6709", re.IGNORECASE)
_HARMLESS_GPS = re.compile(r"(date|time|version|datum|processing|status|measuremode|satellites|dop)", re.IGNORECASE)
_MARK = r"\s*(?:°|º|deg|d)\s*"
_NUMBER = re.compile(
    rf"(?P<whole>\d{{1,3}}){_MARK}(?P<minutes>\d{{1,2}}(?:[.,]\d+)?)\s*(?:['’′]|m)\s*(?:(?P<seconds>\d{{1,2}}(?:[.,]\d+)?)\s*(?:[\"”″]|''|s))?(?:\s*(?P<pole>[NSEW])(?!\w))?"
    r"|(?<![\d.,])(?P<xmp_whole>\d{1,3}),(?P<xmp_minutes>\d{1,2}(?:\.\d+)?)(?:,(?P<xmp_seconds>\d{1,2}(?:\.\d+)?))?(?P<xmp_pole>[NSEW])(?!\w)"
    r"|(?P<sign>[-+−]?)(?<![\d.,])(?P<decimal>\d{1,3}[.,]\d{2,})(?!\d)"
)
"""Degrees as people, exiftool (36 deg 12' 17.3\" N), XMP (36,12.288N) and computers (36.20481) write them."""


class Position(msgspec.Struct, frozen=True):
    """Where to draw or print a place, in degrees. `reason` says why it is coarse, None where it is as read."""

    latitude: float
    longitude: float
    reason: str | None = None


class Discretion:
    """What is sensitive in one case: the places that claims and photographs make so, and how each is shown."""

    def __init__(self) -> None:
        self._reasons: dict[tuple[int, int], str] = {}
        self._by_id: dict[str, str] = {}
        self._degrees: dict[int, set[float]] = {}

    @classmethod
    def of_case(cls, view: CaseView) -> Discretion:
        """From every reading of every claim, and from what photographs say of where they were taken."""
        found = cls.of((claim.where, claim.act) for claim in _readings(view) if claim.where is not None)
        for held in view.items:
            for degrees in gps_degrees(held.document.metadata if held.document else {}):
                found.hide(degrees)
        for placed in _placed(view):
            if placed.shows is Shows.CAMERA:
                found.hide_placed(placed)
        return found

    @classmethod
    def of_public(cls, view: CaseView, reason: str = IN_PUBLIC) -> Discretion:
        """For what is handed out: every place known more exactly than a district is coarse, for one and the same `reason`.

        `view` is the whole case. A reason of its own for a sensitive place, or exactness for the others, would tell what a claim that is held back says of it.
        """
        found = cls.of_case(view)
        found.give_one_reason([claim.where for claim in _readings(view) if claim.where is not None], reason)
        for placed in _placed(view):
            found.hide_placed(placed)
        return found

    def give_one_reason(self, places: Iterable[ClaimPlace], reason: str = IN_PUBLIC) -> None:
        """Have every place that is coarse, and these unless they are districts or wider, coarse for one `reason`: by itself, that the dossier is public."""
        self._by_id = dict.fromkeys(self._by_id, reason)
        self._reasons = dict.fromkeys(self._reasons, reason)
        for place in places:
            if place.precision in MORE_EXACT_THAN_A_DISTRICT:
                self._protect(place, reason)

    @classmethod
    def of(cls, places: Iterable[tuple[ClaimPlace, Act | None]]) -> Discretion:
        """From places, each with the act said to have been done there."""
        found = cls()
        for place, act in places:
            if reason := sensitivity(place, act):
                found._protect(place, reason)
        return found

    def position(self, place: ClaimPlace) -> Position | None:
        """Where the place is shown; None where its position is not known."""
        if place.latitude is None or place.longitude is None:
            return None
        reason = self.reason(place)
        if reason is None:
            return Position(place.latitude, place.longitude)
        return Position(snapped(place.latitude), snapped(place.longitude), reason)

    def reason(self, place: ClaimPlace) -> str | None:
        """Why the place is coarse; None where nothing makes it so."""
        if place.id in self._by_id:
            return self._by_id[place.id]
        if place.latitude is None or place.longitude is None:
            return None
        return next((self._reasons[cell] for cell in _cells(place.latitude, place.longitude) if cell in self._reasons), None)

    def cover(self, text: str) -> str:
        """`text`, a name or a note of the case, with each exact coordinate of a sensitive place moved to the grid."""
        return _NUMBER.sub(self._covered, text) if self._degrees else text

    def _covered(self, match: re.Match[str]) -> str:
        degrees = _degrees(match)
        near = any(abs(degrees - exact) <= SAME_PLACE for key in (-1, 0, 1) for exact in self._degrees.get(round(degrees * 10) + key, ()))
        return _shown(match) if near else match.group()

    def _protect(self, place: ClaimPlace, reason: str) -> None:
        if place.id is not None:
            self._by_id.setdefault(place.id, reason)
        if place.latitude is not None and place.longitude is not None:
            self._reasons.setdefault(_cell(place.latitude, place.longitude), reason)
            self.hide(place.latitude)
            self.hide(place.longitude)

    def hide_placed(self, placed: Placed) -> None:
        """Has a position on a verification sheet covered, with the points it was found by."""
        for latitude, longitude in ((placed.latitude, placed.longitude), *((each.latitude, each.longitude) for each in placed.points)):
            self.hide(latitude)
            self.hide(longitude)

    def hide(self, degrees: float) -> None:
        """Has this number of degrees covered wherever a note or a name gives it."""
        self._degrees.setdefault(round(abs(degrees) * 10), set()).add(abs(degrees))


def sensitivity(place: ClaimPlace, act: Act | None) -> str | None:
    """Why the position of a place must be coarse, from its names and from the act said to have been done there; None where it need not."""
    if place.precision is Precision.COUNTRY:
        return None
    named = folded(" ".join(part for part in (place.name, place.text, (place.id or "").replace("-", " ").replace(":", " ")) if part))
    kind = next((kind for kind, words in _WORDS.items() if words.search(named)), None)
    if kind is not None:
        return f"it is named as {kind}"
    if place.precision in WIDER_THAN_A_CELL:
        return None
    return f"a claim about it speaks of {ACTS[act]}" if act in ACTS else None


def snapped(degrees: float) -> float:
    """The nearest point of the grid."""
    return round(degrees * GRID) / GRID


def told(metadata: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What an original says of itself, with every position in it coarse, and left out where it cannot be made so."""
    for key, value in metadata.items():
        if _GPS_KEY.search(key) is None or _HARMLESS_GPS.search(key):
            yield key, value
            continue
        shown = ", ".join(_shown(match) for match in _NUMBER.finditer(value))
        if not shown and not _POSITION_KEY.search(key):
            yield key, value
            continue
        yield (
            key,
            f"about {shown}, given to the nearest ~10 km because it is {FILMED}" if shown else f"not shown: it may give away {FILMED}",
        )


def gps_degrees(metadata: Mapping[str, str]) -> Iterator[float]:
    """Every number of degrees in the position fields of an original's metadata, however they are written."""
    for key, value in metadata.items():
        if _GPS_KEY.search(key) and not _HARMLESS_GPS.search(key):
            yield from (_degrees(match) for match in _NUMBER.finditer(value))


def _readings(view: CaseView) -> Iterable[Claim]:
    """Every reading of a claim the view holds: as it stands, and as the machine read it where a person changed that."""
    for read in view.claims:
        yield read.claim
        if read.as_read is not None:
            yield read.as_read


def _placed(view: CaseView) -> Iterator[Placed]:
    """Every position on a verification sheet, those that were replaced or taken back too."""
    yield from (line.body for sheet in view.sheets for line in sheet.lines if isinstance(line.body, Placed))


def _shown(match: re.Match[str]) -> str:
    """The number moved to the grid, with its sign or the letter of its hemisphere."""
    pole = match["pole"] or match["xmp_pole"]
    return f"{match['sign'] or ''}{snapped(_degrees(match))}{' ' + pole if pole else ''}"


def _degrees(match: re.Match[str]) -> float:
    if match["decimal"]:
        return float(match["decimal"].replace(",", "."))
    form = "" if match["whole"] else "xmp_"
    whole, minutes, seconds = (float((match[form + part] or "0").replace(",", ".")) for part in ("whole", "minutes", "seconds"))
    return whole + minutes / 60 + seconds / 3600


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return round(latitude / SAME_PLACE), round(longitude / SAME_PLACE)


def _cells(latitude: float, longitude: float) -> Iterator[tuple[int, int]]:
    """The cell of a position and its neighbours, so that two positions on either side of an edge are still one place."""
    north, east = _cell(latitude, longitude)
    yield from ((north + up, east + right) for up in (0, -1, 1) for right in (0, -1, 1))
