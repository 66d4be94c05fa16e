"""Whatever is typed into an address or a form: an answer in a sentence, nothing run in a page, nothing lost."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_serve_door import filled
from workbench import Browser

from conftest import Enter
from witnessmark.case.case import open_case
from witnessmark.model.office import Role
from witnessmark.serve.office import Office
from witnessmark.serve.pages import WAYS
from witnessmark.serve.ways import Method, Way

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
KNOWN = [
    "status",
    "accepted",
    "why",
    "seen",
    "next",
    "q",
    "n",
    "number",
    "name",
    "role",
    "state",
    "hidden",
    "again",
    "authority",
    "minutes",
    "field",
    "value",
    "words",
    "start",
    "end",
    "back",
    "form_token",
    "page",
    "source",
    "act",
    "place",
    "stance",
    "language",
    "kind",
    "title",
    "date",
    "from",
    "until",
    "members",
    "note",
    "text",
    "answer",
]
ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            SCRIPT,
            "C1",
            "I1",
            "N1",
            "P1",
            "0",
            "-1",
            "9" * 30,
            "\x00",
            "\ud7ff",
            "../../etc/passwd",
            "%2e%2e",
            "none",
            "accepted",
            "a" * 5000,
        ]
    ),
)
NEVER = {"/sign-out", "/items/{number}/dispose"}
"""Left out of the storm: after them there is no session, or nothing to ask for."""


def places(way: Way, values: list[str]) -> str:
    """The address of a way with odd values in its places."""
    from urllib.parse import quote

    path, rest = way.path.replace(":number", ""), iter(values)
    return re.sub(r"\{[a-z]+\}", lambda _: quote(next(rest, "x"), safe="") or "x", path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_address_and_no_form_breaks_the_program(enter: Enter, data: st.DataObject) -> None:
    browser = enter(Role.OWNER)
    way = data.draw(st.sampled_from([way for way in WAYS if way.path not in NEVER]))
    path = data.draw(st.sampled_from([filled(way), places(way, data.draw(st.lists(ODD, min_size=2, max_size=2)))]))
    fields = data.draw(st.dictionaries(st.sampled_from(KNOWN), ODD, max_size=6))
    suffix = data.draw(st.sampled_from(["", ".json"]))
    if way.method is Method.POST:
        answer = browser.client.post(path + suffix, data={**fields, "form_token": browser.form_token})
    else:
        answer = browser.get(path + suffix, params=fields)
    assert answer.status_code < 500 or answer.status_code == 501, (way.path, answer.text[:300])
    if "html" in answer.headers.get("content-type", ""):
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text


def test_script_stored_in_every_field_is_shown_and_never_run(enter: Enter, office: Office) -> None:
    owner = enter(Role.OWNER)
    owner.post("/team/invite", name=SCRIPT[:90], role="viewer")
    owner.post("/work/I1", state="in_progress", why=SCRIPT)
    seen = owner.json("/claims/C1.json")["seen"]  # type: ignore[index]
    owner.post("/claims/C1/status", status="rejected", why=SCRIPT, seen=seen)
    with open_case(office.root) as case, case.asking() as connection:
        from witnessmark.store import queries

        assert sum(one.why == SCRIPT for one in queries.decisions(connection)) == 2
    for path in pages_of_a_case():
        text = owner.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path


def pages_of_a_case() -> list[str]:
    """Every page there is to read."""
    return [filled(way) for way in WAYS if way.method is Method.GET and way.twin]


def test_ids_that_are_guessed_lead_nowhere(enter: Enter) -> None:
    viewer = enter(Role.VIEWER)
    for path in ("/claims/C999999", "/claims/c-0", "/C999999", "/Z1", "/claims/I1"):
        assert follow(viewer, path) in {400, 404}, path


def follow(browser: Browser, path: str) -> int:
    answer = browser.get(path)
    while answer.status_code == 303:
        answer = browser.get(answer.headers["location"])
    return answer.status_code
