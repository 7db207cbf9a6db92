"""The command line: thin commands, in ``commands/``, that parse, call the Python API and print.

Data goes to stdout, progress and messages to stderr. Exit codes: 0 answered (also "nobody"), 1 the input or the
data was wrong, 2 the usage was wrong. Heavy libraries are imported inside the commands that need them.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from .commands import drawing, extracting, keeping, papers, reading, searching, serving, times
from .commands.allocators import restart_with_allocator
from .version import __version__

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class _Commands(click.Group):
    """The commands in the order in which they are written, with expected errors said in a line or two."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        if args is None:  # the command line of this process, not arguments that a program gives
            restart_with_allocator(sys.argv[1:])
        return super().main(args, *more, **options)

    def invoke(self, ctx: click.Context) -> Any:
        from .errors import DutyGraphError

        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a letter that the terminal lacks is no reason to stop
        try:
            return super().invoke(ctx)
        except DutyGraphError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=_Commands, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="dutygraph")
def main() -> None:
    """Who must, may or must not do what, where, and on which date: community safety and criminal justice law
    in England and Wales, with the law cited. Guidance, not legal advice.

    \b
    Examples:
      dutygraph members "responsible authorities" --area Rugby --on 2005-06-01
      dutygraph who "serious violence" --area Rugby
      dutygraph is "Police and Crime Commissioner for Warwickshire" "responsible authorities" --area Rugby
    """


for command in (
    *reading.COMMANDS,
    *times.COMMANDS,
    *searching.COMMANDS,
    *drawing.COMMANDS,
    *papers.COMMANDS,
    *extracting.COMMANDS,
    *keeping.COMMANDS,
    *serving.COMMANDS,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
