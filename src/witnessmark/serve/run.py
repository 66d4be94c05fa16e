"""Running the workbench: the server on this machine, and the link by which its first owner gets in."""

from __future__ import annotations

import ipaddress
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from witnessmark.case.access import access_to
from witnessmark.case.case import default_member, open_case
from witnessmark.case.folder import CaseFolder
from witnessmark.case.signing_in import has_owner, invite
from witnessmark.errors import MissingPartError, UsageError
from witnessmark.model.office import Role

PORT = 8642


class Serving(msgspec.Struct, frozen=True):
    """Where the workbench answers; `first` is the link that lets an owner choose a passphrase, None where one can sign in."""

    address: str
    first: str | None
    trusts_network: bool


class Listening(msgspec.Struct, frozen=True):
    """How to listen: on an address and port (0: any free one), under further names, with a certificate and its key, or in the clear on a trusted network."""

    host: str = "127.0.0.1"
    port: int = PORT
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    trust_network: bool = False


def serve(root: Path, listening: Listening, *, welcome: str | None = None, told: Callable[[Serving], None]) -> None:
    """Serve the case at `root` until the process is stopped. `welcome` names an owner who is to choose a (new) passphrase.

    Raises UsageError where it would listen to a network in the clear without having been told to, or the port is taken; CaseError, LockedError,
    MissingPartError.
    """
    try:
        import uvicorn

        from witnessmark.serve.app import build_app
        from witnessmark.serve.office import Office
    except ImportError as error:
        raise MissingPartError("The workbench needs more libraries. Install them with: pip install 'witnessmark[serve]'") from error
    folder = CaseFolder(root)
    folder.current_settings()
    with open_case(root):  # what keeps a case from being opened is said here, not on every page
        access = access_to(folder)
    if access is not None:
        tempfile.tempdir = str(access.work)  # what is uploaded passes through no file in the clear on the disk
    secure = _refuse_in_the_clear(listening)
    listener = _listener(listening)
    port = int(listener.getsockname()[1])
    hosts = _hosts(listening, port)
    office = Office(root, hosts=hosts, secure=secure)
    address = f"{'https' if secure else 'http'}://{hosts[0]}"
    name = welcome or (None if has_owner(folder) else default_member())
    first = f"{address}/join/{invite(folder, name, Role.OWNER).token}" if name else None
    told(Serving(address, first, listening.trust_network))
    config = uvicorn.Config(
        build_app(office),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ssl_certfile=str(listening.certificate) if listening.certificate else None,
        ssl_keyfile=str(listening.key) if listening.key else None,
        timeout_graceful_shutdown=5,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        office.close()


def _refuse_in_the_clear(listening: Listening) -> bool:
    """Whether what is sent is encrypted. Raises UsageError where it is not and would leave this machine."""
    if (listening.certificate is None) != (listening.key is None):
        raise UsageError("A certificate needs its key, and a key its certificate: give both --certificate and --key.")
    if listening.certificate is None and not _is_loopback(listening.host) and not listening.trust_network:
        raise UsageError(
            f"{listening.host} is an address of a network: names, passphrases and evidence would cross it in the clear. "
            "Give --certificate FILE and --key FILE, or say --trust-network."
        )
    return listening.certificate is not None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listener(listening: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    try:
        return socket.create_server((listening.host, listening.port), family=family, backlog=128)
    except OSError as error:
        raise UsageError(
            f"{listening.host} port {listening.port} cannot be listened to ({error.strerror or error}). Name another: --port NUMBER."
        ) from error


def _hosts(listening: Listening, port: int) -> tuple[str, ...]:
    """The names, with the port, under which a browser may ask; the first is the one told."""
    shown = f"[{listening.host}]" if ":" in listening.host else listening.host
    own = (shown, "127.0.0.1", "localhost") if _is_loopback(listening.host) else (*listening.names, shown)
    names = [name.lower() for name in dict.fromkeys((*own, *listening.names)) if name not in {"0.0.0.0", "[::]"}]  # noqa: S104 -- left out, not listened to
    if not names:
        raise UsageError("Say under which name colleagues reach this machine: --name office.local.")
    usual = (*names,) if port in {80, 443} else ()
    return (*(f"{name}:{port}" for name in names), *usual)
