"""What a list of findings says, in a form that a test can compare."""

from collections.abc import Iterable

from toolkit.finding import Finding

CodeAndKeys = tuple[str, tuple[str, ...]]


def codes_of(findings: Iterable[Finding]) -> list[str]:
    """Sorted, each as often as it was reported."""
    return sorted(finding.code for finding in findings)


def code_set(findings: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def codes_and_keys(findings: Iterable[Finding]) -> list[CodeAndKeys]:
    """In the order of the findings."""
    return [(finding.code, finding.keys) for finding in findings]
