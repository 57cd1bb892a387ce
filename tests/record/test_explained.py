"""A reason belongs to what its cells held when it was given: figures as numbers, texts as fingerprints."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support import make
from toolkit.checking.check import check
from toolkit.data.dump import data_json
from toolkit.data.load import load_data
from toolkit.edition.load import load_edition
from toolkit.finding import Finding
from toolkit.jobs.check import check_files
from toolkit.reading.read import read
from toolkit.record.basis import fingerprint, is_fingerprint, legacy_fingerprint
from toolkit.record.explained import explain, reason_for, void_reason
from toolkit.record.reading import Explanation, Paragraph, Reading

EDITION = load_edition("2021")
REASON = "对外公布的值班手机"
TEXT = "联系人手机13812345678。"
PHONE = "N-12"  # a personal number in the prose


def report(text: str = TEXT) -> Reading:
    prose = {
        "overview": (Paragraph("", text),),
        "problems": (Paragraph("", "有不足。"),),
    }
    return replace(make.zero("2021"), narrative=prose)


def phone_finding(reading: Reading) -> Finding:
    findings = explain(EDITION, reading, check([reading])[0])
    return next(finding for finding in findings if finding.code == PHONE)


def explained(reading: Reading) -> Reading:
    finding = phone_finding(reading)
    reason = Explanation(PHONE, finding.keys, reading.basis(finding.keys), REASON)
    return replace(reading, explanations=(reason,))


def with_legacy_basis(reading: Reading) -> Reading:
    reason = reading.explanations[0]
    text = reading.text_at(reason.keys[0])
    assert text
    return replace(reading, explanations=(replace(reason, values=(legacy_fingerprint(text),)),))


def loaded(data: str) -> Reading:
    reading, findings = load_data(data.encode(), "a.json")
    assert reading is not None
    assert findings == []
    return reading


def changed(reading: Reading) -> Reading:
    return replace(reading, narrative=report(f"{TEXT}另有联系人。").narrative)


def test_the_basis_of_prose_and_fields_is_text_and_of_figures_a_number() -> None:
    reading = make.with_cells(report(), disclosure__normative__issued=3)
    keys = ("narrative.overview", "narrative.overview.1", "unit.name", "unit.code")
    section, paragraph, name, code = reading.basis(keys)
    assert section == paragraph
    assert all(is_fingerprint(value) for value in (section, paragraph, name, code))
    assert name == fingerprint("甲镇人民政府")
    assert code == ""
    assert reading.basis(("disclosure.normative.issued",)) == (Decimal(3),)
    assert reading.basis(("prior.disclosure.normative.issued",)) == (Decimal(0),)


@pytest.mark.parametrize("text", ["", "一", "联系人。\n另一段"])
def test_a_fingerprint_is_known_again(text: str) -> None:
    assert is_fingerprint(fingerprint(text))
    assert not is_fingerprint(str(legacy_fingerprint(text)))
    assert legacy_fingerprint(text) < 10**9


def test_a_reason_for_prose_holds_until_the_text_changes() -> None:
    reading = explained(report())
    finding = phone_finding(reading)
    assert finding.explanation == REASON
    assert void_reason(reading, finding) is None
    later = changed(reading)
    finding = phone_finding(later)
    assert finding.explanation is None
    assert reason_for(later, finding) is None
    assert void_reason(later, finding) == REASON
    assert REASON in finding.message


def test_a_reason_with_the_number_of_an_older_version_holds_too() -> None:
    reading = with_legacy_basis(explained(report()))
    assert phone_finding(reading).explanation == REASON
    assert phone_finding(changed(reading)).explanation is None


def test_a_reason_for_prose_survives_a_data_file() -> None:
    given = explained(report())
    reading = loaded(data_json(EDITION, given))
    assert reading.explanations == given.explanations
    assert phone_finding(reading).explanation == REASON
    assert phone_finding(changed(reading)).explanation is None


def test_a_data_file_of_an_older_version_is_still_explained() -> None:
    given = explained(report())
    data = json.loads(data_json(EDITION, given))
    data["explanations"][0]["values"] = [
        int(legacy_fingerprint(given.text_at(given.explanations[0].keys[0]) or ""))
    ]
    reading = loaded(json.dumps(data, ensure_ascii=False))
    assert phone_finding(reading).explanation == REASON
    assert phone_finding(changed(reading)).explanation is None


@pytest.mark.parametrize("is_legacy", [False, True])
def test_a_reason_for_prose_survives_a_workbook(is_legacy: bool) -> None:
    given = explained(report())
    if is_legacy:
        given = with_legacy_basis(given)
    reading, _ = read(make.book(given), "a.xlsx")
    assert reading is not None
    assert reading.explanations == given.explanations
    assert phone_finding(reading).explanation == REASON
    assert phone_finding(changed(reading)).explanation is None


def test_other_texts_are_no_basis() -> None:
    data = json.loads(data_json(EDITION, explained(report())))
    data["explanations"][0]["values"] = ["text:unknown"]
    reading, findings = load_data(json.dumps(data).encode(), "a.json")
    assert reading is not None
    assert reading.explanations == ()
    assert len(findings) == 1


def test_marked_up_book_of_0_1_0_with_a_reason_on_prose_is_explained() -> None:
    """Made by 0.1.0, whose list of findings kept the text as a nine-digit number."""
    book = Path(__file__).parent / "books/annotated-0.1.0.xlsx"
    [outcome], _, _ = check_files([book])
    [finding] = [finding for finding in outcome.findings if finding.code == "N-04"]
    assert finding.keys == ("narrative.problems",)
    assert finding.explanation == "本年度确实没有发现问题。"
