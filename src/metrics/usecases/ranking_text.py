"""A judged round as text to print: what it was judged by, the ranking, how firm it stands, how far raters agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from metrics.domain.measures import Measure
from metrics.domain.prioritisation.nutzwert import LEAST_RATERS, METHOD, Ranked
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import Neighbours, ScoreSpread, Standing, front
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import MISSING, number, percent
from metrics.locale.words import choice, record_title
from metrics.store.ledger import Store
from metrics.usecases.ranking import RankedRound, fingerprint


def ranking_as_text(
    store: Store, found: RankedRound, space: WeightSpace, spread: ScoreSpread, language: Language = "de"
) -> str:
    """The result of a round in sentences and one line for each measure."""
    names = {measure.id: record_title(measure, language) for measure in store.records(Measure)}
    return "\n".join(_lines(found, found.standing(space, spread), names, language)) + "\n"


def _lines(found: RankedRound, firm: Standing | None, names: Mapping[str, str], language: Language) -> Iterator[str]:
    round_, result = found.round, found.result
    yield f"{round_.id} {round_.title} ({choice(round_.state, language)})"
    told = {"methode": METHOD, "nummer": found.change_number, "summe": fingerprint(round_, found.ratings)[:16]}
    yield translate("Methode {methode}, Stand des Plans: Änderung {nummer}, Prüfsumme {summe} …", language, **told)
    if round_.illustrative:
        if found.ratings_invented:
            yield translate("Kriterien und Bewertungen dieser Runde sind Beispielwerte.", language)
        else:
            yield translate("Die Kriterien dieser Runde sind Beispielwerte; die Bewertungen sind es nicht.", language)
    yield translate("{alle} Bewertende, {ganz} vollständig", language, alle=result.raters, ganz=result.complete)
    shares = (f"{one.title} {percent(result.weights[one.code], language, 1)}" for one in round_.criteria if one.counts)
    yield translate("Gewichte: {gewichte}", language, gewichte=" · ".join(shares))
    yield _agreement(found, language)
    yield ""
    first = firm.among_first(front(result)) if firm else {}
    for one in result.measures:
        yield _line(found, one, names, first.get(one.measure_id), language)
    if firm:
        yield ""
        told = {"ziehungen": number(firm.acceptability.draws, language, 0), "saat": firm.acceptability.seed}
        yield translate("Robustheit: {ziehungen} Ziehungen, Saat {saat}", language, **told)
        for place, pair in enumerate(firm.neighbours, 1):
            yield _flip(found, pair, place, language)


def _line(found: RankedRound, one: Ranked, names: Mapping[str, str], first: float | None, language: Language) -> str:
    rank = "–".join(str(place) for place in dict.fromkeys(one.places)) if one.places else MISSING
    words = [f"{rank}. {one.measure_id} {names.get(one.measure_id, '')}".rstrip()]
    if one.utility is not None:
        words.append(translate("Nutzwert {wert}", language, wert=number(one.utility, language, 2)))
    if first is not None:
        told = {"anteil": percent(first, language), "anzahl": front(found.result)}
        if told["anzahl"] == 1:
            words.append(translate("{anteil} auf Rang 1", language, **told))
        else:
            words.append(translate("{anteil} unter den ersten {anzahl}", language, **told))
    titles = {criterion.code: criterion.title for criterion in found.round.criteria}
    words += [translate("niemand bewertete: {kriterium}", language, kriterium=titles[code]) for code in one.missing]
    words += [translate("K.-o.: {kriterium}", language, kriterium=titles[code]) for code in one.knocked_out]
    return " · ".join(words)


def _agreement(found: RankedRound, language: Language) -> str:
    concordance = found.result.concordance
    if concordance is None and found.result.complete >= LEAST_RATERS:
        return translate("Einigkeit: kein W, weil alle Maßnahmen gleich bewertet sind", language)
    if concordance is None:
        return translate("Einigkeit: kein W (dafür braucht es drei vollständige Bewertungen)", language)
    told = {"w": number(concordance.w, language, 2), "p": number(concordance.p, language, 3)}
    return translate("Einigkeit: Kendalls W {w}, p {p}", language, **told)


def _flip(found: RankedRound, pair: Neighbours, place: int, language: Language) -> str:
    told: dict[str, object] = {"unten": f"{place + 1}. {pair.lower}", "oben": f"{place}. {pair.upper}"}
    if pair.code is None:
        return translate("{unten} überholt {oben} durch keine Änderung eines einzelnen Gewichts.", language, **told)
    told |= {
        "kriterium": found.round.criterion(pair.code).title,
        "jetzt": percent(pair.weight, language, 1),
        "dann": percent(pair.needed, language, 1),
        "punkte": number(100 * (pair.change or 0.0), language, 1, signed=True),
    }
    return translate(
        "{unten} überholt {oben}, wenn „{kriterium}“ statt {jetzt} {dann} wiegt ({punkte} Punkte).", language, **told
    )
