"""Whole jobs, from paths or bytes to a result: what a command, the web page and a test call.

No job knows a terminal.
"""
