"""Enter a value: what is due, the form for a new one, the correction of an old one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from metrics.domain.history import Recorded
from metrics.domain.indicators import Indicator, Reading
from metrics.domain.refusals import Refusal, SomebodyElseWasFaster
from metrics.locale.words import refusal_sentence
from metrics.ui import cards, drafts_list, form_conflict, forms, navigation, plan, reading_fields, reading_view
from metrics.ui.choosing import choices
from metrics.ui.draft_shelf import ShelvedDraft
from metrics.ui.judged import last_text, name_of, observed_text
from metrics.ui.reading_fields import CORRECTION
from metrics.ui.reading_form import FORMS, ReadingForm
from metrics.ui.record_titles import record_title, title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person
from metrics.ui.text import literal, one_line
from metrics.usecases.releasing import give_up_reading

INDICATOR_KEY, CORRECTION_KEY, LAST_KEY = "eingabe_indikator", "eingabe_korrektur", "eingabe_zuletzt"
DUE_ROWS = 8


def page() -> None:
    """`?id=I-…` opens an indicator's form, `?id=reading:R-…` the correction of a value that counts or waits."""
    cards.stand()
    indicators = plan.records(Indicator)
    if not indicators:
        cards.nothing_here(_("Der Plan hat noch keinen Indikator. Legen Sie zuerst einen an."))
        navigation.link("plan_editing", _("Indikator anlegen"), identifier="indicator", icon=":material/add:")
        return
    entry = _asked_correction()
    asked = entry.record.indicator_id if entry else navigation.asked_id() or ""
    _choose(asked if asked in indicators else "")
    if asked in indicators:
        _enter(ReadingForm(indicators[asked], entry))
    elif asked:
        cards.nothing_here(_("Diesen Indikator oder Wert gibt es nicht oder nicht mehr: {kennung}", kennung=asked))
    else:
        _notice(None)
    _returned()
    drafts_list.say_waiting(FORMS, "readings", _draft)
    _due(folded=asked in indicators)


def _asked_correction() -> Recorded[Reading] | None:
    asked = navigation.asked_id() or ""
    return reading_view.reading(asked.removeprefix(CORRECTION)) if asked.startswith(CORRECTION) else None


def _choose(indicator_id: str) -> None:
    known = {"": _("Bitte wählen"), **choices(Indicator.kind, INDICATOR_KEY, [indicator_id])}
    st.session_state[INDICATOR_KEY] = indicator_id
    st.selectbox(
        _("Für welchen Indikator?"),
        list(known),
        format_func=known.__getitem__,
        key=INDICATOR_KEY,
        on_change=_open_chosen,
        args=(INDICATOR_KEY, ""),
    )


def _open_chosen(key: str, prefix: str) -> None:
    if st.session_state[key]:
        st.query_params[navigation.ID_KEY] = prefix + st.session_state[key]


def _enter(form: ReadingForm) -> None:
    _leave_untouched(form)
    _notice(form)
    st.session_state[LAST_KEY] = form.name
    left, right = st.columns([2, 3])
    with left, cards.card(_heading(form)):
        reading_fields.facts_line(form.indicator)
        reading_fields.state_line(form)
        settled = form_conflict.settle(form)
        errors = form.errors
        form.summary(errors)
        reading_fields.period_field(form, errors)
        reading_fields.value_field(form, errors)
        if form.version:
            form.reason(errors)
        with st.container(horizontal=True):
            if settled:
                with st.container(key=reading_fields.SAVES, width="content"):
                    form.save_button(form.save, _("Korrektur speichern") if form.version else _("Wert speichern"))
                if not form.version:
                    form.save_button(form.save, _("Speichern und weiter"), then=partial(_go_on, form.indicator.id))
            if form.touched:
                form.discard_button()
        reading_fields.more_fields(form, errors)
        _give_up(form)
    with right:
        with cards.card(_preview_title(form)):
            figure, table, alt = reading_view.preview(form)
            cards.chart(figure, alt=alt, table=table, key="eingabe_vorschau", file_name=form.indicator.id)
        _last_values(form)


def _heading(form: ReadingForm) -> str:
    if not form.entry:
        return _("Neuer Wert: {titel}", titel=name_of(form.indicator))
    return _("Korrektur: {titel} (Fassung {version})", titel=name_of(form.indicator), version=form.version)


def _preview_title(form: ReadingForm) -> str:
    value = form.filled_quietly()
    if value is not None:
        return _("Mit Ihrem Wert: {wert}", wert=observed_text(form.indicator, value))
    found = plan.indicators_judged().get(form.indicator.id)
    return _("Heute: {wert}", wert=last_text(found)) if found and found.last else _("Noch kein Wert")


def _last_values(form: ReadingForm) -> None:
    rows = reading_view.last_values(form.indicator)
    with cards.card(_("Die letzten Werte")):
        if not rows:
            cards.nothing_here(_("Noch kein Wert: Ihrer wird der erste."))
            return
        st.dataframe(rows, hide_index=True, alt=_("Die letzten Werte"), key="eingabe_letzte", height="auto")
        known = {"": _("Wert wählen"), **reading_view.to_correct(form.indicator)}
        st.session_state[CORRECTION_KEY] = form.typed_id if form.typed_id in known else ""
        st.selectbox(
            _("Einen Wert korrigieren"),
            list(known),
            format_func=known.__getitem__,
            key=CORRECTION_KEY,
            on_change=_open_chosen,
            args=(CORRECTION_KEY, CORRECTION),
        )


def _notice(form: ReadingForm | None) -> None:
    """What this form stored last, or the one that led here, and what happens next with it."""
    names = [form.name] if form else []
    saved = next(filter(None, map(forms.saved_notice, [*names, st.session_state.get(LAST_KEY, "")])), None)
    entry = reading_view.reading(saved["id"]) if saved else None
    indicator = plan.records(Indicator).get(entry.record.indicator_id) if entry else None
    if not saved or entry is None or indicator is None:
        return
    told = {"titel": saved["title"], "wert": observed_text(indicator, entry.record)}
    words = _("Gespeichert: {titel}: {wert}", **told) + ". "
    st.success(
        literal(words + reading_view.release_words(indicator, entry.record.state)), icon=":material/check_circle:"
    )
    navigation.link_to(Indicator.kind, indicator.id, _("Zum Indikator: {titel}", titel=name_of(indicator)))


def _go_on(indicator_id: str) -> None:
    """After a value was stored: the form of the next indicator that waits, or the list."""
    following = reading_view.next_due(indicator_id)
    if following:
        st.query_params[navigation.ID_KEY] = following
    else:
        st.query_params.pop(navigation.ID_KEY, None)


def _give_up(form: ReadingForm) -> None:
    """Whoever entered a waiting value may take it back."""
    found = form.waiting()
    if found is None or found.entered_by != person().name:
        return
    with st.expander(_("Wert zurücknehmen"), icon=":material/delete:"):
        st.caption(_("Der wartende Wert entfällt; ein schon freigegebener gilt weiter. Der Verlauf behält alles."))
        reason, sentence = form.key("give_up_reason"), st.session_state.get(form.key("give_up_refused"))
        st.text_input(_("Grund") + " *", key=reason, persist_state="session")
        st.button(
            _("Wert zurücknehmen"), key=form.key("give_up"), icon=":material/delete:", on_click=_gone, args=(form,)
        )
        if sentence:
            st.error(literal(sentence), icon=":material/error:")


def _gone(form: ReadingForm) -> None:
    reason = str(st.session_state.get(form.key("give_up_reason"), ""))
    try:
        give_up_reading(store(), form.typed_id, form.version, by=person(), at=now(), reason=reason)
    except SomebodyElseWasFaster:
        return  # the form shows both versions
    except Refusal as refusal:
        st.session_state[form.key("give_up_refused")] = refusal_sentence(refusal, language())
        return
    form.close()
    st.query_params[navigation.ID_KEY] = form.indicator.id


def _returned() -> None:
    """Values that were handed back, with the reason; a click opens them."""
    found = [one for one in plan.pending() if one.returned_because]
    if not found:
        return
    title = _n("{number} Wert wurde zurückgegeben", "{number} Werte wurden zurückgegeben", len(found))
    with cards.card(title):
        for one in found[:DUE_ROWS]:
            target = f"{CORRECTION}{one.reading.id}"
            navigation.link("readings", record_title(one.reading), identifier=target, icon=":material/edit:")
            st.caption(literal(_("Grund: {grund}", grund=one.returned_because)))


def _draft(draft: ShelvedDraft) -> tuple[str, str]:
    """What a value that waits is called, and the id that opens its form."""
    _forms, indicator_id, reading_id = draft.form.split(":", 2)
    title = one_line(title_of(Indicator.kind, indicator_id), 60)
    return (title, CORRECTION + reading_id) if reading_id else (title, indicator_id)


def _leave_untouched(here: ReadingForm) -> None:
    for form in forms.open_forms(FORMS):
        if form.name != here.name and not form.touched:
            form.close()


def _due(*, folded: bool) -> None:
    waiting = reading_view.due()
    if not waiting:
        st.caption(_("Zurzeit wartet kein Indikator auf einen Wert."))
        return
    title = _n("{number} Indikator wartet auf einen Wert", "{number} Indikatoren warten auf einen Wert", len(waiting))
    with st.expander(title, icon=":material/schedule:") if folded else cards.card(title):
        pages = -(-len(waiting) // DUE_ROWS)
        chosen = st.pagination(pages, key="eingabe_faellig") if pages > 1 else 1
        for found in waiting[(chosen - 1) * DUE_ROWS : chosen * DUE_ROWS]:
            with st.container(horizontal=True, vertical_alignment="center"):
                navigation.link(
                    "readings", name_of(found.indicator), identifier=found.indicator.id, icon=":material/edit:"
                )
                cards.freshness_badge(found.freshness)
                cards.example_badge(found.illustrative)
                st.caption(literal(reading_view.due_words(found)))
