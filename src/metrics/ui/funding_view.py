"""Where funding ends, what pots lack, and how the money flows (Mittelabfluss)."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.domain.measures import Measure
from metrics.domain.scheduling.drain import Drain
from metrics.domain.scheduling.pots import (
    FundingEnd,
    PotBalance,
    drain_of_pots,
    funding_ends,
    in_all,
    pot_balances,
)
from metrics.domain.scheduling.why_not import WhyNot
from metrics.locale.formats import MISSING, day, euros, percent
from metrics.locale.words import choice
from metrics.ui import plan, schedule_view
from metrics.ui.money_view import KINDS, Rows, amount, counted, pot_title, share, unbound
from metrics.ui.session import _, _n, language, today

FEW = 4
"""Measures that a line names."""


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


def end_lines(examples: bool) -> list[tuple[str, str]]:
    """Every end of funding as what ends when, and what that means."""
    pots = counted(examples)[0]
    found = []
    for one in ends(examples):
        pot = pots[one.pot_id]
        head = _("{topf}: endet {tag}", topf=pot_title(one.pot_id), tag=day(one.last_day, language()))
        said = [_("daran hängen: {titel}", titel=_titles(one.measure_ids, FEW))] if one.measure_ids else []
        said += [_("gehen danach weiter: {titel}", titel=_titles(one.outlasting, FEW))] if one.outlasting else []
        said += [_("Eigenanteil {anteil}", anteil=percent(pot.own_share, language()))] if pot.own_share else []
        said += [_("Bedingungen: {worte}", worte="; ".join(pot.conditions))] if pot.conditions else []
        found.append((head, " · ".join([*said, *([_("Beispielwert")] if pot.illustrative else [])])))
    return found


@plan.remember(*KINDS)
def end_rows(examples: bool) -> Rows:
    """Every end of funding: when, own share, what hangs on it, what goes on after it, what is not committed yet."""
    pots = counted(examples)[0]
    return [
        {
            _("Finanzierungstopf"): pot_title(one.pot_id),
            _("Geldgeber"): pots[one.pot_id].funder or "",
            _("Endet"): day(one.last_day, language()),
            _("Eigenanteil"): percent(pots[one.pot_id].own_share, language())
            if pots[one.pot_id].own_share is not None
            else "",
            _("Daran hängen"): _titles(one.measure_ids),
            _("Gehen danach weiter"): _titles(one.outlasting),
            _("Noch nicht gebunden"): unbound(one.uncommitted),
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
    return _(
        "In {zahl} Fällen fehlt einem Topf Geld für ein Jahr, am meisten {jahr} in „{topf}“: {betrag}.",
        zahl=len(short),
        **told,
    )


@plan.remember(*KINDS)
def balance_rows(examples: bool) -> Rows:
    """Every pot's year: held, planned, lacking or left."""
    return [
        {
            _("Finanzierungstopf"): pot_title(one.pot_id),
            _("Jahr"): str(one.year),
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


def drain_lines(year: int | None, examples: bool) -> list[str]:
    """What share of each pot is spent, and what share was to be; or why that is not known."""
    found = []
    for pot_id, one in sorted(drains(year, examples).items(), key=lambda item: pot_title(item[0])):
        told = {"topf": pot_title(pot_id), "ist": share(one.spent_share), "soll": share(one.planned_share)}
        if isinstance(one.spent_share, WhyNot):
            found.append(_("{topf}: nicht berechenbar, {ist}", topf=told["topf"], ist=told["ist"]))
        else:
            found.append(_("{topf}: {ist} ausgegeben, {soll} geplant", **told))
    return found


@plan.remember(*KINDS)
def drain_rows(year: int | None, examples: bool) -> Rows:
    """The drain pot by pot: planned, spent, what was to be spent by now, what nothing binds yet."""
    return [
        {
            _("Finanzierungstopf"): pot_title(pot_id),
            _("Geplant"): amount(one.planned),
            _("Bis heute geplant"): amount(one.planned_by_now),
            _("Ausgegeben"): amount(one.spent),
            _("Anteil ausgegeben"): share(one.spent_share),
            _("Anteil bis heute geplant"): share(one.planned_share),
            _("Noch nicht gebunden"): unbound(one.uncommitted),
        }
        for pot_id, one in sorted(drains(year, examples).items(), key=lambda item: pot_title(item[0]))
    ]
