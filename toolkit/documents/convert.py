"""Old formats (.doc .wps .xls .et .rtf .odt .ods) made readable by LibreOffice, if installed."""

from toolkit.documents.formats import SourceFormat
from toolkit.files import office


def convert_source(data: bytes, old: SourceFormat, new: SourceFormat) -> bytes | None:
    """The file in the new format; None without LibreOffice, or where it cannot read the file."""
    return office.convert_file(data, old.kind.value, f"{new.kind.value}:{new.office_filter}")
