"""The look of the Word document: the one place where an office changes fonts and sizes (GB/T 9704-2012)."""

from dataclasses import dataclass

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

TITLE, BODY, HEADING_1, HEADING_2, CELL, FOOTER, MARK = "公文标题", "正文缩进", "一级标题", "二级标题", "表格文字", "页码", "稿别"


@dataclass(frozen=True)
class Look:
    """`line` is a fixed line height in points (0: as high as the font asks), `indent` the first line's in characters."""

    name: str
    style_id: str  # ASCII: some readers trip over others
    font: str
    size: int
    line: int = 0
    indent: int = 0
    centred: bool = False
    outline: int | None = None
    color: str = ""
    keep_next: bool = False


LOOKS = (
    Look(TITLE, "GwTitle", "方正小标宋简体", 22, line=35, centred=True, keep_next=True),
    # 27 characters to the line. A quarter point less between them gives the 28 of the standard, but LibreOffice then loses
    # punctuation at the end of lines on the way to PDF.
    Look(BODY, "GwBody", "仿宋_GB2312", 16, line=28, indent=2),
    Look(HEADING_1, "GwHeading1", "黑体", 16, line=28, indent=2, outline=0, keep_next=True),
    Look(HEADING_2, "GwHeading2", "楷体_GB2312", 16, line=28, indent=2, outline=1, keep_next=True),
    Look(CELL, "GwCell", "宋体", 9, centred=True),
    Look(FOOTER, "GwPage", "宋体", 14),
    Look(MARK, "GwMark", "黑体", 16, centred=True, color="FF0000"),
)


def define_styles(word: Word) -> None:
    """Our styles and nothing else of python-docx's template but the defaults that Word needs."""
    root = word.styles.element
    for style in list(root.style_lst):
        if style.get(qn("w:default")) != "1":
            root.remove(style)
    for residue in list(root.iter(qn("w:rPr"), qn("w:rsid"))):
        residue.getparent().remove(residue)
    defaults = root.find(qn("w:docDefaults"))
    defaults.find(qn("w:rPrDefault")).append(_run_properties(LOOKS[1]))
    for spacing in list(defaults.iter(qn("w:pPr"))):  # ten points after every paragraph
        spacing.getparent().remove(spacing)
    for look in LOOKS:
        _define(word, look)


def _define(word: Word, look: Look) -> None:
    style = word.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.element.set(qn("w:styleId"), look.style_id)
    style.quick_style = True
    layout = style.paragraph_format
    layout.keep_with_next = look.keep_next or None
    layout.space_before = layout.space_after = Pt(0)
    if look.line:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    if look.centred:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif look.indent:
        layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        layout.first_line_indent = Pt(look.indent * look.size)
    properties = style.element.get_or_add_pPr()
    if look.indent:  # in characters for Word and WPS, in points for the others
        properties.ind.set(qn("w:firstLineChars"), str(look.indent * 100))
    if look.outline is not None:
        properties.append(_xml("outlineLvl", attributes=f'w:val="{look.outline}"'))
    style.element.append(_run_properties(look))


def _run_properties(look: Look) -> BaseOxmlElement:
    """Fonts by name for all four scripts: what is left to the theme would win over them."""
    fonts = " ".join(f'w:{script}="{look.font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    parts = [f'<w:rFonts w:hint="eastAsia" {fonts}/>']
    if look.color:
        parts.append(f'<w:color w:val="{look.color}"/>')
    parts.append(f'<w:sz w:val="{look.size * 2}"/><w:szCs w:val="{look.size * 2}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>')
    return _xml("rPr", "".join(parts))


def _xml(tag: str, inside: str = "", attributes: str = "") -> BaseOxmlElement:
    return parse_xml(f"<w:{tag} {nsdecls('w')} {attributes}>{inside}</w:{tag}>")
