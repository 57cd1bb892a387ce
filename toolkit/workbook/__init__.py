"""An edition, with values, as a protected .xlsx that checks itself.

The only importer of xlsxwriter.
"""
