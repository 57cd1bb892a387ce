"""Why a file is not read as a report: the fact for programs, beside the findings for people."""

from enum import StrEnum


class Refused(StrEnum):
    UNREADABLE = "unreadable"  # the file cannot be opened, or its kind is not read
    NO_REPORT = "no_report"  # none of the prescribed tables is in it
    NOT_WHOLE = "not_whole"  # tables are missing, or it holds more than one report
    NO_YEAR = "no_year"  # nothing says of which year the report is
