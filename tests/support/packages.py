"""Files made of as few bytes as tell what they are."""

import io
import zipfile


def zipped(**parts: str) -> bytes:
    """A zip; in the keywords __ stands for / and _ for a dot, CT for the content types."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(
                "[Content_Types].xml"
                if name == "CT"
                else name.replace("__", "/").replace("_", "."),
                text,
            )
    return packed.getvalue()


def types(main: str) -> str:
    return f'<Types><Override PartName="/xl/workbook.xml" ContentType="{main}+xml"/></Types>'


def ole(stream: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + stream.encode("utf-16-le").ljust(128, b"\0")
    )
