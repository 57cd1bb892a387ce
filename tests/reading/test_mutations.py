"""A fixed sample of random damage; `python -m tests.trials.mutations 5000` is the long run."""

import pytest

from tests.trials.mutations import SLOW, mutate, tried


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_never_raises_and_never_changes_a_figure_unreported(seed: int) -> None:
    for number in range(seed * 5, seed * 5 + 5):
        result = tried(mutate(number))
        assert result.broken == ()
        assert result.seconds < 10 * SLOW  # a hang, not a measurement
