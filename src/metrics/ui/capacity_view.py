"""How a group's capacity comes about, step by step: posts, weekly hours, absence, Grundlast, person-days."""

from __future__ import annotations

from metrics.domain.periods import MONTHS_OF_QUARTER, months_of
from metrics.domain.resources import CapacityGroup, Post
from metrics.domain.scheduling.staffing import WORKING_DAYS_PER_WEEK, FullPost
from metrics.locale.formats import number, partial_date, percent
from metrics.ui.session import _, language

Rows = list[dict[str, object]]


def steps(group: CapacityGroup, when: str) -> Rows:
    """The steps of a quarter, by month where its months differ in posts or shares."""
    months = months_of(when)
    known = [(round(group.fte_in(month), 6), *group.shares_in(month)) for month in months]
    rows = _post_rows(group, when)
    if len(set(known)) == 1:
        return rows + _hour_rows(group, [(months[0], float(len(months)))])
    return rows + _hour_rows(group, [(month, 1.0) for month in months])


def _post_rows(group: CapacityGroup, when: str) -> Rows:
    """The posts of the quarter: those without dates, then each that has some, then all of them."""
    if not group.exists_in(when):
        return [_row(_("Außerhalb der Zeit, in der es die Gruppe gibt"), "", _fte(0.0))]
    rows = [_row(_("Stellen ohne eigene Termine"), "", _fte(group.fte))]
    months = months_of(when)
    for post in group.posts:
        filled = sum(post.fte * post.share_of(month) for month in months) / len(months)
        rows.append(_row(post.label or _("Stelle"), _post_words(post), _fte(filled)))
    return [*rows, _row(_("Vollzeitkräfte im Quartal"), _("Summe"), _fte(group.fte_in(when)))]


def _post_words(post: Post) -> str:
    told = {"umfang": number(post.fte, language()), "von": partial_date(post.enters, language())}
    told["bis"] = partial_date(post.leaves, language())
    if post.enters and post.leaves:
        words = _("{umfang} VZÄ vom {von} bis {bis}", **told)
    elif post.enters:
        words = _("{umfang} VZÄ ab {von}", umfang=told["umfang"], von=told["von"])
    elif post.leaves:
        words = _("{umfang} VZÄ bis {bis}", umfang=told["umfang"], bis=told["bis"])
    else:
        words = _("{umfang} VZÄ", umfang=told["umfang"])
    return words + ", " + _("befristet") if post.fixed_term else words


def _hour_rows(group: CapacityGroup, parts: list[tuple[str, float]]) -> Rows:
    """From contract hours to person-days, for each part (a month, and how many alike there are)."""
    rows: Rows = []
    total = 0.0
    for month, count in parts:
        absence, base_load = group.shares_in(month)
        fte = group.fte_in(month)
        days = group.days_per_quarter / MONTHS_OF_QUARTER * count
        post = FullPost(group.weekly_hours, days / WORKING_DAYS_PER_WEEK, absence, base_load)
        name = partial_date(month, language()) + ": " if len(parts) > 1 else ""
        told = {"vzae": number(round(fte, 2), language()), "stunden": number(group.weekly_hours, language())}
        told["wochen"] = number(round(post.working_weeks, 2), language())
        how = _("{vzae} VZÄ × {stunden} Wochenstunden × {wochen} Wochen", **told)
        rows.append(_row(name + _("Stunden laut Vertrag"), how, _hours(fte * post.contract_hours)))
        how = _("− {anteil} Urlaub, Krankheit, Fortbildung", anteil=percent(absence, language()))
        rows.append(_row(name + _("Stunden im Dienst"), how, _hours(fte * post.present_hours)))
        how = _("− {anteil} Grundlast", anteil=percent(base_load, language()))
        rows.append(_row(name + _("Stunden für Maßnahmen"), how, _hours(fte * post.free_hours)))
        how = _("/ {stunden} Stunden je Tag", stunden=number(round(post.hours_per_day, 2), language()))
        rows.append(_row(name + _("Personentage für Maßnahmen"), how, _days(fte * post.free_days)))
        total += fte * post.free_days
    if len(parts) > 1:
        rows.append(_row(_("Personentage im Quartal"), _("Summe"), _days(total)))
    return rows


def _row(step: str, how: str, result: str) -> dict[str, object]:
    return {_("Schritt"): step, _("Ergebnis"): result, _("Rechnung"): how}


def _fte(value: float) -> str:
    return _("{zahl} VZÄ", zahl=number(round(value, 2), language()))


def _hours(value: float) -> str:
    return _("{zahl} Stunden", zahl=number(value, language(), 1))


def _days(value: float) -> str:
    return _("{zahl} Personentage", zahl=number(value, language(), 1))
