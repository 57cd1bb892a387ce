"""Speaking to the person: results on stdout, everything else on stderr. Used by cli only, the one module that prints."""

import io
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toolkit.finding import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


T = TypeVar("T")


def progress(paths: Sequence[Path]) -> Iterable[Path]:
    return watched(paths, "读取")


def watched(items: Sequence[T], what: str) -> Iterable[T]:
    """A progress bar on a terminal, for more than a handful of things."""
    if len(items) < 6 or not sys.stderr.isatty():
        return items
    from rich.progress import track

    return track(items, description=what, console=console(sys.stderr))


def console(stream: object) -> "Console":
    from rich.console import Console

    is_terminal = getattr(stream, "isatty", lambda: False)()
    return Console(file=stream, width=None if is_terminal else 110, highlight=False)  # type: ignore[arg-type]


def deliver(text: str, output: Path | None, force: bool) -> None:
    from toolkit.files.outputs import write_output

    if output is None:
        result(text)
    else:
        write_output(output, text.encode("utf-8", "replace"), force=force)
        say(f"已写到 {output}")


def deliver_text(renderable: "RenderableType", output: Path | None, force: bool) -> None:
    if output is None and sys.stdout.isatty():
        console(sys.stdout).print(renderable)
        return
    deliver(rendered(renderable), output, force)


def rendered(renderable: "RenderableType") -> str:
    """As plain text without padding, for files, pipes and logs."""
    buffer = io.StringIO()
    console(buffer).print(renderable)
    return "".join(line.rstrip() + "\n" for line in buffer.getvalue().splitlines())


def tell(findings: Iterable[Finding], infos: Collection[str] = ()) -> None:
    """Findings on stderr, infos left out where nothing is wrong with them, but for those of the codes given."""
    from rich.console import Group

    from toolkit.formatters.text import finding_entry

    shown: list[RenderableType] = []
    for one in findings:
        if one.severity is not Severity.INFO or one.name in infos:
            if (
                one.place.file and not one.place.words
            ):  # of a whole file, which need not be the only one
                shown.append(one.place.file)
            shown.append(finding_entry(one))
    if shown:
        say(rendered(Group(*shown)).rstrip("\n"))


def result(text: str) -> None:
    """A result on stdout, always UTF-8 where it is data."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or not text.startswith(("{", "\ufeff")):
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()


def say(text: str) -> None:
    sys.stderr.write(text + "\n")
