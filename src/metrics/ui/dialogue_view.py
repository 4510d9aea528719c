"""The dialogue in words: how contributions stand, what they are about, and how well the office deals with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from metrics.domain.base import Record
from metrics.domain.dialogue import FEWEST, Counterflow, answer_due, counterflow, days_late, open_first
from metrics.domain.goals import Goal
from metrics.domain.measures import Measure
from metrics.domain.upkeep import Contribution, ContributionOrigin, ContributionState
from metrics.locale.formats import day, percent
from metrics.locale.words import choice
from metrics.ui import cards, navigation, plan
from metrics.ui.judged import name_of
from metrics.ui.session import _, _n, language, today, with_examples
from metrics.ui.text import literal, one_line

MOST_SHOWN = 5
"""Contributions on the page of a measure or goal."""
STATE_ICONS: Mapping[ContributionState, str] = {
    ContributionState.open: ":material/forum:",
    ContributionState.adopted: ":material/check_circle:",
    ContributionState.not_adopted: ":material/do_not_disturb_on:",
}
STATE_COLOURS: Mapping[ContributionState, Any] = {
    ContributionState.open: "blue",
    ContributionState.adopted: "green",
    ContributionState.not_adopted: "gray",
}


@dataclass(frozen=True, slots=True)
class DialogueFilter:
    """What to look for; an empty part asks for nothing. `answered`: only answered ones, only open ones, or all."""

    text: str = ""
    answered: bool | None = None
    origins: tuple[str, ...] = ()
    owner: str | None = None

    def fits(self, one: Contribution) -> bool:
        """Whether a contribution is looked for."""
        found = f"{one.title} {one.text}".casefold()
        return (
            all(word in found for word in self.text.casefold().split())
            and (self.answered is None or self.answered is (one.state is not ContributionState.open))
            and (not self.origins or one.origin in self.origins)
            and (not self.owner or one.owner == self.owner)
        )


@plan.remember("contribution", "measure", "goal")
def about_of(one: Contribution) -> tuple[tuple[str, str, str], ...]:
    """(kind, id, title) of what a contribution is about: measures, then goals."""
    return titled(one.measure_ids, one.goal_ids)


def titled(measure_ids: tuple[str, ...], goal_ids: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """(kind, id, title) of measures and goals; of what was withdrawn meanwhile the id."""
    known: dict[str, Mapping[str, Record]] = {"measure": plan.records(Measure), "goal": plan.records(Goal)}
    named = [("measure", each) for each in measure_ids] + [("goal", each) for each in goal_ids]
    return tuple((kind, each, name_of(known[kind][each]) if each in known[kind] else each) for kind, each in named)


@plan.remember("contribution")
def by_subject() -> dict[tuple[str, str], tuple[Contribution, ...]]:
    """The contributions on each measure and goal, the open ones first."""
    found: dict[tuple[str, str], list[Contribution]] = defaultdict(list)
    for one in open_first(plan.records(Contribution).values(), today()):
        for kind, identifiers in (("measure", one.measure_ids), ("goal", one.goal_ids)):
            for identifier in identifiers:
                found[kind, identifier].append(one)
    return {subject: tuple(own) for subject, own in found.items()}


def badges(one: Contribution) -> None:
    """State, origin and how late the answer is, as sign, word and colour."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(choice(one.state, language()), icon=STATE_ICONS[one.state], color=STATE_COLOURS[one.state])
        st.badge(choice(one.origin, language()), icon=":material/group:", color="gray")
        late = days_late(one, today())
        if late > 0:
            words = _n("Antwort seit {number} Tag überfällig", "Antwort seit {number} Tagen überfällig", late)
            st.badge(words, icon=":material/alarm:", color="red")
        cards.example_badge(one.illustrative)


def facts_line(one: Contribution) -> str:
    """When it came, until when it is owed an answer and by whom, or when it was answered."""
    parts = [_("eingegangen {tag}", tag=day(one.received_on, language()))]
    if one.state is ContributionState.open:
        parts.append(_("Antwort bis {tag}", tag=day(answer_due(one), language())))
        parts.append(_("Zuständig: {name}", name=one.owner) if one.owner else _("ohne Zuständige"))
    else:
        parts.append(_("beantwortet {tag}", tag=day(one.answered_on, language())))
    return " · ".join(parts)


def line(one: Contribution) -> None:
    """A contribution in a list: title as link, badges, facts."""
    with st.container(gap="xxsmall"):
        navigation.link("dialogue", one_line(one.title, 110), identifier=one.id)
        badges(one)
        st.caption(literal(facts_line(one)))


def short_list(kind: str, identifier: str) -> None:
    """The contributions on a measure or goal, on its page, and the way to write one."""
    found = by_subject().get((kind, identifier), ())
    waiting = sum(one.state is ContributionState.open for one in found)
    heading = _n("{number} Beitrag", "{number} Beiträge", len(found))
    if waiting:
        heading += ", " + _n("{number} ohne Antwort", "{number} ohne Antwort", waiting)
    with cards.card(heading if found else _("Beiträge")):
        if not found:
            st.caption(_("Noch hat sich niemand dazu geäußert."))
        for one in found[:MOST_SHOWN]:
            line(one)
        if len(found) > MOST_SHOWN:
            navigation.link("dialogue", _("Alle Beiträge"), icon=":material/forum:")
        target = f"{kind}:{identifier}"
        navigation.link("dialogue", _("Beitrag schreiben"), identifier=target, icon=":material/add_comment:")


@plan.remember("contribution")
def figures(examples: bool) -> tuple[Counterflow, ...]:
    """How the office deals with what comes from each side; invented contributions only if they are asked for."""
    told = (one for one in plan.records(Contribution).values() if examples or not one.illustrative)
    return tuple(counterflow(told, today()))


def balance() -> None:
    """Gegenstromprinzip: a sentence with numbers for each origin, or why there is no share."""
    found = figures(with_examples())
    with cards.card(_("Gegenstromprinzip: was aus Beiträgen wird")):
        if not found:
            st.caption(_("Noch kein Beitrag, also auch keine Zahl."))
        for one in found:
            st.markdown(f"**{literal(choice(one.origin, language()))}:** {literal(_balance_words(one))}")
        st.caption(
            _(
                "Fristgerecht heißt: die erste Antwort kam bis zum genannten Tag. Beiträge, deren Frist noch läuft, "
                "zählen nicht mit. Unter {anzahl} Beiträgen wird kein Anteil genannt.",
                anzahl=FEWEST,
            )
        )


def _balance_words(one: Counterflow) -> str:
    received = _n("{number} Beitrag eingegangen", "{number} Beiträge eingegangen", one.received)
    told = {"zahl": one.in_time, "alle": one.due, "anteil": percent(one.share_in_time, language())}
    in_time = (
        _("fristgerecht beantwortet {zahl} von {alle} ({anteil})", **told)
        if one.share_in_time is not None
        else _("Anteil fristgerechter Antworten nicht berechenbar: erst {zahl} von {fehlt} fälligen", **_few(one.due))
    )
    told = {"zahl": one.adopted, "alle": one.answered, "anteil": percent(one.share_adopted, language())}
    adopted = (
        _("übernommen {zahl} von {alle} beantworteten ({anteil})", **told)
        if one.share_adopted is not None
        else _("Anteil übernommener nicht berechenbar: erst {zahl} von {fehlt} beantworteten", **_few(one.answered))
    )
    return f"{received}; {in_time}; {adopted}."


def _few(have: int) -> dict[str, int]:
    return {"zahl": have, "fehlt": FEWEST}


def owners() -> tuple[str, ...]:
    """Everybody who owes an answer."""
    return tuple(sorted({one.owner for one in plan.records(Contribution).values() if one.owner}))


def origin_word(origin: ContributionOrigin) -> str:
    """What an origin is called."""
    return choice(origin, language())
