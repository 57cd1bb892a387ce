"""How often the likely cause is the real one, and how often it is a wrong one: `python tests/causes_trial.py` (`make causes`).

Tables are made as the real reports have them: most cells 0, a few applications, one to three kinds of applicants. In each one
slip of a known kind is made, or two of any kind. Seeded, so that the numbers stay.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from toolkit.checking.slips import Slip, likely
from toolkit.checking.sums import sums_of
from toolkit.edition.load import load_edition
from toolkit.edition.model import Edition
from toolkit.edition.prior import figures_of
from toolkit.edition.settle import settle
from toolkit.record import Origin, Prior, Reading
from toolkit.values import BLANK, number

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
        return [f"requests.{row}.{column}" for row in (*FIRST, *self.outcomes, LAST) for column in APPLICANTS]

    def add_up(self) -> None:
        """All totals, as the formulas of the form have them."""
        for column in APPLICANTS:
            self.cells[f"requests.{ENDS}.{column}"] = sum((self.cells[f"requests.{row}.{column}"] for row in self.outcomes), Decimal(0))
        for row in (*FIRST, *self.outcomes, ENDS, LAST):
            self.cells[f"requests.{row}.total"] = sum((self.cells[f"requests.{row}.{column}"] for column in APPLICANTS), Decimal(0))

    def change(self, key: str, to: Decimal | int, *, follow: bool) -> None:
        """One cell changed, all totals following by the same or not."""
        _, row, column = key.split(".")
        by = Decimal(to) - self.cells[key]
        keys = [key]
        if follow:
            keys.append(f"requests.{row}.total")
            if row in self.outcomes:
                keys += [f"requests.{ENDS}.{column}", f"requests.{ENDS}.total"]
        for one in keys:
            self.cells[one] += by
        self.hit.add(key)

    def reading(self) -> Reading:
        values = {key: number(self.cells.get(key, Decimal(0))) for key in self.edition.cells}
        prior = Prior(2021, self.edition.id, {key: number(value) for key, value in self.last.items()})
        return Reading("", self.edition.id, 2022, Origin.PUBLISHED, values, prior=prior)


def table(dice: random.Random, edition: Edition, most: int, carried: Figures | None = None) -> Figures:
    """A consistent table: `most` applications of natural persons at most, fewer of others, in one to three outcomes each."""
    made = Table(edition, dice, {f"requests.{row}.{column}": Decimal(0) for row in edition.table("requests").rows for column in (*APPLICANTS, "total")}, {})
    columns = ["natural", *dice.sample(APPLICANTS[1:], dice.choice([0, 0, 1, 2]))]
    for column in columns:
        whole = dice.randint(1, most if column == "natural" else max(most // 4, 1))
        left = whole
        for row in dice.sample(made.outcomes, dice.choice([1, 1, 2, 3])):
            made.cells[f"requests.{row}.{column}"] += (part := Decimal(dice.randint(1, left)) if left else Decimal(0))
            left -= int(part)
        if left:
            rows = [row for row in made.outcomes if made.cells[f"requests.{row}.{column}"]]
            if dice.random() < 0.3:
                made.cells[f"requests.{LAST}.{column}"] = Decimal(left)
            else:
                made.cells[f"requests.{dice.choice(rows)}.{column}"] += left
    for column in APPLICANTS:
        out = sum((made.cells[f"requests.{row}.{column}"] for row in (*made.outcomes, LAST)), Decimal(0))
        brought = (carried or {}).get(f"requests.{LAST}.{column}", Decimal(0))
        if brought > out:  # last year's rest was handled too
            made.cells[f"requests.{dice.choice(made.outcomes)}.{column}"] += brought - out
            out = brought
        made.cells[f"requests.carried_in.{column}"] = brought
        made.cells[f"requests.received.{column}"] = out - brought
    made.add_up()
    return made.cells


def fresh(dice: random.Random, most: int) -> Table:
    edition = load_edition("2021")
    last = table(dice, edition, most)
    return Table(edition, dice, table(dice, edition, most, last), last)


# --- the slips; each says whether it could be made in this table


def zero_totals(at: Table) -> bool:
    for row in (*FIRST, *at.outcomes, ENDS, LAST):
        if at.cells[f"requests.{row}.total"]:
            at.cells[f"requests.{row}.total"] = Decimal(0)
            at.hit.add(f"requests.{row}.total")
    return True


def counted_twice(at: Table) -> bool:
    """One or a few applications of one row once more in another, the totals added up or the number handled as known."""
    rows = (*at.outcomes, LAST)
    key = at.dice.choice([f"requests.{row}.{column}" for row in rows for column in APPLICANTS if at.cells[f"requests.{row}.{column}"]])
    _, row, column = key.split(".")
    amount = at.dice.choice([Decimal(1), at.cells[key]])
    other = f"requests.{at.dice.choice([one for one in rows if one != row])}.{column}"
    handled = [f"requests.{ENDS}.{column}", f"requests.{ENDS}.total"]
    known = {one: at.cells[one] for one in handled}
    at.change(other, at.cells[other] + amount, follow=True)
    if LAST not in (row, other.split(".")[1]) and at.dice.random() < 0.5:
        at.cells |= known
    at.hit.add(key)
    return True


def wrong_column(at: Table) -> bool:
    """A figure in another column of its row; what is handled follows, or is right."""
    key = at.dice.choice([key for key in at.inputs if at.cells[key]])
    _, row, column = key.split(".")
    other = f"requests.{row}.{at.dice.choice([one for one in APPLICANTS if one != column])}"
    amount = at.cells[key]
    along = at.dice.random() < 0.5
    for one, by in ((key, -amount), (other, amount)):
        at.change(one, at.cells[one] + by, follow=False)
        if along and row in at.outcomes:
            at.cells[f"requests.{ENDS}.{one.split('.')[2]}"] += by
    return True


def stale_totals(at: Table) -> bool:
    """An application added after the totals of （七） were written."""
    column = at.dice.choice([one for one in APPLICANTS if at.cells[f"requests.{ENDS}.{one}"]] or APPLICANTS)
    amount = Decimal(at.dice.randint(1, 3))
    for row in ("received", at.dice.choice(at.outcomes)):
        for one in (column, "total"):
            at.cells[f"requests.{row}.{one}"] += amount
    at.hit |= {f"requests.{ENDS}.{column}", f"requests.{ENDS}.total"}
    return True


def stray(at: Table) -> bool:
    """Last year's figure left where nothing happened this year."""
    keys = [key for key in at.inputs if at.last[key] and not at.cells[key] and ".carried_in." not in key]
    if not keys:
        return False
    key = at.dice.choice(keys)
    at.change(key, at.last[key], follow=at.dice.random() < 0.5)
    return True


def split_figure(at: Table) -> bool:
    """The two digits of a figure in two neighbouring cells."""
    keys = [key for key in at.inputs if 10 <= at.cells[key] < 100 and not key.endswith(f".{APPLICANTS[-1]}")]
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
    at.change(key, at.cells[key] + at.dice.choice([by for by in (-2, -1, 1, 2, 5, 100) if at.cells[key] + by >= 0]), follow=False)
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
    return next((likely(sums) for sums in sums_of(at.edition, at.reading())), None)


def is_right(at: Table, slip: Slip, kind: str) -> bool:
    """The slip that was made, and no cell named in which none was made. A single cell pinned for certain is right as such."""
    same = SAME.get(slip.kind, slip.kind) == kind or (slip.kind == "one_cell" and len(at.hit) <= 2)
    return same and set(slip.cells) <= at.hit


def single(seed: int, kind: str, cases: int, most: int) -> Counter[str]:
    """Outcomes of `cases` tables with one slip of a kind: right, silent, wrong."""
    dice = random.Random(f"{seed} {kind} {most}")
    found: Counter[str] = Counter()
    while found.total() < cases:
        at = fresh(dice, most)
        if SLIPS[kind](at) and list(sums_of(at.edition, at.reading())):
            slip = named(at)
            found["silent" if slip is None else "right" if is_right(at, slip, kind) else "wrong"] += 1
    return found


def double(seed: int, cases: int, most: int) -> Counter[str]:
    """Outcomes of tables with two slips of any kinds: a cell of neither named is wrong."""
    dice = random.Random(f"{seed} two {most}")
    found: Counter[str] = Counter()
    while found.total() < cases:
        at = fresh(dice, most)
        if all(SLIPS[dice.choice(list(SLIPS))](at) for _ in range(2)) and list(sums_of(at.edition, at.reading())):
            slip = named(at)
            found["silent" if slip is None else "named" if set(slip.cells) <= at.hit else "wrong"] += 1
    return found


def main(seed: int) -> None:
    for most in (12, 60, 300):
        print(f"up to {most} applications of natural persons")
        for kind in SLIPS:
            found = single(seed, kind, 200, most)
            print(f"  {kind:14} right {found['right'] / 2:5.1f} %  silent {found['silent'] / 2:5.1f} %  wrong {found['wrong'] / 2:5.1f} %")
        found = double(seed, 1000, most)
        print(f"  two slips      wrong cell named {found['wrong'] / 10:.1f} %, silent {found['silent'] / 10:.1f} %")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2021)
