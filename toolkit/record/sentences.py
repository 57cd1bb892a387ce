"""Prose split into its sentences."""

import re

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?|[。！？；!?;]")
_WITH_CLOSING_MARKS = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?[”’）)]*|[。！？；!?;]")


def split_sentences(text: str, *, with_closing_marks: bool = False) -> list[str]:
    """The sentences of a text with the mark that ends each, without the white space around them.

    A semicolon and the end of a line end a sentence too. Where a quotation ends with its
    sentence, the closing quote or bracket begins the next sentence, or belongs to the one before
    it (`with_closing_marks`).

    >>> split_sentences("他说：“可以。”已公开")
    ['他说：“可以。', '”已公开']
    >>> split_sentences("他说：“可以。”已公开", with_closing_marks=True)
    ['他说：“可以。”', '已公开']
    """
    pattern = _WITH_CLOSING_MARKS if with_closing_marks else _SENTENCE
    sentences = [sentence.strip() for sentence in pattern.findall(text)]
    return [sentence for sentence in sentences if sentence]
