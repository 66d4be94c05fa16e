"""What must not be exact is not, wherever a page would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.publish_places import Named, placed

from witnessmark.model.claim import Act, ClaimPlace, Precision
from witnessmark.model.correction import encode
from witnessmark.model.decision import Decision, Status
from witnessmark.publish import draft
from witnessmark.publish.coarse import GRID_KM, Discretion, sensitivity, snapped, told
from witnessmark.publish.projection import distance_km

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

LATITUDE, LONGITUDE = 36.20481, 37.15873


def place(name: str, place_id: str | None = None, text: str | None = None) -> ClaimPlace:
    return ClaimPlace(name, place_id, LATITUDE, LONGITUDE, Precision.FACILITY, 0, len(text or name), text or name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Darrow Prison", "a place of detention"),
        ("سجن تدمر", "a place of detention"),
        ("السِّجن المركزي", "a place of detention"),
        ("the mass graves at Orl", "a grave"),
        ("Tessel field hospital", "a hospital"),
        ("مستشفى الرازي", "a hospital"),
        ("Zar refugee camp", "a shelter"),
        ("زندان مرکزی", "a place of detention"),
        ("Областная больница", "a hospital"),
        ("Women's shelter", "a shelter"),
    ],
)
def test_a_place_that_is_named_as_sensitive_is_coarse_whatever_was_done_there(name: str, kind: str) -> None:
    assert sensitivity(place(name), Act.MEETING) == f"it is named as {kind}"


def test_the_words_of_the_text_and_the_id_count_as_names() -> None:
    assert sensitivity(place("Sednaya", "site:sednaya-prison"), None) == "it is named as a place of detention"
    assert sensitivity(place("Orl", None, "the clinic in Orl"), None) == "it is named as a hospital"


@pytest.mark.parametrize("name", ["Campbeltown", "Gravesend Road", "Jaipur", "the market of Tessel", "Kampala"])
def test_a_name_that_only_looks_like_one_is_not(name: str) -> None:
    assert sensitivity(place(name), Act.ATTACK) is None


@pytest.mark.parametrize(
    "act", [Act.DETENTION, Act.TORTURE, Act.DEATH_IN_CUSTODY, Act.ENFORCED_DISAPPEARANCE, Act.CONCEALMENT, Act.SEXUAL_VIOLENCE]
)
def test_an_act_makes_its_place_coarse(act: Act) -> None:
    assert (sensitivity(place("the old mill"), act) or "").startswith("a claim about it speaks of")
    assert sensitivity(place("the old mill"), Act.DESTRUCTION) is None


def test_a_country_or_region_has_no_exact_position_to_give_away() -> None:
    for precision in (Precision.COUNTRY, Precision.REGION):
        whole = ClaimPlace("Syria", "geonames:163843", 35.0, 38.0, precision, 0, 5, "Syria")
        assert sensitivity(whole, Act.TORTURE) is None


@pytest.mark.parametrize("degrees", [33.665, -33.665, 0.04, -0.06, 179.98, 89.96])
def test_snapping_is_to_the_grid_and_the_same_every_time(degrees: float) -> None:
    assert snapped(degrees) == snapped(degrees) == round(snapped(degrees), 1)
    assert abs(snapped(degrees) - degrees) <= 0.05 + 1e-9
    assert snapped(-degrees) == -snapped(degrees)


def test_the_stated_radius_of_the_grid_holds_the_place_anywhere() -> None:
    for latitude in (0.05, 12.25, 36.15, 60.05, 88.95):
        corner = (10.05, latitude)
        centre = (snapped(10.05), snapped(latitude))
        assert distance_km(corner, centre) <= GRID_KM


def test_one_sensitive_claim_makes_a_place_coarse_for_all(pile: Pile) -> None:
    view = placed(
        pile,
        Named("the mill", LATITUDE, LONGITUDE, Precision.FACILITY, "site:mill", Act.ATTACK),
        Named("the mill", LATITUDE, LONGITUDE, Precision.FACILITY, "site:mill", Act.TORTURE),
        Named("a grain store", LATITUDE + 0.002, LONGITUDE, Precision.FACILITY, None, Act.ATTACK),
        Named("the bridge", LATITUDE + 0.3, LONGITUDE, Precision.FACILITY, None, Act.ATTACK),
    )
    discretion = Discretion.of_case(view)
    shown = [discretion.position(read.claim.where) for read in view.claims if read.claim.where]
    assert [(each.latitude, each.longitude) for each in shown if each][:3] == [(36.2, 37.2)] * 3
    assert shown[3] is not None
    assert shown[3].reason is None
    assert shown[3].latitude == LATITUDE + 0.3


def written(pile: Pile) -> str:
    """Every page of a case in which the prison's exact position stands in a note, a name, a decision and a photograph's metadata."""
    view = placed(
        pile,
        Named("Darrow Prison", LATITUDE, LONGITUDE, Precision.POINT, "site:darrow-prison", Act.KILLING),
        Named("Darrow Prison", LATITUDE, LONGITUDE, Precision.FACILITY, "site:darrow-prison", Act.KILLING),
    )
    read = view.claims[0]
    made = Decision(
        "decision-1", read.claim.id, "where", encode(read.claim.where), f"seen at {LATITUDE:.4f} N", "actor-1", "2031-03-07T10:00:00Z"
    )
    judged = msgspec.structs.replace(
        made, id="decision-2", field="status", value=Status.ACCEPTED.value, why="36° 12' 17.3\" N 37° 9' 31.4\" E"
    )
    claims = (msgspec.structs.replace(read, decisions=(made, judged)), *view.claims[1:])
    files = draft(msgspec.structs.replace(view, claims=claims))
    return "\n".join(content.decode() for content in files.values())


def test_no_digits_of_an_exact_position_survive_on_any_page(pile: Pile) -> None:
    photo = pile.hold(
        b"jpeg",
        f"{LATITUDE}_{LONGITUDE}.jpg",
        media_type="image/jpeg",
        text="",
        document={
            "metadata": {
                "GPS latitude": f"{LATITUDE:.6f}",
                "Composite:GPSPosition": f"{LATITUDE} {LONGITUDE}",
                "GPS:GPSLongitude": "37 deg 9' 31.43\" E",
                "QuickTime:LocationISO6709": f"+{LATITUDE:.4f}+{LONGITUDE:08.4f}/",
                "GPS altitude": "412.38",
                "Model": "Pinhole 3",
            }
        },
    )
    assert photo
    pages = written(pile)
    for digits in ("36.204", "36,204", "37.158", "37.159", "36.205", "12' 17", "9' 31", "412.38"):
        assert digits not in pages, digits
    assert "36.2" in pages
    assert "Pinhole 3" in pages
    assert "to the nearest ~10 km because" in pages


def test_what_is_not_sensitive_stays_exact(pile: Pile) -> None:
    view = placed(pile, Named("the bridge", LATITUDE, LONGITUDE, Precision.POINT, None, Act.ATTACK))
    page = draft(view)["index.html"].decode()
    assert f"{round(LATITUDE, 4)}, {round(LONGITUDE, 4)}" in page
    assert "on purpose" not in page


def test_the_position_of_a_camera_is_coarse_or_left_out_and_its_other_tags_stay() -> None:
    tags = dict(told({"GPS latitude": "-36.204810", "GPS:GPSImgDirection": "212", "GPS date": "2031:03:04", "Artist": "N. Orlec"}))
    assert tags["GPS latitude"].startswith("about -36.2, given to the nearest ~10 km")
    assert "212" not in tags["GPS:GPSImgDirection"]
    assert tags["GPS date"] == "2031:03:04"
    assert tags["Artist"] == "N. Orlec"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("36,12.2886N", "36.2 N"),
        ("36,12,17S", "36.2 S"),
        ("36 deg 12' 17.32\" N", "36.2 N"),
        ("36° 12.29′ S", "36.2 S"),
        ("+36.2048+037.1587/", "+36.2, +37.2"),
        ("-36,20481", "-36.2"),
    ],
)
def test_degrees_are_recognised_however_they_are_written(written: str, shown: str) -> None:
    ((_, value),) = told({"XMP-exif:GPSLatitude": written})
    assert value.startswith(f"about {shown}, given to the nearest")


def test_a_field_that_names_a_place_in_words_stays() -> None:
    assert dict(told({"Content-Location": "https://example.org/a", "IPTC:Sub-location": "the market"})) == {
        "Content-Location": "https://example.org/a",
        "IPTC:Sub-location": "the market",
    }


@given(st.floats(-89, 89), st.floats(-179, 179), st.integers(3, 7))
def test_covering_leaves_no_trace_of_a_protected_position(latitude: float, longitude: float, digits: int) -> None:
    where = ClaimPlace("the prison", None, latitude, longitude, Precision.POINT, 0, 10, "the prison")
    discretion = Discretion.of([(where, Act.TORTURE)])
    for exact in (latitude, longitude):
        text = f"{exact:.{digits}f}"
        covered = discretion.cover(f"seen at {text}, in March")
        assert covered == f"seen at {'-' if text.startswith('-') else ''}{snapped(abs(float(text)))}, in March"
