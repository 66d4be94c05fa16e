"""Nobody comes in but by signing in, nothing is recorded but by a form of ours, and nothing is asked for under another name."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from workbench import HOST, NAMES, PASSPHRASE, Browser, enrol

from conftest import Enter
from witnessmark.case.case import open_case
from witnessmark.case.reviewing import Asked, claims_to_review, show_claim
from witnessmark.model.office import Colleague, Role
from witnessmark.serve.app import build_app
from witnessmark.serve.limiting import FREE_TRIES
from witnessmark.serve.office import Office
from witnessmark.serve.pages import WAYS
from witnessmark.serve.sessions import COOKIE, IDLE_SECONDS, Sessions
from witnessmark.serve.ways import Method, Way, local

FILLED = {
    "number": "C1",
    "part": "lines",
    "section": "pledges",
    "page": "1",
    "page:path": "index.html",
    "item": "I1",
    "decision": "d-x",
    "token": "x",
    "language": "en",
    "form": "csv",
}


def filled(way: Way) -> str:
    """The address of a way with something in each of its places."""
    path = way.path.replace(":number", "")
    for name, value in FILLED.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"say what fills the places of {path}"
    return path


def ask(browser: Browser, way: Way, suffix: str = "") -> int:
    path = ("/index" if suffix and way.path == "/" else filled(way)) + suffix
    return (browser.get(path) if way.method is Method.GET else browser.post(path)).status_code


def test_nobody_gets_anywhere_without_signing_in(anybody: Browser) -> None:
    for way in WAYS:
        if way.needs is not None:
            assert ask(anybody, way) == 303, way.path
            assert not way.twin or ask(anybody, way, ".json") == 401, way.path
    assert anybody.get("/sign-in").status_code == 200


def test_no_role_gets_further_than_it_may(enter: Enter) -> None:
    for role in Role:
        for way in WAYS:
            if way.needs is not None:
                refused = ask(enter(role), way) == 403
                assert refused is not role.covers(way.needs), (role, way.path)


def test_nothing_is_recorded_by_a_form_that_is_not_ours(enter: Enter) -> None:
    for way in WAYS:
        if way.method is Method.POST and way.needs is not None:
            browser = enter(Role.OWNER)
            browser.form_token = browser.form_token[::-1]
            assert ask(browser, way) == 403, way.path
            answer = browser.client.post(filled(way), headers={"origin": "http://evil.example"})
            assert answer.status_code == 403, way.path
            assert "elsewhere" in answer.text


def test_a_name_that_points_here_from_elsewhere_is_refused(anybody: Browser) -> None:
    for host in ("evil.example", "evil.example:8642", "127.0.0.1:9999", ""):
        answer = anybody.get("/sign-in", headers={"host": host})
        assert answer.status_code == 421
        assert "Sign in" not in answer.text


def test_every_answer_says_that_it_is_not_kept_and_loads_nothing_from_elsewhere(anybody: Browser, enter: Enter) -> None:
    for answer in (
        anybody.get("/sign-in"),
        anybody.get("/"),
        anybody.get("/nowhere"),
        anybody.get("/static/workbench.css"),
        enter(Role.VIEWER).get("/"),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_files_of_the_program_are_reached_by_their_names_alone(anybody: Browser) -> None:
    for path in ("/static/../door.py", "/static/%2e%2e/door.py", "/static/..%2fdoor.py", "/static//etc/passwd", "/look/../render.py"):
        assert anybody.get(path).status_code in {303, 404}


def test_a_right_passphrase_lets_in_with_a_new_session_and_signing_out_ends_it(office: Office, anybody: Browser) -> None:
    enrol(office, Role.VIEWER)
    anybody.client.cookies.set(COOKIE, "chosen by somebody else")
    answer = anybody.client.post("/sign-in", data={"name": NAMES[Role.VIEWER], "passphrase": PASSPHRASE, "next": "/myself"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/myself"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    token = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert token not in {"", "chosen by somebody else"}
    anybody.client.cookies.clear()
    anybody.client.cookies.set(COOKIE, token)
    session = office.sessions.find(token)
    assert session is not None
    anybody.form_token = session.form_token
    assert NAMES[Role.VIEWER] in anybody.get("/myself").text
    anybody.post("/sign-out")
    assert office.sessions.find(token) is None


def test_wrong_passphrases_are_refused_alike_and_ever_more_slowly(office: Office, anybody: Browser) -> None:
    enrol(office, Role.VIEWER)
    said = set()
    for name in (NAMES[Role.VIEWER], "Nobody At All"):
        answer = anybody.client.post("/sign-in", data={"name": name, "passphrase": "not this one at all"})
        assert answer.status_code == 403
        said.add(answer.text.replace(name, "NAME"))
    assert len(said) == 1
    for _ in range(FREE_TRIES):
        anybody.client.post("/sign-in", data={"name": NAMES[Role.VIEWER], "passphrase": "not this one at all"})
    held_off = anybody.client.post("/sign-in", data={"name": NAMES[Role.VIEWER], "passphrase": PASSPHRASE})
    assert held_off.status_code == 429
    assert "set-cookie" not in held_off.headers


def test_an_invitation_lets_one_person_choose_a_passphrase_once(office: Office, anybody: Browser, enter: Enter) -> None:
    page = enter(Role.OWNER).post("/team/invite", name="Sela Dorn", role="reviewer")
    link = page.text.partition("/join/")[2].partition("<")[0]
    assert "Sela Dorn" in anybody.get(f"/join/{link}").text
    weak = anybody.client.post(f"/join/{link}", data={"passphrase": "short", "again": "short"})
    assert weak.status_code == 400
    taken = anybody.client.post(f"/join/{link}", data={"passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert taken.status_code == 303
    anybody.client.cookies.clear()
    assert anybody.get(f"/join/{link}").status_code == 404
    assert anybody.client.post(f"/join/{link}", data={"passphrase": PASSPHRASE, "again": PASSPHRASE}).status_code == 404


def test_whoever_is_taken_off_the_list_or_given_another_role_is_signed_out_at_once(enter: Enter) -> None:
    owner, viewer = enter(Role.OWNER), enter(Role.VIEWER)
    assert viewer.get("/").status_code == 200
    owner.post("/team/role", name=NAMES[Role.VIEWER], role="reviewer")
    assert viewer.get("/").status_code == 303
    again = enter(Role.VIEWER)
    owner.post("/team/remove", name=NAMES[Role.VIEWER])
    assert again.get("/").status_code == 303


def test_the_last_owner_cannot_be_taken_off(enter: Enter) -> None:
    owner = enter(Role.OWNER)
    answer = owner.post("/team/remove", name=NAMES[Role.OWNER])
    assert answer.status_code == 400
    assert "only owner" in answer.text
    assert owner.post("/team/role", name=NAMES[Role.OWNER], role="viewer").status_code == 400


def test_a_session_ends_with_the_time() -> None:
    at = [0.0]
    sessions = Sessions(lambda: at[0])
    token = sessions.begin(Colleague("k-0123456789abcdef", "Ines Karr", Role.VIEWER, signed_up=True, invited_until=None, since=""))
    at[0] = IDLE_SECONDS - 1
    assert sessions.find(token) is not None
    at[0] += IDLE_SECONDS + 1
    assert sessions.find(token) is None


def test_one_goes_on_only_inside_the_workbench() -> None:
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nset-cookie: x=y", ""):
        assert local(elsewhere) == "/"
    assert local("/claims/C3?x=1") == "/claims/C3?x=1"


def test_a_body_that_is_too_large_is_refused_before_it_is_kept(enter: Enter) -> None:
    browser = enter(Role.OWNER)
    answer = browser.client.post("/team/invite", data={"form_token": browser.form_token, "name": "x" * (2 << 20)})
    assert answer.status_code == 400
    assert "bytes" in answer.text


def test_two_people_at_one_claim_never_overwrite_each_other_silently(enter: Enter, office: Office) -> None:
    one, other = enter(Role.OWNER), enter(Role.REVIEWER)
    seen = one.json("/claims/C1.json")["seen"]  # type: ignore[index]
    assert one.post("/claims/C1/status", status="accepted", seen=seen).status_code == 303
    late = other.post("/claims/C1/status", status="rejected", seen=seen)
    assert late.status_code == 409
    assert "Nothing of yours was recorded" in late.text
    with open_case(office.root) as case:
        (shown,) = [c for i in claims_to_review(case, Asked(statuses=())) if (c := show_claim(case, i)).number == "C1"]
    assert shown.status == "accepted"


def test_what_nobody_foresaw_is_said_in_a_sentence_without_its_insides(
    office: Office, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = enter(Role.VIEWER)
    assert "Nothing stands at this address" in browser.get("/nowhere/at/all").text

    def broken(*_: object) -> None:
        raise RuntimeError("the inside of it")

    monkeypatch.setattr(office, "reading", broken)
    browser.client = TestClient(build_app(office), base_url=f"http://{HOST}", cookies=browser.client.cookies, raise_server_exceptions=False)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "inside of it" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
