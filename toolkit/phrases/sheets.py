"""Words on the sheets of a workbook, and what is said of a workbook that comes back."""

from collections.abc import Mapping

from toolkit.phrases.words import Words


class StatesWords(Words):
    """[states]"""

    incomplete: str
    invalid: str
    broken: str
    passed: str


class SeverityWords(Words):
    """[severity]"""

    error: str
    warning: str
    info: str


class AnswersWords(Words):
    """[answers]"""

    yes: str
    no: str


class MarksWords(Words):
    """What a person types into a cell for "does not apply"."""

    not_applicable: tuple[str, ...]
    units_of_count: tuple[str, ...]


class ChecksSheetWords(Words):
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


class PasteSheetWords(Words):
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


class PlacesWords(Words):
    """How messages name cells. `prior` and `prior_short` stand before a cell of last year."""

    cell: str
    row: str
    prior: str
    prior_short: str
    empty: str
    several: str


class OutcomeWords(Words):
    """What is said of an input as a whole."""

    unreadable: str


class ExplanationsWords(Words):
    """[explanations]"""

    void: str


class MovesWords(Words):
    """What happened to the rows and columns of a table."""

    row: str
    column: str
    inserted: str
    closed: str
    moved: str
    join: str
    more: str


class ReadingWords(Words):
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


class IssuesSheetWords(Words):
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


class NoticeWords(Words):
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


class PageWords(Words):
    """The web page of findings."""

    title: str
    internal: str
    overview: str
    file: str
    list: str
    columns: tuple[str, ...]
    reason: str


class GuideSheetWords(Words):
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


class GrowthWords(Words):
    """[growth]"""

    up: str
    down: str
    same: str


class ChangeWords(Words):
    """The same in the sentences of the report: the difference, and the percentage."""

    more: tuple[str, ...]
    less: tuple[str, ...]
    rest: tuple[str, ...]


class PromptsWords(Words):
    """[prompts]"""

    paragraph_title: str
    heading_title: str
    heading: str
    reason_title: str
    reason: str
    kind_title: str


class TemplateWords(Words):
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
