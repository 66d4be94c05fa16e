"""`witnessmark`: the verbs, in the order in which a case is worked on."""

from __future__ import annotations

import os
import sys

import click

from witnessmark.cli import (
    assessing,
    checkpointing,
    counting,
    counting_case,
    disposing,
    evaluating,
    handing_over,
    judging,
    keeping,
    locking,
    looking,
    making,
    protecting,
    publishing,
    redacting,
    reviewing,
    searching,
    serving,
    sources,
    watch_matches,
    watch_media,
    watch_said,
    watch_shadows,
    watch_sheets,
    watch_sites,
    watching,
)
from witnessmark.cli.options import InOrder, SpokenError, as_json_text
from witnessmark.cli.printing import use_utf8, wants_color

STOPPED = 130
"""The exit code of a command that the person stopped, as shells have it."""


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="witnessmark")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours: on a terminal only, through a pipe too, or never. NO_COLOR and FORCE_COLOR in the environment are heeded.",
)
@click.pass_context
def verbs(ctx: click.Context, color: str) -> None:
    """Turn evidence about alleged abuses into a case that anyone can check.

    Start with `witnessmark demo`, or with `witnessmark build FOLDER --case CASE`.
    """
    ctx.color = wants_color(color, os.environ)


for part in (counting_case.plan, counting_case.run, counting_case.show, counting_case.judge):
    counting.count.add_command(part)

# the parts of `watch`, in the order in which they are used, each from its own module
for part in (
    watch_sites.site,
    watch_sites.scene,
    watch_sites.compare,
    watch_said.saw,
    watch_said.outline,
    watch_sites.test,
    watch_said.rival,
    watch_said.bears_on,
    watch_sites.show,
    watch_sites.bench,
    watch_media.check,
    watch_media.media,
    watch_media.frames,
    watch_matches.matches,
    watch_sheets.sheet,
    watch_sheets.seen,
    watch_sheets.asked,
    watch_sheets.place,
    watch_sheets.time,
    watch_shadows.shadows,
    watch_sheets.checked,
):
    watching.watch.add_command(part)

for verb in (
    making.demo,
    making.build,
    making.new,
    making.add,
    disposing.triage,
    making.read,
    making.weigh,
    counting.count,
    watching.watch,
    publishing.publish,
    looking.status,
    looking.verify,
    assessing.assess,
    searching.search,
    reviewing.review,
    serving.serve,
    judging.decide,
    judging.undo,
    redacting.redact,
    protecting.consent,
    protecting.account,
    protecting.person,
    sources.source,
    protecting.seal,
    protecting.unseal,
    protecting.sealed_key,
    protecting.erase,
    disposing.dispose,
    handing_over.export,
    handing_over.receipt,
    handing_over.import_package,
    making.rebuild,
    keeping.backup,
    keeping.restore,
    keeping.upgrade,
    checkpointing.checkpoint,
    checkpointing.cosign,
    checkpointing.timestamp,
    checkpointing.key,
    locking.lock,
    locking.unlock,
    locking.keys,
    locking.recovery,
    locking.collect,
    looking.claims,
    evaluating.evaluate,
):
    verbs.add_command(verb)


def main() -> None:
    """Entry point of the `witnessmark` command."""
    use_utf8()
    try:
        code = verbs.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        if "--json" in sys.argv and not isinstance(error, SpokenError):
            click.echo(as_json_text({"error": error.format_message(), "exit_code": error.exit_code}))
        code = error.exit_code
    except click.Abort:
        click.echo("witnessmark: stopped.", err=True)
        code = STOPPED
    sys.exit(code if isinstance(code, int) else 0)
