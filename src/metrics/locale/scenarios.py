"""Scenarios in words: what is changed, what it means, and what differs in a proposed change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrics.domain.portfolio.comparison import Outlook
from metrics.domain.portfolio.plan_inputs import Consequence, ConsequenceKind
from metrics.domain.scenarios import Scenario, ScenarioChange, ScenarioEffect
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import MISSING, euros, number, partial_date, percent
from metrics.locale.limits import Names, lack_told, period_name

LEAST_DAYS, LEAST_EUROS, LEAST_VALUE = 0.05, 0.5, 0.005
"""Differences below these vanish when they are read."""


def change_sentence(change: ScenarioChange, names: Names) -> str:
    """What a change of a scenario does, and for how long."""
    sentence = _change(change, names)
    span = _span(change, names.language)
    return f"{sentence} ({span})" if span else sentence


def _change(change: ScenarioChange, names: Names) -> str:
    language, amount = names.language, change.amount or 0.0
    told: dict[str, object] = {
        "gruppe": names.groups.get(change.group_id or "", change.group_id),
        "titel": names.measure(change.measure_id or ""),
        "topf": names.pots.get(change.pot_id or "", change.pot_id),
    }
    if change.effect is ScenarioEffect.posts:
        told["stellen"] = number(abs(amount), language)
        if amount < 0:
            return translate("{gruppe}: {stellen} VZÄ weniger", language, **told)
        return translate("{gruppe}: {stellen} VZÄ mehr", language, **told)
    if change.effect is ScenarioEffect.base_load:
        told["anteil"] = percent(abs(amount), language)
        if change.group_id is None:
            told["gruppe"] = translate("alle Gruppen", language)
        if amount < 0:
            return translate("{gruppe}: {anteil} weniger Grundlast", language, **told)
        return translate("{gruppe}: {anteil} mehr Grundlast", language, **told)
    if change.effect is ScenarioEffect.groups_merged:
        told["andere"] = names.groups.get(change.into_group_id or "", change.into_group_id)
        return translate("{gruppe} geht in {andere} auf", language, **told)
    if change.effect is ScenarioEffect.funding_ends:
        return translate("{topf}: Förderung endet", language, **told)
    if change.effect is ScenarioEffect.funding:
        told["betrag"] = euros(abs(amount), language)
        if amount < 0:
            return translate("{topf}: {betrag} im Jahr weniger", language, **told)
        return translate("{topf}: {betrag} im Jahr mehr", language, **told)
    if change.effect is ScenarioEffect.measure_stopped:
        return translate("„{titel}“ wird eingestellt", language, **told)
    if change.effect is ScenarioEffect.measure_postponed:
        return translate_plural(
            "„{titel}“ beginnt {number} Quartal später",
            "„{titel}“ beginnt {number} Quartale später",
            change.quarters or 0,
            language,
            **told,
        )
    return translate("Ruhebetrieb: Nur Pflichtmaßnahmen gehen weiter", language)


def _span(change: ScenarioChange, language: Language) -> str:
    told = {"von": partial_date(change.starts, language), "bis": partial_date(change.until, language)}
    if change.starts and change.until:
        return translate("von {von} bis {bis}", language, **told)
    if change.starts:
        return translate("ab {von}", language, von=told["von"])
    return translate("bis {bis}", language, bis=told["bis"]) if change.until else ""


def consequence_sentence(found: Consequence, names: Names) -> str:
    """What a scenario means for a record."""
    language = names.language
    told: dict[str, object] = {
        "titel": names.measure(found.measure_id or found.id),
        "gruppe": names.groups.get(found.id, found.id),
        "tage": number(found.person_days, language, 1),
        "betrag": euros(round(found.euros), language),
        "stellen": number(abs(found.change.amount or 0.0), language),
        "da": number(abs(found.change.amount or 0.0) - found.fte, language),
    }
    if found.outcome is ConsequenceKind.stopped:
        return translate("„{titel}“ fällt weg ({tage} Personentage, {betrag})", language, **told)
    if found.outcome in (ConsequenceKind.moved, ConsequenceKind.paused):
        singular, plural = (
            ("„{titel}“ verschiebt sich um {number} Monat", "„{titel}“ verschiebt sich um {number} Monate")
            if found.outcome is ConsequenceKind.moved
            else ("„{titel}“ ruht {number} Monat", "„{titel}“ ruht {number} Monate")
        )
        return translate_plural(singular, plural, found.months, language, **told)
    if found.outcome is ConsequenceKind.money_lost:
        return translate("„{titel}“ verliert {betrag}", language, **told)
    if found.outcome is ConsequenceKind.merged:
        return translate("{gruppe} gibt es nicht mehr für sich", language, **told)
    if found.outcome is ConsequenceKind.no_time_left:
        return translate("{gruppe} hat keine Zeit mehr für Maßnahmen", language, **told)
    return translate("{gruppe}: Es sollen {stellen} VZÄ gehen, da sind nur {da}", language, **told)


@dataclass(frozen=True, slots=True)
class Figures:
    """A plan or scenario in words, for a table and for print: the same rows for each."""

    peak: str
    overload: str
    fte: str
    shortfall: str
    goal_effect: str


def figures(found: Outlook, names: Names) -> Figures:
    """The figures of an outlook as they are read."""
    language = names.language
    return Figures(
        peak=_peak(found, names),
        overload=_overload(found, language),
        fte=MISSING if found.missing_fte is None else lack_told(found.missing_fte, language),
        shortfall=euros(round(found.shortfall), language),
        goal_effect=number(found.goal_effect.total, language, 2),
    )


def _overload(found: Outlook, language: Language) -> str:
    if found.overloads == 0:
        return translate("keine Überlast", language)
    return translate_plural(
        "{tage} Personentage an {number} Stelle",
        "{tage} Personentage an {number} Stellen",
        found.overloads,
        language,
        tage=number(found.excess_days, language, 1),
    )


def _share(found: Outlook, language: Language) -> str:
    """The highest load; a demand where there is no time at all has no share."""
    if found.peak is None:
        return MISSING
    return translate("keine Zeit da", language) if found.peak.share is None else percent(found.peak.share, language)


def _peak(found: Outlook, names: Names) -> str:
    if found.peak is None:
        return MISSING
    told = {
        "anteil": _share(found, names.language),
        "gruppe": names.groups.get(found.peak.group_id, found.peak.group_id),
        "zeit": period_name(found.peak.period, names.language),
    }
    return translate("{anteil} ({gruppe}, {zeit})", names.language, **told)


def figure_labels(language: Language) -> Figures:
    """What the figures are called."""
    return Figures(
        peak=translate("Höchste Auslastung", language),
        overload=translate("Überlast", language),
        fte=translate("Fehlende Vollzeitkräfte", language),
        shortfall=translate("Fehlendes Geld", language),
        goal_effect=translate("Wirkung auf die Ziele (Nutzwert)", language),
    )


def summary(found: Outlook, plan: Outlook, names: Names) -> Iterator[str]:
    """How a scenario differs from the plan, in short sentences; nothing where it is the same."""
    language = names.language
    days = found.excess_days - plan.excess_days
    if abs(days) >= LEAST_DAYS:
        told = {"tage": number(abs(days), language, 1)}
        if days > 0:
            yield translate("{tage} Personentage mehr Überlast", language, **told)
        else:
            yield translate("{tage} Personentage weniger Überlast", language, **told)
    peaks = [_share(one, language) for one in (found, plan)]
    if peaks[0] != peaks[1]:
        yield translate("höchste Auslastung {neu} statt {alt}", language, neu=peaks[0], alt=peaks[1])
    money = found.shortfall - plan.shortfall
    if abs(money) >= LEAST_EUROS:
        told = {"betrag": euros(round(abs(money)), language)}
        if money > 0:
            yield translate("es fehlen {betrag} mehr", language, **told)
        else:
            yield translate("es fehlen {betrag} weniger", language, **told)
    effect = None if plan.goal_effect.total is None else (found.goal_effect.total or 0.0) - plan.goal_effect.total
    if effect is not None and abs(effect) >= LEAST_VALUE:
        told = {"wert": number(abs(effect), language, 2)}
        if effect < 0:
            yield translate("{wert} Nutzwert weniger", language, **told)
        else:
            yield translate("{wert} Nutzwert mehr", language, **told)


def headline(plan: Outlook, others: Sequence[tuple[Scenario, Outlook]], language: Language) -> str:
    """What scenarios come to: how many mend the overload, and which of them at no loss that is counted."""
    count = len(others)
    first = translate_plural(
        "{number} Szenario gegen den Plan gehalten", "{number} Szenarien gegen den Plan gehalten", count, language
    )
    parts = _effects_on_overload(plan, [found for _scenario, found in others], language)
    sentence = f"{first}: {', '.join(parts)}."
    if plan.excess_days < LEAST_DAYS:
        return sentence
    lossless = [
        _with_what_it_takes(scenario, language)
        for scenario, found in others
        if found.excess_days < plan.excess_days - LEAST_DAYS and not _loses(found, plan)
    ]
    if not lossless:
        return sentence + " " + translate("Keines mindert sie ohne Verlust an Nutzwert oder Geld.", language)
    told = {"titel": ", ".join(lossless)}
    return sentence + " " + translate("Ohne Verlust an Nutzwert oder Geld mindern sie: {titel}.", language, **told)


def _with_what_it_takes(scenario: Scenario, language: Language) -> str:
    """A scenario's title; what new posts cost stands in no pot, and that has to be said."""
    if adds_posts(scenario):
        return translate("„{titel}“ (die Kosten der Stellen nicht gerechnet)", language, titel=scenario.title)
    return translate("„{titel}“", language, titel=scenario.title)


def adds_posts(scenario: Scenario) -> bool:
    """Whether somebody would have to be paid who is not there yet."""
    return any(one.effect is ScenarioEffect.posts and (one.amount or 0.0) > 0 for one in scenario.changes)


def _loses(found: Outlook, plan: Outlook) -> bool:
    """Whether a scenario costs effect on goals, or leaves more money missing."""
    effect = (plan.goal_effect.total or 0.0) - (found.goal_effect.total or 0.0)
    return effect >= LEAST_VALUE or found.shortfall - plan.shortfall >= LEAST_EUROS


def _effects_on_overload(plan: Outlook, others: Sequence[Outlook], language: Language) -> Iterator[str]:
    differences = [one.excess_days - plan.excess_days for one in others]
    over = plan.excess_days >= LEAST_DAYS
    gone = sum(over and one.excess_days < LEAST_DAYS for one in others)
    less = sum(difference <= -LEAST_DAYS for difference in differences) - gone
    more = sum(difference >= LEAST_DAYS for difference in differences)
    if gone:
        yield translate_plural(
            "{number} nimmt die Überlast ganz weg", "{number} nehmen die Überlast ganz weg", gone, language
        )
    if less:
        yield translate_plural("{number} mindert die Überlast", "{number} mindern die Überlast", less, language)
    if more:
        yield translate_plural("{number} vergrößert die Überlast", "{number} vergrößern die Überlast", more, language)
    same = len(others) - gone - less - more
    if same and not over:
        yield translate_plural("{number} bleibt ohne Überlast", "{number} bleiben ohne Überlast", same, language)
    elif same:
        yield translate_plural(
            "{number} ändert an der Überlast nichts", "{number} ändern an der Überlast nichts", same, language
        )
