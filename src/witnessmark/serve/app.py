"""The workbench as an ASGI application: the ways of every room, the files that pages load, and the door before them all."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from witnessmark.serve.door import Door, endpoint
from witnessmark.serve.office import Office
from witnessmark.serve.pages import WAYS

_WORDS = {
    404: "Nothing stands at this address.",
    405: "This address is not read in that way.",
    500: "Something went wrong inside the program. What was recorded before is safe; the terminal in which the workbench runs says what happened.",
}
_PLAIN = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Witnessmark</title><link rel="stylesheet" href="/look/dossier.css">'
    '<link rel="stylesheet" href="/static/workbench.css"></head><body><main><h1>That did not work</h1><p class="wrong">{}</p>'
    '<p><a href="/">Go on</a></p></main></body></html>'
)


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
    failures: dict[Any, Any] = {404: _failed, 405: _failed, 500: _failed}
    return Door(Starlette(routes=routes, exception_handlers=failures), office)


async def _failed(request: Request, error: Exception) -> Response:
    """What nobody foresaw, in a sentence; what happened goes to the terminal of the server alone."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    sentence = _WORDS.get(status, _WORDS[500])
    if request.url.path.endswith(".json"):
        return JSONResponse({"error": sentence, "status": status}, status)
    return HTMLResponse(_PLAIN.format(sentence), status)
