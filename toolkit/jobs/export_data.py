"""The content of a report as data."""

from toolkit.data.dump import data_csv, data_json
from toolkit.edition.load import load_edition
from toolkit.finding import Finding
from toolkit.jobs.choices import DataFormat
from toolkit.jobs.inputs import Source, read_source


def export_data(source: Source, form: DataFormat) -> tuple[str | None, list[Finding]]:
    """The text of the data file; None where the report could not be read."""
    reading, findings = read_source(source)
    if reading is None:
        return None, findings
    edition = load_edition(reading.edition)
    if form is DataFormat.CSV:
        return data_csv(edition, reading), findings
    return data_json(edition, reading), findings
