"""The verb watch: what the parts under it share."""

from __future__ import annotations

import click

from witnessmark.cli.options import InOrder


@click.group(cls=InOrder)
def watch() -> None:
    """Watch a site in dated imagery, and check photos and video against what is said of them."""
