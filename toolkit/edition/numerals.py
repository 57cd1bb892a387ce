"""Chinese numerals of headings, and how numbered headings begin."""

import re

NUMERALS = "一二三四五六七八九十"
NUMERAL = f"[{NUMERALS}]"
FIRST = re.compile(
    rf"\s*(?P<mark>{NUMERAL}{{1,3}}|[—–－ー\-]{{1,2}})\s*(?P<point>[、，,．.：:])?\s*(?=\S)"
)  # a dash is often typed for 一
# How headings of the first level are numbered where not as the form has it: 1、 （一） 第一部分.
OTHERWISE = re.compile(
    rf"\s*(?:第\s*(?P<part>{NUMERAL}{{1,3}}|\d{{1,2}})\s*(?:部分|章|节)"
    rf"|[（(]\s*(?P<round>{NUMERAL}{{1,3}}|\d{{1,2}})\s*[）)]"
    r"|(?P<plain>\d{1,2})(?=\s*[、，,．.：:)）]))\s*[、，,．.：:)）]?\s*(?=\S)"
)
SECOND = re.compile(rf"\s*[（(](?P<mark>{NUMERAL}{{1,3}})[）)]")


def value_of(text: str) -> int:
    """一 to 九十九 as a number: 二十三 is 23. 0 for what is no numeral."""
    if not text or set(text) - set(NUMERALS):
        return 0
    tens, ten, ones = text.rpartition("十")
    value = NUMERALS.find(ones) + 1 if ones else 0
    if ten:
        value += 10 * ((NUMERALS.find(tens) + 1) or 1)
    return value


def numeral(number: int) -> str:
    """1 to 99 as people write it: 23 is 二十三, 10 is 十."""
    tens, ones = divmod(number, 10)
    text = NUMERALS[tens - 1] if tens > 1 else ""
    if tens:
        text += "十"
    if ones:
        text += NUMERALS[ones - 1]
    return text
