"""The page `docs/commands.md`, made from the declarations: `python -m flows.commands.reference` writes it."""

import sys
import textwrap
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from cyclopts import App

from flows.commands.cli import app
from flows.commands.options import ROLES, role_group
from flows.prefect_settings import project_folder
from schemas import errors
from schemas.errors import OUTCOMES, BestandsanalyseError, DeliveryError, Exit, InspectionError
from schemas.profiles import PROFILE_HELP

PAGE = "docs/commands.md"
_BASES = (BestandsanalyseError, DeliveryError, InspectionError)
_WIDTH = 120

_HEAD = """\
# Commands

Every command by role, how it answers in words and in JSON, and its exit codes. This page is generated from the
declarations: `python -m flows.commands.reference` writes it.

`bestandsanalyse COMMAND --help` shows the options of one command. `bestandsanalyse --install-completion` lets the shell
complete commands and options; it writes a file below your home folder, and says which.
"""

_JSON = """\
## JSON

Every command takes `--json`. Stdout is then one object on one line, however the command ends; progress and warnings go
to stderr.

```json
{"code": "unknown-profile", "message": "There is no such profile. ...", "data": {"known": ["standaard", "kwartaal"]}}
```

- `code` is `done`, or the word of an error (see [Words](#words)). Words stay; messages may change.
- `message` is what the command says otherwise: its words, and then those of an error.
- `data` is what a script needs: an object, or a list of them; `{}` where there is nothing. Of an error it is what the
  message is about, such as `source`, `line` or `rule`. No value of a person is in it.

The exit code is the same with and without `--json`. What cannot be undone is not asked then: give `--yes`, or nothing
is done (`not-confirmed`). Passphrases come as they always do.
"""


def reference() -> str:
    """Return the whole page as Markdown."""
    return "\n".join((_HEAD, *_by_role(), _JSON, _exit_codes(), _words(), _profiles()))


def _by_role() -> Iterator[str]:
    commands = list(_commands(app))
    for role in ROLES:
        yield f"## {role}\n"
        yield from (_section(name, command) for name, command in commands if role_group(name).name == role)


def _commands(group: App, before: str = "") -> Iterator[tuple[str, App]]:
    """Yield every command with the words that it is given by, in order of these."""
    for name in sorted(name for name in group if not name.startswith("-")):
        command = group[name]
        if command.default_command is None:
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _section(name: str, command: App) -> str:
    about = (command.default_command.__doc__ or "").split("Parameters\n")[0] if command.default_command else ""
    description = "\n\n".join(
        _wrapped(" ".join(part.split())) for part in textwrap.dedent(about).split("\n\n") if part.strip()
    )
    options = [_option(argument) for argument in command.assemble_argument_collection(parse_docstring=True)]
    return f"### {name}\n\n{description}\n\n" + "".join(f"{option}\n" for option in options if option)


def _option(argument: Any) -> str:  # noqa: ANN401 - cyclopts keeps the type to itself
    """Return one option: its name, whether it is needed, its default, and what it is for; none if nobody types it."""
    if not argument.show:
        return ""
    default = argument.field_info.default
    kind = "needed" if argument.required else f"default `{default}`" if _is_default_shown(default) else ""
    notes = ", ".join((*([kind] if kind else []), *_choices(argument.hint)))
    place = argument.name.removeprefix("--").upper() if argument.index is not None else argument.name
    lines = argument.parameter.help.splitlines()
    return _wrapped(f"- `{place}`{f' ({notes})' if notes else ''}: {' '.join(lines)}", after="  ")


def _choices(hint: object) -> list[str]:
    """Return a note with the words that an option accepts; none if it is not limited to a few words."""
    literals = [part for part in (hint, *get_args(hint)) if get_origin(part) is Literal]
    return [f"one of {', '.join(f'`{word}`' for word in get_args(part))}" for part in literals]


def _is_default_shown(default: object) -> bool:
    return isinstance(default, str | int) and default is not False and default != ""


def _exit_codes() -> str:
    rows = "".join(f"| {int(exit_code)} | {exit_code.who} | {exit_code.meaning} |\n" for exit_code in Exit)
    text = (
        "Every error says in words what is wrong, what was not done and what to do, without a value of a person. Its "
        "exit code says who must act:"
    )
    return f"## Exit codes\n\n{_wrapped(text)}\n\n| Exit code | Who must act | Meaning |\n| --- | --- | --- |\n{rows}"


def _words() -> str:
    """Return the section that lists the words of `code` by exit code."""
    kinds = [getattr(errors, name) for name in errors.__all__]
    named = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BestandsanalyseError)]
    words = sorted([(kind.exit_code, kind.code) for kind in named if kind not in _BASES] + _outcomes())
    lines = (f"- {int(code)}: {', '.join(f'`{word}`' for owner, word in words if owner == code)}" for code in Exit)
    return "\n".join(
        ("## Words\n\nThe words of `code`, by exit code:\n", *(_wrapped(line, after="  ") for line in lines), "")
    )


def _outcomes() -> list[tuple[Exit, str]]:
    return [(code, word) for word, code in OUTCOMES.items()]


def _profiles() -> str:
    rows = "".join(f"| `{name}` | {help_text} |\n" for name, help_text in PROFILE_HELP.items())
    return f"## Profiles\n\n| Profile | What a release is held to |\n| --- | --- |\n{rows}"


def _wrapped(text: str, after: str = "") -> str:
    return textwrap.fill(text, _WIDTH, subsequent_indent=after, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    (project_folder() / PAGE).write_text(reference(), encoding="utf-8")
    sys.stderr.write(f"{PAGE} is written.\n")
