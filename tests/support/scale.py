"""How much of a long test is run: a twentieth that another seed chooses every day, or everything with TOOLKIT_SLOW=1.

TOOLKIT_SEED chooses the twentieth of another day again; every run of the tests begins by saying its seed.
"""

import datetime as dt
import os
import random
from collections.abc import Sequence
from typing import TypeVar

SHARE = 20
CHOSEN = "TOOLKIT_SEED"
ALL = "TOOLKIT_SLOW"

Case = TypeVar("Case")


def is_everything_wanted() -> bool:
    return os.environ.get(ALL) == "1"


def seed() -> int:
    """The seed that was asked for, or today's date as a number: 20220131 on 31 January 2022."""
    return int(os.environ.get(CHOSEN) or f"{dt.date.today():%Y%m%d}")


def scale(full: int) -> int:
    """How many of so many cases are run: all, or a twentieth and at least one.

    >>> scale(1000)  # without TOOLKIT_SLOW
    50
    """
    return full if is_everything_wanted() else max(1, full // SHARE)


def choose(cases: Sequence[Case]) -> list[Case]:
    """So many of the cases in their order; the seed says which."""
    dice = random.Random(seed())
    chosen = sorted(dice.sample(range(len(cases)), scale(len(cases))))
    return [cases[index] for index in chosen]
