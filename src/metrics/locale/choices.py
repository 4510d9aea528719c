"""A choice of measures in words: how good it is, what is full, what each measure left out would displace."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from metrics.domain.portfolio.choice import PROVEN_GAP, Choice, Progress, Status
from metrics.domain.portfolio.conflict import Conflict, ConflictKind
from metrics.domain.portfolio.from_plan import POT
from metrics.domain.portfolio.problem import Problem
from metrics.domain.portfolio.reasons import Binding, Hindrance, Rejection
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import euros, number, percent
from metrics.locale.limits import Names, bucket_name, listed, overload_sentence


def gap_words(gap: float, language: Language) -> str:
    """How much better a choice can be at most; "proven best" only up to a gap of 0.01 %."""
    if gap <= PROVEN_GAP:
        return translate("bewiesen bestmöglich", language)
    if not math.isfinite(gap):
        return translate("wie viel besser möglich ist, weiß noch niemand", language)
    upwards = math.ceil(gap * 1000) / 1000  # a gap is never told smaller than it is
    return translate("höchstens {anteil} besser möglich", language, anteil=percent(upwards, language, 1))


def choice_sentence(choice: Choice, problem: Problem, language: Language) -> str:
    """How many measures are taken, what they add up to, and how sure that is."""
    if choice.status is Status.infeasible:
        return translate("Was Pflicht oder festgelegt ist, passt nicht zusammen.", language)
    if choice.status is Status.no_solution_found:
        return translate("In der gegebenen Zeit wurde keine Auswahl gefunden. Geben Sie mehr Zeit.", language)
    return translate_plural(
        "{number} von {alle} Maßnahmen passt in den Plan: Nutzwert {wert}, {sicher}.",
        "{number} von {alle} Maßnahmen passen in den Plan: Nutzwert {wert}, {sicher}.",
        len(choice.starts),
        language,
        alle=len(problem.candidates),
        wert=number(choice.value, language, 2),
        sicher=gap_words(choice.gap, language),
    )


def progress_sentence(progress: Progress | None, seconds: float, language: Language) -> str:
    """How far a search is."""
    if progress is None or progress.value is None:
        return translate("Die erste Auswahl wird gesucht …", language)
    told = {
        "zeit": number(progress.seconds, language, 0),
        "alle": number(seconds, language, 0),
        "wert": number(progress.value, language, 2),
        "sicher": gap_words(progress.gap, language),
    }
    return translate("{zeit} von höchstens {alle} Sekunden: Nutzwert {wert}, {sicher}", language, **told)


def binding_sentence(found: Binding, problem: Problem, names: Names) -> str:
    """A full bucket, how much is left of it, and who would have needed it."""
    told: dict[str, object] = {"wo": bucket_name(found.bucket, problem, names)}
    told["frei"] = _amount(found.bucket.resource_id, found.free, names.language)
    if not found.wanted_by:
        return translate("{wo}: ausgeschöpft", names.language, **told)
    wanted = [
        f"{names.measure(one)} {_amount(found.bucket.resource_id, amount, names.language)}"
        for one, amount in found.wanted_by.items()
    ]
    return translate(
        "{wo}: noch {frei} frei, gebraucht hätten {massnahmen}",
        names.language,
        massnahmen=listed(wanted, names),
        **told,
    )


def rejection_sentence(found: Rejection, problem: Problem, names: Names) -> str:
    """What a measure left out would displace."""
    language = names.language
    if found.obstacle is Hindrance.not_known:
        return translate("in der Zeit nicht geklärt", language)
    if found.obstacle is Hindrance.impossible:
        if found.conflict is None:
            return translate("passt auf keinen Platz", language)
        return translate(
            "unmöglich: {warum}", language, warum="; ".join(conflict_lines(found.conflict, problem, names))
        )
    parts = list(_displaced(found, names))
    if found.obstacle is Hindrance.fits and not parts:
        return translate("fände Platz, brächte aber keinen Nutzwert", language)
    if found.loss > 0:
        parts.append(translate("{wert} Nutzwert weniger", language, wert=number(found.loss, language, 2)))
    if not found.is_least:
        parts.append(translate("vielleicht ginge es mit weniger", language))
    return "; ".join(parts)


def stopped_sentence(stopped: Iterable[str], names: Names) -> str | None:
    """Measures at work that a choice leaves out; None if there are none."""
    titles = [names.measure(one) for one in sorted(stopped)]
    if not titles:
        return None
    return translate_plural(
        "{number} Maßnahme, die schon läuft, wäre nicht mehr dabei: {massnahmen}",
        "{number} Maßnahmen, die schon laufen, wären nicht mehr dabei: {massnahmen}",
        len(titles),
        names.language,
        massnahmen=listed(titles, names),
    )


def _displaced(found: Rejection, names: Names) -> Iterator[str]:
    language = names.language
    if found.drops:
        titles = listed([names.measure(one) for one in found.drops], names)
        yield translate("verdrängt {massnahmen}", language, massnahmen=titles)
    if found.moves:
        moved = [
            translate("{titel} auf {zeit}", language, titel=names.measure(one), zeit=names.period(to))
            for one, (_start, to) in found.moves.items()
        ]
        yield translate("verschiebt {massnahmen}", language, massnahmen=listed(moved, names))
    if found.adds:
        titles = listed([names.measure(one) for one in found.adds], names)
        yield translate("bringt mit {massnahmen}", language, massnahmen=titles)


def conflict_lines(found: Conflict, problem: Problem, names: Names) -> list[str]:
    """Measures that have to be taken and cannot all be, and what they break."""
    language, titles = names.language, listed([names.measure(one) for one in found.measures], names)
    lines = [_conflict(found, titles, names)]
    lines += [overload_sentence(one, problem, names) for one in found.overloads]
    for pairs, words in (
        (
            found.after,
            translate("„{titel}“ beginnt erst nach „{andere}“", language, titel="{titel}", andere="{andere}"),
        ),
        (found.requires, translate("„{titel}“ braucht „{andere}“", language, titel="{titel}", andere="{andere}")),
        (found.excludes, translate("„{titel}“ schließt „{andere}“ aus", language, titel="{titel}", andere="{andere}")),
    ):
        lines += [words.format(titel=names.measure(one), andere=names.measure(other)) for one, other in pairs]
    if not found.is_smallest:
        lines.append(translate("Vielleicht genügt schon ein Teil davon; das ist nicht bewiesen.", language))
    return lines


def _conflict(found: Conflict, titles: str, names: Names) -> str:
    language = names.language
    if found.kind is ConflictKind.window:
        return translate("{massnahmen}: länger als das eigene Zeitfenster", language, massnahmen=titles)
    if found.kind is ConflictKind.circle:
        circle = " → ".join(names.measure(one) for one in found.circle)
        return translate("warten aufeinander im Kreis: {massnahmen}", language, massnahmen=circle)
    if found.kind is ConflictKind.exclusion:
        return translate("schließen sich aus: {massnahmen}", language, massnahmen=titles)
    if found.kind is ConflictKind.order:
        return translate("passen nicht nacheinander in die Zeit: {massnahmen}", language, massnahmen=titles)
    if found.kind is ConflictKind.at_once:
        told = {"massnahmen": titles, "grenze": found.at_once}
        return translate("liefen zugleich, erlaubt sind {grenze}: {massnahmen}", language, **told)
    if len(found.measures) == 1:
        return translate("braucht mehr, als da ist: {massnahmen}", language, massnahmen=titles)
    return translate("brauchen zusammen mehr, als da ist: {massnahmen}", language, massnahmen=titles)


def _amount(resource_id: str, amount: float, language: Language) -> str:
    if resource_id.startswith(POT):
        return euros(round(amount), language)
    return translate("{tage} Personentage", language, tage=number(amount, language, 1))


def measures_in_order(starts: Sequence[tuple[str, int]]) -> list[str]:
    """Measures by their start, then by id."""
    return [identifier for identifier, start in sorted(starts, key=lambda pair: (pair[1], pair[0]))]
