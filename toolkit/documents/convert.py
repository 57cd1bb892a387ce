"""Old formats (.doc .wps .xls .et .rtf .odt .ods) made readable by LibreOffice, where it is installed."""

from toolkit.files import office
from toolkit.files.sniff import Kind

TARGET = {Kind.DOC: "docx", Kind.RTF: "docx", Kind.ODT: "docx", Kind.XLS: "xlsx", Kind.ODS: "xlsx"}
_NAME = {Kind.DOC: "doc", Kind.RTF: "rtf", Kind.ODT: "odt", Kind.XLS: "xls", Kind.ODS: "ods"}
_FILTER = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def converted(data: bytes, kind: Kind) -> bytes | None:
    """The file as .docx or .xlsx; None without LibreOffice, or where it cannot read the file."""
    return office.converted(data, _NAME[kind], _FILTER[TARGET[kind]]) if kind in TARGET else None
