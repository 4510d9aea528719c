"""What a goal's total is made of, as tables: the parts with their weights, and who set the weights, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, geometric_mean

from metrics.domain.base import Record
from metrics.domain.goals import Goal
from metrics.domain.history import Change
from metrics.domain.indicators import Indicator
from metrics.domain.progress.outcome import NotComputable, Obstacle
from metrics.domain.progress.rollup import Child, GoalTotal
from metrics.locale.formats import MISSING, moment, number, percent
from metrics.locale.words import action_words, course_word, kind_name, obstacle_sentence
from metrics.ui import cards, goal_view, history_view, plan
from metrics.ui.judged import attainment_text, coverage_percent, last_text, name_of, total_obstacle
from metrics.ui.people_names import shown
from metrics.ui.session import _, language, with_examples
from metrics.ui.text import literal, one_line

MEAN_SHOWN = ((0.84, 0.04, 0.04, 0.04), (0.24, 0.24, 0.24, 0.24))
"""Equal means, very different geometric means: four times the example of the OECD/JRC handbook (2008, p. 33)."""


def part_name(part: Child) -> str:
    """What a part is called."""
    return name_of(_record(part))


def part_rows(total: GoalTotal, parts: Sequence[Child]) -> list[dict[str, str]]:
    """Parts of a total as a table in Markdown, one row each; their share is that of the weight of all parts."""
    whole = sum(part.weight for part in total.children)
    weights = [100 * one.weight / whole for one in total.children]
    decimals = 0 if all(abs(share - round(share)) < 1e-9 for share in weights) else 1
    return [
        {
            _("Teil"): _title_cell(part),
            _("Zielerreichung"): _share_cell(part),
            _("Kurs"): course_mark(part),
            _("Gewicht"): literal(number(part.weight, language())),
            _("Anteil am Gewicht"): literal(percent(part.weight / whole, language(), decimals)),
            _("Davon bewertet"): literal(coverage_percent(part.coverage)),
        }
        for part in parts
    ]


def weight_rows(parts: Sequence[Child]) -> list[dict[str, str]]:
    """Who set the weight of each part, when and why, in Markdown."""
    rows = []
    for part in parts:
        change, before = _weight_set(part)
        done = f"{shown(change.recorded_by)} ({action_words(change.action, language())})"
        rows.append(
            {
                _("Teil"): literal(one_line(part_name(part), 80)),
                _("Gewicht"): literal(number(part.weight, language())),
                _("Vorher"): literal(number(before, language())),
                _("Festgelegt"): literal(moment(change.recorded_at, language())),
                _("Von"): literal(one_line(done, 80)),
                _("Grund"): literal(one_line(change.reason or MISSING, 300)),
            }
        )
    return rows


def not_counted(goal: Goal, total: GoalTotal) -> list[str]:
    """Names of what stands directly beneath a goal and brings nothing into its total."""
    counted = {part.id for part in total.children}
    below: list[tuple[type[Record], tuple[str, ...]]] = [
        (Goal, goal_view.children().get(goal.id, ())),
        (Indicator, goal_view.indicators_of().get(goal.id, ())),
    ]
    return [name_of(plan.records(kind)[one]) for kind, found in below for one in found if one not in counted]


def sensitivity_words(total: GoalTotal) -> str:
    """The total as a geometric mean beside the weighted mean."""
    if total.geometric is None or isinstance(total.attainment, NotComputable):
        return _("Ohne Gesamtzahl gibt es auch kein geometrisches Mittel.")
    return _(
        "Geometrisches Mittel: {geometrisch}; gewichtetes Mittel: {mittel}.",
        geometrisch=attainment_text(total.geometric),
        mittel=attainment_text(total.attainment),
    )


def sensitivity_meaning() -> str:
    """What the geometric mean tells, with the textbook's example worked out."""
    uneven, even = (", ".join(percent(one, language()) for one in values) for values in MEAN_SHOWN)
    first, second = (percent(geometric_mean(values), language()) for values in MEAN_SHOWN)
    return _(
        "Im gewichteten Mittel gleichen starke Teile schwache aus, im geometrischen weniger: {ungleich} und "
        "{gleich} haben beide das Mittel {mittel}, aber die geometrischen Mittel {erstes} und {zweites}.",
        ungleich=uneven,
        gleich=even,
        mittel=percent(fmean(MEAN_SHOWN[0]), language()),
        erstes=first,
        zweites=second,
    )


def course_mark(part: Child) -> str:
    """The symbol as shape, word and colour, in Markdown."""
    colour, icon = cards.COURSE_COLOURS[part.course], cards.COURSE_ICONS[part.course]
    return f":{colour}-badge[{icon} {literal(course_word(part.course, language()))}]"


def _title_cell(part: Child) -> str:
    words = [kind_name(part.kind, language())]
    if part.kind == "indicator":
        words.append(last_text(plan.indicators_judged()[part.id]))
    said = f"**{literal(one_line(part_name(part), 90))}**  \n:small[{literal(' · '.join(words))}]"
    return said + (f"  \n:violet-badge[:material/science: {_('Beispielwert')}]" if _on_examples(part) else "")


def _share_cell(part: Child) -> str:
    if isinstance(part.share, NotComputable):
        return f"**{_('nicht bewertbar')}**  \n:small[{literal(_why_not(part, part.share))}]"
    said = f"**{literal(attainment_text(part.share))}**"
    if part.uncapped is not None and part.uncapped != part.share:
        own = _("tatsächlich {anteil}", anteil=attainment_text(part.uncapped))
        said += f"  \n:small[{literal(own)}]"
    return said


def _why_not(part: Child, outcome: NotComputable) -> str:
    """A goal's reason leaves the counts to the goal's own page; an old value's date stands beside its name."""
    if part.kind == "goal":
        return total_obstacle(plan.goal_totals()[part.id]) or ""
    return (
        _("Der letzte Wert ist zu alt.")
        if outcome.reason is Obstacle.too_old
        else obstacle_sentence(outcome, language())
    )


def _on_examples(part: Child) -> bool:
    if part.kind == "goal":
        return goal_view.counts_examples(part.id)
    return with_examples() and any(one.illustrative for one in plan.indicators_judged()[part.id].targets)


def _record(part: Child) -> Goal | Indicator:
    return plan.records(Goal)[part.id] if part.kind == "goal" else plan.records(Indicator)[part.id]


def _weight_set(part: Child) -> tuple[Change, float | None]:
    """The change that gave a part its present weight, and the weight before it; None if it is the first."""
    versions = history_view.versions(part.kind, part.id)
    at = len(versions) - 1
    while at and _weight_of(versions[at].record) == _weight_of(versions[at - 1].record):
        at -= 1
    number_after = versions[at].change_number + 1
    change = plan.history(part.kind, part.id, before=number_after)[0].change
    return change, _weight_of(versions[at - 1].record) if at else None


def _weight_of(record: Record) -> float | None:
    return getattr(record, "weight", None)
