"""A Word document as a file that holds nothing about people, machines or the time at which it was
made.
"""

import io
import zipfile
from datetime import UTC, datetime

from docx.document import Document as Word
from docx.oxml.ns import qn

from toolkit.report.blocks import drop_invalid_characters

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest date a zip file knows

# Of python-docx's template: what a report has no use for, and what says on which machine it was
# made.
_RESIDUE = (
    "thumbnail",
    "customXml",
    "extended-properties",
    "stylesWithEffects",
    "webSettings",
    "numbering",
    "theme",
    "fontTable",
)
_RESIDUE_SETTINGS = (
    "w:rsids",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:shapeDefaults",
    "w:zoom",
    "w:savePreviewPicture",
    "w:proofState",
    "w14:docId",
)


def remove_residue(word: Word) -> None:
    """Take out of a new document what came with python-docx's template."""
    for rels in (word.part.package.rels, word.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_RESIDUE)]:
            del rels[key]
    settings = word.settings.element
    for tag in _RESIDUE_SETTINGS:
        for element in settings.findall(qn(tag)):
            settings.remove(element)
    for element in word.element.iter():
        for name in [name for name in element.attrib if "rsid" in name]:
            del element.attrib[name]


def _set_properties(word: Word, title: str, created: datetime) -> None:
    """Nothing about people or machines: the title and the date given."""
    properties = word.core_properties
    for element in list(properties._element):
        properties._element.remove(element)
    moment = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
    properties.title = drop_invalid_characters(title)[:255]
    properties.created = properties.modified = moment.replace(microsecond=0)


def pack_word(word: Word, title: str, created: datetime) -> bytes:
    """The file, without people and machines, and without the time and the system at which it was
    packed.
    """
    _set_properties(word, title, created)
    saved, timeless = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.create_system = 0
            target.writestr(info, source.read(entry), zipfile.ZIP_DEFLATED)
    return timeless.getvalue()
