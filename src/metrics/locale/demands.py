"""What a target asks for, in words: "höchstens 7,0 % bis 2028", "nicht unter Nordrhein-Westfalen"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from metrics.domain.demands import Demand, SpreadBelow
from metrics.domain.indicators import Direction, Indicator
from metrics.domain.progress.outcome import Scale
from metrics.locale.catalogue import Language, lookup, translate
from metrics.locale.formats import difference, number, partial_date, percent, quantity
from metrics.locale.names import choice

_PERCENT = "%"


def demand_text(indicator: Indicator, demand: Demand, language: Language, decimals: int | None = None) -> str:
    """What is asked for and by when: by a date, or every year."""
    aim = demand_aim(indicator, demand, language, decimals)
    every_year = lookup(f"demand.{demand.demand}.repeated", language)
    return translate(f"demand.{demand.demand}.repeated", language, aim=aim) if every_year else aim


def demand_aim(indicator: Indicator, demand: Demand, language: Language, decimals: int | None = None) -> str:
    """What is asked for, with its date if there is one."""
    phrase, due = demand_phrase(indicator, demand, language, decimals), getattr(demand, "due", None)
    return translate("reason.target_by", language, bound=phrase, due=partial_date(due, language)) if due else phrase


def demand_phrase(indicator: Indicator, demand: Demand, language: Language, decimals: int | None = None) -> str:
    """What is asked for, without its date."""
    words = _words(indicator, demand, language, decimals)
    if "value" in words:
        words["bound"] = bound_phrase(words["value"], -1 if indicator.direction is Direction.lower else 1, language)
    return _spoken("demand", demand, language, words)


def demand_subject(indicator: Indicator, demand: Demand, language: Language) -> str:
    """What a demand speaks of: "Der Wert", "Der Abstand zu Nordrhein-Westfalen"."""
    return _spoken("subject", demand, language, _words(indicator, demand, language, None))


def bound_phrase(value: str, sign: int, language: Language) -> str:
    """ "mindestens 7,0 %" where more is better, "höchstens 7,0 %" where less is."""
    return translate(f"reason.{'at_most' if sign < 0 else 'at_least'}", language, value=value)


def amount(
    value: float, scale: Scale, indicator: Indicator, language: Language, decimals: int, *, signed: bool = False
) -> str:
    """A number of a judgement in what it stands in: the indicator's unit, a difference of two values, or per cent."""
    if scale is Scale.own:
        return quantity(value, indicator.unit, language, decimals, signed=signed)
    if scale is Scale.percent:
        return quantity(value, _PERCENT, language, decimals, signed=signed)
    return difference(value, indicator.unit, language, decimals, signed=signed)


def change(value: float, scale: Scale, indicator: Indicator, language: Language, decimals: int) -> str:
    """A difference of two such numbers, without its sign."""
    return difference(abs(value), _PERCENT if scale is Scale.percent else indicator.unit, language, decimals)


def _spoken(what: str, demand: Demand, language: Language, words: Mapping[str, str]) -> str:
    """The words for a kind, or for the one of its choices that was made ("demand.against_benchmark.above")."""
    tag = demand.demand
    chosen = next((value.value for _, value in demand if isinstance(value, StrEnum)), "")
    keys = ([f"{what}.{tag}.{chosen}"] if chosen else []) + [f"{what}.{tag}", f"{what}.any"]
    key = next(key for key in keys if lookup(key, language))
    return translate(key, language, **words)


def _words(indicator: Indicator, demand: Demand, language: Language, decimals: int | None) -> dict[str, str]:
    """Every field of the demand in words, by its name."""
    own = decimals if decimals is not None else None

    def value(found: float) -> str:
        shown = difference if isinstance(demand, SpreadBelow) else quantity
        return shown(found, indicator.unit, language, _decimals(found, indicator.decimals) if own is None else own)

    readers: dict[str, Callable[[Any], str]] = {
        **dict.fromkeys(("value", "lower", "upper", "whole", "base_value", "baseline"), value),
        "tolerance": lambda found: difference(found, indicator.unit, language),
        "percent": lambda found: quantity(found, _PERCENT, language),
        "share": lambda found: percent(found, language),
        "years": lambda found: number(found, language, 0),
        "territory": str,
        "territories": ", ".join,
        "text": str,
        **dict.fromkeys(("base_period", "starts"), lambda found: partial_date(found, language)),
        **dict.fromkeys(("stages", "criteria"), lambda found: number(len(found), language, 0)),
    }
    words = {name: readers[name](found) for name, found in demand if name in readers and found is not None}
    words["direction"] = choice(indicator.direction, language)
    words["last_stage"] = demand.stages[-1].title if hasattr(demand, "stages") else ""
    if not words.get("territories", ""):
        words["territories"] = translate("demand.all_territories", language)
    return words


def _decimals(value: float, at_least: int) -> int:
    """Never fewer decimals than a value was given with, at most four."""
    return max(at_least, len(f"{value:.4f}".rstrip("0").partition(".")[2]))
