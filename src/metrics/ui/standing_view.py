"""How firm a round's ranking stands, in charts, rows and sentences; what other methods would say of it."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.charts import rank_heatmap
from metrics.domain.prioritisation.nutzwert import Ranked, in_favour
from metrics.domain.prioritisation.outranking import promethee2, topsis
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import Neighbours, ScoreSpread, Standing, front
from metrics.locale.formats import number, percent
from metrics.ui import plan, round_view
from metrics.ui.priority_view import Drawn, is_example, measure_name
from metrics.ui.session import _, dark, language
from metrics.usecases.ranking import RankedRound

PREFERENCE, INDIFFERENCE = 3.0, 1.0
"""PROMETHEE: a difference of one point is none, one of three points is full."""


@plan.remember("priority_round", "measure")
def heatmap(round_id: str, group_id: str | None, space: WeightSpace, spread: ScoreSpread) -> Drawn | None:
    """How often each measure comes to which rank; None without a ranked measure."""
    found, firm = round_view.ranked(round_id, group_id), round_view.firm(round_id, group_id, space, spread)
    if firm is None:
        return None
    rows = tuple(
        rank_heatmap.RankRow(
            id=identifier,
            label=measure_name(identifier, 60),
            probabilities=tuple(float(share) for share in shares),
            hover=sentence(found, firm, identifier),
            illustrative=is_example(found, found.result.by_id[identifier]),
        )
        for identifier, shares in zip(firm.measure_ids, firm.acceptability.acceptability, strict=True)
    )
    payload = rank_heatmap.RankHeatmap(words=_heatmap_words(), rows=rows)
    leader = sentence(found, firm, firm.measure_ids[0])
    return rank_heatmap.draw(payload, dark(), language()), rank_heatmap.table(payload), leader


def sentence(found: RankedRound, firm: Standing, measure_id: str) -> str:
    """ "M-12 liegt in 87 von 100 denkbaren Gewichtungen unter den ersten fünf." """
    count = front(found.result)
    told = {
        "titel": measure_name(measure_id),
        "anteil": number(of_a_hundred(firm.among_first(count)[measure_id]), language(), 0),
        "anzahl": count,
    }
    if count == 1:
        return _("{titel}: in {anteil} von 100 Ziehungen auf Rang 1", **told)
    if firm.acceptability.space is WeightSpace.fixed:
        return _("{titel}: in {anteil} von 100 Ziehungen unter den ersten {anzahl}", **told)
    return _("{titel}: in {anteil} von 100 denkbaren Gewichtungen unter den ersten {anzahl}", **told)


def of_a_hundred(share: float) -> int:
    """A share 0–1 as a number of a hundred; all and none are said only of all and none."""
    if share in (0.0, 1.0):
        return round(100 * share)
    return min(max(round(100 * share), 1), 99)


def flip_sentence(found: RankedRound, firm: Standing) -> str:
    """The pair of neighbours that changes places soonest, in a sentence."""
    pairs = [(place, pair) for place, pair in enumerate(firm.neighbours, 1) if pair.change is not None]
    if not pairs:
        return _("Keine Änderung eines einzelnen Gewichts vertauscht zwei Nachbarn.")
    place, pair = min(pairs, key=lambda found: abs(found[1].change or 0.0))
    if pair.change == 0:
        both = {"erste": measure_name(pair.upper, 60), "zweite": measure_name(pair.lower, 60)}
        return _("{erste} und {zweite} haben denselben Nutzwert.", **both)
    assert pair.code is not None
    told = {
        "unten": f"{place + 1}. {measure_name(pair.lower, 60)}",
        "oben": f"{place}. {measure_name(pair.upper, 60)}",
        "kriterium": found.round.criterion(pair.code).title,
        "jetzt": percent(pair.weight, language(), 1),
        "dann": percent(pair.needed, language(), 1),
        "punkte": _points(pair),
    }
    return _("{unten} überholt {oben}, wenn „{kriterium}“ statt {jetzt} {dann} wiegt ({punkte} Punkte).", **told)


def flip_rows(found: RankedRound, firm: Standing) -> list[dict[str, object]]:
    """For each pair of neighbours the single weight that turns them round soonest."""
    return [
        {
            _("Rang"): f"{place + 1} → {place}",
            _("überholt"): measure_name(pair.lower, 60),
            _("die Maßnahme"): measure_name(pair.upper, 60),
            _("wenn das Gewicht von"): found.round.criterion(pair.code).title if pair.code else _("kein einzelnes"),
            _("statt"): percent(pair.weight, language(), 1),
            _("beträgt"): percent(pair.needed, language(), 1),
            _("Punkte"): _points(pair),
        }
        for place, pair in enumerate(firm.neighbours, 1)
    ]


def _points(pair: Neighbours) -> str:
    return number(None if pair.change is None else 100 * pair.change, language(), 1, signed=True)


def favouring_rows(found: RankedRound, firm: Standing) -> list[dict[str, object]]:
    """The mean weights under which each measure is first."""
    rows: list[dict[str, object]] = []
    for identifier in firm.measure_ids:
        weights = firm.favouring(identifier)
        if weights is not None:
            shares = {found.round.criterion(code).title: percent(share, language()) for code, share in weights.items()}
            first = percent(firm.among_first(1)[identifier], language(), 1)
            rows.append({_("Maßnahme"): measure_name(identifier), _("auf Rang 1"): first, **shares})
    return rows


def shift_rows(found: RankedRound, firm: Standing) -> list[dict[str, object]]:
    """What five points more or less of each weight do."""
    return [
        {
            _("Gewicht"): found.round.criterion(shift.code).title,
            _("Änderung"): number(100 * shift.change, language(), 0, signed=True),
            _("dann auf Rang 1"): measure_name(shift.order[0]),
            _("Maßnahmen auf anderem Rang"): len(shift.moved),
        }
        for shift in firm.shifts
    ]


def other_methods(found: RankedRound) -> list[dict[str, object]]:
    """The order by TOPSIS and PROMETHEE II beside that of the Nutzwert."""
    ranking = found.result.ranking
    if not ranking:
        return []
    codes = [code for code, weight in found.result.weights.items() if weight > 0]
    weights = [found.result.weights[code] for code in codes]
    table = [[_favour(found, one, code) for code in codes] for one in ranking]
    upward = [1] * len(codes)
    closeness = [float(value) for value in topsis(table, weights, upward)]
    found_flows = promethee2(table, weights, upward, indifference=INDIFFERENCE, preference=PREFERENCE)
    flows = [float(value) for value in found_flows]
    return [
        {
            _("Maßnahme"): measure_name(one.measure_id),
            _("Nutzwert"): round_view.places_text(one),
            "TOPSIS": _place_among(closeness, place),
            _("Nähe (0–1)"): number(closeness[place], language(), 3),
            "PROMETHEE II": _place_among(flows, place),
            _("Nettofluss"): number(flows[place], language(), 3, signed=True),
        }
        for place, one in enumerate(ranking)
    ]


def _place_among(values: Sequence[float], place: int) -> int:
    return 1 + sum(round(value, 9) > round(values[place], 9) for value in values)


def _favour(found: RankedRound, one: Ranked, code: str) -> float:
    cell = one.cells[code]
    assert cell is not None  # a ranked measure has every score that counts
    return in_favour(found.round.criterion(code), cell)[0]


def _heatmap_words() -> dict[str, str]:
    return {
        "empty": _("Noch keine Maßnahme hat einen Rang."),
        "rank": _("Rang"),
        "rank_number": _("Rang {rank}", rank="{rank}"),
        "later": _("später"),
        "probability": _("Anteil der Ziehungen"),
        "likeliest": _("häufigster Rang"),
        "illustrative": _("Beispielwert"),
        "more": _("{count} weitere in der Tabelle", count="{count}"),
        "column_measure": _("Maßnahme"),
        "column_note": _("Hinweis"),
    }
