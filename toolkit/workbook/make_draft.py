"""The draft of a workbook: a reading on the rows of the form, and what the formulas will say."""

from toolkit.edition.model import Edition, Instance
from toolkit.phrases import phrases
from toolkit.record.reading import Reading
from toolkit.record.settle import (
    CheckState,
    Figure,
    Standing,
    check_state,
    figures,
    known_prior_keys,
    select_applicable,
)
from toolkit.record.spread import combined_values, reported_totals, spread
from toolkit.values import Value, show
from toolkit.workbook.draft import Draft, LockedWorkbook
from toolkit.workbook.plan import Plan
from toolkit.workbook.review import Review
from toolkit.workbook.styles import make_styles


def make_draft(book: LockedWorkbook, edition: Edition, reading: Reading, review: Review) -> Draft:
    """Combined rows are spread over the rows of the form; a note under the table has their figures.

    Which checks there are is fixed with the year; a level is asked for by formulas, as staff may
    change it. A check that another level would have is there, and passes.
    """
    own = spread(edition, reading)
    figures_by_key = _figures_of_formulas(edition, own)
    prior = known_prior_keys(edition, own)
    applicable = select_applicable(edition, own.year, own.text("unit.level"), prior)
    names = {instance.name for instance in applicable}
    checks: list[tuple[Instance, CheckState]] = []
    for instance in edition.instances:
        if instance.name in names:
            checks.append((instance, check_state(instance, figures_by_key)))
        elif _depends_on_level(instance, own.year):
            checks.append((instance, CheckState.PASSED))
    return Draft(
        book=book,
        edition=edition,
        plan=Plan(edition),
        reading=own,
        styles=make_styles(book),
        figures=figures_by_key,
        checks=tuple(checks),
        merged_notes=_notes_of_combined_rows(edition, reading),
        reported=reported_totals(edition, reading),
        flagged=review.flagged(edition),
        notes=review.notes(edition),
        kept=review.aside.kept,
    )


def _figures_of_formulas(edition: Edition, own: Reading) -> dict[str, Figure]:
    """Every figure as formulas take it.

    Formulas cannot tell whether the text of an amount states a figure; only the reader judges it.
    """
    texts = [
        key for key, cell in edition.cells.items() if own.value(key).is_written_as_text(cell.kind)
    ]
    return figures(edition, own) | dict.fromkeys(texts, Figure(Standing.SOUND))


def _depends_on_level(instance: Instance, year: int) -> bool:
    """Whether a check of this year applies to units of some level."""
    levels = instance.relation.declared.levels
    return bool(levels) and not instance.needs_prior and instance.relation.applies(year, levels[0])


def _notes_of_combined_rows(edition: Edition, reading: Reading) -> dict[str, str]:
    """Key of a table -> the note with the figures of its combined row."""
    template = phrases().template.merged_note
    notes = {}
    for name, values in combined_values(edition, reading).items():
        table, row = edition.combined_rows[name]
        texts = [
            f"{table.column_label(column)} {_figure_text(value)}"
            for column, value in values.items()
        ]
        notes[table.key] = template.format(label=row.path[-1], figures="、".join(texts))
    return notes


def _figure_text(value: Value) -> str:
    return value.raw or show(value.number) or phrases().template.blank_figure
