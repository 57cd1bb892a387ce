"""The yearly report on government information disclosure: workbook, checks, narrative report.

The flow is the layout: workbook_templates (what the form is) -> edition (frozen records) -> workbook (a protected .xlsx)
-> staff fill it in Excel or WPS -> reading (.xlsx) and importing (data files) give a Reading -> checking gives findings
-> report writes the narrative document. cli is the only module that prints, exits and reads the clock.
"""

__version__ = "0.1.0"
