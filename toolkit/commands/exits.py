"""Exit codes of every command."""

from enum import IntEnum


class Exit(IntEnum):
    OK = 0
    FINDINGS = 1  # findings of severity error, or a refused report
    USAGE = 2  # wrong usage, existing output without --force, a year without a form
    INPUT = 3  # an input is missing or could not be read
    INTERNAL = 4  # a bug of the toolkit

    @staticmethod
    def worst(codes: list["Exit"]) -> "Exit":
        """Of several inputs, the exit code of the whole: 3 before 1 before 0."""
        return max(codes, default=Exit.OK)
