"""The command `toolkit`: runs the commands and turns whatever happens into a sentence and an exit code."""

import os
import sys
import traceback

import typer

from toolkit.commands.cli import app
from toolkit.commands.console import say
from toolkit.commands.exits import Exit


def main() -> None:
    """The command `toolkit`. Whatever happens, the person reads a sentence and no traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    from toolkit.files.outputs import OutputExists

    usage_error: type[Exception] = typer.BadParameter.__mro__[1]
    try:
        return int(app(arguments, standalone_mode=False, prog_name="toolkit") or 0)
    except usage_error as error:
        say(usage_words(error))
        return Exit.USAGE
    except OutputExists as error:
        say(str(error))
        return Exit.USAGE
    except (KeyboardInterrupt, typer.Abort):
        say("已中断。")
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - the reader went away; nothing more to say
        return Exit.OK
    except OSError as error:
        say(
            f"不能读写“{error.filename or ''}”：{error.strerror or error}。请看文件是不是正在打开，文件夹能不能写。"
        )
        return Exit.USAGE
    except Exception as error:  # noqa: BLE001 - a bug of ours must not end in a traceback
        say(
            f"程序内部出错（{type(error).__name__}: {error}）。请把这句话和所用的文件告诉维护人员；设 TOOLKIT_DEBUG=1 再运行可以看到细节。"
        )
        if os.environ.get("TOOLKIT_DEBUG"):
            traceback.print_exc()
        return Exit.INTERNAL


def usage_words(error: Exception) -> str:
    """What is wrong with a command line, in Chinese."""
    name = type(error).__name__
    if name == "NoArgsIsHelpError":
        return str(getattr(error, "message", error))  # the help itself
    parameter = getattr(error, "param", None)
    option = (
        getattr(parameter, "opts", [""])[0]
        if getattr(parameter, "param_type_name", "") == "option"
        else None
    )
    given = (
        option
        or getattr(error, "param_hint", None)
        or getattr(parameter, "metavar", None)
        or getattr(parameter, "name", "")
    )
    what = {
        "NoSuchOption": f"没有选项 {getattr(error, 'option_name', '')}。",
        "NoSuchCommand": "没有这个命令。",
        "MissingParameter": f"缺少“{given}”。",
        "BadParameter": f"“{given}”写得不对。",
        "BadOptionUsage": f"选项 {getattr(error, 'option_name', '')} 后面要写内容。",
    }.get(name, "没有这个命令。" if "command" in str(error) else "命令写得不对。")
    return f"{what}\n看用法：toolkit --help，或者 toolkit 命令 --help。"
