"""A choice of measures as text to print."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.locale.assumptions import assumption_sentences
from metrics.locale.catalogue import Language, translate
from metrics.locale.choices import (
    binding_sentence,
    choice_sentence,
    conflict_lines,
    measures_in_order,
    rejection_sentence,
    stopped_sentence,
)
from metrics.locale.limits import Names
from metrics.store.ledger import Store
from metrics.usecases.limits import Limits
from metrics.usecases.naming import plan_names
from metrics.usecases.optimising import Answer


def choice_as_text(store: Store, limits: Limits, answer: Answer, language: Language) -> str:
    """The sentence first, then who is taken when, then why the others are not."""
    return "\n".join(_lines(limits, answer, plan_names(store, limits.plan.periods, language))) + "\n"


def _lines(limits: Limits, answer: Answer, names: Names) -> Iterator[str]:
    problem, choice, language = limits.plan.problem, answer.choice, names.language
    yield choice_sentence(choice, problem, language)
    if limits.plan.illustrative:
        yield translate("Darin sind Beispielwerte.", language)
    if answer.conflict:
        yield ""
        yield from conflict_lines(answer.conflict, problem, names)
    if choice.starts:
        yield ""
    for identifier in measures_in_order(list(choice.starts.items())):
        told = {"zeit": names.period(choice.starts[identifier]), "titel": names.measure(identifier)}
        yield translate("ab {zeit}: {titel}", language, **told)
    if answer.reasons and answer.reasons.rejected:
        yield ""
        yield translate("Nicht dabei:", language)
        for one in answer.reasons.rejected:
            yield f"- {names.measure(one.candidate)}: {rejection_sentence(one, problem, names)}"
        yield from filter(None, [stopped_sentence(limits.plan.begun - choice.starts.keys(), names)])
    if answer.reasons and answer.reasons.binding:
        yield ""
        yield translate("Was voll ist:", language)
        for full in answer.reasons.binding:
            yield f"- {binding_sentence(full, problem, names)}"
    if hints := assumption_sentences(limits.plan, limits.round_id is not None, names):
        yield ""
        yield from hints
