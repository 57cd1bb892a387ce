"""The words of the toolkit itself (phrases.toml), typed: an unknown, a missing and a dead key are
refused.

Words that belong to one edition of the form are in its folder. `phrases()` is loaded once; `word`
of a group gives the word of a key that a value decides
(`phrases().severity.word(finding.severity)`).
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from toolkit.templates import EditionError, read_toml, shipped

FILE = "phrases.toml"


class Declared(BaseModel):
    """A group of words, as its table in the file has them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    def word(self, key: str) -> str:
        """The word of a key that a value decides."""
        return str(getattr(self, key))

    def entries(self) -> dict[str, str]:
        """All words of a group by their keys."""
        return {key: str(word) for key, word in self}


class StatesWords(Declared):
    """[states]"""

    incomplete: str
    invalid: str
    broken: str
    passed: str


class SeverityWords(Declared):
    """[severity]"""

    error: str
    warning: str
    info: str


class AnswersWords(Declared):
    """[answers]"""

    yes: str
    no: str


class MarksWords(Declared):
    """What a person types into a cell for "does not apply"."""

    not_applicable: tuple[str, ...]
    units_of_count: tuple[str, ...]


class ChecksSheetWords(Declared):
    """The sheet with the checks, the guide sheet, and the words on them."""

    sheet: str
    title: str
    overall: str
    intro: str
    filling: str
    declaration: str
    blank: str
    wrong: str
    columns: tuple[str, ...]


class PasteSheetWords(Declared):
    """[paste_sheet]"""

    sheet: str
    title: str
    intro: str
    differences: str
    differs: str
    unfilled: str
    no_number: str
    prompt_title: str
    prompt: str


class PlacesWords(Declared):
    """How messages name cells. `prior` and `prior_short` stand before a cell of last year."""

    cell: str
    row: str
    prior: str
    prior_short: str
    empty: str
    several: str


class OutcomeWords(Declared):
    """What is said of an input as a whole."""

    unreadable: str


class ExplanationsWords(Declared):
    """[explanations]"""

    void: str


class MovesWords(Declared):
    """What happened to the rows and columns of a table."""

    row: str
    column: str
    inserted: str
    closed: str
    moved: str
    join: str
    more: str


class ReadingWords(Declared):
    """What is reported of the reading of a workbook."""

    empty: str
    field: str
    cell_content: str
    more_cells: str
    not_saved: str
    not_a_date: str
    not_yes_or_no: str
    not_listed: str
    unknown_edition: str
    update: str
    year_changed: str
    no_edition: str


class IssuesSheetWords(Declared):
    """The list of findings in a marked-up workbook that goes back to its unit."""

    sheet: str
    title: str
    summary: str
    no_unit: str
    intro: str
    none: str
    columns: Mapping[str, str]
    untouched: str
    changed: str
    restored: str
    no_reason: str
    unconfirmed: str
    confirm_title: str
    confirm: str
    reason_title: str
    reason: str
    beside: str
    sheet_kept: str
    sheet_lost: str
    more: str
    note_author: str
    note_start: str
    note_end: str
    note_own: str
    typed: str


class NoticeWords(Declared):
    """What goes back to a unit: names of files, and a notice to paste into a message."""

    mark: str
    name: str
    no_unit: str
    asked: str
    clean: str
    unread: str
    explained: str
    attached: str
    internal: str


class PageWords(Declared):
    """The web page of findings."""

    title: str
    internal: str
    overview: str
    file: str
    list: str
    columns: tuple[str, ...]
    reason: str


class GuideSheetWords(Declared):
    """[guide_sheet]"""

    sheet: str
    title: str
    heading: str
    date_label: str
    links_title: str
    state_title: str
    legend_input: str
    legend_locked: str
    legend_wrong: str
    lines: tuple[str, ...]


class GrowthWords(Declared):
    """[growth]"""

    up: str
    down: str
    same: str


class ChangeWords(Declared):
    """The same in the sentences of the report: the difference, and the percentage."""

    more: tuple[str, ...]
    less: tuple[str, ...]
    rest: tuple[str, ...]


class PromptsWords(Declared):
    """[prompts]"""

    paragraph_title: str
    heading_title: str
    heading: str
    reason_title: str
    reason: str
    kind_title: str


class TemplateWords(Declared):
    """[template]"""

    password: str
    older: str
    newer: str
    other_book: str
    book_title: str
    page_header: str
    blank_figure: str
    hidden_year: str
    merged_note: str
    reference_title: str
    reference_head: str
    reference_only: str
    reported_note: str
    input_title: str
    choice_error_title: str
    choice_error: str
    count_error_title: str
    count_error: str
    change_error_title: str
    change_error: str
    money_error_title: str
    money_error: str
    date_error_title: str
    date_error: str
    text_error_title: str
    text_error: str
    amount_error_title: str
    amount_error: str


class LeftOutWords(Declared):
    """What of a text was not read."""

    raised: str
    struck: str
    hidden: str
    around: str
    nothing: str


class DocumentsWords(Declared):
    """What keeps a published report from being read."""

    many_pages: str
    many_pages_todo: str


class ImportingWords(Declared):
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


class DataWords(Declared):
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


class CheckingWords(Declared):
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


class CausesWords(Declared):
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


class Pattern(Declared):
    """A regular expression in its verbose form, with texts that it finds (`yes`) and does not
    find (`no`).

    A pattern that matches texts as a `whole` says so. Parts in braces are filled in with
    `str.format`; in a pattern that has such parts all other braces are doubled.
    """

    pattern: str
    whole: bool = False
    yes: tuple[str, ...]
    no: tuple[str, ...]

    def find(self, text: str, **parts: object) -> re.Match[str] | None:
        """Where the pattern, its parts filled in, is found in a text; None where it is not."""
        compiled = _compile_verbose(self.pattern.format(**parts) if parts else self.pattern)
        return compiled.fullmatch(text) if self.whole else compiled.search(text)


@lru_cache(maxsize=512)
def _compile_verbose(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


class Stated(Declared):
    """Words that state a table's figures in prose, where the form has no table for them."""

    anywhere: str
    section: Pattern
    others: str


class ProseWords(Declared):
    """Words by which the checks of the prose know what a sentence is about."""

    nothing: Pattern
    left_standing: tuple[Pattern, ...]
    opens: Pattern
    counted: Pattern
    compared: Pattern
    this_year: tuple[str, ...]
    earlier: Pattern
    planned: tuple[str, ...]
    history: tuple[str, ...]
    governments: tuple[str, ...]
    no_names: tuple[str, ...]
    any_unit: tuple[str, ...]
    unit_kinds: tuple[tuple[str, ...], ...]
    tells_of_others: tuple[str, ...]
    levels: str
    no_levels: str
    no_subject: tuple[str, ...]
    titled: Pattern
    subject: tuple[Pattern, ...]
    reported: Pattern
    told_table: tuple[str, ...]
    told_of: str
    told: Pattern
    told_of_others: tuple[str, ...]
    kinds: Mapping[str, str]
    stated: Mapping[str, Stated]


class TakeOverWords(Declared):
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


class DifferenceWords(Declared):
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


class RulesWords(Declared):
    """`toolkit rules`, and the same columns in the manual."""

    title: str
    columns: tuple[str, ...]
    each: Mapping[str, str]
    since: str


class FindingsTextWords(Declared):
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


class OutputsWords(Declared):
    """What keeps an output from being written."""

    exists: str


class ChecksWords(Declared):
    """The checks beside the relations, as they are named where one could not be made."""

    causes: str
    blanks: str
    merged: str
    identity: str
    prior: str
    plausibility: str
    narrative: str


class AgainstWords(Declared):
    """A document beside its workbook (check --against)."""

    report: str
    otherwise: str
    missing: str
    blank: str


class ManualWords(Declared):
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


class ReportWords(Declared):
    """Parts of file names, and what a date that is still to come looks like."""

    sheet: str
    sheet_kept: str
    fragment: str
    blank_date: str


class FontNames(Declared):
    """The fonts of one set."""

    title: str
    body: str
    heading_1: str
    heading_2: str
    table: str


class ApprovalSheetWords(Declared):
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


class FoldersWords(Declared):
    """What folders hold, and what of them is not read."""

    empty: str
    empty_todo: str
    copies: str
    unread: str
    no_reports: str


class NewBookWords(Declared):
    """Why there is no new workbook."""

    no_edition: str
    no_level: str


class TakeProseWords(Declared):
    """The prose of a document taken back into its workbook."""

    no_sections: str
    no_prose: str
    left: str
    updated: str


class DemoWords(Declared):
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


class CommandLineWords(Declared):
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
    prose_back: str
    year_option: str
    unit_option: str


class Phrases(Declared):
    """The file: its tables in their order."""

    states: StatesWords
    severity: SeverityWords
    answers: AnswersWords
    marks: MarksWords
    checks_sheet: ChecksSheetWords
    paste_sheet: PasteSheetWords
    places: PlacesWords
    outcome: OutcomeWords
    explanations: ExplanationsWords
    moves: MovesWords
    reading: ReadingWords
    issues_sheet: IssuesSheetWords
    notice: NoticeWords
    page: PageWords
    guide_sheet: GuideSheetWords
    growth: GrowthWords
    change: ChangeWords
    prompts: PromptsWords
    template: TemplateWords
    left_out: LeftOutWords
    documents: DocumentsWords
    importing: ImportingWords
    data: DataWords
    checking: CheckingWords
    causes: CausesWords
    prose: ProseWords
    take_over: TakeOverWords
    difference: DifferenceWords
    rules: RulesWords
    findings_text: FindingsTextWords
    outputs: OutputsWords
    checks: ChecksWords
    against: AgainstWords
    manual: ManualWords
    report: ReportWords
    fonts: Mapping[str, FontNames]
    approval_sheet: ApprovalSheetWords
    folders: FoldersWords
    new_book: NewBookWords
    take_prose: TakeProseWords
    demo: DemoWords
    command_line: CommandLineWords


@cache
def phrases() -> Phrases:
    """The words of the toolkit itself."""
    path = shipped("workbook_templates") / FILE
    try:
        return Phrases(**read_toml(path))
    except ValidationError as error:
        problem = error.errors()[0]
        raise EditionError(path, ".".join(map(str, problem["loc"])), problem["msg"]) from None


def no_unit() -> str:
    """What is said instead of the name of a unit that gave none."""
    return phrases().issues_sheet.no_unit
