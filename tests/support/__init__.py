"""What several test files share: makers of reports and workbooks, engines that evaluate formulas, and readers of what is written.

Nothing in here is a test, and nothing in here is run by hand; what people run (`python -m tests.trials.…`) is in tests/trials.
"""
