"""The end of a round on the screen: the cut line, what becomes of each measure, deviations with a reason."""

from __future__ import annotations

import math

import streamlit as st
from pydantic import ValidationError

from metrics.domain.history import Recorded
from metrics.domain.measures import STATES_BEFORE_START, Measure
from metrics.domain.priorities import Outcome, PriorityDecision, PriorityRound
from metrics.domain.prioritisation.cut import CutLine
from metrics.domain.prioritisation.nutzwert import Ranked
from metrics.domain.refusals import Refusal, SomebodyElseWasFaster
from metrics.domain.resources import ResourceDemand
from metrics.locale.formats import MISSING, day, number, percent
from metrics.locale.limits import period_name
from metrics.locale.reading_input import parse_number
from metrics.locale.words import choice, field_label, refusal_sentence, rule_sentence, validation_sentences
from metrics.ui import cards, limits_view, plan, priority_view, round_view
from metrics.ui.day_input import day_of
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person, today, with_examples
from metrics.ui.text import field_name, literal
from metrics.ui.turning import turned
from metrics.usecases.deciding import Capacity, Resolution, Verdict, decide, draw_line, is_deviation
from metrics.usecases.limits import FreeTime, free_time
from metrics.usecases.ranking import RankedRound, fingerprint, person_days

KIND = PriorityDecision.kind
BY_NUMBER, BY_DAYS = "number", "days"
PER_PAGE = 25
ERRORS = "entscheidung_fehler"


def key(round_id: str, name: str) -> str:
    """The session key of a field of a round's decision."""
    return f"entscheidung.{round_id}.{name}"


def draw(entry: Recorded[PriorityRound], found: RankedRound) -> None:
    """The line, the outcomes, and the button that freezes them."""
    round_ = entry.record
    capacity = _capacity(round_)
    line = _line(found, capacity)
    if line is None:
        return
    _say_line(found, line)
    _outcomes(found, line)
    _who(entry, capacity, line)


def _capacity(round_: PriorityRound) -> Capacity | None:
    round_id, free = round_.id, free_time(limits_view.limits(with_examples()), frozenset(round_.measures))
    with cards.card(_("Wie weit reicht die Kapazität?")):
        words = {BY_NUMBER: _("Zahl der Maßnahmen"), BY_DAYS: _("Personentage")}
        examples = {BY_NUMBER: _("z. B. 5"), BY_DAYS: _("z. B. 120")}
        left, right = st.columns(2)
        way = left.radio(
            _("Die Linie wird gezogen nach"),
            list(words),
            format_func=words.__getitem__,
            horizontal=True,
            key=key(round_id, "way"),
            persist_state="session",
        )
        text = right.text_input(
            words[way],
            number(math.floor(free.days), language(), 0) if free and way == BY_DAYS else "",
            key=key(round_id, way),
            placeholder=examples[way],
            autocomplete="off",
            persist_state="session",
        )
        st.caption(literal(_free_words(free)))
        if not text.strip():
            return None
        try:
            value = parse_number(text, language())
        except Refusal as refusal:
            _problem(refusal_sentence(refusal, language()))
            return None
        if value < 0 or (way == BY_NUMBER and value != int(value)):
            _problem(_("{feld}: Bitte geben Sie eine ganze Zahl ab 0 an.", feld=words[way]))
            return None
    return Capacity(number=int(value)) if way == BY_NUMBER else Capacity(days=value)


def _free_words(free: FreeTime | None) -> str:
    if free is None:
        return _("Der Ressourcenplan sagt nichts über diese Maßnahmen; tragen Sie die freie Zeit von Hand ein.")
    told = {"tage": number(free.days, language(), 0)}
    told |= {"von": period_name(free.first, language()), "bis": period_name(free.last, language())}
    return _(
        "Nach dem Ressourcenplan sind von {von} bis {bis} neben allem anderen {tage} Personentage frei. Sie dürfen "
        "anders entscheiden.",
        **told,
    )


def _line(found: RankedRound, capacity: Capacity | None) -> CutLine | None:
    if not found.result.ranking:
        cards.nothing_here(_("Keine Maßnahme hat einen Rang; es gibt nichts zu entscheiden."))
        return None
    if capacity is None:
        cards.nothing_here(_("Geben Sie die Kapazität an, dann erscheint die Schnittlinie."), icon=":material/cut:")
        return None
    try:
        return draw_line(store(), found.result, capacity, found.round.title)
    except Refusal as refusal:
        st.error(literal(refusal_sentence(refusal, language())), icon=":material/error:")
        return None


def _say_line(found: RankedRound, line: CutLine) -> None:
    words = _n(
        "{number} Maßnahme liegt innerhalb der Kapazität",
        "{number} Maßnahmen liegen innerhalb der Kapazität",
        len(line.within),
    )
    used = {"genutzt": number(line.used, language()), "kapazitaet": number(line.capacity, language())}
    st.markdown(f"**{literal(words)}** · " + literal(_("{genutzt} von {kapazitaet} belegt", **used)))
    if line.splits_band:
        st.warning(
            _("Die Linie trennt Maßnahmen, die gleichauf liegen. Welche von ihnen Vorrang hat, ist Ihre Entscheidung."),
            icon=":material/help:",
        )


def _outcomes(found: RankedRound, line: CutLine) -> None:
    """A line for each measure; what is not touched follows the cut line."""
    round_id, within = found.round.id, set(line.within)
    days = person_days(plan.records(ResourceDemand).values())
    with cards.card(_("Was wird aus den Maßnahmen?")):
        st.caption(_("Vorgeschlagen ist, was aus der Linie folgt. Wer davon abweicht, sagt warum."))
        for one in turned(found.result.measures, PER_PAGE, key=key(round_id, "page")):
            _outcome(found, one, one.measure_id in within, days.get(one.measure_id))


def _outcome(found: RankedRound, one: Ranked, within: bool, days: float | None) -> None:
    round_id, name = found.round.id, priority_view.measure_name(one.measure_id)
    left, middle, right = st.columns([3, 1.4, 2.6], vertical_alignment="center")
    told = {"rang": round_view.places_text(one), "tage": number(days, language(), 0)}
    mark = ":material/check_circle:" if within else ":material/remove_circle:"
    side = _("innerhalb") if within else _("jenseits")
    left.markdown(
        f"**{literal(name)}**  \n:small[{mark} {side} · "
        + literal(_("Rang {rang} · {tage} Personentage", **told))
        + "]"
    )
    measure = plan.records(Measure).get(one.measure_id)
    if measure and measure.state not in STATES_BEFORE_START:
        left.caption(literal(_("bleibt {stand}, was immer entschieden wird", stand=choice(measure.state, language()))))
    where = key(round_id, f"{one.measure_id}.outcome")
    chosen: Outcome | None = middle.selectbox(
        _("Ergebnis für {titel}", titel=field_name(name)),
        list(Outcome),
        index=list(Outcome).index(_suggested(within)),
        format_func=lambda outcome: choice(outcome, language()),
        key=f"{where}.{within}",
        label_visibility="collapsed",
        persist_state="session",
    )
    if is_deviation(within, chosen or _suggested(within)):
        right.text_input(
            _("Grund der Abweichung bei {titel}", titel=field_name(name)) + " *",
            key=key(round_id, f"{one.measure_id}.reason"),
            placeholder=_("Warum gegen die Linie?"),
            label_visibility="collapsed",
            persist_state="session",
        )


def _suggested(within: bool) -> Outcome:
    return Outcome.planned if within else Outcome.deferred


def _verdict(round_id: str, measure_id: str, within: bool) -> Verdict:
    stored = st.session_state.get(key(round_id, f"{measure_id}.outcome.{within}"))
    outcome = Outcome(stored) if stored else _suggested(within)
    reason = str(st.session_state.get(key(round_id, f"{measure_id}.reason"), "")).strip()
    return Verdict(outcome, reason or None) if is_deviation(within, outcome) else Verdict(outcome)


def _who(entry: Recorded[PriorityRound], capacity: Capacity | None, line: CutLine) -> None:
    round_id = entry.record.id
    with cards.card(_("Beschließen")):
        left, right = st.columns(2)
        left.text_input(
            field_label(KIND, "decided_by", language()) + " *",
            key=key(round_id, "decided_by"),
            placeholder=_("Gremium oder Leitung"),
            persist_state="session",
        )
        right.text_input(
            field_label(KIND, "decided_on", language()) + " *",
            key=key(round_id, "decided_on"),
            placeholder=_("TT.MM.JJJJ"),
            persist_state="session",
        )
        for sentence in st.session_state.pop(ERRORS, []):
            _problem(sentence)
        st.caption(_("Danach sind Bewertungen, Rangfolge und Entscheidung eingefroren."))
        label, icon = _("Beschließen und einfrieren"), ":material/gavel:"
        st.button(
            label,
            key=key(round_id, "decide"),
            type="primary",
            icon=icon,
            on_click=_decide,
            args=(entry, capacity, line),
        )


def _decide(entry: Recorded[PriorityRound], capacity: Capacity | None, line: CutLine) -> None:
    """Holds the version and the line that were seen; what was chosen and typed last it reads when it is clicked."""
    round_id, within = entry.record.id, set(line.within)
    decided_on, problem = day_of(str(st.session_state[key(round_id, "decided_on")]))
    decided_by = str(st.session_state[key(round_id, "decided_by")]).strip()
    problems = [] if decided_by else [_named("decided_by", rule_sentence("missing", {}, language()))]
    problems += [_named("decided_on", problem)] if problem else []
    if problems or decided_on is None:
        st.session_state[ERRORS] = problems
        return
    verdicts = {one: _verdict(round_id, one, one in within) for one in entry.record.measures}
    resolution = Resolution(decided_by, decided_on, capacity or Capacity(), verdicts)
    try:
        decide(store(), round_id, entry.version, resolution, by=person(), at=now(), today=today())
    except SomebodyElseWasFaster:
        words = _("Jemand anderes hat die Runde gerade geändert. Bitte prüfen Sie den neuen Stand.")
        st.session_state[ERRORS] = [words]
    except Refusal as refusal:
        st.session_state[ERRORS] = [refusal_sentence(refusal, language())]
    except ValidationError as error:
        st.session_state[ERRORS] = list(validation_sentences(error, KIND, language()).values())


def _named(field: str, sentence: str) -> str:
    return f"{field_label(KIND, field, language())}: {sentence}"


# --- what was decided ---


def show(found: RankedRound) -> None:
    """The frozen decision of a round."""
    decision = next((one for one in plan.records(PriorityDecision).values() if one.round_id == found.round.id), None)
    if decision is None:
        cards.nothing_here(_("Zu dieser Runde liegt keine Entscheidung vor."))
        return
    told = {"tag": day(decision.decided_on, language()), "wer": decision.decided_by}
    with cards.card(_("Beschlossen am {tag} von {wer}", **told)):
        cards.example_badge(decision.illustrative)
        st.markdown(literal(_line_words(decision)))
        alt = _("Entscheidung je Maßnahme mit Rang, Nutzwert und Grund")
        cards.values(decision_rows(decision), alt=alt, key="entscheidung", file_name="entscheidung")
        same = fingerprint(found.round, found.ratings) == decision.inputs_sha256
        basis: dict[str, object] = {
            "methode": decision.method,
            "nummer": decision.as_of_change,
            "summe": decision.inputs_sha256[:16],
        }
        words = _("Methode {methode}, Stand des Plans: Änderung {nummer}, Prüfsumme der Eingaben {summe} …", **basis)
        checked = _("stimmt mit den gespeicherten Bewertungen überein") if same else _("weicht von den Bewertungen ab")
        st.caption(literal(f"{words} ({checked})"))


def _line_words(decision: PriorityDecision) -> str:
    if decision.capacity_count is not None:
        return _n("Kapazität: {number} Maßnahme", "Kapazität: {number} Maßnahmen", decision.capacity_count)
    return _("Kapazität: {tage} Personentage", tage=number(decision.capacity_days, language()))


def decision_rows(decision: PriorityDecision) -> list[dict[str, object]]:
    """What was decided, measure by measure."""
    return [
        {
            _("Rang"): str(one.place) if one.place else MISSING,
            _("Maßnahme"): priority_view.measure_name(one.measure_id),
            _("Nutzwert"): number(one.utility, language(), priority_view.DECIMALS),
            _("unter den Ersten"): percent(one.among_first, language()),
            _("Personentage"): number(one.person_days, language(), 0),
            _("Kapazität"): _("innerhalb") if one.within else _("jenseits"),
            _("Ergebnis"): choice(one.outcome, language()),
            _("Grund"): one.reason or "",
        }
        for one in decision.measures
    ]


def _problem(sentence: str) -> None:
    st.markdown(f":red[:material/error: {literal(sentence)}]")
