"""The formats in which published reports come: one table, from which the rest follows.

A new format is its reader module, one row of `FORMATS`, and its signature in `files.sniff`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain
from typing import TypeAlias, cast

from toolkit.documents.document import Document, Measure
from toolkit.files.sniff import FileKind
from toolkit.finding import Finding, Place


@dataclass(frozen=True)
class Source:
    """What readers may need to know besides the bytes of a file."""

    place: Place
    tables_in: Measure  # how much of a report a document holds
    our_sheets: Collection[str] = ()  # hidden sheets that only our own workbooks have


@dataclass(frozen=True)
class Opening:
    """What a reader makes of a file: its document, or None and the findings that say why."""

    document: Document | None
    findings: list[Finding] = field(default_factory=list)
    is_ours: bool = False  # a workbook of ours whose stamp is gone: never read as published


Reader: TypeAlias = Callable[[bytes, Source], Opening]


@dataclass(frozen=True)
class SourceFormat:
    """A kind of file that can be read.

    One with neither `reader` nor `converted_to` is read only where it is a web page.
    """

    kind: FileKind
    suffixes: tuple[str, ...] = ()  # of the files that are taken from a folder
    other_suffixes: tuple[
        str, ...
    ] = ()  # of files that are read only where they are given one by one
    reader: str = (
        ""  # module of this folder and its function, imported when it is needed: most runs need one
    )
    converted_to: FileKind | None = None  # by LibreOffice, before it is read
    office_filter: str = ""  # what LibreOffice calls this format when it writes it


_WORD, _CALC = FileKind.DOCX, FileKind.XLSX

FORMATS: tuple[SourceFormat, ...] = (
    SourceFormat(
        _CALC, (".xlsx",), reader="from_sheets:read_sheets", office_filter="Calc MS Excel 2007 XML"
    ),
    SourceFormat(_WORD, (".docx",), reader="from_docx:read_docx", office_filter="MS Word 2007 XML"),
    SourceFormat(
        FileKind.HTML, (".html", ".htm"), (".xhtml", ".shtml"), reader="from_html:read_html"
    ),
    SourceFormat(FileKind.MHT, (".mht", ".mhtml"), reader="from_mht:read_mht"),
    SourceFormat(FileKind.PDF, (".pdf",), reader="from_pdf:read_pdf"),
    SourceFormat(FileKind.TEXT, (".txt",), reader="from_text:read_text"),
    SourceFormat(FileKind.XML),
    SourceFormat(FileKind.DOC, (".doc", ".wps"), converted_to=_WORD),
    SourceFormat(FileKind.XLS, (".xls", ".et"), converted_to=_CALC),
    SourceFormat(FileKind.RTF, (".rtf",), converted_to=_WORD),
    SourceFormat(FileKind.ODT, (), (".odt",), converted_to=_WORD),
    SourceFormat(FileKind.ODS, (), (".ods",), converted_to=_CALC),
)
_BY_KIND = {source_format.kind: source_format for source_format in FORMATS}

READABLE = frozenset(_BY_KIND)


def find_format(kind: FileKind) -> SourceFormat | None:
    return _BY_KIND.get(kind)


def suffixes() -> tuple[str, ...]:
    """The suffixes of the files in a folder that may be published reports, in lower case."""
    return tuple(chain.from_iterable(source_format.suffixes for source_format in FORMATS))


def page_suffixes() -> tuple[str, ...]:
    """The suffixes under which web pages are saved."""
    page = _BY_KIND[FileKind.HTML]
    return page.suffixes + page.other_suffixes


def load_reader(source_format: SourceFormat) -> Reader:
    module, _, function = source_format.reader.partition(":")
    return cast(Reader, getattr(import_module(f"toolkit.documents.{module}"), function))
