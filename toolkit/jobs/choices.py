"""What a person can choose for data.

Light to import, as the commands need it before anything is read.
"""

from enum import StrEnum


class Target(StrEnum):
    """What a report is read into."""

    WORKBOOK = "xlsx"
    DATA = "json"


class DataFormat(StrEnum):
    """What data are exported as."""

    JSON = "json"
    CSV = "csv"
