"""A workbench without a network: the application over the built case, and clients signed in by role."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra [serve] is not installed")

from starlette.testclient import TestClient
from workbench import HOST, Browser, enrol

from witnessmark.model.office import Role
from witnessmark.serve.app import build_app
from witnessmark.serve.office import Office

Enter = Callable[[Role], Browser]


@pytest.fixture
def office(case: Path) -> Office:
    return Office(case, hosts=(HOST,))


@pytest.fixture
def anybody(office: Office) -> Browser:
    """A browser of somebody who has not signed in."""
    return Browser(TestClient(build_app(office), base_url=f"http://{HOST}", follow_redirects=False))


@pytest.fixture
def enter(office: Office) -> Enter:
    """Browsers of people signed in, by their role."""

    def entered(role: Role) -> Browser:
        browser = Browser(TestClient(build_app(office), base_url=f"http://{HOST}", follow_redirects=False))
        browser.begin(office, enrol(office, role))
        return browser

    return entered
