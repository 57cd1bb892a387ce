"""Readings of one form as two tidy frames: one row a cell, one row an instance of a relation.

The parsed relations become a frame of signed terms; joined to the cells and summed, they give left and right of every
instance of every report at once.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from toolkit.edition.model import Edition, Instance
from toolkit.edition.relation import PRIOR, Side
from toolkit.record.reading import Origin, Reading
from toolkit.record.settle import Standing, applicable_instances, contradicted_declaration, figures

EXACT = pl.Decimal(38, 6)

CELLS: dict[str, pl.DataType | type[pl.DataType]] = {
    "report": pl.Int64,
    "key": pl.String,
    "kind": pl.String,
    "state": pl.String,
    "value": EXACT,  # as read; null where it is no number
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
    """One row a cell of every report, last year's cells included under their `prior.` keys."""
    most = {key: form.table(cell.table).declared.most for key, cell in form.cells.items()}
    return pl.DataFrame(
        [
            row
            for report, reading in enumerate(readings)
            for row in _cells(form, report, reading, most)
        ],
        schema=CELLS,
        orient="row",
    )


def _cells(
    form: Edition, report: int, reading: Reading, most: dict[str, int]
) -> Iterator[tuple[object, ...]]:
    at = figures(form, reading)
    asks = reading.origin is Origin.WORKBOOK
    for key, cell in form.cells.items():
        value, one = reading.value(key), at[key]
        conflict = contradicted_declaration(form, reading, key, value) is not None
        required = asks and key not in form.totals
        yield (
            report,
            key,
            cell.kind.value,
            value.state.value,
            value.number,
            required,
            conflict,
            most[key],
            one.number,
            int(one.standing),
        )
    for key, one in at.items():
        if key.startswith(PRIOR):
            yield report, key, "", PRIOR_STATE, None, False, False, 0, one.number, int(one.standing)


def relations_frame(
    form: Edition, readings: Sequence[Reading], cells: pl.DataFrame
) -> pl.DataFrame:
    """One row an applicable instance: report, instance, left, operator, right, standing, asked.

    `standing` is that of its worst cell; `asked` is false where the condition of the relation does not hold.
    """
    numbers = {instance.name: number for number, instance in enumerate(form.instances)}
    pairs = [
        (report, numbers[one.name])
        for report, reading in enumerate(readings)
        for one in applicable_instances(form, reading)
    ]
    applies = pl.DataFrame(pairs, schema={"report": pl.Int64, "instance": pl.Int64}, orient="row")
    sums = (
        _terms(form)
        .join(cells.select("report", "key", "figure", "standing"), on="key")
        .join(applies, on=["report", "instance"], how="semi")
        .with_columns(
            figure=pl.when("negative").then(-pl.col("figure")).otherwise(pl.col("figure"))
        )
        .group_by("report", "instance")
        .agg(
            *(
                pl.col("figure").filter(pl.col("side") == side).sum().cast(EXACT).alias(side)
                for side in SIDES
            ),
            pl.col("standing").max(),
        )
    )
    constants = _constants(form)
    joined = sums.join(constants, on="instance").with_columns(
        *(pl.col(side) + pl.col(f"{side}_constant") for side in SIDES)
    )
    asked = (
        pl.when(pl.col("when_operator") == "")
        .then(True)
        .otherwise(comparison_expr("when_left", "when_operator", "when_right"))
    )
    return (
        joined.with_columns(asked=asked)
        .select("report", "instance", "left", "operator", "right", "standing", "asked")
        .sort("report", "instance")
    )


def _terms(form: Edition) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (number, name, term.sign < 0, term.name)
            for number, instance in enumerate(form.instances)
            for name, side in zip(SIDES, _sides(instance), strict=True)
            for term in side.terms
        ],
        schema=TERMS,
        orient="row",
    )


def _sides(instance: Instance) -> tuple[Side, Side, Side, Side]:
    nothing = Side(())
    condition = (instance.when.left, instance.when.right) if instance.when else (nothing, nothing)
    return (instance.holds.left, instance.holds.right, *condition)


def _constants(form: Edition) -> pl.DataFrame:
    rows = []
    for number, instance in enumerate(form.instances):
        sides = _sides(instance)
        rows.append(
            (
                number,
                instance.holds.operator,
                instance.when.operator if instance.when else "",
                *(side.constant for side in sides),
            )
        )
    schema = {"instance": pl.Int64, "operator": pl.String, "when_operator": pl.String} | {
        f"{side}_constant": EXACT for side in SIDES
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def comparison_expr(left: str, operator: str, right: str) -> pl.Expr:
    """`left operator right` as a polars expression, the operator standing in a column."""
    a, b, by = pl.col(left), pl.col(right), pl.col(operator)
    outcome = pl.lit(None, dtype=pl.Boolean)
    for sign, verdict in (
        ("==", a == b),
        ("!=", a != b),
        ("<=", a <= b),
        (">=", a >= b),
        ("<", a < b),
        (">", a > b),
    ):
        outcome = pl.when(by == sign).then(verdict).otherwise(outcome)
    return outcome


def sound_expr() -> pl.Expr:
    return pl.col("standing") == int(Standing.SOUND)
