"""What a photo, film or recording says of itself, whether its content credentials hold, and where it differs from what is claimed.

A check is a record, as a reading is: programs of another version may find other things. Facts and differences are worked out from the record and
from the claims of the case whenever they are shown. Nothing here says that a file is real or fake.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

Box = tuple[float, float, float, float]


class CredentialState(StrEnum):
    """What content credentials (C2PA) show. None of these says that what is seen happened."""

    TRUSTED = "intact, signer trusted by"
    UNKNOWN_SIGNER = "intact, signer unknown"
    ALTERED = "altered"
    NONE = "none"


class Credentials(msgspec.Struct, frozen=True):
    """The content credentials of a file; `state` is None where they could not be checked, and `reason` says why.

    `trusted_by` are the names of the lists on which the signer stands, given by whoever checked. `signed_at` is as the signature states it. `actions` are
    what the signer says was done to the file, `codes` the failures found, as the C2PA specification names them (section 15), `made_from` those of the files
    that this one was made from. `elsewhere` is the address at which the credentials are said to lie, never asked.
    """

    state: CredentialState | None
    reason: str | None = None
    trusted_by: tuple[str, ...] = ()
    signer: str | None = None
    issuer: str | None = None
    signed_at: str | None = None
    generator: str | None = None
    actions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    made_from: tuple[str, ...] = ()
    elsewhere: str | None = None

    @property
    def words(self) -> str:
        """The state in its fixed words, with the names of the lists; where there is none, why."""
        if self.state is None:
            return f"not checked: {self.reason or 'no reason was given'}"
        return f"{self.state.value} {', '.join(self.trusted_by)}" if self.state is CredentialState.TRUSTED else self.state.value


class TrustList(msgspec.Struct, frozen=True):
    """Certificates (PEM) that somebody trusts, under the name by which results speak of them."""

    name: str
    certificates: bytes


class SeenWord(msgspec.Struct, frozen=True):
    """A word that OCR proposes: `confidence` is the program's own, 0 to 100; `box` in pixels of the upright picture (left, top, right, bottom).

    Of a film `seconds` is when it was read, None in a photograph.
    """

    text: str
    confidence: float
    box: Box
    seconds: float | None = None


class Thumbnail(msgspec.Struct, frozen=True):
    """The small picture a camera stored beside the large one: its size in pixels, and how alike the two are.

    `likeness` is the correlation of their brightness on a grid of 24 by 24, from -1 to 1, the best of all turns by a right angle, `turned` that turn in
    degrees; None where one of them shows a single shade, which is like anything.
    """

    width: int
    height: int
    likeness: float | None
    turned: int = 0


class TrackPoint(msgspec.Struct, frozen=True):
    """A position in the GPS track of a film, in degrees north and east (WGS 84): `seconds` into the film, `at` the receiver's time as written, None where it is not told."""

    latitude: float
    longitude: float
    seconds: float | None = None
    at: str | None = None


class MediaCheck(msgspec.Struct, frozen=True):
    """What programs found in one original. `tags` are all that exiftool printed ("ExifIFD:DateTimeOriginal"), `probe` all that ffprobe did.

    `bytes_printed` is how much they printed; what is over the bound is not kept: then `tags` is empty, `head` holds the beginning as printed, and a problem says so.
    `programs` are names and versions; `problems` are sentences for the person.
    """

    item: str
    tags: dict[str, str] = {}
    probe: dict[str, str] = {}
    bytes_printed: int = 0
    head: str = ""
    width: int | None = None
    height: int | None = None
    thumbnail: Thumbnail | None = None
    credentials: Credentials = Credentials(None, "nobody looked")
    words: tuple[SeenWord, ...] = ()
    track: tuple[TrackPoint, ...] = ()
    programs: dict[str, str] = {}
    problems: tuple[str, ...] = ()


class FrameSheet(msgspec.Struct, frozen=True):
    """A sheet of key frames that was drawn: the time of each frame in seconds, in the order on the sheet, and the sha256 of the PNG.

    `every` is the longest time between two frames that was asked for, in seconds; `problems` say what the sheet does not show.
    """

    item: str
    sha256: str
    seconds: tuple[float, ...]
    every: float
    program: str
    problems: tuple[str, ...] = ()


class Clock(StrEnum):
    """What is known of the time zone of a time that a file states."""

    UTC = "in UTC"
    STATED = "with its time zone"
    UNKNOWN = "its time zone not stated"


class MediaTime(msgspec.Struct, frozen=True):
    """A time as a file states it: `written` under `tag`; between `earliest` and `latest` (UTC, ISO 8601), wide where the zone is not known."""

    tag: str
    written: str
    earliest: str
    latest: str
    clock: Clock


class MediaPosition(msgspec.Struct, frozen=True):
    """A position as a file states it, in degrees north and east (WGS 84)."""

    tag: str
    written: str
    latitude: float
    longitude: float


class Topic(StrEnum):
    """What a difference or trace is about."""

    TIME = "time"
    PLACE = "place"
    DEVICE = "device"
    EDITS = "edit trail"


class Trace(msgspec.Struct, frozen=True):
    """Something that shows how the file was handled: `tag` and `written` as in the file, `meaning` one plain sentence that claims no more than that."""

    tag: str
    written: str
    meaning: str


class Difference(msgspec.Struct, frozen=True):
    """Two values that cannot both be right as they stand, or do not fit: what the file says, what is said elsewhere, and by whom.

    `sentence` gives both and what separates them. `claim` is the id of the claim it is held against, where it is one.
    """

    topic: Topic
    ours: str
    theirs: str
    sentence: str
    claim: str | None = None


class MediaFacts(msgspec.Struct, frozen=True):
    """What a check shows, sorted: times, positions, the device as it names itself, and traces of handling.

    `device` is maker and model; `device_ids` are serial numbers and the like, never shown outside the case.
    """

    times: tuple[MediaTime, ...] = ()
    positions: tuple[MediaPosition, ...] = ()
    device: str | None = None
    device_ids: tuple[str, ...] = ()
    captions: tuple[tuple[str, str], ...] = ()
    traces: tuple[Trace, ...] = ()
    unset: tuple[str, ...] = ()
    track: tuple[TrackPoint, ...] = ()

    @property
    def track_in_words(self) -> str:
        """The GPS track by its ends; empty where there is none."""
        if not self.track:
            return ""
        first, last = self.track[0], self.track[-1]
        ends = f"from {first.latitude:.5f}, {first.longitude:.5f} to {last.latitude:.5f}, {last.longitude:.5f}"
        return f"a GPS track of {len(self.track):,} points {ends}"


class CheckedMedia(msgspec.Struct, frozen=True):
    """An item's check with what it shows and where it differs; `at` is when it was made (UTC), `version` of the stage, `seq` its entry in the analysis log."""

    seq: int
    at: str
    version: str
    check: MediaCheck
    facts: MediaFacts = MediaFacts()
    differences: tuple[Difference, ...] = ()
    agreements: tuple[str, ...] = ()
    sheets: tuple[FrameSheet, ...] = ()
