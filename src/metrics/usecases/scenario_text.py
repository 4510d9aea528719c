"""Scenarios side by side as text to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from metrics.domain.goals import Goal
from metrics.domain.portfolio.comparison import Outlook
from metrics.locale.catalogue import Language, translate
from metrics.locale.limits import Names
from metrics.locale.scenarios import change_sentence, consequence_sentence, figure_labels, figures, summary
from metrics.locale.words import choice, record_title
from metrics.store.ledger import Store
from metrics.usecases.scenarios import Comparison


def names_of_comparison(store: Store, found: Comparison, language: Language) -> Names:
    """The titles of everything that a comparison names."""
    return Names(
        measures={one.id: record_title(one, language) for one in found.inputs.measures},
        groups={one.id: one.title for one in found.inputs.groups},
        pots={one.id: one.title for one in found.inputs.pots},
        goals={one.id: record_title(one, language) for one in store.records(Goal)},
        periods=found.periods,
        language=language,
    )


def comparison_as_text(store: Store, found: Comparison, language: Language) -> str:
    """The plan first, then each scenario."""
    return "\n".join(_lines(found, names_of_comparison(store, found, language))) + "\n"


def _lines(found: Comparison, names: Names) -> Iterator[str]:
    plan, *others = found.outlooks
    yield translate("Der Plan", names.language)
    yield from _figures(plan, names)
    if plan.illustrative:
        yield "  " + translate("Darin sind Beispielwerte.", names.language)
    for scenario, outlook in zip(found.scenarios, others, strict=True):
        yield ""
        yield f"{scenario.id} {scenario.title} ({choice(scenario.state, names.language)})"
        for change in scenario.changes:
            yield f"  · {change_sentence(change, names)}"
        told = "; ".join(summary(outlook, plan, names))
        yield "  " + (told or translate("ändert an Last, Geld und Wirkung nichts", names.language))
        yield from _figures(outlook, names)
        for consequence in outlook.consequences:
            yield f"  - {consequence_sentence(consequence, names)}"


def _figures(found: Outlook, names: Names) -> Iterator[str]:
    labels, said = figure_labels(names.language), figures(found, names)
    for one in fields(labels):
        yield f"  {getattr(labels, one.name)}: {getattr(said, one.name)}"
