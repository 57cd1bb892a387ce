"""The seed of this run, for all processes that run tests and for whoever reads their output."""

import os

import pytest

from tests.support import scale


def pytest_configure(config: pytest.Config) -> None:
    """Set before pytest-xdist starts its workers, so that all of them collect the same tests, at midnight too."""
    os.environ[scale.CHOSEN] = str(scale.seed())


def pytest_report_header(config: pytest.Config) -> str:
    share = "everything" if scale.is_everything_wanted() else f"one case in {scale.SHARE}"
    return f"long tests: {share} ({scale.ALL}), seed {scale.seed()} ({scale.CHOSEN})"
