"""The command `toolkit`: runs the commands and turns whatever happens into a sentence and an exit
code.
"""

import os
import sys
import traceback
from typing import TYPE_CHECKING

import typer

from toolkit.commands.cli import app
from toolkit.commands.console import say, say_exists
from toolkit.commands.exits import Exit

if TYPE_CHECKING:
    from toolkit.phrases.outputs import CommandLineWords


def main() -> None:
    """The command `toolkit`. Whatever happens, the person reads a sentence and no traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of a command line; whatever goes wrong is one sentence."""
    from toolkit.files.outputs import OutputExists

    usage_error: type[Exception] = typer.BadParameter.__mro__[1]
    try:
        return int(app(arguments, standalone_mode=False, prog_name="toolkit") or 0)
    except usage_error as error:
        say(usage_words(error))
        return Exit.USAGE
    except OutputExists as error:
        say_exists(error.path)
        return Exit.USAGE
    except (KeyboardInterrupt, typer.Abort):
        say(_words().interrupted)
        return 130
    except BrokenPipeError:
        # The reader went away, so there is nothing more to say.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return Exit.OK
    except OSError as error:
        why = error.strerror or str(error)
        say(_words().unwritable.format(file=error.filename or "", why=why))
        return Exit.USAGE
    except Exception as error:  # noqa: BLE001 - a bug of ours must not end in a traceback
        say(_words().internal.format(kind=type(error).__name__, error=error))
        if os.environ.get("TOOLKIT_DEBUG"):
            traceback.print_exc()
        return Exit.INTERNAL


def usage_words(error: Exception) -> str:
    """What is wrong with a command line, in Chinese."""
    name = type(error).__name__
    if name == "NoArgsIsHelpError":
        return str(getattr(error, "message", error))  # the help itself
    words = _words()
    option = getattr(error, "option_name", "")
    given = _parameter_of(error)
    sentences = {
        "NoSuchOption": words.no_option.format(option=option),
        "NoSuchCommand": words.no_command,
        "MissingParameter": words.missing.format(given=given),
        "BadParameter": words.bad.format(given=given),
        "BadOptionUsage": words.without_value.format(option=option),
    }
    other = words.no_command if "command" in str(error) else words.wrong
    return f"{sentences.get(name, other)}\n{words.see_help}"


def _parameter_of(error: Exception) -> str:
    """The parameter that an error is about: an option by its name, an argument as the help shows
    it.
    """
    parameter = getattr(error, "param", None)
    if getattr(parameter, "param_type_name", "") == "option":
        return str(getattr(parameter, "opts", [""])[0])
    hint = getattr(error, "param_hint", None) or getattr(parameter, "metavar", None)
    return str(hint or getattr(parameter, "name", ""))


def _words() -> "CommandLineWords":
    from toolkit.phrases import phrases

    return phrases().command_line
