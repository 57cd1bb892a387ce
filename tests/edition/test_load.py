"""A mistake in a template is refused with the file and the key it stands at."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.edition.load import edition_ids, load_edition
from toolkit.templates import EditionError, shipped

Refused = Callable[..., EditionError]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "2021"
    shutil.copytree(shipped("workbook_templates") / "2021", copy)
    return copy


@pytest.fixture
def refused(folder: Path) -> Refused:
    """Replace a text that occurs in a file (`nth` of its occurrences), load, and return the refusal."""

    def change(file: str, old: str, new: str, nth: int = 0) -> EditionError:
        path = folder / file
        parts = path.read_text(encoding="utf-8").split(old)
        assert len(parts) > nth + 1, f"{old!r} is not in {file}"
        path.write_text(
            old.join(parts[: nth + 1]) + new + old.join(parts[nth + 1 :]), encoding="utf-8"
        )
        with pytest.raises(EditionError) as caught:
            load_edition("2021", folder.parent)
        return caught.value

    return change


def said(error: EditionError) -> tuple[str, str]:
    return Path(error.file).name, error.key


def test_unchanged_copy_of_an_edition_loads(folder: Path) -> None:
    assert edition_ids(folder.parent) == ["2021"]
    assert load_edition("2021", folder.parent).cells == load_edition("2021").cells


GRANTED = '{ key = "granted", path = ["三、本年度办理结果", "（一）予以公开"], groups = ["outcomes"], help = "全部公开的申请。" }'
MERGED = '[[merged_row]]\nkey = "m"\npath = ["m"]\ngroups = ["outcomes"]\nstands_for = '

MUTATIONS = [
    # file, text, instead of it, key of the refusal
    ("edition.toml", 'id = "2021"', 'id = "2021"\ncolour = 1', "colour"),
    ("edition.toml", 'id = "2021"', 'id = "2022"', "id"),
    ("edition.toml", "first_year = 2021\n", "", "first_year"),
    ("edition.toml", "template_version = 1", 'template_version = "one"', "template_version"),
    ("disclosure.toml", 'short = "主动公开"', 'short = "主动公开"\nshrot = "x"', "shrot"),
    ("disclosure.toml", 'key = "disclosure"', 'key = "disclosures"', "key"),
    ("disclosure.toml", 'section = "disclosure"', 'section = "disclosed"', "section"),
    ("disclosure.toml", 'help = "本表各数由职能科室提供；没有发生的填 0。"\n', "", "help"),
    ("disclosure.toml", 'kind = "money"', 'kind = "cash"', "block.3.columns.0.kind"),
    ("disclosure.toml", 'key = "penalty"', 'key = "Penalty"', "block.2.rows.0.key"),
    ("disclosure.toml", 'key = "penalty"', 'key = "处罚"', "block.2.rows.0.key"),
    (
        "disclosure.toml",
        '{ key = "regulations", path',
        '{ key = "regulations", unti = "件", path',
        "block.0.rows.0.unti",
    ),
    ("disclosure.toml", 'key = "coercion"', 'key = "penalty"', "disclosure.penalty.decisions"),
    ("disclosure.toml", 'key = "licensing"', 'key = "penalty"', "disclosure.penalty.decisions"),
    ("disclosure.toml", 'key = "repealed"', 'key = "issued"', "disclosure.regulations.issued"),
    ("disclosure.toml", 'sheet = "二、主动公开（表）"', f'sheet = "{"表" * 32}"', "sheet"),
    ("disclosure.toml", 'sheet = "二、主动公开（表）"', 'sheet = "a/b"', "sheet"),
    ("disclosure.toml", 'sheet = "二、主动公开（表）"', 'sheet = "基本信息"', "基本信息"),
    (
        "requests.toml",
        'sheet = "三、依申请公开（表）"',
        'sheet = "二、主动公开（表）"',
        "二、主动公开（表）",
    ),
    ("requests.toml", 'help = "全部公开的申请。"', f'help = "{"长" * 256}"', "block.0.rows.2.help"),
    (
        "requests.toml",
        'help = "全部公开的申请。"',
        f'help = "{"长" * 250}"',
        "requests.granted.natural",
    ),
    (
        "requests.toml",
        GRANTED,
        GRANTED.replace('"outcomes"', '"outcomes", "nobody"'),
        "groups.nobody",
    ),
    (
        "requests.toml",
        '"other_uncorrected", "other_unpaid", "other_misc"]',
        '"other_uncorrected", "other_paid"]',
        "merged_row.other_handling",
    ),
    (
        "requests.toml",
        'stands_for = ["other_uncorrected", "other_unpaid", "other_misc"]',
        "stands_for = []",
        "merged_row.0.stands_for",
    ),
    ("requests.toml", "most = 100000", 'most = "many"', "most"),
    (
        "processing_fee.toml",
        ', help = "报告年度内发出的信息处理费收费通知件数。"',
        "",
        "processing_fee.notices",
    ),
    ("processing_fee.toml", 'gate = "warning"', 'gate = "loud"', "gate"),
    ("profile.toml", 'key = "unit.code"', 'key = "unit.name"', "unit.name"),
    ("profile.toml", 'label = "单位全称"', f'label = "{"长" * 33}"', "group.0.fields.0.label"),
    ("profile.toml", 'choices = "scopes"', 'choices = "ranges"', "choices."),
    ("profile.toml", "[choices]\n", '[choices]\ncolours = [["red", "红"]]\n', "choices.colours"),
    ("profile.toml", 'kind = "choice", choices = "scopes"', 'kind = "choice"', "group.0.fields.5"),
    (
        "profile.toml",
        'covers = ["disputes"]',
        'covers = ["disputes.nobody"]',
        "declarations.no_disputes.covers",
    ),
    (
        "profile.toml",
        '"declarations.no_disputes"',
        '"declarations.no_dispute"',
        "declarations.no_disputes",
    ),
    ("narrative.toml", 'heading = "五、', f'heading = "{"长" * 33}', "section.5.heading"),
    ("narrative.toml", 'key = "problems"', 'key = "other"', "other"),
    ("narrative.toml", 'table = "disputes"', 'table = "dispute"', "disputes.table"),
    ("narrative.toml", 'section = "preamble"', 'section = "foreword"', "sentence.section"),
    (
        "narrative.toml",
        'when = "requests.received.total == 0"',
        'when = "requests.recieved.total == 0"',
        "sentence.when",
    ),
    (
        "narrative.toml",
        'when = "requests.received.total == 0"',
        'when = "requests.received.total * 2 == 0"',
        "sentence.when",
    ),
    ("narrative.toml", 'prompt = "', 'prompts = "', "section.0.prompt"),
    ("relations.toml", 'id = "T3-02"', 'id = "T3-01"', "T3-01"),
    ("relations.toml", 'id = "T3-02"', 'id = "N3-02"', "relation.3.id"),
    ("relations.toml", 'table = "disputes"', 'table = "dispute"', "T4-01.table"),
    (
        "relations.toml",
        'rows = ["regulations", "normative"]',
        'rows = ["regulations", "rules"]',
        "T2-03.rows",
    ),
    (
        "relations.toml",
        'holds = "handled == sum(outcomes)"',
        'holds = "handle == sum(outcomes)"',
        "T3-02.holds",
    ),
    (
        "relations.toml",
        'holds = "handled == sum(outcomes)"',
        'holds = "handled == sum(outcome)"',
        "T3-02.holds",
    ),
    (
        "relations.toml",
        'holds = "handled == sum(outcomes)"',
        'holds = "handled * 1 == sum(outcomes)"',
        "T3-02.holds",
    ),
    ("relations.toml", 'when = "notices == 0"', 'when = "notice == 0"', "T6-01.asked.holds"),
    ("relations.toml", 'severity = "info"', 'severity = "fatal"', "relation.6.severity"),
    ("relations.toml", 'levels = ["township", ', 'levels = ["towship", ', "T2-02.levels"),
    ("relations.toml", "pass = [{ total = 3, natural = 2, legal = 1 }]\n", "", "relation.4.pass"),
    ("relations.toml", 'each = "column"', 'each = "diagonal"', "relation.2.each"),
    # The two relations that make totals, turned into others: totals that nothing covers.
    (
        "relations.toml",
        'holds = "total == sum(applicants)"',
        'holds = "total >= sum(applicants)"',
        "requests.received.total",
    ),
    (
        "relations.toml",
        'holds = "total == upheld + corrected + other + pending"',
        'holds = "total - upheld == corrected"',
        "disputes.review.total",
    ),
]

# What two files disagree about is told of one of them.
ELSEWHERE = {
    "基本信息": "narrative.toml",
    "二、主动公开（表）": "narrative.toml",
    "requests.received.total": "requests.toml",
    "disputes.review.total": "disputes.toml",
}


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    MUTATIONS,
    ids=[f"{mutation[0]}-{mutation[3]}-{n}" for n, mutation in enumerate(MUTATIONS)],
)
def test_mistake_in_a_template_is_refused_with_file_and_key(
    refused: Refused, file: str, old: str, new: str, key: str
) -> None:
    error = refused(file, old, new)
    assert said(error) == (ELSEWHERE.get(key, file), error.key)
    assert error.key == key or (key.endswith(".") and error.key.startswith(key))
    assert error.reason


def test_group_that_nothing_uses_is_refused(refused: Refused) -> None:
    error = refused("profile.toml", 'covers = ["requests.organisations"]', 'covers = ["requests"]')
    assert said(error) == ("requests.toml", "groups.organisations")


@pytest.mark.parametrize(
    "file", ["edition.toml", "disclosure.toml", "relations.toml", "narrative.toml", "profile.toml"]
)
def test_broken_toml_and_missing_files_are_refused(
    refused: Refused, folder: Path, file: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    error = refused(file, text[:20], text[:20] + "\n= = =\n")
    assert Path(error.file).name == file
    (folder / file).unlink()
    with pytest.raises(EditionError) as caught:
        load_edition("2021", folder.parent)
    assert Path(caught.value.file).name == file


def test_unknown_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EditionError):
        load_edition("1999", tmp_path)
    assert edition_ids(tmp_path) == []
