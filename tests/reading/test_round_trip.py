"""What is written into a workbook is what is read from it, whatever it is; and writing that again gives the same workbook."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.make import YEARS, book
from tests.support.strategies import readings
from toolkit.edition.load import load_edition
from toolkit.reading.read import read
from toolkit.record.reading import Origin, Paragraph, Reading
from toolkit.record.settle import settle
from toolkit.values import BLANK, number
from toolkit.workbook.write import blank

SETTINGS = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


def reread(reading: Reading) -> Reading:
    found, _ = read(book(reading), "a.xlsx")
    assert found is not None
    return found


def essence(reading: Reading) -> Reading:
    """Without what a workbook does not hold: where it lay, and whether a total that is right was computed."""
    return replace(reading, file="", places={}, computed=frozenset())


def answered(reading: Reading) -> Reading:
    """Without answers of nothing but white space, which a cell of a form cannot tell from none."""
    fields = {
        key: value
        for key, value in reading.fields.items()
        if not isinstance(value, str) or value.strip()
    }
    return replace(reading, fields=fields)


def test_total_wrong_only_with_a_combined_row_is_read_back_as_reported() -> None:
    """On the rows of the form the figure of the combined row is not there, so the total looks right."""
    edition = load_edition("2021")
    [name] = edition.combined_rows
    form = edition.variant(frozenset({name}))
    cells = {key: BLANK if key in form.totals else number(0) for key in form.cells}
    cells |= {f"{name}.natural": number(1), "requests.handled.total": number(0)}
    reading = settle(
        edition, Reading("", edition.id, 2021, Origin.PUBLISHED, cells, combined=frozenset({name}))
    )
    assert reread(reading).cells == reading.cells


@given(readings().map(answered))
@SETTINGS
def test_workbook_reads_back_as_the_report_written(reading: Reading) -> None:
    found = reread(reading)
    for name in (
        "cells",
        "fields",
        "narrative",
        "statistics",
        "prior",
        "explanations",
        "combined",
        "origin",
    ):
        assert getattr(found, name) == getattr(reading, name), name
    assert essence(found) == essence(reading)
    assert found.computed >= reading.computed


@given(readings())
@settings(SETTINGS, max_examples=5)
def test_report_read_from_a_workbook_is_written_as_the_same_workbook(reading: Reading) -> None:
    once = reread(reading)
    assert book(once) == book(replace(once, places={}, file=""))
    assert reread(once) == once


@given(st.text(st.characters(codec="utf-8"), min_size=1))
@settings(SETTINGS, max_examples=25)
def test_any_text_reads_back_unchanged(text: str) -> None:
    edition = load_edition("2021")
    fields = {"unit.name": text, "profile.address": text} if text.strip() else {}
    narrative = (
        {"overview": (Paragraph(text, text), Paragraph("", text + "x"))} if text.strip() else {}
    )
    given_ = replace(blank(edition, YEARS["2021"]), fields=fields, narrative=narrative)
    found = reread(given_)
    assert (found.fields, found.narrative) == (fields, narrative)


@pytest.mark.parametrize(
    "text",
    [
        "_x000D_",
        "_x005F_x000D_",
        "_x0041_",
        "a\rb",
        "a\r\nb",
        "\x0b\x0c",
        "\x00",
        " 两端 ",
        "\ufffe\uffff",
        "𠀀\U0001f600",
        "<t>&lt;</t>",
        "]]>",
    ],
)
def test_text_that_spreadsheets_escape_reads_back_unchanged(text: str) -> None:
    given_ = replace(
        blank(load_edition("2021"), 2021),
        fields={"unit.name": text},
        narrative={"other": (Paragraph(text, text * 2),)},
    )
    found = reread(given_)
    assert (found.fields, found.narrative) == (
        given_.fields if text.strip() else {},
        given_.narrative if text.strip() else {},
    )
