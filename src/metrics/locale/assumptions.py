"""What limits and a choice take for granted, in words: who counts how, who is left out, what is not held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metrics.domain.portfolio.from_plan import PlanProblem, Unheld
from metrics.locale.catalogue import translate, translate_plural
from metrics.locale.formats import euros
from metrics.locale.limits import NAMED, Names, estimated_sentence, left_out_sentences, money_list, unheld_sentence


def assumption_sentences(plan: PlanProblem, rated: bool, names: Names) -> list[str]:
    """All of it, in the order in which it matters; empty where nothing has to be assumed.

    `rated`: whether the values of measures come from a round.
    """
    told = [
        estimated_sentence(plan.estimated, rated, names),
        *left_out_sentences(plan.left_out, names),
        money_aside_sentence(plan.money_aside, names),
        *unheld_sentences(plan.unheld, names),
    ]
    return [one for one in told if one]


def money_aside_sentence(money_aside: Mapping[str, float], names: Names) -> str | None:
    """Planned euros that are held against no pot, and why; None if there are none."""
    if not money_aside:
        return None
    largest = dict(sorted(money_aside.items(), key=lambda item: (-item[1], item[0])))
    return translate(
        "{betrag} sind gegen keinen Topf gerechnet, weil die Maßnahme im Jahr dieses Geldes keine Zeit mehr braucht: "
        "{massnahmen}",
        names.language,
        betrag=euros(round(sum(largest.values())), names.language),
        massnahmen=money_list(largest, names),
    )


def unheld_sentences(unheld: Sequence[Unheld], names: Names) -> list[str]:
    """The first dependencies that lead nowhere, and how many more there are."""
    lines = [unheld_sentence(one, names) for one in unheld[:NAMED]]
    rest = len(unheld) - NAMED
    if rest > 0:
        lines.append(
            translate_plural(
                "{number} weitere Abhängigkeit ist aus demselben Grund nicht geprüft.",
                "{number} weitere Abhängigkeiten sind aus demselben Grund nicht geprüft.",
                rest,
                names.language,
            )
        )
    return lines
