"""From a workbook that a stranger sent to a Reading.

It is sniffed, unpacked within bounds, loaded, found by its labels and normalised.
"""
