"""Load and limits as text to print: the sentence first, then what is too much, then the way out."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.domain.load import Load
from metrics.domain.portfolio.from_plan import POT
from metrics.domain.portfolio.no_relief import NoRelief
from metrics.domain.portfolio.relief import Relief
from metrics.locale.assumptions import assumption_sentences
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number, percent
from metrics.locale.limits import (
    Names,
    broken_sentence,
    cost_sentence,
    headline,
    move_sentence,
    no_relief_sentences,
    overload_sentence,
    parallel_sentence,
    period_name,
    relief_sentence,
    shortage_sentence,
    unheard_sentence,
)
from metrics.locale.words import choice
from metrics.store.ledger import Store
from metrics.usecases.limits import Limits
from metrics.usecases.limits_data import loads_of
from metrics.usecases.naming import plan_names


def load_as_text(store: Store, limits: Limits, language: Language) -> str:
    """One line for each group and period that has something to say."""
    names = plan_names(store, limits.plan.periods, language)
    lines = [*_head(limits, names), ""]
    lines += [_load(one, names) for one in loads_of(limits) if one.capacity or one.demand]
    return "\n".join(lines) + "\n"


def limits_as_text(store: Store, limits: Limits, relief: Relief | NoRelief, language: Language) -> str:
    """What is too much, and how it could fit."""
    return "\n".join(_limits(limits, relief, plan_names(store, limits.plan.periods, language))) + "\n"


def _head(limits: Limits, names: Names) -> Iterator[str]:
    yield headline(limits.plan, limits.worst, limits.overloads, limits.broken, bool(limits.parallel.broken), names)
    if limits.plan.illustrative:
        yield translate("Darin sind Beispielwerte.", names.language)


def _limits(limits: Limits, relief: Relief | NoRelief, names: Names) -> Iterator[str]:
    problem = limits.plan.problem
    yield from _head(limits, names)
    yield ""
    for one in limits.shortages:
        yield shortage_sentence(one, names)
    for over in limits.overloads:
        if over.bucket.resource_id.startswith(POT):
            yield overload_sentence(over, problem, names)
    if problem.at_once is not None:
        yield from filter(None, [parallel_sentence(limits.parallel, problem.at_once, names)])
    for broken in limits.broken:
        yield broken_sentence(broken, names)
    yield ""
    if isinstance(relief, NoRelief):
        yield from no_relief_sentences(relief, problem, names)
    else:
        yield relief_sentence(relief, names.language)
        for move in relief.moves:
            cost = cost_sentence(move, limits.goals_left_alone(move), names)
            yield f"- {move_sentence(move, names)} ({cost})"
    told = [unheard_sentence(limits.unheard, names.language)]
    told += assumption_sentences(limits.plan, limits.round_id is not None, names)
    if any(told):
        yield ""
        yield from filter(None, told)


def _load(found: Load, names: Names) -> str:
    told = {
        "zeit": period_name(found.period, names.language),
        "gruppe": names.groups.get(found.group_id, found.group_id),
        "bedarf": number(found.demand, names.language, 1),
        "da": number(found.capacity, names.language, 1),
        "anteil": percent(found.share, names.language),
        "stufe": choice(found.band, names.language),
    }
    return translate("{zeit}, {gruppe}: {bedarf} von {da} Personentagen, {anteil} ({stufe})", names.language, **told)
