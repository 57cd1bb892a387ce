"""Old formats (.doc .wps .xls .et .rtf .odt .ods) made readable by LibreOffice, where it is installed."""

from toolkit.files import office
from toolkit.files.sniff import FileKind

TARGET = {
    FileKind.DOC: "docx",
    FileKind.RTF: "docx",
    FileKind.ODT: "docx",
    FileKind.XLS: "xlsx",
    FileKind.ODS: "xlsx",
}
_NAME = {
    FileKind.DOC: "doc",
    FileKind.RTF: "rtf",
    FileKind.ODT: "odt",
    FileKind.XLS: "xls",
    FileKind.ODS: "ods",
}
_FILTER = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def convert_source(data: bytes, kind: FileKind) -> bytes | None:
    """The file as .docx or .xlsx; None without LibreOffice, or where it cannot read the file."""
    return office.convert_file(data, _NAME[kind], _FILTER[TARGET[kind]]) if kind in TARGET else None
