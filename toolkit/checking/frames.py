"""Readings of one form as two tidy frames: one row for each cell, one row for each instance of a
relation.

The parsed relations become a frame of signed terms; joined to the cells and summed, they give
left and right of every instance of every report at once.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from toolkit.edition.model import Edition, Instance
from toolkit.edition.relation import PRIOR, Side
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import (
    Figure,
    Standing,
    applicable_instances,
    contradicted_declaration,
    figures,
)

EXACT = pl.Decimal(38, 6)

CELLS: dict[str, pl.DataType | type[pl.DataType]] = {
    "report": pl.Int64,
    "key": pl.String,
    "kind": pl.String,
    "state": pl.String,
    "value": EXACT,  # as read; null where it is not a number
    "required": pl.Boolean,  # an input of a workbook: blank is not allowed
    "contradicted": pl.Boolean,  # not zero under a declaration that there are none
    "most": pl.Int64,  # plausible upper bound
    "figure": EXACT,  # as relations see it: 0 for blanks that count as 0
    "standing": pl.Int64,  # settle.Standing
}
PRIOR_STATE = "prior"  # last year's figures are compared, not judged

TERMS: dict[str, pl.DataType | type[pl.DataType]] = {
    "instance": pl.Int64,
    "side": pl.String,
    "negative": pl.Boolean,
    "key": pl.String,
}
SIDES = ("left", "right", "when_left", "when_right")


def cells_frame(form: Edition, readings: Sequence[Reading]) -> pl.DataFrame:
    """One row for each cell of every report, last year's cells included under their `prior.`
    keys.
    """
    rows: list[tuple[object, ...]] = []
    for report, reading in enumerate(readings):
        at = figures(form, reading)
        rows += _rows_of_this_year(form, report, reading, at)
        rows += _rows_of_last_year(report, at)
    return pl.DataFrame(rows, schema=CELLS, orient="row")


def _rows_of_this_year(
    form: Edition, report: int, reading: Reading, at: Mapping[str, Figure]
) -> Iterator[tuple[object, ...]]:
    asks = reading.origin is Origin.WORKBOOK
    for key, cell in form.cells.items():
        value, figure = reading.value(key), at[key]
        yield (
            report,
            key,
            cell.kind.value,
            value.state.value,
            value.number,
            asks and key not in form.totals,
            contradicted_declaration(form, reading, key, value) is not None,
            form.table(cell.table).declared.most,
            figure.number,
            int(figure.standing),
        )


def _rows_of_last_year(report: int, at: Mapping[str, Figure]) -> Iterator[tuple[object, ...]]:
    for key, figure in at.items():
        if key.startswith(PRIOR):
            state, value = PRIOR_STATE, None
            number, standing = figure.number, int(figure.standing)
            yield report, key, "", state, value, False, False, 0, number, standing


def relations_frame(
    form: Edition, readings: Sequence[Reading], cells: pl.DataFrame
) -> pl.DataFrame:
    """One row for each applicable instance: report, instance, left, operator, right, standing,
    asked.

    `standing` is that of its worst cell; `asked` is false where the condition of the relation
    does not hold.
    """
    figure_columns = cells.select("report", "key", "figure", "standing")
    signed = pl.when("negative").then(-pl.col("figure")).otherwise(pl.col("figure"))
    side_sums = [
        pl.col("figure").filter(pl.col("side") == side).sum().cast(EXACT).alias(side)
        for side in SIDES
    ]
    sums = (
        _terms(form)
        .join(figure_columns, on="key")
        .join(_applicable_pairs(form, readings), on=["report", "instance"], how="semi")
        .with_columns(figure=signed)
        .group_by("report", "instance")
        .agg(*side_sums, pl.col("standing").max())
    )
    with_constants = [pl.col(side) + pl.col(f"{side}_constant") for side in SIDES]
    condition = comparison_expr("when_left", "when_operator", "when_right")
    asked = pl.when(pl.col("when_operator") == "").then(True).otherwise(condition)
    return (
        sums.join(_constants(form), on="instance")
        .with_columns(*with_constants)
        .with_columns(asked=asked)
        .select("report", "instance", "left", "operator", "right", "standing", "asked")
        .sort("report", "instance")
    )


def _applicable_pairs(form: Edition, readings: Sequence[Reading]) -> pl.DataFrame:
    """One row for each report and instance that applies to it."""
    numbers = {instance.name: number for number, instance in enumerate(form.instances)}
    pairs: list[tuple[int, int]] = []
    for report, reading in enumerate(readings):
        pairs += [
            (report, numbers[instance.name]) for instance in applicable_instances(form, reading)
        ]
    return pl.DataFrame(pairs, schema={"report": pl.Int64, "instance": pl.Int64}, orient="row")


def _terms(form: Edition) -> pl.DataFrame:
    """One row for each term of each side of every instance."""
    rows: list[tuple[int, str, bool, str]] = []
    for number, instance in enumerate(form.instances):
        for name, side in zip(SIDES, _sides(instance), strict=True):
            rows += [(number, name, term.sign < 0, term.name) for term in side.terms]
    return pl.DataFrame(rows, schema=TERMS, orient="row")


def _sides(instance: Instance) -> tuple[Side, Side, Side, Side]:
    """The sides in the order of SIDES; those of a condition are empty where there is none."""
    holds, when = instance.holds, instance.when
    if when is None:
        return holds.left, holds.right, Side(()), Side(())
    return holds.left, holds.right, when.left, when.right


def _constants(form: Edition) -> pl.DataFrame:
    """One row for each instance: its operators, and the constant of each side."""
    rows = []
    for number, instance in enumerate(form.instances):
        operator = instance.when.operator if instance.when else ""
        constants = [side.constant for side in _sides(instance)]
        rows.append((number, instance.holds.operator, operator, *constants))
    schema = {"instance": pl.Int64, "operator": pl.String, "when_operator": pl.String} | {
        f"{side}_constant": EXACT for side in SIDES
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def comparison_expr(left: str, operator: str, right: str) -> pl.Expr:
    """`left operator right` as a polars expression, where `operator` is the column that holds the
    operators.
    """
    a, b, sign = pl.col(left), pl.col(right), pl.col(operator)
    verdicts = {
        "==": a == b,
        "!=": a != b,
        "<=": a <= b,
        ">=": a >= b,
        "<": a < b,
        ">": a > b,
    }
    outcome = pl.lit(None, dtype=pl.Boolean)
    for name, verdict in verdicts.items():
        outcome = pl.when(sign == name).then(verdict).otherwise(outcome)
    return outcome


def sound_expr() -> pl.Expr:
    """Whether all figures of a relation are sound, so that it can be judged."""
    return pl.col("standing") == int(Standing.SOUND)
