"""Reports of zeros with given prose, and what is reported about the prose."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.support import make
from tests.support.findings import CodeAndKeys, codes_and_keys
from toolkit.checking.check import check
from toolkit.finding import Finding
from toolkit.record.reading import Paragraph, Reading

LONG = "本年度按照条例的规定做好政府信息公开工作，工作考核合格，未开展社会评议，没有责任追究情形。"
SENTENCES = [
    "一是政务公开工作还有待进一步深化，部分干部认识不够到位。",
    "二是政府信息公开的内容不够丰富，群众关心的内容公开得不够及时。",
    "三是政府信息公开的渠道比较单一，新媒体运用得不够充分。",
    "下一步将加强队伍建设，开展业务培训，提高工作人员的业务能力和服务水平。",
]
CONTACT = {
    "profile.address": "某路1号",
    "profile.phone": "0000-0000000",
    "profile.postcode": "000000",
}


def reading_of(texts: Mapping[str, Sequence[str]], edition: str = "2021", **fields: Any) -> Reading:
    """A report of zeros with given prose, and harmless prose where a section must have some. Texts may begin with `heading|`."""
    own = {"overview": [LONG], "problems": ["存在公开内容不够全面的问题，已经改进。"], **texts}
    narrative = {
        key: tuple(Paragraph(*(["", *text.split("|")][-2:])) for text in items)
        for key, items in own.items()
        if items
    }
    base = make.zero(edition, **fields)
    return replace(base, fields={**base.fields, **CONTACT}, narrative=narrative)


def said(reading: Reading, last: Reading | None = None) -> list[Finding]:
    """What is reported about the prose."""
    return [finding for finding in check([reading], [last])[0] if finding.code[0] == "N"]


def codes(reading: Reading, last: Reading | None = None) -> list[CodeAndKeys]:
    return codes_and_keys(said(reading, last))
