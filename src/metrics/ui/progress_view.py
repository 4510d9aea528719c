"""Progress against time (Fortschritt gegen Zeit): who is weeks ahead or behind, and by which milestones."""

from __future__ import annotations

from datetime import timedelta

import plotly.graph_objects as go

from metrics.charts import progress_curve
from metrics.charts.theme import as_share
from metrics.domain.base import partial_date_bounds
from metrics.domain.measures import Measure
from metrics.domain.milestones import MilestoneState, judge_milestone
from metrics.domain.scheduling.against_time import Curve, Progress, earned_curve, planned_curve, progress_in_weeks
from metrics.domain.scheduling.why_not import WhyNot
from metrics.locale.formats import MISSING, number, partial_date
from metrics.locale.words import choice
from metrics.ui import plan, schedule_view
from metrics.ui.session import _, _n, dark, language, today
from metrics.ui.text import one_line

Rows = list[dict[str, object]]
_SIGNS = {-1: "◆", 0: "■", 1: "●"}


@plan.remember("measure")
def progress(examples: bool) -> dict[str, Progress | WhyNot]:
    """The progress of every measure that goes on, by id."""
    return {one.id: progress_in_weeks(one.milestones, today()) for one in schedule_view.counted_measures(examples)}


def computable(examples: bool) -> dict[str, Progress]:
    """The measures whose progress is known, the furthest behind first."""
    known = {key: one for key, one in progress(examples).items() if isinstance(one, Progress)}
    return dict(sorted(known.items(), key=lambda item: (item[1].days, -item[1].overdue, item[0])))


def sentence(examples: bool) -> str:
    """The whole plan in one sentence: how many are behind, the furthest one, and how many cannot be told."""
    known = computable(examples)
    if not known:
        return _("Der Fortschritt lässt sich nicht berechnen: Keine Maßnahme hat Meilensteine mit Terminen.")
    behind = {key: one for key, one in known.items() if one.days < 0}
    unknown = len(progress(examples)) - len(known)
    words = _none_behind(len(known)) if not behind else _some_behind(behind, len(known))
    if unknown:
        more = _n(
            "Von {number} weiteren lässt es sich nicht sagen.",
            "Von {number} weiteren lässt es sich nicht sagen.",
            unknown,
        )
        return f"{words} {more}"
    return words


def _none_behind(known: int) -> str:
    return _n(
        "Die eine Maßnahme mit Meilensteinen liegt nicht hinter ihrem Plan.",
        "Keine der {number} Maßnahmen mit Meilensteinen liegt hinter ihrem Plan.",
        known,
    )


def _some_behind(behind: dict[str, Progress], known: int) -> str:
    first = next(iter(behind))
    told = {"alle": known, "titel": schedule_view.title(first), "wochen": weeks_words(-behind[first].days)}
    if len(behind) == 1:
        return _n(
            "Die eine Maßnahme mit Meilensteinen liegt hinter ihrem Plan: „{titel}“ um {wochen}.",
            "Von {alle} Maßnahmen mit Meilensteinen liegt eine hinter ihrem Plan: „{titel}“ um {wochen}.",
            known,
            **told,
        )
    return _(
        "Von {alle} Maßnahmen mit Meilensteinen liegen {zahl} hinter ihrem Plan, am weitesten „{titel}“: {wochen}.",
        zahl=len(behind),
        **told,
    )


def weeks_words(days: int) -> str:
    """Days as weeks; a week and a bit has one decimal, less than a week is told in days."""
    if days < 7:
        return _n("{number} Tag", "{number} Tage", days)
    weeks = number(round(days / 7, 1), language())
    return _("1 Woche") if weeks == "1" else _("{wochen} Wochen", wochen=weeks)


def rows(examples: bool) -> Rows:
    """Every measure that goes on: the computable ones first, the furthest behind on top, then why not."""
    known = computable(examples)
    found: Rows = [_row(key, one) for key, one in known.items()]
    for key, reason in progress(examples).items():
        if isinstance(reason, WhyNot):
            told = {**dict.fromkeys(_columns(), None), _("Maßnahme"): schedule_view.title(key, 90)}
            found.append({**told, _("Stand"): _("nicht berechenbar: {grund}", grund=choice(reason, language()))})
    return found


def _columns() -> tuple[str, ...]:
    return (
        _("Maßnahme"),
        _("Stand"),
        _("Überfällig"),
        _("Bis heute geplant"),
        _("Erreicht"),
        _("Wochen zum Plan"),
        _("Hinweis"),
    )


def _row(measure_id: str, found: Progress) -> dict[str, object]:
    measure = plan.records(Measure)[measure_id]
    notes = [_("Beispielwert")] if measure.illustrative else []
    if found.undated:
        notes.append(
            _n("{number} Meilenstein ohne Termin", "{number} Meilensteine ohne Termin", found.undated),
        )
    values = (
        schedule_view.title(measure_id, 90),
        state_words(found),
        found.overdue,
        as_share(found.planned),
        as_share(found.earned),
        number(round(found.weeks, 1), language(), 1, signed=True),
        ", ".join(notes),
    )
    return dict(zip(_columns(), values, strict=True))


def state_words(found: Progress) -> str:
    """Ahead, behind or on time: shape and words."""
    sign = _SIGNS[(found.days > 0) - (found.days < 0)]
    if found.days < 0:
        return f"{sign} " + _("{wochen} zurück", wochen=weeks_words(abs(found.days)))
    if found.days > 0:
        return f"{sign} " + _("{wochen} voraus", wochen=weeks_words(abs(found.days)))
    return f"{sign} " + _("im Plan")


# --- one measure ------------------------------------------------------------------------------------------------------


@plan.remember("measure")
def curve(measure_id: str) -> tuple[go.Figure, list[dict[str, object]], str]:
    """Planned and earned progress of one measure over time, the table, and the finding that is the title."""
    measure = plan.records(Measure)[measure_id]
    found = progress_in_weeks(measure.milestones, today())
    payload = progress_curve.ProgressCurve(
        words=_words(),
        planned=_steps(measure, planned_curve(measure.milestones), "due"),
        earned=_steps(measure, earned_curve(measure.milestones, today()), "done_on"),
        today=today(),
        gap=_gap(found),
        illustrative=measure.illustrative,
    )
    return progress_curve.draw(payload, dark(), language()), progress_curve.table(payload), _finding(measure_id, found)


def _gap(found: Progress | WhyNot) -> progress_curve.ScheduleGap | None:
    if isinstance(found, WhyNot) or found.finished:
        return None
    return progress_curve.ScheduleGap(today() + timedelta(days=found.days), state_words(found).split(" ", 1)[1])


def _finding(measure_id: str, found: Progress | WhyNot) -> str:
    name = schedule_view.title(measure_id, 80)
    if isinstance(found, WhyNot):
        return _("{titel}: nicht berechenbar, {grund}", titel=name, grund=choice(found, language()))
    told = {"titel": name, "stand": state_words(found).split(" ", 1)[1]}
    if found.overdue:
        return _n(
            "{titel}: {stand}, {number} Meilenstein überfällig",
            "{titel}: {stand}, {number} Meilensteine überfällig",
            found.overdue,
            **told,
        )
    return _("{titel}: {stand}", **told)


def _steps(measure: Measure, shares: Curve, field: str) -> tuple[progress_curve.ValueStep, ...]:
    titles: dict[object, list[str]] = {}
    for step in measure.milestones:
        text = getattr(step, field)
        if text:
            last = partial_date_bounds(text)[1]
            titles.setdefault(min(last, today()) if field == "done_on" else last, []).append(one_line(step.title, 60))
    return tuple(progress_curve.ValueStep(day, share, ", ".join(titles.get(day, []))) for day, share in shares)


def overdue_lines(measure_id: str) -> list[str]:
    """The milestones of a measure that are overdue, with since when."""
    late = [
        step
        for step in plan.records(Measure)[measure_id].milestones
        if judge_milestone(step, today()) is MilestoneState.late
    ]
    return [
        _("{titel}: fällig {tag}", titel=one_line(step.title, 90), tag=partial_date(step.due, language()) or MISSING)
        for step in sorted(late, key=lambda step: step.due or "")
    ]


def _words() -> dict[str, str]:
    return {
        "empty": _("Keine Meilensteine mit Terminen."),
        "value_planned": _("geplanter Fortschritt"),
        "value_earned": _("erreichter Fortschritt"),
        "share_axis": _("Gewicht der Meilensteine"),
        "today": _("Heute"),
        "gap": _("Abstand zum Plan"),
        "illustrative": _("Beispielwert"),
        "column_series": _("Linie"),
        "column_day": _("Tag"),
        "column_share": _("Anteil"),
        "column_note": _("Hinweis"),
    }
