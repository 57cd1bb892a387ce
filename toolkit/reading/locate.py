"""Which sheet of a workbook is which sheet of the form: by its labels, even under another name.

The stamp that a sheet carries decides between sheets of the same labels.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from toolkit.edition.declared import Section
from toolkit.edition.labels import normalise
from toolkit.files.book import Book, Sheet
from toolkit.phrases import phrases
from toolkit.reading.align import Texts, all_texts, read_texts, share_of_labels
from toolkit.reading.issue_list import find_issue_list
from toolkit.workbook.plan import CALC, META, Plan
from toolkit.workbook.stamp import Stamp, read_stamp
from toolkit.workbook.table_plan import TablePlan

ENOUGH = 0.6  # share of its labels by which a sheet is taken for a table
TWIN = 0.9  # share from which a second sheet is a copy of a table, and not just another table
MOST_FACTS = 0.5  # share of the labels of 基本信息 that a sheet must exceed to be taken for it


@dataclass(frozen=True)
class Located:
    """`sheets`: name of a sheet in the form -> the sheet of the workbook.

    `twins`: key of a table -> further sheets with its labels. `extra` are the sheets that the form
    does not know, twins among them.
    """

    sheets: Mapping[str, Sheet]
    twins: Mapping[str, tuple[Sheet, ...]]
    extra: tuple[Sheet, ...]

    def sheet_of_table(self, table: TablePlan) -> Sheet | None:
        return self.sheets.get(table.sheet)

    @property
    def renamed_sheets(self) -> dict[str, str]:
        """Name in the form -> name in the workbook, of sheets where these differ."""
        return {known: sheet.name for known, sheet in self.sheets.items() if sheet.name != known}

    @property
    def twin_names(self) -> set[str]:
        """The names of all second copies of a table."""
        return _names_of_copies(self.twins)


@dataclass(frozen=True)
class _Candidates:
    """Sheets that may be sheets of the form, and the texts of each by its name."""

    sheets: tuple[Sheet, ...]
    texts: Mapping[str, Texts]

    def without(self, names: Collection[str]) -> "_Candidates":
        kept = tuple(sheet for sheet in self.sheets if sheet.name not in names)
        return _Candidates(kept, self.texts)

    def texts_of(self, sheet: Sheet) -> Texts:
        return self.texts[sheet.name]

    def named(self, name: str) -> Sheet | None:
        """The last sheet of this name."""
        for sheet in reversed(self.sheets):
            if sheet.name == name:
                return sheet
        return None


def find_stamp(sheet: Sheet) -> Stamp | None:
    """The stamp of a sheet. It may have moved with inserted lines, so every text is looked at."""
    for cell in sheet.cells.values():
        stamp = read_stamp(cell.value)
        if stamp is not None:
            return stamp
    return None


def locate_sheets(plan: Plan, book: Book, own: Stamp) -> Located:
    """Find the sheets of the form in a workbook. `own` is the stamp of this workbook's sheets.

    With the sheet 三、依申请公开（表） renamed to 申请, `sheets` has the sheet 申请 under the name of
    the form. A second sheet with its labels is in `twins`, under "requests", and in `extra`; a
    sheet with a person's own notes is only in `extra`.
    """
    hidden = _hidden_names(book)
    candidates = _find_candidates(plan, book, hidden)
    sheets, twins = _locate_tables(plan, candidates, own)
    used = _names_of(sheets.values()) | _names_of_copies(twins)
    for name, sheet in _locate_others(plan, candidates.without(used)).items():
        sheets.setdefault(name, sheet)
    taken = _names_of(sheets.values()) | hidden
    extra = tuple(sheet for sheet in book.sheets if sheet.name not in taken)
    return Located(sheets, twins, extra)


def _names_of(sheets: Iterable[Sheet]) -> set[str]:
    return {sheet.name for sheet in sheets}


def _names_of_copies(twins: Mapping[str, tuple[Sheet, ...]]) -> set[str]:
    return _names_of(chain.from_iterable(twins.values()))


def _hidden_names(book: Book) -> set[str]:
    """The sheets that hold no part of the report: those for formulas, and 问题清单."""
    listed = find_issue_list(book)
    return {CALC, META} | ({listed.sheet.name} if listed else set())


def _find_candidates(plan: Plan, book: Book, hidden: Collection[str]) -> _Candidates:
    """The visible sheets, and hidden ones if the form knows their names."""
    sheets = []
    for sheet in book.sheets:
        may_be_ours = sheet.visible or sheet.name in plan.sheets
        if may_be_ours and sheet.name not in hidden:
            sheets.append(sheet)
    return _Candidates(tuple(sheets), {sheet.name: read_texts(sheet) for sheet in sheets})


def _locate_tables(
    plan: Plan, candidates: _Candidates, own: Stamp
) -> tuple[dict[str, Sheet], dict[str, tuple[Sheet, ...]]]:
    """Name in the form -> sheet of a table, and key of an official table -> its second copies."""
    words = phrases()
    repeats_labels = (words.guide_sheet.sheet, words.paste_sheet.sheet, words.checks_sheet.sheet)
    possible = candidates.without(repeats_labels)
    sheets: dict[str, Sheet] = {}
    twins: dict[str, tuple[Sheet, ...]] = {}
    for table in plan.tables:
        alike = _rank_alike(table, possible, own)
        if not alike:
            continue
        sheets[table.sheet] = alike[0]
        copies = tuple(
            sheet for sheet in alike[1:] if _share_of_table(table, sheet, possible) >= TWIN
        )
        if copies and table.table.declared.official:
            twins[table.table.key] = copies
    return sheets, twins


def _rank_alike(table: TablePlan, possible: _Candidates, own: Stamp) -> list[Sheet]:
    """The sheets with the labels of a table, the best first.

    First those of this workbook, then those of the name in the form, then by their labels.
    """

    def closeness(sheet: Sheet) -> tuple[bool, bool, float]:
        is_of_this_book = find_stamp(sheet) in (own, None)
        is_named_so = sheet.name == table.sheet
        return is_of_this_book, is_named_so, _share_of_table(table, sheet, possible)

    alike = [
        sheet for sheet in possible.sheets if _share_of_table(table, sheet, possible) >= ENOUGH
    ]
    return sorted(alike, key=closeness, reverse=True)


def _share_of_table(table: TablePlan, sheet: Sheet, candidates: _Candidates) -> float:
    return share_of_labels(table.frame, candidates.texts_of(sheet))


def _locate_others(plan: Plan, candidates: _Candidates) -> dict[str, Sheet]:
    """Name in the form -> sheet without a table: by its name, or else by what it holds."""
    edition = plan.edition
    found = [
        (edition.profile.sheet, _find_profile(plan, candidates)),
        (edition.narrative.statistics.sheet, _find_statistics(plan, candidates)),
    ]
    for section in edition.sections:
        named = candidates.named(section.sheet)
        found.append((section.sheet, named or _find_titled(candidates, section)))
    located = {name: sheet for name, sheet in found if sheet is not None}
    for name in plan.sheets:
        named = candidates.named(name)
        if named is not None:
            located.setdefault(name, named)
    return located


def _find_profile(plan: Plan, candidates: _Candidates) -> Sheet | None:
    """The sheet that has most of the labels of 基本信息, of several the one of that name."""
    labels = {normalise(entry.label) for entry in plan.edition.fields.values()}

    def share_of_facts(sheet: Sheet) -> float:
        return len(labels & all_texts(candidates.texts_of(sheet))) / len(labels)

    def closeness(sheet: Sheet) -> tuple[float, bool]:
        return share_of_facts(sheet), sheet.name == plan.edition.profile.sheet

    best = max(candidates.sheets, key=closeness, default=None)
    if best is None or share_of_facts(best) <= MOST_FACTS:
        return None
    return best


def _find_statistics(plan: Plan, candidates: _Candidates) -> Sheet | None:
    """The sheet 公开统计, or else the first with its labels."""
    statistics = plan.edition.narrative.statistics
    labels = (statistics.total_label, statistics.prior_label, statistics.kind_column)
    wanted = {normalise(label) for label in labels}
    for sheet in candidates.sheets:
        if sheet.name == statistics.sheet:
            return sheet
    for sheet in candidates.sheets:
        if wanted <= all_texts(candidates.texts_of(sheet)):
            return sheet
    return None


def _find_titled(candidates: _Candidates, section: Section) -> Sheet | None:
    """A renamed sheet of a section: its heading is on top, and there is text below."""
    heading = normalise(section.heading)
    for sheet in candidates.sheets:
        top_left = candidates.texts_of(sheet).get(1, {}).get(1)
        has_text = any(column == 2 and row > 2 for row, column in sheet.cells)
        if top_left == heading and has_text:
            return sheet
    return None
