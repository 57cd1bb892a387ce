"""Words of what is written and printed: findings, reports, the manual, the command line."""

from collections.abc import Mapping

from toolkit.phrases.words import Words


class TakeOverWords(Words):
    """What `toolkit new --from` says of last year's report, and how two editions are set side by
    side.
    """

    fields: str
    filled: str
    shown: str
    headings: str
    headings_left: str
    left: str
    changes: str
    more: str
    nothing: str
    others: str


class DifferenceWords(Words):
    """[difference]"""

    title: str
    columns: tuple[str, ...]
    none: str
    table: str
    block: str
    row: str
    row_renamed: str
    row_divided: str
    column: str
    column_renamed: str
    relation: str
    topics: str
    prompt: str


class RulesWords(Words):
    """`toolkit rules`, and the same columns in the manual."""

    title: str
    columns: tuple[str, ...]
    each: Mapping[str, str]
    since: str


class FindingsTextWords(Words):
    """Findings as text, one report after the other."""

    heading: str
    remedy: str
    explained: str
    unread: str
    clean: str
    of_which_explained: str
    outcome: str
    relations: str
    summary: str


class OutputsWords(Words):
    """What keeps an output from being written."""

    exists: str


class ChecksWords(Words):
    """The checks beside the relations, as they are named where one could not be made."""

    causes: str
    blanks: str
    merged: str
    identity: str
    prior: str
    plausibility: str
    narrative: str


class AgainstWords(Words):
    """A document beside its workbook (check --against)."""

    report: str
    otherwise: str
    missing: str
    blank: str


class ManualWords(Words):
    """Words of the manual (toolkit/manual)."""

    intro: str
    pages: Mapping[str, str]
    relation_columns: tuple[str, ...]
    explainable: str
    unexplainable: str
    passes: str
    fails: str
    others: str
    causes_title: str
    causes_intro: str
    slips: Mapping[str, str]
    kinds: Mapping[str, str]
    field_kinds: Mapping[str, str]
    field_columns: tuple[str, ...]
    cell_columns: tuple[str, ...]
    rows: str
    columns: str
    sections: str
    section_columns: tuple[str, ...]
    fields: str
    declared: str
    required: str
    computed: str
    commands: str
    argument_columns: tuple[str, ...]
    exits_title: str
    exit_columns: tuple[str, ...]
    exits: Mapping[str, str]
    codes_intro: str
    example: str
    remedy: str
    remedy_in_finding: str
    last_year: str
    unit: str
    years: str
    years_on: str


class ReportWords(Words):
    """Parts of file names, and what a date that is still to come looks like."""

    sheet: str
    sheet_kept: str
    fragment: str
    blank_date: str


class FontNames(Words):
    """The fonts of one set."""

    title: str
    body: str
    heading_1: str
    heading_2: str
    table: str


class ApprovalSheetWords(Words):
    """The sheet that goes with a report for approval. It stays in the house."""

    mark: str
    title: str
    unit: str
    year: str
    year_words: str
    figures: tuple[str, ...]
    unknown: str
    open: str
    explained: str
    none: str
    more: str
    reason: str
    signature: tuple[str, ...]
    signers: tuple[tuple[str, ...], ...]
    seal: str


class FoldersWords(Words):
    """What folders hold, and what of them is not read."""

    empty: str
    empty_todo: str
    copies: str
    unread: str
    no_reports: str


class NewBookWords(Words):
    """Why there is no new workbook."""

    no_edition: str
    no_level: str


class TakeProseWords(Words):
    """The prose of a document taken back into its workbook."""

    no_sections: str
    no_prose: str
    left: str
    updated: str


class DemoWords(Words):
    """The steps of `toolkit demo`."""

    step: str
    blank: str
    filled: str
    broken: str
    report: str
    files: str
    blank_file: str
    filled_file: str
    broken_file: str
    report_file: str


class CommandLineWords(Words):
    """What the command line says, and where it names options."""

    written: str
    wrote: str
    reading: str
    annotating: str
    reporting: str
    exists: str
    copy_exists: str
    demo_exists: str
    unwritable: str
    interrupted: str
    internal: str
    no_option: str
    no_command: str
    missing: str
    bad: str
    without_value: str
    wrong: str
    see_help: str
    no_edition: str
    year_not_over: str
    xlsx_only: str
    xlsx_or_json: str
    folder_for_copies: str
    folder_for_import: str
    import_folder: str
    source: str
    infos: str
    imported: str
    one_stage: str
    fragment_only_html: str
    template_only_word: str
    report_output: str
    refused: str
    sheet: str
    reports: str
    not_written: str
    prose_option: str
    year_option: str
    unit_option: str
    import_option: str
    docx_option: str
