"""The words of the toolkit itself (phrases.toml), typed: an unknown, a missing and a dead key are
refused.

Words that belong to one edition of the form are in its folder. `phrases()` is loaded once; `word`
of a group gives the word of a key that a value decides
(`phrases().severity.word(finding.severity)`).
"""

from collections.abc import Mapping
from functools import cache

from toolkit.phrases.outputs import (
    AgainstWords,
    ApprovalSheetWords,
    ChecksWords,
    CommandLineWords,
    DemoWords,
    DifferenceWords,
    FindingsTextWords,
    FoldersWords,
    FontNames,
    ManualWords,
    NewBookWords,
    OutputsWords,
    ReportWords,
    RulesWords,
    TakeOverWords,
    TakeProseWords,
)
from toolkit.phrases.prose import ProseWords
from toolkit.phrases.reading import (
    CausesWords,
    CheckingWords,
    DataWords,
    DocumentsWords,
    ImportingWords,
    LeftOutWords,
)
from toolkit.phrases.sheets import (
    AnswersWords,
    ChangeWords,
    ChecksSheetWords,
    ExplanationsWords,
    GrowthWords,
    GuideSheetWords,
    IssuesSheetWords,
    MarksWords,
    MovesWords,
    NoticeWords,
    OutcomeWords,
    PageWords,
    PasteSheetWords,
    PlacesWords,
    PromptsWords,
    ReadingWords,
    SeverityWords,
    StatesWords,
    TemplateWords,
)
from toolkit.phrases.words import FILE, Words, build
from toolkit.templates import read_toml, shipped


class Phrases(Words):
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
    return build(Phrases, read_toml(shipped("workbook_templates") / FILE))


def no_unit() -> str:
    """What is said instead of the name of a unit that gave none."""
    return phrases().issues_sheet.no_unit
