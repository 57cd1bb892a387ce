"""How often the likely cause is the real one, and how often it is a wrong one: `python -m tests.trials.causes` (`make causes`).

Tables are made as the real reports have them: most cells 0, a few applications, one to three kinds of applicants. In each one
slip of a known kind is made, or two of any kind. Seeded, so that the numbers stay.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.checking.slips import Slip, likely_slip
from toolkit.checking.sums import sums_of
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.record.reading import Origin, Prior, Reading
from toolkit.values import number

Figures = dict[str, Decimal]
APPLICANTS = ("natural", "commercial", "research", "welfare", "legal", "other")
FIRST, LAST, ENDS = ("received", "carried_in"), "carried_out", "handled"


@dataclass
class Table:
    """Table three of a report while slips are made in it. `hit` are the cells in which one was made."""

    edition: Edition
    dice: random.Random
    cells: Figures
    last: Figures
    hit: set[str] = field(default_factory=set)

    @property
    def outcomes(self) -> tuple[str, ...]:
        return self.edition.table("requests").group("outcomes")

    @property
    def inputs(self) -> list[str]:
        return [
            f"requests.{row}.{column}"
            for row in (*FIRST, *self.outcomes, LAST)
            for column in APPLICANTS
        ]

    def add_up(self) -> None:
        """All totals, as the formulas of the form have them."""
        for column in APPLICANTS:
            self.cells[f"requests.{ENDS}.{column}"] = sum(
                (self.cells[f"requests.{row}.{column}"] for row in self.outcomes), Decimal(0)
            )
        for row in (*FIRST, *self.outcomes, ENDS, LAST):
            self.cells[f"requests.{row}.total"] = sum(
                (self.cells[f"requests.{row}.{column}"] for column in APPLICANTS), Decimal(0)
            )

    def change(self, key: str, to: Decimal | int, *, follow: bool) -> None:
        """One cell changed, all totals following by the same or not."""
        _, row, column = key.split(".")
        by = Decimal(to) - self.cells[key]
        keys = [key]
        if follow:
            keys.append(f"requests.{row}.total")
            if row in self.outcomes:
                keys += [f"requests.{ENDS}.{column}", f"requests.{ENDS}.total"]
        for changed in keys:
            self.cells[changed] += by
        self.hit.add(key)

    def reading(self) -> Reading:
        values = {key: number(self.cells.get(key, Decimal(0))) for key in self.edition.cells}
        prior = Prior(
            2021, self.edition.id, {key: number(value) for key, value in self.last.items()}
        )
        return Reading("", self.edition.id, 2022, Origin.PUBLISHED, values, prior=prior)


@dataclass(frozen=True)
class Size:
    """`most` applications of natural persons at most, fewer of others; the outcomes of one kind of applicant in up to `rows` rows."""

    words: str
    most: int
    rows: int


SIZES = (
    Size(
        "a township or bureau: up to 20 applications, those of one kind of applicant in one row",
        20,
        1,
    ),
    Size("a busy bureau: up to 60 applications, up to three outcomes", 60, 3),
    Size("a county: up to 300 applications, up to eight outcomes", 300, 8),
)


def table(
    dice: random.Random, edition: Edition, size: Size, carried: Figures | None = None
) -> Figures:
    """A consistent table of that size; `carried` is last year's."""
    empty = {
        f"requests.{row}.{column}": Decimal(0)
        for row in edition.table("requests").rows
        for column in (*APPLICANTS, "total")
    }
    made = Table(edition, dice, empty, {})
    columns = ["natural", *dice.sample(APPLICANTS[1:], dice.choice([0, 0, 1, 2]))]
    for column in columns:
        left = dice.randint(1, size.most if column == "natural" else size.most // 2)
        if size.rows == 1 and dice.random() < 0.1:
            made.cells[f"requests.{LAST}.{column}"] = Decimal(left)
            continue
        if size.rows > 1 and dice.random() < 0.2 and left > 1:
            made.cells[f"requests.{LAST}.{column}"] = Decimal(
                rest := dice.randint(1, max(left // 4, 1))
            )
            left -= rest
        rows = dice.sample(made.outcomes, dice.randint(1, size.rows))
        for row in rows[1:]:
            made.cells[f"requests.{row}.{column}"] = Decimal(part := dice.randint(0, left))
            left -= part
        made.cells[f"requests.{rows[0]}.{column}"] = Decimal(left)
    for column in APPLICANTS:
        out = sum(
            (made.cells[f"requests.{row}.{column}"] for row in (*made.outcomes, LAST)), Decimal(0)
        )
        brought = (carried or {}).get(f"requests.{LAST}.{column}", Decimal(0))
        if brought > out:  # last year's rest was handled too
            made.cells[f"requests.{dice.choice(made.outcomes)}.{column}"] += brought - out
            out = brought
        made.cells[f"requests.carried_in.{column}"] = brought
        made.cells[f"requests.received.{column}"] = out - brought
    made.add_up()
    return made.cells


def fresh(dice: random.Random, size: Size) -> Table:
    edition = load_edition("2021")
    last = table(dice, edition, size)
    return Table(edition, dice, table(dice, edition, size, last), last)


# --- the slips; each says whether it could be made in this table


def zero_totals(at: Table) -> bool:
    for row in (*FIRST, *at.outcomes, ENDS, LAST):
        if at.cells[f"requests.{row}.total"]:
            at.cells[f"requests.{row}.total"] = Decimal(0)
            at.hit.add(f"requests.{row}.total")
    return True


def counted_twice(at: Table) -> bool:
    """What stands in one row once more in an empty one, the totals added up or the number handled as known."""
    rows = (*at.outcomes, LAST)
    key = at.dice.choice(
        [
            f"requests.{row}.{column}"
            for row in rows
            for column in APPLICANTS
            if at.cells[f"requests.{row}.{column}"]
        ]
    )
    _, row, column = key.split(".")
    amount = at.cells[key]
    other = at.dice.choice(
        [f"requests.{row}.{column}" for row in rows if not at.cells[f"requests.{row}.{column}"]]
    )
    handled = [f"requests.{ENDS}.{column}", f"requests.{ENDS}.total"]
    known = {key: at.cells[key] for key in handled}
    at.change(other, at.cells[other] + amount, follow=True)
    if LAST not in (row, other.split(".")[1]) and at.dice.random() < 0.5:
        at.cells |= known
    at.hit.add(key)
    return True


def wrong_column(at: Table) -> bool:
    """A figure in another column of its row; what is handled follows, or is right."""
    key = at.dice.choice([key for key in at.inputs if at.cells[key]])
    _, row, column = key.split(".")
    other = (
        f"requests.{row}.{at.dice.choice([another for another in APPLICANTS if another != column])}"
    )
    amount = at.cells[key]
    along = at.dice.random() < 0.5
    for cell, by in ((key, -amount), (other, amount)):
        at.change(cell, at.cells[cell] + by, follow=False)
        if along and row in at.outcomes:
            at.cells[f"requests.{ENDS}.{cell.split('.')[2]}"] += by
    return True


def stale_totals(at: Table) -> bool:
    """An application added after the totals of （七） were written."""
    column = at.dice.choice(
        [applicant for applicant in APPLICANTS if at.cells[f"requests.{ENDS}.{applicant}"]]
        or APPLICANTS
    )
    amount = Decimal(at.dice.randint(1, 3))
    for row in ("received", at.dice.choice(at.outcomes)):
        for name in (column, "total"):
            at.cells[f"requests.{row}.{name}"] += amount
    at.hit |= {f"requests.{ENDS}.{column}", f"requests.{ENDS}.total"}
    return True


def stray(at: Table) -> bool:
    """Last year's figure left where nothing happened this year."""
    keys = [
        key for key in at.inputs if at.last[key] and not at.cells[key] and ".carried_in." not in key
    ]
    if not keys:
        return False
    key = at.dice.choice(keys)
    at.change(key, at.last[key], follow=at.dice.random() < 0.5)
    return True


def split_figure(at: Table) -> bool:
    """The two digits of a figure in two neighbouring cells."""
    keys = [
        key
        for key in at.inputs
        if 10 <= at.cells[key] < 100 and not key.endswith(f".{APPLICANTS[-1]}")
    ]
    keys = [key for key in keys if at.cells[_beside(key)] == 0]
    if not keys:
        return False
    key = at.dice.choice(keys)
    first, second = divmod(int(at.cells[key]), 10)
    follow = at.dice.random() < 0.5
    at.change(key, first, follow=follow)
    at.change(_beside(key), second, follow=follow)
    return True


def _beside(key: str) -> str:
    head, _, column = key.rpartition(".")
    return f"{head}.{APPLICANTS[APPLICANTS.index(column) + 1]}"


def one_cell(at: Table) -> bool:
    """One mistyped cell under totals that were right."""
    key = at.dice.choice([key for key in at.cells if at.cells[key]])
    at.change(
        key,
        at.cells[key]
        + at.dice.choice([by for by in (-2, -1, 1, 2, 5, 100) if at.cells[key] + by >= 0]),
        follow=False,
    )
    return True


SLIPS: dict[str, Callable[[Table], bool]] = {
    "zero_totals": zero_totals,
    "counted_twice": counted_twice,
    "wrong_column": wrong_column,
    "stale_totals": stale_totals,
    "stray": stray,
    "split_figure": split_figure,
    "one_cell": one_cell,
}
SAME = {"counted_again": "counted_twice"}  # two sentences of one slip


def named(at: Table) -> Slip | None:
    return next((likely_slip(sums) for sums in sums_of(at.edition, at.reading())), None)


def is_right(at: Table, slip: Slip, kind: str) -> bool:
    """The slip that was made, and no cell named in which none was made. A single cell pinned for certain is right as such."""
    same = SAME.get(slip.kind, slip.kind) == kind or (slip.kind == "one_cell" and len(at.hit) <= 2)
    return same and set(slip.cells) <= at.hit


def single(seed: int, kind: str, cases: int, size: Size) -> Counter[str]:
    """Outcomes of `cases` tables with one slip of a kind: right, silent, wrong."""
    dice = random.Random(f"{seed} {kind} {size}")
    found: Counter[str] = Counter()
    while found.total() < cases:
        at = fresh(dice, size)
        if SLIPS[kind](at) and list(sums_of(at.edition, at.reading())):
            slip = named(at)
            found[
                "silent" if slip is None else "right" if is_right(at, slip, kind) else "wrong"
            ] += 1
    return found


def double(seed: int, cases: int, size: Size) -> Counter[str]:
    """Outcomes of tables with two slips of any kinds: a cell or a column of neither named is wrong."""
    dice = random.Random(f"{seed} two {size}")
    found: Counter[str] = Counter()
    while found.total() < cases:
        at = fresh(dice, size)
        if all(SLIPS[dice.choice(list(SLIPS))](at) for _ in range(2)) and list(
            sums_of(at.edition, at.reading())
        ):
            slip = named(at)
            columns = {key.rpartition(".")[2] for key in at.hit}
            is_true = (
                slip is not None and set(slip.cells) <= at.hit and set(slip.columns) <= columns
            )
            found["silent" if slip is None else "named" if is_true else "wrong"] += 1
    return found


def main(seed: int) -> Iterator[str]:
    for size in SIZES:
        yield size.words
        for kind in SLIPS:
            found = {
                word: f"{count / 2:5.1f} %" for word, count in single(seed, kind, 200, size).items()
            }
            yield "  " + "  ".join(
                [
                    f"{kind:14}",
                    *(
                        f"{word} {found.get(word, '  0.0 %')}"
                        for word in ("right", "silent", "wrong")
                    ),
                ]
            )
        found_two = double(seed, 1000, size)
        yield f"  two slips       a wrong cell named {found_two['wrong'] / 10:.1f} %, silent {found_two['silent'] / 10:.1f} %"


if __name__ == "__main__":
    for line in main(int(sys.argv[1]) if len(sys.argv) > 1 else 2021):
        sys.stdout.write(line + "\n")
