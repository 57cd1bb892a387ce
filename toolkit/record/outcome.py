"""One input judged: what was read, and everything that is wrong with it."""

from dataclasses import dataclass, field

from toolkit.finding import Finding, Severity
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
            one.name == "no_report" and one.found is None for one in self.findings
        )

    @property
    def error(self) -> str | None:
        """One sentence why the input could not be read."""
        return (
            None
            if self.reading
            else next(
                (one.message for one in self.findings if one.severity is Severity.ERROR),
                "不能读取。",
            )
        )
