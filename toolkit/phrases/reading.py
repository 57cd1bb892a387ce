"""Words about files as they are read, and about what the checks find in them."""

from collections.abc import Mapping

from toolkit.phrases.words import Words


class LeftOutWords(Words):
    """What of a text was not read."""

    raised: str
    struck: str
    hidden: str
    around: str
    nothing: str


class DocumentsWords(Words):
    """What keeps a published report from being read."""

    many_pages: str
    many_pages_todo: str


class ImportingWords(Words):
    """What keeps a published report from being read, and where something is printed in one."""

    no_year: str
    no_report: str
    no_report_remedy: str
    tables_missing: str
    tables_missing_remedy: str
    several_reports: str
    several_reports_remedy: str
    no_form_of_year: str
    printed_at: str
    in_row: str


class DataWords(Words):
    """What keeps a data file or a part of it from being used."""

    not_csv: str
    not_csv_remedy: str
    key_twice: str
    key_twice_remedy: str
    unknown_encoding: str
    not_json: str
    not_data: str
    export_again: str
    no_year: str
    unknown_edition: str
    unknown_edition_remedy: str
    year_without_form: str
    check_file: str
    group_of_content: str
    no_text: str
    no_whole_number: str
    no_date: str
    no_date_remedy: str
    no_truth: str
    no_part: str
    no_list: str
    no_figure: str
    no_figures: str
    no_cell: str
    no_origin: str
    no_period: str
    no_choice: str
    choices: str
    no_prior: str
    combined_and_separate: str


class CheckingWords(Words):
    """What the checks say of cells, sums and sections."""

    why: Mapping[str, str]
    compared: Mapping[str, str]
    relation: str
    line: Mapping[str, str]
    all_parts: str
    unknown: str
    cell: str
    column: str
    more_cells: str
    paragraph: str
    whole_report: str
    two_years: str
    blank_total: str


class CausesWords(Words):
    """The likely cause of sums that do not agree, by the slip of the hand that explains them.

    One sentence each.
    """

    label: str
    zero_totals: str
    stale_totals: str
    one_cell: str
    counted_twice: str
    counted_again: str
    wrong_column: str
    wrong_columns: str
    stray: str
    split_figure: str
