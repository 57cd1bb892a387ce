"""Figures under a 零申报: the workbook names the cells of both sides, without any function but IF and &."""

from collections import defaultdict

from toolkit.edition.model import Declaration
from toolkit.files.coordinates import quoted
from toolkit.phrases import phrases
from toolkit.values import State
from toolkit.workbook import formulas
from toolkit.workbook.draft import Draft
from toolkit.workbook.spots import Spot
from toolkit.workbook.styles import height_of


def write_conflicts(draft: Draft) -> None:
    """On _calc: the address of every covered figure that is not 0, joined row by row, then for the whole declaration."""
    for key in dict.fromkeys(
        key for one in draft.edition.declarations for key in _covered(draft, one)
    ):
        x = draft.plan.table_of(key).segment(key).input_formula
        address = _address(draft, key)
        draft.write_formula(
            draft.plan.calc.conflict(key),
            f'=IF(ISNUMBER({x}),IF({x}<>0,{formulas.quoted_text(address)},""),"")',
            _now(draft, key),
        )
    for number, declaration in enumerate(draft.edition.declarations):
        tables: dict[str, list[str]] = defaultdict(list)
        for (table, _), keys in _rows(draft, declaration).items():
            spot = draft.plan.calc.row_conflicts(keys[0], number)
            draft.write_formula(
                spot,
                "=" + "&".join(draft.plan.calc.conflict(key).absolute for key in keys),
                "".join(_now(draft, key) for key in keys),
            )
            tables[table].append(spot.absolute)
        parts = []
        for table, spots in tables.items():
            short = formulas.quoted_text(draft.edition.table(table).declared.short + " ")
            parts.append(f'IF({"&".join(spots)}="","",{short}&{"&".join(spots)})')
        flag = draft.plan.calc.flags[f"declarations.{declaration.key}"].absolute
        draft.write_formula(
            draft.plan.calc.declaration_conflicts(number),
            f'=IF({flag}=1,{"&".join(parts)},"")',
            _said(draft, declaration),
        )


def _covered(draft: Draft, declaration: Declaration) -> list[str]:
    return [key for key in declaration.covers if key in draft.edition.cells]


def _rows(draft: Draft, declaration: Declaration) -> dict[tuple[str, str], list[str]]:
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in _covered(draft, declaration):
        cell = draft.edition.cells[key]
        rows[cell.table, cell.row].append(key)
    return rows


def _address(draft: Draft, key: str) -> str:
    return draft.plan.table_of(key).spot(key).address + " "


def _now(draft: Draft, key: str) -> str:
    value = draft.reading.value(key)
    is_text = draft.edition.cells[key].kind == "amount" and value.raw
    return (
        _address(draft, key) if value.state is State.NUMBER and value.number and not is_text else ""
    )


def write_declarations(draft: Draft, name: str, state_column: int) -> None:
    """On 校验: one line a declaration, with its own cell and the cells that contradict it."""
    sheet = draft.sheet(name)
    words = phrases().states
    for number, declaration in enumerate(draft.edition.declarations):
        row = draft.plan.declarations_top + number
        field = draft.plan.field_spots[f"declarations.{declaration.key}"]
        label = phrases().checks_sheet.declaration.format(
            label=declaration.label, sheet=field.sheet, cell=field.address
        )
        sheet.merge_range(row, 0, row, 3, "", draft.styles.link)
        sheet.write_url(
            row, 0, f"internal:{quoted(field.sheet)}!{field.address}", draft.styles.link, label
        )
        found = draft.plan.calc.declaration_conflicts(number).absolute
        text = _said(draft, declaration)
        sheet.merge_range(row, 4, row, state_column - 1, "", draft.styles.cell)
        draft.write_formula(Spot(name, row, 4), f"={found}", text, draft.styles.cell)
        formula = f'=IF({found}="",{formulas.quoted_text(words.passed)},{formulas.quoted_text(words.invalid)})'
        draft.write_formula(
            Spot(name, row, state_column),
            formula,
            words.word("invalid" if text else "passed"),
            draft.styles.cell,
        )
        sheet.set_row(row, height_of(1))


def _said(draft: Draft, declaration: Declaration) -> str:
    """What the formula of a declaration gives now."""
    if not draft.reading.declares(declaration.key):
        return ""
    texts: dict[str, str] = defaultdict(str)
    for key in _covered(draft, declaration):
        texts[draft.edition.cells[key].table] += _now(draft, key)
    return "".join(
        f"{draft.edition.table(table).declared.short} {text}"
        for table, text in texts.items()
        if text
    )
