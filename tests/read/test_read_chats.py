from __future__ import annotations

import json
from pathlib import Path

import msgspec
from tests.read.read_originals import BARE, anchored, anchors_hold, document_of, request_for, stored

from witnessmark.model.document import Document
from witnessmark.read.decode import decode
from witnessmark.read.request import Beside, DecodeJob, Outcome

ANDROID = """01/03/2031, 14:22 - Messages and calls are end-to-end encrypted. Tap to learn more.
01/03/2031, 14:22 - Dara Ilin: They came at night.
Two trucks.
13/03/2031, 09:05 - +999 55 123: IMG-20310313-WA0001.jpg (file attached)
13/03/2031, 09:06 - Ana Brecht: <Media omitted>
"""
IPHONE = (
    "\ufeff[3/1/31, 2:22:05\u202fPM] Dara Ilin: They came at night.\r\n"
    "\u200e[3/13/31, 9:05:00\u202fAM] Ana Brecht: \u200e<attached: 00000002-PHOTO-2031-03-13.jpg>\r\n"
    "[3/13/31, 12:06:00\u202fAM] Ana Brecht: \u200eimage omitted\r\n"
)


def with_beside(path: Path, *names: str) -> Document:
    beside = tuple(Beside(name, f"I{n + 2}", f"{n:064x}") for n, name in enumerate(names))
    job = msgspec.structs.replace(DecodeJob.of(request_for(path), BARE), beside=beside)
    outcome = msgspec.msgpack.decode(decode(msgspec.msgpack.encode(job)), type=Outcome)
    assert outcome.reading is not None, outcome.unreadable
    anchors_hold(outcome.reading.document)
    return outcome.reading.document


def test_an_android_chat_becomes_messages_with_speakers_times_and_their_files(tmp_path: Path) -> None:
    document = with_beside(stored(tmp_path, "WhatsApp Chat with Korrin families.txt", ANDROID), "IMG-20310313-WA0001.jpg")
    assert anchored(document) == [
        ("message 1, 2031-03-01 14:22", "01/03/2031, 14:22 - Messages and calls are end-to-end encrypted. Tap to learn more."),
        ("message 2, 2031-03-01 14:22, Dara Ilin", "01/03/2031, 14:22 - Dara Ilin: They came at night.\nTwo trucks."),
        ("message 3, 2031-03-13 09:05, +999 55 123", "13/03/2031, 09:05 - +999 55 123: IMG-20310313-WA0001.jpg (file attached)"),
        ("message 4, 2031-03-13 09:06, Ana Brecht", "13/03/2031, 09:06 - Ana Brecht: <Media omitted>"),
    ]
    assert document.text == ANDROID
    assert document.title == "Korrin families"
    assert document.metadata["file IMG-20310313-WA0001.jpg"] == "I2"
    assert document.metadata["order of dates"] == "Decided by a number above 12: day before month."
    assert any("does not say which time zone" in problem for problem in document.problems)
    assert "Messages whose picture, sound or other file the export left out: 1." in document.problems


def test_an_iphone_chat_with_marks_of_direction_and_a_clock_of_twelve_hours(tmp_path: Path) -> None:
    document = with_beside(stored(tmp_path, "_chat.txt", IPHONE))
    assert [label for label, _ in anchored(document)] == [
        "message 1, 2031-03-01 14:22:05, Dara Ilin",
        "message 2, 2031-03-13 09:05:00, Ana Brecht",
        "message 3, 2031-03-13 00:06:00, Ana Brecht",
    ]
    assert document.text == IPHONE.removeprefix("\ufeff")
    assert document.metadata["order of dates"].endswith("month before day.")
    assert any("that did not come with it: 1 (00000002-PHOTO" in problem for problem in document.problems)


def test_other_phones_write_other_dates(tmp_path: Path) -> None:
    for line, shown in (
        ("[٠١/٠٣/٢٠٣١، ٢:٢٢:٠٥ م] دارا: كلمات", "2031-03-01 14:22:05, دارا"),
        ("01.03.31, 14:22 - Dara: Worte", "2031-03-01 14:22, Dara"),
        ("2031-03-01, 2:22 p.m. - Dara: words", "2031-03-01 14:22, Dara"),
        ("1/3/31 14:22 - Dara: words", "2031-03-01 14:22, Dara"),
    ):
        later = line.replace("01", "25", 1).replace("٠١", "٢٥", 1) if "2031-" not in line else line
        later = later.replace("1/3", "25/3", 1) if later.startswith("1/3") else later
        document = document_of(stored(tmp_path, "_chat.txt", f"{line}\n{later}\n"))
        assert document.anchors[0].label == f"message 1, {shown}"


def test_the_order_of_day_and_month_is_decided_by_the_chat_or_left_open(tmp_path: Path) -> None:
    rising = "".join(f"0{month}/02/2031, 10:00 - Dara: words\n" for month in (1, 2, 3)) + "05/01/2032, 10:00 - Dara: words\n"
    falling_if_month_first = "11/01/2031, 10:00 - Dara: one\n02/02/2031, 10:00 - Dara: two\n03/02/2031, 10:00 - Dara: three\n"
    decided = document_of(stored(tmp_path, "_chat.txt", falling_if_month_first))
    assert decided.anchors[0].label == "message 1, 2031-01-11 10:00, Dara"
    assert decided.metadata["order of dates"].startswith("Decided by the messages following one another")
    open_ = document_of(stored(tmp_path, "_chat.txt", rising))
    assert open_.anchors[0].label == "message 1, 01/02/2031 10:00, Dara"
    assert any("cannot be told from the chat; they are given as written" in problem for problem in open_.problems)


def test_a_text_that_only_mentions_a_date_is_no_chat(tmp_path: Path) -> None:
    text = "01/03/2031, 14:22 - note to self\nOrdinary prose follows here.\n"
    document = document_of(stored(tmp_path, "notes.txt", text))
    assert document.reader == "plain-text@1"
    assert document.text == text


TELEGRAM = {
    "name": "Korrin families",
    "type": "private_group",
    "id": 1,
    "messages": [
        {
            "id": 1,
            "type": "service",
            "date": "2031-03-01T14:20:00",
            "date_unixtime": "1930130400",
            "actor": "Dara",
            "action": "create_group",
            "text": "",
        },
        {
            "id": 2,
            "type": "message",
            "date": "2031-03-01T14:22:00",
            "date_unixtime": "1930130520",
            "from": "Dara",
            "from_id": "user1",
            "text": ["They came ", {"type": "bold", "text": "at night"}, "."],
            "photo": "photos/photo_1.jpg",
        },
        {
            "id": 3,
            "type": "message",
            "date": "2031-03-01T14:23:00",
            "date_unixtime": "1930130580",
            "from": None,
            "from_id": "user2",
            "file": "(File not included. Change data exporting settings to download.)",
            "media_type": "voice_message",
            "text": "",
        },
    ],
}


def test_a_telegram_export_gives_messages_files_and_the_zone_its_times_are_in(tmp_path: Path) -> None:
    document = with_beside(stored(tmp_path, "result.json", json.dumps(TELEGRAM)), "photos/photo_1.jpg")
    assert [text for _, text in anchored(document)] == [
        "2031-03-01 14:20 (note by the program) Dara (action: create_group)",
        "2031-03-01 14:22 Dara: They came at night. <file: photos/photo_1.jpg>",
        "2031-03-01 14:23 a deleted account: (media type: voice_message)",
    ]
    assert document.metadata["file photos/photo_1.jpg"] == "I2"
    assert document.metadata["time zone"].startswith("UTC")
    assert "Messages whose picture, sound or other file the export left out: 1." in document.problems


def test_two_times_that_no_zone_lies_between_are_said_not_to_go_together(tmp_path: Path) -> None:
    altered = {**TELEGRAM, "messages": [{**one, "date": "2031-03-02T15:22:00"} if one["id"] == 2 else one for one in TELEGRAM["messages"]]}  # type: ignore[attr-defined]
    document = with_beside(stored(tmp_path, "result.json", json.dumps(altered)), "photos/photo_1.jpg")
    assert document.metadata["time zone"] == "UTC+03:00"
    assert any("do not go together" in problem for problem in document.problems)


def test_a_telegram_export_of_all_chats_names_each(tmp_path: Path) -> None:
    everything = {"chats": {"list": [TELEGRAM, {**TELEGRAM, "name": "Others"}]}}
    document = document_of(stored(tmp_path, "result.json", json.dumps(everything)))
    assert "Chat: Korrin families (private_group)" in document.text
    assert "Chat: Others (private_group)" in document.text


PAGE = """<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">Korrin families</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="m0"><div class="body details">1 March 2031</div></div>
<div class="message default clearfix" id="m1"><div class="body"><div class="pull_right date details" title="01.03.2031 14:22:00 UTC+03:00">14:22</div>
<div class="from_name">Dara</div><div class="text">They came<br>at night.</div></div></div>
<div class="message default clearfix joined" id="m2"><div class="body"><div class="pull_right date details" title="01.03.2031 14:23:00 UTC+03:00">14:23</div>
<div class="media_wrap"><a class="photo_wrap clearfix pull_left" href="photos/p.jpg"><img class="photo"></a></div></div></div>
</div></div></div></body></html>"""


def test_a_page_of_a_telegram_export_is_read_the_same_way(tmp_path: Path) -> None:
    document = with_beside(stored(tmp_path, "messages.html", PAGE), "photos/p.jpg")
    assert [text for _, text in anchored(document)] == [
        "(note by the program) 1 March 2031",
        "2031-03-01 14:22 Dara: They came at night.",
        "2031-03-01 14:23 Dara: (no words) <file: photos/p.jpg>",
    ]
    assert document.metadata["time zone"] == "UTC+03:00"
    assert document.title == "Korrin families"


def test_two_items_of_one_name_are_not_told_apart_by_guess(tmp_path: Path) -> None:
    document = with_beside(stored(tmp_path, "_chat.txt", ANDROID), "a/IMG-20310313-WA0001.jpg", "b/IMG-20310313-WA0001.jpg")
    assert document.metadata["file IMG-20310313-WA0001.jpg"] == "one of I2, I3 (same name)"
