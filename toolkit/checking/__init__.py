"""Readings -> findings.

Two tidy frames (cells, relations) for all readings, judged by pandera in one pass.
"""
