"""The workbench as an ASGI application: the ways of every room, the files that pages load, and the door before them all."""

from __future__ import annotations

from importlib.resources import files

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from witnessmark.serve.door import Door, endpoint
from witnessmark.serve.office import Office
from witnessmark.serve.pages import WAYS


class _ShortNumber(Convertor[str]):
    """A short number in an address, such as C14 or I3."""

    regex = "[A-Za-z][0-9]{1,9}"

    def convert(self, value: str) -> str:
        """The number as typed."""
        return value

    def to_string(self, value: str) -> str:
        """The same."""
        return value


def build_app(office: Office) -> ASGIApp:
    """The application of one workbench."""
    register_url_convertor("number", _ShortNumber())
    routes: list[Route | Mount] = [
        Mount("/static", StaticFiles(directory=str(files("witnessmark.serve") / "static"))),
        Mount("/look", StaticFiles(directory=str(files("witnessmark.publish") / "static"))),
    ]
    for way in WAYS:
        if way.twin:  # before the page itself, whose last value would take the ending for part of it
            path = "/index" if way.path == "/" else way.path
            routes.append(Route(f"{path}.json", endpoint(office, way, as_json=True), methods=[way.method]))
        routes.append(Route(way.path, endpoint(office, way, as_json=False), methods=[way.method]))
    return Door(Starlette(routes=routes), office)
