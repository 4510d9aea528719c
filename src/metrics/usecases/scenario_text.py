"""Scenarios side by side as text to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from metrics.domain.portfolio.comparison import Outlook
from metrics.domain.refusals import Refusal
from metrics.domain.scenarios import Scenario
from metrics.locale.catalogue import Language, translate
from metrics.locale.limits import Names
from metrics.locale.scenarios import change_sentence, consequence_sentence, figure_labels, figures, summary
from metrics.locale.words import choice, refusal_sentence
from metrics.store.ledger import Store
from metrics.usecases.naming import plan_names
from metrics.usecases.scenarios import Comparison, Examined


def comparison_as_text(store: Store, found: Comparison, language: Language) -> str:
    """The plan first, then each scenario."""
    return _text(found.outlooks[0], found.pairs, plan_names(store, found.periods, language))


def examined_as_text(store: Store, found: Examined, language: Language) -> str:
    """As `comparison_as_text`; of a scenario that cannot be, why."""
    names = plan_names(store, found.comparison.periods, language)
    return _text(found.comparison.outlooks[0], found.pairs, names)


def _text(plan: Outlook, pairs: Iterable[tuple[Scenario, Outlook | Refusal]], names: Names) -> str:
    return "\n".join(_lines(plan, pairs, names)) + "\n"


def _lines(plan: Outlook, pairs: Iterable[tuple[Scenario, Outlook | Refusal]], names: Names) -> Iterator[str]:
    yield translate("Der Plan", names.language)
    yield from _figures(plan, names)
    if plan.illustrative:
        yield "  " + translate("Darin sind Beispielwerte.", names.language)
    for scenario, found in pairs:
        yield ""
        yield f"{scenario.id} {scenario.title} ({choice(scenario.state, names.language)})"
        for change in scenario.changes:
            yield f"  · {change_sentence(change, names)}"
        if isinstance(found, Refusal):
            yield f"  {refusal_sentence(found, names.language)}"
        else:
            yield from _outcome(found, plan, names)


def _outcome(found: Outlook, plan: Outlook, names: Names) -> Iterator[str]:
    told = "; ".join(summary(found, plan, names))
    yield "  " + (told or translate("ändert an Last, Geld und Wirkung nichts", names.language))
    yield from _figures(found, names)
    for consequence in found.consequences:
        yield f"  - {consequence_sentence(consequence, names)}"


def _figures(found: Outlook, names: Names) -> Iterator[str]:
    labels, said = figure_labels(names.language), figures(found, names)
    for one in fields(labels):
        yield f"  {getattr(labels, one.name)}: {getattr(said, one.name)}"
