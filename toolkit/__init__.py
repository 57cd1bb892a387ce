"""The yearly report on government information disclosure: workbook, checks, narrative report.

The folder names in the order of docs/architecture.md are the flow of the program: edition (what
the form is), record (what a report is), files, workbook (a protected .xlsx that staff fill in),
reading, documents and importing (back to a report), data, checking (findings), report (the
narrative), formatters, jobs (whole tasks), commands. Only commands prints, exits and reads the
clock.
"""

__version__ = "0.1.0"
