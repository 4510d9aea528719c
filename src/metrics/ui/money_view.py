"""What the plan says about money: planned, committed and spent, where funding ends, and how the money flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from metrics.charts import money_bars
from metrics.domain.goals import Goal
from metrics.domain.measures import Measure
from metrics.domain.resources import FundingPot, MoneyLine
from metrics.domain.scheduling.drain import Drain, Money, drain
from metrics.domain.scheduling.pots import (
    FundingEnd,
    PotBalance,
    drain_of_pots,
    funding_ends,
    in_all,
    pot_balances,
)
from metrics.domain.scheduling.why_not import WhyNot
from metrics.locale.formats import MISSING, day, euros, partial_date, percent
from metrics.locale.words import choice
from metrics.ui import plan, schedule_view
from metrics.ui.judged import name_of
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, dark, language, today
from metrics.ui.text import one_line
from metrics.usecases.limits import plan_inputs

Rows = list[dict[str, object]]
KINDS = ("capacity_group", "resource_demand", "funding_pot", "money_line", "measure", "goal")
GOAL, POT, MEASURE, YEAR = "ziel", "topf", "massnahme", "jahr"
"""What the money is broken down by."""
NO_POT, NO_GOAL = "", "-"
SOON = 365
"""Days before the end of funding from which it is told on top."""


@plan.remember(*KINDS)
def counted(examples: bool) -> tuple[dict[str, FundingPot], tuple[MoneyLine, ...]]:
    """The pots by id and the money that count together, by the same rule as for the plan's limits."""
    found = plan_inputs(store(), include_illustrative=examples)
    return {pot.id: pot for pot in found.pots}, found.money_lines


@plan.remember(*KINDS)
def left_out(examples: bool) -> int:
    """How many example pots and amounts do not count."""
    pots, lines = counted(examples)
    return len(plan.records(FundingPot)) + len(plan.records(MoneyLine)) - len(pots) - len(lines)


@plan.remember(*KINDS)
def years(examples: bool) -> tuple[int, ...]:
    """The years of which money is known."""
    return tuple(sorted({line.year for line in counted(examples)[1]}))


# --- planned, committed, spent ----------------------------------------------------------------------------------------


@plan.remember(*KINDS)
def bars(by: str, year: int | None, examples: bool) -> tuple[go.Figure, list[dict[str, object]], str]:
    """The money by goal, pot, measure or year, its table, and the finding that is the title."""
    lines = [line for line in counted(examples)[1] if year is None or line.year == year]
    groups = _grouped(lines, by)
    rows = tuple(_bar(key, own, by, year) for key, own in groups.items())
    if by != YEAR:
        rows = tuple(sorted(rows, key=lambda row: (-(row.planned or 0), row.label)))
    payload = money_bars.MoneyBars(words=_words(), rows=rows, by_year=by == YEAR)
    return money_bars.draw(payload, dark(), language()), money_bars.table(payload), finding(lines, year)


def _grouped(lines: Sequence[MoneyLine], by: str) -> dict[str, list[MoneyLine]]:
    measures = plan.records(Measure)
    found: dict[str, list[MoneyLine]] = defaultdict(list)
    for line in lines:
        if by == GOAL:
            measure = measures.get(line.measure_id)
            keys: Iterable[str] = (measure.goal_ids if measure else ()) or (NO_GOAL,)
        else:
            keys = ({POT: line.pot_id or NO_POT, MEASURE: line.measure_id, YEAR: str(line.year)}[by],)
        for key in keys:
            found[key].append(line)
    return dict(sorted(found.items()))


def _bar(key: str, lines: Sequence[MoneyLine], by: str, year: int | None) -> money_bars.MoneyRow:
    sums = drain([Money(line.year, line.planned, line.committed, line.spent) for line in lines], today())
    return money_bars.MoneyRow(
        key or MISSING,
        label(key, by),
        planned=_known(sums.planned),
        committed=_known(sums.committed),
        spent=_known(sums.spent),
        ends=_ends(key, by, year),
        illustrative=any(line.illustrative for line in lines),
        hover=_missing_words(lines),
    )


def _known(value: float | WhyNot) -> float | None:
    return None if isinstance(value, WhyNot) else value


def label(key: str, by: str) -> str:
    """A goal, pot, measure or year in words."""
    if by == GOAL:
        goal = plan.records(Goal).get(key)
        return one_line(name_of(goal), 90) if goal else _("ohne Ziel")
    if by == POT:
        return pot_title(key or None)
    return schedule_view.title(key, 90) if by == MEASURE else key


def pot_title(pot_id: str | None, most: int = 90) -> str:
    """A pot's title on one line; money may come from none."""
    if pot_id is None:
        return _("ohne Fördertopf")
    pot = plan.records(FundingPot).get(pot_id)
    return one_line(pot.title, most) if pot else pot_id


def _ends(key: str, by: str, year: int | None) -> str:
    """That funding ends: of a pot when, of a year which."""
    pots = plan.records(FundingPot)
    if by == POT and key in pots and pots[key].ends:
        return _("Förderung endet {tag}", tag=partial_date(pots[key].ends, language()))
    if by == YEAR:
        ending = [one_line(pot.title, 40) for pot in pots.values() if pot.ends and pot.ends[:4] == key]
        return _("Förderung endet: {toepfe}", toepfe=", ".join(ending)) if ending else ""
    return ""


def _missing_words(lines: Sequence[MoneyLine]) -> str:
    """Of how many amounts nothing is known, and what the known ones come to."""
    lacking = [line for line in lines if line.committed is None]
    if not lacking or len(lacking) == len(lines):
        return ""
    known = sum(line.committed or 0.0 for line in lines)
    return _(
        "Gebunden: {bekannt} bekannt, bei {zahl} von {alle} Angaben fehlt der Betrag",
        bekannt=euros(known, language()),
        zahl=len(lacking),
        alle=len(lines),
    )


def finding(lines: Sequence[MoneyLine], year: int | None) -> str:
    """What is planned in all, and how much of it is committed and spent."""
    if not lines:
        return _("Noch keine Mittel eingetragen")
    sums = drain([Money(line.year, line.planned, line.committed, line.spent) for line in lines], today())
    told = {"geplant": amount(sums.planned), "wann": str(year) if year else _("alle Jahre")}
    if isinstance(sums.planned, WhyNot):
        return _("Mittel ({wann}): geplante Summe nicht berechenbar", **told)
    parts = [_("{wann}: {geplant} geplant", **told)]
    if not isinstance(sums.committed, WhyNot):
        parts.append(_("{betrag} gebunden", betrag=amount(sums.committed)))
    if not isinstance(sums.spent, WhyNot):
        parts.append(_("{betrag} ausgegeben", betrag=amount(sums.spent)))
    return ", ".join(parts)


@plan.remember(*KINDS)
def committed_hint(year: int | None, examples: bool) -> str:
    """Of how many lines it is not known what is committed; nothing if of all or if none says it."""
    return _missing_words([line for line in counted(examples)[1] if year is None or line.year == year])


def amount(value: float | WhyNot) -> str:
    """Euros, whole ones, or why they are unknown."""
    return choice(value, language()) if isinstance(value, WhyNot) else euros(float(round(value)), language())


def _words() -> dict[str, str]:
    return {
        "empty": _("Noch keine Mittel eingetragen"),
        "money_planned": _("geplant"),
        "money_committed": _("gebunden"),
        "money_spent": _("ausgegeben"),
        "no_amount": _("keine Angabe"),
        "above_plan": _("mehr als geplant"),
        "funding_ends": _("Förderung endet"),
        "illustrative": _("Beispielwert"),
        "more": _("{count} weitere stehen in der Tabelle.", count="{count}"),
        "column_category": _("Wofür"),
        "column_planned": _("Geplant"),
        "column_committed": _("Gebunden"),
        "column_spent": _("Ausgegeben"),
        "column_ends": _("Ende der Förderung"),
        "column_note": _("Hinweis"),
    }


# --- where funding ends -----------------------------------------------------------------------------------------------


@plan.remember(*KINDS)
def ends(examples: bool) -> tuple[FundingEnd, ...]:
    """The pots that end, the earliest first."""
    pots, lines = counted(examples)
    until = {key: measure.ends for key, measure in plan.records(Measure).items()}
    return tuple(funding_ends(pots.values(), lines, until, today()))


def ends_sentence(examples: bool) -> str:
    """Which funding ends next, in how many days, and what hangs on it."""
    found = ends(examples)
    if not found:
        return _("Keine Förderung hat ein Ende, das noch kommt.")
    first = found[0]
    told = {
        "topf": pot_title(first.pot_id),
        "tag": day(first.last_day, language()),
        "tage": _n("in {number} Tag", "in {number} Tagen", (first.last_day - today()).days),
    }
    words = _n(
        "Als Nächstes endet „{topf}“ am {tag}, {tage}; {number} Maßnahme hängt daran.",
        "Als Nächstes endet „{topf}“ am {tag}, {tage}; {number} Maßnahmen hängen daran.",
        len(first.measure_ids),
        **told,
    )
    if not isinstance(first.uncommitted, WhyNot) and first.uncommitted > 0:
        words += " " + _("Noch nicht gebunden: {betrag}.", betrag=amount(first.uncommitted))
    return words


@plan.remember(*KINDS)
def end_rows(examples: bool) -> Rows:
    """Every end of funding: when, own share, what hangs on it, what goes on after it, what is not committed yet."""
    pots = counted(examples)[0]
    return [
        {
            _("Fördertopf"): pot_title(one.pot_id),
            _("Geldgeber"): pots[one.pot_id].funder or "",
            _("Endet"): day(one.last_day, language()),
            _("Eigenanteil"): percent(pots[one.pot_id].own_share, language())
            if pots[one.pot_id].own_share is not None
            else "",
            _("Daran hängen"): _titles(one.measure_ids),
            _("Gehen danach weiter"): _titles(one.outlasting),
            _("Noch nicht gebunden"): amount(one.uncommitted),
            _("Bedingungen"): "; ".join(pots[one.pot_id].conditions),
            _("Hinweis"): _("Beispielwert") if pots[one.pot_id].illustrative else "",
        }
        for one in ends(examples)
    ]


def _titles(measure_ids: Sequence[str], most: int = 8) -> str:
    named = [schedule_view.title(key) for key in measure_ids[:most]]
    rest = len(measure_ids) - len(named)
    return ", ".join([*named, *([_("{zahl} weitere", zahl=rest)] if rest else [])]) or MISSING


# --- what pots lack ---------------------------------------------------------------------------------------------------


@plan.remember(*KINDS)
def balances(examples: bool) -> tuple[PotBalance, ...]:
    """Every pot's year: what it holds, and what is planned of it."""
    pots, lines = counted(examples)
    return tuple(pot_balances(pots.values(), lines))


def shortfall_sentence(examples: bool) -> str:
    """What pots lack, from this year on, in all and where most."""
    ahead = [one for one in balances(examples) if one.year >= today().year and one.lacking is not None]
    if not ahead:
        return _("Ob das Geld reicht, lässt sich nicht sagen: Kein Topf nennt, was er in diesem Jahr oder später hat.")
    short = sorted((one for one in ahead if one.lacking), key=lambda one: (-(one.lacking or 0), one.year, one.pot_id))
    if not short:
        return _("Kein Topf ist überplant: Das geplante Geld ist in jedem Jahr da.")
    worst = short[0]
    told = {"topf": pot_title(worst.pot_id), "jahr": worst.year, "betrag": amount(worst.lacking or 0.0)}
    if len(short) == 1:
        return _("{jahr} fehlen {betrag} in „{topf}“.", **told)
    return _("In {zahl} Jahren der Töpfe fehlt Geld, am meisten {jahr} in „{topf}“: {betrag}.", zahl=len(short), **told)


@plan.remember(*KINDS)
def balance_rows(examples: bool) -> Rows:
    """Every pot's year: held, planned, lacking or left."""
    return [
        {
            _("Fördertopf"): pot_title(one.pot_id),
            _("Jahr"): one.year,
            _("Vorhanden"): euros(one.held, language()) if one.held is not None else _("keine Angabe"),
            _("Geplant"): euros(one.planned, language()),
            _("Fehlt"): euros(one.lacking, language()) if one.lacking else "",
            _("Noch frei"): euros(one.held - one.planned, language())
            if one.held is not None and not one.lacking and not one.unknown
            else "",
            _("Hinweis"): _n("bei {number} Angabe fehlt der Plan", "bei {number} Angaben fehlt der Plan", one.unknown)
            if one.unknown
            else "",
        }
        for one in balances(examples)
    ]


# --- Mittelabfluss ----------------------------------------------------------------------------------------------------


@plan.remember(*KINDS)
def drains(year: int | None, examples: bool) -> dict[str | None, Drain]:
    """The drain of each pot, and of the money without a pot, in a year or in all."""
    pots, lines = counted(examples)
    return drain_of_pots(pots, lines, today(), year)


def drain_sentence(year: int | None, examples: bool) -> str:
    """What share is spent, against what share was to be spent by now."""
    found = drains(year, examples)
    when = str(year) if year else _("alle Jahre")
    if not found:
        return _("Mittelabfluss ({wann}): noch keine Mittel eingetragen.", wann=when)
    whole = in_all(found.values(), today())
    spent, planned, lag = whole.spent_share, whole.planned_share, whole.lag
    reason = next((one for one in (planned, spent, lag) if isinstance(one, WhyNot)), None)
    if reason or isinstance(spent, WhyNot) or isinstance(planned, WhyNot) or isinstance(lag, WhyNot):
        told = {"wann": when, "grund": choice(reason, language()) if reason else MISSING}
        return _("Mittelabfluss ({wann}) nicht berechenbar: {grund}.", **told)
    told = {"wann": when, "ist": percent(spent, language()), "soll": percent(planned, language())}
    words = _("Mittelabfluss ({wann}): {ist} der Mittel sind ausgegeben, bis heute geplant waren {soll}.", **told)
    if lag >= 1:
        return words + " " + _("Das sind {betrag} weniger als geplant.", betrag=amount(lag))
    if lag <= -1:
        return words + " " + _("Das sind {betrag} mehr als geplant.", betrag=amount(-lag))
    return words


@plan.remember(*KINDS)
def drain_rows(year: int | None, examples: bool) -> Rows:
    """The drain pot by pot: planned, spent, what was to be spent by now, what nothing binds yet."""
    return [
        {
            _("Fördertopf"): pot_title(pot_id),
            _("Geplant"): amount(one.planned),
            _("Bis heute geplant"): amount(one.planned_by_now),
            _("Ausgegeben"): amount(one.spent),
            _("Anteil ausgegeben"): share(one.spent_share),
            _("Anteil bis heute geplant"): share(one.planned_share),
            _("Noch nicht gebunden"): amount(one.uncommitted),
        }
        for pot_id, one in sorted(drains(year, examples).items(), key=lambda item: pot_title(item[0]))
    ]


def share(value: float | WhyNot) -> str:
    """A share as per cent, or why it is unknown."""
    return choice(value, language()) if isinstance(value, WhyNot) else percent(value, language())
