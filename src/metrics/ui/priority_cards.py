"""The views of a judged round, one function each: what is drawn, its table, and what the reader may ask of it."""

from __future__ import annotations

import streamlit as st

from metrics.domain.measures import Measure
from metrics.domain.priorities import SCALE_MIDDLE
from metrics.domain.prioritisation.robustness import WeightSpace
from metrics.domain.prioritisation.standing import ScoreSpread
from metrics.domain.prioritisation.urgency import DEFAULT_WEEKS, Urgency
from metrics.locale.formats import day, number
from metrics.locale.words import choice
from metrics.ui import cards, navigation, plan, priority_view, rater_view, round_view, standing_view
from metrics.ui.session import _, _n, language
from metrics.ui.text import literal
from metrics.usecases.ranking import RankedRound

MATRIX, TABLE, WHISKERS = "prio_matrix", "prio_auswahl", "prio_spannen"
SPACE, SPREAD, WEEKS = "prio_gewichtungen", "prio_unsicherheit", "prio_wochen"
MOST_LINKS, MOST_ROWS = 12, 100
"""Links and rows of a list; who looks for another measure catches it in the matrix."""
WEEK_CHOICES = (4, DEFAULT_WEEKS, 13, 26)


def matrix(found: RankedRound) -> None:
    """Impact against effort: a click opens the measure, a lasso selects what goes on to the resources."""
    whiskers = st.toggle(_("Unsicherheit zeigen"), key=WHISKERS)
    figure, table, finding = priority_view.matrix(found.round.id, found.group_id, whiskers)
    left, right = st.columns([3, 2])
    with left, cards.card(finding):
        event = cards.chart(
            figure,
            alt=_("Wirkung und Aufwand: {befund}", befund=finding),
            table=table,
            key=MATRIX,
            file_name="priorisierung",
            selectable=True,
        )
        cut = number(SCALE_MIDDLE, language(), 0)
        st.caption(_("Ab {schnitt} gilt ein Wert als hoch. Je größer das Zeichen, desto mehr Mittel.", schnitt=cut))
    clicked = priority_view.clicked_id(event)
    if clicked in plan.records(Measure):
        navigation.go("measures", identifier=clicked)
    with right:
        here = {one.measure_id for one in priority_view.placed(found)}  # another round's selection is none of this one
        _selection(found, tuple(one for one in priority_view.chosen_ids(event) if one in here))


def _selection(found: RankedRound, caught: tuple[str, ...]) -> None:
    shown = priority_view.selected(found, caught)
    heading = (
        _n("{number} Maßnahme ausgewählt", "{number} Maßnahmen ausgewählt", len(shown))
        if caught
        else _("Alle in der Matrix")
    )
    with cards.card(heading):
        st.caption(
            _("Ein Klick auf ein Zeichen öffnet die Maßnahme. Mehrere wählen Sie mit dem Lasso oder hier in der Liste.")
        )
        listed = shown[:MOST_ROWS]
        chosen = st.dataframe(
            priority_view.selection_rows(listed),
            hide_index=True,
            alt=_("Auswahl der Maßnahmen mit Wirkung, Aufwand und Feld der Matrix"),
            key=f"{TABLE}_{found.round.id}_{hash((found.group_id, caught))}",
            on_select="rerun",
            selection_mode="multi-row",
            column_config={_("Maßnahme"): st.column_config.Column(width=190)},
            height="auto" if len(listed) < 12 else 440,
        )
        if len(shown) > len(listed):
            more = len(shown) - len(listed)
            st.caption(
                _n("{number} weitere wählen Sie mit dem Lasso", "{number} weitere wählen Sie mit dem Lasso", more)
            )
        rows = [listed[row] for row in chosen.selection.rows if row < len(listed)]
        targets = [one.measure_id for one in rows or (shown if caught else [])]
        if targets:
            navigation.link(
                "resources",
                _n("{number} Maßnahme im Ressourcenplan", "{number} Maßnahmen im Ressourcenplan", len(targets)),
                identifier=navigation.several(targets),
                icon=":material/groups:",
            )
        for measure_id in targets[:MOST_LINKS]:
            if measure_id in plan.records(Measure):
                navigation.link_to("measure", measure_id, priority_view.measure_name(measure_id, 60))
        if len(targets) > MOST_LINKS:
            st.caption(
                _n("{number} weitere in der Tabelle", "{number} weitere in der Tabelle", len(targets) - MOST_LINKS)
            )


def ranking(found: RankedRound) -> None:
    """What the Nutzwert is made of, ranks by bands, and the criteria behind it."""
    figure, table, finding = priority_view.contributions(found.round.id, found.group_id)
    with cards.card(finding):
        alt = _("Beiträge der Kriterien zum Nutzwert: {befund}", befund=finding)
        cards.chart(figure, alt=alt, table=table, key="prio_beitraege", file_name="beitraege")
        st.caption(
            _("Maßnahmen teilen sich einen Rang, wenn ihr Abstand kleiner ist als die Unsicherheit ihrer Punktwerte.")
        )
    with cards.card(_("Rangfolge mit allen Punktwerten")):
        rows = priority_view.ranking_rows(found.round.id, found.group_id)
        cards.values(rows, alt=_("Rangfolge der Maßnahmen nach Nutzwert"), key="prio_rang", file_name="nutzwert")
        st.caption(literal(priority_view.formula(found)))
        st.caption(_("Uneinigkeit: größter Abstand zweier Bewertungen bei einem Kriterium. „–“ heißt nicht bewertet."))
    with cards.card(_("Kriterien dieser Runde")):
        told = {"gewichtung": choice(found.round.weighting, language()), "fassung": found.round.criteria_set_version}
        st.caption(literal(_("Gewichtung: {gewichtung}. Fassung {fassung} des Kriteriensatzes.", **told)))
        alt = _("Kriterien mit Gewicht, Richtung und Ankern")
        cards.values(round_view.criteria_rows(found.round), alt=alt, key="prio_kriterien", file_name="kriterien")
    with st.expander(_("Andere Verfahren zum Vergleich"), key="prio_verfahren", on_change="rerun") as fold:
        if fold.open:
            _other_methods(found)


def _other_methods(found: RankedRound) -> None:
    told = {
        "schwelle": number(standing_view.INDIFFERENCE, language()),
        "voll": number(standing_view.PREFERENCE, language()),
    }
    st.caption(
        _(
            "TOPSIS mit Vektornormierung; PROMETHEE II ohne Normierung auf der Skala 0–10, lineare Präferenz von "
            "{schwelle} bis {voll} Punkten. Die Verfahren beantworten andere Fragen; entschieden wird nach dem "
            "Nutzwert.",
            **told,
        )
    )
    alt = _("Rang nach Nutzwert, TOPSIS und PROMETHEE II")
    cards.values(standing_view.other_methods(found), alt=alt, key="prio_andere", file_name="verfahren")


def robustness(found: RankedRound) -> None:
    """How often which rank, what turns neighbours round, what five points do, which weights favour whom."""
    space, spread = _what_is_uncertain()
    drawn = standing_view.heatmap(found.round.id, found.group_id, space, spread)
    if drawn is None:
        cards.nothing_here(_("Noch keine Maßnahme hat einen Rang."))
        return
    figure, table, finding = drawn
    firm = round_view.firm(found.round.id, found.group_id, space, spread)
    assert firm is not None
    with cards.card(finding):
        alt = _("Wahrscheinlichkeit jedes Rangs: {befund}", befund=finding)
        cards.chart(figure, alt=alt, table=table, key="prio_robust", file_name="robustheit")
        told = {"ziehungen": number(firm.acceptability.draws, language(), 0)}
        told["saat"] = str(firm.acceptability.seed)
        st.caption(
            _(
                "SMAA (Lahdelma und Salminen 2001): {ziehungen} Ziehungen, feste Saat {saat}, "
                "Standardfehler höchstens 0,5 Prozentpunkte.",
                **told,
            )
        )
    with cards.card(_("Was Nachbarn die Ränge tauschen ließe")):
        st.markdown(literal(standing_view.flip_sentence(found, firm)))
        alt = _("Je zwei Nachbarn das Gewicht, das sie vertauscht")
        cards.values(standing_view.flip_rows(found, firm), alt=alt, key="prio_kipp", file_name="kipppunkte")
        st.caption(_("Ein Gewicht ändert sich, die übrigen behalten ihr Verhältnis zueinander."))
    with cards.card(_("Fünf Punkte mehr oder weniger")):
        alt = _("Wirkung von fünf Punkten je Gewicht")
        cards.values(standing_view.shift_rows(found, firm), alt=alt, key="prio_punkte", file_name="gewichte")
    with cards.card(_("Welche Gewichte welche Maßnahme nach vorn bringen")):
        alt = _("Mittlere Gewichte, unter denen eine Maßnahme auf Rang 1 liegt")
        cards.values(
            standing_view.favouring_rows(found, firm), alt=alt, key="prio_guenstig", file_name="guenstige_gewichte"
        )


def _what_is_uncertain() -> tuple[WeightSpace, ScoreSpread]:
    spaces = {one.value: choice(one, language()) for one in WeightSpace}
    spreads = {one.value: choice(one, language()) for one in ScoreSpread}
    with st.container(horizontal=True):
        space = st.selectbox(
            _("Welche Gewichtungen?"), list(spaces), format_func=spaces.__getitem__, key=SPACE, width=320
        )
        spread = st.selectbox(
            _("Welche Unsicherheit der Punktwerte?"),
            list(spreads),
            format_func=spreads.__getitem__,
            key=SPREAD,
            width=360,
        )
    return WeightSpace(space), ScoreSpread(spread)


def groups(found: RankedRound) -> None:
    """Each group's view and how far they agree."""
    figure, table, finding = rater_view.groups(found.round.id)
    with cards.card(finding):
        alt = _("Nutzwert je Gruppe und Maßnahme: {befund}", befund=finding)
        cards.chart(figure, alt=alt, table=table, key="prio_gruppen", file_name="gruppen")
        st.caption(literal(_("Gesamt: {stimme}", stimme=choice(found.round.voice, language()))))
    with cards.card(_("Wie einig sich die Bewertenden sind")):
        alt = _("Kendalls W je Gruppe")
        cards.values(rater_view.agreement_rows(found.round.id), alt=alt, key="prio_einig", file_name="einigkeit")
        st.caption(
            _(
                "Kendalls W mit Korrektur für gleiche Ränge, aus den Nutzwerten der vollständigen Bewertungen: "
                "unter 0,3 gering, bis 0,7 teilweise, darüber stark (Konvention)."
            )
        )
    with cards.card(_("Wo die Bewertungen am weitesten auseinanderliegen")):
        rows = [round_view.dissent_row(found.round, one) for one in round_view.by_dissent(found.round.id)]
        if rows:
            cards.values(rows, alt=_("Maßnahmen nach Uneinigkeit"), key="prio_uneinig", file_name="uneinigkeit")
        else:
            st.caption(_("Die Bewertungen liegen nirgends auseinander."))


def urgency(found: RankedRound) -> None:
    """Eisenhower's four fields, computed from dates and Nutzwert."""
    labels = {weeks: _n("in {number} Woche", "in {number} Wochen", weeks) for weeks in WEEK_CHOICES}
    weeks = st.selectbox(
        _("Dringend heißt: ein Termin"),
        list(labels),
        index=WEEK_CHOICES.index(DEFAULT_WEEKS),
        format_func=labels.__getitem__,
        key=WEEKS,
        width=260,
    )
    fields = priority_view.urgent(found.round.id, found.group_id, int(weeks))
    for pair in ((Urgency.now, Urgency.schedule), (Urgency.delegate, Urgency.drop)):
        for column, field in zip(st.columns(2), pair, strict=True):
            with column, cards.card(f"{choice(field, language())} ({len(fields[field])})"):
                st.caption(_meaning(field))
                for measure_id, due in fields[field][:MOST_LINKS]:
                    when = day(due, language()) if due else _("ohne Termin")
                    navigation.link_to("measure", measure_id, f"{priority_view.measure_name(measure_id, 80)} · {when}")
                if len(fields[field]) > MOST_LINKS:
                    more = len(fields[field]) - MOST_LINKS
                    st.caption(_n("{number} weitere in der Tabelle", "{number} weitere in der Tabelle", more))
    with st.expander(_("Werte als Tabelle"), key="prio_termine", on_change="rerun") as fold:
        if fold.open:
            alt = _("Maßnahmen nach Dringlichkeit und Wichtigkeit")
            cards.values(
                priority_view.urgent_rows(fields), alt=alt, key="prio_termine_werte", file_name="dringlichkeit"
            )


def _meaning(field: Urgency) -> str:
    cut = number(SCALE_MIDDLE, language(), 0)
    return {
        Urgency.now: _("Nutzwert ab {wert}, ein Termin ist bald oder schon vorbei", wert=cut),
        Urgency.schedule: _("Nutzwert ab {wert}, kein naher Termin", wert=cut),
        Urgency.delegate: _("Nutzwert unter {wert}, ein Termin ist bald oder schon vorbei", wert=cut),
        Urgency.drop: _("Nutzwert unter {wert}, kein naher Termin", wert=cut),
    }[field]
