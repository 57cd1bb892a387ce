"""One input judged: what was read, and everything that is wrong with it."""

from dataclasses import dataclass, field

from toolkit.finding import Finding, Severity
from toolkit.phrases import phrases
from toolkit.record.reading import Reading
from toolkit.record.refused import Refused


@dataclass(frozen=True)
class Outcome:
    """One input: what was read, if it could be, and what is wrong with it."""

    file: str
    reading: Reading | None
    findings: list[Finding] = field(default_factory=list)
    refused: Refused | None = None  # why there is no reading

    @property
    def is_no_report(self) -> bool:
        """Whether it could be read, but holds no table of a report."""
        return self.refused is Refused.NO_REPORT

    @property
    def error(self) -> str | None:
        """One sentence why the input could not be read; None where it could."""
        if self.reading:
            return None
        for finding in self.findings:
            if finding.severity is Severity.ERROR:
                return finding.message
        return phrases().outcome.unreadable
