"""The verb `serve`: the workbench in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, case_argument, json_option, print_json
from witnessmark.cli.printing import say

if TYPE_CHECKING:
    from witnessmark.serve.run import Serving


@click.command(cls=Verb)
@case_argument
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="Where to listen; 0 takes any free port.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="The address of this machine to listen on.")
@click.option("--name", "names", metavar="NAME", multiple=True, help="A further name under which colleagues reach this machine.")
@click.option("--certificate", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A TLS certificate.")
@click.option("--key", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The key of the certificate.")
@click.option("--trust-network", is_flag=True, help="Serve a local network without a certificate: all that crosses it can be read there.")
@click.option("--welcome", metavar="NAME", help="Print a link by which this owner chooses a (new) passphrase.")
@json_option
def serve(
    case: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
    welcome: str | None,
    *,
    trust_network: bool,
    as_json: bool,
) -> None:
    r"""Open the workbench in a browser, until Ctrl-C.

    The first time it prints a link by which the first owner chooses a passphrase; owners invite the others.

    \b
    Example: witnessmark serve harbour-road
    """
    from witnessmark.serve.run import Listening
    from witnessmark.serve.run import serve as run

    def told(serving: Serving) -> None:
        if as_json:
            print_json(serving)
            return
        if serving.first:
            say(f"Open this link to choose your passphrase; it can be used once: {serving.first}")
        say(f"The workbench is at {serving.address} (Ctrl-C ends it).")

    run(case, Listening(host, port, names, certificate, key, trust_network), welcome=welcome, told=told)
