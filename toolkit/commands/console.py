"""Speaking to the person: results on stdout, everything else on stderr.

Used by the commands only.
"""

import io
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toolkit.finding import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from toolkit.jobs.folders import Skipped


T = TypeVar("T")
_FEW = 6  # things that need no progress bar
_WIDTH = 110  # of text that goes into files and pipes


def with_progress_bar(items: Sequence[T], label: str) -> Iterable[T]:
    """The items, with a progress bar on a terminal where there are more than a handful."""
    if len(items) < _FEW or not sys.stderr.isatty():
        return items
    from rich.progress import track

    return track(items, description=label, console=make_console(sys.stderr))


def make_console(stream: object) -> "Console":
    from rich.console import Console

    is_terminal = getattr(stream, "isatty", lambda: False)()
    width = None if is_terminal else _WIDTH
    return Console(file=stream, width=width, highlight=False)  # type: ignore[arg-type]


def deliver(text: str, output: Path | None, force: bool) -> None:
    """A result to stdout, or into a file."""
    if output is None:
        print_result(text)
        return
    from toolkit.files.outputs import write_output
    from toolkit.phrases import phrases

    write_output(output, text.encode("utf-8", "replace"), force=force)
    say(phrases().command_line.written.format(path=output))


def deliver_text(renderable: "RenderableType", output: Path | None, force: bool) -> None:
    """A result for people: in colours on a terminal, else as plain text."""
    if output is None and sys.stdout.isatty():
        make_console(sys.stdout).print(renderable)
        return
    deliver(render_plain(renderable), output, force)


def render_plain(renderable: "RenderableType") -> str:
    """As plain text without padding, for files, pipes and logs."""
    buffer = io.StringIO()
    make_console(buffer).print(renderable)
    return "".join(line.rstrip() + "\n" for line in buffer.getvalue().splitlines())


def show_findings(findings: Iterable[Finding], infos: Collection[str] = ()) -> None:
    """Findings on stderr; of infos only those of the names given, as with the others nothing is
    wrong.
    """
    from rich.console import Group

    from toolkit.formatters.text import finding_entry

    shown: list[RenderableType] = []
    for finding in findings:
        if finding.severity is Severity.INFO and finding.name not in infos:
            continue
        if finding.place.file and not finding.place.in_words:
            shown.append(finding.place.file)  # of a whole file, which need not be the only one
        shown.append(finding_entry(finding))
    if shown:
        say(render_plain(Group(*shown)).rstrip("\n"))


_OPTIONS = {
    "no_year": "year_option",
    "unit_taken_from_text": "unit_option",
    "another_unit_than_book": "unit_option",
    "read_as_published": "import_option",
    "sentence_not_in_book": "prose_option",
    "sentence_only_in_book": "prose_option",
    "office_missing": "docx_option",
    "pdf_not_made": "docx_option",
}


def show_options(findings: Iterable[Finding]) -> None:
    """The commands and options that mend what findings are about, which no finding names itself."""
    found = dict.fromkeys(
        _OPTIONS[finding.name] for finding in findings if finding.name in _OPTIONS
    )
    if found:
        from toolkit.phrases import phrases

        for key in found:
            say(phrases().command_line.word(key))


def show_skipped(skipped: "Skipped") -> None:
    """What of folders was not read, and why; the same for every command."""
    if not (skipped.copies or skipped.unread or skipped.no_reports):
        return
    from toolkit.phrases import phrases

    words = phrases().folders
    sentences = {
        words.copies: skipped.copies,
        words.unread: skipped.unread,
        words.no_reports: skipped.no_reports,
    }
    for sentence, names in sentences.items():
        if names:
            say(sentence.format(names="、".join(names)))


def say_exists(path: Path) -> None:
    """A file is there already; which option overwrites it."""
    from toolkit.phrases import phrases

    say(phrases().command_line.exists.format(path=path))


def print_result(text: str) -> None:
    """A result on stdout, always UTF-8 where it is data."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or not text.startswith(("{", "\ufeff")):
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()


def say(text: str) -> None:
    """A line on stderr."""
    sys.stderr.write(text + "\n")
