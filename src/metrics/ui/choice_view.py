"""What the search for the best choice shows: who is taken when, who is not and why, and what is full."""

from __future__ import annotations

from datetime import date

import plotly.graph_objects as go

from metrics.charts import gantt
from metrics.domain.measures import Measure
from metrics.domain.periods import bounds, is_quarter, later
from metrics.domain.portfolio.problem import Candidate
from metrics.domain.portfolio.solvers import Solver
from metrics.locale.choices import binding_sentence, measures_in_order, rejection_sentence
from metrics.locale.formats import number
from metrics.locale.limits import Names
from metrics.locale.words import choice as choice_word
from metrics.ui import plan
from metrics.ui.judged import name_of
from metrics.ui.schedule_view import gantt_words
from metrics.ui.session import _, _n, dark, language, today
from metrics.usecases.limits import Limits
from metrics.usecases.optimising import Answer

Rows = list[dict[str, object]]


def solver_name(solver: Solver) -> str:
    """A solver as it is chosen."""
    return choice_word(solver, language())


def schedule(limits: Limits, answer: Answer, known: Names) -> tuple[go.Figure, Rows, str]:
    """The chosen measures over the periods, with the plan's own times below; its table, and the finding."""
    starts, periods = answer.choice.starts, limits.plan.periods
    order = measures_in_order(list(starts.items()))
    rows = tuple(_row(limits, known, identifier, starts[identifier]) for identifier in order)
    moved = sum(limits.plan.starts.get(one) != start for one, start in starts.items())
    payload = gantt.Gantt(
        words=gantt_words()
        | {"promised": _("bisher geplant"), "column_promised": _("Bisher geplant"), "column_slip": _("Tage später")},
        rows=rows,
        today=today(),
        links=tuple(
            gantt.GanttLink(before, after)
            for after, before in limits.plan.problem.after
            if after in starts and before in starts
        ),
        ticks=tuple((bounds(period)[0], _tick(period)) for period in periods),
    )
    finding = _n(
        "{number} Maßnahme beginnt anders, als der Plan es vorsieht",
        "{number} Maßnahmen beginnen anders, als der Plan es vorsieht",
        moved,
    )
    if not moved:
        finding = _("Was gewählt ist, beginnt, wie der Plan es vorsieht")
    return gantt.draw(payload, dark(), language()), list(gantt.table(payload)), finding


def _row(limits: Limits, known: Names, identifier: str, start: int) -> gantt.GanttRow:
    candidate, measure = limits.plan.problem.candidates[identifier], plan.records(Measure).get(identifier)
    planned = limits.plan.starts.get(identifier)
    first, last = _days(limits, candidate, start)
    promised = _days(limits, candidate, planned) if planned is not None and planned != start else (None, None)
    title = name_of(measure) if measure else known.measure(identifier)
    return gantt.GanttRow(
        id=identifier,
        title=title,
        state=measure.state.value if measure else "planned",
        start=(first, first),
        end=(last, last),
        state_text=choice_word(measure.state, language()) if measure else "",
        illustrative=limits.plan.illustrative,
        hover=f"{title}\n{_('ab {zeit}', zeit=known.period(start))}",
        promised_start=promised[0],
        promised_end=promised[1],
        slip=_slip(limits, start, planned),
    )


def _days(limits: Limits, candidate: Candidate, start: int) -> tuple[date, date]:
    first = limits.plan.periods[start]
    return bounds(first)[0], bounds(later(first, candidate.duration - 1))[1]


def _slip(limits: Limits, start: int, planned: int | None) -> str:
    if planned is None or planned == start:
        return ""
    by = abs(start - planned)
    if is_quarter(limits.plan.periods[0]):
        if start > planned:
            return _n("{number} Quartal später", "{number} Quartale später", by)
        return _n("{number} Quartal früher", "{number} Quartale früher", by)
    if start > planned:
        return _n("{number} Monat später", "{number} Monate später", by)
    return _n("{number} Monat früher", "{number} Monate früher", by)


def _tick(period: str) -> str:
    year, part = period.split("-")
    return f"{part} {year}"


def rejected_rows(limits: Limits, answer: Answer, known: Names) -> Rows:
    """Each measure left out, its value, and what it would displace."""
    problem = limits.plan.problem
    return [
        {
            _("Nicht dabei"): known.measure(one.candidate),
            _("Nutzwert"): number(problem.candidates[one.candidate].value, language(), 2),
            _("Was sie verdrängen würde"): rejection_sentence(one, problem, known),
        }
        for one in (answer.reasons.rejected if answer.reasons else ())
    ]


def rejected_lines(limits: Limits, answer: Answer, known: Names) -> list[tuple[str, str]]:
    """Each measure left out, and what it would displace."""
    problem = limits.plan.problem
    found = answer.reasons.rejected if answer.reasons else ()
    return [(known.measure(one.candidate), rejection_sentence(one, problem, known)) for one in found]


def binding_lines(limits: Limits, answer: Answer, known: Names) -> list[str]:
    """What is full, and who would have needed it."""
    found = answer.reasons.binding if answer.reasons else ()
    return [binding_sentence(one, limits.plan.problem, known) for one in found]
