"""Findings and editions for people and for programs: text, JSON, CSV, a page.

Formatters return, they never print.
"""
