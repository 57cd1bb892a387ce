"""The look of the Word document: the one place where an office changes fonts and sizes (GB/T
9704-2012).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

TITLE, BODY, HEADING_1, HEADING_2, CELL, FOOTER, MARK = (
    "公文标题",
    "正文缩进",
    "一级标题",
    "二级标题",
    "表格文字",
    "页码",
    "稿别",
)
SIGNATURE = "落款"


@dataclass(frozen=True)
class Look:
    """`font` is its part in a set of fonts, `line` a fixed line height in points (0: as high as
    the font asks), `indent` the first line's in characters, `scale` how wide characters are in
    percent.
    """

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
    right: bool = False
    scale: int = 100


# The standard asks for 28 characters of 16 points on 156 mm, where 27.6 have room. Two percent
# narrower they fit. A quarter point less between them would do it too, but then LibreOffice loses
# punctuation at the end of lines on the way to PDF.
FITTED = 98

LOOKS = (
    Look(TITLE, "GwTitle", "title", 22, line=35, centred=True, keep_next=True),
    Look(BODY, "GwBody", "body", 16, line=28, indent=2, scale=FITTED),
    Look(
        HEADING_1,
        "GwHeading1",
        "heading_1",
        16,
        line=28,
        indent=2,
        outline=0,
        keep_next=True,
        scale=FITTED,
    ),
    Look(
        HEADING_2,
        "GwHeading2",
        "heading_2",
        16,
        line=28,
        indent=2,
        outline=1,
        keep_next=True,
        scale=FITTED,
    ),
    Look(CELL, "GwCell", "table", 9, centred=True),
    Look(SIGNATURE, "GwSignature", "body", 16, line=28, right=True, scale=FITTED),
    Look(FOOTER, "GwPage", "table", 14),
    Look(MARK, "GwMark", "heading_1", 16, centred=True, color="FF0000"),
)

# What the same styles are called in a template of an office, the first that it has; what it has
# not is ours.
ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    TITLE: ("标题", "title"),
    BODY: ("normal indent", "body text first indent", "body text indent", "body text", "normal"),
    HEADING_1: ("heading 1",),
    HEADING_2: ("heading 2",),
}


def define_styles(word: Word, fonts: Mapping[str, str]) -> dict[str, ParagraphStyle]:
    """Our styles by name, and nothing else of python-docx's template but the defaults that Word
    needs.
    """
    root = word.styles.element
    for style in list(root.style_lst):
        if style.get(qn("w:default")) != "1":
            root.remove(style)
    for residue in list(root.iter(qn("w:rPr"), qn("w:rsid"))):
        residue.getparent().remove(residue)
    defaults = root.find(qn("w:docDefaults"))
    defaults.find(qn("w:rPrDefault")).append(_run_properties(LOOKS[1], fonts))
    for spacing in list(defaults.iter(qn("w:pPr"))):  # ten points after every paragraph
        spacing.getparent().remove(spacing)
    return {look.name: _define(word, look, fonts) for look in LOOKS}


def complete_styles(word: Word, fonts: Mapping[str, str]) -> dict[str, ParagraphStyle]:
    """For a document with the styles of a template: our name -> the style that serves; ours where
    there is none.
    """
    there = {
        style.name.lower(): style
        for style in word.styles
        if isinstance(style, ParagraphStyle) and style.name
    }
    serving = {}
    for look in LOOKS:
        names = (look.name, *ALSO_CALLED.get(look.name, ()))
        style = next((there[name] for name in names if name in there), None)
        if style is None:
            # One of another kind, for characters or tables, would be in the way.
            for other in [other for other in word.styles if other.name == look.name]:
                other.delete()
            style = _define(word, look, fonts)
        serving[look.name] = style
    return serving


def _define(word: Word, look: Look, fonts: Mapping[str, str]) -> ParagraphStyle:
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
    elif look.right:
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif look.indent:
        layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        layout.first_line_indent = Pt(look.indent * look.size)
    properties = style.element.get_or_add_pPr()
    if look.indent:  # in characters for Word and WPS, in points for the others
        properties.ind.set(qn("w:firstLineChars"), str(look.indent * 100))
    if look.outline is not None:
        properties.append(_xml("outlineLvl", attributes=f'w:val="{look.outline}"'))
    style.element.append(_run_properties(look, fonts))
    return style


def _run_properties(look: Look, fonts: Mapping[str, str]) -> BaseOxmlElement:
    """Fonts by name for all four scripts: what is left to the theme would win over them."""
    named = " ".join(
        f'w:{script}="{fonts[look.font]}"' for script in ("ascii", "hAnsi", "eastAsia", "cs")
    )
    parts = [f'<w:rFonts w:hint="eastAsia" {named}/>']
    if look.color:
        parts.append(f'<w:color w:val="{look.color}"/>')
    if look.scale != 100:
        parts.append(f'<w:w w:val="{look.scale}"/>')
    parts.append(
        f'<w:sz w:val="{look.size * 2}"/><w:szCs w:val="{look.size * 2}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    )
    return _xml("rPr", "".join(parts))


def _xml(tag: str, inside: str = "", attributes: str = "") -> BaseOxmlElement:
    return parse_xml(f"<w:{tag} {nsdecls('w')} {attributes}>{inside}</w:{tag}>")
