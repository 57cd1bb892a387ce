"""One input judged: what was read, and everything that is wrong with it."""

from dataclasses import dataclass, field

from toolkit.finding import Finding, Severity
from toolkit.phrases import phrases
from toolkit.record.reading import Reading


@dataclass(frozen=True)
class Outcome:
    """One input: what was read, if it could be, and what is wrong with it."""

    file: str
    reading: Reading | None
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_no_report(self) -> bool:
        """Whether it could be read, but holds no table of a report."""
        return self.reading is None and any(
            finding.name == "no_report" and finding.found is None for finding in self.findings
        )

    @property
    def error(self) -> str | None:
        """One sentence why the input could not be read; None where it could."""
        if self.reading:
            return None
        for finding in self.findings:
            if finding.severity is Severity.ERROR:
                return finding.message
        return phrases().outcome.unreadable
