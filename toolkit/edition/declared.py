"""What the TOML files of an edition may say, as pydantic models.

Unknown keys and wrong types are refused with file and key.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from toolkit.finding import Severity
from toolkit.templates import EditionError
from toolkit.values import Kind

# Limits of Excel: characters of a validation title and message, and of a sheet name.
TITLE, MESSAGE, SHEET = 32, 255, 31


def _check_key(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*|", text):
        raise ValueError("a key is lower-case ASCII words joined by dots")
    return text


def _check_sheet_name(text: str) -> str:
    if not text or re.search(r"[\[\]:*?/\\']", text):
        raise ValueError("not a possible sheet name")
    return text


D = TypeVar("D", bound="Declared")

KeyName = Annotated[str, AfterValidator(_check_key)]
HelpText = Annotated[str, Field(min_length=1, max_length=MESSAGE)]
SheetName = Annotated[str, Field(max_length=SHEET), AfterValidator(_check_sheet_name)]
Path_ = Annotated[tuple[str, ...], Field(max_length=4)]


class Declared(BaseModel):
    """The base of all models: frozen, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Column(Declared):
    """A column of figures. `path` is its head from the top group to its own label."""

    key: KeyName
    path: Path_
    kind: Kind
    unit: str = ""
    total: bool = False
    groups: tuple[str, ...] = ()
    help: HelpText | None = None


class Row(Declared):
    """A row of figures. `path` is its label from the outermost group inwards.

    `short` is its name in messages, where the label is long. `kind` and `unit` override the
    column's.
    """

    key: KeyName
    path: Path_
    short: str = ""
    kind: Kind | None = None
    unit: str | None = None
    total: bool = False
    groups: tuple[str, ...] = ()
    help: HelpText | None = None


class CombinedRow(Declared):
    """A row that some reports print instead of the rows it stands for."""

    key: KeyName
    path: Path_
    groups: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = Field(min_length=1)


class Block(Declared):
    """A part of a table with a head of its own.

    Where it is narrower than its table, its last column spans the rest.
    """

    title: str = ""
    corner: str = ""
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[Row, ...] = Field(min_length=1)


class TableFile(Declared):
    """One table of the form.

    `gate` is the highest severity of value findings in it, `most` a plausible upper bound.
    """

    key: KeyName
    title: str = ""
    short: str
    sheet: SheetName
    section: str
    official: bool = True
    gate: Severity = Severity.ERROR
    landscape: bool = False
    help: HelpText
    most: int = 1_000_000_000
    block: tuple[Block, ...]
    merged_row: tuple[CombinedRow, ...] = ()


class Years(Declared):
    first: int = Field(default=0, alias="from")
    last: int = Field(default=9999, alias="to")


class RelationBlock(Declared):
    """One relation; see the head of relations.toml."""

    id: str = Field(pattern=r"^[TY]\d-\d\d$")
    part: str = ""
    name: str = Field(default="", pattern=r"^[a-z0-9_]*$")
    table: str
    each: Literal["row", "column", ""] = ""
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    when: str = ""
    holds: str
    found: Literal["left", "right"] = "left"
    says: str
    remedy: str
    severity: Severity
    levels: tuple[str, ...] = ()
    years: Years = Years()
    explainable: bool = False
    passes: tuple[dict[str, int], ...] = Field(alias="pass", min_length=1)
    fails: tuple[dict[str, int], ...] = Field(alias="fail", min_length=1)


class RelationsFile(Declared):
    relation: tuple[RelationBlock, ...]


class FieldEntry(Declared):
    """One line of 基本信息."""

    key: KeyName
    label: str = Field(max_length=TITLE)
    kind: Literal["text", "choice", "yesno", "date", "year"]
    choices: str = ""
    open: bool = False  # other answers than those of the list are allowed
    required: bool = False
    locked: bool = False
    help: HelpText

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("`choices` goes with kind = 'choice'")
        return self


class FieldGroup(Declared):
    title: str
    fields: tuple[FieldEntry, ...] = ()
    each_section: str = ""


class DeclarationEntry(Declared):
    """A 零申报: while it is 是, the blanks that it covers are declared zeros.

    `covers` names tables, or groups of rows or columns as table.group.
    """

    key: KeyName
    covers: tuple[str, ...]


class ProfileFile(Declared):
    sheet: SheetName
    title: str
    intro: str
    label_column: str
    value_column: str
    help_column: str
    group: tuple[FieldGroup, ...]
    declaration: tuple[DeclarationEntry, ...]
    choices: dict[str, tuple[tuple[str, str], ...]]
    short_names: dict[str, str]
    # Ending of the short name -> what a sum of many units is called.
    whole_names: dict[str, str] = {}
    # Unit type -> level, where it is certain.
    type_levels: dict[str, str] = {}


class StatisticsSheet(Declared):
    sheet: SheetName
    title: str
    intro: str
    kind_column: str
    count_column: str
    share_column: str
    total_label: str
    prior_label: str
    rows: int = Field(ge=1, le=200)
    help: HelpText


class Mention(Declared):
    """Something that a section must speak of. `also` are other ways to say it.

    `levels` are the levels of units that it is asked of, all where none is named. `names` are the
    endings of unit names that count where the level of a unit is not known.
    """

    word: str
    also: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Section(Declared):
    """A section of the narrative. `printed` says whether its heading is in the report."""

    key: KeyName
    heading: str = Field(max_length=TITLE)  # also the label of its field on 基本信息
    sheet: SheetName
    table: str = ""
    printed: bool = True
    required: bool = False
    prompt: HelpText
    prose_help: HelpText
    suggested: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Sentence(Declared):
    """A generated sentence, a Jinja2 template.

    It is printed when `when` holds and all of `needs` are known.
    """

    section: str
    text: str
    when: str = ""
    needs: tuple[str, ...] = ()


class KeyFigure(Declared):
    """A line of the approval sheet: a sum of cells, and last year's figure beside it.

    Without `last`, that is the same sum of last year's cells.
    """

    label: str
    value: str
    last: str = ""


class NarrativeFile(Declared):
    text_column: str
    heading_column: str
    paragraphs: int = Field(ge=5, le=200)
    lead: str = ""  # begins the first generated sentence of a section
    statistics: StatisticsSheet
    section: tuple[Section, ...]
    sentence: tuple[Sentence, ...] = ()
    key_figure: tuple[KeyFigure, ...] = ()


class EditionFile(Declared):
    id: str = Field(pattern=r"^[0-9a-z]+$")
    title: str
    report_name: str
    first_year: int
    last_year: int = 9999
    template_version: int
    basis: tuple[str, ...]
    tables: tuple[str, ...]


def declare(model: type[D], data: dict[str, Any], file: Path) -> D:
    """The data of one file as its model.

    The first mistake becomes an EditionError with file, key and reason.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise EditionError(
            file, ".".join(str(part) for part in first["loc"]), first["msg"]
        ) from None
