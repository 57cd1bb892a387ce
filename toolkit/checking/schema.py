"""The pandera schemas of the two frames, and the rows that fail them.

Every check has the name of the finding it leads to.
"""

from collections.abc import Callable

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from toolkit.checking.frames import CELLS, EXACT, PRIOR_STATE, comparison_expr, sound_expr
from toolkit.values import Kind, State

ROW = "row"  # number of a row, to find it again among the failure cases

BROKEN = "broken"  # name of the check that relations hold

Failures = list[tuple[str, int]]  # (name of the check, row)


def _row_check(name: str, passes: pl.Expr) -> pa.Check:
    """A check of whole rows.

    A null verdict would count as a crash of the check, so it counts as passed.
    """

    def verdict(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(passes.fill_null(True))

    return pa.Check(verdict, name=name)


def _cell_checks() -> list[pa.Check]:
    """What must hold for a cell, by the name of the finding where it does not."""
    state, value, kind = pl.col("state"), pl.col("value"), pl.col("kind")
    whole = kind.is_in([Kind.COUNT.value, Kind.CHANGE.value])
    is_number = state == State.NUMBER.value
    return [
        _row_check("inputs_unfilled", ~((state == State.BLANK.value) & pl.col("required"))),
        _row_check("not_a_number", state != State.UNREADABLE.value),
        _row_check("fraction_in_count", ~(is_number & whole) | (value == value.floor())),
        _row_check("negative_number", ~(is_number & (kind != Kind.CHANGE.value)) | (value >= 0)),
        _row_check("mark_instead_of_number", state != State.NOT_APPLICABLE.value),
        _row_check("figure_against_declaration", ~pl.col("contradicted")),
        _row_check("unusually_large", ~is_number | (value.abs() <= pl.col("most"))),
    ]


def _columns(
    schema: dict[str, pl.DataType | type[pl.DataType]], nullable: set[str]
) -> dict[str, pa.Column]:
    """The columns of a frame.

    Their values are not coerced, as that would turn 1.5 and TRUE into 1.
    """
    return {
        name: pa.Column(dtype, nullable=name in nullable, coerce=False)
        for name, dtype in schema.items()
    }


def cells_schema() -> pa.DataFrameSchema:
    """The schema of `cells_frame` with the checks of cells."""
    states = [*(state.value for state in State), PRIOR_STATE]
    columns = _columns({**CELLS, ROW: pl.get_index_type()}, {"value"})
    columns["state"] = pa.Column(pl.String, pa.Check.isin(states), coerce=False)
    return pa.DataFrameSchema(columns, checks=_cell_checks(), strict=True)


def relations_schema() -> pa.DataFrameSchema:
    """The schema of `relations_frame`: a relation that is asked, of sound figures, holds."""
    is_judged = sound_expr() & pl.col("asked")
    holds = _row_check(BROKEN, ~is_judged | comparison_expr("left", "operator", "right"))
    types: dict[str, pl.DataType | type[pl.DataType]] = {
        "report": pl.Int64,
        "instance": pl.Int64,
        "left": EXACT,
        "operator": pl.String,
        "right": EXACT,
        "standing": pl.Int64,
        "asked": pl.Boolean,
    }
    return pa.DataFrameSchema(
        _columns({**types, ROW: pl.get_index_type()}, set()), checks=[holds], strict=True
    )


def find_failures(frame: pl.DataFrame, schema: Callable[[], pa.DataFrameSchema]) -> Failures:
    """The failing rows, one entry for each failure.

    A failure of the frame itself (a column of a wrong type) is a bug and raises SchemaErrors.
    """
    if frame.is_empty():
        return []
    try:
        schema().validate(frame.with_row_index(ROW), lazy=True)
    except SchemaErrors as errors:
        failures: Failures = []
        for error in errors.schema_errors:
            cases = error.failure_cases
            if not isinstance(cases, pl.DataFrame) or ROW not in cases.columns:
                raise
            failures += [(str(error.check.name), row) for row in cases[ROW].to_list()]
        return failures
    return []
