"""What the plan says about money: which counts, and what is planned, committed and spent of it for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import plotly.graph_objects as go

from metrics.charts import money_bars
from metrics.domain.goals import Goal
from metrics.domain.measures import Measure
from metrics.domain.resources import FundingPot, MoneyLine
from metrics.domain.scheduling.drain import Money, drain
from metrics.domain.scheduling.why_not import WhyNot
from metrics.locale.formats import MISSING, euros, partial_date, percent
from metrics.locale.words import choice
from metrics.ui import plan, schedule_view
from metrics.ui.judged import name_of
from metrics.ui.runtime import store
from metrics.ui.session import _, dark, language, today
from metrics.ui.text import one_line
from metrics.usecases.limits import plan_inputs

Rows = list[dict[str, object]]
KINDS = ("capacity_group", "resource_demand", "funding_pot", "money_line", "measure", "goal")
GOAL, POT, MEASURE, YEAR = "ziel", "topf", "massnahme", "jahr"
"""What the money is broken down by."""
NO_POT, NO_GOAL = "", "-"
MOST_ODD = 4
"""Lines that a hint names."""


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
    pots = counted(examples)[0]
    rows = tuple(_bar(key, own, by, pots) for key, own in groups.items())
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


def _bar(key: str, lines: Sequence[MoneyLine], by: str, pots: Mapping[str, FundingPot]) -> money_bars.MoneyRow:
    """A row of lines; `pots` are those that count, as for all else that is said of pots."""
    left_out = by == POT and key != NO_POT and key not in pots
    sums = drain([Money(line.year, line.planned, line.committed, line.spent) for line in lines], today())
    return money_bars.MoneyRow(
        key or MISSING,
        label(key, by),
        planned=_known(sums.planned),
        committed=_known(sums.committed),
        spent=_known(sums.spent),
        ends=_ends(key, by, pots),
        illustrative=any(line.illustrative for line in lines),
        hover=_missing_words(lines),
        note=" · ".join(
            filter(
                None,
                [
                    _odd_words(_known(sums.planned), _known(sums.committed), _known(sums.spent)),
                    _("Der Topf ist ein Beispielwert und zählt nicht mit") if left_out else "",
                ],
            )
        ),
    )


def _odd_words(planned: float | None, committed: float | None, spent: float | None) -> str:
    """Which amount is more than the one that it should be a part of; what was entered stays as it is."""
    said = []
    if _is_more(spent, committed):
        said.append(_("mehr ausgegeben als gebunden"))
    if _is_more(committed, planned):
        said.append(_("mehr gebunden als geplant"))
    if _is_more(spent, planned):
        said.append(_("mehr ausgegeben als geplant"))
    return ", ".join(said)


def _is_more(part: float | None, whole: float | None) -> bool:
    return part is not None and whole is not None and part > whole


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
        return _("ohne Finanzierungstopf")
    pot = plan.records(FundingPot).get(pot_id)
    return one_line(pot.title, most) if pot else pot_id


def _ends(key: str, by: str, pots: Mapping[str, FundingPot]) -> str:
    """That funding ends: of a pot when, of a year which; of pots that count and no others."""
    if by == POT and key in pots and pots[key].ends:
        if pots[key].ended(today()):
            return _("Förderung endete {tag}", tag=partial_date(pots[key].ends, language()))
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


@plan.remember(*KINDS)
def odd_hint(year: int | None, examples: bool) -> str:
    """The amounts of single lines that are more than they should be a part of, with what was entered."""
    lines = [line for line in counted(examples)[1] if year is None or line.year == year]
    said = [_odd_line(line, words) for line in lines if (words := _odd_words(line.planned, line.committed, line.spent))]
    if not said:
        return ""
    shown, rest = said[:MOST_ODD], len(said) - MOST_ODD
    if rest > 0:
        shown.append(_("{zahl} weitere", zahl=rest))
    return _("Bitte prüfen: {angaben}.", angaben="; ".join(shown))


def _odd_line(line: MoneyLine, words: str) -> str:
    amounts = [
        _("{geplant} geplant", geplant=amount(line.planned)) if line.planned is not None else "",
        _("{betrag} gebunden", betrag=amount(line.committed)) if line.committed is not None else "",
        _("{betrag} ausgegeben", betrag=amount(line.spent)) if line.spent is not None else "",
    ]
    title = schedule_view.title(line.measure_id, 60)
    return f"{title}, {line.year}: {words} ({', '.join(filter(None, amounts))})"


def unbound(value: float | WhyNot) -> str:
    """What nothing binds yet, or how much more is bound than planned, or why that is unknown."""
    if not isinstance(value, WhyNot) and round(value) < 0:
        return _("{betrag} mehr als geplant", betrag=amount(-value))
    return amount(value)


def amount(value: float | WhyNot) -> str:
    """Euros, whole ones, or why they are unknown."""
    return choice(value, language()) if isinstance(value, WhyNot) else euros(float(round(value)), language())


def share(value: float | WhyNot) -> str:
    """A share as per cent, or why it is unknown."""
    return choice(value, language()) if isinstance(value, WhyNot) else percent(value, language())


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
