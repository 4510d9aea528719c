"""What the page on resources says of the plan's limits: too much of what, mended by what, at what cost."""

from __future__ import annotations

from dataclasses import replace

from metrics.domain.portfolio.from_plan import POT
from metrics.domain.portfolio.moves import Move
from metrics.domain.portfolio.no_relief import NoRelief
from metrics.domain.portfolio.problem import Overload
from metrics.domain.portfolio.relief import Relief
from metrics.locale.assumptions import assumption_sentences
from metrics.locale.formats import MISSING, euros, number
from metrics.locale.limits import (
    Names,
    broken_sentence,
    bucket_name,
    cost_sentence,
    demand_list,
    lack_told,
    money_list,
    move_sentence,
    parallel_sentence,
    unheard_sentence,
)
from metrics.ui import plan
from metrics.ui.runtime import store
from metrics.ui.session import _, language, person, today
from metrics.usecases.limits import LIMIT_KINDS, Limits, find_limits, find_relief
from metrics.usecases.naming import plan_names

Rows = list[dict[str, object]]


@plan.remember(*LIMIT_KINDS)
def limits(examples: bool, pinned: frozenset[str] = frozenset()) -> Limits:
    """The plan against the office from this quarter on; a pinned measure stays as it is."""
    return find_limits(store(), by=person(), today=today(), include_illustrative=examples, pinned=pinned)


@plan.remember(*LIMIT_KINDS, slow=True)
def relief(examples: bool, pinned: frozenset[str]) -> Relief | NoRelief:
    """The fewest measures whose change mends the plan; it may take two seconds, so it is kept."""
    return find_relief(limits(examples, pinned))


@plan.remember(*LIMIT_KINDS, "goal")
def names(examples: bool) -> Names:
    """The titles that sentences on limits name."""
    return plan_names(store(), limits(examples).plan.periods, language())


def overload_lines(found: Limits, known: Names, most: int) -> list[tuple[str, str]]:
    """The first overloads as where each is, and how much too much by which measures."""
    rows = overload_rows(replace(found, overloads=found.overloads[:most]), known)
    return [(f"{row[_('Wann')]} · {row[_('Wer oder was')]}", _line(str(row[_("Zu viel")]), row)) for row in rows]


def _line(too_much: str, row: dict[str, object]) -> str:
    told = {"menge": too_much, "massnahmen": row[_("Durch")]}
    if row[_("Vollzeitkräfte")] in ("", MISSING):
        return _("{menge} zu viel: {massnahmen}", **told)
    return _("{menge} zu viel, {kraefte} Vollzeitkräfte: {massnahmen}", kraefte=row[_("Vollzeitkräfte")], **told)


def overload_rows(found: Limits, known: Names) -> Rows:
    """Every overload: when, who or which pot, how much too much, by which measures."""
    fte = {(one.group_id, one.period): one.fte for one in found.shortages}
    return [_overload_row(found, known, one, fte) for one in found.overloads]


def _overload_row(
    found: Limits, known: Names, one: Overload, fte: dict[tuple[str, str], float | None]
) -> dict[str, object]:
    problem, resource_id = found.plan.problem, one.bucket.resource_id
    resource = problem.resources[resource_id]
    period = found.plan.periods[resource.bucket_of.index(one.bucket.index)]
    if resource_id.startswith(POT):
        return {
            _("Wann"): period[:4],
            _("Wer oder was"): known.resource(resource_id),
            _("Zu viel"): euros(one.excess, language()),
            _("Vollzeitkräfte"): "",
            _("Bedarf"): euros(one.demand, language()),
            _("Vorhanden"): euros(one.capacity, language()),
            _("Durch"): money_list(one.demand_of, known),
        }
    posts = fte.get((resource_id, period))
    return {
        _("Wann"): known.period(resource.bucket_of.index(one.bucket.index)),
        _("Wer oder was"): known.resource(resource_id),
        _("Zu viel"): _("{tage} Personentage", tage=lack_told(one.excess, language())),
        _("Vollzeitkräfte"): lack_told(posts, language()) if posts is not None else MISSING,
        _("Bedarf"): _("{tage} Personentage", tage=number(one.demand, language(), 1)),
        _("Vorhanden"): _("{tage} Personentage", tage=number(one.capacity, language(), 1)),
        _("Durch"): demand_list(one.demand_of, known),
    }


def overload_choices(found: Limits, known: Names) -> dict[int, str]:
    """Overloads by their place in the list, as they are chosen from."""
    problem = found.plan.problem
    return {index: bucket_name(one.bucket, problem, known) for index, one in enumerate(found.overloads)}


def move_lines(found: Limits, known: Names, moves: tuple[Move, ...]) -> list[tuple[str, str]]:
    """Each move as what is done, and what it costs."""
    return [(move_sentence(move, known), cost_sentence(move, found.goals_left_alone(move), known)) for move in moves]


def alternative_rows(found: Limits, known: Names, index: int) -> Rows:
    """The single moves that mend one overload, the cheapest first."""
    rows: Rows = []
    for one in found.alternatives(found.overloads[index].bucket):
        move = one.move
        worse = ", ".join(bucket_name(bucket, found.plan.problem, known) for bucket in one.worsens)
        rows.append(
            {
                _("Was man tut"): move_sentence(move, known),
                _("Nutzwert, der wegfällt"): number(move.loss, language(), 2),
                _("Ziele, denen dann nichts mehr dient"): ", ".join(
                    known.goals.get(goal, goal) for goal in found.goals_left_alone(move)
                ),
                _("Danach zu viel bei"): worse,
            }
        )
    return rows


def hints(found: Limits, known: Names) -> list[str]:
    """What has to be known before one believes the limits: who counts how, who is left out, what is not checked."""
    unheard = unheard_sentence(found.unheard, language())
    return [*filter(None, [unheard]), *assumption_sentences(found.plan, found.round_id is not None, known)]


def broken_lines(found: Limits, known: Names) -> list[str]:
    """What the plan does not keep besides time and money: how many run at once, and what depends on what."""
    limit = found.plan.problem.at_once
    parallel = parallel_sentence(found.parallel, limit, known) if limit is not None else None
    return [*filter(None, [parallel]), *(broken_sentence(one, known) for one in found.broken)]
