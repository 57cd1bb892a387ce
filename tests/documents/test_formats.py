"""The table of source formats: every reader is there, every conversion leads to a format that is read."""

from toolkit.documents.formats import FORMATS, find_format, load_reader, page_suffixes, suffixes


def test_every_format_is_read_or_converted() -> None:
    for source_format in FORMATS:
        if source_format.reader:
            assert callable(load_reader(source_format)), source_format.kind
        if source_format.converted_to:
            target = find_format(source_format.converted_to)
            assert target is not None
            assert target.reader
            assert target.office_filter


def test_suffixes() -> None:
    assert len(set(suffixes())) == len(suffixes())
    assert set(suffixes()) == {
        *(".xlsx", ".docx", ".html", ".htm", ".mht", ".mhtml", ".pdf", ".txt"),
        *(".doc", ".wps", ".xls", ".et", ".rtf"),
    }
    assert page_suffixes() == (".html", ".htm", ".xhtml", ".shtml")
