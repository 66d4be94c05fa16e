"""What tests of the workbench share: people on its list, a browser that sends forms as a page would, and a server on a free port."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from witnessmark.case.going_on import Told
from witnessmark.case.signing_in import sign_ins_of
from witnessmark.model.office import Colleague, Role
from witnessmark.serve.office import Office
from witnessmark.serve.sessions import COOKIE

if TYPE_CHECKING:
    from httpx2 import Response
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Page
    from starlette.testclient import TestClient

HOST = "127.0.0.1:8642"
PASSPHRASE = "velvet harbour ninety lanterns"  # noqa: S105 -- of people who do not exist
NAMES = {Role.OWNER: "Mira Osk", Role.REVIEWER: "Tam Ledo", Role.VIEWER: "Ines Karr"}


def enrol(office: Office, role: Role) -> Colleague:
    """Somebody on the list with that role and the passphrase above, hashed once for all tests."""
    sign_ins = sign_ins_of(office.folder)
    known = sign_ins.colleague(NAMES[role])
    if known is not None and known.role is role and known.signed_up:
        return known
    sign_ins.invite(NAMES[role], role, role.value, until="9999", at="2031-01-01T00:00:00Z")
    invited = sign_ins.colleague(NAMES[role])
    assert invited is not None
    assert sign_ins.enter(invited.key, hashed(), invitation=role.value)
    return msgspec.structs.replace(invited, signed_up=True)


@cache
def hashed() -> str:
    """The passphrase as the list keeps it."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(PASSPHRASE)


class Browser:
    """A client that keeps its session, and the form token of it."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.form_token = ""

    def begin(self, office: Office, who: Colleague) -> None:
        """Begin a session without the page that asks for the passphrase, whose hashing takes its time."""
        token = office.sessions.begin(who)
        session = office.sessions.find(token)
        assert session is not None
        self.form_token = session.form_token
        self.client.cookies.set(COOKIE, token)

    def get(self, path: str, **options: object) -> Response:
        """Read a page."""
        return self.client.get(path, **options)  # type: ignore[arg-type]

    def json(self, path: str) -> object:
        """The values of a page's twin."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **fields: str) -> Response:
        """Send a form, with the token that its page would hold."""
        return self.client.post(path, data={"form_token": self.form_token, **fields})


class Idle:
    """Stands in for the thread that has the stages run: keeps in whose name it was woken."""

    def __init__(self) -> None:
        self.woken: list[str] = []
        self.is_running = False
        self.told = Told()

    def wake(self, member: str) -> None:
        """Run nothing."""
        self.woken.append(member)

    def stop(self) -> None:
        """Nothing runs."""


def field(html: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, html
    return found[1]


class Served(NamedTuple):
    """A running workbench: where it answers, and what it holds."""

    url: str
    office: Office

    def page(self, chromium: Chromium, role: Role, **options: object) -> Page:
        """A page of a fresh browser profile in which somebody with this role is signed in; `options` are those of a Playwright context."""
        context = chromium.new_context(base_url=self.url, **options)  # type: ignore[arg-type]
        token = self.office.sessions.begin(enrol(self.office, role))
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.url}])
        return context.new_page()


@contextmanager
def serving(case: Path) -> Iterator[Served]:
    """Serve a case from a thread until the block ends."""
    import uvicorn

    from witnessmark.serve.app import build_app

    with socket.create_server(("127.0.0.1", 0)) as listener:
        name = f"127.0.0.1:{listener.getsockname()[1]}"
        office = Office(case, hosts=(name,))
        server = uvicorn.Server(uvicorn.Config(build_app(office), log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + 30
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        try:
            yield Served(f"http://{name}", office)
        finally:
            server.should_exit = True
            thread.join(timeout=30)
            office.close()


def shut_out(page: Page) -> list[str]:
    """What axe finds on a page that shuts somebody out."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    return [f"{one['id']}: {one['help']}" for one in axe.run(page).response["violations"] if one["impact"] in {"serious", "critical"}]
