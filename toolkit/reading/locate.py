"""Which sheet of a workbook is which sheet of the form: by labels, whatever it is called now, and by the mark it carries."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.edition.declared import Section
from toolkit.edition.labels import normalise
from toolkit.files.book import Book, Sheet
from toolkit.phrases import phrases
from toolkit.reading.align import Texts, score, texts_of
from toolkit.reading.issues import issue_list
from toolkit.workbook.plan import CALC, META, Plan
from toolkit.workbook.stamp import Stamp, read_stamp
from toolkit.workbook.table_plan import TablePlan

ENOUGH = 0.6  # share of its labels by which a sheet is taken for a table
TWIN = 0.9  # from which share on a second sheet of the same labels is a copy, and not just another table


@dataclass(frozen=True)
class Located:
    """`sheets`: name of a sheet in the form -> the sheet as it is now. `twins`: further sheets with the labels of a table, by table.

    `extra` are the sheets that the form does not know, twins among them.
    """

    sheets: Mapping[str, Sheet]
    twins: Mapping[str, tuple[Sheet, ...]]
    extra: tuple[Sheet, ...]

    def table(self, table: TablePlan) -> Sheet | None:
        return self.sheets.get(table.sheet)

    @property
    def renamed(self) -> dict[str, str]:
        return {known: sheet.name for known, sheet in self.sheets.items() if sheet.name != known}


def mark_of(sheet: Sheet) -> Stamp | None:
    """The mark may have moved with inserted rows or columns, so every text is looked at."""
    return next((mark for cell in sheet.cells.values() if (mark := read_stamp(cell.value))), None)


def locate(plan: Plan, book: Book, own: Stamp) -> Located:
    """`own` is what the sheets of this workbook are marked with."""
    issues = issue_list(book)
    hidden = (CALC, META, *((issues.sheet.name,) if issues else ()))
    sheets = [
        sheet
        for sheet in book.sheets
        if sheet.name not in hidden and (sheet.visible or sheet.name in plan.sheets)
    ]
    texts = {sheet.name: texts_of(sheet) for sheet in sheets}
    words = phrases()
    found: dict[str, Sheet] = {}
    twins: dict[str, tuple[Sheet, ...]] = {}
    aids = {
        part.sheet for part in (words.guide_sheet, words.paste_sheet, words.checks_sheet)
    }  # these repeat labels of the tables
    possible = [sheet for sheet in sheets if sheet.name not in aids]
    for table in plan.tables:
        alike = _ranked(table, possible, texts, own)
        if alike:
            found[table.sheet] = alike[0]
            copies = tuple(
                sheet for sheet in alike[1:] if score(table.frame, texts[sheet.name]) >= TWIN
            )
            if copies and table.table.declared.official:
                twins[table.table.key] = copies
    used = {sheet.name for sheet in found.values()} | {
        sheet.name for copies in twins.values() for sheet in copies
    }
    rest = [sheet for sheet in sheets if sheet.name not in used]
    for name, sheet in _words(plan, rest, texts).items():
        found.setdefault(name, sheet)
    taken = {sheet.name for sheet in found.values()}
    return Located(
        found,
        twins,
        tuple(
            sheet for sheet in book.sheets if sheet.name not in taken and sheet.name not in hidden
        ),
    )


def _ranked(
    table: TablePlan, sheets: list[Sheet], texts: Mapping[str, Texts], own: Stamp
) -> list[Sheet]:
    """The sheets with the labels of a table, the best first: of this workbook, of the name of the form, most labels."""

    def rank(sheet: Sheet) -> tuple[bool, bool, float]:
        return (
            mark_of(sheet) in (own, None),
            sheet.name == table.sheet,
            score(table.frame, texts[sheet.name]),
        )

    alike = [sheet for sheet in sheets if score(table.frame, texts[sheet.name]) >= ENOUGH]
    return sorted(alike, key=rank, reverse=True)


def _words(plan: Plan, sheets: list[Sheet], texts: Mapping[str, Texts]) -> dict[str, Sheet]:
    """The sheets that hold no table: by their name, or else by what stands on them."""
    found: dict[str, Sheet] = {}
    profile = _profile(plan, sheets, texts)
    if profile is not None:
        found[plan.edition.profile.sheet] = profile
    statistics = _statistics(plan, sheets, texts)
    if statistics is not None:
        found[plan.edition.narrative.statistics.sheet] = statistics
    named = {sheet.name: sheet for sheet in sheets}
    for section in plan.edition.sections:
        sheet = named.get(section.sheet) or _titled(sheets, texts, section)
        if sheet is not None:
            found[section.sheet] = sheet
    for name in plan.sheets:
        if name in named:
            found.setdefault(name, named[name])
    return found


def _profile(plan: Plan, sheets: list[Sheet], texts: Mapping[str, Texts]) -> Sheet | None:
    """The sheet that has most of the labels of 基本信息."""
    labels = {normalise(entry.label) for entry in plan.edition.fields.values()}

    def share(sheet: Sheet) -> float:
        return len(labels & _all(texts[sheet.name])) / len(labels)

    best = max(
        sheets,
        key=lambda sheet: (share(sheet), sheet.name == plan.edition.profile.sheet),
        default=None,
    )
    return best if best is not None and share(best) > 0.5 else None


def _statistics(plan: Plan, sheets: list[Sheet], texts: Mapping[str, Texts]) -> Sheet | None:
    form = plan.edition.narrative.statistics
    wanted = {normalise(form.total_label), normalise(form.prior_label), normalise(form.kind_column)}
    named = [sheet for sheet in sheets if sheet.name == form.sheet]
    return next(
        iter([*named, *(sheet for sheet in sheets if wanted <= _all(texts[sheet.name]))]), None
    )


def _titled(sheets: list[Sheet], texts: Mapping[str, Texts], section: Section) -> Sheet | None:
    """A renamed sheet, by the heading that stands on top of it."""
    titled = [
        sheet
        for sheet in sheets
        if texts[sheet.name].get(1, {}).get(1) == normalise(section.heading)
    ]
    return next(
        (sheet for sheet in titled if any(column == 2 and row > 2 for row, column in sheet.cells)),
        None,
    )


def _all(texts: Texts) -> set[str]:
    return {text for row in texts.values() for text in row.values()}
