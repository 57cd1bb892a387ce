"""PDF by LibreOffice: made where there is one, and one sentence where there is none."""

import re
import shutil

import pytest

from tests.support import make
from tests.support.reports import full
from tests.support.situations import situations
from toolkit.edition.load import load_edition
from toolkit.finding import Finding, Severity
from toolkit.report import pdf
from toolkit.report.docx import render
from toolkit.report.gates import Stage
from toolkit.report.narrative import narrate
from toolkit.report.sheet import approval_sheet

office = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here"),
]


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))


def made(document: bytes) -> bytes:
    data, findings = pdf.to_pdf(document)
    assert findings == []
    assert data is not None
    return data


class TestOffice:
    pytestmark = office

    def test_a_report_becomes_a_pdf_that_names_nobody(self):
        data = made(render(full(load_edition("2021")), Stage.FINAL, make.CREATED))
        assert data.startswith(b"%PDF")
        assert pages(data) > 2
        assert b"/Author" not in data

    def test_the_table_of_section_three_stays_on_one_page_with_large_figures(self):
        reading = situations()["数很大的市"]
        assert (
            pages(made(render(narrate(load_edition("2021"), reading), Stage.FINAL, make.CREATED)))
            <= 5
        )

    def test_the_fullest_approval_sheet_is_one_page(self):
        long = (
            "“自然人”列，一、本年新收(3)+二、上年结转(0)=3，应等于（七）总计(2)+四、结转下年度(0)=2，相差1。"
            * 3
        )
        left = [Finding("Y2-01", Severity.WARNING, long)] * 12
        told = [Finding("Y3-01", Severity.ERROR, long, explanation=long)] * 12
        reading = situations()["数很大的市"]
        reading = reading.__class__(
            **{**vars(reading), "fields": {**reading.fields, "unit.name": "示例市" * 30}}
        )
        for edition in ("2019", "2021"):
            for findings in (left + told, left, told, left[:1] + told, left + told[:1]):
                assert (
                    pages(
                        made(approval_sheet(load_edition(edition), reading, findings, make.CREATED))
                    )
                    == 1
                )


def test_without_libreoffice_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    data, (found,) = pdf.to_pdf(b"")
    assert data is None
    assert found.code == "N-42"


def test_failing_libreoffice_gives_a_finding(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "/no/such/program")
    data, (found,) = pdf.to_pdf(b"")
    assert data is None
    assert found.code == "N-43"
