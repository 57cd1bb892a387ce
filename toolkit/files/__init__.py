"""Any file of a stranger opened safely, within bounds, and outputs written whole or not at all. Knows no form.

Kinds are told apart by bytes (`sniff`), packages unpacked within bounds (`container`), workbooks loaded (`book`).
"""
