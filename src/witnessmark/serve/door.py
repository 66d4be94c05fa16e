"""The door: every request passes here on its way to a handler, and every answer on its way back.

In this order: is the server asked for under its own name (else a page elsewhere could reach it through a name that points here); is anybody signed
in, and may they; does the form come from one of our pages; is the body small enough; and only then the handler, in a thread of its own. Answers are
never kept by the browser, load nothing from elsewhere and cannot be put in a frame of another page.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import msgspec

from witnessmark.case.seen import DecidedMeanwhileError
from witnessmark.errors import (
    CaseBusyError,
    CaseError,
    LockedError,
    MissingPartError,
    ProtectionError,
    StorageError,
    UsageError,
    WitnessmarkError,
)
from witnessmark.serve.ask import Ask, NotThereError, RefusedError, SlowDownError, Upload, Where
from witnessmark.serve.rendering import html_of, json_of
from witnessmark.serve.sessions import COOKIE
from witnessmark.serve.speaking import COOKIE as LANGUAGE_COOKIE
from witnessmark.serve.speaking import chosen
from witnessmark.serve.ways import Chosen, Go, Method, Outcome, Page, Sent, SignedIn, SignedOut, Way, local

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from witnessmark.serve.office import Office

CONTENT_SECURITY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; connect-src 'self'; style-src 'self'; script-src 'self'"
HEADERS = {
    "content-security-policy": CONTENT_SECURITY,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
"""Sent with every answer, unless the answer brings a stricter one of its own."""

MOST_FIELDS, MOST_FILES, LONGEST_FIELD = 2_000, 1_000, 1 << 20

STATUS: tuple[tuple[type[WitnessmarkError], int], ...] = (
    (NotThereError, HTTPStatus.NOT_FOUND),
    (RefusedError, HTTPStatus.FORBIDDEN),
    (SlowDownError, HTTPStatus.TOO_MANY_REQUESTS),
    (DecidedMeanwhileError, HTTPStatus.CONFLICT),
    (ProtectionError, HTTPStatus.FORBIDDEN),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (CaseBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LockedError, HTTPStatus.LOCKED),
    (MissingPartError, HTTPStatus.NOT_IMPLEMENTED),
    (StorageError, HTTPStatus.INSUFFICIENT_STORAGE),
    (CaseError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
"""The status of each kind of error, the first that fits."""


class Problem(msgspec.Struct, frozen=True):
    """What a page of an error shows: what happened, and where to go on."""

    error: str
    status: int
    to: str = "/"


class Door:
    """Outermost: refuses other names and adds the headers. Plain ASGI, so that it also covers files and errors of the framework."""

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app, self._office = app, office

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                named = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in named),
                ]
            await send(message)

        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        if host.lower() not in self._office.hosts:
            from starlette.responses import PlainTextResponse

            refusal = PlainTextResponse("This workbench is not asked for under that name.", HTTPStatus.MISDIRECTED_REQUEST)
            await refusal(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def endpoint(office: Office, way: Way, *, as_json: bool) -> Callable[[Request], Awaitable[Response]]:
    """The handler of a way as Starlette calls it."""

    async def answer(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        session = office.sessions.find(request.cookies.get(COOKIE))
        if way.needs is not None and session is None:
            return _sign_in_first(request, as_json=as_json)
        ask = Ask(office, session, _where(request))
        try:
            if way.needs is not None and not ask.session.who.role.covers(way.needs):
                raise RefusedError(f"That needs the role {way.needs} or more; yours is {ask.session.who.role}.")
            if way.method is Method.POST:
                ask = await _with_form(request, ask, way)
            outcome = await run_in_threadpool(way.handler, ask)
        except WitnessmarkError as error:
            outcome = _problem(error)
        finally:
            for upload in ask.uploads:
                upload.content.close()
        return await run_in_threadpool(_response, outcome, ask, as_json=as_json)

    return answer


def _response(outcome: Outcome, ask: Ask, *, as_json: bool) -> Response:
    from starlette.responses import HTMLResponse, Response

    if isinstance(outcome, Sent):
        return Response(outcome.content, media_type=outcome.media_type, headers=dict(outcome.headers))
    if not isinstance(outcome, Page):
        return _elsewhere(outcome, ask, as_json=as_json)
    if as_json:
        return Response(json_of(outcome), outcome.status, media_type="application/json")
    return HTMLResponse(html_of(outcome, ask), outcome.status)


def _elsewhere(outcome: Go | Chosen | SignedIn | SignedOut, ask: Ask, *, as_json: bool) -> Response:
    """The way to another page, with what the browser is to keep from now on."""
    from starlette.responses import RedirectResponse, Response

    if isinstance(outcome, SignedIn | SignedOut):
        return _with_session(outcome, ask)
    if isinstance(outcome, Chosen):
        spoken = RedirectResponse(local(outcome.to), HTTPStatus.SEE_OTHER)
        spoken.set_cookie(
            LANGUAGE_COOKIE, outcome.language, max_age=365 * 86400, httponly=True, samesite="strict", secure=ask.office.secure
        )
        return spoken
    if as_json:
        return Response(msgspec.json.encode({"see": outcome.to, "said": outcome.said}), media_type="application/json")
    if outcome.said and ask.signed_in:
        ask.session.said.append(outcome.said)
    return RedirectResponse(outcome.to, HTTPStatus.SEE_OTHER)


def _with_session(outcome: SignedIn | SignedOut, ask: Ask) -> Response:
    """Begin a session or end it; the one there was is over either way, so that nobody goes on with a token known before."""
    from starlette.responses import RedirectResponse

    ask.office.sessions.end(ask.where.token)
    response = RedirectResponse(outcome.to, HTTPStatus.SEE_OTHER)
    if isinstance(outcome, SignedIn):
        token = ask.office.sessions.begin(outcome.who)
        response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=ask.office.secure, path="/")
    else:
        response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=ask.office.secure, path="/")
    return response


def _problem(error: WitnessmarkError) -> Page:
    status = next((status for kind, status in STATUS if isinstance(error, kind)), int(HTTPStatus.INTERNAL_SERVER_ERROR))
    to = f"/{error.number}" if isinstance(error, DecidedMeanwhileError) else "/"
    return Page("problem.html.j2", Problem(str(error), status, to), status)


def _sign_in_first(request: Request, *, as_json: bool) -> Response:
    from starlette.responses import RedirectResponse, Response

    if as_json:
        body = msgspec.json.encode(Problem("Sign in first.", HTTPStatus.UNAUTHORIZED, "/sign-in"))
        return Response(body, HTTPStatus.UNAUTHORIZED, media_type="application/json")
    back = _address(request) if request.method == Method.GET else "/"
    return RedirectResponse(f"/sign-in?next={quote(back)}", HTTPStatus.SEE_OTHER)


async def _with_form(request: Request, ask: Ask, way: Way) -> Ask:
    """The same with the values of the form. Raises RefusedError where it is not from one of our pages, UsageError where it is too large or none."""
    from starlette.exceptions import HTTPException
    from starlette.formparsers import MultiPartException
    from starlette.requests import Request as Limited

    _refuse_elsewhere(request, ask.office)
    limited = Limited(request.scope, _limit(request.receive, way.most_bytes, request.headers.get("content-length", "")))
    fields: dict[str, list[str]] = {}
    uploads: list[Upload] = []
    try:
        form = await limited.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    except (MultiPartException, HTTPException) as error:
        raise UsageError(f"The form cannot be read: {error.message if isinstance(error, MultiPartException) else error.detail}") from error
    except OSError as error:
        raise StorageError(
            f"What was sent cannot be held here: {error.strerror or error}. Nothing was recorded; free some space, then send it again."
        ) from error
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
        elif value.filename:
            uploads.append(Upload(value.filename, value.file, value.size or 0))
    with_form = Ask(ask.office, ask.session if ask.signed_in else None, ask.where, fields, tuple(uploads))
    if ask.signed_in:
        given = request.headers.get("x-form-token") or with_form.form("form_token")
        if not hmac.compare_digest(given.encode(), ask.session.form_token.encode()):
            for upload in uploads:
                upload.content.close()
            raise RefusedError("This form is from an older page. Nothing was recorded: go back, load the page again, then send it.")
    return with_form


def _refuse_elsewhere(request: Request, office: Office) -> None:
    """Raises RefusedError where a browser says that a page of somebody else sends this."""
    site, origin = request.headers.get("sec-fetch-site", "same-origin"), request.headers.get("origin")
    if site not in {"same-origin", "none"} or (origin is not None and urlsplit(origin).netloc.lower() not in office.hosts):
        raise RefusedError("This was sent by a page elsewhere. Nothing was recorded.")


def _limit(receive: Receive, most: int, declared: str) -> Receive:
    """The same stream, which ends in a UsageError once it is longer than allowed."""
    if declared.isdecimal() and int(declared[:20]) > most:
        raise UsageError(f"That is {int(declared[:20]):,} bytes, and {most:,} are taken here. Nothing was recorded.")
    so_far = 0

    async def limited() -> Message:
        nonlocal so_far
        message = await receive()
        so_far += len(message.get("body", b""))
        if so_far > most:
            raise UsageError(f"That is more than the {most:,} bytes taken here. Nothing was recorded.")
        return message

    return limited


def _listed(params: Any) -> Mapping[str, list[str]]:  # noqa: ANN401 -- Starlette's own mapping of several values
    listed: dict[str, list[str]] = {}
    for name, value in params.multi_items():
        listed.setdefault(name, []).append(value)
    return listed


def _where(request: Request) -> Where:
    return Where(
        path=request.path_params,
        query=_listed(request.query_params),
        address=_address(request),
        base=f"{request.url.scheme}://{request.url.netloc}",
        language=chosen(request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language", "")),
        client=request.client.host if request.client is not None else "",
        token=request.cookies.get(COOKIE),
    )


def _address(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
