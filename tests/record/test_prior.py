"""Last year's reports: matched by unit, added for a merged unit, refused where they do not belong; and what a new book takes over."""

import json
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import rows_from_range

from tests.support import make
from tests.support.engines import formualized, libreoffice
from tests.support.verdicts import in_workbook
from toolkit.checking.check import check
from toolkit.commands.main import run
from toolkit.edition.difference import difference
from toolkit.edition.load import load_edition
from toolkit.finding import Finding
from toolkit.jobs.check import check_files
from toolkit.reading.read import read
from toolkit.record.explained import explain, is_explainable
from toolkit.record.prior import figures_of, sum_of_reports, with_prior
from toolkit.record.reading import Explanation, Origin, Paragraph, Prior, Reading, Statistics
from toolkit.record.settle import CheckState
from toolkit.record.takeover import take_over
from toolkit.values import number, read_typed
from toolkit.workbook.plan import Plan
from toolkit.workbook.write import blank

SAMPLE = Path(__file__).parents[2] / "samples" / "2020-yingqian" / "data.json"
CARRIED = "requests.carried_in.natural"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def saved(name: str, unit: str, year: int = 2021, **figures: int) -> Path:
    path = Path(f"{name}.xlsx")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(
        make.book(make.with_cells(make.zero("2021", year, unit__name=unit), **figures))
    )
    return path


def last(name: str, unit: str, out: int, year: int = 2020) -> Path:
    return saved(
        name, unit, year, requests__received__natural=out, requests__carried_out__natural=out
    )


def now(name: str, unit: str, brought: int) -> Path:
    return saved(
        name, unit, 2021, requests__carried_in__natural=brought, requests__granted__natural=brought
    )


def told(paths: list[Path], priors: list[Path]) -> list[list[tuple[str, object, object]]]:
    """Of every report: codes about last year, what was found and expected in the column of natural persons."""
    outcomes, _, _ = check_files(paths, priors)
    wanted = ("Y3-01", "R-17", "R-18", "R-19", "V-14", "V-15")
    return [
        [
            (finding.code, finding.found, finding.expected)
            for finding in outcome.findings
            if finding.code in wanted and finding.keys[:1] in ((), (CARRIED,), ("unit.name",))
        ]
        for outcome in outcomes
    ]


def test_several_prior_reports_for_one_report_are_added() -> None:
    priors = [last("a", "甲乡人民政府", 2), last("b", "乙乡人民政府", 3)]
    assert told([now("n", "甲镇人民政府", 5)], priors) == [[("V-14", None, None)]]
    assert ("Y3-01", 4, 5) in told([now("n", "甲镇人民政府", 4)], priors)[0]


def test_unit_that_absorbed_another_keeps_its_name() -> None:
    priors = [last("a", "甲镇人民政府", 2), last("b", "乙乡人民政府", 3)]
    assert told([now("n", "甲镇人民政府", 5)], priors) == [[("V-14", None, None)]]


def test_several_prior_reports_are_matched_by_unit() -> None:
    priors = [last("a", "甲镇人民政府", 2), last("b", "乙镇人民政府", 3)]
    reports = [
        now("n", "乙镇人民政府", 3),
        now("m", "甲镇 人民政府", 1),
        now("o", "丙镇人民政府", 1),
    ]
    assert told(reports, priors) == [[], [("Y3-01", 1, 2)], [("R-19", None, None)]]


def test_folder_of_prior_reports_is_matched_by_unit_and_year() -> None:
    (
        last("old/a", "甲镇人民政府", 2),
        last("old/b", "乙镇人民政府", 3),
        last("old/c", "甲镇人民政府", 9, 2019),
    )
    assert told([now("n", "甲镇人民政府", 2)], [Path("old")]) == [[]]
    assert told([now("n", "乙镇人民政府", 2)], [Path("old")]) == [[("Y3-01", 2, 3)]]
    assert told([now("n", "丙镇人民政府", 2)], [Path("old")]) == [[("R-19", None, None)]]
    assert told([saved("n", "乙镇人民政府", 2023)], [Path("old")]) == [
        [("R-19", None, None)]
    ]  # an archive of many years


def test_report_of_the_first_year_needs_no_prior_report() -> None:
    last("old/a", "甲镇人民政府", 2, 2019)
    assert told([Path("old/a.xlsx")], [Path("old")]) == [[]]


def test_renamed_unit_can_be_explained_and_signed() -> None:
    """Nothing is to be mended where a unit was renamed; it must not stand in the way of its report."""
    path, prior = now("n", "甲镇人民政府", 2), last("a", "甲乡人民政府", 2)
    [outcome] = check_files([path], [prior])[0]
    [renamed] = [finding for finding in outcome.findings if finding.code == "R-18"]
    assert outcome.reading is not None
    edition = load_edition(outcome.reading.edition)
    assert is_explainable(edition, renamed)
    given = Explanation(
        renamed.code, renamed.keys, outcome.reading.basis(renamed.keys), "2021年撤乡设镇。"
    )
    [again] = explain(edition, replace(outcome.reading, explanations=(given,)), [renamed])
    assert again.explanation == given.text


def test_prior_report_of_another_year_is_a_warning_and_not_compared() -> None:
    assert told([now("n", "甲镇人民政府", 5)], [last("a", "甲镇人民政府", 2, 2019)]) == [
        [("R-17", None, None)]
    ]
    both = [last("a", "甲镇人民政府", 2, 2019), last("b", "甲镇人民政府", 3)]
    assert told([now("n", "甲镇人民政府", 3)], both) == [[("R-17", None, None)]]


def test_prior_report_of_another_unit_is_a_warning_and_compared() -> None:
    assert told([now("n", "甲镇人民政府", 5)], [last("a", "乙镇人民政府", 2)]) == [
        [("R-18", None, None), ("Y3-01", 5, 2)]
    ]


def test_two_differing_prior_reports_of_one_unit_are_reported() -> None:
    same = [last("a", "甲镇人民政府", 2), last("b", "甲镇人民政府", 2)]
    assert told([now("n", "甲镇人民政府", 2)], same) == [[]]
    differ = [last("a", "甲镇人民政府", 2), last("b", "甲镇人民政府", 3)]
    assert told([now("n", "甲镇人民政府", 2)], differ) == [[("V-15", None, None)]]


def test_carried_figures_of_another_year_are_reported() -> None:
    reading = replace(
        make.zero("2021"), prior=Prior(2018, "2019", {"requests.carried_out.natural": number(2)})
    )
    assert [finding.code for finding in check([reading])[0] if finding.code[0] in "RY"] == ["R-17"]


def test_amount_that_states_its_unit_is_not_added() -> None:
    report = make.zero("2019", 2020)
    stated = replace(
        report,
        cells={
            **report.cells,
            "disclosure.procurement.amount": read_typed(
                "251000元", load_edition("2019").cells["disclosure.procurement.amount"].kind
            )[0],
        },
    )
    whole = sum_of_reports([stated, report])
    assert "disclosure.procurement.amount" not in whole.cells
    assert whole.cells["disclosure.procurement.items"] == number(0)
    assert sum_of_reports([report]) is report


def test_unreadable_prior_report_exits_3() -> None:
    good = now("n", "甲镇人民政府", 0)
    assert (
        run(
            [
                "check",
                str(good),
                "--prior",
                str(last("a", "甲镇人民政府", 0)),
                "--prior",
                "missing.xlsx",
            ]
        )
        == 3
    )


def test_prose_is_compared_with_last_years(capsys: pytest.CaptureFixture[str]) -> None:
    text = "一是公开的内容不够丰富，群众关心的内容公开得不够及时，需要改进；二是公开的渠道比较单一，新媒体运用得不够充分，需要拓宽；三是干部的认识不够到位，需要培训；四是栏目更新不够快，需要专人负责；五是政策解读的形式比较少，需要增加图表和视频。"
    for name, year in (("last", 2020), ("now", 2021)):
        reading = replace(make.zero("2021", year), narrative={"problems": (Paragraph("", text),)})
        Path(f"{name}.xlsx").write_bytes(make.book(reading))
    run(["check", "now.xlsx", "--prior", "last.xlsx", "--format", "json"])
    assert "N-13" in {
        finding["code"] for finding in json.loads(capsys.readouterr().out)["reports"][0]["findings"]
    }


# --- amounts


def money(fee: str, before: str) -> list[Finding]:
    base = make.with_cells(make.zero("2021", 2022), disclosure__fees__amount=fee)
    prior = Prior(
        2021,
        "2021",
        {
            "disclosure.fees.amount": read_typed(
                before, load_edition("2021").cells["disclosure.fees.amount"].kind
            )[0]
        },
    )
    return [
        finding for finding in check([replace(base, prior=prior)])[0] if finding.code == "Y2-03"
    ]


@pytest.mark.parametrize(("fee", "before", "expected"), [
    ("251000", "25.6", 1), ("25.6", "251000", 1), ("251000", "2510", 0), ("251000", "0", 0), ("0", "251000", 0), ("25.6", "25.1", 0),
    ("2510000", "25", 0),
])  # fmt: skip
def test_amounts_in_different_units_are_compared_by_value(
    fee: str, before: str, expected: int
) -> None:
    found = money(fee, before)
    assert [finding.keys for finding in found] == [
        ("disclosure.fees.amount", "prior.disclosure.fees.amount")
    ] * expected


@pytest.mark.parametrize(("texts", "expected"), [
    (("25.1万元", "251000元"), 0), (("251000万元", "251000元"), 1), (("251000", "25.1"), 0), (("251000元", "25.1"), 0),
])  # fmt: skip
def test_amount_without_an_agreed_unit_is_compared_only_if_both_state_one(
    texts: tuple[str, str], expected: int
) -> None:
    cell = load_edition("2019").cells["disclosure.procurement.amount"]
    values = [read_typed(text, cell.kind)[0] for text in texts]
    base = make.zero("2019")
    reading = replace(
        base,
        cells={**base.cells, cell.key: values[0]},
        prior=Prior(2019, "2019", {cell.key: values[1]}),
    )
    assert sum(finding.code == "Y2-03" for finding in check([reading])[0]) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(15, 1500, 1), (1500, 15, 1), (0, 100, 1), (15, 90, 0), (100, 900, 0), (0, 99, 0)],
)
def test_jump_against_last_year_is_questioned(before: int, after: int, expected: int) -> None:
    base = make.with_cells(make.zero("2021", 2022), disclosure__penalty__decisions=after)
    prior = figures_of(
        make.with_cells(make.zero("2021", 2021), disclosure__penalty__decisions=before)
    )
    found = [
        finding for finding in check([replace(base, prior=prior)])[0] if finding.code == "V-16"
    ]
    assert [finding.keys[0] for finding in found] == ["disclosure.penalty.decisions"] * expected
    across = replace(prior, edition="2019")
    assert [
        finding for finding in check([replace(base, prior=across)])[0] if finding.code == "V-16"
    ] == []


# --- new --from


def test_two_editions_differ_where_their_forms_do() -> None:
    old, new = load_edition("2019"), load_edition("2021")
    assert difference(old, old) == ()
    found = difference(old, new)
    divided = next(change for change in found if change.what == "row_divided")
    assert divided.new.count("、") == 2
    backwards = difference(new, old)
    assert {
        (change.where, change.new, change.old) for change in backwards if change.what == "relation"
    } == {(change.where, change.old, change.new) for change in found if change.what == "relation"}
    assert (
        [change.new for change in found if change.what == "table"]
        == [change.old for change in backwards if change.what == "table"]
        != []
    )


def test_rules_command_prints_the_difference_of_two_editions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["rules", "--diff", "2019", "2021"]) == 0
    assert "Y2-01" in capsys.readouterr().out
    assert run(["rules", "--diff", "2020", "2025"]) == 0
    assert run(["rules", "--diff", "2019", "2018"]) == 2


def last_year(edition_id: str, year: int) -> Reading:
    figures = {
        "requests__received__natural": 4,
        "requests__granted__natural": 1,
        "requests__carried_out__natural": 3,
        "disputes__review__pending": 2,
    }
    base = make.with_cells(
        make.zero(edition_id, year, unit__short="我镇", profile__phone="0000"), **figures
    )
    prose = {
        "overview": (Paragraph("组织领导", "甲。"),),
        "problems": (Paragraph("主要问题", "乙。"), Paragraph("主要问题", "丙。")),
    }
    return replace(base, narrative=prose, statistics=Statistics(total=number(30)))


def test_figures_of_the_same_edition_are_taken_over() -> None:
    edition = load_edition("2021")
    reading, done, notes = take_over(edition, blank(edition, 2022), last_year("2021", 2021))
    assert notes == []
    assert reading.value(CARRIED) == number(3)
    assert reading.value("requests.carried_in.total") == number(3)
    assert (reading.text("unit.short"), reading.text("profile.phone")) == ("我镇", "0000")
    assert reading.narrative == {
        "overview": (Paragraph("组织领导", ""),),
        "problems": (Paragraph("主要问题", ""),),
    }
    assert reading.statistics.prior_total == number(30)
    assert (done.left, done.changes, done.headings_left) == ((), (), ())
    assert set(done.shown) == set(edition.cells)
    assert "N-01" in {finding.code for finding in check([reading])[0]}


def test_figures_of_the_older_edition_are_taken_over() -> None:
    edition = load_edition("2021")
    reading, done, _ = take_over(edition, blank(edition, 2021), last_year("2019", 2020))
    assert reading.value(CARRIED) == number(3)
    assert set(reading.narrative) == {"problems"}
    assert (done.headings, done.headings_left) == (("problems",), ("overview",))
    assert {key.split(".")[0] for key in done.left} == {"disclosure"}
    assert {key.split(".")[0] for key in done.shown} == {"requests", "disputes"}
    assert done.changes == difference(load_edition("2019"), edition)


def test_items_of_the_2019_form_follow_from_last_years() -> None:
    edition = load_edition("2019")
    before = make.with_cells(
        make.zero("2019", 2019), disclosure__penalty__prior_items=5, disclosure__penalty__change=-2
    )
    reading, _, _ = take_over(edition, blank(edition, 2020), before)
    assert reading.value("disclosure.penalty.prior_items") == number(3)


def test_prior_report_of_another_year_gives_no_figures() -> None:
    edition = load_edition("2021")
    reading, done, notes = take_over(edition, blank(edition, 2023), last_year("2021", 2021))
    assert [finding.code for finding in notes] == ["R-17"]
    assert (done.filled, done.shown) == ((), ())
    assert reading.prior is None
    assert reading.text("unit.short") == "我镇"


def test_new_reports_what_it_took_over_from_last_year(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "2021", "--from", str(SAMPLE), "-o", "a.xlsx"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "a.xlsx\n"
    for word in ("单位全称", "二、上年结转", "规范性文件", "--diff 2019 2021"):
        assert word in shown.err


BOOKS = {
    "2019-2021": ("2019", 2020, 2021),
    "2021-2022": ("2021", 2021, 2022),
    "2021-2021": ("2021", 2020, 2021),
    "2019-2020": ("2019", 2019, 2020),
}


def next_book(name: str) -> tuple[Path, Plan]:
    edition_id, before, year = BOOKS[name]
    Path("last.xlsx").write_bytes(make.book(last_year(edition_id, before)))
    path = Path(f"{name}.xlsx")
    assert run(["new", str(year), "--from", "last.xlsx", "-o", str(path)]) == 0
    reading, _ = read(path.read_bytes(), "")
    assert reading is not None
    return path, Plan(load_edition(reading.edition))


@pytest.mark.parametrize("name", BOOKS)
def test_workbook_made_from_last_years_report_reads_back(name: str) -> None:
    path, plan = next_book(name)
    reading, said = read(path.read_bytes(), "")
    assert reading is not None
    assert [finding.code for finding in said if finding.code != "R-08"] == []
    assert reading.value(CARRIED) == number(3)
    assert reading.prior is not None
    assert reading.prior.cells["requests.carried_out.natural"] == number(3)
    book = openpyxl.load_workbook(path)
    for key, expected in (
        ("requests.received.natural", 4),
        ("requests.carried_out.total", 3),
        ("disputes.review.pending", 2),
    ):
        table = plan.table_of(key)
        spot = table.reference(*table.positions[key])
        cell = book[spot.sheet][spot.address]
        assert (cell.value, cell.protection.locked) == (expected, True)
        assert not book[spot.sheet].column_dimensions[cell.column_letter].hidden
        area = book[spot.sheet].print_area
        assert area
        printed = {
            text
            for line in rows_from_range(area.rsplit("!", maxsplit=1)[-1].replace("$", ""))
            for text in line
        }
        assert spot.address not in printed
        assert table.spot(key).address in printed


def typed(path: Path, plan: Plan, changes: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for key in plan.edition.cells:
        if key not in plan.edition.totals:
            spot = plan.table_of(key).spot(key)
            cell = book[spot.sheet].cell(spot.row + 1, spot.column + 1)
            cell.value = changes.get(key, 0 if cell.value is None else cell.value)
    book.save(path)


def states(path: Path, plan: Plan, code: str) -> dict[str, CheckState]:
    shown = in_workbook(plan.edition, path.read_bytes(), formualized(path))
    return {name: state for name, state in shown.checks.items() if name.startswith(code)}


@pytest.mark.parametrize("name", BOOKS)
def test_formulas_check_against_last_year(name: str) -> None:
    path, plan = next_book(name)
    typed(path, plan, {})
    assert set(states(path, plan, "Y3-01").values()) == {CheckState.PASSED}
    typed(path, plan, {CARRIED: 2})
    broken = [
        name for name, state in states(path, plan, "Y3-01").items() if state is CheckState.BROKEN
    ]
    assert broken == ["Y3-01@natural", "Y3-01@total"]
    assert ("Y2-01@normative" in states(path, plan, "Y2-01")) == (
        name in ("2021-2022", "2021-2021")
    )


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_formulas_check_against_last_year_in_libreoffice(tmp_path: Path) -> None:
    made = {name: next_book(name) for name in ("2019-2021", "2021-2022")}
    for path, plan in made.values():
        typed(path, plan, {CARRIED: 2})
    for path, (_, plan) in zip(
        libreoffice([path for path, _ in made.values()], tmp_path / "out"),
        made.values(),
        strict=True,
    ):
        book = openpyxl.load_workbook(path, data_only=True)
        cells = {
            (sheet.title, cell.row, cell.column): cell.value
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
        }
        shown = in_workbook(plan.edition, path.read_bytes(), cells)
        assert [
            name
            for name, state in shown.checks.items()
            if name.startswith("Y3") and state is CheckState.BROKEN
        ] == [
            "Y3-01@natural",
            "Y3-01@total",
        ]


def test_printed_amount_and_combined_row_of_last_year_are_shown() -> None:
    """Merged over the rows that the row of last year was divided into; an amount that states its unit as it was printed."""
    edition = load_edition("2021")
    reading, _, _ = take_over(
        edition,
        blank(edition, 2021),
        make.with_cells(make.zero("2019"), requests__other_handling__natural=7),
    )
    plan, book = Plan(edition), openpyxl.load_workbook(BytesIO(make.book(reading)))
    table = plan.table_of("requests.other_uncorrected.natural")
    row, column = table.positions["requests.other_uncorrected.natural"]
    spot = table.reference(row, column)
    assert book[spot.sheet][spot.address].value == 7
    assert any(
        spot.address == str(area).split(":")[0] and area.size["rows"] == 3
        for area in book[spot.sheet].merged_cells.ranges
    )
    cell = load_edition("2019").cells["disclosure.procurement.amount"]
    base = make.zero("2019", 2019)
    stated = replace(base, cells={**base.cells, cell.key: read_typed("251000元", cell.kind)[0]})
    form = load_edition("2019")
    again, _, _ = take_over(form, blank(form, 2020), stated)
    place = Plan(form).table_of(cell.key)
    where = place.reference(*place.positions[cell.key])
    assert (
        openpyxl.load_workbook(BytesIO(make.book(again)))[where.sheet][where.address].value
        == "251000元"
    )


# --- explanations


def test_explanation_is_void_when_a_figure_changes() -> None:
    """Checked, written down on 校验, the book written again, edited, checked."""
    before = make.with_cells(
        make.zero("2021", 2021), requests__received__natural=3, requests__carried_out__natural=3
    )
    base = make.with_cells(
        make.zero("2021", 2022), requests__carried_in__natural=2, requests__granted__natural=2
    )
    reading, _ = with_prior(base, before)
    open_ones = [finding for finding in check([reading])[0] if finding.code == "Y3-01"]
    assert [finding.is_open_error for finding in open_ones] == [True, True]
    explained = tuple(
        Explanation(finding.code, finding.keys, reading.basis(finding.keys), "上年公开的数有误")
        for finding in open_ones
    )
    again, _ = read(make.book(replace(reading, explanations=explained)), "a.xlsx")
    assert again is not None
    assert [finding.is_open_error for finding in check([again])[0] if finding.code == "Y3-01"] == [
        False,
        False,
    ]
    elsewhere = replace(again, cells={**again.cells, "disclosure.licensing.decisions": number(9)})
    assert [
        finding.explanation is None for finding in check([elsewhere])[0] if finding.code == "Y3-01"
    ] == [
        False,
        False,
    ]
    edited = make.with_cells(again, requests__carried_in__natural=1, requests__granted__natural=1)
    assert [finding.is_open_error for finding in check([edited])[0] if finding.code == "Y3-01"] == [
        True,
        True,
    ]


def test_explained_error_of_sums_stays_an_open_error() -> None:
    base = make.with_cells(make.zero("2021"), requests__received__natural=2)
    broken = [finding for finding in check([base])[0] if finding.code == "T3-01"]
    explained = tuple(
        Explanation(finding.code, finding.keys, base.basis(finding.keys), "就是这样")
        for finding in broken
    )
    again = [
        finding
        for finding in check([replace(base, explanations=explained)])[0]
        if finding.code == "T3-01"
    ]
    assert [finding.is_open_error for finding in again] == [True, True]


def test_blanks_of_last_years_published_report_count_as_0() -> None:
    published = replace(make.zero("2021", 2021), origin=Origin.PUBLISHED)
    reading, _ = with_prior(make.zero("2021", 2022), published)
    assert reading.prior is not None
    assert reading.prior.cells["requests.carried_out.natural"] == number(0)
