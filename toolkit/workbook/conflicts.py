"""Figures under a 零申报: the workbook names the cells of both sides, by IF and & alone."""

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
    """On _calc: the address of every covered figure that is not 0.

    They are joined row by row, then for the whole declaration.
    """
    for key in _keys_of_all(draft):
        _write_conflict(draft, key)
    for number, declaration in enumerate(draft.edition.declarations):
        row_spots = _write_row_conflicts(draft, number, declaration)
        _write_declaration_conflicts(draft, number, declaration, row_spots)


def _keys_of_all(draft: Draft) -> list[str]:
    """Every cell that some declaration covers, once."""
    keys: dict[str, None] = {}
    for declaration in draft.edition.declarations:
        keys.update(dict.fromkeys(_covered_keys(draft, declaration)))
    return list(keys)


def _covered_keys(draft: Draft, declaration: Declaration) -> list[str]:
    return [key for key in declaration.covers if key in draft.edition.cells]


def _write_conflict(draft: Draft, key: str) -> None:
    """The address of one figure: `=IF(ISNUMBER(x),IF(x<>0,"C7 ",""),"")`."""
    x = draft.plan.table_of(key).segment(key).input_formula
    address = formulas.quoted_text(_address(draft, key))
    formula = f'=IF(ISNUMBER({x}),IF({x}<>0,{address},""),"")'
    draft.write_formula(draft.plan.calc.conflict(key), formula, _conflict_value(draft, key))


def _write_row_conflicts(
    draft: Draft, number: int, declaration: Declaration
) -> dict[str, list[str]]:
    """The addresses of every row joined. Returns key of a table -> absolute addresses of these."""
    row_spots: dict[str, list[str]] = defaultdict(list)
    for (table, _), keys in _keys_by_row(draft, declaration).items():
        spot = draft.plan.calc.row_conflicts(keys[0], number)
        formula = "=" + "&".join(draft.plan.calc.conflict(key).absolute for key in keys)
        draft.write_formula(spot, formula, "".join(_conflict_value(draft, key) for key in keys))
        row_spots[table].append(spot.absolute)
    return row_spots


def _keys_by_row(draft: Draft, declaration: Declaration) -> dict[tuple[str, str], list[str]]:
    """Table and row -> the keys of its covered cells."""
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in _covered_keys(draft, declaration):
        cell = draft.edition.cells[key]
        rows[cell.table, cell.row].append(key)
    return rows


def _write_declaration_conflicts(
    draft: Draft, number: int, declaration: Declaration, row_spots: dict[str, list[str]]
) -> None:
    """The addresses of all tables: `=IF(flag=1,IF(r1&r2="","","表一 "&r1&r2)&IF(…),"")`."""
    parts = []
    for table, spots in row_spots.items():
        short = formulas.quoted_text(draft.edition.table(table).declared.short + " ")
        addresses = "&".join(spots)
        parts.append(f'IF({addresses}="","",{short}&{addresses})')
    flag = draft.plan.calc.flags[f"declarations.{declaration.key}"].absolute
    formula = f'=IF({flag}=1,{"&".join(parts)},"")'
    spot = draft.plan.calc.declaration_conflicts(number)
    draft.write_formula(spot, formula, _declaration_value(draft, declaration))


def _address(draft: Draft, key: str) -> str:
    return draft.plan.table_of(key).spot(key).address + " "


def _conflict_value(draft: Draft, key: str) -> str:
    """What the formula of one figure gives."""
    value = draft.reading.value(key)
    if value.state is not State.NUMBER or not value.number:
        return ""
    if value.is_written_as_text(draft.edition.cells[key].kind):
        return ""
    return _address(draft, key)


def _declaration_value(draft: Draft, declaration: Declaration) -> str:
    """What the formula of a declaration gives."""
    if not draft.reading.declares(declaration.key):
        return ""
    addresses: dict[str, str] = defaultdict(str)
    for key in _covered_keys(draft, declaration):
        addresses[draft.edition.cells[key].table] += _conflict_value(draft, key)
    text = ""
    for table, table_addresses in addresses.items():
        if table_addresses:
            text += f"{draft.edition.table(table).declared.short} {table_addresses}"
    return text


def write_declarations(draft: Draft, name: str, state_column: int) -> None:
    """On 校验: one line a declaration, with its own cell and the cells that contradict it."""
    for number, declaration in enumerate(draft.edition.declarations):
        spot = Spot(name, draft.plan.declarations_top + number, 0)
        _write_declaration(draft, spot, state_column, number, declaration)


def _write_declaration(
    draft: Draft, spot: Spot, state_column: int, number: int, declaration: Declaration
) -> None:
    sheet, row, words = draft.sheet(spot.sheet), spot.row, phrases().states
    field = draft.plan.field_spots[f"declarations.{declaration.key}"]
    label = phrases().checks_sheet.declaration.format(
        label=declaration.label, sheet=field.sheet, cell=field.address
    )
    target = f"internal:{quoted(field.sheet)}!{field.address}"
    # The link goes into the first cell of a merged range, which has to be merged before.
    sheet.merge_range(row, 0, row, 3, "", draft.styles.link)
    sheet.write_url(row, 0, target, draft.styles.link, label)
    addresses = draft.plan.calc.declaration_conflicts(number).absolute
    text = _declaration_value(draft, declaration)
    sheet.merge_range(row, 4, row, state_column - 1, "", draft.styles.cell)
    draft.write_formula(Spot(spot.sheet, row, 4), f"={addresses}", text, draft.styles.cell)
    passed, invalid = formulas.quoted_text(words.passed), formulas.quoted_text(words.invalid)
    formula = f'=IF({addresses}="",{passed},{invalid})'
    state = words.invalid if text else words.passed
    state_spot = Spot(spot.sheet, row, state_column)
    draft.write_formula(state_spot, formula, state, draft.styles.cell)
    sheet.set_row(row, height_of(1))
