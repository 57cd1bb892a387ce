"""Any file of a stranger opened safely, within bounds, and outputs written whole or not at all.

It knows no form. Kinds are recognised by bytes (`sniff`), packages unpacked within bounds
(`container`), workbooks read (`book`) into plain records (`sheets`).
"""
