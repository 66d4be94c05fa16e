"""What is sent in is stored before anything reads it, answered by a receipt, and read on behind the page."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from workbench import Browser, Idle, Served, field, shut_out

from conftest import Enter
from witnessmark.case.arriving import name_as_sent, receive, sent_files
from witnessmark.case.case import open_case
from witnessmark.case.going_on import Asked, GoingOn, go_on
from witnessmark.case.intake import Given
from witnessmark.model.office import Role
from witnessmark.serve import door
from witnessmark.serve.office import Office
from witnessmark.serve.working import Worker
from witnessmark.store import queries

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

STATEMENT = (
    "Inspector Ana Brecht said on 4 March 2024 that guards killed at least 13 prisoners at the Karvel depot. "
    "The ministry of Tolvaria denied that any prisoner was killed there."
)


def send(browser: Browser, *files: tuple[str, bytes], to: str = "/intake", **fields: str):  # type: ignore[no-untyped-def] # noqa: ANN201
    data = {"form_token": browser.form_token, **fields}
    return browser.client.post(to, data=data, files=[("files", (name, content)) for name, content in files])


def test_a_file_that_is_sent_is_preserved_as_it_is_and_answered_by_a_receipt(enter: Enter, office: Office, idle: Idle) -> None:
    browser = enter(Role.REVIEWER)
    answer = send(browser, ("brecht.txt", STATEMENT.encode()), received_from="the clinic", source="Lanthorn", published="2024-03-05")
    assert answer.status_code == 303
    page = browser.get(answer.headers["location"])
    assert "brecht.txt" in page.text
    assert "waits to be read" in page.text
    came = browser.json(answer.headers["location"].replace("/intake?", "/intake.json?"))
    (arrival,) = came["came"]["arrivals"]  # type: ignore[index]
    assert (arrival["kind"], arrival["source"], arrival["already_held"]) == ("text", "Lanthorn", False)
    assert idle.woken == ["Tam Ledo"]
    item = hashlib.sha256(STATEMENT.encode()).hexdigest()
    with office.reading() as case, case.asking() as connection:
        assert case.vault.holds(item)
        (receipt,) = queries.receipts(connection, item)[item]
    assert (receipt.received_from, receipt.published, receipt.how) == ("the clinic", "2024-03-05", "sent through the workbench")


def test_the_same_bytes_under_another_name_are_held_already_and_a_form_sent_twice_adds_nothing(enter: Enter) -> None:
    browser = enter(Role.REVIEWER)
    send(browser, ("one.txt", STATEMENT.encode()))
    assert "already held" in browser.get(send(browser, ("two.txt", STATEMENT.encode())).headers["location"]).text
    again = browser.get(send(browser, ("two.txt", STATEMENT.encode())).headers["location"])
    assert "1 were sent and recorded before" in again.text
    assert "Nothing new" in again.text


HOSTILE = {
    "parts": ("../../etc/passwd", "etc/passwd"),
    "windows": ("C:\\Users\\..\\statement.txt", "Users/statement.txt"),
    "controls": ("a\u202etxt.exe", "a\\u202etxt.exe"),
    "script": ("<script>alert(1)</script>.txt", "<script>alert(1)</script>.txt"),
    "nothing": ("...//../", "..."),
    "long": ("x" * 5000, "x" * 200),
}


@pytest.mark.parametrize(("name", "kept"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_name_leads_nowhere_and_hides_nothing(enter: Enter, name: str, kept: str) -> None:
    assert name_as_sent(name) == kept
    browser = enter(Role.REVIEWER)
    page = browser.get(send(browser, (name[:300], b"words")).headers["location"])
    assert "<script>alert" not in page.text


def test_no_file_no_day_and_no_reason_are_refused_with_nothing_recorded(enter: Enter, idle: Idle) -> None:
    browser = enter(Role.REVIEWER)
    assert send(browser, published="2024-03-05").status_code == 400
    assert "is no day" in send(browser, ("one.txt", b"words"), published="yesterday").text
    assert "needs its reason" in send(browser, ("one.txt", b"words"), to="/intake/not-kept").text
    assert idle.woken == []


def test_what_is_not_kept_goes_on_record_and_its_content_does_not(enter: Enter, office: Office) -> None:
    answer = send(enter(Role.REVIEWER), ("smile.webp", b"a smile"), to="/intake/not-kept", why="stickers, no evidence")
    assert answer.status_code == 303
    with office.reading() as case, case.asking() as connection:
        (left,) = queries.not_kept(connection)
        assert not case.vault.holds(hashlib.sha256(b"a smile").hexdigest())
    assert [file.name for file in left.files] == ["smile.webp"]


def test_a_body_over_the_bound_is_refused_and_more_files_than_are_counted_too(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = enter(Role.REVIEWER)
    monkeypatch.setattr(door, "MOST_FILES", 3)
    assert "cannot be read" in send(browser, *((f"{n}.txt", b"x") for n in range(5))).text
    declared = browser.client.post(
        "/intake", content=b"x", headers={"content-length": str(5 << 30), "content-type": "multipart/form-data; boundary=b"}
    )
    assert declared.status_code == 400


def test_what_came_in_is_read_in_small_holds_and_a_near_copy_is_named(enter: Enter, office: Office, idle: Idle) -> None:
    browser = enter(Role.REVIEWER)
    long = f"{STATEMENT} The families asked on Monday where their sons were taken, and nobody in the town hall would answer them. " * 2
    send(browser, ("first.txt", long.encode()))
    answer = send(browser, ("second.txt", (long + " Printed again.").encode()))
    go_on(office.root, idle.woken[0])
    came = browser.json(answer.headers["location"].replace("/intake?", "/intake.json?"))
    (arrival,) = came["came"]["arrivals"]  # type: ignore[index]
    assert arrival["state"] == "read"
    assert arrival["language"] == "en"
    assert [near["number"] for near in arrival["near"]] == [f"I{int(arrival['number'][1:]) - 1}"]
    assert "Near copy of" in browser.get(answer.headers["location"]).text


def test_the_stages_run_in_a_process_of_their_own_that_can_be_stopped_and_gone_on_with(office: Office, case: Path) -> None:
    with open_case(case, write="test") as opened:
        receive(opened, sent_files([("brecht.txt", io.BytesIO(STATEMENT.encode()))]), Given())
    office.worker = Worker(office.root)
    office.worker.wake("Tam Ledo")
    office.worker.wait(120)
    assert not office.worker.is_running
    assert office.worker.told.problem == ""
    with office.reading() as opened, opened.asking() as connection:
        assert queries.document_of(connection, hashlib.sha256(STATEMENT.encode()).hexdigest()) is not None
    office.worker.stop()
    office.worker.wake("Tam Ledo")
    assert not office.worker.is_running


def test_a_run_that_is_ended_loses_nothing_and_the_next_goes_on(office: Office, case: Path) -> None:
    texts = [f"{STATEMENT} Note {n}." for n in range(3)]
    with open_case(case, write="test") as opened:
        receive(opened, sent_files([(f"{n}.txt", io.BytesIO(text.encode())) for n, text in enumerate(texts)]), Given())
    run = GoingOn(Asked(str(case), "Tam Ledo"))
    run.stop()
    assert not any(told.problem for told in run)
    go_on(office.root, "Tam Ledo")
    with office.reading() as opened, opened.asking() as connection:
        for text in texts:
            assert queries.document_of(connection, hashlib.sha256(text.encode()).hexdigest()) is not None


def test_what_people_decide_of_an_item_stands_on_its_page_and_can_be_taken_back(enter: Enter) -> None:
    browser = enter(Role.REVIEWER)
    seen = field(browser.get("/items/I1/custody").text, "seen")
    assert browser.post("/items/I1/handling", field="sensitivity", value="graphic", why="shows the dead", seen=seen).status_code == 303
    late = browser.post("/items/I1/handling", field="release", value="released", why="editor", seen=seen)
    assert late.status_code == 409
    item = browser.json("/items/I1/custody.json")["item"]  # type: ignore[index]
    assert item["values"]["sensitivity"] == "graphic"
    assert item["acts"][0]["words"] == "received"
    browser.post(f"/decisions/{item['decisions'][0]['id']}/undo")
    assert browser.json("/items/I1/custody.json")["item"]["values"]["sensitivity"] != "graphic"  # type: ignore[index]


def test_a_consent_is_recorded_by_purpose_and_withdrawn(enter: Enter) -> None:
    browser = enter(Role.REVIEWER)
    fields = {
        "purposes": ["store", "share"],
        "shared_with": "Commission of Inquiry",
        "consent_form": "form 7",
        "why": "read out and signed",
    }
    seen = field(browser.get("/items/I1/custody").text, "seen")
    assert browser.client.post("/items/I1/consent", data={"form_token": browser.form_token, "seen": seen, **fields}).status_code == 303
    item = browser.json("/items/I1/custody.json")["item"]  # type: ignore[index]
    assert item["consent_words"] == "store, share: Commission of Inquiry"
    browser.post("/items/I1/consent/withdraw", seen=item["seen"], on="2026-11-01", why="called")
    assert "withdrawn on 2026-11-01" in browser.get("/items/I1/custody").text


def test_viewers_see_no_keys_of_colleagues_and_no_hash(enter: Enter) -> None:
    item = enter(Role.VIEWER).json("/items/I1/custody.json")["item"]  # type: ignore[index]
    assert item["sha256"] is None
    assert {act["by"] for act in item["acts"]} == {None}
    assert {one["by"] for one in item["decisions"]} <= {None}
    assert enter(Role.REVIEWER).json("/items/I1/custody.json")["item"]["sha256"]  # type: ignore[index]


def test_files_chosen_in_a_browser_are_sent_in_groups_and_all_are_answered(served: Served, chromium: Chromium, tmp_path: Path) -> None:
    served.office.worker = Idle()  # type: ignore[assignment]
    names = [f"note-{n}.txt" for n in range(25)]
    for name in names:
        (tmp_path / name).write_text(f"{STATEMENT} {name}", encoding="utf-8")
    page = served.page(chromium, Role.REVIEWER)
    page.goto("/intake")
    page.set_input_files("input[multiple]:not([webkitdirectory])", [tmp_path / name for name in names])
    page.click("text=Preserve")
    page.wait_for_url("**/intake?after=*")
    assert page.locator("#arrivals tbody tr").count() == len(names)
    assert shut_out(page) == []
    page.goto("/items/I1/custody")
    assert shut_out(page) == []
