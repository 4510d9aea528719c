"""How the groups of a round judge, how far they agree, and where they lie apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metrics.charts import group_dots
from metrics.domain.prioritisation.nutzwert import LEAST_RATERS
from metrics.domain.prioritisation.standing import alone
from metrics.locale.formats import MISSING, number
from metrics.ui import plan, round_view
from metrics.ui.priority_view import Drawn, is_example, measure_name
from metrics.ui.record_titles import title_of
from metrics.ui.session import _, dark, language


@plan.remember("priority_round", "measure", "rater_group")
def groups(round_id: str) -> Drawn:
    """Each group's Nutzwert of each measure."""
    found = round_view.ranked(round_id)
    of_group = alone(found.round, found.ratings)
    rows = tuple(
        group_dots.DotRow(
            id=one.measure_id,
            label=measure_name(one.measure_id, 60),
            values={group: result.by_id[one.measure_id].utility for group, result in of_group.items()},
            overall=one.utility,
            illustrative=is_example(found, one),
        )
        for one in found.result.measures
    )
    payload = group_dots.GroupDots(
        words=_dots_words(),
        groups=tuple(group_dots.RaterGroup(group, title_of("rater_group", group)) for group in found.round.groups),
        rows=rows,
    )
    return group_dots.draw(payload, dark(), language()), group_dots.table(payload), _furthest(rows)


def _furthest(rows: Iterable[group_dots.DotRow]) -> str:
    spread = {row.label: _width(row.values) for row in rows if _known(row.values) > 1}
    if not spread:
        return _("Noch keine zwei Gruppen lassen sich vergleichen")
    if not max(spread.values()):
        return _("Die Gruppen urteilen gleich")
    label = max(spread, key=lambda name: spread[name])
    return _(
        "Am weitesten auseinander: {titel} ({punkte} Punkte)",
        titel=label,
        punkte=number(spread[label], language(), 1),
    )


def _known(values: Mapping[str, float | None]) -> int:
    return sum(value is not None for value in values.values())


def _width(values: Mapping[str, float | None]) -> float:
    known = [value for value in values.values() if value is not None]
    return max(known) - min(known) if len(known) > 1 else 0.0


@plan.remember("priority_round", "rater_group")
def agreement_rows(round_id: str) -> list[dict[str, object]]:
    """Kendall's W of all raters and of each group, or why there is none."""
    found = round_view.ranked(round_id)
    of_group = alone(found.round, found.ratings)
    results = {_("Alle"): found.result} | {title_of("rater_group", group): one for group, one in of_group.items()}
    return [
        {
            _("Gruppe"): name,
            _("Bewertende"): result.raters,
            _("vollständig"): result.complete,
            _("Kendalls W"): number(result.concordance.w, language(), 2) if result.concordance else MISSING,
            "p": number(result.concordance.p, language(), 3) if result.concordance else MISSING,
            _("Einigkeit"): _agreement_word(result.concordance.w if result.concordance else None, result.complete),
        }
        for name, result in results.items()
    ]


def _agreement_word(w: float | None, complete: int) -> str:
    if w is None and complete < LEAST_RATERS:
        return _("unter drei vollständigen Bewertungen: kein W, nur die Unterschiede")
    if w is None:
        return _("alle Maßnahmen gleich bewertet: kein W")
    if w < 0.3:
        return _("gering: besprechen, nicht mitteln")
    return _("teilweise") if w <= 0.7 else _("stark")


def _dots_words() -> dict[str, str]:
    return {
        "empty": _("Noch keine Maßnahme hat einen Rang."),
        "total": _("Nutzwert (0–10)"),
        "overall": _("Gesamt"),
        "no_value": _("nicht bewertbar"),
        "illustrative": _("Beispielwert"),
        "more": _("{count} weitere in der Tabelle", count="{count}"),
        "column_measure": _("Maßnahme"),
        "column_overall": _("Gesamt"),
        "column_spread": _("Abstand"),
        "column_note": _("Hinweis"),
    }
