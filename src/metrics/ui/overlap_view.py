"""What the plan says about overlaps (Schnittstellen): what several measures touch, and which two share most."""

from __future__ import annotations

from metrics.domain.goals import Goal
from metrics.domain.living_labs import LivingLab
from metrics.domain.measures import Measure
from metrics.domain.scheduling.overlap import Overlaps, Pair, Shared, SharedBy, SharedKind, overlaps
from metrics.locale.formats import MISSING
from metrics.locale.words import choice
from metrics.ui import plan, schedule_view
from metrics.ui.judged import name_of
from metrics.ui.record_values import span_words
from metrics.ui.session import _, _n, language
from metrics.ui.text import one_line

Rows = list[dict[str, object]]
KINDS = ("measure", "goal", "living_lab")
MOST_PAIRS = 100
NAMED = 3


@plan.remember(*KINDS)
def counted_measures(examples: bool) -> tuple[Measure, ...]:
    """The measures that go on; real ones are not mixed with examples unless asked for, or if there is nothing real."""
    going_on = [one for one in plan.records(Measure).values() if not one.ended]
    real = [one for one in going_on if not one.illustrative]
    return tuple(going_on if examples or not real else real)


@plan.remember(*KINDS)
def left_out(examples: bool) -> int:
    """How many example measures that go on do not count."""
    return sum(not one.ended for one in plan.records(Measure).values()) - len(counted_measures(examples))


@plan.remember(*KINDS)
def found(examples: bool) -> Overlaps:
    """What the measures that go on share."""
    return overlaps(counted_measures(examples), MOST_PAIRS)


def groups_sentence(examples: bool) -> str:
    """What most measures touch, in one sentence."""
    groups = found(examples).groups
    if not groups:
        return _("Keine zwei Maßnahmen, die weitergehen, berühren dasselbe")
    most = groups[0]
    told = {"art": choice(most.shared.kind, language()), "was": shared_name(most.shared), "zahl": len(groups)}
    return _n(
        "Am meisten berührt: {art} „{was}“ mit {number} Maßnahme",
        "Am meisten berührt: {art} „{was}“ mit {number} Maßnahmen",
        len(most.measure_ids),
        **told,
    )


@plan.remember(*KINDS)
def group_rows(examples: bool) -> Rows:
    """What several measures touch, with most of them first."""
    return [
        {
            _("Art"): choice(one.shared.kind, language()),
            _("Was"): shared_name(one.shared),
            _("Zahl der Maßnahmen"): len(one.measure_ids),
            _("Maßnahmen"): _titles(one),
        }
        for one in found(examples).groups
    ]


def _titles(one: SharedBy) -> str:
    named = [schedule_view.title(key) for key in one.measure_ids[:NAMED]]
    rest = len(one.measure_ids) - NAMED
    return ", ".join([*named, *([_("{zahl} weitere", zahl=rest)] if rest > 0 else [])])


def group_choices(examples: bool) -> dict[int, str]:
    """What is touched by several, by its place in the list."""
    return {
        place: f"{choice(one.shared.kind, language())}: {shared_name(one.shared)} ({len(one.measure_ids)})"
        for place, one in enumerate(found(examples).groups)
    }


def member_lines(examples: bool, place: int) -> list[tuple[str, str]]:
    """The measures of one group as id and what is said of them: title, state, time."""
    measures = plan.records(Measure)
    ids = found(examples).groups[place].measure_ids
    return [(key, _member(measures[key])) for key in ids]


def _member(measure: Measure) -> str:
    when = span_words(measure.starts, measure.ends)
    parts = [schedule_view.title(measure.id, 80), choice(measure.state, language())]
    parts.append(when if when != MISSING else _("ohne Termin"))
    return " · ".join([*parts, *([_("Beispielwert")] if measure.illustrative else [])])


def pairs_sentence(examples: bool) -> str:
    """Which two measures share most, and how many pairs run at the same time."""
    overlaps_found = found(examples)
    pairs = overlaps_found.pairs
    if not pairs:
        return _("Keine zwei Maßnahmen haben etwas gemeinsam")
    at_once = sum(one.same_time is True for one in pairs)
    told = {"eine": schedule_view.title(pairs[0].one), "andere": schedule_view.title(pairs[0].other)}
    words = _n(
        "Am meisten gemeinsam haben „{eine}“ und „{andere}“: {number} Gemeinsamkeit.",
        "Am meisten gemeinsam haben „{eine}“ und „{andere}“: {number} Gemeinsamkeiten.",
        len(pairs[0].shared),
        **told,
    )
    if not at_once:
        return words
    more = _n("{number} Paar läuft sicher zur selben Zeit.", "{number} Paare laufen sicher zur selben Zeit.", at_once)
    return f"{words} {more}"


@plan.remember(*KINDS)
def pair_rows(examples: bool) -> Rows:
    """The pairs with most in common first, what they share, whether at the same time, and what that may mean."""
    return [
        {
            _("Maßnahme"): schedule_view.title(one.one, 45),
            _("Und"): schedule_view.title(one.other, 45),
            _("Gemeinsam"): len(one.shared),
            _("Zur selben Zeit"): _time_words(one),
            _("Zu prüfen"): _meaning(one),
            _("Was"): ", ".join(f"{choice(each.kind, language())}: {shared_name(each, 50)}" for each in one.shared),
        }
        for one in found(examples).pairs
    ]


def pairs_left_out_sentence(examples: bool) -> str:
    """How many more pairs have something in common than are listed; nothing if none."""
    more = found(examples).pairs_left_out
    return (
        _n("{number} weiteres Paar hat weniger gemeinsam.", "{number} weitere Paare haben weniger gemeinsam.", more)
        if more
        else ""
    )


def _time_words(one: Pair) -> str:
    return {True: _("ja"), False: _("nein"), None: _("unklar")}[one.same_time]


def _meaning(one: Pair) -> str:
    if one.same_time is False:
        return _("Erfahrungen weitergeben")
    return _("mögliche Synergie oder Doppelarbeit")


def shared_name(shared: Shared, most: int = 80) -> str:
    """What is shared, in words."""
    if shared.kind is SharedKind.goal:
        goal = plan.records(Goal).get(shared.name)
        return one_line(name_of(goal), most) if goal else shared.name
    if shared.kind is SharedKind.living_lab:
        lab = plan.records(LivingLab).get(shared.name)
        return one_line(name_of(lab), most) if lab else shared.name
    return one_line(shared.name, most)
