"""What media say of themselves against what is said of them: intervals where no zone is known, distances where places differ, never a verdict."""

from __future__ import annotations

import pytest

from witnessmark.model.media import Clock, Difference, MediaCheck, MediaFacts, Thumbnail, Topic, TrackPoint
from witnessmark.watch.media_differences import devices_of_a_set, differences
from witnessmark.watch.media_facts import facts_of
from witnessmark.watch.media_said import Said, SaidPlace, said_in_caption
from witnessmark.watch.media_times import time_of

KORRIN = SaidPlace("Korrin prison", 33.665, 36.329, "facility")
EXIF = {"ExifIFD:DateTimeOriginal": "2031:04:02 10:11:12"}


def shown(tags: dict[str, str], *said: Said, **more: object) -> tuple[MediaFacts, tuple[Difference, ...], tuple[str, ...]]:
    check = MediaCheck("i", tags=tags, **more)  # type: ignore[arg-type]
    facts = facts_of(check)
    return facts, *differences(check, facts, said)


def topics(found: tuple[Difference, ...]) -> list[Topic]:
    return [each.topic for each in found]


def test_a_time_without_a_zone_is_every_moment_it_can_be() -> None:
    time = time_of("ExifIFD:DateTimeOriginal", "2031:04:02 10:11:12")
    assert time is not None
    assert (time.earliest, time.latest, time.clock) == ("2031-04-01T20:11:12+00:00", "2031-04-02T22:11:12+00:00", Clock.UNKNOWN)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2031:04:02 10:11:12+03:00", "2031-04-02T07:11:12+00:00"),
        ("2031:04:02 10:11:12-0530", "2031-04-02T15:41:12+00:00"),
        ("2031-04-02T10:11:12.25Z", "2031-04-02T10:11:12+00:00"),
    ],
)
def test_a_time_with_its_zone_is_one_moment(written: str, moment: str) -> None:
    time = time_of("Keys:CreationDate", written)
    assert time is not None
    assert time.earliest == time.latest == moment


@pytest.mark.parametrize(
    "written", ["", "2031:13:45 10:00:00", "yesterday", "2031", "0001:01:01 00:00:00", "9999:12:31 23:59:59", "2031:04:02 10:11:12+99"]
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert time_of("ExifIFD:DateTimeOriginal", written) is None


def test_a_clock_that_was_never_set_states_no_time() -> None:
    facts, found, _ = shown(
        {"QuickTime:CreateDate": "0000:00:00 00:00:00", "Track1:MediaCreateDate": "1904:01:01 00:00:00"},
        Said("claim C1", first="2031-04-02", last="2031-04-02"),
    )
    assert facts.times == ()
    assert facts.unset == ("QuickTime:CreateDate: 0000:00:00 00:00:00", "Track1:MediaCreateDate: 1904:01:01 00:00:00")
    assert found == ()


def test_the_zone_that_exif_keeps_in_another_tag_is_used() -> None:
    facts, _, _ = shown({**EXIF, "ExifIFD:OffsetTimeOriginal": "+03:00"})
    assert [(time.earliest, time.clock) for time in facts.times] == [("2031-04-02T07:11:12+00:00", Clock.STATED)]


@pytest.mark.parametrize(
    ("day", "differs"), [("2031-04-01", False), ("2031-04-02", False), ("2031-04-03", False), ("2031-04-04", True), ("2031-03-31", True)]
)
def test_only_what_no_zone_on_earth_explains_is_a_difference_of_time(day: str, differs: bool) -> None:  # noqa: FBT001
    _, found, agreed = shown(EXIF, Said("claim C1", "on that day", first=day, last=day, claim="c-1"))
    assert bool(found) is differs
    assert bool(agreed) is not differs
    if differs:
        assert (found[0].topic, found[0].claim) == (Topic.TIME, "c-1")
        assert "2031:04:02 10:11:12" in found[0].sentence
        assert day in found[0].sentence


def test_the_satellites_clock_is_held_against_the_camera_s() -> None:
    gps = {"GPS:GPSDateStamp": "2031:04:02", "GPS:GPSTimeStamp": "07:11:10"}
    assert shown({**EXIF, **gps})[1] == (), "three hours of zone explain it"
    (found,) = shown({**EXIF, "ExifIFD:OffsetTimeOriginal": "+05:00", **gps})[1]
    assert found.topic is Topic.TIME
    assert "at least 1 h 59 min apart" in found.sentence
    assert shown({**EXIF, "ExifIFD:OffsetTimeOriginal": "+03:00", **gps})[1] == (), "two seconds are how clocks are"


def test_of_two_times_the_surer_one_decides() -> None:
    tags = {**EXIF, "GPS:GPSDateStamp": "2031:04:02", "GPS:GPSTimeStamp": "07:11:10"}
    _, found, agreed = shown(tags, Said("claim C1", first="2031-04-03", last="2031-04-03"))
    assert topics(found) == [Topic.TIME]
    assert "GPSDateTime" in found[0].ours
    assert agreed == ()


@pytest.mark.parametrize(
    ("by", "differs"), [("2031-04-01T19:00:00Z", True), ("2031-04-01T21:00:00Z", False), ("2031-03-31", True), ("2031-04-01", False)]
)
def test_nothing_is_taken_after_it_came_in(by: str, differs: bool) -> None:  # noqa: FBT001
    _, found, _ = shown(EXIF, Said("it was received", by=by))
    assert bool(found) is differs


def test_a_change_before_the_picture_was_taken_is_in_the_edit_trail() -> None:
    _, found, _ = shown({**EXIF, "IFD0:ModifyDate": "2030:04:02 10:11:12"})
    assert topics(found) == [Topic.EDITS]


def position(latitude: str, longitude: str) -> dict[str, str]:
    return {
        "GPS:Copy1:GPSLatitude": latitude,
        "GPS:GPSLatitudeRef": "North",
        "GPS:Copy1:GPSLongitude": longitude,
        "GPS:GPSLongitudeRef": "East",
    }


def test_a_position_far_from_the_place_stated_is_told_with_the_distance() -> None:
    _, found, _ = shown(position("33.3670", "36.3290"), Said("claim C1 (Ana Brecht)", "at Korrin prison", place=KORRIN))
    assert topics(found) == [Topic.PLACE]
    assert "33.1 km from Korrin prison (facility), which claim C1 (Ana Brecht) names" in found[0].sentence


@pytest.mark.parametrize(
    ("precision", "differs"),
    [("point", True), ("facility", True), ("locality", True), ("district", False), ("region", False), ("country", False)],
)
def test_how_exactly_a_place_is_known_decides_how_far_is_too_far(precision: str, differs: bool) -> None:  # noqa: FBT001
    place = SaidPlace("Korrin", 33.665, 36.329, precision)
    assert bool(shown(position("33.3670", "36.3290"), Said("claim C1", place=place))[1]) is differs


def test_a_position_that_fits_is_told_with_its_distance_too() -> None:
    _, found, agreed = shown(position("33.6690", "36.3290"), Said("claim C1", place=KORRIN))
    assert found == ()
    assert "0.4 km" in agreed[0]


def test_south_and_west_are_negative_and_nought_is_no_position() -> None:
    tags = {"GPS:GPSLatitude": "12.5", "GPS:GPSLatitudeRef": "South", "GPS:GPSLongitude": "45.25", "GPS:GPSLongitudeRef": "West"}
    (found,) = shown(tags)[0].positions
    assert (found.latitude, found.longitude) == (-12.5, -45.25)
    assert shown(position("0.0000000", "0.0000000"))[0].positions == ()
    assert shown(position("333.0", "36.3"))[0].positions == ()


def test_two_positions_in_one_file_are_a_difference_and_the_same_one_twice_is_not() -> None:
    film = {"Composite:GPSLatitude": "+33.6650000", "Composite:GPSLongitude": "+36.3290000"}
    assert shown({**position("33.6650000", "36.3290000"), **film})[1] == ()
    xmp = {"XMP-exif:GPSLatitude": "+34.0000000", "XMP-exif:GPSLongitude": "+36.3290000"}
    assert topics(shown({**position("33.6650000", "36.3290000"), **xmp})[1]) == [Topic.PLACE]


def test_a_caption_in_the_file_is_held_against_the_file() -> None:
    said = said_in_caption("IFD0:ImageDescription", "Damascus, 5 April 2031")
    assert {(one.first, one.place.name if one.place else None) for one in said} == {("2031-04-05", None), (None, "Damascus")}
    _, found, _ = shown({**EXIF, **position("36.2", "37.16")}, *said)
    assert sorted(topics(found)) == [Topic.PLACE, Topic.TIME]


def test_a_device_other_than_was_said_is_a_difference() -> None:
    tags = {"IFD0:Make": "Orvan", "IFD0:Model": "Orvan 5"}
    facts, found, _ = shown(tags, Said("the giver", device="Lumo 3"))
    assert facts.device == "Orvan 5"
    assert topics(found) == [Topic.DEVICE]
    assert shown(tags, Said("the giver", device="an ORVAN 5"))[1] == ()


def test_several_devices_in_one_set_are_listed_and_one_is_not() -> None:
    assert devices_of_a_set(("I1", "Orvan 5"), [("I2", "orvan 5"), ("I3", None)], "found in the same container") == ()
    (found,) = devices_of_a_set(("I1", "Orvan 5"), [("I2", "Lumo 3"), ("I3", "Lumo 3")], "found in the same container")
    assert (
        found.sentence
        == "I1 names the device Orvan 5; others found in the same container name Lumo 3 (I2, I3). One set, several devices: ask who took which."
    )


def test_a_picture_of_another_size_than_its_metadata_say_was_cut_or_scaled() -> None:
    tags = {"ExifIFD:ExifImageWidth": "4000", "ExifIFD:ExifImageHeight": "3000"}
    assert shown(tags, width=4000, height=3000)[1] == ()
    assert shown(tags, width=3000, height=4000)[1] == (), "turned upright"
    assert topics(shown(tags, width=1600, height=1200)[1]) == [Topic.EDITS]


@pytest.mark.parametrize(("likeness", "turned", "differs"), [(0.99, 0, False), (0.5, 0, True), (0.99, 90, True), (None, 0, False)])
def test_a_thumbnail_is_a_difference_where_it_shows_something_else(likeness: float | None, turned: int, differs: bool) -> None:  # noqa: FBT001
    found = shown({}, width=4000, height=3000, thumbnail=Thumbnail(160, 120, likeness, turned))[1]
    assert bool(found) is differs


def test_traces_of_handling_say_what_stands_there_and_judge_nothing() -> None:
    history = '[{"Action": "saved", "When": "2031:04:05 10:00:00", "SoftwareAgent": "Paintwork 3"}]'
    tags = {
        "IFD0:Software": "Paintwork 3",
        "XMP-xmpMM:History": history,
        "File:JPEGDigest": "Adobe Photoshop, Quality 10",
        "ItemList:Encoder": "Lavf59.27.100",
    }
    traces = shown(tags)[0].traces
    assert {trace.tag for trace in traces} == set(tags)
    assert "saved, 2031:04:05 10:00:00, Paintwork 3" in {trace.written for trace in traces}
    words = " ".join(trace.meaning for trace in traces).lower()
    assert not any(word in words for word in ("fake", "forged", "manipulated", "authentic", "genuine"))


def test_hostile_tags_give_no_facts_and_no_error() -> None:
    tags = {
        "XMP-xmpMM:History": "[" * 50,
        "XMP-xmpMM:DerivedFrom": "{",
        "GPS:GPSLatitude": "nan",
        "GPS:GPSLongitude": "1e999",
        "ExifIFD:DateTimeOriginal": "2031:04:31 10:11:12",
        "XMP-dc:Description": '["a", {"b": 1}, null]',
        "IFD0:Make": " ",
        "ExifIFD:ExifImageWidth": "9" * 400,
        "ExifIFD:ExifImageHeight": "9" * 400,
    }
    facts, found, _ = shown(tags, Said("claim C1", first="2031-04-02", last="2031-04-02", place=KORRIN), width=10, height=10)
    assert (facts.times, facts.positions, facts.device, found) == ((), (), None, ())
    assert facts.captions == (("XMP-dc:Description", "a"),)


def test_nothing_in_a_difference_says_real_or_fake() -> None:
    _, found, _ = shown(
        {**EXIF, **position("33.3", "36.3"), "IFD0:ModifyDate": "2030:01:01 00:00:00", "IFD0:Model": "Orvan 5"},
        Said("claim C1", first="2030-01-01", last="2030-01-01", place=KORRIN, device="Lumo"),
        width=10,
        height=10,
        thumbnail=Thumbnail(160, 120, 0.1),
    )
    assert len(found) == 5
    words = " ".join(each.sentence for each in found).lower()
    assert not any(word in words for word in ("fake", "real", "forged", "authentic", "genuine", "manipulat"))


TRACK = (
    TrackPoint(33.660, 36.320, 0.0, "2030:03:17 17:46:40Z"),
    TrackPoint(33.665, 36.329, 60.0, "2030:03:17 17:47:40Z"),
)


@pytest.mark.parametrize(
    ("north", "east", "differs"), [(33.665, 36.329, False), (33.70, 36.35, False), (33.9, 36.9, True)], ids=["on it", "near", "far"]
)
def test_a_film_differs_from_a_place_only_where_its_whole_track_does(north: float, east: float, differs: bool) -> None:  # noqa: FBT001
    said = Said("claim C1", "at the prison", place=SaidPlace("the prison", north, east, "facility"), claim="c-1")
    _, found, agreed = shown({}, said, track=TRACK)
    assert bool(found) is differs
    assert bool(agreed) is not differs
    assert "a GPS track of 2 points from 33.66000, 36.32000 to 33.66500, 36.32900" in (found[0].sentence if differs else agreed[0])


def test_a_track_is_held_against_the_position_and_the_day_that_the_file_states() -> None:
    _, found, _ = shown({**position("33.9 N", "36.9 E")}, Said("its receipt", first="2030-03-25", last="2030-03-25"), track=TRACK)
    assert {each.topic for each in found} == {Topic.PLACE, Topic.TIME}
    assert any("comes no nearer to it than" in each.sentence for each in found)
