"""A workbench without a network: the application over the built case, and clients signed in by role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

pytest.importorskip("starlette", reason="the extra [serve] is not installed")

from starlette.testclient import TestClient
from workbench import HOST, Browser, Idle, Served, enrol, serving

from witnessmark.model.office import Role
from witnessmark.serve.app import build_app
from witnessmark.serve.office import Office

Enter = Callable[[Role], Browser]


@pytest.fixture
def office(case: Path) -> Iterator[Office]:
    opened = Office(case, hosts=(HOST,))
    opened.worker = Idle()  # type: ignore[assignment]
    yield opened
    opened.close()


@pytest.fixture
def idle(office: Office) -> Idle:
    """What stands in for the stages: nothing is read behind the pages."""
    return cast("Idle", office.worker)


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


@pytest.fixture
def served(case: Path) -> Iterator[Served]:
    """The workbench on a free port of this machine, for tests in a real browser."""
    with serving(case) as running:
        yield running
