"""What the page for values shows around its form: what is due, the last values, the chart as it would become."""

from __future__ import annotations

from typing import cast

import plotly.graph_objects as go

from metrics.charts import target_path
from metrics.charts.series import segments
from metrics.charts.theme import Row
from metrics.domain.history import Recorded
from metrics.domain.indicators import Indicator, Reading, ReadingState, ReleaseRule
from metrics.domain.progress.assessment import IndicatorAssessment
from metrics.domain.refusals import RecordNotFound
from metrics.locale.formats import MISSING, day, period
from metrics.locale.words import choice
from metrics.ui import plan
from metrics.ui.indicator_view import chart_point, vintages
from metrics.ui.judged import chart_words, last_text, name_of, observed_text
from metrics.ui.reading_form import ReadingForm, source_words
from metrics.ui.runtime import store
from metrics.ui.session import _, dark, language
from metrics.ui.target_chart import target_line
from metrics.usecases.looking import due_readings

LAST_VALUES = 5


def reading(identifier: str) -> Recorded[Reading] | None:
    """One value as it stands now; None if there never was one or it was withdrawn."""
    try:
        found = store().newest(Reading.kind, identifier)
    except RecordNotFound:
        return None
    return None if found.withdrawn else cast(Recorded[Reading], found)


@plan.remember("indicator", "target", "reading")
def due() -> tuple[IndicatorAssessment, ...]:
    """The indicators that wait for a value, the longest waiting first; not those whose value waits for its release."""
    entered = {one.reading.indicator_id for one in plan.pending() if one.reading.state is not ReadingState.returned}
    waiting = due_readings(plan.indicators_judged().values())
    return tuple(found for found in waiting if found.indicator.id not in entered)


def next_due(indicator_id: str) -> str:
    """The indicator whose form opens next; "" if none waits any more."""
    return next((found.indicator.id for found in due() if found.indicator.id != indicator_id), "")


def release_words(indicator: Indicator, state: ReadingState) -> str:
    """What happens next with a value that was entered."""
    if state is ReadingState.released:
        return _("Der Wert zählt ab sofort.")
    if indicator.release_rule is ReleaseRule.checked_and_released:
        return _("Er zählt noch nicht: Er wartet auf Prüfung und Freigabe durch zwei andere Personen.")
    return _("Er zählt noch nicht: Er wartet auf Freigabe durch eine andere Person.")


def last_words(indicator: Indicator) -> str:
    """The last value with its period and source in one line; that there is none yet."""
    series, _older = vintages(plan.readings(indicator.id))
    if not series:
        return _("Noch kein Wert: Ihrer wird der erste.")
    last = series[-1]
    when = period(last.period_start, last.period_end, last.period_kind, language())
    told = {"wert": observed_text(indicator, last), "zeitraum": when, "quelle": source_words(last)}
    return _("Zuletzt: {wert} ({zeitraum}), Quelle: {quelle}", **told)


def due_words(found: IndicatorAssessment) -> str:
    """ "letzter Wert 7,9 % (Dez. 2023) · fällig seit 30.03.2024 · Zuständig: Statistikstelle"."""
    owner = found.indicator.owner or _("niemand")
    words = [_("letzter Wert: {wert}", wert=last_text(found)) if found.last else _("noch kein Wert")]
    words += [_("fällig seit {tag}", tag=day(found.due, language()))] if found.due else []
    return " · ".join([*words, _("zuständig: {wer}", wer=owner)])


def last_values(indicator: Indicator) -> list[Row]:
    """The newest values with their period and source, newest first."""
    series, _older = vintages(plan.readings(indicator.id))
    return [
        {
            _("Zeitraum"): period(each.period_start, each.period_end, each.period_kind, language()),
            _("Wert"): observed_text(indicator, each),
            _("Quelle"): source_words(each),
        }
        for each in reversed(series[-LAST_VALUES:])
    ]


def to_correct(indicator: Indicator) -> dict[str, str]:
    """Reading id → "Dez. 2023: 7,9 %" of all values of every vintage, newest period first; those that wait on top."""
    waiting = [one.reading for one in plan.pending() if one.reading.indicator_id == indicator.id]
    named = {each.id: f"{_named(indicator, each)} ({choice(each.state, language())})" for each in waiting}
    found = [entry.record for entry in plan.readings(indicator.id)]
    return named | {each.id: _named(indicator, each) for each in reversed(found) if each.id not in named}


def preview(form: ReadingForm) -> tuple[go.Figure, list[Row], str]:
    """The indicator's chart with the typed value in it, marked: figure, table, text alternative."""
    indicator, found = form.indicator, plan.indicators_judged().get(form.indicator.id)
    readings = plan.readings(indicator.id)
    series, older = vintages([each for each in readings if each.record.id != form.typed_id])
    new = form.filled_quietly()
    added = () if new is None else (target_path.ComparisonSeries(_("Ihr Wert"), ((chart_point(indicator, new),),)),)
    replaced = (form.entry.record,) if form.entry else ()
    verdict = found.headline if found else None
    payload = target_path.TargetPath(
        chart_words(),
        indicator.unit,
        name_of(indicator),
        segments(chart_point(indicator, each) for each in series),
        tuple(chart_point(indicator, each) for each in (*older, *replaced)),
        target_line(indicator, verdict, found.points) if found and verdict else None,
        added,
        height=380,
    )
    alt = f"{name_of(indicator)}, {indicator.territory}: {last_text(found) if found else MISSING}"
    if new is not None:
        alt += "; " + _("Ihr Wert: {wert}", wert=_named(indicator, new))
    return target_path.draw(payload, dark(), language()), target_path.table(payload), alt


def _named(indicator: Indicator, reading: Reading) -> str:
    when = period(reading.period_start, reading.period_end, reading.period_kind, language())
    vintage = f" ({reading.vintage})" if reading.vintage else ""
    return f"{when}: {observed_text(indicator, reading)}{vintage}"
