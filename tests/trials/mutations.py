"""Random damage to a filled workbook: `python -m tests.trials.mutations [NUMBER] [FIRST SEED]` runs many and counts what came of them.

What is mutated is how the figures are written, never a figure itself: digits between <v> and </v> of an input are what somebody
typed. So the law is: every figure equals what was typed, or a finding points at its cell, or nothing is read at all.
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.support.good import INPUTS, differing, good_book, packed, parts
from toolkit.checking.check import check
from toolkit.finding import Finding
from toolkit.reading.read import read

SLOW = 5.0  # seconds
_TAG = re.compile(rb"<[^<>]+>")
_ELEMENT = re.compile(
    rb"<(row|c|si|sheet|xf|definedName|Override|Relationship|numFmt|dataValidation)\b[^<>]*?(?:/>|>.*?</\1>)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Result:
    """`broken`: keys of figures that came back wrong without a word."""

    read: bool
    broken: tuple[str, ...]
    seconds: float


def flip_bytes(dice: random.Random, data: bytes) -> bytes:
    """Bytes of the file itself."""
    body = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 5, 40])):
        body[dice.randrange(len(body))] = dice.randrange(256)
    return bytes(body)


def cut_or_splice(dice: random.Random, data: bytes) -> bytes:
    first, last = sorted(dice.randrange(len(data)) for _ in range(2))
    return dice.choice(
        [data[:first], data[first:], data[:first] + data[last:], data[:last] + data[first:]]
    )


def _chosen(dice: random.Random, data: bytes) -> tuple[dict[str, bytes], str]:
    found = parts(data)
    return found, dice.choice([name for name in found if name.endswith((".xml", ".rels"))])


def damage_tag(dice: random.Random, data: bytes) -> bytes:
    """Some characters inside a tag: names, attributes, places, types, styles."""
    found, name = _chosen(dice, data)
    body = bytearray(found[name])
    for _ in range(dice.choice([1, 1, 3])):
        tag = dice.choice(list(_TAG.finditer(body)))
        at = dice.randrange(tag.start(), tag.end())
        body[at : at + 1] = dice.choice(
            [
                b"",
                bytes([dice.randrange(32, 127)]),
                b"0",
                b"9",
                b" ",
                b'"',
                b"<",
                b">",
                b"&",
                b"A",
                body[at : at + 1] * 2,
            ]
        )
    return packed(found | {name: bytes(body)})


def move_elements(dice: random.Random, data: bytes) -> bytes:
    """An element left out, doubled, or exchanged with another."""
    found, name = _chosen(dice, data)
    body = found[name]
    elements = list(_ELEMENT.finditer(body))
    if not elements:
        return damage_tag(dice, data)
    element, other = sorted(dice.choices(elements, k=2), key=lambda element: element.start())
    kind = dice.choice(["drop", "double", "swap"])
    if kind == "swap" and element.end() <= other.start():
        body = (
            body[: element.start()]
            + other[0]
            + body[element.end() : other.start()]
            + element[0]
            + body[other.end() :]
        )
    elif kind == "double":
        body = body[: element.end()] + element[0] + body[element.end() :]
    else:
        body = body[: element.start()] + body[element.end() :]
    return packed(found | {name: body})


def change_attribute(dice: random.Random, data: bytes) -> bytes:
    """The value of one attribute replaced by that of another one of the same name: other places, types, styles, targets."""
    found, name = _chosen(dice, data)
    body = found[name]
    attributes = list(re.finditer(rb'\s([\w:]+)="([^"<>]*)"', body))
    if not attributes:
        return damage_tag(dice, data)
    attribute = dice.choice(attributes)
    alike = [other[2] for other in attributes if other[1] == attribute[1]]
    value = dice.choice(
        [*dice.choices(alike, k=3), b"", b"-1", b"99999999999", b"s", b"str", b"b", b"e"]
    )
    return packed(found | {name: body[: attribute.start(2)] + value + body[attribute.end(2) :]})


def damage_package(dice: random.Random, data: bytes) -> bytes:
    """Parts left out, exchanged, emptied, renamed."""
    found, name = _chosen(dice, data)
    other = dice.choice(list(found))
    kind = dice.choice(["drop", "swap", "empty", "rename", "cut"])
    if kind == "drop":
        del found[name]
    elif kind == "swap":
        found[name], found[other] = found[other], found[name]
    elif kind == "empty":
        found[name] = b""
    elif kind == "rename":
        found[name.upper() if dice.random() < 0.5 else name + ".bak"] = found.pop(name)
    else:
        found[name] = found[name][: dice.randrange(len(found[name]))]
    return packed(found)


MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    flip_bytes,
    cut_or_splice,
    damage_tag,
    damage_tag,
    move_elements,
    move_elements,
    change_attribute,
    change_attribute,
    damage_package,
)


def mutate(seed: int) -> bytes:
    dice = random.Random(seed)
    return dice.choice(MUTATIONS)(dice, good_book())


def tried(data: bytes) -> Result:
    """Anything that raises is a mistake of ours and is not caught."""
    begun = time.perf_counter()
    reading, findings = read(data, "a.xlsx")
    if reading is None:
        assert findings, "refused without a word"
        return Result(False, (), time.perf_counter() - begun)
    findings = [*findings, *check([reading])[0]]
    wrong = (
        differing(reading) if set(INPUTS) <= set(reading.cells) else set(INPUTS) - _told(findings)
    )
    return Result(True, tuple(sorted(wrong - _told(findings))), time.perf_counter() - begun)


def _told(findings: list[Finding]) -> set[str]:
    return {key for finding in findings for key in finding.keys if finding.code[0] in "VR"}


def main(number: int, first: int) -> None:
    counts: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(first, first + number):
        try:
            result = tried(mutate(seed))
        except Exception as error:
            counts["raised"] += 1
            print(f"seed {seed}: {error!r}")
            continue
        slowest = max(slowest, result.seconds)
        counts["read" if result.read else "refused"] += 1
        counts["slow"] += result.seconds > SLOW
        if result.broken:
            counts["silently wrong"] += 1
            print(f"seed {seed}: {', '.join(result.broken[:4])}")
    print(dict(counts), f"slowest {slowest:.2f} s")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(given[0] if given else 5000, given[1] if len(given) > 1 else 0)
