"""The reasons that people gave: on 校验, on 问题清单 of a marked-up copy, and in the hidden sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.edition.model import Edition
from toolkit.record.reading import Explanation, Reading
from toolkit.record.settle import edition_of

About = tuple[str, tuple[str, ...]]  # code of a finding and its keys


def combine_with_reasons(
    edition: Edition,
    reading: Reading,
    reasons: Mapping[str, str],
    carried: Sequence[Explanation],
) -> tuple[Explanation, ...]:
    """The explanations that the workbook carried, with what was changed on 校验.

    `reasons`: name of an instance -> text. A reason that was changed belongs to the figures of the
    workbook; a carried one whose text is unchanged stays with the figures it was given for.
    """
    form = edition_of(edition, reading)
    names = {instance.about: instance.name for instance in edition.instances}
    before: dict[str, str] = {}  # name -> its first text, which 校验 was made with
    for explanation in carried:
        name = names.get(explanation.about)
        if name and explanation.text.strip():
            before.setdefault(name, explanation.text)
    changed = {name for name, text in reasons.items() if text != before.get(name, "")}
    kept = [explanation for explanation in carried if names.get(explanation.about) not in changed]
    for instance in form.instances:
        reason = reasons.get(instance.name)
        if reason and instance.name in changed:
            keys = instance.holds.keys
            kept.append(Explanation(instance.relation.code, keys, reading.basis(keys), reason))
    return tuple(kept)


@dataclass(frozen=True)
class _Decision:
    """An entry of the list, and whether its reason is another than the list was made with."""

    entry: Explanation
    is_changed: bool


def apply_issues(
    given: Sequence[Explanation], carried: Iterable[Explanation], entries: Iterable[Explanation]
) -> tuple[Explanation, ...]:
    """`given` as 校验 has it, with what the entries of the list changed.

    A reason that was written on the list belongs to the figures that its row shows. The opinions
    of the list go to all explanations of the same finding; one without any becomes an entry of
    its own.
    """
    decisions = _decide(carried, entries)
    kept = []
    for explanation in given:
        decision = decisions.get(explanation.about)
        if decision is None or not decision.is_changed:
            kept.append(explanation)
    changed = [decision.entry for decision in decisions.values() if decision.is_changed]
    kept += [entry for entry in changed if entry.text.strip()]
    kept = [_with_opinion(explanation, decisions) for explanation in kept]
    explained = {explanation.about for explanation in kept}
    for about, decision in decisions.items():
        if decision.entry.opinion.strip() and about not in explained:
            kept.append(decision.entry)
    return tuple(kept)


def _decide(
    carried: Iterable[Explanation], entries: Iterable[Explanation]
) -> dict[About, _Decision]:
    """What the list says of each finding; of several entries about one, that which is new."""
    before: dict[About, str] = {}
    for explanation in carried:
        before.setdefault(explanation.about, explanation.text.strip())
    decisions: dict[About, _Decision] = {}
    for entry in entries:
        is_changed = entry.text.strip() != before.get(entry.about, "")
        is_new_reason = is_changed and bool(entry.text.strip())
        if entry.about not in decisions or is_new_reason:
            decisions[entry.about] = _Decision(entry, is_changed)
    return decisions


def _with_opinion(explanation: Explanation, decisions: Mapping[About, _Decision]) -> Explanation:
    decision = decisions.get(explanation.about)
    return replace(explanation, opinion=decision.entry.opinion) if decision else explanation
