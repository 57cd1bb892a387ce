"""The approval sheet: whose report, its figures beside last year's, what stands open and what was explained, who signs."""

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import docx
import pytest

from tests.support import make as made
from tests.support.situations import situation
from toolkit.edition.load import load_edition
from toolkit.finding import Finding, Severity
from toolkit.phrases import phrases
from toolkit.record.reading import Prior
from toolkit.report.gates import UNSIGNED
from toolkit.report.sheet import approval_sheet
from toolkit.values import number, show

WORDS = phrases().approval_sheet


def cells(edition, reading, findings=()):
    """Rows of every table of the sheet."""
    word = docx.Document(io.BytesIO(approval_sheet(edition, reading, findings, made.CREATED)))
    return word, [
        [[cell.text for cell in row.cells] for row in table.rows] for table in word.tables
    ]


@pytest.fixture
def reading(edition):
    figures = {
        "received.natural": 4,
        "carried_in.legal": 1,
        "granted.natural": 3,
        "carried_out.legal": 2,
    }
    base = situation(
        edition.id,
        requests=figures,
        disputes={"direct.upheld": 2, "after_review.pending": 3},
        items=(2027, 1536, {}),
    )
    last = {
        "requests.received.total": number(7),
        "disputes.direct.total": number(1),
        "disputes.after_review.total": number(1),
    }
    fields = {
        **base.fields,
        "signoff.filled.name": "填某",
        "signoff.filled.date": dt.date(2023, 1, 9),
        "signoff.secrecy.name": "保某",
    }
    return replace(base, prior=Prior(base.year - 1, edition.id, last), fields=fields)


def test_sheet_shows_figures_beside_last_years(edition, reading):
    _, (identity, figures, *_) = cells(edition, reading)
    assert reading.text("unit.name") in identity[0]
    found = {row[at]: (row[at + 1], row[at + 2]) for row in figures[1:] for at in (0, 3)}
    by_value = {figure.value: found[figure.label] for figure in edition.narrative.key_figure}
    assert by_value["statistics.total"] == ("2027", "1536")
    assert by_value["requests.received.total"] == ("4", "7")
    assert by_value["requests.carried_in.total"] == ("1", WORDS.unknown)
    assert by_value["disputes.direct.total + disputes.after_review.total"] == ("5", "2")
    assert len([label for label in found if label]) == len(edition.narrative.key_figure)
    assert show(Decimal(4)) == "4"


def test_unknown_figure_is_not_shown_as_zero(edition, reading):
    _, (_, figures, *_) = cells(edition, replace(reading, prior=None, cells={}))
    assert {text for row in figures[1:] for text in (row[1], row[2]) if text} == {
        WORDS.unknown,
        "2027",
        "1536",
    }


def test_sheet_lists_open_and_explained_questions(edition, reading):
    open_ = [Finding(f"Y2-0{index}", Severity.WARNING, "问" * 300) for index in range(10)]
    explained = Finding("Y3-01", Severity.ERROR, "结转不同", explanation="上年公布有误")
    info = Finding("V-08", Severity.INFO, "读作")
    _, (_, _, questions, _) = cells(
        edition,
        reading,
        [*open_, explained, info, Finding("N-03", Severity.WARNING, "没有签", name=UNSIGNED)],
    )
    left, told = questions[0][1].split("\n"), questions[1][1].split("\n")
    assert 4 < len(left) <= 10
    assert "Y2-00" in left[0]
    assert str(10 - (len(left) - 1)) in left[-1]
    assert len(told) == 1
    assert "Y3-01" in told[0]
    assert "上年公布有误" in told[0]
    assert not [line for line in (*left, *told) if UNSIGNED in line or "V-08" in line]
    _, (_, _, nothing, _) = cells(edition, reading)
    assert [row[1] for row in nothing] == [WORDS.none] * 2


def test_sheet_has_room_for_every_reason_and_lists_errors_first(edition, reading):
    said = "“自然人”列，二、上年结转(3)，应等于上年的四、结转下年度(2)，相差1。上年结转应等于上年报告的结转下年度。"
    warned = Finding("Y2-01", Severity.WARNING, said, explanation="上年公布的数有误，已更正。")
    explained = [
        warned,
        *(
            Finding("Y3-01", Severity.ERROR, said, explanation="上年公布的数有误，已更正。")
            for _ in range(5)
        ),
    ]
    _, (_, _, questions, _) = cells(edition, reading, explained)
    told = questions[1][1].split("\n")
    assert [("Y3-01" in line, "Y2-01" in line) for line in told] == [(True, False)] * 5 + [
        (False, True)
    ]


def test_sheet_has_a_line_for_each_signature_and_the_seal(edition, reading):
    word, (*_, signers) = cells(edition, reading)
    assert [row[0] for row in signers[1:]] == [label for label, _ in WORDS.signers]
    assert {f"signoff.{role}" for role in ("filled", "reviewed", "approved", "secrecy")} == {
        key for _, key in WORDS.signers
    }
    assert signers[1][1:] == ["填某", "", "2023-01-09"]
    texts = [paragraph.text for paragraph in word.paragraphs if paragraph.text]
    assert texts == [WORDS.mark, WORDS.title, WORDS.seal]
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_key_figure_that_is_no_cell_raises_an_edition_error(tmp_path):
    import shutil

    from toolkit.templates import EditionError, shipped

    shutil.copytree(shipped("workbook_templates") / "2021", tmp_path / "2021")
    path = tmp_path / "2021" / "narrative.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            'value = "requests.received.total"', 'value = "requests.recieved.total"'
        ),
        encoding="utf-8",
    )
    with pytest.raises(EditionError, match="key_figure"):
        load_edition("2021", tmp_path)
